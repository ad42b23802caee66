"""What a page says of itself: title, date and site. Only what is written there; no date is guessed.

Chinese government sites follow a list of meta names of their own (政府网站发展指引, 国办发〔2017〕47号:
SiteName, ArticleTitle, PubDate, ContentSource), others Open Graph and Dublin Core.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from polcmp.load.dates import iso_date
from polcmp.load.html_blocks import blocks_of
from polcmp.model.document import Metadata

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLES = ("articletitle", "og:title", "twitter:title", "dc.title", "dcterms.title")
_DATES = (
    *("pubdate", "publishdate", "article:published_time", "og:release_date", "dc.date", "dcterms.date"),
    *(
        "dcterms.issued",
        "datepublished",
        "publish-date",
        "weibo:article:create_at",
        "bytedance:published_time",
    ),
)
_SITES = ("contentsource", "sitename", "og:site_name", "application-name")

_SITE_BEHIND = re.compile(r"(?:\s*[-_|—–·]+\s*[^-_|—–·]{2,30}){1,3}$")
"""What follows an article's title in ``<title>``: names of sections and of the site."""

_DATED = re.compile(
    r"(?:发布|发表|发文|成文|印发|更新|录入|信息)?(?:时间|日期)\s*[:：]?\s*"
    r"((?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)"
)
_WECHAT_TIME = re.compile(r"\b(?:var\s+)?(?:createTime|publish_time)\s*=\s*['\"](\d{4}-\d\d-\d\d)")

_LONGEST_LABEL_LINE = 120
_LONGEST_TITLE = 100
_MOST_BLOCKS = 2_000
"""Blocks among which a line with the date is looked for."""


class PageFacts(NamedTuple):
    """Title, ISO date and name of the site; ``""`` for what the page does not say."""

    title: str = ""
    date: str = ""
    site: str = ""

    def metadata(self) -> Metadata:
        """The same as what is stated of a document."""
        return Metadata(title=self.title, date=self.date, source=self.site)


def facts_of(page: HtmlElement) -> PageFacts:
    """Read a page's own statements.

    Args:
        page: a whole parsed page.
    """
    metas = _metas(page)
    site = _text(page, "//*[@id='js_name']") or _first(metas, _SITES)  # WeChat calls all its pages its own
    return PageFacts(_title(page, metas), _date(page, metas), site)


def _metas(page: HtmlElement) -> dict[str, str]:
    """Names (lower case) and contents of meta elements; the first of a name counts."""
    found: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            found.setdefault(name, content)
    return found


def _title(page: HtmlElement, metas: dict[str, str]) -> str:
    """The article's title: by its meta, else the only main heading, else ``<title>`` without the site."""
    headings = [_joined(one) for one in page.iter("h1")]
    headings = [one for one in headings if 4 <= len(one) <= _LONGEST_TITLE]
    named = _first(metas, _TITLES[:1]) or _text(page, "//*[@id='activity-name']")
    if not named and len(headings) == 1:
        named = headings[0]
    named = named or _first(metas, _TITLES[1:])
    if not named:
        whole = _text(page, "//title")
        # Longer ones are refused below; the expression would take its time over them.
        named = _SITE_BEHIND.sub("", whole) or whole if len(whole) <= 3 * _LONGEST_TITLE else whole
    return named if len(named) <= _LONGEST_TITLE else ""


def _date(page: HtmlElement, metas: dict[str, str]) -> str:
    """The day of publication: as a meta says, as a labelled line says, as WeChat says."""
    for name in _DATES:
        if name in metas and (date := iso_date(metas[name].replace("T", " "))):
            return date
    for time in page.xpath("//time[@datetime]")[:1]:
        if date := iso_date(time.get("datetime").replace("T", " ")):
            return date
    if date := iso_date(_text(page, "//*[@id='publish_time']")):  # of WeChat pages, saved by a browser
        return date
    body = page.find(".//body")
    for block in islice(blocks_of(page if body is None else body), _MOST_BLOCKS):
        if len(block) <= _LONGEST_LABEL_LINE and (found := _DATED.search(block)):
            return iso_date(re.sub(r"\s", "", found[1]))
    for script in page.iter("script"):
        if script.text and (found := _WECHAT_TIME.search(script.text)):
            return found[1]
    return ""


def _first(metas: dict[str, str], names: Iterable[str]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _text(page: HtmlElement, path: str) -> str:
    """The text of the first element on a path, ``""`` if there is none."""
    return next((_joined(one) for one in page.xpath(path)), "")


def _joined(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
