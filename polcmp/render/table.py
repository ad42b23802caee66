"""The matrix for a terminal: regions and measures side by side, a legend, denominators, evidence."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from polcmp.model.comparison import Cell, Comparison
from polcmp.render.canvas import Prose, balanced, flow, paint, ruled_table
from polcmp.render.cells import cell_content, legend
from polcmp.render.evidence import matrix_evidence
from polcmp.render.labels import (
    MARKS,
    STYLES,
    counted,
    measure_label,
    row_labels,
    status_word,
    word,
)
from polcmp.render.layout import Layout, choose_layout
from polcmp.render.notes import MOST_NOTES, cell_notes
from polcmp.render.options import RenderOptions
from polcmp.render.view_words import (
    characters,
    characters_word,
    counts,
    explanations,
    part_shown,
    row_word,
    said,
)


def render(comparison: Comparison, options: RenderOptions) -> str:
    """The matrix as text of `options.width` columns.

    Below the matrix stand the legend (only of what occurs), what lies behind informative zeros and, if
    asked for, quotations.
    """
    lang, width = options.lang, options.columns
    if not comparison.regions:
        return paint([word("empty", lang), _counts(comparison, lang)], options)
    layout = choose_layout(comparison, width, lang, options.rows)
    block: list[RenderableType] = [_counts(comparison, lang), *_tables(comparison, layout, lang)]
    block += [line for one in part_shown(comparison, lang) for line in ("", Prose(one))]
    entries = legend(comparison.cells, lang, layout.short)
    entries += [Text(one, "dim") for one in explanations(comparison, lang)]
    if entries:
        block += ["", flow(entries, width)]
    notes = _notes(comparison, lang)
    if notes:
        block += ["", *notes]
    if options.evidence:
        block += ["", *matrix_evidence(comparison, options.evidence, width, lang)]
    return paint(block, options)


SIDECAR_FAULT = "P306"
"""An error that costs no document: what a sidecar states is missing, its documents are read."""


def _counts(comparison: Comparison, lang: str) -> Prose:
    """What was compared, in numbers."""
    numbers = counts(comparison, lang)
    unread = sum(one.code != SIDECAR_FAULT for one in comparison.errors)
    if unread:
        numbers.append(counted("n_failed", unread, lang))
    statuses = comparison.settings.get("statuses")
    if isinstance(statuses, list):
        names = word("comma", lang).join(status_word(str(one), lang) for one in statuses)
        numbers.append(f"{word('only', lang)} {names}")
    return Prose(word("comma", lang).join(numbers), style="bold")


def _tables(comparison: Comparison, layout: Layout, lang: str) -> list[RenderableType]:
    """The matrix, in as many tables as its columns need."""
    across = len(comparison.measures if layout.regions_down else comparison.regions)
    tables: list[RenderableType] = []
    for first in range(0, max(across, 1), layout.at_once):
        shown = range(first, min(first + layout.at_once, across))
        make = _regions_down if layout.regions_down else _measures_down
        tables += ["", make(comparison, layout, lang, shown)]
    return tables


def _measures_down(comparison: Comparison, layout: Layout, lang: str, shown: range) -> Table:
    """A table with the regions `shown` across, and their documents and characters at its foot."""
    table = ruled_table(leading=1, footer=True)
    denominators = Text("\n".join((word("documents", lang), characters_word(comparison, lang))), "dim")
    table.add_column(Text(word("measure", lang), "dim"), denominators, width=layout.label)
    labels = row_labels(comparison, lang)[shown.start : shown.stop]
    for region, label in zip(comparison.regions[shown.start : shown.stop], labels, strict=True):
        numbers = Text(f"{region.documents:,}\n{characters(region):,}", "dim")
        table.add_column(balanced(label, layout.cell), numbers, width=layout.cell)
    for row, measure in enumerate(comparison.measures):
        cells = (_cell_at(comparison, at, row) for at in shown)
        table.add_row(
            balanced(measure_label(measure, lang), layout.label),
            *(cell_content(cell, layout.cell, lang, layout.short) for cell in cells),
        )
    return table


def _regions_down(comparison: Comparison, layout: Layout, lang: str, shown: range) -> Table:
    """A table with the measures `shown` across; documents and characters beside or under each region."""
    table = ruled_table(leading=1)
    corner = [row_word(comparison, lang)]
    heads = word("docs", lang), characters_word(comparison, lang, short=True)
    if not layout.numbers:
        corner.append("/".join(heads))
    table.add_column(Prose("\n".join(corner), style="dim"), width=layout.label)
    for head, size in zip(heads, layout.numbers, strict=False):
        table.add_column(Text(head, "dim"), width=size, justify="right")
    for measure in comparison.measures[shown.start : shown.stop]:
        table.add_column(balanced(measure_label(measure, lang), layout.cell), width=layout.cell)
    labels = row_labels(comparison, lang)
    for row, region in enumerate(comparison.regions):
        side: list[Text] = [balanced(labels[row], layout.label)]
        if layout.numbers:
            side += [Text(f"{number:,}", "dim") for number in (region.documents, characters(region))]
        else:
            numbers = f"{region.documents:,}/{characters(region):,}"
            if len(numbers) > layout.label:  # a number that is broken reads as two
                numbers = numbers.replace("/", "/\n")
            side[0].append(f"\n{numbers}", "not bold dim")
        if region.regions is not None:
            side[0].append(f"\n{said('n_region', lang, region.regions)}", "not bold dim")
        cells = (_cell_at(comparison, row, at) for at in shown)
        table.add_row(*side, *(cell_content(cell, layout.cell, lang, layout.short) for cell in cells))
    return table


def _cell_at(comparison: Comparison, region: int, measure: int) -> Cell:
    """The cell of a region and a measure; cells stand by region, then measure."""
    return comparison.cells[region * len(comparison.measures) + measure]


def _notes(comparison: Comparison, lang: str) -> list[RenderableType]:
    """The first `MOST_NOTES` of what lies behind empty cells."""
    notes = cell_notes(comparison, lang)
    table = Table.grid(padding=(0, 1, 0, 0))
    for cell, title, explained in notes[:MOST_NOTES]:
        note = Prose.assemble(f"{title}{word('colon', lang)}", (explained, "dim"))
        table.add_row(Text(MARKS[cell.zero], STYLES[cell.zero]), note)
    lines: list[RenderableType] = [table] if notes else []
    if len(notes) > MOST_NOTES:
        lines.append(Text(counted("n_more", len(notes) - MOST_NOTES, lang), "dim"))
    return lines
