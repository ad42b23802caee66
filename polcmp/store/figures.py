"""The leading figures of cells, chosen in SQL.

The order is that of `polcmp.matrix.figures.leading_figures`, term by term (a test holds the two together);
it is told twice because a province's cell chooses among the figures of a hundred thousand mentions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from polcmp.matrix.figures import PASSING_UNITS, RATES, about, tells_how_much, wants_rate
from polcmp.model.mention import Figure
from polcmp.store.count import CellKey
from polcmp.store.narrow import SHOWN, of_regions
from polcmp.store.question import Question, kept_measures
from polcmp.store.reader import Store
from polcmp.text.span import Span

MOST = 4
"""Figures of a cell that are fetched: the matrix shows one, the view of a measure four."""


def find_figures(store: Store, question: Question) -> dict[CellKey, tuple[Figure, ...]]:
    """The first `MOST` leading figures of the cells shown; see `polcmp.store.count.count_cells`."""
    measures = kept_measures(store, question)
    store.run(_BEST)
    words, rates = [about(one) for one in measures], [wants_rate(one) for one in measures]
    some = of_regions(store, "t.region", SHOWN)
    found = store.run(_SQL.replace("$some", some), (words, rates, question.min_score or 0.0))
    leading = {(place, measure): tuple(map(_figure, figures)) for place, measure, figures in found}
    return {cell: figures for cell, figures in leading.items() if tells_how_much(figures[0])}


def _figure(row: Mapping[str, Any]) -> Figure:
    span = Span(row["start"], row["end"])
    words = (row["unit"], row["of"], row["bound"])
    return Figure(row["text"], row["value"], row["high"], *words, span, row["each"])


def _texts(values: Collection[str]) -> str:
    return ", ".join(f"'{one}'" for one in sorted(values))


_BEST = """
    CREATE TABLE best AS
    SELECT s.place, s.row, h.measure, min(h.status) AS status
    FROM hits h JOIN shown s USING (row) WHERE h.wanted GROUP BY ALL
"""

_CHOSEN = """
    SELECT b.place, b.measure, t.doc, t.f, t.pieces, t.inside,
           CAST(? AS VARCHAR[])[b.measure + 1] AS about, CAST(? AS BOOLEAN[])[b.measure + 1] AS rate
    FROM telling t JOIN docs d ON t.doc = d.number JOIN columns c ON t.measure = c.number
    JOIN best b ON b.row = d.row AND b.measure = c.measure AND b.status = t.status
    WHERE t.score >= ? AND $some
"""

_KIND = f"""
    CASE WHEN f.unit IN ({_texts(RATES)}) THEN CASE WHEN rate THEN 0 ELSE 3 END
         WHEN contains(f.unit, '元') THEN CASE WHEN contains(f.unit, '/') THEN 1 ELSE 2 END
         WHEN rate THEN 3 ELSE 0 END
"""

_AFFINITY = """
    CASE WHEN length(f.of) >= 2 AND contains(about, lower(right(f.of, 2))) THEN 2
         WHEN f.of <> '' AND contains(about, lower(right(f.of, 1))) THEN 1 ELSE 0 END
"""

_RANK = f"""
    row(split_part(f.unit, '/', 1) IN ({_texts(PASSING_UNITS)}),
        f."each",
        NOT inside,
        {_KIND},
        f.unit NOT IN ({_texts(RATES)}) AND largest <= 1,
        -pieces,
        -({_AFFINITY}),
        -largest,
        doc, f."start", f.text, f.of)
"""

_SQL = f"""
    WITH chosen AS (
        SELECT *, greatest(f.value, coalesce(f.high, 0)) AS largest
        FROM ({_CHOSEN})
    ),
    once AS (
        SELECT place, measure, arg_min(f, {_RANK}) AS f, min({_RANK}) AS rank
        FROM chosen GROUP BY place, measure, f.value, f.high, f.unit, f.of, f.bound, f."each"
    )
    SELECT place, measure, arg_min(f, rank, {MOST}) FROM once GROUP BY place, measure
"""
