"""Hard line wraps: which line breaks of a document fall inside a sentence.

Decided for a whole document from how long its lines are. Must not change text: it names breaks only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from polcmp.text.span import Span

_FINAL = "。!?;:…"
_CLOSERS = "\"')》】]"
_LIST_START = (
    r"[一二三四五六七八九十百]{1,3}[、.,]|[(【〔\[] ?[一二三四五六七八九十\d]{1,3} ?[)】〕\]]"
    r"|\d{1,2}(?:[、)]|\.(?!\d))|第[一二三四五六七八九十百零\d]{1,4}[章节条款编部]"
    r"|[●■◆▲▼★☆○◇□·※▪➤►*【#>〉]|[-—] |[①-⒇Ⅰ-Ⅻ]"
    r"|(?:来源|作者|编辑|责编|责任编辑|时间|日期|发布|审核|校对|记者|问|答):"
)
_SPEAKER = r"[\u4e00-\u9fff·]{1,6}:"
_WORD = r"[0-9A-Za-z.,%+\-/]{1,20}"
# Compiled on first use: most documents have no wraps, and start-up time counts.

_SHORTEST_WRAP = 16
_LONGEST_WRAP = 100
"""Widths of hard wraps met in practice lie between 30 and 80 columns; both bounds in code points."""

_TOLERANCE = 2
"""How far below the wrap width a full line may end: a mark kept off the next line, a word kept whole."""

_LONG_LINES = 0.10
"""Most that lines beyond the wrap width may hold, as a share of the text: captions, tables, footers."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    touches_next: bool  # no blank line behind it

    @property
    def open(self) -> bool:
        """Whether the line stops without a final mark, and has a next line right below."""
        bare = self.text.rstrip(_CLOSERS)
        return self.touches_next and not (bare and bare[-1] in _FINAL)


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
    rows = [_Line(text[start:end], not blank) for (start, end), blank in zip(lines, blank_after, strict=True)]
    by_characters = [len(row.text) for row in rows]
    best = _wrap_width(rows, by_characters)
    # Wrapped by display columns: a Chinese character takes two, so measure in halves.
    by_columns = [(len(row.text) + _wide(row.text) + 1) // 2 for row in rows]
    other = _wrap_width(rows, by_columns)
    widths, (count, width) = (by_columns, other) if other > best else (by_characters, best)
    if not count:
        return set()
    speakers = Counter(found.group() for row in rows if (found := re.match(_SPEAKER, row.text)))
    return {
        index
        for index, row in enumerate(rows[:-1])
        if row.open
        and widths[index] + _first_unit(rows[index + 1].text) > width - _TOLERANCE
        and not _starts_anew(rows[index + 1].text, speakers)
    }


def _mostly_long(lines: Sequence[Span]) -> bool:
    """Whether most text stands in lines that no wrap would leave so long: a cheap way out."""
    total = sum(end - start for start, end in lines)
    long = sum(end - start for start, end in lines if end - start > _LONGEST_WRAP * 2)
    return long > _LONG_LINES * total


def _wrap_width(rows: Sequence[_Line], widths: Sequence[int]) -> tuple[int, int]:
    """``(number of lines, width)``: where most open lines end; ``(0, 0)`` if nothing looks wrapped."""
    open_widths = Counter(width for row, width in zip(rows, widths, strict=True) if row.open)
    total = sum(widths)
    best = (0, 0)
    for limit in open_widths:
        if not _SHORTEST_WRAP <= limit <= _LONGEST_WRAP:
            continue
        count = sum(open_widths[limit - step] for step in range(_TOLERANCE + 1))
        beyond = sum(width for width in widths if width > limit + 1)
        if count >= 3 and beyond <= _LONG_LINES * total:
            best = max(best, (count, limit))
    count, _ = best
    # Lists of short titles have open lines of every length; wrapped prose has them at the edge.
    return (
        best if count * 2 >= sum(n for width, n in open_widths.items() if width >= _SHORTEST_WRAP) else (0, 0)
    )


def _wide(text: str) -> int:
    """Code points that take two columns on a terminal: here, all but ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def _first_unit(text: str) -> int:
    """Code points that could not be parted from the start of `text` when it was wrapped."""
    word = re.match(_WORD, text)
    return len(word.group()) if word else 1


def _starts_anew(text: str, speakers: Counter[str]) -> bool:
    """Whether a line opens a list item, a heading or somebody's turn to speak."""
    if re.match(_LIST_START, text):
        return True
    speaker = re.match(_SPEAKER, text)
    return speaker is not None and speakers[speaker.group()] >= 2
