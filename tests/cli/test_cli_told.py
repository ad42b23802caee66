"""What compare, show, why and report tell beside their result; documents and a store alike (invented)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_lab import Polcmp

from polcmp.matrix import warned

COPY = "丙县情况\n\n" + "丙县选派第一书记29名，驻村开展帮扶工作，走访群众听取意见建议。" * 5


@pytest.fixture
def doubtful(reports: Path, polcmp: Polcmp) -> list[str]:
    """A folder with empty and damaged documents, copies and a document without a region; and its store."""
    pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    folder = reports / "doubtful"
    folder.mkdir()
    for name, text in {
        "a.txt": "甲县情况\n\n甲县选派第一书记29名。",
        "c1.txt": COPY,
        "c2.txt": COPY,
        "e.txt": "",
        "u.txt": "成立联合党委3个\ufffd。",
        ".hidden.txt": "甲县成立联合党委3个。",
        "documents.yaml": "a.txt: {region: 甲县}\nc1.txt: {region: 丙县}\nc2.txt: {region: 丙县}\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert polcmp("scan", "doubtful", "-o", "kept.store").code == 0
    return ["doubtful", "kept.store"]


OWN = ["warning: doubtful/e.txt: the document is empty", "warning: doubtful/u.txt: 1 character could not be"]


def test_warnings_of_documents_fail_too(polcmp: Polcmp, reports: Path) -> None:
    for name, text in {"a.txt": "甲县选派第一书记29名。", "e.txt": ""}.items():
        (reports / "empty" / name).write_text(text, encoding="utf-8")
    done = polcmp("compare", "empty", "--fail-on", "warning")
    assert done.code == 1, done.err
    assert "warning: empty/e.txt: the document is empty" in done.err
    assert "--fail-on warning: 1 warning\n" in done.err
    (reports / "empty" / "e.txt").unlink()
    assert polcmp("compare", "empty", "--fail-on", "warning").code == 0


@pytest.mark.parametrize(
    "words", [["compare"], ["compare", "--by", "province"], ["report"], ["why", "甲县", "cadre", "-d"]]
)
def test_a_store_tells_warnings_of_documents_as_the_folder_does(
    polcmp: Polcmp, doubtful: list[str], words: list[str]
) -> None:
    direct, stored = (
        [line for line in polcmp(*words, one).err.splitlines() if line.startswith("warning: doubtful/")]
        for one in doubtful
    )
    if words[0] != "why":  # a store answers with the documents of one region
        assert direct == stored
    assert all(any(line.startswith(one) for line in direct) for one in OWN)


def test_of_many_documents_with_warnings_some_are_told(
    polcmp: Polcmp, doubtful: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warned, "MOST_WARNED", 1)
    monkeypatch.setattr("polcmp.store.answer.MOST_WARNED", 1)
    for one in doubtful:
        said = polcmp("compare", one).err
        assert OWN[0] in said and OWN[1] not in said
        assert "warning: and 1 more document with warnings; --json lists them all" in said


@pytest.mark.parametrize("format", ["csv", "tsv", "jsonl"])
def test_options_that_a_list_of_mentions_has_no_place_for(polcmp: Polcmp, reports: Path, format: str) -> None:
    done = polcmp("compare", "good", "-f", format, "--rates", "--first", "--sort", "name", "--by", "year")
    told = [line for line in done.err.splitlines() if "no effect" in line]
    assert told == [
        f"warning: no effect on {format}, which lists mentions: --rates, --first, --sort, --by; of use with "
        "table, json, md, html, tex, xlsx"
    ]
    chosen = polcmp("compare", "good", "-f", format, "--by", "year", "--sort", "name", "--top", "1")
    assert "no effect" not in chosen.err, "they say which rows' mentions are listed"
    assert "no effect" not in polcmp("compare", "good", "-f", "json", "--rates").err


@pytest.mark.parametrize("words", [[], ["--by", "province"], ["--sort", "cadre"], ["--top", "5", "--first"]])
def test_json_has_warnings_in_one_order(polcmp: Polcmp, doubtful: list[str], words: list[str]) -> None:
    direct, stored = (json.loads(polcmp("compare", one, "--json", *words).out) for one in doubtful)
    assert any("copies of one article" in one for one in direct["warnings"])
    assert any("left out" in one for one in direct["warnings"])
    assert direct["warnings"] == stored["warnings"]


def test_why_shows_some_mentions_unless_more_are_asked_for(polcmp: Polcmp, reports: Path) -> None:
    many = "。".join(f"甲县选派第一书记{number}名" for number in range(11, 31))
    (reports / "good" / "a.txt").write_text(f"甲县情况\n\n{many}。", encoding="utf-8")

    def shown(*words: object) -> tuple[int, str]:
        out = polcmp("why", "甲县", "cadre", "-d", "good", *words).out
        return out.count("sentence  "), out

    assert shown()[0] == 3 and "and 17 more (--evidence N; -1 for all)" in shown()[1]
    assert shown("--evidence", 5)[0] == 5
    assert shown("--evidence", -1)[0] == 20 and " more (" not in shown("--evidence", -1)[1]
    assert "[default: 0]" not in polcmp("why", "--help").out


@pytest.mark.parametrize("name", ["(region unknown)", "（地区不明）", "地区不明"])
def test_documents_whose_region_is_unknown_can_be_named(
    polcmp: Polcmp, doubtful: list[str], name: str
) -> None:
    for one in doubtful:
        found = json.loads(polcmp("compare", one, "--json", "-r", name).out)
        assert [document["document"] for document in found["documents"]] == ["e.txt", "u.txt"]
        assert "u.txt" in polcmp("show", "region", name, "-d", one).out
        assert "u.txt:0-" in polcmp("why", name, "joint", "-d", one).out


def test_other_rows_without_a_name_are_no_regions(polcmp: Polcmp, doubtful: list[str]) -> None:
    for one in doubtful:
        done = polcmp("compare", one, "-r", "(no date)")
        assert done.code == 2
        assert "P402" in done.err and "unknown: '(region unknown)'" in done.err
    assert "(region unknown)" in polcmp("compare", doubtful[0], "-r", "乌有县").err


def test_a_report_tells_nothing_of_first_reports(polcmp: Polcmp, doubtful: list[str]) -> None:
    for one in doubtful:
        done = polcmp("report", one)
        assert done.code == 0 and "first reports" not in done.err + done.out.partition("<body")[0]
    assert "first reports" in polcmp("compare", doubtful[1], "--first").err


def test_why_says_that_documents_of_a_store_are_not_there(
    polcmp: Polcmp, doubtful: list[str], monkeypatch: pytest.MonkeyPatch, reports: Path
) -> None:
    assert "What it rests on" in polcmp("why", "甲县", "cadre", "-d", doubtful[1]).out
    monkeypatch.chdir(reports / "empty")
    done = polcmp("why", "甲县", "cadre", "-d", f"../{doubtful[1]}")
    assert done.code == 0 and "What it rests on" not in done.out
    assert "what the cell rests on are left out: the documents are not there" in done.err
    assert "the folder where the scan ran" in done.err


def test_kinds_of_files_that_are_left_out_in_chinese(polcmp: Polcmp, doubtful: list[str]) -> None:
    (Path(doubtful[0]) / "x.py").write_text("x", encoding="utf-8")
    assert "未读取2个文件：1 .py、1个隐藏的 .txt" in polcmp("compare", doubtful[0], "--lang", "zh").err
