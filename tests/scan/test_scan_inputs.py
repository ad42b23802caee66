"""Every kind of input becomes documents, each fault a row of its own, and nothing is unpacked."""

import gzip
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scan_lab import codes, found, record, scan, table, text, write_folder

from polcmp.errors import UsageError
from polcmp.load import ReadOptions, collect
from polcmp.load.source import Columns
from polcmp.scan import containers, corpus
from polcmp.scan.corpus import Corpus
from polcmp.settings import Limits


def test_a_folder_is_scanned_as_compare_names_its_documents(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", 3)
    write_folder(folder / "inner", 1)
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "readme").write_text("about", encoding="utf-8")
    (folder / "old.odt").write_bytes(b"PK")
    report = scan(folder, tmp_path / "s")
    assert (report.documents, report.failed, report.mentions) == (4, 1, 4)
    assert found(tmp_path / "s") == {"d000.txt": 1, "d001.txt": 1, "d002.txt": 1, "inner/d000.txt": 1}
    assert codes(tmp_path / "s") == {"old.odt": "P307"}


def test_rows_say_what_compare_says(tmp_path: Path, checkout: Path) -> None:
    import polcmp
    from polcmp.store.schema import dropped_of, facts_of, mention_of

    measures = checkout / "measures.yaml"
    report = polcmp.scan_corpus(checkout / "seeds", tmp_path / "s", taxonomy=measures, workers=0)
    result = polcmp.compare(checkout / "seeds", taxonomy=measures)
    assert report.mentions == len(result.mentions) > 50
    assert [facts_of(row) for row in table(tmp_path / "s", "documents")] == list(result.comparison.documents)
    mentions = [mention_of(row) for row in table(tmp_path / "s", "mentions")]
    assert sorted(mentions, key=lambda m: m.id) == sorted(result.mentions, key=lambda m: m.id)
    dropped = [dropped_of(row) for row in table(tmp_path / "s", "dropped")]
    assert sorted(map(repr, dropped)) == sorted(map(repr, result.comparison.dropped))


def test_a_sentence_stands_beside_its_mention(tmp_path: Path) -> None:
    scan(write_folder(tmp_path / "c", 1), tmp_path / "s")
    (row,) = table(tmp_path / "s", "mentions")
    raw = text(0)
    assert raw[row["start"] : row["end"]] == row["quote"] == "选派驻村干部"
    assert raw[row["sentence_start"] : row["sentence_end"]] == row["sentence_text"]
    assert row["sentence_text"].startswith("云溪县今年")
    (document,) = table(tmp_path / "s", "documents")
    assert len(document["signature"]) == 64
    assert document["characters"] == len(raw)


def test_sidecars_count(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", 2)
    (folder / "documents.yaml").write_text("d000.txt: {region: 聂荣县, date: 2021-03}\n", encoding="utf-8")
    scan(folder, tmp_path / "s")
    row = table(tmp_path / "s", "documents")[0]
    assert (row["region"], row["region_found_by"], row["year"], row["month"]) == (
        "聂荣县",
        "sidecar",
        2021,
        202103,
    )
    assert (row["province"], row["city"], row["county"]) == ("西藏自治区", "那曲市", "聂荣县")
    (folder / "documents.yaml").write_text("d000.txt: {region: 青山县}\n", encoding="utf-8")
    report = scan(folder, tmp_path / "s")
    assert (report.changed, report.unchanged) == (1, 1)
    assert table(tmp_path / "s", "documents")[0]["region"] == "青山县"


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        record(0, region="云溪县", date="2022年4月", title="虚构标题"),
        "{broken\n",
        "\n",
        json.dumps({"id": "empty"}) + "\n",
        "[1, 2]\n",
        record(0),
        json.dumps({"text": text(5)}) + "\n",
        json.dumps({"id": "half", "text": "\ud800 选派驻村干部"}) + "\n",
    ]
    file = tmp_path / "x.jsonl"
    file.write_text("\ufeff" + "".join(lines), encoding="utf-8")
    report = scan(file, tmp_path / "s")
    names = ["x.jsonl#6", "x.jsonl#half", "x.jsonl#r0", "x.jsonl#r0 (2)"]
    assert list(found(tmp_path / "s")) == names
    assert codes(tmp_path / "s") == dict.fromkeys(("x.jsonl#2", "x.jsonl#3", "x.jsonl#4"), "P313")
    assert (report.documents, report.failed, report.mentions) == (4, 3, 4)
    first = next(row for row in table(tmp_path / "s", "documents") if row["source"] == "x.jsonl#r0")
    assert (first["region"], first["region_found_by"], first["date"]) == ("云溪县", "record", "2022-04")
    assert (first["title"], first["path"]) == ("虚构标题", f"{file}:1")


def test_other_columns_and_encodings(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(f'编号,content,县\n7,"{text(1)}",石门县\n8,,石门县\n'.encode("gb18030"))
    options = ReadOptions(columns=Columns(text="content", id="编号", region="县"))
    scan(file, tmp_path / "s", options=options)
    assert found(tmp_path / "s") == {"x.csv#7": 1, "x.csv#8": 0}
    assert table(tmp_path / "s", "documents")[0]["region"] == "石门县"
    tabs = tmp_path / "x.tsv"
    tabs.write_text("id\ttext\n1\t选派驻村干部\n", encoding="utf-16")
    scan(tabs, tmp_path / "t")
    assert found(tmp_path / "t") == {"x.tsv#1": 1}


def test_a_table_without_the_column_is_an_error_that_names_it(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", 1)
    (folder / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    pq.write_table(pa.table({"a": [1]}), folder / "y.parquet")
    scan(folder, tmp_path / "s")
    assert codes(tmp_path / "s") == {"x.csv": "P313", "y.parquet": "P313"}
    assert "'text' in this table: a, b" in table(tmp_path / "s", "errors")[0]["message"]


def test_a_quotation_mark_that_stands_wrong_takes_no_rows_in_silence(tmp_path: Path) -> None:
    """As `polcmp.load` reads them: the same records, and the same words for the others."""
    line = "云溪县今年选派驻村干部。"
    rows = f'id,text\n1,"{line}\n2,"x"y",z\n3,{line}\n4,{line},驻村\n5,"{line}\n6,{line}\n'
    file = tmp_path / "x.csv"
    file.write_text(rows, encoding="utf-8")
    scan(file, tmp_path / "s")
    assert found(tmp_path / "s") == {"x.csv#3": 1}
    assert codes(tmp_path / "s") == dict.fromkeys(("x.csv#1", "x.csv#3 (2)", "x.csv#4"), "P313")
    told = {row["message"] for row in table(tmp_path / "s", "errors")}
    assert told == {error.message for error in collect([str(file)]).errors}
    assert any("lines 6 to 7 are not read" in message for message in told)


def test_parquet(tmp_path: Path) -> None:
    file = tmp_path / "x.parquet"
    columns = {"text": [text(0), None, text(2)], "id": [10, 11, 12], "region": ["云溪县", None, None]}
    pq.write_table(pa.table(columns), file, row_group_size=2)
    scan(file, tmp_path / "s")
    assert found(tmp_path / "s") == {"x.parquet#10": 1, "x.parquet#12": 1}
    assert codes(tmp_path / "s") == {"x.parquet#2": "P313"}
    (tmp_path / "y.parquet").write_bytes(b"PAR1 but no more")
    scan(tmp_path / "y.parquet", tmp_path / "t")
    assert codes(tmp_path / "t") == {"y.parquet": "P310"}


def _tar(path: Path, members: dict[str, bytes], mode: str) -> None:
    with tarfile.open(path, mode) as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)


MEMBERS = {
    "a/one.txt": text(1).encode(),
    "../../up.txt": text(2).encode(),
    "records.jsonl": record(3).encode() + b"{bad\n",
    "more.zip": b"PK\x05\x06" + bytes(18),
    "picture.jpg": b"\xff\xd8\xff",
}
INSIDE = ("a/one.txt", "records.jsonl#r3", "up.txt")


@pytest.mark.parametrize("name", ["x.tar", "x.tar.gz", "x.tgz", "x.tar.bz2", "x.tar.xz", "x.zip"])
def test_archives_are_read_as_streams(tmp_path: Path, name: str) -> None:
    file = tmp_path / "in" / name
    file.parent.mkdir()
    if name.endswith(".zip"):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data in MEMBERS.items():
                archive.writestr(member, data)
    else:
        packing = {"x.tar": "w", "x.tar.bz2": "w:bz2", "x.tar.xz": "w:xz"}.get(name, "w:gz")
        _tar(file, MEMBERS, packing)
    report = scan(file.parent, tmp_path / "s")
    assert found(tmp_path / "s") == {f"{name}/{one}": 1 for one in INSIDE}
    assert codes(tmp_path / "s") == {f"{name}/more.zip": "P307", f"{name}/records.jsonl#2": "P313"}
    assert report.documents == 3
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in", "s", "s.taxonomy.yaml"]
    again = scan(file.parent, tmp_path / "s")
    assert (again.new, again.changed, again.unchanged, again.standing, again.parts) == (0, 0, 3, 2, 0)


def test_a_packed_file(tmp_path: Path) -> None:
    (tmp_path / "x.txt.gz").write_bytes(gzip.compress(text(1).encode()))
    (tmp_path / "y.jsonl.gz").write_bytes(gzip.compress((record(1) + record(2)).encode()))
    scan([tmp_path / "x.txt.gz", tmp_path / "y.jsonl.gz"], tmp_path / "s")
    assert list(found(tmp_path / "s")) == ["x.txt.gz/x.txt", "y.jsonl.gz/y.jsonl#r1", "y.jsonl.gz/y.jsonl#r2"]


def test_chinese_names_in_a_zip_of_an_old_packer(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("GBKNAME.txt", text(1).encode())
    old = "简报一".encode("gbk") + b".txt"  # as long as the name above with one letter less
    file = tmp_path / "x.zip"
    file.write_bytes(data.getvalue().replace(b"GBKNAME.txt", old + b"\0"))
    scan(file, tmp_path / "s")
    assert list(found(tmp_path / "s")) == ["x.zip/简报一.txt"]


def test_what_is_read_of_a_broken_archive_stays(tmp_path: Path) -> None:
    file = tmp_path / "x.tar.gz"
    noise = os.urandom(40_000).hex().encode()
    _tar(file, {"a.txt": text(1).encode(), "b.txt": noise, "c.txt": text(3).encode()}, "w:gz")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    report = scan(file, tmp_path / "s")
    assert list(found(tmp_path / "s")) == ["x.tar.gz/a.txt"]
    assert codes(tmp_path / "s") == {"x.tar.gz": "P310"}
    assert report.failed == 1
    file.write_bytes(whole)
    scan(file, tmp_path / "s")
    assert list(found(tmp_path / "s")) == [f"x.tar.gz/{one}.txt" for one in "abc"]
    assert codes(tmp_path / "s") == {}


def test_a_damaged_member_of_a_zip_is_an_error_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", text(1).encode())
        archive.writestr("b.txt", text(2).encode())
    file.write_bytes(file.read_bytes().replace("第1号".encode(), "第7号".encode(), 1))
    scan(file, tmp_path / "s")
    assert (list(found(tmp_path / "s")), codes(tmp_path / "s")) == (["x.zip/b.txt"], {"x.zip/a.txt": "P310"})


def test_what_unpacks_to_far_more_than_it_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "SMALL", 100_000)
    monkeypatch.setattr(containers, "PACKED_TOGETHER", 5)
    members = {f"{number}.txt": b"a" * 60_000 for number in range(4)}
    _tar(tmp_path / "x.tar.gz", members, "w:gz")
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    (tmp_path / "x.txt.gz").write_bytes(gzip.compress(b"a" * 300_000))
    names = ("x.tar.gz", "x.txt.gz", "x.zip")
    scan([tmp_path / name for name in names], tmp_path / "s")
    assert codes(tmp_path / "s") == dict.fromkeys(names, "P312")
    assert "more than 100,000 bytes" in table(tmp_path / "s", "errors")[0]["message"]


def test_limits_hold_for_files_members_and_lines(tmp_path: Path) -> None:
    options = ReadOptions(limits=Limits(file_bytes=1000))
    folder = tmp_path / "c"
    folder.mkdir()
    (folder / "long.txt").write_text("字" * 500, encoding="utf-8")
    (folder / "x.jsonl").write_text(json.dumps({"text": "a" * 2000}) + "\n", encoding="utf-8")
    _tar(folder / "x.tar", {"long.txt": b"a" * 1001, "short.txt": text(1).encode()}, "w")
    scan(folder, tmp_path / "s", options=options)
    assert codes(tmp_path / "s") == dict.fromkeys(("long.txt", "x.jsonl", "x.tar/long.txt"), "P312")
    assert list(found(tmp_path / "s")) == ["x.tar/short.txt"]


def test_a_zip_with_too_many_members_is_refused_before_they_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "ZIP_MEMBERS", 2)
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", "a")
    scan(tmp_path / "x.zip", tmp_path / "s")
    assert codes(tmp_path / "s") == {"x.zip": "P312"}


def test_lists_globs_and_files_named_twice(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", 4)
    (tmp_path / "list.txt").write_text("# two\nc/d000.txt\nc/d0*1.txt\nnone.txt\n", encoding="utf-8")
    (folder / "link.txt").symlink_to("d003.txt")
    inputs = [Path(f"@{tmp_path}/list.txt"), folder / "d00[0-2].txt", folder]
    report = scan(inputs, tmp_path / "s")
    assert list(found(tmp_path / "s")) == ["d000.txt", "d001.txt", "d002.txt", "d003.txt"]
    assert [one.code for one in report.errors] == ["P301"]


def test_equal_names_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    one, other = write_folder(tmp_path / "a", 1), write_folder(tmp_path / "b", 1)
    scan([one, other], tmp_path / "s")
    assert sorted(found(tmp_path / "s")) == sorted(["d000.txt", f"{other}/d000.txt"])
    again = scan([one, other], tmp_path / "s")
    assert (again.unchanged, again.new, again.changed) == (2, 0, 0)


def test_a_store_in_the_corpus_is_left_out(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", 2)
    scan(folder, folder / "s")
    report = scan(folder, folder / "t")
    assert (report.documents, report.failed) == (2, 0)
    assert scan(folder, folder / "s").unchanged == 2


def test_a_file_that_cannot_be_opened_is_tried_again(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", 1)
    (folder / "away.txt").symlink_to(".hidden.txt")
    assert scan(folder, tmp_path / "s").failed == 1
    assert codes(tmp_path / "s") == {"away.txt": "P301"}
    again = scan(folder, tmp_path / "s")
    assert (again.failed, again.standing, again.parts) == (0, 1, 0)
    (folder / ".hidden.txt").write_text(text(5), encoding="utf-8")
    assert scan(folder, tmp_path / "s").documents == 1
    assert codes(tmp_path / "s") == {}


def test_links_out_of_the_folder_and_loops_are_not_followed(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", 1)
    write_folder(tmp_path / "out", 2, first=5)
    (folder / "out").symlink_to("../out")
    (folder / "one.txt").symlink_to("../out/d005.txt")
    (folder / "loop").symlink_to(".")
    (folder / "page.html").write_text("<html><body><p>虚构的句子。</p></body></html>", encoding="utf-8")
    write_folder(folder / "page_files", 1, first=9)
    report = scan(folder, tmp_path / "s")
    assert [one.code for one in report.errors] == ["P314", "P314"]
    assert set(found(tmp_path / "s")) | set(codes(tmp_path / "s")) == {"d000.txt", "page.html"}


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for inputs in ([tmp_path / "empty"], [tmp_path / "none"]):
        with pytest.raises(UsageError) as caught:
            scan(inputs, tmp_path / "s")
        assert caught.value.code == "P401"
    with pytest.raises(UsageError, match="standard input"):
        scan([Path("-")], tmp_path / "s")


def test_large_folders_are_sorted_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_folder(tmp_path / "c", 9)
    (folder / "文件.txt").write_text("x", encoding="utf-8")
    (folder / "b").mkdir()
    (folder / "b" / "x.txt").write_text("x", encoding="utf-8")
    in_memory = [one.name for one in Corpus([str(folder)], tmp_path / "s").files()]
    monkeypatch.setattr(corpus, "SPILL_NAMES", 3)
    assert [one.name for one in Corpus([str(folder)], tmp_path / "s").files()] == in_memory
    assert in_memory == ["b/x.txt", *(f"d{n:03}.txt" for n in range(9)), "文件.txt"]
