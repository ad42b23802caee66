"""Analysed documents -> `Comparison`: regions with their denominators, one cell for every pair.

Decides what a cell says (strongest status, why it is empty) and nothing about how it looks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from polcmp.matrix.figures import leading_figures, pieces_shown
from polcmp.matrix.namesakes import namesake_warnings
from polcmp.matrix.sources import independent_sources
from polcmp.model.comparison import (
    Cell,
    Comparison,
    DocumentFacts,
    DocumentResult,
    DroppedMention,
    Failure,
    MeasureInfo,
    RegionSummary,
    TaxonomyInfo,
)
from polcmp.model.mention import STATUSES, Mention

FEWEST_DOCUMENTS = 2
"""Documents with text, from which on a measure that matched nothing is worth a warning."""

RANK = {status: rank for rank, status in enumerate(STATUSES)}


def build_comparison(
    results: Iterable[DocumentResult],
    failures: Iterable[Failure],
    taxonomy_info: TaxonomyInfo,
    measures: Sequence[MeasureInfo],
    settings: Mapping[str, object],
    *,
    expected_regions: Sequence[str] = (),
) -> Comparison:
    """Sets the regions side by side.

    Args:
        results: analysed documents, any order; their names must differ.
        failures: documents that could not be analysed.
        taxonomy_info: which taxonomy was used.
        measures: in the order they are to be listed.
        settings: options that change a result, as in force; plain JSON values.
        expected_regions: short names that get a row even without a document (``no_document``).

    Returns:
        The comparison, all tuples sorted as `Comparison` says.
    """
    ordered = sorted(results, key=lambda result: result.facts.name)
    documents = tuple(result.facts for result in ordered)
    mentions = unique_ids(sorted((one for result in ordered for one in result.mentions), key=mention_order))
    dropped = sorted((one for result in ordered for one in result.dropped), key=dropped_order)
    regions = summarise_regions(documents, expected_regions)
    copies = copies_by_document(documents)
    return Comparison(
        taxonomy=taxonomy_info,
        settings=dict(settings),
        documents=documents,
        regions=regions,
        measures=tuple(measures),
        mentions=tuple(mentions),
        dropped=tuple(dropped),
        cells=build_cells(regions, measures, mentions, dropped, copies),
        errors=tuple(sorted(failures, key=lambda failure: (failure.path, failure.code, failure.message))),
        warnings=dead_measures(documents, measures, mentions, dropped)
        + namesake_warnings((one.location.name, one.location.full_name) for one in documents)
        + copy_warnings(documents, copies),
    )


def unique_ids(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions in the same order, each with an id of its own.

    Ids are made from a file's content, so two equal files give equal ids: those of the second, third …
    one, in the order given, are made again from the id and its number.
    """
    seen: dict[str, int] = defaultdict(int)
    kept = []
    for one in mentions:
        number = seen[one.id]
        seen[one.id] += 1
        kept.append(
            replace(one, id=sha256(f"{one.id}\n{number}".encode()).hexdigest()[:16]) if number else one
        )
    return kept


def telling(mention: Mention) -> tuple[int, float]:
    """Sort key: mentions that show the whole of an act before bare names, then the higher score."""
    return -pieces_shown(mention), -mention.score


def mention_order(mention: Mention) -> tuple[object, ...]:
    """Sort key of mentions: document, start, end, measure; the rest only settles ties."""
    return (mention.document, mention.raw_span, mention.measure, mention.form, mention.pattern, mention.id)


def dropped_order(dropped: DroppedMention) -> tuple[object, ...]:
    """Sort key of dropped matches: document, start, end, measure; the rest only settles ties."""
    place = (dropped.document, dropped.raw_span, dropped.measure, dropped.form)
    return (*place, dropped.pattern, dropped.reason, dropped.detail, dropped.score)


def summarise_regions(
    documents: Sequence[DocumentFacts], expected: Sequence[str] = ()
) -> tuple[RegionSummary, ...]:
    """Regions in the order of the first document that names them, expected ones next, unknown last.

    Args:
        documents: sorted by name.
        expected: short names to list even without a document.

    Returns:
        One summary a region. Its full name is the longest that a document gives, the first in order
        of names among equally long ones.
    """
    of_region: dict[str, list[DocumentFacts]] = defaultdict(list)
    for facts in documents:
        of_region[facts.location.name].append(facts)
    for name in expected:
        of_region.setdefault(name, [])
    summaries = [
        RegionSummary(
            name=name,
            full_name=max((one.location.full_name for one in found), key=len, default=""),
            documents=len(found),
            characters=sum(one.characters for one in found),
        )
        for name, found in of_region.items()
    ]
    return tuple(sorted(summaries, key=lambda summary: not summary.name))


def copies_by_document(documents: Iterable[DocumentFacts]) -> dict[str, str]:
    """Leading name of each document's group of copies; only documents of one region are compared."""
    of_region: dict[str, dict[str, Sequence[int]]] = defaultdict(dict)
    for facts in documents:
        of_region[facts.location.name][facts.name] = facts.fingerprint
    leaders: dict[str, str] = {}
    for fingerprints in of_region.values():
        leaders.update(independent_sources(fingerprints))
    return leaders


def build_cells(
    regions: Iterable[RegionSummary],
    measures: Iterable[MeasureInfo],
    mentions: Iterable[Mention],
    dropped: Iterable[DroppedMention],
    copies: Mapping[str, str],
    hidden: Collection[tuple[str, str]] = frozenset(),
) -> tuple[Cell, ...]:
    """One cell for every pair of region and measure, by region then measure.

    Args:
        regions: rows, in order.
        measures: columns, in order.
        mentions: what counts.
        dropped: what was found and does not count.
        copies: result of `copies_by_document`.
        hidden: pairs (region, measure) with mentions of a status that was not asked for.
    """
    found: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.region, mention.measure].append(mention)
    reasons: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in dropped:
        reasons[one.region, one.measure].add(one.reason)
    measures = tuple(measures)
    cells = []
    for region in regions:
        for measure in measures:
            key = (region.name, measure.id)
            if key in found:
                cells.append(_filled(region.name, measure, found[key], copies))
            else:
                cells.append(_empty(region, measure.id, reasons.get(key, set()), key in hidden))
    return tuple(cells)


def _filled(region: str, measure: MeasureInfo, mentions: list[Mention], copies: Mapping[str, str]) -> Cell:
    """The cell of a region that mentions a measure."""
    ordered = sorted(mentions, key=lambda one: (RANK[one.status], *telling(one), *mention_order(one)))
    status = ordered[0].status
    documents = {one.document for one in mentions}
    counts = [sum(one.status == wanted for one in mentions) for wanted in STATUSES]
    return Cell(
        region=region,
        measure=measure.id,
        status=status,
        zero="",
        mentions=tuple(one.id for one in ordered),
        documents=len(documents),
        sources=len({copies.get(name, name) for name in documents}),
        score=max(one.score for one in mentions),
        figures=leading_figures((one for one in mentions if one.status == status), measure),
        by_status=(counts[0], counts[1], counts[2], counts[3]),
    )


def _empty(region: RegionSummary, measure: str, reasons: Collection[str], hidden: bool) -> Cell:
    """The cell of a region without a mention, and why. A near miss goes first: it asks for a look."""
    if not region.documents:
        zero = "no_document"
    elif hidden:
        zero = "other_status"
    elif "below_cutoff" in reasons:
        zero = "near_miss"
    else:
        zero = "dropped_only" if reasons else "not_mentioned"
    return Cell(region.name, measure, "", zero, (), 0, 0, 0.0, (), (0, 0, 0, 0))


def dead_measures(
    documents: Sequence[DocumentFacts],
    measures: Iterable[MeasureInfo],
    mentions: Iterable[Mention],
    dropped: Iterable[DroppedMention],
) -> tuple[str, ...]:
    """A warning about the measures that matched nothing at all: a dead rule looks like a finding.

    Returns:
        One sentence, with the measures in their order; none when they all matched, or when fewer than
        `FEWEST_DOCUMENTS` have any text: silence then says nothing of the patterns.
    """
    if sum(facts.characters > 0 for facts in documents) < FEWEST_DOCUMENTS:
        return ()
    alive = {one.measure for one in mentions} | {one.measure for one in dropped}
    return dead_warning([measure for measure in measures if measure.id not in alive])


def dead_warning(dead: Sequence[MeasureInfo]) -> tuple[str, ...]:
    """The warning about measures that matched nothing; none when there are none."""
    names = ", ".join(f"{one.id} ({one.name or one.name_en})" for one in dead)
    if len(dead) > 1:
        start = f"measures {names} matched nothing in any document: check their patterns before reading "
        return (start + "their empty cells as findings",)
    start = f"measure {names} matched nothing in any document: check its patterns before reading "
    return (start + "its empty cells as a finding",) if dead else ()


def copy_warnings(documents: Iterable[DocumentFacts], copies: Mapping[str, str]) -> tuple[str, ...]:
    """A warning for each group of documents that are copies of one article, in order of names."""
    groups: dict[str, list[str]] = defaultdict(list)
    for facts in documents:
        groups[copies[facts.name]].append(facts.name)
    return tuple(copy_warning(names) for _, names in sorted(groups.items()) if len(names) > 1)


def copy_warning(names: Iterable[str]) -> str:
    """The warning for a group of documents that are copies of one article."""
    listed = [" ".join(name.splitlines()) for name in sorted(names)]  # a name may hold a line break
    more = f" and {len(listed) - MOST_NAMED:,} more" if len(listed) > MOST_NAMED else ""
    return f"{', '.join(listed[:MOST_NAMED])}{more} are copies of one article and count as one source"


MOST_NAMED = 10
"""Copies of one article that a warning names; `cells[].sources` in the JSON counts them all."""
