"""What lies behind the rows shown, as the model's objects. Needs the tables of `question` and `count`."""

from __future__ import annotations

from collections import defaultdict

from polcmp.matrix.build import dropped_order, mention_order
from polcmp.matrix.select import below
from polcmp.model.comparison import Cell, DocumentFacts, DroppedMention, Failure
from polcmp.model.mention import STATUSES, Mention
from polcmp.store.count import CellKey
from polcmp.store.literals import literal, numbers
from polcmp.store.narrow import SHOWN, of_regions, only_parts
from polcmp.store.question import Question
from polcmp.store.reader import Store
from polcmp.store.schema import dropped_of, facts_of, failure_of, mention_of

NEEDED = {
    "documents": "EXCLUDE (source, generation, signature, body_characters, year, month, province, city, "
    "county)",
    "mentions": "EXCLUDE (source, generation, sentence_text)",
    "dropped": "EXCLUDE (source, generation)",
}
"""SQL: not read from files, since the model's nouns have no place for it."""

FEW_IDS = 3_000
"""Up to so many mentions are named in a condition on which rows of the files are read at all."""


def unique_mentions(store: Store) -> None:
    """Make the view ``unique_mentions``: ids of equal files made to differ as `polcmp.matrix` does.

    Ids come from a file's content, so equal files give equal ones: those of the second, third … document by
    name are made again from the id and its number. They are in the table ``again``.
    """
    store.run(
        """
        CREATE TABLE again AS
        SELECT doc, p.document, id, left(sha256(id || chr(10) || nth), 16) AS other FROM (
            SELECT doc, id, row_number() OVER (PARTITION BY id ORDER BY doc) - 1 AS nth
            FROM tallies SEMI JOIN (SELECT number AS doc FROM papers WHERE twin) USING (doc)
        ) JOIN papers p ON p.number = doc WHERE nth > 0
        """
        if store.run("SELECT 1 FROM papers WHERE twin LIMIT 1")
        else "CREATE TABLE again (doc UINTEGER, document VARCHAR, id VARCHAR, other VARCHAR)"
    )
    store.run(
        "CREATE VIEW unique_mentions AS SELECT m.* REPLACE (coalesce(a.other, m.id) AS id), m.id AS file_id "
        "FROM mentions m LEFT JOIN again a ON m.document = a.document AND m.id = a.id"
        if store.run("SELECT 1 FROM again LIMIT 1")
        else "CREATE VIEW unique_mentions AS SELECT *, id AS file_id FROM mentions"
    )


def telling_mentions(store: Store, question: Question) -> dict[CellKey, tuple[str, ...]]:
    """Ids of the first `question.evidence` mentions of each cell shown, in the order of `matrix`.

    Makes the table ``told`` with them.
    """
    store.run(
        f"""
        CREATE TABLE told AS
        SELECT place, measure, d.document, d.region, d.part, id, file_id, nth FROM (
            SELECT s.place, c.measure, t.doc, t.id AS file_id, coalesce(a.other, t.id) AS id,
                   row_number() OVER (
                PARTITION BY s.place, c.measure
                ORDER BY t.status, t.pieces DESC, t.score DESC, t.doc, t."start", t."end", t.form, t.pattern,
                         coalesce(a.other, t.id)
            ) AS nth
            FROM tallies t JOIN docs d ON t.doc = d.number JOIN shown s USING (row)
            JOIN columns c ON t.measure = c.number LEFT JOIN again a ON t.doc = a.doc AND t.id = a.id
            WHERE t.score >= ? AND t.status IN ({_statuses(question)})
              AND {of_regions(store, "t.region", SHOWN)}
            QUALIFY nth <= ?
        ) JOIN docs d ON d.number = doc
        """,
        (question.min_score or 0.0, question.evidence),
    )
    found: dict[CellKey, list[str]] = defaultdict(list)
    for place, measure, one in store.run("SELECT place, measure, id FROM told ORDER BY place, measure, nth"):
        found[place, measure].append(one)
    return {key: tuple(ids) for key, ids in found.items()}


def _statuses(question: Question) -> str:
    """SQL: the places of the statuses that count."""
    return ", ".join(str(STATUSES.index(one)) for one in question.statuses or STATUSES)


def told_mentions(store: Store) -> tuple[Mention, ...]:
    """The mentions that `telling_mentions` named."""
    only_parts(store, "told")
    found = store.run("SELECT DISTINCT file_id FROM told ORDER BY 1 LIMIT ?", (FEW_IDS + 1,))
    which = of_regions(store, "m.region", "told")
    if 0 < len(found) <= FEW_IDS:
        which = f"file_id IN ({', '.join(literal(one) for (one,) in found)})"
    rows = store.batches(
        f"SELECT m.* {NEEDED['mentions']} FROM unique_mentions m "
        f"SEMI JOIN told t USING (document, id) WHERE {which}"
    )
    return tuple(sorted(map(mention_of, rows), key=mention_order))


def only_shown(store: Store) -> None:
    """Look for documents, mentions and dropped matches of the rows shown only."""
    only_parts(store, SHOWN)


def shown_documents(store: Store) -> tuple[DocumentFacts, ...]:
    """The documents of the rows shown, by name; so for the others, all of them read with `only_shown`."""
    rows = store.batches(f"SELECT x.* {NEEDED['documents']} FROM documents x {_shown(store, 'x')}")
    return tuple(sorted(map(facts_of, rows), key=lambda one: one.name))


def warned_documents(store: Store, most: int) -> tuple[tuple[DocumentFacts, ...], int]:
    """Documents of the rows shown that have warnings, by name, without masks and fingerprint.

    Args:
        store: as after `only_shown`.
        most: how many to load.

    Returns:
        The first of them, and how many there are.
    """
    # Most corpora have none, and their column is read without looking for the rows shown.
    if not store.run("SELECT 1 FROM documents WHERE len(warnings) > 0 LIMIT 1"):
        return (), 0
    which = f"FROM documents x {_shown(store, 'x')} AND len(x.warnings) > 0"
    ((number,),) = store.run(f"SELECT count(*) {which}")
    rows = store.batches(
        f"SELECT x.* {NEEDED['documents']} REPLACE ([] AS masks, [] AS fingerprint) {which} "
        f"ORDER BY document LIMIT {most}"
    )
    return tuple(map(facts_of, rows)), number


def shown_mentions(store: Store) -> list[Mention]:
    """Every mention of the rows and measures shown, whatever its status and score."""
    rows = store.batches(
        f"SELECT m.* {NEEDED['mentions']} FROM unique_mentions m "
        f"SEMI JOIN columns c ON m.measure = c.id {_shown(store, 'm')}"
    )
    return sorted(map(mention_of, rows), key=mention_order)


def _shown(store: Store, table: str) -> str:
    """SQL: only rows of the documents shown."""
    return (
        f"SEMI JOIN (SELECT document FROM {SHOWN}) s ON {table}.document = s.document "
        f"WHERE {of_regions(store, f'{table}.region', SHOWN)}"
    )


def shown_dropped(store: Store) -> list[DroppedMention]:
    """Every dropped match of the rows and measures shown."""
    rows = store.batches(
        f"SELECT x.* {NEEDED['dropped']} FROM dropped x "
        f"SEMI JOIN columns c ON x.measure = c.id {_shown(store, 'x')}"
    )
    return sorted(map(dropped_of, rows), key=dropped_order)


def noted_dropped(store: Store, question: Question, cells: tuple[Cell, ...]) -> tuple[DroppedMention, ...]:
    """What lies behind the informative zeros among the cells shown.

    With a cut-off above that of the scan, mentions below it are among them.
    """
    measures = max(1, len({cell.measure for cell in cells}))
    noted = [i for i, cell in enumerate(cells) if cell.zero in ("near_miss", "dropped_only")]
    if not noted:
        return ()
    store.run(
        f"CREATE TABLE noted AS SELECT unnest({numbers(i // measures for i in noted)}) AS place, "
        f"unnest({numbers(i % measures for i in noted)}) AS measure"
    )
    only_parts(store, f"{SHOWN} JOIN noted USING (place)")
    which = f"""
        SEMI JOIN (
            SELECT d.document, c.id FROM noted JOIN shown USING (place) JOIN docs d USING (row)
            JOIN columns c USING (measure)
        ) n ON x.document = n.document AND x.measure = n.id WHERE {of_regions(store, "x.region", SHOWN)}
    """
    dropped = list(map(dropped_of, store.batches(f"SELECT x.* FROM dropped x {which}")))
    if question.min_score is not None:
        low = store.batches(f"SELECT x.* FROM mentions x {which} AND x.score < ?", (question.min_score,))
        dropped += [below(mention_of(row), question.min_score) for row in low]
    return tuple(sorted(dropped, key=dropped_order))


def failures(store: Store) -> tuple[Failure, ...]:
    """Every document and input that could not be read, by path."""
    found = [failure_of(row) for row in store.batches("SELECT * FROM errors")]
    return tuple(sorted({*found, *store.manifest.errors}))
