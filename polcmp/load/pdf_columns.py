"""Pages of a PDF that are set in two columns: which lines stand in which, and the order to read them in.

Goes by where lines stand, and takes prose for columns: cells of tables are short and fill none. Must not know
what a text says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from polcmp.load.pdf_lines import Line, Page

_FEWEST = 5
"""Lines that each column has at least."""

_NARROWEST = 0.25
"""Share of the page's width that a column has at least."""

_FULL, _FULL_SHARE = 0.75, 0.5
"""Share of a column's width from which a line fills it, and of its lines that do."""

_MOST_CROSSING = 0.25
"""Lines that cross the gutter (titles, what stands above the columns), as a share of all."""

_SIDE_BY_SIDE = 0.5
"""Share of the shorter column's height that stands beside the other one."""


def in_columns(pages: Sequence[Page]) -> list[Page]:
    """The pages, the lines of those in two columns with their column and in the order of reading.

    A page on which the text ends has perhaps but one column: it is set like the others.
    """
    gutters = [_gutter(page.pieces, page.width) for page in pages]
    usual = Counter(round(one) for one in gutters if one is not None).most_common(1)
    arranged = []
    for page, gutter in zip(pages, gutters, strict=True):
        if (
            gutter is None
            and usual
            and not _crossing(page.pieces, usual[0][0]) > _MOST_CROSSING * len(page.pieces)
        ):
            gutter = float(usual[0][0])
        arranged.append(page if gutter is None else page._replace(lines=_arranged(page.pieces, gutter)))
    return arranged


def _arranged(pieces: Sequence[Line], gutter: float) -> tuple[Line, ...]:
    """Pieces with their column: 1 or 2, or 0 where they cross the gutter.

    The order stays, unless the file goes to and fro between the columns line by line.
    """
    lines = tuple(one._replace(column=_column(one, gutter)) for one in pieces)
    own = [one.column for one in lines if one.column]
    changes = sum(before != after for before, after in pairwise(own))
    if changes <= min(own.count(1), own.count(2)) / 2:
        return lines
    crossing = [one.top for one in lines if not one.column]
    ordered = sorted(
        lines, key=lambda one: (sum(top > one.top for top in crossing), one.column > 0, one.column)
    )
    return tuple(ordered)


def _column(line: Line, gutter: float) -> int:
    return 1 if line.right <= gutter else 2 if line.left >= gutter else 0


def _gutter(pieces: Sequence[Line], width: float) -> float | None:
    """Where the blank between two columns ends, in points from the left."""
    lefts = Counter(round(one.left) for one in pieces if one.left > _NARROWEST * width)
    usual = [left - 1.0 for left, count in lefts.most_common(6) if count >= _FEWEST - 2]
    fitting = [(_crossing(pieces, one), one) for one in usual if _parts_columns(pieces, one, width)]
    return min(fitting)[1] if fitting else None


def _crossing(pieces: Sequence[Line], gutter: float) -> int:
    return sum(not _column(one, gutter) for one in pieces)


def _parts_columns(pieces: Sequence[Line], gutter: float, width: float) -> bool:
    """Whether prose stands on both sides of a place, side by side, and hardly anything across it."""
    first, second = ([one for one in pieces if _column(one, gutter) == number] for number in (1, 2))
    if _crossing(pieces, gutter) > _MOST_CROSSING * len(pieces):
        return False
    if not (_is_prose(first, width) and _is_prose(second, width)):
        return False
    shared = min(_top(first), _top(second)) - max(_bottom(first), _bottom(second))
    heights = [_top(one) - _bottom(one) for one in (first, second)]
    return shared > _SIDE_BY_SIDE * min(heights)


def _is_prose(column: Sequence[Line], width: float) -> bool:
    """Whether most lines fill a column."""
    if len(column) < _FEWEST:
        return False
    strays = len(column) // 10  # running heads and page numbers may stand further out
    whole = sorted(one.right for one in column)[-1 - strays] - sorted(one.left for one in column)[strays]
    full = sum(one.right - one.left >= _FULL * whole for one in column)
    return whole >= _NARROWEST * width and full >= _FULL_SHARE * len(column)


def _top(lines: Sequence[Line]) -> float:
    return max(one.top for one in lines)


def _bottom(lines: Sequence[Line]) -> float:
    return min(one.bottom for one in lines)
