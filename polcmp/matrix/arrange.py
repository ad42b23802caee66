"""A comparison in memory with other rows: provinces or years instead of regions, sorted, one page of them.

Pure, like the rest of the room. The same is counted in SQL where the documents lie in a store
(`polcmp.store`); both follow `polcmp.matrix.rows`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from polcmp.matrix.build import RANK, build_cells, copies_by_document, copy_warnings
from polcmp.matrix.namesakes import namesake_warnings
from polcmp.matrix.rows import (
    RowFigures,
    order_warnings,
    ordered,
    page_of,
    settled,
    undated_warnings,
    view_of,
    with_rates,
)
from polcmp.model.comparison import (
    AS_THEY_COME,
    Cell,
    Comparison,
    DocumentFacts,
    FirstReport,
    RegionSummary,
    RowOptions,
)
from polcmp.model.mention import IMPLEMENTED, STATUSES, Mention


def arrange(
    comparison: Comparison, options: RowOptions, row_of: Mapping[str, str], whole: Comparison | None = None
) -> Comparison:
    """The rows that were asked for.

    Args:
        comparison: with regions as rows.
        options: which rows, in which order.
        row_of: name of the row of each document, ``""`` for unknown.
        whole: the comparison before mentions were left out by their status; None: the same.

    Returns:
        A comparison with a `view`; documents, mentions, dropped and cells are those of the rows shown.

    Raises:
        UsageError: P414 there is no such page.
    """
    options = settled(options, len({row_of[one.name] for one in comparison.documents}))
    rows = ordered(_rows(comparison, options, row_of), options)
    shown = page_of(rows, options)
    copies = copies_by_document(comparison.documents)
    names = {rows[at].summary.name for at in shown}
    part = replace(
        comparison,
        documents=tuple(one for one in comparison.documents if row_of[one.name] in names),
        mentions=tuple(one for one in comparison.mentions if row_of[one.document] in names),
        dropped=tuple(one for one in comparison.dropped if row_of[one.document] in names),
    )
    told_anew = set(copy_warnings(comparison.documents, copies))
    if options.by != "region":
        told_anew.update(
            namesake_warnings((o.location.name, o.location.full_name) for o in comparison.documents)
        )
    return replace(
        fill(
            part,
            [rows[at].summary for at in shown],
            row_of,
            copies,
            _hidden(comparison, whole or comparison, row_of),
            options=options,
        ),
        warnings=_in_place(comparison.warnings, told_anew, copy_warnings(part.documents, copies))
        + order_warnings(rows, options)
        + (_undated(comparison) if options.first else ()),
        view=view_of(rows, shown, options),
    )


def _in_place(warnings: Sequence[str], gone: Collection[str], instead: Sequence[str]) -> tuple[str, ...]:
    """Warnings with some of them replaced where the first of those stood: the order that a store has too."""
    at = next((number for number, one in enumerate(warnings) if one in gone), len(warnings))
    kept = [[one for one in part if one not in gone] for part in (warnings[:at], warnings[at:])]
    return (*kept[0], *instead, *kept[1])


def _undated(comparison: Comparison) -> tuple[str, ...]:
    """How much first reports leave out."""
    undated = {one.name for one in comparison.documents if not one.date}
    done = sum(one.status == IMPLEMENTED and one.document in undated for one in comparison.mentions)
    return undated_warnings(len(undated), len(comparison.documents), done)


def fill(
    part: Comparison,
    rows: Sequence[RegionSummary],
    row_of: Mapping[str, str],
    copies: Mapping[str, str],
    hidden: Collection[tuple[str, str]] = frozenset(),
    *,
    options: RowOptions = AS_THEY_COME,
) -> Comparison:
    """A comparison with these rows and their cells.

    Args:
        part: with the documents of these rows, their mentions and dropped matches.
        rows: to show, in order.
        row_of: name of the row of each document.
        copies: first name of each document's group of copies.
        hidden: pairs (row, measure) with mentions of a status that was not asked for.
        options: whether cells are to have rates and first reports.
    """
    cells = build_cells(
        rows,
        part.measures,
        (replace(one, region=row_of[one.document]) for one in part.mentions),
        (one._replace(region=row_of[one.document]) for one in part.dropped),
        copies,
        hidden,
    )
    if options.first:
        cells = tuple(with_first(cells, part.mentions, part.documents))
    if options.rates:
        cells = tuple(with_rates(cells, rows))
    return replace(part, regions=tuple(rows), cells=cells)


def with_first(
    cells: Iterable[Cell], mentions: Iterable[Mention], documents: Iterable[DocumentFacts]
) -> list[Cell]:
    """Cells with their first reports.

    An incomplete date counts as its beginning (2021 comes before 2021-03); among equal ones the first
    document by name is taken, and in it the first mention. Documents without a date are left out.
    """
    of_id = {one.id: one for one in mentions}
    dates = {one.name: one.date for one in documents}
    return [cell._replace(first=_first([of_id[one] for one in cell.mentions], dates)) for cell in cells]


def _first(mentions: Iterable[Mention], dates: Mapping[str, str]) -> FirstReport | None:
    done = [
        (dates[one.document], one.document, one.raw_span, one.id)
        for one in mentions
        if one.status == IMPLEMENTED and dates[one.document]
    ]
    if not done:
        return None
    date, document, _, mention = min(done)
    return FirstReport(date, document, mention)


def _rows(comparison: Comparison, options: RowOptions, row_of: Mapping[str, str]) -> list[RowFigures]:
    """Every row with what its place depends on, in the order of the first document that names it."""
    of_row: dict[str, list[Mention]] = defaultdict(list)
    for one in comparison.mentions:
        of_row[row_of[one.document]].append(one)
    dates = {one.name: one.date for one in comparison.documents}
    rows = []
    for summary in _summaries(comparison, options, row_of):
        mentions = of_row[summary.name]
        of_measure = [one for one in mentions if one.measure == options.sort]
        first = _first(mentions, dates)
        status = min((RANK[one.status] for one in of_measure), default=-1)
        rows.append(
            RowFigures(
                summary,
                len(mentions),
                first.date if first else "",
                STATUSES[status] if status >= 0 else "",
                len(of_measure),
            )
        )
    return rows


def _summaries(
    comparison: Comparison, options: RowOptions, row_of: Mapping[str, str]
) -> Iterable[RegionSummary]:
    of_row: dict[str, list[DocumentFacts]] = defaultdict(list)
    for one in comparison.documents:
        of_row[row_of[one.name]].append(one)
    if options.by == "region":
        for summary in comparison.regions:
            yield summary._replace(body_characters=_body(of_row[summary.name]) if options.rates else None)
        return
    for name, documents in of_row.items():
        yield RegionSummary(
            name=name,
            full_name=name,
            documents=len(documents),
            characters=sum(one.characters for one in documents),
            body_characters=_body(documents) if options.rates else None,
            regions=len({one.location.name for one in documents if one.location.name}),
        )


def _body(documents: Iterable[DocumentFacts]) -> int:
    return sum(body_characters(one) for one in documents)


def body_characters(facts: DocumentFacts) -> int:
    """Code points of a document outside its boilerplate."""
    covered, at = 0, 0
    for start, end in sorted(mask.raw_span for mask in facts.masks):
        covered += max(0, end - max(at, start))
        at = max(at, end)
    return facts.characters - covered


def _hidden(comparison: Comparison, whole: Comparison, row_of: Mapping[str, str]) -> set[tuple[str, str]]:
    """Rows and measures that have mentions of a status that was not asked for."""
    wanted: Sequence[str] | object = comparison.settings.get("statuses")
    if not isinstance(wanted, list):
        return set()
    return {
        (row_of[one.document], one.measure)
        for one in whole.mentions
        if one.document in row_of and one.status not in wanted
    }
