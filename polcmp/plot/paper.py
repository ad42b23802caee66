"""What all drawings share: a sheet with title, notes and legend, widths of texts, signs of statuses.

Sizes are in inches. Nothing is told by colour alone: every status has a sign of its own shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

from polcmp.errors import UsageError
from polcmp.model.mention import STATUSES
from polcmp.render.labels import status_word
from polcmp.render.palette import EDGES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

CHECK = ((-0.5, 0.0), (-0.15, -0.38), (0.5, 0.42))
"""Corners of a check mark, in sizes of a sign."""

MARKERS = {"implemented": "check", "planned": ">", "called_for": "s", "lacking": "x"}
"""Sign of each status, in the shape of its mark in other formats (✓ ▸ ☐ ✗)."""

HOLLOW = "called_for"

STROKES = frozenset({"check", "x"})
"""Signs that are lines, and need thick ones."""

LETTER = 0.067
"""Width of a Latin letter of 9 points; a Chinese character takes two."""

TITLE, NOTE_LINE, MARGIN = 0.34, 0.19, 0.18

INK, SOFT, RULE = "#222222", "#595959", "#D9D9D9"

EDGE_OF_NOTHING = "#8C8C8C"


class Sheet(NamedTuple):
    """A figure and the box, in inches from its lower left corner, that the drawing may fill."""

    figure: Figure
    left: float
    bottom: float
    width: float
    height: float

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Axes in a box given in inches from the lower left corner of the figure."""
        across, up = self.figure.get_size_inches()
        return self.figure.add_axes((left / across, bottom / up, width / across, height / up))


def sheet(
    title: str, notes: Sequence[str], width: float, height: float, legend: Sequence[Line2D] = ()
) -> Sheet:
    """An empty sheet for a drawing of this size, with its title above and its notes and legend below."""
    from matplotlib.figure import Figure

    least = max(width, 4.5, inches(title) * 1.5)
    lines = [line for note in notes for line in wrapped(note, least)]
    low = MARGIN + NOTE_LINE * len(lines) + (0.32 if legend else 0)
    figure = Figure(figsize=(least + 2 * MARGIN, low + height + TITLE + MARGIN))
    across, up = figure.get_size_inches()
    figure.text(MARGIN / across, 1 - MARGIN / up, title, size=12, weight="bold", color=INK, va="top")
    for at, line in enumerate(reversed(lines)):
        figure.text(
            MARGIN / across, (MARGIN / 2 + NOTE_LINE * at) / up, line, size=8, color=SOFT, va="bottom"
        )
    if legend:
        figure.legend(
            handles=list(legend),
            loc="lower left",
            bbox_to_anchor=((MARGIN - 0.08) / across, (MARGIN / 2 + NOTE_LINE * len(lines)) / up),
            ncols=len(legend),
            frameon=False,
            fontsize=8.5,
            handletextpad=0.3,
            columnspacing=1.4,
            borderaxespad=0,
        )
    return Sheet(figure, MARGIN, low, least, height)


def nothing_to_draw(why: str, hint: str) -> UsageError:
    """The error of a drawing that would be empty."""
    return UsageError(f"there is nothing to draw: {why}", code="P438", where="plot", hint=hint)


def inches(text: str) -> float:
    """Width of a text's longest line at 9 points."""
    return max((_letters(line) * LETTER for line in text.split("\n")), default=0.0)


def _letters(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def widest(texts: Iterable[str]) -> float:
    """Width of the widest of some texts."""
    return max(map(inches, texts), default=0.0)


def wrapped(text: str, width: float) -> list[str]:
    """A text in lines of at most `width` inches, broken at spaces or between Chinese characters."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and inches(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line else lines


def _pieces(text: str) -> list[str]:
    """Latin words with the spaces behind them, Chinese characters with the marks that cling to them."""
    pieces: list[str] = []
    for one in text:
        wide = east_asian_width(one) in "WF"
        before = pieces[-1][-1] if pieces else " "
        fresh = before == " " or (wide and one not in "，。；：、）」")
        if before not in "（「" and (fresh or (not wide and one != " " and east_asian_width(before) in "WF")):
            pieces.append(one)
        else:
            pieces[-1] += one
    return pieces


def sign(status: str, size: float = 7, lang: str = "en") -> Line2D:
    """The sign of a status, with its word for a legend; ``""`` is a document without a mention."""
    from matplotlib.lines import Line2D
    from matplotlib.path import Path

    color = EDGES.get(status, EDGE_OF_NOTHING)
    shape = MARKERS.get(status, ".")
    return Line2D(
        [],
        [],
        linestyle="none",
        marker=Path(CHECK) if shape == "check" else shape,
        markersize=size,
        color=color,
        markerfacecolor="white" if status == HOLLOW else "none" if shape in STROKES else color,
        markeredgewidth=2 if shape in STROKES else 1.5,
        label=status_word(status, lang) if status else "",
    )


def signs(found: Iterable[str], lang: str) -> list[Line2D]:
    """A legend of the statuses that occur, from the strongest."""
    known = set(found)
    return [sign(status, lang=lang) for status in STATUSES if status in known]


def put(axes: Axes, x: float, y: float, status: str, size: float = 7) -> None:
    """Set a status' sign at a place."""
    one = sign(status, size)
    one.set_data([x], [y])
    one.set_zorder(3)
    one.set_clip_on(False)
    axes.add_line(one)


def bare(axes: Axes) -> None:
    """Take away frame and ticks, but not the labels."""
    axes.tick_params(length=0, colors=INK)
    for spine in axes.spines.values():
        spine.set_visible(False)
