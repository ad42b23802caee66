"""What the head of a table's column says of the status of the cells under it.

Rows are lines whose cells `|` parts. Must not look at anything but the rows around an offset.
"""

from __future__ import annotations

from polcmp.context.headings import Ruling, heading_ruling

_MOST_ROWS = 200
"""Rows looked back for the head of a column."""

_LONGEST_HEAD = 12
"""Code points of a cell that may be a head."""


def column_ruling(text: str, offset: int) -> Ruling | None:
    """Status that the head of a column gives to its cells (问题, 下一步打算, 进展).

    Args:
        text: folded text.
        offset: where a stretch begins.

    Returns:
        None outside a table, and where the first row is no row of heads: short words without a figure. It is
        a heading (codebook, section Status), so that a cue in the cell itself goes before it.
    """
    start = text.rfind("\n", 0, offset) + 1
    column = text.count("|", start, offset)
    cells = _cells(text, start)
    if len(cells) < 2:
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
    if head is cells or any(len(cell) > _LONGEST_HEAD or any(map(str.isdigit, cell)) for cell in head):
        return None
    return heading_ruling(head[column])


def _cells(text: str, start: int) -> list[str]:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)].split("|")
