"""Figures of the regions side by side, a panel for each measure and unit: units never share an axis."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING, NamedTuple

from polcmp.model.comparison import Comparison
from polcmp.model.mention import Figure
from polcmp.plot.paper import RULE, SOFT, nothing_to_draw, put, sheet, signs, widest, wrapped
from polcmp.plot.words import said
from polcmp.render.labels import measure_label, region_label
from polcmp.render.plain import figure_text, one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

MOST_PANELS, MOST_REGIONS = 12, 60
"""Panels on a page, and regions in one."""

ROW, PANEL, GAP, VALUES = 0.24, 2.7, 0.62, 1.15
"""Inches: height of a row, width of a panel's axis, what lies between panels above and below each other,
and the room to its right for what a sign stands for."""

WIDE_RANGE = 100
"""Times the smallest figure from which the largest makes a linear axis useless."""

NOT_A_QUANTITY = frozenset({"ratio"})


class Point(NamedTuple):
    """A region's leading figure in a unit."""

    region: int
    figure: Figure
    status: str


class Panel(NamedTuple):
    """One measure in one unit."""

    measure: int
    unit: str
    points: tuple[Point, ...]


def draw(comparison: Comparison, lang: str) -> Drawing:
    """The panels with the most regions first, then by measure and unit; two columns of them."""
    panels = panels_of(comparison)
    shared = [one for one in panels if len(one.points) > 1]
    if not panels:
        raise nothing_to_draw("no cell has a figure", "See what was found: polcmp compare.")
    kept = (shared or panels)[:MOST_PANELS]
    notes = [said("figures_note", lang)]
    if shared and len(panels) > len(shared):
        n = len(panels) - len(shared)
        notes.append(said("alone", lang, n))
    if len(shared or panels) > len(kept):
        notes.append(said("panels", lang, len(shared or panels) - len(kept)))
    names = [region_label(one, lang) for one in comparison.regions]
    left = widest(names[point.region] for one in kept for point in one.points) + 0.1
    across = min(2, len(kept))
    rows = [kept[at : at + across] for at in range(0, len(kept), across)]
    heights = [max(len(one.points) for one in row) * ROW + GAP for row in rows]
    width = left + PANEL + VALUES
    found = {point.status for one in kept for point in one.points}
    page = sheet(said("figures", lang), notes, across * width, sum(heights), signs(found, lang))
    top = page.bottom + page.height
    for row, height in zip(rows, heights, strict=True):
        for column, panel in enumerate(row):
            high = len(panel.points) * ROW
            axes = page.axes(page.left + column * width + left, top - GAP / 2 - high, PANEL, high)
            _panel(axes, panel, names, measure_label(comparison.measures[panel.measure], lang), lang)
        top -= height
    return page.figure


def panels_of(comparison: Comparison) -> list[Panel]:
    """What can be compared: for each measure and unit the first figure of each region in that unit.

    Figures of a cell are those of its status, the most telling first (`polcmp.model.comparison.Cell`).
    Ratios (6:3:1) are no quantity.
    """
    points: dict[tuple[int, str], dict[int, Point]] = {}
    count = len(comparison.measures)
    for at, cell in enumerate(comparison.cells):
        region, measure = divmod(at, count)
        for figure in cell.figures:
            if figure.unit not in NOT_A_QUANTITY and not figure.each:  # one a village is no total
                found = points.setdefault((measure, figure.unit), {})
                found.setdefault(region, Point(region, figure, cell.status))
    panels = [
        Panel(measure, unit, tuple(found.values())[:MOST_REGIONS])
        for (measure, unit), found in points.items()
    ]
    return sorted(panels, key=lambda one: (-len(one.points), one.measure, one.unit))


def _panel(axes: Axes, panel: Panel, names: list[str], measure: str, lang: str) -> None:
    """A row for each region: its sign, a line to the other end of a range, and the figure in words."""
    from matplotlib.ticker import NullFormatter

    values = [end for one in panel.points for end in _ends(one.figure)]
    unit = one_line(panel.unit) or said("no_unit", lang)
    logarithmic = min(values) > 0 and max(values) > WIDE_RANGE * min(values)
    title = f"{measure}, {unit}" + (f" ({said('log', lang)})" if logarithmic else "")
    if logarithmic:
        axes.set_xscale("log")
        axes.set_xlim(10 ** (log10(min(values)) - 0.15), 10 ** (log10(max(values)) + 0.1))
    else:
        low, high = min(0.0, *values), max(0.0, *values)
        room = (high - low or 1) * 0.04
        axes.set_xlim(low - room, high + room)
    axes.set_ylim(len(panel.points) - 0.5, -0.5)
    axes.set_title(title, pad=4)
    axes.set_yticks(range(len(panel.points)), [names[one.region] for one in panel.points])
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=7, colors=SOFT)
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    if not logarithmic:
        axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    axes.xaxis.set_minor_formatter(NullFormatter())
    for row, point in enumerate(panel.points):
        first, last = _ends(point.figure)
        if first != last:
            axes.plot([first, last], [row, row], color=SOFT, linewidth=2)
        put(axes, first, row, point.status)
        axes.annotate(
            _short(figure_text(point.figure, lang)),
            (1, row),
            xycoords=("axes fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            size=7.5,
        )


def _ends(figure: Figure) -> tuple[float, float]:
    return figure.value, figure.value if figure.high is None else figure.high


def _short(text: str) -> str:
    """A figure in the room there is."""
    lines = wrapped(text, VALUES * 1.1)
    return lines[0] + ("…" if len(lines) > 1 else "")
