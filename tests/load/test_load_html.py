"""HTML: what is the article, what a page says of itself, encodings that lie. All pages are invented."""

from __future__ import annotations

import socket

import load_samples as samples
import pytest

from polcmp.errors import DocumentError
from polcmp.load import ReadOptions, Source, read
from polcmp.settings import Limits

pytest.importorskip("trafilatura")

LINE = "全县选派第一书记12名，驻村开展帮扶，推动村企结对共建。"


def page(html: str | bytes, name: str = "a.html"):
    data = html.encode() if isinstance(html, str) else html
    return read(Source(name, name, data=data))


def lines(html: str | bytes) -> list[str]:
    return page(html).raw.split("\n")


def test_the_article_without_navigation_scripts_and_footer():
    document = page(samples.as_html())
    assert document.raw.split("\n") == [samples.TITLE, *samples.PARAGRAPHS]
    assert "99" not in document.raw and "主办" not in document.raw and "首页" not in document.raw
    assert document.extracted_from == "html" and document.encoding == "utf-8"
    assert document.stated.date == "2022-04-12"


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("gb2312", "gb18030"),
        ("gb2312", "utf-8"),  # a label that lies
        ("utf-8", "gb18030"),
        ("iso-8859-1", "gb18030"),
        ("big5", "gb18030"),
        ("no-such-thing", "gb18030"),
        ("utf-8", "utf-16"),
        ("utf-8", "utf-8-sig"),
    ],
)
def test_labels_of_encodings_may_lie(charset, codec):
    rare = LINE + "镕堃喆"  # in GB18030, not in GB2312
    document = page(samples.as_html(charset, body=f"<p>{rare}</p>").encode(codec))
    assert rare in document.raw.split("\n")
    assert document.encoding == codec and document.warnings == ()


def test_a_label_is_believed_where_the_bytes_allow_it():
    korean = "농촌 마을에 공무원을 파견하여 공동체 소득을 늘리고 기업과 협력하였다. 앞으로도 계속 추진한다."
    document = page(f'<meta charset="euc-kr"><p>{korean}</p>'.encode("euc-kr"))
    assert korean in document.raw and document.encoding == "cp949"


def test_tables_are_rows_and_layout_tables_are_paragraphs():
    table = (
        "<table><tr><th>乡镇</th><th>选派</th></tr><tr><td><p>青石镇</p></td><td>第一书记<br>3名</td></tr>"
        "<tr><td></td><td>2名</td></tr></table>"
    )
    found = lines(f"<html><body><p>{LINE}</p>{table}<p>{LINE}</p></body></html>")
    assert found == [LINE, "乡镇\t选派", "青石镇\t第一书记 3名", "2名", LINE]
    layout = (
        f"<table><tr><td width=100></td><td><p>{LINE}</p><p>{LINE}{LINE}{LINE}{LINE}</p></td></tr></table>"
    )
    assert lines(f"<html><body>{layout}</body></html>") == [LINE, LINE * 4]
    nested = f"<table><tr><td>{layout}{table}</td></tr></table>"
    assert lines(f"<html><body>{nested}</body></html>")[:2] == [LINE, LINE * 4]


def test_line_breaks_headings_items_and_inline_marks():
    body = (
        "<div><h2>一、<b>做法</b></h2>第一行，选派<span>第一</span>书记12名。<br>"
        "第二行，<a href=x>驻村</a>\n  帮扶。"
        "<ul><li>其一。</li><li>其二。</li></ul><p>产<ruby>业<rp>(</rp><rt>yè</rt><rp>)</rp></ruby>好。</p></div>"
    )
    found = lines(f"<html><body>{body}</body></html>")
    wanted = ["一、做法", "第一行，选派第一书记12名。", "第二行，驻村 帮扶。", "其一。", "其二。", "产业好。"]
    assert found == wanted


def test_hidden_text_is_left_out_but_wechat_pages_are_read():
    hidden = f'<p style="display: none">{LINE}暗</p><p hidden>{LINE}暗</p>'
    assert "暗" not in page(f"<html><body><p>{LINE}</p>{hidden}</body></html>").raw
    wechat = (
        '<html><head><meta property="og:title" content="某题"></head><body>'
        '<h1 id="activity-name"> 云溪县：党建引领 </h1>'
        '<a id="js_name"> 云溪组工 </a><div id="js_content" style="visibility: hidden; opacity: 0; ">'
        f"<section><section><span>{LINE}</span></section></section><section><p>{LINE}再</p></section></div>"
        "<script>var ct = '1'; var createTime = '2022-04-12 09:40';</script><p>阅读原文</p></body></html>"
    )
    document = page(wechat)
    assert document.raw.split("\n") == ["云溪县：党建引领", LINE, LINE + "再"]
    assert document.stated.source == "云溪组工" and document.stated.date == "2022-04-12"


def test_what_a_page_says_of_itself():
    head = '<meta name="PubDate" content="2021-03-05 10:00"><meta name="ContentSource" content="云溪日报">'
    stated = page(samples.as_html(head=head)).stated
    assert (stated.date, stated.source, stated.title, stated.region) == ("2021-03-05", "云溪日报", "", "")
    undated = samples.as_html().replace("发布时间：2022-04-12", "")
    assert page(undated).stated.date == ""  # none is guessed, not from the address either
    time = f"<html><body><time datetime='2020-01-02T10:00:00+08:00'>x</time><p>{LINE}</p></body></html>"
    assert page(time).stated.date == "2020-01-02"


def test_the_title_stands_once_at_the_top():
    assert page(samples.as_html()).raw.count(samples.TITLE) == 1
    without_heading = samples.as_html().replace(f"<h1>{samples.TITLE}</h1>", "")
    found = page(without_heading).raw.split("\n")
    assert found[0] == samples.TITLE and found.count(samples.TITLE) == 1


def test_an_article_in_several_blocks_is_read_whole():
    """Lists of news and prose in many boxes: nothing that reads like prose is lost."""
    boxes = "".join(f"<div><div><p>其{number}，{LINE}</p></div></div>" for number in range(40))
    links = "".join(f'<li><a href="/{n}">某地新闻标题第{n}条</a></li>' for n in range(60))
    raw = page(f"<html><body><ul>{links}</ul><div class=x>{boxes}</div><ul>{links}</ul></body></html>").raw
    assert all(f"其{number}，{LINE}" in raw for number in range(40))


def test_a_part_taken_for_the_article_while_prose_stands_elsewhere(monkeypatch):
    """Where trafilatura finds a corner of the page only, all of it is read, and said so."""
    from polcmp.load import html_article

    monkeypatch.setattr(html_article, "_article_texts", lambda page: ["请下载客户端"])
    prose = f"<p>{LINE}</p>" * 9
    document = page(f"<html><body><div><div>请下载客户端</div></div><div>{prose}</div></body></html>")
    assert document.raw.count(LINE) == 9
    assert "could not be told" in document.warnings[0]


@pytest.mark.parametrize(
    "html", ["<html></html>", "<html><body><script>x()</script></body></html>", "<!doctype html>"]
)
def test_a_page_without_text_is_refused(html):
    with pytest.raises(DocumentError) as caught:
        page(html)
    assert caught.value.code == "P311" and caught.value.hint


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{LINE}",
        f"<html><body><p>{LINE}<div><span></p></table></body>",
        f"<html><body>{LINE}</body></html>",
        f"<html><body><p>{LINE}&nbsp;&#0;&#xD800;&bogus;</p></body></html>",
        f"<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><body><p>{LINE}</p></body></html>",
        f"<!-- saved from url=(0014)about:internet -->\n<html><body><p>{LINE}</p></body></html>",
        f"<html><frameset><frame src='x'></frameset><body><p>{LINE}</p></body></html>",
        f"<html><body>{'<div>' * 150}<p>{LINE}</p>{'</div>' * 150}</body></html>",
        f"<html><body><p>{LINE}</p><p>{LINE * 20}\0</p></body></html>",
    ],
)
def test_odd_pages(html):
    assert LINE in page(html).raw


def test_elements_nested_without_end_are_refused_or_read_in_time():
    deep = f"<html><body>{'<div>' * 20000}{LINE}</body></html>"
    try:
        assert LINE in page(deep).raw
    except DocumentError as error:
        assert error.code == "P310" and "deep" in error.message


def test_entities_are_not_expanded():
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE html [<!ENTITY a0 "选派"><!ENTITY f SYSTEM "file:///etc/passwd">{levels}]>'
    raw = page(f"{bomb}<html><body><p>{LINE}&a9;&f;</p></body></html>").raw
    assert LINE in raw and len(raw) < 2000 and "root:" not in raw


def test_no_connection_is_opened(monkeypatch):
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    links = '<link rel="stylesheet" href="http://example.invalid/a.css"><base href="http://example.invalid/">'
    body = f'<p>{LINE}</p><img src="http://example.invalid/a.png"><iframe src="http://example.invalid/"></iframe>'
    assert LINE in page(samples.as_html(head=links, body=body)).raw


def test_pages_of_very_many_elements():
    html = samples.as_html(body=f"<p>{LINE}</p>" + "<i></i>" * 31_000)
    document = page(html)
    assert LINE in document.raw and "too long" in document.warnings[0]
    options = ReadOptions(limits=Limits(elements=1000))
    with pytest.raises(DocumentError) as caught:
        read(Source("a.html", "a.html", data=html.encode(), options=options))
    assert caught.value.code == "P312" and "--limit elements=" in caught.value.hint


def test_a_page_in_utf_16_without_a_mark():
    document = page(samples.as_html(body=f"<p>{LINE}</p>" * 9).encode("utf-16-le"))
    assert document.extracted_from == "html" and document.raw.count(LINE) == 9


def test_plain_text_by_the_name_of_a_page():
    document = page(LINE)
    assert document.raw == LINE and document.extracted_from == ""


def test_a_page_by_another_name():
    document = read(Source("a.txt", "a.txt", data=samples.as_html().encode()))
    assert document.extracted_from == "html" and "read as that" in document.warnings[0]
    assert read(Source("(stdin)", "-", data=samples.as_html().encode())).extracted_from == "html"
    about = f"正文说到 <html> 与 <p> 标记。{LINE}"
    assert read(Source("a.txt", "a.txt", data=about.encode())).raw == about
