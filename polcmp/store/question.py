"""What is asked of a store, and the tables that every answer begins with: documents, rows, hits.

Each document gets the number of its row in the matrix, each mention the numbers of its document, row,
measure and status, so that all further counting is over small numbers in memory.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from polcmp.model.comparison import AS_THEY_COME, UNDATED, MeasureInfo, RowOptions
from polcmp.model.mention import STATUSES
from polcmp.store.divisions import Divisions
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
    """

    regions: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    min_score: float | None = None
    document: str = ""
    rows: RowOptions = AS_THEY_COME
    evidence: int = 0


def kept_measures(store: Store, question: Question) -> tuple[MeasureInfo, ...]:
    """The columns of the matrix, in the order of the taxonomy."""
    measures = store.manifest.measures
    return tuple(one for one in measures if not question.measures or one.id in question.measures)


def prepare(store: Store, question: Question) -> None:
    """Make the tables ``places``, ``docs``, ``columns`` and ``hits``.

    - ``places``: province, city, county of every region, and the name of its row;
    - ``docs``: number (by name), document, row, region, date and sizes of each document that is kept;
    - ``columns``: number and id of each measure that is kept;
    - ``hits``: document, row, measure, status (rank) and score of each mention of those measures and
      documents; ``high`` whether it reaches the cut-off, ``wanted`` whether it counts.
    """
    _make_docs(store, question)
    store.run("CREATE TABLE columns (measure UTINYINT, id VARCHAR)")
    for number, measure in enumerate(kept_measures(store, question)):
        store.run("INSERT INTO columns VALUES (?, ?)", (number, measure.id))
    store.run(
        f"""
        CREATE TABLE hits AS
        SELECT d.number AS doc, d.row, c.measure, {status_rank("m.status")} AS status, m.score,
               m.score >= $low AS high,
               m.score >= $low AND (len($statuses) = 0 OR list_contains($statuses, m.status)) AS wanted
        FROM mentions m JOIN docs d USING (document) JOIN columns c ON m.measure = c.id
        """.replace("$low", "?").replace("$statuses", _texts(question.statuses)),
        (question.min_score or 0.0, question.min_score or 0.0),
    )


def status_rank(column: str) -> str:
    """SQL: the place of a status in `STATUSES`, the strongest first."""
    cases = " ".join(f"WHEN '{status}' THEN {rank}" for rank, status in enumerate(STATUSES))
    return f"CAST(CASE {column} {cases} END AS UTINYINT)"


def _texts(values: Collection[str]) -> str:
    """SQL: a list of texts; only for words of our own (`STATUSES`)."""
    return f"CAST([{', '.join(repr(one) for one in values)}] AS VARCHAR[])"


def _make_docs(store: Store, question: Question) -> None:
    by = question.rows.by
    store.run(
        "CREATE TABLE wanted_regions AS SELECT unnest(?::VARCHAR[]) AS region", (list(question.regions),)
    )
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
        SELECT d.document, d.region, d.region_full, {name} AS name, d.date, d.characters, d.body_characters
        FROM documents d {join} WHERE {kept.replace("$document", "?")}
        """,
        (question.document,) if question.document else (),
    )
    # Rows are numbered in the order of the first document that names them.
    store.run(
        """
        CREATE TABLE row_numbers AS
        SELECT name, CAST(row_number() OVER (ORDER BY min(document)) - 1 AS UINTEGER) AS row
        FROM named GROUP BY name
        """
    )
    store.run(
        """
        CREATE TABLE docs AS
        SELECT CAST(row_number() OVER (ORDER BY document) AS UINTEGER) AS number, r.row, n.*
        FROM named n JOIN row_numbers r USING (name)
        """
    )
    store.run("DROP TABLE named")


_YEAR = f"coalesce(printf('%04d', d.year), '{UNDATED}')"
_MONTH = f"coalesce(printf('%04d-%02d', d.month // 100, d.month % 100), '{UNDATED}')"


def _make_places(store: Store, by: str, kept: str) -> None:
    found = store.run(f"SELECT DISTINCT province, city, county FROM documents d WHERE {kept} ORDER BY ALL")
    names = names_of_divisions((Divisions(*one) for one in found), by)
    store.run("CREATE TABLE places (province VARCHAR, city VARCHAR, county VARCHAR, name VARCHAR)")
    columns = [[*one, names[Divisions(*one)]] for one in found]
    store.run(
        "INSERT INTO places SELECT unnest(?), unnest(?), unnest(?), unnest(?)",
        tuple(list(one) for one in zip(*columns, strict=True)) if columns else ([], [], [], []),
    )
