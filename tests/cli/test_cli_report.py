"""`polcmp report` on the command line."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from cli_lab import Polcmp


def test_a_page_is_written(polcmp: Polcmp, reports: Path) -> None:
    done = polcmp("report", "good", "-o", "report.html", "--title", "试 <b>")
    assert done.code == 0 and done.out == ""
    page = (reports / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "<title>试 &lt;b&gt;</title>" in page
    assert "甲县" in page and "第一书记" in page


def test_standard_output_takes_it_too(polcmp: Polcmp, reports: Path) -> None:
    done = polcmp("report", "good", "--lang", "zh", "--no-texts")
    assert done.code == 0
    assert '<html lang="zh-Hans">' in done.out
    assert not re.search(r'id="text-\d+"', done.out)


def test_regions_and_quotations_can_be_limited(polcmp: Polcmp, reports: Path) -> None:
    done = polcmp("report", "good", "-r", "甲县", "--evidence", "0")
    assert done.code == 0
    assert "乙县" not in done.out and '"shown":0' in done.out


def test_other_endings_are_refused_before_anything_is_read(polcmp: Polcmp, reports: Path) -> None:
    done = polcmp("report", "nowhere", "-o", "report.pdf")
    assert done.code == 2 and "P412" in done.err and ".html" in done.err


def test_an_input_is_never_overwritten(polcmp: Polcmp, reports: Path) -> None:
    (reports / "page.html").write_text("甲县选派第一书记29名。", encoding="utf-8")
    before = (reports / "good" / "a.txt").read_bytes()
    (reports / "link.html").symlink_to(reports / "good" / "a.txt")
    done = polcmp("report", "good", "-o", "link.html")
    assert done.code == 2 and "P408" in done.err
    assert (reports / "good" / "a.txt").read_bytes() == before


def test_failed_documents_are_named(polcmp: Polcmp, reports: Path) -> None:
    done = polcmp("report", "mixed", "-o", "report.html")
    assert done.code == 3 and "b.txt" in done.err
    assert "b.txt" in (reports / "report.html").read_text(encoding="utf-8")


def test_a_store_is_reported_even_without_its_documents(polcmp: Polcmp, reports: Path) -> None:
    pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    assert polcmp("scan", "good", "-o", "kept.store").code == 0
    from_documents = polcmp("report", "good")
    from_store = polcmp("report", "kept.store")
    assert from_store.code == 0, from_store.err
    evidence = re.compile(r'id="evidence-0">(.*?)</script>')
    assert evidence.search(from_store.out)[1] == evidence.search(from_documents.out)[1]
    assert 'id="text-0"' in from_store.out
    shutil.rmtree(reports / "good")
    gone = polcmp("report", "kept.store")
    assert gone.code == 0, gone.err
    assert evidence.search(gone.out)[1] == evidence.search(from_documents.out)[1], "sentences are kept"
    assert 'id="text-0"' not in gone.out


@pytest.mark.parametrize("stored", [False, True])
def test_rows_can_be_provinces(polcmp: Polcmp, reports: Path, stored: bool) -> None:
    (reports / "two").mkdir()
    (reports / "two" / "a.txt").write_text("江苏省沛县选派第一书记29名。", encoding="utf-8")
    (reports / "two" / "b.txt").write_text("江苏省睢宁县选派第一书记30名。", encoding="utf-8")
    named = "two"
    if stored:
        pytest.importorskip("duckdb")
        pytest.importorskip("pyarrow")
        assert polcmp("scan", "two", "-o", "two.store").code == 0
        named = "two.store"
    done = polcmp("report", named, "--by", "province")
    assert done.code == 0, done.err
    core = json.loads(re.search(r'id="core">(.*?)</script>', done.out)[1])
    assert [row[0] for row in core["regions"]] == ["江苏省"]
    assert core["words"]["en"]["region"] == "Province"
    place = core["fields"]["document"].index("place")
    assert sorted(row[place] for row in core["documents"]) == ["沛县", "睢宁县"]
    assert "选派第一书记29名" in done.out and "选派第一书记30名" in done.out
