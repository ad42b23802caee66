"""What is asked of a store, and the tables that every answer begins with: documents, rows, hits.

Each document gets the number of its row in the matrix, each mention the numbers of its document, row,
measure and status, so that all further counting is over small numbers in memory.
"""

from __future__ import annotations

from dataclasses import dataclass

from polcmp.model.comparison import AS_THEY_COME, UNDATED, MeasureInfo, RowOptions
from polcmp.model.mention import STATUSES
from polcmp.store.divisions import Divisions
from polcmp.store.literals import literal, texts
from polcmp.store.narrow import make_narrow, of_regions
from polcmp.store.places import LEVELS, names_of_divisions
from polcmp.store.reader import Store


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a store.

    Attributes:
        regions: short names to keep, none: all.
        measures: ids to keep, none: all.
        statuses: statuses to keep, none: all.
        min_score: lowest score that counts, not below that of the scan; None: as scanned.
        document: name of the one document to keep, ``""`` for all.
        rows: which rows of the matrix.
        evidence: mentions to name for each cell, strongest and most telling first; -1: everything there is
            behind the rows, as objects.
        evidence_in_all: most mentions to name for all cells shown together, as far as each keeps one; -1: no
            limit.
    """

    regions: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    min_score: float | None = None
    document: str = ""
    rows: RowOptions = AS_THEY_COME
    evidence: int = 0
    evidence_in_all: int = -1


def kept_measures(store: Store, question: Question) -> tuple[MeasureInfo, ...]:
    """The columns of the matrix, in the order of the taxonomy."""
    measures = store.manifest.measures
    return tuple(one for one in measures if not question.measures or one.id in question.measures)


def prepare(store: Store, question: Question) -> None:
    """Make the tables ``places``, ``docs``, ``columns`` and ``hits``.

    - ``places``: province, city, county of every region, and the name of its row;
    - ``docs``: number (by name, among all), document, row, region, date and sizes of each document that is
      kept;
    - ``columns``: place, number and id of each measure that is kept;
    - ``hits``: document, row, measure, status (rank) and score of each mention of those measures and
      documents; ``high`` whether it reaches the cut-off, ``wanted`` whether it counts.
    """
    make_narrow(store)
    _make_docs(store, question)
    kept = [one.id for one in kept_measures(store, question)]
    store.run(
        "CREATE TABLE columns AS SELECT k.measure, m.number, m.id FROM measures m JOIN "
        f"(SELECT CAST(unnest(range(?)) AS USMALLINT) AS measure, unnest({texts(kept)}) AS id) k USING (id)",
        (len(kept),),
    )
    some = of_regions(store, "t.region") if question.regions or question.document else "true"
    statuses = [STATUSES.index(one) for one in question.statuses or STATUSES]
    store.run(
        f"""
        CREATE TABLE hits AS
        SELECT t.doc, d.row, c.measure, t.status, t.score, t.score >= $low AS high,
               t.score >= $low AND t.status IN ({", ".join(map(str, statuses))}) AS wanted
        FROM tallies t JOIN docs d ON t.doc = d.number JOIN columns c ON t.measure = c.number WHERE {some}
        """.replace("$low", literal(question.min_score or 0.0))
    )


def _make_docs(store: Store, question: Question) -> None:
    by = question.rows.by
    store.run(f"CREATE TABLE wanted_regions AS SELECT unnest({texts(question.regions)}) AS region")
    kept = "d.region IN (FROM wanted_regions)" if question.regions else "true"
    if question.document:
        kept += " AND d.document = $document"
    join, name = "", {"region": "d.region", "year": _YEAR, "month": _MONTH}.get(by, "p.name")
    if by in LEVELS:
        _make_places(store, by, kept.replace("$document", "''"))
        join = "JOIN places p ON (d.province, d.city, d.county) = (p.province, p.city, p.county)"
    store.run(
        f"""
        CREATE TABLE named AS
        SELECT d.number, d.document, d.region, d.region_full, {name} AS name, d.date, d.characters,
               d.body_characters, d.part
        FROM papers d {join} WHERE {kept.replace("$document", "?")}
        """,
        (question.document,) if question.document else (),
    )
    # Rows are numbered in the order of the first document that names them.
    store.run(
        """
        CREATE TABLE row_numbers AS
        SELECT name, CAST(row_number() OVER (ORDER BY min(number)) - 1 AS UINTEGER) AS row
        FROM named GROUP BY name
        """
    )
    store.run(
        """
        CREATE TABLE docs AS SELECT r.row, n.* FROM named n JOIN row_numbers r USING (name)
        """
    )
    store.run("DROP TABLE named")


_YEAR = f"coalesce(printf('%04d', d.year), '{UNDATED}')"
_MONTH = f"coalesce(printf('%04d-%02d', d.month // 100, d.month % 100), '{UNDATED}')"


def _make_places(store: Store, by: str, kept: str) -> None:
    found = store.run(f"SELECT DISTINCT province, city, county FROM papers d WHERE {kept} ORDER BY ALL")
    names = names_of_divisions((Divisions(*one) for one in found), by)
    columns = [[*one, names[Divisions(*one)]] for one in found]
    province, city, county, name = map(list, zip(*columns, strict=True)) if columns else ([], [], [], [])
    store.run(
        f"CREATE TABLE places AS SELECT unnest({texts(province)}) AS province, "
        f"unnest({texts(city)}) AS city, unnest({texts(county)}) AS county, unnest({texts(name)}) AS name"
    )
