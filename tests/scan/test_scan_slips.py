"""Slips of whoever starts a scan: they are told, cost nothing, and leave nothing that has to be removed."""

import importlib.util
import json
from pathlib import Path

import pytest
from s3_lab import S3
from scan_lab import codes, contents, found, record, scan, text, write_folder

import polcmp
from polcmp.errors import DocumentError, UsageError
from polcmp.load import ReadOptions, collect
from polcmp.load.source import Columns
from polcmp.scan import records
from polcmp.scan.containers import pieces
from polcmp.scan.corpus import RECORDS, Found
from polcmp.scan.items import Piece
from polcmp.settings import Limits
from polcmp.store import writer
from polcmp.store.layout import read_manifest


def columns(**names: str) -> ReadOptions:
    return ReadOptions(columns=Columns(**names))


def records_of(folder: Path) -> Path:
    """Two files of records, a table and JSON Lines, whose texts stand in ``body``."""
    folder.mkdir(parents=True)
    lines = [json.dumps({"id": n, "body": text(n), "county": "云溪县"}, ensure_ascii=False) for n in range(3)]
    (folder / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "b.csv").write_text("id,body,county\n7,云溪县选派驻村干部3名,石门县\n", encoding="utf-8")
    return folder


def test_an_engine_that_is_not_there_leaves_no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, store = write_folder(tmp_path / "c", 2), tmp_path / "deep" / "s"
    for address in ("localhost:1", "ray://localhost:1"):
        with pytest.raises(UsageError, match="P458"):
            scan([str(folder)], str(store), address=address)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match="P413"):
        scan([str(folder)], str(store))
    assert not store.parent.exists()


@pytest.mark.parametrize("restart", [False, True])
def test_a_scan_that_cannot_begin_leaves_the_store_as_it_is(tmp_path: Path, restart: bool) -> None:
    folder, store, empty = write_folder(tmp_path / "c", 7), tmp_path / "s", tmp_path / "empty"
    empty.mkdir()
    scan(folder, store)
    files = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    with pytest.raises(UsageError, match="P458"):
        scan(folder, store, address="localhost:1", restart=restart)
    if restart:
        with pytest.raises(UsageError, match="P401"):
            scan(empty, store, restart=True)
    assert {path: path.read_bytes() for path in store.rglob("*") if path.is_file()} == files
    assert read_manifest(store).complete


def test_nothing_to_read_leaves_no_store(tmp_path: Path) -> None:
    empty, mine = tmp_path / "c", tmp_path / "mine"
    empty.mkdir()
    mine.mkdir()
    (empty / "x.jsonl").write_text("\n\n", encoding="utf-8")
    for corpus in (empty, empty / "x.jsonl", tmp_path / "none"):
        for store in (tmp_path / "new" / "s", mine):
            with pytest.raises(UsageError, match="P401"):
                scan(corpus, str(store))
    assert not (tmp_path / "new").exists()
    assert list(mine.iterdir()) == [], "a folder of the user's stays, and is empty again"


def test_a_scan_that_has_only_begun_is_no_folder_of_documents(tmp_path: Path) -> None:
    """Before its first part there is a lock and an empty folder, which a kill leaves behind."""
    folder, store = write_folder(tmp_path / "c", 2), tmp_path / "c" / "s"
    with writer.locked(store):
        with pytest.raises(UsageError, match="P452 a scan has begun here"):
            polcmp.compare(store)
        assert len(polcmp.compare(folder).comparison.documents) == 2
        assert scan([str(folder)], str(tmp_path / "other")).documents == 2
    (store / "parts").mkdir(parents=True)
    (store / "lock").touch()
    assert scan([str(folder)], str(store)).documents == 2


def test_nothing_to_read_leaves_nothing_at_a_url(
    s3: S3, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in s3.environment.items():
        monkeypatch.setenv(name, value)
    bucket, empty = s3.bucket(), tmp_path / "c"
    empty.mkdir()
    with pytest.raises(UsageError, match="P401"):
        scan(empty, f"s3://{bucket}/s")
    assert s3.objects(bucket, "s") == {}
    scan(write_folder(empty, 2), f"s3://{bucket}/s")
    with pytest.raises(UsageError, match="P455") as caught:
        scan(empty, f"s3://{bucket}/s/parts/x")
    assert caught.value.hint == f"Name a folder outside s3://{bucket}/s."


def test_a_wrong_column_is_mended_by_the_next_scan(tmp_path: Path) -> None:
    folder, store = records_of(tmp_path / "c"), tmp_path / "s"
    first = scan(folder, store, options=columns(text="content"))
    assert (first.documents, first.failed) == (0, 2)
    told = "It has id, body, county. "
    assert told in first.failures[0].hint and "--text-column" in first.failures[0].hint
    assert "'content' in this table: id, body, county" in first.failures[1].message
    assert scan(folder, store, options=columns(text="body")).documents == 4
    assert codes(store) == {}
    fresh = tmp_path / "fresh"
    scan(folder, fresh, options=columns(text="body"))
    assert contents(store) == contents(fresh)


def test_what_differs_is_told_alone(tmp_path: Path) -> None:
    folder, store = records_of(tmp_path / "c"), tmp_path / "s"
    scan(folder, store, options=columns(text="body"))
    with pytest.raises(UsageError, match="P457") as caught:
        scan(folder, store, options=columns(text="body", region="county"))
    differences = caught.value.hint.splitlines()[:-1]
    assert differences == ["--region-column: 'region' then, 'county' now"]
    scan(folder, store, options=ReadOptions("utf8", columns=Columns(text="body")), restart=True)
    report = scan(folder, store, options=ReadOptions("UTF-8", columns=Columns(text="body")))
    assert report.unchanged == 4, "another spelling of the same encoding"


@pytest.mark.parametrize("field", ["id", "region", "date", "title"])
def test_a_named_column_that_is_nowhere_is_an_error_of_its_file(tmp_path: Path, field: str) -> None:
    folder, store = records_of(tmp_path / "c"), tmp_path / "s"
    write_folder(folder, 2)
    named = Columns(text="body")._replace(**{field: "nowhere"})
    report = scan(folder, store, options=ReadOptions(columns=named))
    assert (report.documents, codes(store)) == (2, {"a.jsonl": "P313", "b.csv": "P313"})
    for failure in report.failures:
        assert "'nowhere'" in failure.message and f"--{field}-column" in failure.hint
        assert "body, county" in failure.message + failure.hint
    direct = collect([str(folder)], ReadOptions(columns=named))
    assert sorted(map(str, direct.errors)) == sorted(
        f"{one.path}: {one.code} {one.message}\n  {one.hint}" for one in report.failures
    )
    report = scan(folder, store, options=columns(text="body", region="county"), restart=True)
    assert report.documents == 6


def test_a_parquet_file_without_a_named_column(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file, store = tmp_path / "x.parquet", tmp_path / "s"
    pq.write_table(pa.table({"text": [text(1)], "county": ["云溪县"]}), file)
    report = scan(file, store, options=columns(region="place"))
    assert "there is no column 'place' in this table: county, text" in report.failures[0].message
    assert scan(file, store, options=columns(region="county")).documents == 1


def test_single_records_may_lack_a_named_key(tmp_path: Path) -> None:
    file, store = tmp_path / "x.jsonl", tmp_path / "s"
    file.write_text("".join(record(n) for n in range(5)) + record(5, county="石门县"), encoding="utf-8")
    assert scan(file, store, options=columns(region="county")).documents == 6
    assert list(found(store)) == [f"x.jsonl#r{n}" for n in range(6)]


def test_a_named_key_is_looked_for_in_long_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept back has bounds: records are given, and the fault comes last."""
    monkeypatch.setattr("polcmp.load.record.KEPT_BACK_CHARACTERS", 200)
    file = tmp_path / "x.jsonl"
    file.write_text("".join(record(n) for n in range(50)), encoding="utf-8")
    given: list[Piece] = []
    with pytest.raises(DocumentError, match="no record has a key 'county'"):
        given.extend(pieces(of(file), columns(region="county")))
    with pytest.raises(DocumentError, match="none of its 50 records has a text in 'body'"):
        list(pieces(of(file), columns(text="body")))
    report = scan(file, tmp_path / "s", options=columns(region="county"))
    assert (report.documents, codes(tmp_path / "s")) == (50, {"x.jsonl": "P313"})


def of(file: Path) -> Found:
    from polcmp.load.source import NOTHING_STATED

    return Found(file.name, str(file), RECORDS, NOTHING_STATED, str(file))


def test_a_store_is_no_corpus(tmp_path: Path) -> None:
    folder, store = write_folder(tmp_path / "c", 2), tmp_path / "s"
    scan(folder, store)
    for corpus in (str(store), f"file://{store}"):
        for output in (tmp_path / "other", store):
            with pytest.raises(UsageError, match="P401 this is a store, not a corpus"):
                scan([str(folder), corpus], str(output))
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("place", ["parts", "parts/x", "summary", "new/one"])
def test_a_store_is_not_made_inside_another(tmp_path: Path, place: str) -> None:
    folder, store = write_folder(tmp_path / "c", 2), tmp_path / "s"
    scan(folder, store)
    before = contents(store)
    with pytest.raises(UsageError, match="P455"):
        scan([str(folder)], str(store / place))
    link = tmp_path / "link"
    link.symlink_to(store)
    with pytest.raises(UsageError, match="P455"):
        scan([str(folder)], str(link / place))
    assert contents(store) == before and not (store / "new").exists()


def test_somebody_elses_file_among_the_parts(tmp_path: Path) -> None:
    folder, store = write_folder(tmp_path / "c", 7), tmp_path / "s"
    scan(folder, store)
    notes = [store / "parts" / name for name in ("notes.json", "2022-notes.json", "000000-x.json")]
    for one in notes:
        one.write_text('{"mine": true}', encoding="utf-8")
    write_folder(folder, 1, first=20)
    report = scan(folder, store)
    assert (report.documents, report.damaged) == (1, ())
    assert polcmp.compare(store).comparison.documents
    scan(folder, store, restart=True)
    assert [one.read_text(encoding="utf-8") for one in notes] == ['{"mine": true}'] * 3


def test_a_raised_limit_has_what_was_beyond_it_read(tmp_path: Path) -> None:
    folder, store = write_folder(tmp_path / "c", 3), tmp_path / "s"
    (folder / "long.txt").write_text(text(1) * 20, encoding="utf-8")
    lines = record(7) + record(8, text=text(8) * 20)
    (folder / "x.jsonl").write_text(lines, encoding="utf-8")
    low = ReadOptions(limits=Limits(characters=200))
    assert scan(folder, store, options=low).failed == 2
    again = scan(folder, store, options=low)
    assert (again.documents, again.failed, again.standing, again.parts) == (0, 0, 2, 0)
    raised = scan(folder, store)
    assert (raised.documents, raised.unchanged, raised.standing) == (2, 4, 0)
    assert codes(store) == {}
    assert scan(folder, store).parts == 0


@pytest.mark.parametrize("encoding", ["utf8", "UTF_8", "u8", "utf-8-sig"])
def test_an_encoding_by_any_name_knows_its_mark(tmp_path: Path, encoding: str) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    (folder / "a.jsonl").write_text(record(1), encoding="utf-8-sig")
    (folder / "b.csv").write_text('"id","text"\n"r2","云溪县选派驻村干部3名"\n', encoding="utf-8-sig")
    (folder / "c.txt").write_text(text(3), encoding="utf-8-sig")
    options = ReadOptions(encoding)
    assert scan(folder, tmp_path / "s", options=options).failed == 0
    assert found(tmp_path / "s") == {"a.jsonl#r1": 1, "b.csv#r2": 1, "c.txt": 1}
    result = polcmp.compare(folder, options=options)
    assert [one.name for one in result.comparison.documents] == ["a.jsonl#r1", "b.csv#r2", "c.txt"]
    assert result.raw("c.txt").startswith("云溪县") or result.raw("c.txt")[0] != "\ufeff"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "gb18030", "utf-32"])
@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_a_line_without_end_is_refused_in_bounded_memory(
    tmp_path: Path, encoding: str, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In whatever encoding, no more of a line than the limit is held."""
    file, limit = tmp_path / f"x.{ending}", 100_000
    head = record(1) if ending == "jsonl" else "id,text\nr1,a\n"
    file.write_bytes((head + '"' * 10).encode(encoding) + "a".encode(encoding)[-2:] * 2_000_000)
    asked: list[int] = []
    read = records._Joined.readinto

    def counted(self: object, buffer: bytearray) -> int:
        asked.append(length := read(self, buffer))
        return length

    monkeypatch.setattr(records._Joined, "readinto", counted)
    options = ReadOptions(encoding, limits=Limits(file_bytes=limit, characters=10**7))
    with pytest.raises(DocumentError, match=r"P312 a line has more than 100,000 bytes"):
        list(pieces(of(file), options))
    assert sum(asked) < 4 * limit
