"""Where the article of a page stands. Takes no text out of it.

trafilatura tells which text is the article; the smallest element that holds nearly all of it is taken. A page
on which that is not clear is taken whole, and said so: a gap would look like a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from configparser import ConfigParser
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from polcmp.load.html_blocks import blocks_of, is_left_out

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_KNOWN = ("//*[@id='js_content']",)
"""Where pages of one kind always have it: WeChat's, which stay hidden until a script has run."""

_SHARE = 0.9
"""Least share of the article's characters that the element taken must hold."""

_PROSE = 25
"""Fewest characters of a block with a sentence's mark in it that counts as prose."""

_FOUND = 0.7
"""Least share of the page's prose that an article found must hold. Pages of news
with summaries of other articles keep it above 0.8; where the article is missed it falls below 0.3."""

_MOST_ELEMENTS = 30_000
"""Elements up to which a page's article is looked for: that takes 4 s then, and its square beyond.
Long plans on one page have some 6,000."""

_MOST_SEARCHED = 500_000_000
"""Characters that may be searched through for pieces of text: half a second's work."""

_SHORTEST = "20"
"""Characters from which trafilatura is content with what it found; its own 250 are for alphabets."""

_BLANKS = re.compile(r"\s+")


class Article(NamedTuple):
    """The element that holds the article, and what is doubtful about it."""

    element: HtmlElement
    warnings: tuple[str, ...] = ()


def article_of(page: HtmlElement) -> Article:
    """The element of a page that holds its article.

    Args:
        page: a whole parsed page.
    """
    for path in _KNOWN:
        for element in page.xpath(path):
            if _bare(element.text_content()):
                return Article(element)
    body = page.find(".//body")
    whole = page if body is None else body
    if next(islice(whole.iter(), _MOST_ELEMENTS, None), None) is not None:
        return Article(whole, ("the page is too long to look for its article; all of it was read",))
    wanted = _article_texts(page)
    found = _smallest(whole, wanted) if wanted else whole
    if found is whole:
        return Article(whole)
    prose, held = _prose(whole), _prose(found)
    if held >= _FOUND * prose:
        return Article(found)
    return Article(whole, ("the page's article could not be told from the rest; all of the page was read",))


def _article_texts(page: HtmlElement) -> list[str]:
    """The article's pieces of text as trafilatura finds it, without white space; none if it finds none."""
    from copy import deepcopy

    from trafilatura.core import bare_extraction

    # A copy, because what trafilatura takes for furniture is cut out of the tree.
    found = bare_extraction(
        deepcopy(page), fast=True, include_comments=False, with_metadata=False, config=_config()
    )
    body = getattr(found, "body", None)
    return [] if body is None else [bare for text in body.itertext() if (bare := _bare(text))]


@cache
def _config() -> ConfigParser:
    from trafilatura.settings import use_config

    config: ConfigParser = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", _SHORTEST)
    config.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
    return config


def _smallest(root: HtmlElement, wanted: Sequence[str]) -> HtmlElement:
    """The smallest element below `root` that holds nearly all the text in `wanted`."""
    weights = _weights(root, wanted)
    total = weights.get(root, 0)
    current = root
    while total:
        inner = [child for child in current if weights.get(child, 0) >= _SHARE * total]
        if not inner:
            break
        current = inner[0]
    return current if current.tag not in ("p", "span", "a", "b", "strong", "font") else current.getparent()


def _weights(root: HtmlElement, wanted: Sequence[str]) -> dict[HtmlElement, int]:
    """Characters of the wanted text below each element."""
    weights: dict[HtmlElement, int] = {}
    is_wanted = _Finder(wanted)
    for element in root.iter():
        if not isinstance(element.tag, str) or is_left_out(element):
            continue
        own = [element.text, *(child.tail for child in element)]
        bare = [_bare(text) for text in own if text]
        weight = sum(len(text) for text in bare if len(text) >= 2 and is_wanted(text))
        for above in (element, *element.iterancestors()) if weight else ():
            weights[above] = weights.get(above, 0) + weight
            if above is root:
                break
    return weights


class _Finder:
    """Tells whether a text is one of some pieces or stands in them: inline marks part what they join."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._pieces, self._joined = frozenset(pieces), "".join(pieces)
        self._left = _MOST_SEARCHED

    def __call__(self, text: str) -> bool:
        if text in self._pieces:
            return True
        self._left -= len(self._joined)
        return self._left > 0 and text in self._joined


def _prose(element: HtmlElement) -> int:
    """Characters of the sentences below an element."""
    return _sentences(list(blocks_of(element)))


def _sentences(blocks: Sequence[str]) -> int:
    return sum(len(one) for one in blocks if len(one) >= _PROSE and ("。" in one or "，" in one))


def _bare(text: str) -> str:
    return _BLANKS.sub("", text)
