"""A store is gone on with: changed and vanished documents, other settings, damage, locks, full disks."""

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from scan_lab import (
    SMALL,
    TAXONOMY,
    codes,
    contents,
    found,
    record,
    scan,
    table,
    without_generation,
    write_folder,
)

from polcmp.errors import UsageError
from polcmp.store.layout import committed_parts, read_manifest
from polcmp.store.writer import locked


def test_a_second_scan_reads_only_what_is_new_or_changed(tmp_path: Path) -> None:
    folder, store = write_folder(tmp_path / "c", 12), tmp_path / "s"
    first = scan(folder, store)
    assert (first.documents, first.new, first.parts) == (12, 12, 3)
    before = contents(store)
    assert scan(folder, store).parts == 0
    assert contents(store) == before
    write_folder(folder, 2, first=20)
    (folder / "d001.txt").write_text("虚构：没有这样的举措。", encoding="utf-8")
    os.utime(folder / "d002.txt", ns=(1, 1))
    (folder / "d003.txt").unlink()
    report = scan(folder, store)
    counts = (report.documents, report.new, report.changed, report.unchanged, report.vanished, report.removed)
    assert counts == (3, 2, 1, 10, 1, 0)
    assert {name: n for name, n in found(store).items() if n == 0} == {"d001.txt": 0}
    assert len(found(store)) == 14
    again = scan(folder, store)
    assert (again.documents, again.parts, again.vanished) == (0, 0, 1)


def test_what_vanished_goes_with_prune_and_comes_back(tmp_path: Path) -> None:
    folder, store = write_folder(tmp_path / "c", 7), tmp_path / "s"
    scan(folder, store)
    kept = (folder / "d003.txt").read_bytes()
    (folder / "d003.txt").unlink()
    report = scan(folder, store, prune=True)
    assert (report.vanished, report.removed, report.documents) == (1, 1, 0)
    assert "d003.txt" not in found(store)
    assert scan(folder, store, prune=True).vanished == 0
    (folder / "d003.txt").write_bytes(kept)
    assert scan(folder, store).new == 1
    assert found(store)["d003.txt"] == 1


def test_nothing_is_pruned_while_an_input_cannot_be_read(tmp_path: Path) -> None:
    one, other = write_folder(tmp_path / "a", 2), write_folder(tmp_path / "b", 3, first=10)
    scan([one, other], tmp_path / "s")
    other.rename(tmp_path / "away")
    report = scan([one, other], tmp_path / "s", prune=True)
    assert (report.vanished, report.removed, len(report.errors)) == (3, 0, 1)
    assert len(found(tmp_path / "s")) == 5
    assert [one.code for one in read_manifest(tmp_path / "s").errors] == ["P301"]


def test_an_appended_file_of_records_is_read_from_where_it_grew(tmp_path: Path) -> None:
    file, store = tmp_path / "x.jsonl", tmp_path / "s"
    file.write_text("".join(record(n) for n in range(7)) + "{bad\n", encoding="utf-8")
    scan(file, store)
    assert scan(file, store).unchanged == 7
    file.write_text(file.read_text(encoding="utf-8") + record(8) + record(9), encoding="utf-8")
    report = scan(file, store)
    assert (report.documents, report.unchanged, report.standing, report.new) == (2, 7, 1, 2)
    lines = [record(0), record(1, title="另一个标题"), *map(record, range(2, 6))]
    file.write_text("".join(lines), encoding="utf-8")
    report = scan(file, store, prune=True)
    assert (report.changed, report.unchanged, report.removed) == (1, 5, 4)  # r6, r8, r9 and the bad line
    assert list(found(store)) == [f"x.jsonl#r{n}" for n in range(6)]
    assert codes(store) == {}


def test_a_document_that_turns_bad_loses_its_old_rows(tmp_path: Path) -> None:
    folder, store = write_folder(tmp_path / "c", 2), tmp_path / "s"
    scan(folder, store)
    (folder / "d000.txt").write_bytes(b"\x89PNG\r\n" + bytes(500))
    assert scan(folder, store).failed == 1
    assert (found(store), codes(store)) == ({"d001.txt": 1}, {"d000.txt": "P304"})
    assert scan(folder, store).standing == 1


@pytest.mark.parametrize("what", ["taxonomy", "settings", "columns", "version"])
def test_another_way_of_reading_is_noticed(
    tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from polcmp.load import ReadOptions
    from polcmp.load.source import Columns

    folder, store = write_folder(tmp_path / "c", 2), tmp_path / "s"
    scan(folder, store)
    before = contents(store)
    more: dict[str, object] = {
        "taxonomy": {"taxonomy": TAXONOMY + "  # changed\n"},
        "settings": {"min_score": 0.7},
        "columns": {"options": ReadOptions(columns=Columns(text="content"))},
        "version": {},
    }[what]  # type: ignore[assignment]
    if what == "version":
        monkeypatch.setattr("polcmp.__version__", "99.0")
    with pytest.raises(UsageError) as caught:
        scan(folder, store, **more)
    assert caught.value.code == "P457"
    told = {
        "taxonomy": "taxonomy: ",
        "settings": "min_score: 0.6 then, 0.7 now",
        "columns": "content",
        "version": "99.0 now",
    }
    assert told[what] in caught.value.hint and "--restart" in caught.value.hint
    assert contents(store) == before
    assert scan(folder, store, restart=True, **more).documents == 2
    assert len(committed_parts(store)) == 1


@pytest.mark.parametrize("damage", ["cut", "byte", "gone", "record", "record gone"])
def test_a_damaged_part_is_thrown_away_and_read_again(tmp_path: Path, damage: str) -> None:
    folder, store = write_folder(tmp_path / "c", 12), tmp_path / "s"
    scan(folder, store)
    whole = without_generation(store)
    part = committed_parts(store)[1]
    victim, commit = part.path("mentions"), part.folder / f"{part.id}.json"
    data = victim.read_bytes()
    if damage == "cut":
        victim.write_bytes(data[:-9])
    elif damage == "byte":
        victim.write_bytes(data[:99] + bytes([data[99] ^ 1]) + data[100:])
    elif damage == "gone":
        victim.unlink()
    elif damage == "record":
        commit.write_text(commit.read_text(encoding="utf-8")[:-30], encoding="utf-8")
        with pytest.raises(UsageError, match="damaged"):
            committed_parts(store)
    else:
        commit.unlink()
    report = scan(folder, store)
    assert (report.documents, report.unchanged, len(report.damaged)) == (5, 7, damage != "record gone")
    assert without_generation(store) == whole
    assert len(list((store / "parts").glob("*.json"))) * 6 == len(list((store / "parts").iterdir()))


def test_two_scans_do_not_write_at_once(tmp_path: Path) -> None:
    folder, store = write_folder(tmp_path / "c", 2), tmp_path / "s"
    with locked(store), pytest.raises(UsageError, match="another scan writes here") as caught:
        scan(folder, store)
    assert caught.value.code == "P454"
    assert scan(folder, store).documents == 2


def test_other_peoples_folders_are_left_alone(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", 2)
    for target in (folder, folder / "d000.txt"):
        with pytest.raises(UsageError) as caught:
            scan(folder, target)
        assert caught.value.code == "P455"
    assert sorted(one.name for one in folder.iterdir() if one.suffix != ".yaml") == ["d000.txt", "d001.txt"]
    assert not (folder / "lock").exists()


def test_a_store_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    from polcmp.store.writer import write_taxonomy

    with pytest.raises(UsageError) as caught, locked(Path("/proc/polcmp-store")):
        pass
    assert caught.value.code == "P409"
    with pytest.raises(UsageError, match="cannot be written"):
        write_taxonomy(tmp_path / "none", b"")


def test_a_store_without_its_manifest_is_not_gone_on_with(tmp_path: Path) -> None:
    folder, store = write_folder(tmp_path / "c", 2), tmp_path / "s"
    scan(folder, store)
    (store / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        scan(folder, store)
    assert caught.value.code == "P452"
    (store / "manifest.json").unlink()
    with pytest.raises(UsageError) as caught:
        scan(folder, store)
    assert caught.value.code == "P452"
    assert "--restart" in caught.value.hint
    assert scan(folder, store, restart=True).documents == 2


def _full_after(monkeypatch: pytest.MonkeyPatch, files: int) -> None:
    """A disk that takes so many files more."""
    left, fsync = [files], os.fsync

    def sync(descriptor: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", sync)


@pytest.mark.parametrize("files", [0, 3, 9, 14, 20, 23])
def test_a_full_disk_loses_nothing_that_was_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int
) -> None:
    folder, store = write_folder(tmp_path / "c", 12), tmp_path / "s"
    with monkeypatch.context() as full:
        _full_after(full, files)
        with pytest.raises(UsageError, match="No space left") as caught:
            scan(folder, store)
    assert caught.value.code == "P409"
    assert "same command again" in caught.value.hint
    assert not list(store.rglob("*.new"))
    done = len(committed_parts(store))
    report = scan(folder, store)
    assert report.documents == 12 - min(12, 5 * done)
    assert scan(folder, tmp_path / "whole").parts == 3
    assert contents(store) == contents(tmp_path / "whole")


def test_a_limit_on_files_is_told_like_a_full_disk(tmp_path: Path) -> None:
    folder, store = write_folder(tmp_path / "c", 6), tmp_path / "s"
    command = [sys.executable, str(Path(__file__).with_name("scan_lab.py")), str(folder), str(store), "0"]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))

    ran = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, check=False)
    assert "P409" in ran.stderr and "File too large" in ran.stderr
    assert committed_parts(store) == []
    assert scan(folder, store).documents == 6


def test_a_moved_corpus_is_known_by_its_content(tmp_path: Path) -> None:
    folder, store = write_folder(tmp_path / "c", 3), tmp_path / "s"
    scan(folder, store)
    moved = folder.rename(tmp_path / "moved")
    report = scan(moved, store)
    assert (report.documents, report.unchanged, report.vanished) == (0, 3, 0)
    assert scan(moved, store).parts == 0


def test_the_manifest_says_whether_a_scan_was_finished(tmp_path: Path) -> None:
    folder, store = write_folder(tmp_path / "c", 12), tmp_path / "s"

    def stop(state: object) -> None:
        if getattr(state, "documents", 0) >= SMALL.part_documents:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scan(folder, store, progress=stop)
    assert not read_manifest(store).complete
    assert len(committed_parts(store)) == 1
    scan(write_folder(tmp_path / "other", 1), store)
    manifest = read_manifest(store)
    assert manifest.complete
    assert manifest.corpus == (str(folder), str(tmp_path / "other"))
    assert [one.id for one in manifest.measures] == ["dispatch"]
    assert (store / "taxonomy.yaml").read_text(encoding="utf-8") == TAXONOMY


def test_sources_say_how_each_document_stands(tmp_path: Path) -> None:
    file, store = tmp_path / "x.jsonl", tmp_path / "s"
    file.write_text(record(1) + "{bad\n", encoding="utf-8")
    scan(file, store)
    rows = {row["source"]: (row["code"], row["container"]) for row in table(store, "sources")}
    assert rows == {
        "x.jsonl": ("container", ""),
        "x.jsonl#2": ("P313", "x.jsonl"),
        "x.jsonl#r1": ("", "x.jsonl"),
    }


def test_a_document_that_a_sidecar_lists_can_be_pruned(tmp_path: Path) -> None:
    """Its entry is told as one without a file, which is no reason to keep what was deleted."""
    folder = write_folder(tmp_path / "c", 2)
    names = sorted(path.name for path in folder.iterdir())
    listed = f"{names[0]}:\n  region: 云溪县\n"
    (folder / "documents.yaml").write_text(listed, encoding="utf-8")
    scan(folder, tmp_path / "s")
    (folder / names[0]).unlink()
    report = scan(folder, tmp_path / "s", prune=True)
    assert (report.vanished, report.removed) == (1, 1)
    assert [error.code for error in report.errors] == ["P306"]
