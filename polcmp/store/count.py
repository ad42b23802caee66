"""Rows, cells and their zeros counted in SQL; only what is shown becomes an object.

Says the same as `polcmp.matrix.build` and `polcmp.matrix.arrange` of the same documents (tested); needs the
tables of `polcmp.store.question.prepare`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from polcmp.matrix.rows import RowFigures, with_rates
from polcmp.model.comparison import Cell, FirstReport, RegionSummary, RowOptions
from polcmp.model.mention import STATUSES, Figure
from polcmp.store.literals import numbers
from polcmp.store.narrow import SHOWN, of_regions
from polcmp.store.question import Question, kept_measures
from polcmp.store.reader import Store

CellKey = tuple[int, int]
"""Numbers of a row and a measure."""


def count_rows(store: Store, options: RowOptions) -> list[RowFigures]:
    """Every row with its denominators, in the order of the first document that names it.

    The n-th has the number n in ``docs`` and ``hits``.
    """
    found = store.run(
        """
        SELECT name, first(region_full ORDER BY length(region_full) DESC, document), count(*),
               sum(characters), sum(body_characters), count(DISTINCT nullif(region, ''))
        FROM docs GROUP BY row, name ORDER BY row
        """
    )
    mentions = dict(store.run("SELECT row, count(*) FROM hits WHERE wanted GROUP BY row"))
    firsts = dict(store.run(_FIRSTS)) if options.sort == "first" else {}
    of_measure: dict[int, tuple[int, int]] = {
        row: (status, count)
        for row, status, count in store.run(
            "SELECT row, min(status), count(*) FROM hits JOIN columns USING (measure) "
            "WHERE wanted AND id = ? GROUP BY row",
            (options.sort,),
        )
    }
    region = options.by == "region"
    rows = []
    for number, (name, full, documents, characters, body, regions) in enumerate(found):
        status, count = of_measure.get(number, (None, 0))
        summary = RegionSummary(
            name,
            full if region else name,
            documents,
            int(characters),
            int(body) if options.rates else None,
            None if region else regions,
        )
        said = "" if status is None else STATUSES[status]
        rows.append(RowFigures(summary, mentions.get(number, 0), firsts.get(number, ""), said, count))
    return rows


_FIRSTS = """
    SELECT h.row, min(d.date) FROM hits h JOIN docs d ON d.number = h.doc
    WHERE h.wanted AND h.status = 0 AND d.date <> '' GROUP BY h.row
"""


def show_rows(store: Store, rows: Sequence[int]) -> None:
    """Make the table ``shown``: the numbers of the rows to show, with their places from 0."""
    store.run(
        f"CREATE TABLE shown AS SELECT unnest({numbers(rows)}) AS row, "
        f"unnest({numbers(range(len(rows)))}) AS place"
    )


def count_cells(
    store: Store,
    question: Question,
    summaries: Sequence[RegionSummary],
    figures: Mapping[CellKey, tuple[Figure, ...]],
    ids: Mapping[CellKey, tuple[str, ...]],
) -> tuple[Cell, ...]:
    """The cells of the rows shown, by row then measure.

    Args:
        store: with the tables of `prepare` and `show_rows`, and ``copies``.
        question: what was asked.
        summaries: the rows shown, in order.
        figures: leading figures of cells, by the place of the row and the number of the measure.
        ids: mentions to name.
    """
    filled = _filled(store)
    firsts = _first_reports(store, question) if question.rows.first else {}
    zeros = _zeros(store)
    cells = []
    for place, summary in enumerate(summaries):
        for number, measure in enumerate(kept_measures(store, question)):
            key = (place, number)
            if key in filled:
                status, score, documents, sources, *counts = filled[key]
                cells.append(
                    Cell(
                        region=summary.name,
                        measure=measure.id,
                        status=STATUSES[status],
                        zero="",
                        mentions=ids.get(key, ()),
                        documents=documents,
                        sources=sources,
                        score=score,
                        figures=figures.get(key, ()),
                        by_status=(counts[0], counts[1], counts[2], counts[3]),
                        first=firsts.get(key),
                    )
                )
            else:
                zero = zeros.get(key, "not_mentioned")
                cells.append(Cell(summary.name, measure.id, "", zero, (), 0, 0, 0.0, (), (0, 0, 0, 0)))
    return tuple(with_rates(cells, summaries) if question.rows.rates else cells)


def _filled(store: Store) -> dict[CellKey, list[Any]]:
    """Strongest status, highest score, documents, sources and mentions by status of each filled cell."""
    by_status = ", ".join(f"count(*) FILTER (status = {rank})" for rank in range(len(STATUSES)))
    found = store.run(
        f"""
        SELECT s.place, h.measure, min(h.status), max(h.score), count(DISTINCT h.doc),
               count(DISTINCT coalesce(c.leader, h.doc)), {by_status}
        FROM hits h JOIN shown s USING (row) LEFT JOIN copies c USING (doc)
        WHERE h.wanted GROUP BY s.place, h.measure
        """
    )
    return {(place, measure): rest for place, measure, *rest in found}


def _zeros(store: Store) -> dict[CellKey, str]:
    """Why cells without a mention are empty; reasons rank as in `polcmp.matrix.build`."""
    hits = "SELECT s.place, h.measure, {} AS rank FROM hits h JOIN shown s USING (row) WHERE {}"
    hidden, low = hits.format(0, "h.high AND NOT h.wanted"), hits.format(1, "NOT h.high")
    dropped = f"""
        SELECT s.place, c.measure, x.rank
        FROM voids x JOIN docs d ON x.doc = d.number JOIN shown s USING (row)
        JOIN columns c ON x.measure = c.number WHERE {of_regions(store, "x.region", SHOWN)}
    """
    found = store.run(
        f"SELECT place, measure, min(rank) FROM ({hidden} UNION ALL {low} UNION ALL {dropped}) GROUP BY ALL"
    )
    names = ("other_status", "near_miss", "dropped_only")
    return {(place, measure): names[rank] for place, measure, rank in found}


def _first_reports(store: Store, question: Question) -> dict[CellKey, FirstReport]:
    """The first reports of the cells shown; the rule is that of `polcmp.matrix.arrange.with_first`."""
    store.run(
        """
        CREATE TABLE firsts AS
        SELECT s.place, h.measure, arg_min(d.number, row(d.date, d.number)) AS number
        FROM hits h JOIN shown s USING (row) JOIN docs d ON d.number = h.doc
        WHERE h.wanted AND h.status = 0 AND d.date <> '' GROUP BY s.place, h.measure
        """
    )
    found: list[tuple[Any, ...]] = store.run(
        f"""
        SELECT f.place, f.measure, d.date, d.document,
               arg_min(coalesce(a.other, t.id), row(t."start", t."end", coalesce(a.other, t.id)))
        FROM firsts f JOIN docs d USING (number) JOIN columns c USING (measure)
        JOIN tallies t ON t.doc = d.number AND t.measure = c.number
        LEFT JOIN again a ON a.doc = t.doc AND a.id = t.id
        WHERE t.status = 0 AND t.score >= ? AND {of_regions(store, "t.region", SHOWN)} GROUP BY ALL
        """,
        (question.min_score or 0.0,),
    )
    return {(place, measure): FirstReport(*rest) for place, measure, *rest in found}
