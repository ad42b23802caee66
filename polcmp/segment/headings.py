"""Reads a line's shape: is it a title, a heading, a numbered lead or plain body?

Judges by numbering, length and closing marks only (the usual numbering of Chinese official papers:
一、 → (一) → 1. → (1), GB/T 9704-2012 section 7.3.3). Must not know any section's meaning.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from polcmp.text.cells import CELL

PLAIN, DASHED = -1.0, -2.0
"""Ranks of headings without a number (a short line; a line that ends in ——), whose place is decided by
what is open around them."""

_TITLE_LIMIT = 60
_HEADING_LIMIT = 40
_PLAIN_HEADING_LIMIT = 26
_LEAD_LIMIT = 30
_ALONE_LIMIT = 16
_LABEL_LIMIT = 14

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_NUMBER = re.compile(
    rf"(?:(?P<r0>第{_NUMERAL}(?:章|部分|节|编))|(?P<r1>{_NUMERAL}、|{_NUMERAL}\.)|(?P<r2>\({_NUMERAL}\)、?)"
    r"|(?P<r3>\d{1,2}(?:、|\.(?!\d)))|(?P<r4>\(\d{1,2}\)|[①-⑳]))\s*"
)
_NUMBER_BEGINS = frozenset("第一二三四五六七八九十(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_NOT_HEADING = re.compile(
    r"\d(?!\d{3}年\D)|[a-z@]|(?:来源|作者|编辑|责编|记者|通讯员|附件|电话|地址|日期|时间)[:：]|\(.*\)$|[●■◆▲·\-*]",
    re.I,
)
_WORD = re.compile(r"[^\W\d_A-Za-z]")  # a range of all Han takes 2 ms to compile
_BYLINE = re.compile(r"\d{4}[-年/.]\d|来源|作者|记者|通讯员|编辑|字号")
_FEWEST_BARS = 2
"""Bars of a row: a single one parts a headline from the name of its column."""
_SENTENCE_MARKS = frozenset("。!?;,:…")
_STARTS_OF_TITLE_LINES = ("关于", "——", "—")
_ENDS_OF_TITLES = (
    "通知",
    "意见",
    "方案",
    "办法",
    "规定",
    "细则",
    "总结",
    "报告",
    "计划",
    "规划",
    "汇报",
    "决定",
)


class Lead(NamedTuple):
    """A numbered place in a line, with the heading that stands there if it is one.

    Attributes:
        rank: depth of its numbering, 0 (第一章) to 4 ((1)), `PLAIN` or `DASHED`.
        start: where it begins in the line.
        end: end of the heading with its closing mark; equal to `start` when the item is body text,
            which closes deeper sections and opens none.
        heading: words without number and closing mark, ``""`` for body text.
    """

    rank: float
    start: int
    end: int
    heading: str


def is_title(line: str, first: bool) -> bool:
    """Whether one of a document's first lines is its title.

    Args:
        line: a whole unmasked line, folded.
        first: whether no unmasked line stands before it.

    Returns:
        True for a line of 5 to 60 characters that does not end like a sentence and has no number of
        an outline. Shorter first lines are bylines.
    """
    if CELL in line or not 5 <= len(line) <= _TITLE_LIMIT or line[-1] in _SENTENCE_MARKS - {"!", "?", "…"}:
        return False
    if (
        "。" in line
        or _NUMBER.match(line)
        or line.startswith(("(", "●", "记者", "来源", "作者", "时间", "日期"))
    ):
        return False
    if len(_WORD.findall(line)) * 2 < len(line):
        return False
    return first or not _looks_like_byline(line)


def stray_title(above: str, below: str) -> bool:
    """Whether `below` is the second line of the title whose first line is `above`."""
    if not is_title(below, first=False):
        return False
    ends = below.split("(")[0].endswith(_ENDS_OF_TITLES)
    return below.startswith(_STARTS_OF_TITLE_LINES) or (
        ends and not above.split("(")[0].endswith(_ENDS_OF_TITLES)
    )


def read_lead(line: str, last: bool) -> list[Lead]:
    """Numbered leads and headings of one line, in order.

    Args:
        line: an unmasked line, folded.
        last: whether nothing stands after it; a heading without a number needs something below it.

    Returns:
        Possibly none, and none in a row of a table. Numbers count at the start of the line and after the end
        of a sentence.
    """
    if CELL in line or line.count("|") >= _FEWEST_BARS:
        return []
    numbered = line[:1] in _NUMBER_BEGINS or line[:1].isdecimal() or "。" in line
    leads = [_numbered(line, found) for found in _numbers(line)] if numbered else []
    if not leads and not last and _is_plain_heading(line):
        rank = DASHED if line.endswith("—") else PLAIN
        return [Lead(rank, 0, len(line), line.strip("—:【】[]·■◆●▲ "))]
    return leads


def _numbers(line: str) -> list[re.Match[str]]:
    found = []
    start = _NUMBER.match(line)
    if start:
        found.append(start)
    at = line.find("。")
    while at >= 0:
        following = line[at + 1 : at + 2]
        numbered = following in _NUMBER_BEGINS or following.isdecimal()
        inner = _NUMBER.match(line, at + 1) if numbered else None
        if inner and inner.end() < len(line):
            found.append(inner)
        at = line.find("。", at + 1)
    return found


def _numbered(line: str, number: re.Match[str]) -> Lead:
    """Read the words after a number: a heading up to its first full stop, or body."""
    rank = float(str(number.lastgroup)[1:])
    start, words = number.start(), number.end()
    stop = line.find("。", words)
    label = line.find(":", words, words + _LABEL_LIMIT + 1)
    if label >= 0 and (stop < 0 or label < stop) and "," not in line[words:label]:
        stop = label
    if stop < 0:
        whole = len(line) - words <= _HEADING_LIMIT and line[-1] not in _SENTENCE_MARKS and len(line) > words
        return Lead(rank, start, len(line) if whole else start, line[words:] if whole else "")
    heading = line[words:stop]
    alone = stop + 1 == len(line)
    limit = (_ALONE_LIMIT if alone else _LEAD_LIMIT) - 12 * heading.count(",")
    if not heading or len(heading) > limit or ";" in heading:
        return Lead(rank, start, start, "")
    return Lead(rank, start, stop + 1, heading)


def _is_plain_heading(line: str) -> bool:
    if line.endswith("—") and len(line) <= _HEADING_LIMIT:
        return True
    if line.endswith(":") and "," not in line:
        line = line[: _LABEL_LIMIT + 1].removesuffix(":")
    if not 2 <= len(line) <= _PLAIN_HEADING_LIMIT or line[-1] in _SENTENCE_MARKS:
        return False
    if _NOT_HEADING.match(line) or line.count(",") > 1 or line.startswith(("第", "记者")):
        return False
    return not _looks_like_byline(line) and len(_WORD.findall(line)) * 2 >= len(line)


def _looks_like_byline(line: str) -> bool:
    return len(line) < 4 or bool(_BYLINE.search(line))
