"""Finds the cells of tables in raw text: rows are lines whose cells tabs or bars part.

Only tells where the marks stand; what a cell means is decided by others. Must not take a menu or a list of
headlines between bars for a table: its first row would have no heads, or its cells no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CELL = "¦"
"""What parts the cells of a row in folded text; a sentence ends with its cell."""

_BAR = re.compile(r"[|｜]")
_LINE = re.compile(r"[^\r\n]+")
_RULER = re.compile(r"[\s|｜:：+-]+")
_LONGEST_HEAD = 12
"""Most code points of a column's head; set by hand: heads name, other cells tell."""

_FEWEST_BARS = 2
"""Bars of a row: a single one parts a headline from the name of its site."""


def cell_marks(raw: str) -> list[int]:
    """Places of the tabs and bars that part cells.

    Args:
        raw: decoded text.

    Returns:
        Ascending. Of tabs: two or more in a line, or one where a line beside it has one too. Of bars: two or
        more, in lines that follow one another with equally many, of which the first holds short heads without
        a figure and a later one a figure.
    """
    tabbed, barred = "\t" in raw, "|" in raw or "｜" in raw
    if not (tabbed or barred):
        return []
    lines = [(found.start(), found.group()) for found in _LINE.finditer(raw) if not found.group().isspace()]
    marks = list(_by_tabs(lines)) if tabbed else []
    return sorted([*marks, *_by_bars(lines)]) if barred else marks


def _by_tabs(lines: list[tuple[int, str]]) -> Iterator[int]:
    counts = [line.strip().count("\t") for _, line in lines]
    for index, (start, line) in enumerate(lines):
        beside = counts[max(0, index - 1) : index] + counts[index + 1 : index + 2]
        if counts[index] >= _FEWEST_BARS or (counts[index] == 1 and 1 in beside):
            inside = len(line) - len(line.lstrip()), len(line.rstrip())
            yield from (start + at for at in range(*inside) if line[at] == "\t")


def _by_bars(lines: list[tuple[int, str]]) -> Iterator[int]:
    block: list[tuple[int, str]] = []
    for start, line in [*lines, (0, "")]:
        bars = len(_BAR.findall(line))
        if block and bars != len(_BAR.findall(block[0][1])):
            if _is_table([row for _, row in block]):
                yield from (at + bar.start() for at, row in block for bar in _BAR.finditer(row))
            block = []
        if bars >= _FEWEST_BARS:
            block.append((start, line))


def _is_table(rows: list[str]) -> bool:
    """Whether lines with equally many bars are a row of heads and rows of data."""
    heads = [cell.strip() for cell in _BAR.split(rows[0])]
    data = [row for row in rows[1:] if not _RULER.fullmatch(row)]
    return (
        all(len(head) <= _LONGEST_HEAD and not any(map(str.isdigit, head)) for head in heads)
        and sum(map(bool, heads)) >= _FEWEST_BARS
        and any(any(map(str.isdigit, row)) for row in data)
    )
