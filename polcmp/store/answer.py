"""A question answered from a store: one `Comparison`, like one made from the documents themselves.

Two ways lead to it. Where everything is asked for, the rows shown are loaded and `polcmp.matrix` makes their
cells. Where a matrix is to be read, cells are counted in SQL and only the quotations shown are loaded, so
that time and memory depend on what is shown. No document is read on either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from polcmp.matrix.arrange import fill
from polcmp.matrix.build import FEWEST_DOCUMENTS, copy_warning, copy_warnings, dead_warning, dropped_order
from polcmp.matrix.namesakes import namesake_warnings
from polcmp.matrix.rows import order_warnings, ordered, page_of, settled, undated_warnings, view_of
from polcmp.matrix.select import below, recorded_filters
from polcmp.matrix.warned import MOST_WARNED, more_warned
from polcmp.model.comparison import AS_THEY_COME, Comparison, DroppedMention, RegionSummary
from polcmp.model.mention import Mention
from polcmp.store import load
from polcmp.store.copies import find_copies
from polcmp.store.count import count_cells, count_rows, show_rows
from polcmp.store.figures import find_figures
from polcmp.store.narrow import make_narrow
from polcmp.store.question import Question, kept_measures, prepare
from polcmp.store.reader import Store

MOST_COPIES = 10
"""Groups of copies that warnings name one by one where a matrix is to be read."""


def list_regions(store: Store) -> tuple[RegionSummary, ...]:
    """The regions of a whole store with their full names, unknown last, in the order of `Comparison`."""
    make_narrow(store)
    found = store.run(
        """
        SELECT region, first(region_full ORDER BY length(region_full) DESC, document), count(*),
               sum(characters)
        FROM papers GROUP BY region ORDER BY region = '', min(number)
        """
    )
    return tuple(RegionSummary(name, full, n, int(characters)) for name, full, n, characters in found)


def answer(store: Store, question: Question) -> Comparison:
    """The comparison that was asked for.

    Args:
        store: freshly opened; it answers one question.
        question: names in it are those of the store.

    Returns:
        With `evidence` below 0 everything behind the rows; else cells with the mentions that are to be
        quoted, the dropped matches behind informative zeros, and of documents only those with warnings,
        `MOST_WARNED` at most.

    Raises:
        UsageError: P414 no such page, P453 a damaged part, P456 too little memory.
    """
    prepare(store, question)
    found = count_rows(store, question.rows)
    options = settled(question.rows, len(found))
    if options != question.rows:  # the order is another one now
        found = count_rows(store, options)
    question = replace(question, rows=options)
    numbers = {row.summary.name: number for number, row in enumerate(found)}
    rows = ordered(found, options)
    shown = page_of(rows, options)
    summaries = [rows[at].summary for at in shown]
    show_rows(store, [numbers[one.name] for one in summaries])
    find_copies(store)
    question = _sized(store, question)
    if question.evidence or options.first:
        load.unique_mentions(store)
    make = _whole if question.evidence < 0 else _counted
    comparison = make(store, question, summaries)
    comparison = replace(comparison, warnings=(*comparison.warnings, *store.manifest.warnings))
    if question.evidence < 0 and options == AS_THEY_COME:
        return comparison
    told = order_warnings(found, options) + (_undated(store) if options.first else ())
    return replace(comparison, warnings=comparison.warnings + told, view=view_of(rows, shown, options))


def _undated(store: Store) -> tuple[str, ...]:
    """How much first reports leave out."""
    ((undated, documents),) = store.run("SELECT count(*) FILTER (date = ''), count(*) FROM docs")
    ((mentions,),) = store.run(
        "SELECT count(*) FROM hits h JOIN docs d ON d.number = h.doc "
        "WHERE h.wanted AND h.status = 0 AND d.date = ''"
    )
    return undated_warnings(undated, documents, mentions)


def _sized(store: Store, question: Question) -> Question:
    """The question with no more mentions for a cell than all cells together may have."""
    if question.evidence <= 0 or question.evidence_in_all < 0:
        return question
    sql = "SELECT count(DISTINCT (h.row, h.measure)) FROM hits h JOIN shown USING (row) WHERE h.wanted"
    ((filled,),) = store.run(sql)
    return replace(
        question, evidence=max(1, min(question.evidence, question.evidence_in_all // max(1, filled)))
    )


def _frame(store: Store, question: Question) -> Comparison:
    """What does not depend on the rows shown."""
    manifest = store.manifest
    filters = recorded_filters(question.regions, question.measures, question.statuses, question.min_score)
    return Comparison(
        taxonomy=manifest.taxonomy,
        settings=manifest.settings | filters,
        documents=(),
        regions=(),
        measures=kept_measures(store, question),
        mentions=(),
        dropped=(),
        cells=(),
        errors=load.failures(store),
        warnings=_unfinished(store) + _dead(store, question) + _namesakes(store, question),
    )


def _whole(store: Store, question: Question, rows: Sequence[RegionSummary]) -> Comparison:
    """Everything behind the rows shown."""
    load.only_shown(store)
    documents = load.shown_documents(store)
    found, dropped = load.shown_mentions(store), load.shown_dropped(store)
    low = question.min_score or 0.0
    high = [one for one in found if one.score >= low]
    if len(high) < len(found):
        dropped += [below(one, low) for one in found if one.score < low]
        dropped.sort(key=dropped_order)
    row_of = dict(store.run("SELECT document, name FROM docs JOIN shown USING (row)"))
    mentions = [one for one in high if not question.statuses or one.status in question.statuses]
    hidden = {(row_of[one.document], one.measure) for one in high} if question.statuses else set()
    copies = {one.name: one.name for one in documents} | dict(store.run(_LEADERS))
    frame = _frame(store, question)
    part = replace(
        frame,
        documents=documents,
        mentions=tuple(mentions),
        dropped=tuple(dropped),
        warnings=frame.warnings + copy_warnings(documents, copies),
    )
    return fill(part, rows, row_of, copies, hidden, options=question.rows)


_LEADERS = """
    SELECT one.document, leader.document FROM copies c
    JOIN docs one ON one.number = c.doc JOIN docs leader ON leader.number = c.leader
"""


def _counted(store: Store, question: Question, rows: Sequence[RegionSummary]) -> Comparison:
    """The matrix alone, with the quotations that are to stand under it."""
    ids = load.telling_mentions(store, question) if question.evidence else {}
    cells = count_cells(store, question, rows, find_figures(store, question), ids)
    mentions: tuple[Mention, ...] = load.told_mentions(store) if question.evidence else ()
    dropped: tuple[DroppedMention, ...] = ()
    if question.rows.by == "region":
        dropped = load.noted_dropped(store, question, cells)
    load.only_shown(store)
    warned, number = load.warned_documents(store, MOST_WARNED)
    frame = _frame(store, question)
    return replace(
        frame,
        documents=warned,
        regions=tuple(rows),
        mentions=mentions,
        dropped=dropped,
        cells=cells,
        warnings=frame.warnings + _copies(store) + more_warned(number - len(warned)),
    )


def _copies(store: Store) -> tuple[str, ...]:
    """Warnings of copies; of many only how many they are."""
    groups: dict[str, set[str]] = {}
    for name, leader in store.run(_LEADERS):
        groups.setdefault(leader, {leader}).add(name)
    if len(groups) <= MOST_COPIES:
        return tuple(copy_warning(names) for _, names in sorted(groups.items()))
    copies = sum(len(names) - 1 for names in groups.values())
    return (
        f"{copies:,} documents are copies of {len(groups):,} others and count as one source with them: "
        "--json names them",
    )


def _namesakes(store: Store, question: Question) -> tuple[str, ...]:
    """The warning about names that stand for several places and share a row of that name."""
    if question.rows.by != "region":
        return ()
    return namesake_warnings(store.run("SELECT DISTINCT region, region_full FROM docs"))


def _dead(store: Store, question: Question) -> tuple[str, ...]:
    """Warnings of measures that matched nothing in the whole store."""
    some = store.run(f"SELECT 1 FROM papers WHERE characters > 0 LIMIT {FEWEST_DOCUMENTS}")
    if len(some) < FEWEST_DOCUMENTS:
        return ()
    alive = {one for (one,) in store.run("SELECT DISTINCT id FROM hits JOIN columns USING (measure)")}
    quiet = [one for one in kept_measures(store, question) if one.id not in alive]
    if quiet:  # in this part; the whole decides
        sql = "SELECT id FROM (SELECT measure FROM tallies UNION SELECT measure FROM voids) t "
        sql += "JOIN measures m ON t.measure = m.number"
        alive |= {one for (one,) in store.run(sql)}
    return dead_warning([one for one in quiet if one.id not in alive])


def _unfinished(store: Store) -> tuple[str, ...]:
    if store.manifest.complete:
        return ()
    return ("the scan of this store is not finished: it holds what was read so far; scan again to go on",)
