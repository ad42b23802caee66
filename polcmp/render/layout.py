"""How the matrix is laid out in the columns there are. Measures names and cells, paints nothing.

rich divides a width among columns; which side the regions stand on, whether words must be short and
how many tables it takes, it cannot know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from polcmp.model.comparison import Comparison
from polcmp.render.canvas import GAP, line_starts, longest_word
from polcmp.render.cells import documents_columns, extras_columns, figure_columns, status_columns
from polcmp.render.labels import measure_label, row_labels, word
from polcmp.render.view_words import characters, characters_word

LEAST_LABEL = 10
"""Fewest columns of the labels at the side: five Chinese characters, as most names of counties have."""

LEAST_CELL = 9
"""Fewest columns of a cell: ``✓ done x2``."""

WHOLE_NAME = 14
"""Columns of names at the side up to which none is broken: seven Chinese characters."""

WIDEST_WORD = 12
"""Longest word for which a column is made wider where there is little room, so that it is not cut:
``Shareholding``. Where there is more, an eighth of the width (200 columns: words of 25 letters)."""

WIDEST_EXTRA = 10
"""Columns of a date: for a first report a column is made as wide, so that only the word before it goes on a
line of its own."""

WIDEST_CELL = 28
"""Columns beyond which a cell gets no easier to read: a status, or a figure of eight characters."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the matrix is laid out.

    Attributes:
        regions_down: whether a row is a region.
        label: columns of the labels at the side.
        numbers: columns of the documents and of the characters of a region, each in a column of its own;
            empty when they stand under its name or at the foot.
        cell: columns of every other column.
        at_once: columns of cells in one table; the others follow in further tables.
        short: whether statuses are written in short words.
    """

    regions_down: bool
    label: int
    numbers: tuple[int, ...]
    cell: int
    at_once: int
    short: bool


def choose_layout(comparison: Comparison, width: int, lang: str, rows: str) -> Layout:
    """The layout that reads best in `width` columns.

    Measures stand down and regions across, turned round when the regions do not fit. Full words when
    they fit, short ones otherwise.

    Args:
        comparison: with one region at least.
        width: columns of the whole, 40 or more.
        lang: of the labels.
        rows: ``measures``, ``regions`` or ``auto``.
    """
    cells = comparison.cells
    regions = row_labels(comparison, lang)
    measures = [measure_label(one, lang) for one in comparison.measures]
    full = status_columns(cells, lang, False)
    extras = extras_columns(cells, lang)
    brief = max(status_columns(cells, lang, True), LEAST_CELL, min(extras, WIDEST_EXTRA))
    longest = max(len(f"{max(one.documents, characters(one)):,}") for one in comparison.regions)
    fit = (width - LEAST_LABEL) // (max(brief, longest) + GAP)
    regions_down = rows == "regions" or (rows != "measures" and len(regions) > max(1, fit))
    down, across = (regions, measures) if regions_down else (measures, regions)
    narrow = max(LEAST_LABEL, longest) if regions_down else LEAST_LABEL  # no number is ever broken
    brief = brief if regions_down else max(brief, longest)
    brief = max([brief, *(min(longest_word(name), max(WIDEST_WORD, width // 8)) for name in across)])
    natural = max([narrow, *map(cell_len, down)])
    least = natural if natural <= WHOLE_NAME else max(map(_narrowest, down))
    numbers = _number_columns(comparison, lang) if regions_down else ()
    if least + sum(numbers) + GAP * len(numbers) + len(across) * (brief + GAP) > width:
        numbers = ()
    width -= sum(numbers) + GAP * len(numbers)
    at_once = min(max(1, (width - narrow) // (brief + GAP)), max(1, len(across)))
    said = max(extras, figure_columns(cells, lang), documents_columns(cells, lang))
    wanted = max([full, brief, said, *map(cell_len, across)])
    spare = width - at_once * (min(wanted, WIDEST_CELL) + GAP)
    label = max(narrow, min(natural, max(least, spare), width - at_once * (brief + GAP)))
    room = (width - label) // at_once - GAP
    return Layout(regions_down, label, numbers, min(room, wanted, WIDEST_CELL), at_once, room < full)


def _number_columns(comparison: Comparison, lang: str) -> tuple[int, int]:
    """Columns that the numbers of documents and of characters take, with their headings."""

    def most(heading: str, numbers: Sequence[int]) -> int:
        return max(cell_len(heading), *(len(f"{number:,}") for number in numbers))

    return (
        most(word("docs", lang), [one.documents for one in comparison.regions]),
        most(characters_word(comparison, lang, short=True), [characters(one) for one in comparison.regions]),
    )


def _narrowest(name: str) -> int:
    """Fewest columns in which a name takes two lines at most and no word of it is cut."""
    width = max(LEAST_LABEL, longest_word(name))
    while len(line_starts(name, width)) > 1:
        width += 1
    return width
