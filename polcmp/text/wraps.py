"""Hard line wraps: which line breaks of a document fall inside a sentence.

Decided for a whole document from how long its lines are. Must not change text: it names breaks only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import compress, pairwise
from typing import NamedTuple

from polcmp.text.span import Span

_FINAL = ("。", "!", "?", ";", ":", "…")
_HANGING = ',、)》"'
_OPENING = '"(《【「'
_CLOSERS = "\"')》】]"
_LIST_START = (
    r"[一二三四五六七八九十百]{1,3}[、.,]|[(【〔\[] ?[一二三四五六七八九十\d]{1,3} ?[)】〕\]]"
    r"|\d{1,2}(?:[、)]|\.(?!\d))|第[一二三四五六七八九十百零\d]{1,4}[章节条款编部]"
    r"|[●■◆▲▼★☆○◇□·※▪➤►*【#>〉]|[-—] |[①-⒇Ⅰ-Ⅻ]"
)
_LABEL = r"[\u4e00-\u9fff·]{1,6}:"
_SAYING = "说道示绍诉出调为是下括即到求想议示认称如"
_WORD = r"[0-9A-Za-z.,%+\-/]{1,20}"
# Compiled on first use: most documents have no wraps, and start-up time counts.

_SHORTEST_WRAP = 16
_LONGEST_WRAP = 100
"""Widths of hard wraps met in practice lie between 30 and 80 columns; both bounds in code points."""

_TOLERANCE = 2
"""How far below the wrap width a full line may end: a mark kept off the next line, a word kept whole."""

_FEW = 10
"""A width counts as full if at least every tenth line at the edge has it: headings end there by chance."""

_NOTE = r"\([^()]{1,9}\) ?"
"""A pinyin note: a text may have been wrapped before its notes were put in."""

_LONG_LINES = 0.10
"""Most that lines beyond the wrap width may hold, as a share of the text: captions, tables, footers."""


class _Line(NamedTuple):
    """A line: its text, the same with its outer spaces.

    `open`: it stops without a final mark, and has a next line right below.
    """

    text: str
    whole: str
    open: bool

    @property
    def indented(self) -> bool:
        """Whether the line begins with two spaces or more."""
        return self.whole.startswith("  ")


def wrapped_breaks(text: str, lines: Sequence[Span], blank_after: Sequence[bool]) -> set[int]:
    """Which lines run on into the next one.

    Args:
        text: the text, in folded script and width, nothing removed yet.
        lines: its lines that are not blank, without outer spaces, in order.
        blank_after: for each line, whether a blank line follows.

    Returns:
        Indices into `lines`; empty when the document has no hard wraps.
    """
    if len(lines) < 4 or _mostly_long(lines):
        return set()
    unfinished = [
        not blank and _is_unfinished(text[start:end])
        for (start, end), blank in zip(lines, blank_after, strict=True)
    ]
    wholes = [_with_spaces(text, start, end) for start, end in lines]
    if sum(len(whole) >= _SHORTEST_WRAP - _TOLERANCE for whole in compress(wholes, unfinished)) < 2:
        return set()
    rows = [
        _Line(text[start:end], whole, stops)
        for (start, end), whole, stops in zip(lines, wholes, unfinished, strict=True)
    ]
    best = max((_measured(rows, measure) for measure in _MEASURES), key=lambda found: found.lines)
    if not best.edge:
        return set()
    labels = Counter(found.group() for row in rows if (found := re.match(_LABEL, row.text)))
    joined = {
        index
        for index, (row, following) in enumerate(pairwise(rows))
        if row.open
        and best.is_full(index, row.text, following.text)
        and not _starts_anew(following.text, labels)
    }
    return {index for index in joined if not rows[index + 1].indented} if _indents(rows) else joined


class _Wrap(NamedTuple):
    """Where lines end under one way of measuring them.

    Attributes:
        lines: number of open lines that end at the edge; 0 when nothing looks wrapped.
        edge: the longest of them.
        full: widths that occur often enough at the edge.
        widths: width of every line.
    """

    lines: int
    edge: int
    full: frozenset[int]
    widths: Sequence[int]

    def is_full(self, index: int, text: str, following: str) -> bool:
        """Whether a line ends at the edge, hangs a mark over it, or left no room for the next word."""
        width, word = self.widths[index], re.match(_WORD, following)
        if width in self.full:
            return True
        hangs = text[-1] in _HANGING and any(width - step in self.full for step in range(_TOLERANCE + 1))
        taken_over = following[0] in _OPENING and width + 1 in self.full
        return hangs or taken_over or (word is not None and width <= self.edge < width + len(word.group()))


def _characters(line: _Line) -> int:
    return len(line.whole)


def _columns(line: _Line) -> int:
    """Half the columns on a terminal, where all but ASCII takes two."""
    return (2 * len(line.whole) - len(line.whole.encode("ascii", "ignore")) + 1) // 2


def _without_notes(line: _Line) -> int:
    return len(re.sub(_NOTE, "", line.text)) if "(" in line.text else len(line.text)


_MEASURES = (_characters, _columns, _without_notes)


def _is_unfinished(line: str) -> bool:
    """Whether a line stops without a final mark."""
    bare = line.rstrip(_CLOSERS)
    point = bare.endswith(".") and not bare[-2:].isascii()  # a full stop in ASCII, not mended yet
    return not (point or bare.endswith(_FINAL))


def _with_spaces(text: str, start: int, end: int) -> str:
    """A line with its indent and the spaces at its end: they took room when it was wrapped."""
    while start and text[start - 1] == " ":
        start -= 1
    while end < len(text) and text[end] == " ":
        end += 1
    return text[start:end]


def _mostly_long(lines: Sequence[Span]) -> bool:
    """Whether most text stands in lines that no wrap would leave so long: a cheap way out."""
    total = sum(end - start for start, end in lines)
    long = sum(end - start for start, end in lines if end - start > _LONGEST_WRAP * 2)
    return long > _LONG_LINES * total


def _measured(rows: Sequence[_Line], measure: Callable[[_Line], int]) -> _Wrap:
    """The edge at which most open lines end."""
    widths = [measure(row) for row in rows]
    open_widths = Counter(width for row, width in zip(rows, widths, strict=True) if row.open)
    total, lines, edge = sum(widths), 0, 0
    for limit in open_widths:
        at_edge = sum(open_widths[limit - step] for step in range(_TOLERANCE + 1))
        if at_edge < 2 or not _SHORTEST_WRAP <= limit <= _LONGEST_WRAP or (at_edge, limit) < (lines, edge):
            continue
        beyond = sum(width for width in widths if width > limit + 1)
        # Two lines are enough where none is longer.
        if (at_edge >= 3 and beyond <= _LONG_LINES * total) or (at_edge == 2 and not beyond):
            lines, edge = at_edge, limit
    # Lists of short titles have open lines of every length; wrapped prose has them at the edge.
    if lines * 2 < sum(count for width, count in open_widths.items() if width >= _SHORTEST_WRAP):
        lines = 0
    near = range(edge - _TOLERANCE, edge + 2) if lines else ()
    full = frozenset(width for width in near if open_widths[width] * _FEW >= lines)
    return _Wrap(lines, edge, full, widths)


def _indents(rows: Sequence[_Line]) -> bool:
    """Whether paragraphs begin with an indent: most lines below a closed one do, most others do not."""
    begun = [after.indented for row, after in pairwise(rows) if not row.open]
    within = [after.indented for row, after in pairwise(rows) if row.open]
    return 2 * sum(begun) > len(begun) and 2 * sum(within) < len(within)


def _starts_anew(text: str, labels: Counter[str]) -> bool:
    """Whether a line opens a list item, a heading, somebody's turn to speak or a labelled line."""
    if re.match(_LIST_START, text):
        return True
    label = re.match(_LABEL, text)
    if label is None:
        return False
    return labels[label.group()] >= 2 or (len(label.group()) > 2 and label.group()[-2] not in _SAYING)
