"""The matrix for a terminal: regions and measures side by side, a legend, denominators, evidence.

Decides the layout: which side the regions stand on, how wide the columns are, how many tables it takes.
"""

from __future__ import annotations

from dataclasses import dataclass

from polcmp.model.comparison import Cell, Comparison
from polcmp.render.canvas import GAP, Block, flow, grid, named, paint, wrapped
from polcmp.render.cells import cell_block, figure_columns, legend, status_columns
from polcmp.render.evidence import matrix_evidence
from polcmp.render.labels import counted, measure_label, region_label, status_word, word
from polcmp.render.notes import zero_notes
from polcmp.render.options import RenderOptions
from polcmp.render.plain import columns, wrap

LEAST_LABEL = 10
"""Fewest columns of the labels at the side: five Chinese characters, as most names of counties have."""

LEAST_CELL = 9
"""Fewest columns of a cell: ``✓ done x2``."""

WIDEST_WORD = 12
"""Longest word for which a column is made wider, so that it is not cut: ``Shareholding``."""

WIDEST_CELL = 28
"""Columns beyond which a cell gets no easier to read: a status, or a figure of eight characters."""

FEW_ROWS = 12
"""Up to this many rows stand apart by an empty line; more stand close, to fit a screen."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the matrix is laid out.

    Attributes:
        regions_down: whether a row is a region.
        label: columns of the labels at the side.
        cell: columns of every other column.
        at_once: columns of cells in one table; the others follow in further tables.
        short: whether statuses are written in short words.
    """

    regions_down: bool
    label: int
    cell: int
    at_once: int
    short: bool


def render(comparison: Comparison, options: RenderOptions) -> str:
    """The matrix as text of `options.width` columns.

    Below the matrix stand the legend (only of what occurs), what lies behind informative zeros and, if
    asked for, quotations.
    """
    lang, width = options.lang, max(40, options.width)
    if not comparison.regions:
        return paint([[(word("empty", lang), "")], *_counts(comparison, lang)], width, options.color)
    layout = choose_layout(comparison, width, lang, options.rows)
    lines = [*_counts(comparison, lang), []]
    lines += _tables(comparison, layout, lang)
    entries = legend(comparison.cells, lang, layout.short)
    if entries:
        lines += [[], *flow(entries, width)]
    notes = zero_notes(comparison, width, lang)
    if notes:
        lines += [[], *notes]
    if options.evidence:
        lines += [[], *matrix_evidence(comparison, options.evidence, width, lang)]
    return paint(lines, width, options.color)


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
    regions = [region_label(one, lang) for one in comparison.regions]
    measures = [measure_label(one, lang) for one in comparison.measures]
    full = status_columns(cells, lang, False)
    brief = max(status_columns(cells, lang, True), LEAST_CELL)
    fit = (width - LEAST_LABEL) // (brief + GAP)
    regions_down = rows == "regions" or (rows != "measures" and len(regions) > max(1, fit))
    down, across = (regions, measures) if regions_down else (measures, regions)
    brief = max([brief, *(min(_longest_word(name), WIDEST_WORD) for name in across)])
    at_once = min(max(1, (width - LEAST_LABEL) // (brief + GAP)), max(1, len(across)))
    wanted = max([full, brief, figure_columns(cells, lang), *map(columns, across)])
    natural = max([LEAST_LABEL, *map(columns, down), 24 if regions_down else 0])
    least = max([LEAST_LABEL, *(_narrowest(name) for name in down)])
    spare = width - at_once * (min(wanted, WIDEST_CELL) + GAP)
    label = max(LEAST_LABEL, min(natural, max(least, spare), width - at_once * (brief + GAP)))
    room = (width - label) // at_once - GAP
    return Layout(regions_down, label, min(room, wanted, WIDEST_CELL), at_once, room < full)


def _longest_word(name: str) -> int:
    """Columns of the longest stretch of a name that should stay on one line."""
    return max((columns(part) for part in name.split() if part.isascii()), default=0)


def _narrowest(name: str) -> int:
    """Fewest columns in which a name takes two lines at most and no word of it is cut."""
    width = max(LEAST_LABEL, _longest_word(name))
    while len(wrap(name, width)) > 2:
        width += 1
    return width


def _counts(comparison: Comparison, lang: str) -> Block:
    """What was compared, in numbers."""
    said = [
        counted("n_regions", sum(1 for one in comparison.regions if one.name), lang),
        counted("n_measures", len(comparison.measures), lang),
        counted("n_documents", len(comparison.documents), lang),
        counted("n_mentions", len(comparison.mentions), lang),
    ]
    if comparison.errors:
        said.append(counted("n_failed", len(comparison.errors), lang))
    statuses = comparison.settings.get("statuses")
    if isinstance(statuses, list):
        names = word("comma", lang).join(status_word(str(one), lang) for one in statuses)
        said.append(f"{word('only', lang)} {names}")
    return [[(word("comma", lang).join(said), "bold")]]


def _tables(comparison: Comparison, layout: Layout, lang: str) -> Block:
    """The matrix, in as many tables as its columns need."""
    lines: Block = []
    across = len(comparison.measures if layout.regions_down else comparison.regions)
    for first in range(0, max(across, 1), layout.at_once):
        if first:
            lines.append([])
        lines += _table(comparison, layout, lang, range(first, min(first + layout.at_once, across)))
    return lines


def _table(comparison: Comparison, layout: Layout, lang: str, shown: range) -> Block:
    """One table with the columns `shown`."""
    widths = [layout.label, *(layout.cell for _ in shown)]
    names = [region_label(one, lang) for one in comparison.regions]
    labels = [measure_label(one, lang) for one in comparison.measures]
    down, across = (names, labels) if layout.regions_down else (labels, names)
    corner = word("region" if layout.regions_down else "measure", lang)
    head = [wrapped(corner, layout.label, "dim"), *(named(across[at], layout.cell) for at in shown)]
    rule: list[Block] = [[[("-" * width, "dim")]] for width in widths]
    body: list[list[Block]] = []
    for row, name in enumerate(down):
        side = named(name, layout.label)
        if layout.regions_down:
            side += _denominators(comparison, row, layout.label, lang)
        cells = (_cell_at(comparison, row, at, layout.regions_down) for at in shown)
        body.append([side, *(cell_block(cell, layout.cell, lang, layout.short) for cell in cells)])
    lines = grid([head, rule], widths)
    lines += grid(body, widths, leading=1 if len(body) <= FEW_ROWS else 0)
    if not layout.regions_down:
        lines += grid([rule, *_denominator_rows(comparison, layout, lang, shown)], widths)
    return lines


def _cell_at(comparison: Comparison, row: int, column: int, regions_down: bool) -> Cell:
    """The cell of a row and a column; cells stand by region, then measure."""
    region, measure = (row, column) if regions_down else (column, row)
    return comparison.cells[region * len(comparison.measures) + measure]


def _denominators(comparison: Comparison, row: int, width: int, lang: str) -> Block:
    """Documents and characters of a region, under its name."""
    summary = comparison.regions[row]
    said = [
        counted("n_documents", summary.documents, lang),
        counted("n_characters", summary.characters, lang),
    ]
    joined = word("comma", lang).join(said)
    if columns(joined) <= width:
        return [[(joined, "dim")]]
    said = [counted("n_docs", summary.documents, lang), counted("n_chars", summary.characters, lang)]
    joined = word("comma", lang).join(said)
    return [[(joined, "dim")]] if columns(joined) <= width else [[(one, "dim")] for one in said]


def _denominator_rows(comparison: Comparison, layout: Layout, lang: str, shown: range) -> list[list[Block]]:
    """Documents and characters of each region, as the last rows."""
    rows: list[list[Block]] = []
    for key in ("documents", "characters"):
        numbers = [getattr(comparison.regions[at], key) for at in shown]
        rows.append(
            [wrapped(word(key, lang), layout.label, "dim"), *([[(f"{n:,}", "dim")]] for n in numbers)]
        )
    return rows
