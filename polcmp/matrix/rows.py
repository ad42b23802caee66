"""Which rows a matrix shows, and in which order: the rules, apart from where the numbers come from.

Shared by comparisons in memory (`polcmp.matrix.arrange`) and those counted in a store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from polcmp.errors import UsageError
from polcmp.model.comparison import (
    AUTO_SIZE,
    MOST_WHOLE,
    ROW_ORDERS,
    UNDATED,
    Cell,
    Rates,
    RegionSummary,
    RowOptions,
    View,
)
from polcmp.model.mention import STATUSES

NO_DATE = "9999"
"""Sorts behind every date."""

PAGE = 20
"""Rows of a page where there are more: one screen."""

Place = tuple[str, ...]
"""What a row is made from: a region's name, a year, or a division with those above it, the widest first."""


class RowFigures(NamedTuple):
    """A row of the whole matrix, as far as its place among the others needs it.

    Attributes:
        summary: name and denominators.
        mentions: number of its mentions.
        first: date of the earliest report of any measure as implemented, ``""`` for none.
        status: strongest status in the measure that rows are sorted by, ``""`` for none.
        of_measure: number of mentions of that measure.
    """

    summary: RegionSummary
    mentions: int
    first: str = ""
    status: str = ""
    of_measure: int = 0


def ordered(rows: Iterable[RowFigures], options: RowOptions) -> list[RowFigures]:
    """Rows in the order that was asked for, the one without a name last.

    Args:
        rows: in the order of the first document that names them.
        options: `sort` is one of `ROW_ORDERS`, a measure's id or ``""``.

    Returns:
        Rows; those alike in what they are sorted by stay in the order given, or by name when they are
        no regions.
    """
    found = list(rows)
    if options.by != "region" or options.sort == "name":
        found.sort(key=lambda row: row.summary.name)
    if options.sort in _KEYS:
        found.sort(key=_KEYS[options.sort])
    elif options.sort not in ("", *ROW_ORDERS):
        found.sort(key=_by_measure)
    found.sort(key=lambda row: not is_named(row.summary))
    return found


def order_warnings(rows: Iterable[RowFigures], options: RowOptions) -> tuple[str, ...]:
    """That nothing tells the rows apart by what they are to be sorted by, for then they look sorted.

    Args:
        rows: of the whole matrix.
        options: as for `ordered`.
    """
    kept = "in the order of documents" if options.by == "region" else "by name"
    if options.sort == "first":
        if any(row.first for row in rows):
            return ()
        return (f"--sort first: no dated document reports a measure as implemented; rows stay {kept}",)
    if options.sort in ("", *ROW_ORDERS) or any(row.of_measure for row in rows):
        return ()
    return (f"--sort {options.sort}: nothing of this measure was found; rows stay {kept}",)


FIRST_LEAVES_OUT = "first reports leave out documents without a date"
"""Beginning of the warning of `undated_warnings`, for those who ask for no first reports and get them."""


def undated_warnings(undated: int, documents: int, mentions: int) -> tuple[str, ...]:
    """That first reports are not those of all documents.

    Args:
        undated: documents without a date.
        documents: all documents.
        mentions: of measures as implemented, in undated documents.
    """
    if not undated:
        return ()
    return (
        f"{FIRST_LEAVES_OUT}: {undated:,} of {documents:,}, with {mentions:,} "
        f"mention{'s' * (mentions != 1)} of measures as implemented",
    )


def is_named(row: RegionSummary) -> bool:
    """Whether a row is a known region or time."""
    return row.name not in ("", UNDATED)


_KEYS: Mapping[str, Callable[[RowFigures], int | str]] = {
    "documents": lambda row: -row.summary.documents,
    "mentions": lambda row: -row.mentions,
    "first": lambda row: row.first or NO_DATE,
}


def _by_measure(row: RowFigures) -> tuple[int, int]:
    rank = STATUSES.index(row.status) if row.status else len(STATUSES)
    return rank, -row.of_measure


def settled(options: RowOptions, rows: int) -> RowOptions:
    """Options for so many rows: `AUTO_SIZE` becomes a number, and rows that do not all fit are sorted.

    Up to `MOST_WHOLE` rows are shown as they come; of more the first `PAGE` with the most mentions.
    """
    if options.page_size != AUTO_SIZE:
        return options
    if rows <= MOST_WHOLE and options.page == 1:
        return options._replace(page_size=0)
    return options._replace(page_size=PAGE, sort=options.sort or "mentions")


def page_of(rows: Sequence[RowFigures], options: RowOptions) -> range:
    """Indices of the rows on the page that was asked for.

    Raises:
        UsageError: P414 there is no such page.
    """
    size = options.page_size or max(len(rows), 1)
    pages = max(1, -(-len(rows) // size))
    if not 1 <= options.page <= pages:
        raise UsageError(
            f"there is no page {options.page}: {len(rows):,} rows of {size:,} a page make "
            f"{pages:,} page{'s' * (pages != 1)}",
            code="P414",
            where="--page",
            hint=f"Give a number from 1 to {pages:,}.",
        )
    first = (options.page - 1) * size
    return range(first, min(first + size, len(rows)))


def view_of(rows: Sequence[RowFigures], shown: range, options: RowOptions) -> View:
    """How the whole matrix is, for those who see a part of it."""
    return View(
        options=options,
        first_row=shown.start + 1 if shown else 0,
        rows=len(rows),
        named_rows=sum(1 for row in rows if is_named(row.summary)),
        documents=sum(row.summary.documents for row in rows),
        mentions=sum(row.mentions for row in rows),
    )


def period(date: str, by: str) -> str:
    """The year (``2021``) or month (``2021-03``) of a date, `UNDATED` when it does not say."""
    year, _, rest = date.partition("-")
    month = rest.partition("-")[0]
    if not year.isdecimal() or (by == "month" and not month.isdecimal()):
        return UNDATED
    return f"{int(year):04}" if by == "year" else f"{int(year):04}-{int(month):02}"


def with_rates(cells: Iterable[Cell], rows: Iterable[RegionSummary]) -> list[Cell]:
    """Cells with their rates; `rows` have their `body_characters`."""
    of_name = {row.name: row for row in rows}
    return [cell._replace(rates=_rates(cell, of_name[cell.region])) for cell in cells]


def _rates(cell: Cell, row: RegionSummary) -> Rates | None:
    if not row.documents or not row.body_characters:
        return None
    return Rates(cell.total / row.documents, cell.total * 10_000 / row.body_characters)


def row_names(places: Iterable[Place]) -> dict[Place, str]:
    """A name for each place: its own, led by as many of those above it as it takes to be the only one.

    鼓楼区 stands in four cities: with two of them in a corpus the rows are 南京市鼓楼区 and 福州市鼓楼区.
    An empty place, or one whose last name is empty, has the name ``""``.
    """
    known = sorted(set(places))
    names = {place: place[-1] if place else "" for place in known}
    for depth in range(2, max(map(len, known), default=0) + 1):
        counts = Counter(name for name in names.values() if name)
        for place, name in names.items():
            if counts[name] > 1:
                names[place] = "".join(place[-depth:])
    return names
