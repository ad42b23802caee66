"""The matrix as labels and cells, whichever side the regions stand on, for formats that draw tables."""

from __future__ import annotations

from typing import NamedTuple

from polcmp.model.comparison import Cell, Comparison
from polcmp.model.mention import STATUSES
from polcmp.render.labels import (
    MARKS,
    QUIET,
    counted,
    measure_label,
    row_labels,
    status_word,
    times,
    word,
)
from polcmp.render.plain import figure_text
from polcmp.render.view_words import (
    cell_extras,
    characters,
    characters_word,
    counts,
    explanations,
    part_shown,
    row_word,
)


class Grid(NamedTuple):
    """A matrix to be drawn.

    Attributes:
        regions_down: whether a row is a region.
        corner: what the rows are.
        heads: labels of the columns.
        labels: labels of the rows.
        cells: a tuple of cells for each row.
    """

    regions_down: bool
    corner: str
    heads: tuple[str, ...]
    labels: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]


def grid(comparison: Comparison, rows: str, lang: str, most_across: int) -> Grid:
    """The matrix with the regions across, or down.

    Args:
        comparison: its cells stand by region, then measure.
        rows: ``measures``, ``regions`` or ``auto``.
        lang: of the labels.
        most_across: with more regions than this, ``auto`` lets them stand down.
    """
    regions = row_labels(comparison, lang)
    measures = tuple(measure_label(one, lang) for one in comparison.measures)
    count = len(measures)
    if rows == "regions" or (rows != "measures" and len(regions) > most_across):
        cells = tuple(comparison.cells[at * count : (at + 1) * count] for at in range(len(regions)))
        return Grid(True, row_word(comparison, lang), measures, regions, cells)
    return Grid(
        False,
        word("measure", lang),
        regions,
        measures,
        tuple(comparison.cells[at::count] for at in range(count)),
    )


def cell_lines(cell: Cell, lang: str, *, mark: bool = True) -> list[str]:
    """What a cell says, harmless: mark, word and number of mentions; the leading figure; its documents.

    Args:
        cell: one region × one measure.
        lang: of the words.
        mark: whether to begin with the mark of the status; without it every zero is a word.
    """
    key = cell.status or cell.zero
    words = "" if mark and key in QUIET else status_word(key, lang)
    first = f"{MARKS.get(key, '')} {words}".strip() if mark else words
    lines = [f"{first} {times(cell.total)}" if cell.total else first]
    lines += [figure_text(one, lang) for one in cell.figures[:1]]
    if cell.documents > 1:
        said = counted("n_documents", cell.documents, lang)
        if cell.sources < cell.documents:
            said += word("comma", lang) + counted("n_sources", cell.sources, lang)
        lines.append(said)
    return lines + cell_extras(cell, lang)


def totals(comparison: Comparison, lang: str) -> tuple[tuple[str, list[int]], tuple[str, list[int]]]:
    """The denominators: their names, and the documents and characters of each region."""
    return (
        (word("documents", lang), [one.documents for one in comparison.regions]),
        (characters_word(comparison, lang), [characters(one) for one in comparison.regions]),
    )


def summary(comparison: Comparison, lang: str) -> str:
    """What was compared, in numbers (``5 regions, 5 measures …``), and which part of it is shown."""
    numbers = word("comma", lang).join(counts(comparison, lang))
    return word("stop", lang).join([numbers, *part_shown(comparison, lang)])


def legend(comparison: Comparison, lang: str) -> list[str]:
    """What the marks that occur mean, what a count is, and what rates and first reports are."""
    found = {cell.status or cell.zero for cell in comparison.cells}
    marks = [f"{MARKS[key]} {meaning(key, lang)}" for key in MARKS if key in found]
    counts = [word("explain.count", lang)] if any(cell.total for cell in comparison.cells) else []
    return marks + counts + explanations(comparison, lang)


def meaning(key: str, lang: str) -> str:
    """What a status or zero is, in words."""
    return status_word(key, lang) if key in STATUSES else word(f"explain.{key}", lang)
