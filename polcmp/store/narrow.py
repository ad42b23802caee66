"""The narrow tables that cells are counted over: a few small columns of every document, mention and figure.

- ``papers``: a document; ``number`` is its place by name, ``part`` that of its part, ``twin`` whether another
  one has the same bytes;
- ``tallies``: a mention that counts, with what decides its place among those of its cell;
- ``telling``: a figure of such a mention, with what decides which figure stands in a cell;
- ``voids``: a document and a measure of which matches were dropped; ``rank`` 1 where one came near, else 2.

``doc`` is the number of a document, ``measure`` that of a measure in the taxonomy, ``status`` that of a
status in `STATUSES`. A store's summary (`polcmp.store.summary`) holds them ready; where there is none that
fits, they are made of the parts by the same SQL.
"""

from __future__ import annotations

from typing import NamedTuple

from polcmp.matrix.figures import TELLING_PIECES
from polcmp.model.mention import STATUSES
from polcmp.store.literals import file_literal, literal, texts
from polcmp.store.reader import Store

FEW_REGIONS = 300
"""Up to so many regions are named in a condition on which rows of the files are read at all."""


def status_rank(column: str) -> str:
    """SQL: the place of a status in `STATUSES`, the strongest first."""
    cases = " ".join(f"WHEN '{status}' THEN {rank}" for rank, status in enumerate(STATUSES))
    return f"CAST(CASE {column} {cases} END AS UTINYINT)"


_PIECES = f"CAST(least({TELLING_PIECES}, len([one.points for one in m.parts if one.points > 0])) AS UTINYINT)"
"""SQL: how many pieces of its pattern a mention shows; `polcmp.matrix.figures.pieces_shown`."""

_MENTIONS = "mentions m JOIN papers p USING (document) JOIN measures c ON m.measure = c.id"


class Narrow(NamedTuple):
    """How a narrow table is made of the parts, and the order of its rows in a summary."""

    sql: str
    order: str


NARROW = {
    "papers": Narrow(
        """
        SELECT CAST(row_number() OVER (ORDER BY document) - 1 AS UINTEGER) AS number, document, region,
               region_full, province, city, county, date, year, month, characters, body_characters, part,
               count(*) OVER (PARTITION BY sha256) > 1 AS twin
        FROM documents
        """,
        "number",
    ),
    "tallies": Narrow(
        f"""
        SELECT m.region, p.number AS doc, c.number AS measure, {status_rank("m.status")} AS status, m.score,
               {_PIECES} AS pieces, m."start", m."end", m.form, m.pattern, m.id
        FROM {_MENTIONS}
        """,
        'region, doc, "start", "end", measure, form, pattern, id, status, score, pieces',
    ),
    "telling": Narrow(
        f"""
        SELECT region, doc, measure, status, score, pieces, f,
               coalesce(f."start" <= last AND first <= f."end", false) AS inside
        FROM (
            SELECT m.region, p.number AS doc, c.number AS measure, {status_rank("m.status")} AS status,
                   m.score, {_PIECES} AS pieces, unnest(m.figures) AS f,
                   list_min([one."start" for one in m.parts]) AS first,
                   list_max([one."end" for one in m.parts]) AS last
            FROM {_MENTIONS} WHERE len(m.figures) > 0
        )
        """,
        "ALL",
    ),
    "voids": Narrow(
        """
        SELECT x.region, p.number AS doc, c.number AS measure,
               CAST(min(CASE x.reason WHEN 'below_cutoff' THEN 1 ELSE 2 END) AS UTINYINT) AS rank
        FROM dropped x JOIN papers p USING (document) JOIN measures c ON x.measure = c.id GROUP BY ALL
        """,
        "ALL",
    ),
}


def make_narrow(store: Store) -> None:
    """Make the narrow tables, once, and ``measures``: number and id of each measure of the taxonomy."""
    if store.run("SELECT 1 FROM duckdb_tables() WHERE table_name = 'measures'"):
        return
    ids = [one.id for one in store.manifest.measures]
    store.run(
        "CREATE TABLE measures AS SELECT CAST(unnest(range(?)) AS USMALLINT) AS number, "
        f"unnest({texts(ids)}) AS id",
        (len(ids),),
    )
    for name, narrow in NARROW.items():
        if store.summary is not None:
            file = file_literal(str(store.summary.path(name)))
            store.run(f"CREATE VIEW {name} AS FROM read_parquet({file})")
        else:
            kind = "TABLE" if name == "papers" else "VIEW"  # it is looked into by all the others
            store.run(f"CREATE {kind} {name} AS {narrow.sql}")


def of_regions(store: Store, column: str, which: str = "docs") -> str:
    """SQL: a condition that a row is of a region of these documents; ``true`` when they are many.

    It repeats what a join says, in words that let whole stretches of a file be passed over.

    Args:
        store: with the table ``docs``.
        column: that has the region.
        which: ``docs``, or a join of it.
    """
    found = [
        one
        for (one,) in store.run(f"SELECT DISTINCT region FROM {which} ORDER BY 1 LIMIT ?", (FEW_REGIONS + 1,))
    ]
    if len(found) > FEW_REGIONS:
        return "true"
    return f"{column} IN ({', '.join(literal(one) for one in found)})" if found else "false"


def only_parts(store: Store, which: str) -> None:
    """Look for details in the parts of these documents only; see `of_regions`.

    Without a summary nothing is changed: there the narrow tables look for them in all parts.
    """
    if store.summary is not None:
        store.keep_parts({one for (one,) in store.run(f"SELECT DISTINCT part FROM {which}")})


SHOWN = "docs JOIN shown USING (row)"
"""For `of_regions`: the documents of the rows shown."""
