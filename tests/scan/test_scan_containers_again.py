"""Containers that lost records, and members that are none of the corpus: told at every scan, not just one."""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scan_lab import codes, contents, found, record, scan, table, text, write_folder
from typer.testing import CliRunner

from polcmp.cli.main import app


def _jsonl(file: Path, numbers: range) -> None:
    file.write_text("".join(map(record, numbers)), encoding="utf-8")


def _csv(file: Path, numbers: range) -> None:
    rows = "".join(f'r{n},"{text(n)}"\n' for n in numbers)
    file.write_text(f"id,text\n{rows}", encoding="utf-8")


def _parquet(file: Path, numbers: range) -> None:
    pq.write_table(pa.table({"id": [f"r{n}" for n in numbers], "text": list(map(text, numbers))}), file)


def _tar(file: Path, numbers: range) -> None:
    with tarfile.open(file, "w:gz") as tar:
        for number in numbers:
            info = tarfile.TarInfo(f"r{number}.txt")
            data = text(number).encode()
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


def _zip(file: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    ("name", "write"),
    [("x.jsonl", _jsonl), ("x.csv", _csv), ("x.parquet", _parquet), ("x.tar.gz", _tar)],
)
@pytest.mark.parametrize("in_folder", [False, True])
def test_a_record_that_is_gone_is_told_until_it_is_pruned(
    tmp_path: Path, name: str, write: Callable[[Path, range], None], in_folder: bool
) -> None:
    folder, store = write_folder(tmp_path / "c", 1), tmp_path / "s"
    file = folder / name
    corpus = folder if in_folder else file
    write(file, range(5))
    scan(corpus, store)
    write(file, range(4))
    for _ in range(3):
        report = scan(corpus, store)
        assert (report.unchanged, report.vanished, report.removed) == (4 + in_folder, 1, 0)
    assert report.parts == 0, "a scan that finds nothing new writes nothing"
    assert len(found(store)) == 5 + in_folder
    report = scan(corpus, store, prune=True)
    assert (report.vanished, report.removed) == (1, 1)
    assert len(found(store)) == 4 + in_folder
    before = contents(store)
    again = scan(corpus, store, prune=True)
    assert (again.unchanged, again.vanished, again.parts) == (4 + in_folder, 0, 0)
    assert contents(store) == before
    write(file, range(5))
    assert (scan(corpus, store).new, len(found(store))) == (1, 5 + in_folder)


def test_a_record_that_came_back_is_settled_again(tmp_path: Path) -> None:
    file, store = tmp_path / "x.jsonl", tmp_path / "s"
    _jsonl(file, range(5))
    scan(file, store)
    _jsonl(file, range(3))
    assert scan(file, store).vanished == 2
    _jsonl(file, range(5))
    assert (scan(file, store).vanished, scan(file, store).parts) == (0, 0)


HIDDEN = {
    ".h.txt": text(7).encode(),
    ".git/x.txt": text(8).encode(),
    "__MACOSX/._a.txt": b"\0\5\x16\7\0",
    "picture.png": b"\x89PNG",
    "documents.yaml": b"a.txt: {region: x}\n",
}


@pytest.mark.parametrize("packing", ["zip", "tar.gz"])
def test_hidden_members_are_left_out_and_told_like_files_of_a_folder(tmp_path: Path, packing: str) -> None:
    members = {"a.txt": text(1).encode(), **HIDDEN}
    folder, file, store = tmp_path / "plain", tmp_path / f"x.{packing}", tmp_path / "s"
    for name, data in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    if packing == "zip":
        _zip(file, members)
    else:
        with tarfile.open(file, "w:gz") as tar:
            tar.add(folder, "")
    plain = scan(folder, tmp_path / "p").warnings
    assert plain == ("2 files left out: 1 .png, 1 hidden .txt",)
    for parts in (1, 0):
        report = scan(file, store)
        assert (report.warnings, report.parts, report.failed) == (plain, parts, 0), "also while unchanged"
        assert (report.documents + report.unchanged, report.vanished) == (1, 0)
    assert list(found(store)) == [f"x.{packing}/a.txt"]
    assert codes(store) == {}


def test_members_left_out_that_are_gone_are_told_no_longer(tmp_path: Path) -> None:
    file, store = tmp_path / "x.zip", tmp_path / "s"
    _zip(file, {"a.txt": text(1).encode(), **HIDDEN})
    scan(file, store)
    _zip(file, {"a.txt": text(1).encode(), "b.png": b""})
    for _ in range(2):
        report = scan(file, store)
        assert (report.warnings, report.vanished) == (("1 file left out: 1 .png",), 0)
    file.unlink()
    assert scan(write_folder(tmp_path / "c", 1), store, prune=True).removed == 1
    assert {row["code"] for row in table(store, "sources") if row["source"].startswith("x.zip")} == {
        "removed"
    }


def test_a_parquet_file_in_an_archive_is_called_one(tmp_path: Path) -> None:
    _zip(tmp_path / "x.zip", {"a.txt": text(1).encode(), "b.parquet": b"PAR1", "c.zip": b"PK"})
    scan(tmp_path / "x.zip", tmp_path / "s")
    told = {row["source"]: (row["code"], row["message"]) for row in table(tmp_path / "s", "errors")}
    assert told == {
        "x.zip/b.parquet": ("P307", "a Parquet file inside an archive is not opened"),
        "x.zip/c.zip": ("P307", "an archive inside an archive is not opened"),
    }


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (None, "null"),
        (["驻村"], "a list"),
        (7, "a number"),
        (0.5, "a number"),
        (True, "true or false"),
        ({"zh": "驻村"}, "an object"),
    ],
)
def test_a_text_that_is_none_is_told_by_what_it_is(tmp_path: Path, value: object, what: str) -> None:
    line = json.dumps({"text": value}) + "\n"
    (tmp_path / "x.jsonl").write_text(record(0) + line, encoding="utf-8")
    scan(tmp_path / "x.jsonl", tmp_path / "s")
    (row,) = table(tmp_path / "s", "errors")
    assert (row["code"], row["message"]) == ("P313", f"the text of this record is {what}")
    (tmp_path / "y.jsonl.gz").write_bytes(gzip.compress((line * 2).encode()))
    scan(tmp_path / "y.jsonl.gz", tmp_path / "t")
    assert f"the first is {what}" in table(tmp_path / "t", "errors")[0]["message"]


def test_a_record_without_the_key_says_what_it_has(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(record(0) + '{"body": "a"}\n', encoding="utf-8")
    scan(tmp_path / "x.jsonl", tmp_path / "s")
    assert table(tmp_path / "s", "errors")[0]["message"] == "this record has no text in 'text'"


def test_documents_with_warnings_are_told_with_a_command_that_shows_them(tmp_path: Path) -> None:
    folder, store = write_folder(tmp_path / "c", 2), tmp_path / "s"
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.txt").write_bytes(text(1).encode() * 3 + b"\xff" + text(2).encode())
    ran = CliRunner().invoke(app, ["scan", str(folder), "-o", str(store), "--workers", "0"])
    assert f"2 of the documents read have warnings: polcmp compare {store}\n" in ran.stderr
    shown = CliRunner().invoke(app, ["compare", str(store)]).stderr
    assert "empty.txt: the document is empty" in shown and "broken.txt: " in shown
