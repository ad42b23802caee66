"""What lies behind the rows shown, as the model's objects. Needs the tables of `question` and `count`."""

from __future__ import annotations

from collections import defaultdict

from polcmp.matrix.build import dropped_order, mention_order
from polcmp.matrix.select import below
from polcmp.model.comparison import Cell, DocumentFacts, DroppedMention, Failure
from polcmp.model.mention import STATUSES, Mention
from polcmp.store.count import CellKey
from polcmp.store.figures import pieces
from polcmp.store.question import Question, status_rank
from polcmp.store.reader import Store
from polcmp.store.schema import dropped_of, facts_of, failure_of, mention_of


def unique_mentions(store: Store) -> None:
    """Make the view ``unique_mentions``: ids of equal files made to differ as `polcmp.matrix` does.

    Ids come from a file's content, so equal files give equal ones: those of the second, third … document by
    name are made again from the id and its number.
    """
    store.run(
        """
        CREATE TABLE again AS
        SELECT document, id, left(sha256(id || chr(10) || number), 16) AS other FROM (
            SELECT document, id, row_number() OVER (PARTITION BY id ORDER BY document) - 1 AS number
            FROM mentions SEMI JOIN (
                SELECT document FROM documents SEMI JOIN (
                    SELECT sha256 FROM documents GROUP BY sha256 HAVING count(*) > 1
                ) USING (sha256)
            ) USING (document)
        ) WHERE number > 0
        """
    )
    store.run(
        "CREATE VIEW unique_mentions AS SELECT m.* REPLACE (coalesce(a.other, m.id) AS id) "
        "FROM mentions m LEFT JOIN again a ON m.document = a.document AND m.id = a.id"
        if store.run("SELECT 1 FROM again LIMIT 1")
        else "CREATE VIEW unique_mentions AS FROM mentions"
    )


def telling_mentions(store: Store, question: Question) -> dict[CellKey, tuple[str, ...]]:
    """Ids of the first `question.evidence` mentions of each cell shown, in the order of `matrix`.

    Makes the table ``told`` with them.
    """
    store.run(
        f"""
        CREATE TABLE told AS
        SELECT s.place, c.measure, m.document, m.id, row_number() OVER (
            PARTITION BY s.place, c.measure
            ORDER BY {status_rank("m.status")}, {pieces("m.parts")} DESC, m.score DESC, m.document,
                     m."start", m."end", m.measure, m.form, m.pattern, m.id
        ) AS nth
        FROM unique_mentions m JOIN docs d USING (document) JOIN shown s USING (row)
        JOIN columns c ON m.measure = c.id
        WHERE {_COUNTS} QUALIFY nth <= ?
        """,
        (*_counting(question), question.evidence),
    )
    found: dict[CellKey, list[str]] = defaultdict(list)
    for place, measure, one in store.run("SELECT place, measure, id FROM told ORDER BY place, measure, nth"):
        found[place, measure].append(one)
    return {key: tuple(ids) for key, ids in found.items()}


_COUNTS = "m.score >= ? AND list_contains(?::VARCHAR[], m.status)"
"""SQL: whether a mention counts."""


def _counting(question: Question) -> tuple[float, list[str]]:
    return question.min_score or 0.0, list(question.statuses or STATUSES)


def told_mentions(store: Store) -> tuple[Mention, ...]:
    """The mentions that `telling_mentions` named."""
    rows = store.batches("SELECT m.* FROM unique_mentions m SEMI JOIN told t USING (document, id)")
    return tuple(sorted(map(mention_of, rows), key=mention_order))


def shown_documents(store: Store) -> tuple[DocumentFacts, ...]:
    """The documents of the rows shown, by name."""
    rows = store.batches(f"SELECT x.* FROM documents x {_SHOWN.format('x')}")
    return tuple(sorted(map(facts_of, rows), key=lambda one: one.name))


def shown_mentions(store: Store) -> list[Mention]:
    """Every mention of the rows and measures shown, whatever its status and score."""
    rows = store.batches(
        f"SELECT m.* FROM unique_mentions m {_SHOWN.format('m')} SEMI JOIN columns c ON m.measure = c.id"
    )
    return sorted(map(mention_of, rows), key=mention_order)


_SHOWN = "SEMI JOIN (SELECT document FROM docs JOIN shown USING (row)) s ON {}.document = s.document"


def shown_dropped(store: Store) -> list[DroppedMention]:
    """Every dropped match of the rows and measures shown."""
    rows = store.batches(
        f"SELECT x.* FROM dropped x {_SHOWN.format('x')} SEMI JOIN columns c ON x.measure = c.id"
    )
    return sorted(map(dropped_of, rows), key=dropped_order)


def noted_dropped(store: Store, question: Question, cells: tuple[Cell, ...]) -> tuple[DroppedMention, ...]:
    """What lies behind the informative zeros among the cells shown.

    With a cut-off above that of the scan, mentions below it are among them.
    """
    measures = max(1, len({cell.measure for cell in cells}))
    noted = [i for i, cell in enumerate(cells) if cell.zero in ("near_miss", "dropped_only")]
    store.run(
        "CREATE TABLE noted AS SELECT unnest(?::UINTEGER[]) AS place, unnest(?::UTINYINT[]) AS measure",
        ([i // measures for i in noted], [i % measures for i in noted]),
    )
    which = """
        SEMI JOIN (
            SELECT d.document, c.id FROM noted JOIN shown USING (place) JOIN docs d USING (row)
            JOIN columns c USING (measure)
        ) n ON x.document = n.document AND x.measure = n.id
    """
    dropped = list(map(dropped_of, store.batches(f"SELECT x.* FROM dropped x {which}")))
    if question.min_score is not None:
        low = store.batches(f"SELECT x.* FROM mentions x {which} WHERE x.score < ?", (question.min_score,))
        dropped += [below(mention_of(row), question.min_score) for row in low]
    return tuple(sorted(dropped, key=dropped_order))


def failures(store: Store) -> tuple[Failure, ...]:
    """Every document and input that could not be read, by path."""
    found = [failure_of(row) for row in store.batches("SELECT * FROM errors")]
    return tuple(sorted({*found, *store.manifest.errors}))
