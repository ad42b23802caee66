"""A store at a URL: what is written there is what a directory would hold, and is compared like it."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from s3_lab import S3
from scan_lab import TAXONOMY, contents, found, record, scan, text, write_folder
from typer.testing import CliRunner

import polcmp
from polcmp.errors import UsageError
from polcmp.store import remote, remote_lock
from polcmp.store.layout import committed_parts

LAB = Path(__file__).with_name("scan_lab.py")


@pytest.fixture
def bucket(s3: S3, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """An empty bucket that this process finds, and a folder for temporary files that is looked into."""
    for name, value in s3.environment.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return s3.bucket()


def same(s3: S3, bucket: str, store: Path) -> None:
    """See that a bucket's folder ``s`` and a directory hold the same files, the summary apart."""
    files = [path for path in store.rglob("*") if path.is_file() and path.parent.name != "summary"]
    here = {path.relative_to(store).as_posix(): path.read_bytes() for path in files}
    there = s3.objects(bucket, "s")
    assert sorted(there) == sorted(here)
    assert {name for name in here if here[name] != there[name]} == set()


def left_over(tmp_path: Path) -> list[str]:
    """What scans left in the folder for temporary files."""
    return [one.name for one in (tmp_path / "tmp").glob("polcmp-scan-*")]


def test_each_scan_leaves_what_it_would_in_a_directory(s3: S3, bucket: str, tmp_path: Path) -> None:
    folder, here, there = write_folder(tmp_path / "c", 12), tmp_path / "s", f"s3://{bucket}/s/"
    (folder / "r.jsonl").write_text("".join(map(record, range(7))) + "{bad\n", encoding="utf-8")
    assert scan(folder, there).output == f"s3://{bucket}/s"
    scan(folder, here)
    same(s3, bucket, here)
    write_folder(folder, 6, first=9)
    (folder / "d001.txt").unlink()
    (folder / "d002.txt").write_text(text(20), encoding="utf-8")
    one, other = scan(folder, there, prune=True), scan(folder, here, prune=True)
    assert (one.new, one.changed, one.removed, one.unchanged) == (3, 1, 1, 17)
    assert (other.new, other.changed, other.removed, other.unchanged) == (3, 1, 1, 17)
    same(s3, bucket, here)
    assert scan(folder, there).parts == 0
    scan(folder, there, restart=True, min_score=0.7)
    scan(folder, here, restart=True, min_score=0.7)
    same(s3, bucket, here)
    assert left_over(tmp_path) == []


def test_a_scan_that_is_killed_goes_on_there(s3: S3, bucket: str, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", 60)
    scan(folder, tmp_path / "s")
    command = [sys.executable, str(LAB), str(folder), f"s3://{bucket}/s", "0"]
    kills = 0
    for parts in (1, 4):
        running = subprocess.Popen(command)
        while running.poll() is None and _commits(s3, bucket) < parts:
            time.sleep(0.01)
        kills += running.poll() is None
        running.kill()
        running.wait()
    assert kills and left_over(tmp_path)
    assert [name for name in s3.objects(bucket, "s") if name.startswith("lock-")]
    report = scan(folder, f"s3://{bucket}/s")
    assert report.unchanged >= 5 and report.unchanged + report.documents == 60
    same(s3, bucket, tmp_path / "s")
    assert left_over(tmp_path) == []


def _commits(s3: S3, bucket: str) -> int:
    return sum(key.startswith("s/parts/") and key.endswith(".json") for key in list(s3.buckets[bucket]))


@pytest.mark.parametrize("puts", [2, 8, 14])
def test_a_part_is_there_as_a_whole_or_not_at_all(
    s3: S3, bucket: str, tmp_path: Path, puts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_folder(tmp_path / "c", 12)
    scan(folder, tmp_path / "s")
    put, left = remote.Remote.put, [puts]

    def failing(self: remote.Remote, name: str, data: bytes) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise UsageError("the line is dead", code="P460", where=self.url)
        put(self, name, data)

    monkeypatch.setattr(remote.Remote, "put", failing)
    with pytest.raises(UsageError, match="P460 the line is dead"):
        scan(folder, f"s3://{bucket}/s")
    monkeypatch.setattr(remote.Remote, "put", put)
    half = s3.copied(bucket, "s", tmp_path / "half")
    assert [part.fault(thorough=True) for part in committed_parts(half)] == [""] * len(committed_parts(half))
    assert scan(folder, f"s3://{bucket}/s").damaged == ()
    same(s3, bucket, tmp_path / "s")


@pytest.mark.parametrize("damage", ["cut", "sources", "record"])
def test_a_damaged_part_is_told_and_read_again(s3: S3, bucket: str, tmp_path: Path, damage: str) -> None:
    folder, url = write_folder(tmp_path / "c", 12), f"s3://{bucket}/s"
    scan(folder, url)
    whole = s3.copied(bucket, "s", tmp_path / "whole")
    name = committed_parts(whole)[1].id
    table = {"sources": "sources.parquet", "record": "json"}.get(damage, "mentions.parquet")
    data = (whole / "parts" / f"{name}.{table}").read_bytes()
    s3.put(bucket, f"s/parts/{name}.{table}", data[:-9] if damage != "sources" else data[:-1] + b"?")
    with pytest.raises(UsageError) as caught:
        polcmp.compare(url)
    assert caught.value.code == "P453"
    assert caught.value.where.startswith(f"s3://{bucket}/s/parts/{name}.")
    report = scan(folder, url)
    assert [one.split(":")[0] for one in report.damaged] == [name]
    assert report.documents == 5
    assert found(s3.copied(bucket, "s", tmp_path / "mended")) == found(whole)
    assert len(polcmp.compare(url).comparison.documents) == 12


def lock_of(s3: S3, bucket: str, **said: object) -> str:
    """Put the lock of another scan."""
    s3.put(bucket, "s/lock-0123", json.dumps(said).encode())
    return f"s3://{bucket}/s"


def test_two_scans_do_not_write_at_once(
    s3: S3, bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_folder(tmp_path / "c", 3)
    url = lock_of(s3, bucket, host="elsewhere", process=7, since="2026-01-02T03:04:05+00:00", folder="x")
    with pytest.raises(UsageError) as caught:
        scan(folder, url)
    assert caught.value.code == "P454"
    assert "process 7 on elsewhere, since 2026-01-02T03:04:05" in caught.value.message
    assert f"remove s3://{bucket}/s/lock-0123" in caught.value.hint
    assert list(s3.objects(bucket, "s")) == ["lock-0123"]
    monkeypatch.setattr(remote_lock, "GONE_SECONDS", -1.0)
    assert scan(folder, url).documents == 3
    assert "lock-0123" not in s3.objects(bucket, "s")


def test_one_that_lives_on_this_machine_is_told_from_one_that_does_not(
    s3: S3, bucket: str, tmp_path: Path
) -> None:
    folder, url = write_folder(tmp_path / "c", 8), f"s3://{bucket}/s"
    refused = []

    def second(state: object) -> None:
        if not refused:
            with pytest.raises(UsageError, match="another scan writes here") as caught:
                scan(folder, url)
            refused.append(caught.value.code)

    assert scan(folder, url, progress=second).documents == 8
    assert refused == ["P454"]
    (tmp_path / "tmp" / "mine").mkdir()  # what a lock names is removed only if it is a scan's
    lock_of(s3, bucket, host=remote_lock.platform.node(), process=7, since="?", folder="mine")
    with pytest.raises(UsageError, match="P454"):
        scan(folder, url)
    assert (tmp_path / "tmp" / "mine").exists()


def test_a_scan_whose_lock_is_taken_away_commits_nothing_more(s3: S3, bucket: str, tmp_path: Path) -> None:
    folder, url = write_folder(tmp_path / "c", 20), f"s3://{bucket}/s"

    def take(state: object) -> None:
        for name in s3.objects(bucket, "s"):
            if name.startswith("lock-"):
                s3.buckets[bucket].pop(f"s/{name}", None)

    with pytest.raises(UsageError, match="P454 the lock of this scan was taken away"):
        scan(folder, url, progress=take)
    assert _commits(s3, bucket) <= 1
    assert scan(folder, url).documents >= 15


def test_a_sign_of_life_is_given_again_and_again(
    s3: S3, bucket: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(remote_lock, "SIGN_SECONDS", 0.01)
    place, puts = remote.Remote(f"s3://{bucket}/s"), []
    put = remote.Remote.put
    monkeypatch.setattr(remote.Remote, "put", lambda self, *a: (puts.append(a[0]), put(self, *a))[1])
    with remote_lock.RemoteLock(place, tmp_path) as lock:
        for _ in range(200):
            if len(puts) > 2:
                break
            time.sleep(0.01)
    assert len(puts) > 2 and set(puts) == {lock.name}
    assert s3.objects(bucket, "s") == {}


def test_it_is_compared_like_the_store_in_a_directory(s3: S3, bucket: str, tmp_path: Path) -> None:
    folder, here, there = write_folder(tmp_path / "c", 12), tmp_path / "s", f"s3://{bucket}/s"
    scan(folder, here)
    scan(folder, there)
    for command in (
        ["compare", "STORE", "--json"],
        ["compare", "STORE", "--by", "county", "--rates"],
        ["show", "measure", "dispatch", "-d", "STORE"],
        ["why", "石门县", "dispatch", "-d", "STORE"],
        ["report", "STORE", "-o", str(tmp_path / "STORE.html")],
    ):
        local = _ran([one.replace("STORE", str(here) if one == "STORE" else "a") for one in command])
        url = _ran([one.replace("STORE", there if one == "STORE" else "b") for one in command])
        assert local == url and local[0] == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    write_folder(folder, 3, first=12)
    scan(folder, there)
    assert len(polcmp.compare(there).comparison.documents) == 15
    scan(folder, there, restart=True, taxonomy=TAXONOMY.replace("选派驻村干部", "虚构的句子"))
    again = polcmp.compare(there)
    assert {one.quote for one in again.comparison.mentions} == {"虚构的句子"}


def _ran(command: list[str]) -> tuple[int, str]:
    from polcmp.cli import session
    from polcmp.cli.main import app

    session._store_of.cache_clear()  # each command is a process of its own
    done = CliRunner().invoke(app, command)
    return done.exit_code, done.stdout


def test_the_copy_that_is_compared_goes_with_the_process(
    s3: S3, bucket: str, tmp_path: Path, checkout: Path
) -> None:
    scan(write_folder(tmp_path / "c", 3), f"s3://{bucket}/s")
    command = [sys.executable, "-m", "polcmp.cli.main", "compare", f"s3://{bucket}/s", "-q"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "") and "石门县" in done.stdout
    assert list((tmp_path / "tmp").glob("polcmp-*")) == []


def test_a_store_among_the_documents_is_left_out(s3: S3, bucket: str, tmp_path: Path) -> None:
    pytest.importorskip("daft")
    from polcmp.scan import objects

    objects._patient.cache_clear()
    folder = write_folder(tmp_path / "c", 3)
    scan(folder, f"s3://{bucket}/s")
    s3.put(bucket, "a.txt", text(1).encode())
    report = scan([f"s3://{bucket}/**"], tmp_path / "here")
    assert (report.documents, report.failed) == (1, 0)


def test_a_file_url_is_a_directory(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", 3)
    assert scan(folder, f"file://{tmp_path}/s").output == str(tmp_path / "s")
    scan(folder, tmp_path / "other")
    assert contents(tmp_path / "s") == contents(tmp_path / "other")
    url, path = polcmp.compare(f"file://{tmp_path}/s"), polcmp.compare(tmp_path / "s")
    assert url.to_json() == path.to_json()


def _nobody() -> str:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.parametrize(
    ("url", "environment", "code", "said"),
    [
        ("s3://no-such-bucket/s", {}, "P460", "there is no bucket no-such-bucket"),
        ("s3://BUCKET/s", {"AWS_ENDPOINT_URL": "NOBODY"}, "P460", "NETWORK_CONNECTION"),
        ("s3://BUCKET/s", {"AWS_ACCESS_KEY_ID": "unknown"}, "P460", "INVALID_ACCESS_KEY_ID"),
        ("s3://BUCKET//s", {}, "P460", "names no bucket and folder"),
        ("s3://", {}, "P460", "names no bucket and folder"),
        ("az://BUCKET/s", {}, "P460", "AZURE_STORAGE_ACCOUNT is not set"),
        ("hf://BUCKET/s", {}, "P459", "a store is not kept at such a URL"),
        ("s3://BUCKET", {}, "P455", "this folder holds other things (a.txt) and no store"),
    ],
)
def test_a_place_that_cannot_be_used_is_one_error(
    s3: S3,
    bucket: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    environment: dict[str, str],
    code: str,
    said: str,
) -> None:
    s3.put(bucket, "a.txt", b"")
    for name, value in environment.items():
        monkeypatch.setenv(name, value.replace("NOBODY", _nobody()))
    monkeypatch.setattr(remote, "TRIES", 1)
    url, folder = url.replace("BUCKET", bucket), write_folder(tmp_path / "c", 1)
    with pytest.raises(UsageError) as caught:
        scan(folder, url)
    assert (caught.value.code, caught.value.where) == (code, url)
    assert said in caught.value.message and caught.value.hint
    if code == "P460":
        with pytest.raises(UsageError) as caught:
            polcmp.compare(url)
        assert caught.value.code == "P460"
    assert left_over(tmp_path) == []


def test_documents_at_a_url_are_to_be_scanned_first(s3: S3, bucket: str) -> None:
    s3.put(bucket, "s/a.txt", text(1).encode())
    with pytest.raises(UsageError, match=r"P451 this is no store\n  Documents at a URL are scanned first"):
        polcmp.compare(f"s3://{bucket}/s")
    with pytest.raises(UsageError, match="P416"):
        polcmp.compare([f"s3://{bucket}/s", "seeds"])


def test_no_room_for_a_copy_is_told(
    s3: S3, bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from polcmp.store import fetched

    scan(write_folder(tmp_path / "c", 3), f"s3://{bucket}/s")
    monkeypatch.setattr(fetched.shutil, "disk_usage", lambda folder: SimpleNamespace(free=1))
    with pytest.raises(UsageError, match="P409 there is no room for a copy of the store"):
        polcmp.compare(f"s3://{bucket}/s")
