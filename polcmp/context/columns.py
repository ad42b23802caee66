"""What the heads of a table's columns, or of its rows, say of the status of a cell.

Rows are lines whose cells `CELL` parts. Must not look at anything but the rows around an offset.
"""

from __future__ import annotations

from polcmp.context.headings import Ruling, heading_ruling
from polcmp.text.cells import CELL

_MOST_ROWS = 200
"""Rows looked back for the head of a column; in a longer table the rows behind have none."""

_LONGEST_HEAD = 12
"""Most code points of a cell that may be a head; set by hand: heads name, other cells tell."""

_MOST_CELLS = 200
"""Cells of a row; a longer one is a list that lost its line breaks, and is no table."""


def column_ruling(text: str, offset: int) -> Ruling | None:
    """Status that the head of a column, else the first cell of a row, gives to a cell (问题, 下一步打算).

    Args:
        text: folded text.
        offset: where a stretch begins.

    Returns:
        None outside a table, and where the first row is no row of heads: short words without a figure. It is
        a heading (codebook, section Status), so that a cue in the cell itself goes before it.
    """
    start = text.rfind("\n", 0, offset) + 1
    column = text.count(CELL, start, offset)
    cells = _cells(text, start)
    if not 2 <= len(cells) <= _MOST_CELLS:
        return None
    head = cells
    for _ in range(_MOST_ROWS):
        if start == 0:
            break
        start = text.rfind("\n", 0, start - 1) + 1
        above = _cells(text, start)
        if len(above) != len(cells):
            break
        head = above
    if head is not cells and all(map(_is_head, head)):
        ruling = heading_ruling(head[column])
        if ruling:
            return ruling
    return heading_ruling(cells[0]) if column and _is_head(cells[0]) else None


def _is_head(cell: str) -> bool:
    return len(cell) <= _LONGEST_HEAD and not any(map(str.isdigit, cell))


def _cells(text: str, start: int) -> list[str]:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)].split(CELL)
