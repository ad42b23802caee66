"""Files of records: JSON Lines and delimited text, each record a document. All records are invented."""

from __future__ import annotations

import csv
import json

import pytest

from polcmp.api import compare
from polcmp.load import ReadOptions, collect, read
from polcmp.load.record import json_record, with_keys_met
from polcmp.load.source import Columns
from polcmp.settings import Limits

LINE = "全县选派第一书记12名，驻村开展帮扶。"


def write_lines(path, *records: object) -> str:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")
    return str(path)


def test_each_line_is_a_document(tmp_path):
    path = write_lines(
        tmp_path / "a.jsonl",
        {"id": "x1", "text": LINE, "region": "云溪县", "date": "2021年3月", "title": "甲", "source": "某报"},
        {"text": f"{LINE}\u2028再", "date": "soon", "extra": [1]},
        {"id": 7, "text": ""},
        {"id": "x1", "正文": LINE, "地区": "青禾县"},
    )
    sources, errors, beside, _ = collect([path])
    assert errors == [] and beside == [path]
    assert [one.name for one in sources] == ["a.jsonl#x1", "a.jsonl#2", "a.jsonl#7", "a.jsonl#x1 (4)"]
    assert [one.path for one in sources] == [f"{path}:{line}" for line in (1, 2, 3, 4)]
    first = read(sources[0])
    assert first.raw == LINE and first.extracted_from == "jsonl" and first.stated.region_from == "record"
    assert (first.stated.region, first.stated.date, first.stated.title) == ("云溪县", "2021-03", "甲")
    assert read(sources[1]).raw == f"{LINE}\u2028再" and read(sources[1]).stated.date == ""
    assert read(sources[3]).stated.region == "青禾县"


def test_lines_that_are_no_records_are_told_and_the_rest_goes_on(tmp_path):
    path = tmp_path / "a.jsonl"
    good = json.dumps({"text": LINE})
    path.write_text(f'{good}\n{{"text": \n[1]\n\n{{"id": 3}}\n{"[" * 100_000}\n{good}', "utf-8")
    sources, errors, *_ = collect([str(path)])
    assert [one.path.rsplit(":", 1)[1] for one in sources] == ["1", "7"]
    assert [error.where.rsplit(":", 1)[1] for error in errors] == ["2", "3", "5", "6"]
    assert {error.code for error in errors} == {"P313"} and all(error.hint for error in errors)
    hints = ["Mend or remove that line." in error.hint for error in errors]
    assert hints == [True, True, False, True] and "正文" in errors[2].hint
    assert "column 10: " in errors[0].message and "line 1" not in errors[0].message


def test_halves_of_characters_are_replaced(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "选派\\ud83d第一书记", "title": "\\udc00"}', "utf-8")
    (source,) = collect([str(path)]).sources
    assert read(source).raw == "选派\ufffd第一书记"
    result = compare([str(path)])
    assert result.to_json()


@pytest.mark.parametrize(
    ("name", "text", "codec"),
    [
        ("a.csv", f'id,text,region\n1,"{LINE}\n再，""引""",云溪县\n2,{LINE},\n', "utf-8-sig"),
        ("a.csv", f'id;text;region\r\n1;"{LINE}\n再，""引""";云溪县\r\n2;{LINE};\r\n', "gb18030"),
        ("a.tsv", f'id\ttext\tregion\n1\t"{LINE}\n再，""引"""\t云溪县\n\n2\t{LINE}\t\n', "utf-8"),
    ],
)
def test_delimited_text(tmp_path, name, text, codec):
    path = tmp_path / name
    path.write_bytes(text.encode(codec))
    sources, errors, *_ = collect([str(path)])
    assert errors == [] and [one.name for one in sources] == [f"{name}#1", f"{name}#2"]
    assert read(sources[0]).raw == f'{LINE}\n再，"引"' and sources[0].stated.region == "云溪县"
    assert sources[0].path == f"{path}:2"
    assert read(sources[1]).extracted_from == "csv" and sources[1].stated.region == ""


def test_tables_of_something_else_are_told(tmp_path):
    (tmp_path / "figures.csv").write_text("region,value\n云溪县,3\n", "utf-8")
    (tmp_path / "empty.jsonl").write_text("", "utf-8")
    write_lines(tmp_path / "log.jsonl", *[{"value": number} for number in range(3)])
    (tmp_path / "a.txt").write_text(LINE, "utf-8")
    sources, errors, *_ = collect([str(tmp_path)])
    assert [one.name for one in sources] == ["a.txt"]
    assert [(one.code, one.where) for one in errors] == [
        ("P313", f"{tmp_path}/figures.csv"),
        ("P313", f"{tmp_path}/log.jsonl"),
    ]
    assert "region, value" in errors[0].message and "none of its 3 records" in errors[1].message
    assert all("--text-column" in one.hint for one in errors)
    sources, named, *_ = collect([str(tmp_path / "figures.csv")])
    assert not sources and [str(one) for one in named] == [str(errors[0])]


def test_a_table_that_cannot_be_read_keeps_no_other_file_out(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"id,text\n1,\0\0\0\n")
    write_lines(tmp_path / "b.jsonl", *[{"text": LINE}] * 3)
    (tmp_path / "c.txt").write_text(LINE, "utf-8")
    for inputs in ([str(tmp_path)], [f"{tmp_path}/*"]):
        sources, errors, *_ = collect(inputs, ReadOptions(limits=Limits(records=2)))
        assert [one.name for one in sources] == ["c.txt"]
        assert [error.code for error in errors] == ["P304", "P312"]


BROKEN = [
    ('1,"{0}\n2,"x"y",z\n3,{0}', ["3"], "2", "do not pair in line 3, so lines 2 to 3"),
    ('1,"x"y\n2,{0}', ["2"], "2", "do not pair in line 2, so it is not read"),
    ('1,{0}\n2,"{0}\n3,{0}\n4,{0}', ["1"], "3", "never closed, so lines 3 to 5 are not read"),
    ('1,{0}\n2,"', ["1"], "3", "is never closed"),
    ("1,选派,驻村\n2,{0},", ["2"], "2", "3 fields, the first row 2"),
]


@pytest.mark.parametrize(("rows", "names", "line", "said"), BROKEN)
def test_a_quotation_mark_that_stands_wrong_takes_no_rows_in_silence(tmp_path, rows, names, line, said):
    path = tmp_path / "a.csv"
    path.write_text("id,text\n" + rows.format(LINE), "utf-8")
    sources, errors, *_ = collect([str(path)])
    assert [one.name for one in sources] == [f"a.csv#{name}" for name in names]
    assert [read(one).raw for one in sources] == [LINE] * len(names)
    (error,) = errors
    assert (error.code, error.where) == ("P313", f"{path}:{line}")
    assert said in error.message and "quotation marks" in error.hint


def test_a_header_that_is_never_closed_is_no_table(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'"id,text\n1,{LINE}\n', "utf-8")
    sources, (error,), *_ = collect([str(path)])
    assert not sources and (error.code, error.where) == ("P313", str(path))


def test_a_field_that_is_too_long(tmp_path):
    before = csv.field_size_limit()
    path = tmp_path / "a.csv"
    path.write_text(f"id,text\n1,{LINE}\n2,{'字' * 2000}\n3,{LINE}\n", "utf-8")
    try:
        csv.field_size_limit(1000)  # the limit of the process, which reading only ever raises
        sources, (error,), *_ = collect([str(path)], ReadOptions(limits=Limits(characters=1500)))
        assert not sources and error.code == "P313" and "larger than field limit (1500)" in error.message
        assert "in line 3" in error.message
        csv.field_size_limit(3000)
        assert len(collect([str(path)], ReadOptions(limits=Limits(characters=1500))).sources) == 3
    finally:
        csv.field_size_limit(before)


def test_other_columns(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", {"body": LINE, "place": "云溪县"})
    options = ReadOptions(columns=Columns(text="body", region="place"))
    (source,) = collect([path], options).sources
    assert read(source).raw == LINE and source.stated.region == "云溪县"


def test_limits(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", *[{"text": LINE}] * 5)
    sources, errors, *_ = collect([path], ReadOptions(limits=Limits(records=4)))
    assert errors[0].code == "P312" and "--limit records=" in errors[0].hint and not sources
    assert len(collect([path], ReadOptions(limits=Limits(records=5))).sources) == 5


def test_names_stay_apart_and_sidecars_speak_of_the_file(tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        write_lines(tmp_path / folder / "a.jsonl", {"id": "1/2", "text": LINE})
    (tmp_path / "x/documents.yaml").write_text("a.jsonl: {region: 云溪县, source: 某报}", "utf-8")
    sources, errors, *_ = collect([str(tmp_path / "x/a.jsonl"), str(tmp_path / "y/a.jsonl")])
    assert errors == [] and [one.name for one in sources] == ["x/a.jsonl#1/2", "y/a.jsonl#1/2"]
    assert (sources[0].stated.region, sources[0].stated.region_from) == ("云溪县", "sidecar")


def test_a_comparison_of_records(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", *[{"id": n, "text": LINE, "region": f"{n}县"} for n in "甲乙"])
    result = compare([path])
    assert [one.name for one in result.regions] == ["乙县", "甲县"] or len(result.regions) == 2
    data = result.to_dict()
    assert {one["format"] for one in data["documents"]} == {"jsonl"}
    assert {one["region_found_by"] for one in data["documents"]} == {"record"}
    for mention in result.mentions:
        start, end = mention.raw_span
        assert result.raw(mention.document)[start:end] == mention.quote


def test_records_after_many_without_a_text_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr("polcmp.load.record.KEPT_BACK_CHARACTERS", 200)
    other = [{"value": "x" * 40} for _ in range(25)]
    path = write_lines(tmp_path / "a.jsonl", *other, *[{"text": LINE}] * 5)
    sources, errors, *_ = collect([path])
    assert [one.name for one in sources] == [f"a.jsonl#{number}" for number in range(26, 31)]
    assert [one.where for one in errors] == [f"{path}:{line}" for line in range(1, 26)]
    sources, errors, *_ = collect([write_lines(tmp_path / "b.jsonl", *other)])
    assert not sources and "none of its 25 records has a text in 'text'" in errors[-1].message


def test_records_after_many_that_are_none_are_read(tmp_path):
    options = ReadOptions(limits=Limits(records=3))
    given = [json_record("{", 1), json_record("[1]", 2), json_record("{", 3), json_record('{"text": "x"}', 4)]
    assert list(with_keys_met(given, "a.jsonl", options)) == given
    assert list(with_keys_met(given[:3], "a.jsonl", options)) == given[:3]
    path = tmp_path / "a.jsonl"
    path.write_text('{\n[1]\n{"text": "x"}\n', "utf-8")
    assert len(collect([str(path)], options).sources) == 1


def test_what_stands_deeper_counts_among_what_is_kept_back(monkeypatch):
    monkeypatch.setattr("polcmp.load.record.KEPT_BACK_CHARACTERS", 1_000)
    read = 0

    def records():
        nonlocal read
        for read in range(1, 101):
            yield json_record(json.dumps({"value": {"deeper": ["x" * 90]}}), read)

    first = next(with_keys_met(records(), "a.jsonl", ReadOptions()))
    assert first.line == 1 and read < 12
