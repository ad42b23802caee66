"""Documents of other shapes than an article: tables, numbered lists, columns, pages of WeChat and of old
county sites, Word with tracked changes. Each gives what the same words give as plain text. All invented."""

from __future__ import annotations

import html
import json
from email.message import EmailMessage

import load_samples as samples
import pytest
import shape_samples as shapes

from polcmp.api import load_taxonomy
from polcmp.load import Source, read
from polcmp.model.document import Document
from polcmp.pipeline import Reader
from polcmp.settings import Settings
from polcmp.text.fold import fold_phrase

pytest.importorskip("trafilatura")
docx = pytest.importorskip("docx")
pytest.importorskip("pypdfium2")


@pytest.fixture(scope="module")
def told():
    """Measure, folded quotation and status of each mention of a document."""
    reader = Reader.of(load_taxonomy(), Settings())

    def of(document: Document) -> list[tuple[str, str, str]]:
        result = reader.read(document)
        for one in result.mentions:
            assert document.raw[one.raw_span.start : one.raw_span.end] == one.quote
        return [(one.measure, fold_phrase(one.quote), one.status) for one in result.mentions]

    return of


def opened(name: str, data: str | bytes) -> Document:
    return read(Source(name, name, data=data.encode() if isinstance(data, str) else data))


ARTICLES = {"table": shapes.TABLE, "list": shapes.LIST}


@pytest.mark.parametrize("kind", ARTICLES)
@pytest.mark.parametrize("form", ["html", "md", "docx", "eml", "jsonl", "rtf"])
def test_tables_and_numbered_lists(told, kind, form, tmp_path):
    article = ARTICLES[kind]
    expected = told(opened("a.txt", shapes.as_text(article)))
    assert len(expected) > 8 and len({status for *_, status in expected}) > 2
    if form == "html":
        document = opened("a.html", shapes.as_html(article))
    elif form == "md":
        document = opened("a.md", shapes.as_markdown(article))
    elif form == "docx":
        document = opened("a.docx", shapes.as_docx(article))
    elif form == "rtf":
        pytest.importorskip("striprtf")
        document = opened("a.rtf", samples.as_rtf(shapes.as_text(article).split("\n")))
    elif form == "eml":
        message = EmailMessage()
        message["Subject"] = article[0]
        message.set_content("请查收附文。", charset="utf-8")
        message.add_alternative(shapes.as_html(article), subtype="html")
        document = opened("a.eml", bytes(message))
    else:
        data = shapes.as_text(article).encode()
        line = json.loads(json.dumps({"text": data.decode()}, ensure_ascii=True))
        document = read(Source("a.jsonl#1", "a.jsonl:1", data=line["text"].encode(), record="jsonl"))
    assert told(document) == expected
    assert document.warnings == ()


def test_a_page_of_wechat_as_a_browser_saves_it(told):
    document = opened("a.html", shapes.WECHAT)
    assert told(document) == told(opened("a.txt", "\n".join((shapes.TITLE, *shapes.PARAGRAPHS))))
    assert (document.stated.date, document.stated.source) == ("2022-04-12", "白河先锋")
    assert document.raw.startswith(shapes.TITLE) and document.warnings == ()
    for left_out in ("微信号", "预览时标签不可点", "微信扫一扫", "成立联合党委9个"):
        assert left_out not in document.raw


def test_a_page_of_an_old_county_site_in_gbk_that_says_utf_8(told):
    document = opened("a.html", shapes.COUNTY_SITE.encode("gbk"))
    assert document.encoding == "gb18030" and document.warnings == ()
    assert told(document) == told(opened("a.txt", "\n".join((shapes.TITLE, *shapes.PARAGRAPHS))))
    assert (document.stated.date, document.stated.source) == ("2022-04-12", "县委组织部")


def test_word_with_tracked_changes_notes_and_tables(told):
    document = opened("a.docx", shapes.tracked())
    lines = document.raw.split("\n")
    assert lines[0] == shapes.TITLE
    assert "从县直单位选派第一书记29名、科技特派员88名，驻村开展帮扶。" in lines
    assert "下一步，该县计划再选派科技特派员20名，各乡镇要落实单位包村制度。" in lines  # its end was deleted
    assert "云岭镇\t6个" in lines and "最后一段没有结尾" in lines
    for left_out in ("科技副职", "已移走", "选派第一书记500名", "页眉"):
        assert left_out not in document.raw
    statuses = {(measure, status) for measure, _, status in told(document)}
    assert {("cadre_dispatch", "implemented"), ("cadre_dispatch", "planned")} <= statuses


# ── PDFs in two columns ──────────────────────────────────────────────────────────────────────────


def long_article() -> list[str]:
    filler = "据了解，该县还围绕产业发展、基层治理、乡风文明等持续用力，推动各项任务落地见效。"
    return [one for paragraph in samples.PARAGRAPHS for one in (paragraph, *[filler] * 6)]


@pytest.mark.parametrize("by_rows", [False, True])
def test_two_columns_with_running_heads_and_page_numbers(told, by_rows):
    article = long_article()
    document = opened("a.pdf", shapes.in_two_columns(article, "云溪县工作简报", by_rows=by_rows))
    assert document.raw.split("\n") == article
    assert {place.number for place in document.places} == {1, 2, 3}
    assert told(document) == told(opened("a.txt", "\n".join(article)))


def test_a_title_across_two_columns(told):
    article = long_article()
    document = opened("a.pdf", shapes.in_two_columns(article, "", title=samples.TITLE, by_rows=True))
    assert document.raw.split("\n") == [samples.TITLE, *article]


def test_tables_are_no_columns():
    rows = [(80, 700 - 20 * n, 12, f"第{n}村") for n in range(20)]
    cells = [(320, 700 - 20 * n, 12, f"选派{n}名") for n in range(20)]
    placed = [one for pair in zip(rows, cells, strict=True) for one in pair]
    lines = opened("a.pdf", samples.pdf([placed])).raw.split("\n")
    assert lines == [f"第{n}村\t选派{n}名" for n in range(20)]


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("11/22/26, 9:47 AM", "https://www.example.cn/a.html"),
        ("2022/4/12 上午9:40", "file:///home/a/a.html"),
    ],
)
def test_what_browsers_print_round_a_page(head, foot):
    body = [(80, 700 - 22 * n, 12, one) for n, one in enumerate(("正文第一行。", "正文第二行。"))]
    upper = [(30.0, 815.0, 8.0, head), (260.0, 815.0, 8.0, samples.TITLE)]
    lower = [(30.0, 20.0, 8.0, foot), (560.0, 20.0, 8.0, "1/1")]
    document = opened("a.pdf", samples.pdf([[*body, *upper, *lower]]))
    assert document.raw == "正文第一行。\n正文第二行。"


def test_an_address_in_the_text_stays():
    last = (80, 60, 12, "来源：https://www.example.cn/a.html")
    document = opened("a.pdf", samples.pdf([[(80, 700, 12, "2022/4/12 9:40开会。"), last]]))
    assert document.raw == "2022/4/12 9:40开会。\n来源：https://www.example.cn/a.html"


def test_escapes_of_samples():
    """What the tests above rely on: the page shows the words, not their entities."""
    assert html.unescape(shapes.as_html(shapes.LIST)).count(shapes.LIST[0]) >= 2
