"""URLs: documents, records and archives on an object store, read as the same files in a folder are."""

import gzip
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from s3_lab import S3
from scan_lab import codes, found, record, scan, table, text, without_generation, write_folder

from polcmp.load import ReadOptions
from polcmp.load.source import Columns
from polcmp.scan import objects
from polcmp.settings import Limits

pytest.importorskip("daft")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents, records and archives of every kind."""
    folder = write_folder(tmp_path_factory.mktemp("corpus") / "c", 4)
    write_folder(folder / "云溪县", 2, first=4)
    (folder / "云溪县" / "a#1 b?%20.txt").write_text(text(6), encoding="utf-8")
    (folder / "r.jsonl").write_text("".join(map(record, range(20))) + "{bad\n", encoding="utf-8")
    line = "id,text\n007,青山县简报：今年选派驻村干部5名。\n"
    (folder / "t.csv").write_bytes(line.encode("gb18030"))
    rows = {"id": [f"p{n}" for n in range(40)], "text": [text(n) for n in range(40)]}
    pq.write_table(pa.table(rows), folder / "p.parquet", row_group_size=15)
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        archive.writestr("inner/d.txt", text(2))
    (folder / "g.txt.gz").write_bytes(gzip.compress(text(3).encode()))
    (folder / ".hidden.txt").write_text(text(1), encoding="utf-8")
    (folder / "old.odt").write_bytes(b"PK")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture(scope="module")
def here(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the folder itself."""
    store = tmp_path_factory.mktemp("here") / "s"
    scan(folder, store)
    return store


def names(store: Path) -> dict[str, str]:
    """Documents in force with the hash of their content."""
    return {row["source"]: row["sha256"] for row in table(store, "sources") if not row["code"]}


@pytest.mark.parametrize("ending", ["", "/", "/**"])
def test_a_url_is_read_as_the_folder_is(folder: Path, here: Path, tmp_path: Path, ending: str) -> None:
    scan([f"file://{folder}{ending}"], tmp_path / "url")
    assert names(tmp_path / "url") == names(here)
    assert found(tmp_path / "url") == found(here)
    assert codes(tmp_path / "url") == codes(here) == {"old.odt": "P307", "r.jsonl#21": "P313"}
    mentions = without_generation(tmp_path / "url")["mentions"]
    assert mentions == without_generation(here)["mentions"]


def test_a_second_scan_reads_what_has_changed(folder: Path, tmp_path: Path) -> None:
    copy = write_folder(tmp_path / "c", 3)
    lines = [record(n) for n in range(3)]
    (copy / "r.jsonl").write_text("".join(lines), encoding="utf-8")
    url, store = f"file://{copy}/**", tmp_path / "s"
    first = scan([url], store)
    again = scan([url], store)
    assert (first.documents, again.documents, again.unchanged, again.parts) == (6, 0, 6, 0)
    (copy / "r.jsonl").write_text(
        "".join([lines[0], record(1, title="改"), lines[2], record(9)]), encoding="utf-8"
    )
    (copy / "d001.txt").unlink()
    (copy / "d002.txt").write_text(text(8), encoding="utf-8")
    third = scan([url], store, prune=True)
    assert (third.new, third.changed, third.unchanged, third.removed) == (1, 2, 3, 1)
    assert set(found(store)) == {
        "d000.txt",
        "d002.txt",
        "r.jsonl#r0",
        "r.jsonl#r1",
        "r.jsonl#r2",
        "r.jsonl#r9",
    }


def test_an_object_that_cannot_be_fetched_costs_itself_and_prunes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_folder(tmp_path / "c", 3)
    (folder / "r.jsonl").write_text(record(1), encoding="utf-8")
    url, store = f"file://{folder}/**", tmp_path / "s"
    scan([url], store)
    (folder / "d000.txt").unlink()
    there = objects._file

    class Broken:
        def open(self) -> None:
            raise RuntimeError("the line is dead")

    monkeypatch.setattr(
        objects, "_file", lambda at: Broken() if "1.txt" in at or "jsonl" in at else there(at)
    )
    report = scan([url], store, prune=True)
    assert report.removed == 0
    failed = codes(store)
    assert failed["d001.txt"] == failed["r.jsonl"] == failed[url] == "P302"
    assert "the line is dead" in report.failures[0].message
    monkeypatch.undo()
    report = scan([url], store, prune=True)
    assert (report.changed, report.failed, report.removed) == (1, 0, 2)
    assert set(found(store)) == {"d001.txt", "d002.txt", "r.jsonl#r1"}


def test_a_url_names_one_object_or_a_glob(folder: Path, tmp_path: Path) -> None:
    scan([f"file://{folder}/d001.txt", f"file://{folder}/*/d00*.txt"], tmp_path / "s")
    assert set(found(tmp_path / "s")) == {"d001.txt", "云溪县/d004.txt", "云溪县/d005.txt"}
    assert objects.prefix_of("s3://b/reports/20*/a.txt") == "s3://b/reports/"
    assert objects.prefix_of("s3://b/a.txt") == objects.prefix_of("s3://b/**") == "s3://b/"


def test_columns_limits_and_lists_hold_for_urls(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    (folder / "r.csv").write_text(f"key,body,county\nk1,{text(1).split()[1]},石门县\n", encoding="utf-8")
    (folder / "long.txt").write_text(text(1) * 20, encoding="utf-8")
    (tmp_path / "list.txt").write_text(f"file://{folder}\n", encoding="utf-8")
    columns = Columns("body", "key", "county")
    options = ReadOptions(limits=Limits(file_bytes=600), columns=columns)
    scan([f"@{tmp_path}/list.txt"], tmp_path / "s", options=options)
    (row,) = table(tmp_path / "s", "documents")
    assert (row["source"], row["region"]) == ("r.csv#k1", "石门县")
    assert codes(tmp_path / "s") == {"long.txt": "P312"}


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///no/such/folder/**", "P301"),
        ("https://example.invalid/a.txt", "P308"),
        ("nowhere://a/**", "P302"),
    ],
)
def test_a_url_that_leads_nowhere_is_told(tmp_path: Path, url: str, code: str) -> None:
    write_folder(tmp_path / "c", 1)
    report = scan([tmp_path / "c", url], tmp_path / "s")
    assert report.documents == 1
    assert [one.code for one in (*report.errors, *report.failures)] == [code]


def test_a_folder_without_documents_and_a_store_are_no_corpus(tmp_path: Path) -> None:
    write_folder(tmp_path / "c", 2)
    scan(tmp_path / "c", tmp_path / "c" / "store")
    scan([f"file://{tmp_path}/c"], tmp_path / "s")
    assert set(found(tmp_path / "s")) == {"d000.txt", "d001.txt"}


@pytest.fixture(scope="module")
def bucket(folder: Path, s3: S3) -> str:
    """A bucket that holds `folder` in ``reports/``."""
    name = s3.bucket()
    for path in folder.rglob("*.*"):
        s3.put(name, f"reports/{path.relative_to(folder)}", path.read_bytes())
    return name


def test_a_bucket_is_read_as_the_folder_is_and_takes_the_store(
    here: Path, bucket: str, s3: S3, tmp_path: Path
) -> None:
    """With the command, whose environment says where the store is; Daft as the engine, then the pool."""
    environment = {**os.environ, **s3.environment, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "polcmp.cli.main", "scan", f"s3://{bucket}/**", "-o", f"s3://{bucket}/s"]
    ran = subprocess.run(
        [*command, "--engine", "daft", "--workers", "1"], capture_output=True, text=True, env=environment
    )
    assert ran.returncode == 3, ran.stderr  # old.odt and a bad record
    store = s3.copied(bucket, "s", tmp_path / "s")
    assert {name.removeprefix("reports/"): one for name, one in names(store).items()} == names(here)
    assert {name.removeprefix("reports/"): one for name, one in codes(store).items()} == codes(here)
    again = subprocess.run([*command, "--workers", "0"], capture_output=True, text=True, env=environment)
    assert f"{len(found(store))} unchanged; store: s3://{bucket}/s" in again.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["s"]
