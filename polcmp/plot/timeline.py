"""When what was reported: mentions by the date of their document, a row for each region."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from polcmp.model.comparison import Comparison
from polcmp.model.mention import STATUSES
from polcmp.plot.paper import EDGE_OF_NOTHING, RULE, SOFT, nothing_to_draw, put, sheet, signs, widest
from polcmp.plot.words import said
from polcmp.render.labels import region_label
from polcmp.render.palette import EDGES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_REGIONS = 120
"""More cannot be read."""

LANE, AXIS, UNDATED = 0.17, 5.6, 0.7
"""Inches: height of a status' lane, width of the axis of time, and of the place for undated documents."""

FOOT = 0.5
"""Inches under the rows, for the ticks and the name of the axis."""


class Dated(NamedTuple):
    """The documents of a region and a date, on the axis of time.

    Attributes:
        region: number of its row.
        first: first day that its date may mean; None when it has none.
        last: last such day.
        counts: number of mentions of each status.
    """

    region: int
    first: date | None
    last: date | None
    counts: tuple[int, ...]


def draw(comparison: Comparison, lang: str) -> Figure:
    """Every document of the regions that have one; documents without a date stand apart."""
    rows = [one.name for one in comparison.regions if one.documents][:MOST_REGIONS]
    documents = dated(comparison, rows)
    if not any(one.first for one in documents):
        hint = "State dates in documents.yaml: report.txt: {date: 2022-04-12}."
        raise nothing_to_draw("no document has a date", hint)
    notes = [said("timeline_note", lang)]
    if len(rows) < sum(1 for one in comparison.regions if one.documents):
        notes.append(said("regions", lang, len(rows), all=f"{len(comparison.regions):,}"))
    lanes = [at for at in range(len(STATUSES)) if any(one.counts[at] for one in documents)] or [0]
    labels = [region_label(name, lang) for name in rows]
    left = widest(labels) + 0.15
    undated = UNDATED if any(not one.first for one in documents) else 0.0
    row = LANE * max(len(lanes), 2) + 0.1
    found = {STATUSES[at] for at in lanes if any(one.counts[at] for one in documents)}
    height = row * len(rows)
    page = sheet(
        said("timeline", lang), notes, left + undated + AXIS + 0.25, height + FOOT + 0.1, signs(found, lang)
    )
    axes = page.axes(page.left + left + undated, page.bottom + FOOT, AXIS, height)
    aside = page.axes(page.left + left, page.bottom + FOOT, undated, height) if undated else None
    _set_out(axes, aside, documents, labels, lang)
    for one in documents:
        _place(axes if one.first else aside, one, lanes)
    return page.figure


def dated(comparison: Comparison, rows: list[str]) -> list[Dated]:
    """Rows and dates with a document: the days that the date may mean, and the mentions by status."""
    counts: Counter[tuple[str, str]] = Counter((one.document, one.status) for one in comparison.mentions)
    places = {name: at for at, name in enumerate(rows)}
    gathered: dict[tuple[int, date | None, date | None], list[int]] = {}
    for facts in comparison.documents:
        if facts.location.name in places:
            key = (places[facts.location.name], *span_of(facts.date))
            found = gathered.setdefault(key, [0] * len(STATUSES))
            for at, status in enumerate(STATUSES):
                found[at] += counts[facts.name, status]
    documents = [Dated(*key, tuple(found)) for key, found in gathered.items()]
    return sorted(documents, key=lambda one: (one.region, one.first or date.min, one.last or date.min))


def span_of(text: str) -> tuple[date | None, date | None]:
    """First and last day an ISO date (``2022``, ``2022-04``, ``2022-04-12``) may mean; None for no date."""
    try:
        numbers = [int(one) for one in text.split("-")]
        if len(numbers) == 3:
            day = date(*numbers)
            return day, day
        if len(numbers) == 2:
            year, month = numbers
            return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
    except ValueError:
        return None, None


def _set_out(axes: Axes, aside: Axes | None, documents: list[Dated], labels: list[str], lang: str) -> None:
    """Rows, ticks and the axis of time; half a year of room where all documents are of about one day."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    first = min(one.first for one in documents if one.first)
    last = max(one.last for one in documents if one.last)
    room = max((last - first) * 0.06, timedelta(days=20))
    if last - first < timedelta(days=180):
        room = max(room, timedelta(days=90))
    axes.set_xlim(first - room, last + room)  # type: ignore[arg-type]
    locator = AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(
        ConciseDateFormatter(  # type: ignore[no-untyped-call]
            locator,
            formats=["%Y", "%Y-%m", "%m-%d"] + ["%H"] * 3,
            zero_formats=[""] + ["%Y"] * 5,
            show_offset=False,
        )
    )
    axes.set_xlabel(said("timeline_axis", lang), size=8, color=SOFT)
    for one in (axes, aside):
        if one is None:
            continue
        one.set_ylim(len(labels) - 0.5, -0.5)
        one.set_yticks(range(len(labels)), [] if one is axes and aside else labels)
        one.tick_params(axis="y", length=0)
        one.tick_params(axis="x", colors=SOFT, labelsize=8)
        for at in range(len(labels) + 1):
            one.axhline(at - 0.5, color=RULE, linewidth=0.6)
        one.spines["left"].set_visible(False)
    if aside is not None:
        aside.set_xlim(-1, 1)
        aside.set_xticks([0], [said("undated", lang)])
        aside.spines["right"].set_visible(True)
        aside.spines["right"].set_color(RULE)


def _place(axes: Axes | None, one: Dated, lanes: list[int]) -> None:
    """The signs of a date, one below the other, each with its number of mentions."""
    if axes is None:
        return
    first, last = (_number(one.first), _number(one.last)) if one.first and one.last else (0.0, 0.0)
    middle = (first + last) / 2
    found = [at for at in lanes if one.counts[at]]
    for at in found or [lanes[0]]:
        lane = lanes.index(at)
        y = one.region + (lane - (len(lanes) - 1) / 2) * 0.8 / max(len(lanes), 2)
        status = STATUSES[at] if found else ""
        if first != last:
            axes.plot(
                [first, last], [y, y], color=EDGES.get(status, EDGE_OF_NOTHING), linewidth=1.2, alpha=0.6
            )
        put(axes, middle, y, status, 6)
        if found:
            axes.annotate(
                f"{one.counts[at]}",
                (middle, y),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                size=7,
                color=SOFT,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
            )


def _number(day: date) -> float:
    """A day as matplotlib counts them."""
    from matplotlib.dates import date2num

    return float(date2num(day))  # type: ignore[no-untyped-call]
