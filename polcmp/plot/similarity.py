"""How far pairs of regions use the same measures, as a triangle of shades with the numbers in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polcmp.matrix import region_similarity
from polcmp.model.comparison import Comparison
from polcmp.plot.paper import bare, nothing_to_draw, sheet, widest
from polcmp.plot.words import said
from polcmp.render.labels import region_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_REGIONS = 150
"""More cannot be read."""

MOST_NUMBERS = 40
"""With more regions the shades stand without numbers."""

SHADES = "Blues"
"""One hue, from light to dark (ColorBrewer): the same order for all kinds of colour vision and in print."""

SIDE, SMALL_SIDE, LABEL = 0.55, 0.17, 0.35
"""Inches: side of a box with and without a number, height of a name above it."""


def draw(comparison: Comparison, lang: str) -> Figure:
    """Every pair of regions that have a name and a document, in the order of the comparison."""
    pairs = region_similarity(comparison)
    names = [one.name for one in comparison.regions if one.name and one.documents]
    if len(names) < 2:
        raise nothing_to_draw("there are fewer than two regions", "Name documents of several regions.")
    kept = names[:MOST_REGIONS]
    notes = [said("similarity_note", lang)]
    if len(kept) < len(names):
        notes.append(said("regions", lang, len(kept), all=f"{len(names):,}"))
    labels = [region_label(name, lang) for name in kept]
    numbers = len(kept) <= MOST_NUMBERS
    side = SIDE if numbers else SMALL_SIDE
    left = widest(labels[1:]) + 0.15
    size = side * (len(kept) - 1)
    page = sheet(said("similarity", lang), notes, left + size - side + widest(labels), size + LABEL)
    axes = page.axes(page.left + left, page.bottom + 0.1, size, size)
    _fill(axes, kept, {(one, other): value for one, other, value in pairs}, numbers)
    small = 9 if numbers else 6.5
    for at, label in enumerate(labels[:-1]):  # on the steps, where there is room for any name
        axes.text(at - 0.46, at - 0.56, label, ha="left", va="bottom", size=small)
    axes.set_xticks([])
    axes.set_yticks(range(len(kept) - 1), labels[1:], size=small)
    bare(axes)
    return page.figure


def _fill(axes: Axes, names: list[str], values: dict[tuple[str, str], float], numbers: bool) -> None:
    """The lower triangle: rows from the second region, columns to the last but one."""
    from matplotlib import colormaps
    from matplotlib.patches import Rectangle

    count = len(names) - 1
    axes.set_xlim(-0.5, count - 0.5)
    axes.set_ylim(count - 0.5, -0.5)
    shades = colormaps[SHADES]
    for row in range(count):
        for column in range(row + 1):
            value = values[names[column], names[row + 1]]
            axes.add_patch(
                Rectangle(
                    (column - 0.48, row - 0.48),
                    0.96,
                    0.96,
                    facecolor=shades(0.9 * value),
                    edgecolor="#C6D4E6",
                    linewidth=0.5,
                )
            )
            if numbers:
                ink = "white" if value > 0.62 else "#1A1A1A"
                axes.text(column, row, f"{100 * value:.0f}", ha="center", va="center", color=ink)
