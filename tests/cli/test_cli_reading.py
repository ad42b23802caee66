"""Documents of every format on the command line: options of reading, offsets, errors. All are invented."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import jsonschema
import pytest
from cli_lab import CHECKOUT, Polcmp

sys.path.append(str(CHECKOUT / "tests" / "load"))
import load_samples as samples

SCHEMA = json.loads((CHECKOUT / "polcmp/data/compare.schema.json").read_text("utf-8"))
LINE = "全县选派第一书记12名，驻村开展帮扶。"


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pytest.importorskip("trafilatura")
    pytest.importorskip("docx")
    pytest.importorskip("pypdfium2")
    folder = tmp_path / "reports"
    for region, name, data in (
        ("云溪县", "a.html", samples.as_html("gb2312").encode("gb18030")),
        ("青禾县", "a.docx", samples.as_docx()),
        ("白石县", "a.pdf", samples.as_pdf(head="文件", per_page=9)),
        ("长岭县", "a.md", f"# 题目\n\n{LINE}".encode()),
        ("长岭县", "b.txt", LINE.encode()),
    ):
        (folder / region).mkdir(parents=True, exist_ok=True)
        (folder / region / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return folder


def test_every_format_is_compared_and_said_to_be_extracted(polcmp: Polcmp, reports: Path) -> None:
    done = polcmp("compare", "reports", "--json", "--region-from", "reports/([^/]+)/")
    assert done.code == 0 and "P3" not in done.err
    data = json.loads(done.out)
    jsonschema.validate(data, SCHEMA)
    kinds = {one["document"]: (one["format"], one["text"]) for one in data["documents"]}
    assert kinds == {
        "云溪县/a.html": ("html", "extracted"),
        "青禾县/a.docx": ("docx", "extracted"),
        "白石县/a.pdf": ("pdf", "extracted"),
        "长岭县/a.md": ("markdown", "extracted"),
        "长岭县/b.txt": ("text", "raw"),
    }
    assert {one["region_found_by"] for one in data["documents"]} == {"path"}
    assert data["settings"]["region_from"] == "reports/([^/]+)/"
    for mention in data["mentions"]:
        kind = kinds[mention["document"]][0]
        assert (mention["page"] is not None) == (kind == "pdf")
        assert (mention["paragraph"] is not None) == (kind not in ("pdf", "text"))
    pages = [one["page"] for one in data["mentions"] if one["document"] == "白石县/a.pdf"]
    assert pages == sorted(pages) and set(pages) == {1, 2}


@pytest.mark.parametrize(
    "name", ["云溪县/a.html", "青禾县/a.docx", "白石县/a.pdf", "长岭县/a.md", "长岭县/b.txt"]
)
def test_the_text_in_which_offsets_count(polcmp: Polcmp, reports: Path, name: str) -> None:
    text = polcmp("show", "document", f"reports/{name}", "--text").out
    data = json.loads(polcmp("show", "document", f"reports/{name}", "--json").out)
    assert data["text"] == text and data["mentions"]
    for mention in data["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["quote"]
    view = polcmp("show", "document", f"reports/{name}").out
    assert ("text" if name.endswith("txt") else data["document"]["format"]) in view or name.endswith("txt")


def test_text_goes_with_one_document(polcmp: Polcmp, reports: Path) -> None:
    for arguments in (("region",), ("document",), ("document", "reports/长岭县/b.txt", "--json")):
        done = polcmp("show", *arguments, "--text", "-d", "reports")
        assert done.code == 2 and "P411" in done.err and done.out == ""


def test_an_encoding_that_is_asked_for(polcmp: Polcmp, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(LINE.encode("gb18030"))
    data = json.loads(polcmp("compare", str(path), "--json", "--encoding", "gb18030").out)
    assert data["settings"]["encoding"] == "gb18030" and data["mentions"]
    wrong = polcmp("compare", str(path), "--encoding", "no-such")
    assert wrong.code == 2 and "P407" in wrong.err and "gb18030" in wrong.err


def test_limits_name_their_option(polcmp: Polcmp, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(LINE * 50, "utf-8")
    (tmp_path / "short.txt").write_text(LINE, "utf-8")
    done = polcmp("compare", str(tmp_path), "--limit", "characters=100", "--json")
    assert done.code == 3 and "P312" in done.err and "--limit characters=" in done.err
    data = json.loads(done.out)
    assert [one["document"] for one in data["documents"]] == ["short.txt"]
    assert data["errors"][0]["code"] == "P312" and "characters" not in data["settings"]
    assert polcmp("compare", str(tmp_path), "--limit", "characters=2k").code == 0
    wrong = polcmp("compare", str(tmp_path), "--limit", "letters=3")
    assert wrong.code == 2 and "P407" in wrong.err and "--limit" in wrong.err


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(polcmp: Polcmp, reports: Path) -> None:
    (reports / "scan.pdf").write_bytes(samples.pdf([[]], picture=True))
    (reports / "broken.docx").write_bytes(b"PK\x03\x04")
    (reports / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    (reports / "empty.html").write_text("<html></html>", "utf-8")
    done = polcmp("compare", "reports", "--json")
    data = json.loads(done.out)
    assert done.code == 3 and len(data["documents"]) == 5
    told = {Path(one["path"]).name: one["code"] for one in data["errors"]}
    assert told == {"scan.pdf": "P311", "broken.docx": "P310", "old.doc": "P307", "empty.html": "P311"}
    assert all(one["hint"] for one in data["errors"])


def test_why_takes_the_same_options(polcmp: Polcmp, reports: Path) -> None:
    done = polcmp("why", "白石县", "cadre_dispatch", "-d", "reports", "--region-from", "reports/([^/]+)/")
    assert done.code == 0 and "第一书记" in done.out
