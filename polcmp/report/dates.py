"""When a measure is first reported: the earliest dated document of each region that says it is done.

A date is that of the document, not of the act: the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from polcmp.matrix.arrange import with_first
from polcmp.model.comparison import Cell, Comparison


def first_dates(
    comparison: Comparison, regions: Mapping[str, int], measures: Mapping[str, int]
) -> list[list[Any]] | None:
    """The earliest dated document for each region × measure that is implemented there.

    Args:
        comparison: the whole; where it was counted in a store, with first reports.
        regions: number of each region.
        measures: number of each measure.

    Returns:
        [measure, region, ISO date] each, by measure, date, region. A year alone stands before any day of it.
        None when the comparison does not tell: it holds only some of its mentions, and no first reports.
    """
    cells: Iterable[Cell] = comparison.cells
    asked = comparison.view is not None and comparison.view.options.first
    if not asked:
        if any(cell.total > len(cell.mentions) for cell in comparison.cells):
            return None
        cells = with_first(cells, comparison.mentions, comparison.documents)
    rows = [
        [measures[cell.measure], regions[cell.region], cell.first.date]
        for cell in cells
        if cell.first is not None
    ]
    return sorted(rows, key=lambda row: (row[0], row[2], row[1]))
