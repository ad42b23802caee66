"""From a tree of HTML to paragraphs: what a reader of the page sees as one block of text is one.

Rows of data tables become lines with tabs; tables that only arrange a page give their cells' paragraphs.
Hidden elements, scripts, controls and the page's navigation are left out. Must not judge what a text says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from polcmp.load.extracted import row_paragraphs

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEFT_OUT = frozenset(
    (
        *("script", "style", "noscript", "template", "head", "title", "nav", "footer", "aside"),
        *("button", "select", "option", "input", "textarea", "iframe", "object", "embed", "svg"),
        *("canvas", "audio", "video", "map", "rt", "rp", "datalist", "dialog"),
    )
)
"""Elements that hold no text of an article: scripts, controls, navigation, and the readings of ruby."""

_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"),
        *("font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rb", "ruby", "s", "samp"),
        *("small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "o:p"),
        *("st1:chsdate"),
    )
)
"""Elements that stand in a line; every other one begins and ends a paragraph."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACES = re.compile(r"[ \t\n\r\f\v\xa0\u200b]+")
_CELLS = ("td", "th")


def blocks_of(root: HtmlElement) -> Iterator[str]:
    """The paragraphs below an element, in the order of the page.

    Args:
        root: element of a parsed page; whether it is itself hidden does not count.

    Yields:
        Paragraphs that are not blank, spaces folded to one.
    """
    walk = _Walk()
    for event, element in _events(root):
        if event == "start":
            walk.open(element, is_root=element is root)
        else:
            walk.close(element, is_root=element is root)
        if walk.ready:
            yield from walk.taken()
    walk.end_line()
    yield from walk.taken()


def is_left_out(element: HtmlElement) -> bool:
    """Whether an element and all in it is no text that a reader sees."""
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return element.get("aria-hidden") == "true" or bool(style and _HIDDEN.search(style))


def _events(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Starts and ends of elements, those left out only as an end that brings their tail; no recursion."""
    from lxml import etree

    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start" and element is not root and is_left_out(element):
            walker.skip_subtree()
            continue
        yield ("start" if event == "start" else "end"), element


class _Walk:
    """Gathers paragraphs; inside a table, the cells of its rows."""

    def __init__(self) -> None:
        self.ready: list[str] = []
        self._line: list[str] = []
        self._rows: list[list[list[str]]] = []  # the open rows, each with its cells' paragraphs so far

    def open(self, element: HtmlElement, *, is_root: bool) -> None:
        """An element begins."""
        if element.tag not in _INLINE:
            self.end_line()
            if element.tag == "tr":
                self._rows.append([])
            elif element.tag in _CELLS and self._rows:
                self._rows[-1].append([])
        if element.text:
            self._line.append(element.text)

    def close(self, element: HtmlElement, *, is_root: bool) -> None:
        """An element ends; what stands behind it in its parent follows."""
        if isinstance(element.tag, str) and element.tag not in _INLINE and not is_left_out(element):
            self.end_line()
            if element.tag == "tr" and self._rows:
                for paragraph in row_paragraphs(self._rows.pop()):
                    self._put(paragraph)
        if element.tail and not is_root:
            self._line.append(element.tail)

    def end_line(self) -> None:
        """What was gathered is a paragraph."""
        if not self._line:
            return
        text = _SPACES.sub(" ", "".join(self._line)).strip()
        self._line.clear()
        if text:
            self._put(text)

    def taken(self) -> list[str]:
        """The paragraphs that are complete, once."""
        done, self.ready = self.ready, []
        return done

    def _put(self, paragraph: str) -> None:
        if not paragraph.strip():
            return
        if self._rows:
            cells = self._rows[-1] or [[]]
            self._rows[-1] = cells
            cells[-1].append(paragraph)
        else:
            self.ready.append(paragraph)
