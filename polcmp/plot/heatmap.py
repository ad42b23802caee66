"""The matrix as a drawing: each cell a mark, its mentions and its leading figure, coloured by status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polcmp.model.comparison import Cell, Comparison
from polcmp.plot.paper import INK, RULE, Sheet, bare, nothing_to_draw, sheet, widest, wrapped
from polcmp.plot.words import said
from polcmp.render.grid import Grid, grid, legend, summary
from polcmp.render.labels import MARKS, status_word, times
from polcmp.render.palette import FILLS
from polcmp.render.plain import figure_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_ACROSS = 8
"""More regions than this stand down."""

MOST_REGIONS = 300
"""More cannot be read, and a page has an end."""

CELL_WIDTH, CELL_HEIGHT, LOW_CELL = 1.3, 0.55, 0.3
"""Inches; cells are low where regions stand down, without their figures."""

QUIET_FILL = ("#F4F4F4", "#595959")


def draw(comparison: Comparison, lang: str) -> Figure:
    """The matrix, in the order of the comparison."""
    if not comparison.regions or not comparison.measures:
        raise nothing_to_draw("there is no region or no measure", "Name documents.")
    shown = _first(grid(comparison, "auto", lang, MOST_ACROSS))
    heads = [wrapped(head, CELL_WIDTH - 0.1) for head in shown.heads]
    labels = ["\n".join(wrapped(label, 1.9)) for label in shown.labels]
    left = min(widest(labels), 2.0) + 0.15
    top = 0.18 * max(map(len, heads)) + 0.08
    height = LOW_CELL if shown.regions_down and len(labels) > MOST_ACROSS else CELL_HEIGHT
    size = len(heads) * CELL_WIDTH, len(labels) * height
    notes = [_legend(comparison, lang), summary(comparison, lang)]
    if len(labels) < len(comparison.regions) and shown.regions_down:
        notes.append(said("regions", lang, len(labels), all=f"{len(comparison.regions):,}"))
    page = sheet(said("heatmap", lang), notes, left + size[0], top + size[1] + 0.1)
    axes = _axes(page, left, size, (len(heads), len(labels)))
    for row, cells in enumerate(shown.cells):
        for column, cell in enumerate(cells):
            _draw_cell(axes, column, row, cell, lang, height > LOW_CELL)
    axes.set_xticks(range(len(heads)), ["\n".join(lines) for lines in heads])
    axes.set_yticks(range(len(labels)), labels)
    axes.xaxis.tick_top()
    bare(axes)
    return page.figure


def _first(shown: Grid) -> Grid:
    if not shown.regions_down:
        return shown
    return shown._replace(labels=shown.labels[:MOST_REGIONS], cells=shown.cells[:MOST_REGIONS])


def _axes(page: Sheet, left: float, size: tuple[float, float], count: tuple[int, int]) -> Axes:
    axes = page.axes(page.left + left, page.bottom + 0.1, *size)
    axes.set_xlim(-0.5, count[0] - 0.5)
    axes.set_ylim(count[1] - 0.5, -0.5)
    return axes


def _draw_cell(axes: Axes, column: int, row: int, cell: Cell, lang: str, high: bool) -> None:
    """A box in the colour of its status, with mark, number of mentions and, if there is room, a figure."""
    from matplotlib.patches import Rectangle

    key = cell.status or cell.zero
    empty = cell.zero == "not_mentioned"
    fill, ink = ("white", "#8C8C8C") if empty else FILLS.get(key, QUIET_FILL)
    edge = RULE if empty else "white"
    axes.add_patch(
        Rectangle((column - 0.48, row - 0.46), 0.96, 0.92, facecolor=fill, edgecolor=edge, linewidth=0.6)
    )
    first = MARKS.get(key, "") + (f" {status_word(cell.status, lang, short=True)}" if cell.status else "")
    first += f" {times(cell.total)}" if cell.total else ""
    figure = figure_text(cell.figures[0], lang) if cell.figures and high else ""
    axes.text(column, row - (0.2 if figure else 0), first, ha="center", va="center", color=ink, size=9)
    if figure:
        lines = wrapped(figure, CELL_WIDTH - 0.1)
        text = lines[0] + ("…" if len(lines) > 1 else "")
        axes.text(column, row + 0.22, text, ha="center", va="center", color=INK, size=7.5)


def _legend(comparison: Comparison, lang: str) -> str:
    """The marks that occur and what they mean."""
    entries = legend(comparison, lang)
    return "   ".join(one.replace(" ", "\N{NO-BREAK SPACE}") for one in entries)
