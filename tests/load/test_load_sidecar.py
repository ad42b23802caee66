"""Sidecars and front matter."""

import sys
from pathlib import Path

import pytest

from polcmp.load import Source, collect, read
from polcmp.load.sidecar import after_front_matter, front_matter, read_sidecar
from polcmp.model.document import Metadata

ROOT = Path(__file__).parents[2]


def sidecar(tmp_path, text):
    (tmp_path / "documents.yaml").write_text(text, encoding="utf-8")
    return read_sidecar(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "a.txt: {region: 甲县, date: 2022-04-12, title: '题: 目', source: 某报}",
        "- document: a.txt\n  region: 甲县\n  date: 2022-04-12\n  title: '题: 目'\n  source: 某报\n",
        "documents:\n  ./a.txt: {地区: 甲县, 日期: 2022年4月12日, 标题: '题: 目', 来源: 某报}\n",
    ],
)
def test_the_forms_a_sidecar_may_take(tmp_path, text):
    made = sidecar(tmp_path, text)
    assert made.faults == []
    assert made.stated("a.txt") == Metadata("题: 目", "2022-04-12", "甲县", "某报", "sidecar")
    assert made.stated("b.txt") == Metadata()


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2022", "2022"),
        ("2022-04", "2022-04"),
        ("2022/4/2", "2022-04-02"),
        ("2022年4月", "2022-04"),
        ("2022.4.12", "2022-04-12"),
        ("2022-04-12 09:40:00", "2022-04-12"),
        ("2022年", "2022"),
    ],
)
def test_dates(tmp_path, written, date):
    assert sidecar(tmp_path, f"a.txt: {{date: {written}}}").stated("a.txt").date == date


def test_faults_name_line_and_column(tmp_path):
    made = sidecar(
        tmp_path,
        "a.txt:\n  region: 甲县\n  regoin: 乙县\n  date: soon\n"
        "b.txt: 乙县\nc.txt: {region: [甲, 乙]}\na.txt: {region: 丙县}\n",
    )
    places = [fault.where.removeprefix(str(tmp_path / "documents.yaml")) for fault in made.faults]
    assert places == [":3:3", ":4:9", ":5:8", ":6:17", ":7:1"]
    assert {fault.code for fault in made.faults} == {"P306"}
    assert made.stated("a.txt").region == "甲县"
    assert "no document" in sidecar(tmp_path, "- region: 甲县\n").faults[0].message
    assert sidecar(tmp_path, "just words\n").faults
    assert not sidecar(tmp_path, "# nothing\n").faults


def test_broken_yaml_does_not_stop_the_documents(tmp_path):
    (tmp_path / "a.txt").write_text("甲县。", encoding="utf-8")
    (tmp_path / "documents.yaml").write_text("a.txt: {region: 甲县\nb: ]", encoding="utf-8")
    sources, errors, *_ = collect([str(tmp_path)])
    assert [source.name for source in sources] == ["a.txt"]
    assert len(errors) == 1 and errors[0].code == "P306" and ":2:" in errors[0].where


@pytest.mark.parametrize(
    "text", ["a: &x {region: 甲}\nb: *x", "{" * 3000, "!!python/object:os.system {}", "\0", "a: !!int x"]
)
def test_odd_yaml_is_no_crash(tmp_path, text):
    sidecar(tmp_path, text)


def test_a_slip_in_a_file_name_is_told(tmp_path):
    (tmp_path / "a.txt").write_text("甲县。", encoding="utf-8")
    (tmp_path / "documents.yaml").write_text("A1.txt: {region: 甲县}", encoding="utf-8")
    _, errors, *_ = collect([str(tmp_path)])
    assert len(errors) == 1 and "A1.txt" in errors[0].message and "a.txt" in errors[0].hint


def test_a_name_longer_than_any_file_has_is_a_slip_too(tmp_path):
    (tmp_path / "a.txt").write_text("甲县。", encoding="utf-8")
    (tmp_path / "documents.yaml").write_text(f"{'x' * 300}.txt: {{region: 甲县}}", encoding="utf-8")
    sources, errors, *_ = collect([str(tmp_path)])
    assert [one.name for one in sources] == ["a.txt"]
    assert [one.code for one in errors] == ["P306"] and "there is no file 'xxx" in errors[0].message


def test_the_nearer_sidecar_wins(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.txt").write_text("甲县。", encoding="utf-8")
    (tmp_path / "documents.yaml").write_text("sub/a.txt: {region: 外, date: 2020}", encoding="utf-8")
    (tmp_path / "sub/documents.yaml").write_text("a.txt: {region: 内}", encoding="utf-8")
    sources, errors, *_ = collect([str(tmp_path)])
    assert not errors
    assert (sources[0].stated.region, sources[0].stated.date) == ("内", "2020")


FRONT = "---\nregion: 甲县\ndate: 2022-04-12\n---\n正文，选派第一书记。\n"


def test_front_matter_leaves_the_text_whole(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(FRONT.replace("\n", "\r\n").encode())
    document = read(Source("a.txt", str(path)))
    assert document.raw == FRONT.replace("\n", "\r\n")
    assert document.stated == Metadata(region="甲县", date="2022-04-12", region_from="front matter")
    stated = read(Source("a.txt", str(path), Metadata(region="乙县", region_from="sidecar"))).stated
    assert (stated.region, stated.region_from, stated.date) == ("乙县", "sidecar", "2022-04-12")


@pytest.mark.parametrize(
    "text",
    [
        "---\n正文\n---\n",
        "---\n一: 二\n---\n",
        "---\nregion: 甲县\n",
        "----\nregion: 甲县\n---",
        "--- region: x",
        "---\n---\n",
    ],
)
def test_other_rules_are_text(text):
    assert front_matter(text) == (Metadata(), ())


def test_front_matter_with_faults():
    found, warnings = front_matter("---\nregion: [甲\n---\n正文")
    assert found == Metadata() and "line" in warnings[0]
    found, warnings = front_matter("---\nregion: 甲县\ndate: soon\n---\n正文")
    assert found.region == "甲县" and "soon" in warnings[0]


def test_seeds_are_described():
    sources, errors, *_ = collect([str(ROOT / "seeds")])
    assert errors == [] and len(sources) == 5
    assert all(source.stated.region for source in sources)
    assert sources[1].stated.date == "2022-04-12"


def test_yaml_is_imported_only_where_needed(tmp_path):
    import subprocess

    (tmp_path / "a.txt").write_text("甲县。", encoding="utf-8")
    code = "import sys; from polcmp.load import collect, read; "
    code += f"[read(one) for one in collect([{str(tmp_path)!r}])[0]]; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


def test_what_is_given_twice_is_told_and_the_first_counts(tmp_path):
    made = sidecar(tmp_path, "a.txt: {region: 甲县, 地区: 乙县}")
    assert made.stated("a.txt").region == "甲县"
    assert [fault.message for fault in made.faults] == ["地区 is given twice; the first one counts"]
    found, warnings = front_matter("---\nregion: 甲县\nregion: 乙县\n---\n正文")
    assert found.region == "甲县" and "twice" in warnings[0]


@pytest.mark.parametrize("written", ["2021-02-31", "2021-13", "2022年4月31日", "2021-00-01", "0000"])
def test_days_that_do_not_exist(tmp_path, written):
    made = sidecar(tmp_path, f"a.txt: {{date: {written}}}")
    assert made.stated("a.txt").date == "" and "is not a date" in made.faults[0].message


def test_every_fault_says_what_to_do(tmp_path):
    made = sidecar(
        tmp_path,
        "a.txt: 甲县\nb.txt: {region: [甲]}\nb.txt: {x: 1}\nc.txt: {date: soon, region: 1, region: 2}\n",
    )
    assert len(made.faults) == 5
    assert all(fault.hint for fault in made.faults)
    assert made.faults[0].hint == "Write a.txt: {region: …, date: …}"


def test_front_matter_as_chinese_keyboards_write_it():
    found, warnings = front_matter("---\n地区：甲县\n日期：2022年4月12日\n---\n正文")
    assert (found.region, found.date, warnings) == ("甲县", "2022-04-12", ())
    assert after_front_matter("---\n地区：甲县\n---\n正文") == "正文"


def test_other_fields_in_front_matter_of_plain_text():
    """It is masked as front matter, so what is known of it must be read, and the rest be told."""
    text = "---\nregion: 甲县\nlayout: post\ntags:\n- a\n---\n正文"
    found, warnings = front_matter(text)
    assert found.region == "甲县"
    assert warnings == ("front matter: unknown field 'layout'", "front matter: unknown field 'tags'")
    assert front_matter(text, others=True) == (found, ())
    assert front_matter("---\n地区: 甲县\n一、我们: 去\n---\n") == (Metadata(), ())
