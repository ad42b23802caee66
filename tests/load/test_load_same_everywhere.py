"""One article in every format: the same mentions with the same statuses, offsets into the extracted text."""

from __future__ import annotations

import json
import shutil
import subprocess
from email.message import EmailMessage
from functools import cache

import load_samples as samples
import pytest

from polcmp.api import load_taxonomy
from polcmp.load import Source, collect, read
from polcmp.model.document import Document
from polcmp.pipeline import Reader
from polcmp.settings import Settings
from polcmp.text.fold import fold_phrase

pytest.importorskip("trafilatura")
pytest.importorskip("docx")
pytest.importorskip("pypdfium2")
pytest.importorskip("striprtf")


@cache
def reader() -> Reader:
    return Reader.of(load_taxonomy(), Settings())


def told(document: Document) -> list[tuple[str, str, str]]:
    """Measure, folded quotation and status of each mention, in order; each quotation stands in its place."""
    result = reader().read(document)
    for mention in result.mentions:
        start, end = mention.raw_span
        assert document.raw[start:end] == mention.quote
    return [(one.measure, fold_phrase(one.quote), one.status) for one in result.mentions]


def read_bytes(name: str, data: bytes) -> Document:
    return read(Source(name, name, data=data))


@cache
def expected() -> list[tuple[str, str, str]]:
    found = told(read_bytes("a.txt", "\n".join(samples.ARTICLE).encode()))
    assert len(found) >= 8
    assert {status for *_, status in found} >= {"implemented", "planned", "called_for"}
    return found


def as_eml() -> bytes:
    message = EmailMessage()
    message["Subject"] = samples.TITLE
    message.set_content("\n".join(samples.ARTICLE), charset="gb18030")
    return bytes(message)


def as_markdown() -> bytes:
    title, *rest = samples.ARTICLE
    marked = [f"## {one}" if len(one) < 12 else one.replace("第一书记", "**第一书记**") for one in rest]
    return "\n\n".join([f"# {title}", *marked]).encode()


MADE = {
    "a.html": lambda: samples.as_html("gb2312").encode("gb18030"),
    "a.docx": samples.as_docx,
    "a.pdf": samples.as_pdf,
    "two-pages.pdf": lambda: samples.as_pdf(head="云溪县文件", per_page=9),
    "a.md": as_markdown,
    "a.rtf": samples.as_rtf,
    "a.eml": as_eml,
}


@pytest.mark.parametrize("name", MADE)
def test_the_same_mentions(name):
    document = read_bytes(name, MADE[name]())
    assert document.extracted_from
    assert document.warnings == ()
    assert told(document) == expected()
    assert samples.TITLE in (document.raw.split("\n")[0], document.stated.title)


def test_the_same_mentions_in_records(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "\n".join(samples.ARTICLE)}) + "\n", "utf-8")
    (source,) = collect([str(tmp_path)]).sources
    assert told(read(source)) == expected()


@pytest.mark.parametrize("page_size", ["A4", "A5"])
def test_the_same_mentions_in_a_pdf_from_a_browser(tmp_path, page_size):
    """Lines of another length, not set to one width, with a font that is embedded."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no browser here")
    style = (
        f"<style>@page {{size: {page_size}; margin: 20mm}} p {{text-indent: 2em; line-height: 1.8}}</style>"
    )
    (tmp_path / "a.html").write_text(samples.as_html(head=style), "utf-8")
    made = tmp_path / "a.pdf"
    command = [
        chromium,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'profile'}",
    ]
    command += [f"--print-to-pdf={made}", (tmp_path / "a.html").as_uri()]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    if not made.exists():
        pytest.skip(f"the browser made no PDF: {done.stderr[-200:]!r}")
    assert told(read(Source("a.pdf", str(made)))) == expected()
