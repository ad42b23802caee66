"""Part of a comparison, and how alike regions are. Never changes a mention, only which are kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import combinations

from polcmp.matrix.build import (
    build_cells,
    copies_by_document,
    copy_warnings,
    dead_measures,
    dropped_order,
    summarise_regions,
)
from polcmp.matrix.namesakes import namesake_warnings
from polcmp.model.comparison import Comparison, DroppedMention
from polcmp.model.mention import LACKING, STATUSES, Mention


def filter_comparison(
    comparison: Comparison,
    *,
    regions: Collection[str] = (),
    measures: Collection[str] = (),
    statuses: Collection[str] = (),
    min_score: float | None = None,
) -> Comparison:
    """Keeps what was asked for and derives regions, cells and warnings again.

    A mention below `min_score` becomes a dropped one (``below_cutoff``), so its cell turns into a near
    miss. A cell whose mentions all have a status that was not asked for has the zero ``other_status``.
    Every filter in force is recorded in `Comparison.settings`.

    Args:
        comparison: the whole.
        regions: short names to keep, ``""`` for unknown; none: all. A name without a document gets
            an empty row.
        measures: ids to keep; none: all.
        statuses: statuses to keep; none: all.
        min_score: lowest score that counts, 0 to 1; None: as it was.

    Returns:
        A new comparison. `errors` stay.
    """
    names = set(regions) or {summary.name for summary in comparison.regions}
    ids = set(measures) or {measure.id for measure in comparison.measures}
    kept_measures = tuple(one for one in comparison.measures if one.id in ids)
    documents = tuple(one for one in comparison.documents if one.location.name in names)
    known = [one.name for one in comparison.regions if one.name in names]
    summaries = summarise_regions(documents, [*known, *sorted(names)])
    inside = [one for one in comparison.mentions if one.region in names and one.measure in ids]
    high = [one for one in inside if min_score is None or one.score >= min_score]
    mentions = [one for one in high if not statuses or one.status in statuses]
    hidden = {(one.region, one.measure) for one in high if statuses and one.status not in statuses}
    dropped = _dropped(comparison, inside, names, ids, min_score)
    copies = copies_by_document(documents)
    return replace(
        comparison,
        settings=comparison.settings | recorded_filters(regions, measures, statuses, min_score),
        documents=documents,
        regions=summaries,
        measures=kept_measures,
        mentions=tuple(mentions),
        dropped=tuple(dropped),
        cells=build_cells(summaries, kept_measures, mentions, dropped, copies, hidden),
        warnings=_kept_warnings(comparison, ids, names),
    )


def _dropped(
    comparison: Comparison,
    inside: Iterable[Mention],
    names: Collection[str],
    ids: Collection[str],
    min_score: float | None,
) -> list[DroppedMention]:
    """What was dropped in the part that is kept, and what falls below the new cut-off."""
    dropped = [one for one in comparison.dropped if one.region in names and one.measure in ids]
    if min_score is not None:
        dropped += [below(one, min_score) for one in inside if one.score < min_score]
        dropped.sort(key=dropped_order)
    return dropped


def below(mention: Mention, min_score: float) -> DroppedMention:
    """A mention as a match that is dropped for its score."""
    return DroppedMention(
        document=mention.document,
        region=mention.region,
        measure=mention.measure,
        form=mention.form,
        status=mention.status,
        score=mention.score,
        raw_span=mention.raw_span,
        quote=mention.quote,
        pattern=mention.pattern,
        reason="below_cutoff",
        detail=f"{min_score:g}",
        place=mention.reading.place,
        parts=mention.parts,
    )


def recorded_filters(
    regions: Collection[str], measures: Collection[str], statuses: Collection[str], min_score: float | None
) -> dict[str, object]:
    """The filters in force, as they stand in the settings of a result."""
    recorded: dict[str, object] = {}
    if regions:
        recorded["regions"] = sorted(regions)
    if measures:
        recorded["measures"] = sorted(measures)
    if statuses:
        recorded["statuses"] = [status for status in STATUSES if status in statuses]
    if min_score is not None:
        recorded["min_score"] = min_score
    return recorded


def _kept_warnings(comparison: Comparison, ids: Collection[str], names: Collection[str]) -> tuple[str, ...]:
    """Warnings of the whole without those about a measure or region that was filtered out."""
    # A measure is dead when it matched nothing in the whole, not when it matched nothing in a part.
    everything = comparison.documents, comparison.measures, comparison.mentions, comparison.dropped
    dead = dead_measures(*everything)
    kept_measures = [measure for measure in comparison.measures if measure.id in ids]
    still = dead_measures(comparison.documents, kept_measures, comparison.mentions, comparison.dropped)
    gone_documents = [one for one in comparison.documents if one.location.name not in names]
    gone = {*dead, *copy_warnings(gone_documents, copies_by_document(gone_documents))}
    namesakes = namesake_warnings((o.location.name, o.location.full_name) for o in comparison.documents)
    inside = (one.location for one in comparison.documents if one.location.name in names)
    left = dict.fromkeys(namesakes, namesake_warnings((one.name, one.full_name) for one in inside))
    kept = tuple(
        told
        for warning in comparison.warnings
        if warning not in gone
        for told in left.get(warning, (warning,))
    )
    return (still if set(dead) & set(comparison.warnings) else ()) + kept


def region_similarity(comparison: Comparison) -> list[tuple[str, str, float]]:
    """How far pairs of regions use the same measures.

    The Jaccard index (Jaccard 1901) of the sets of measures that are implemented, planned or called
    for: those both have over those either has. A measure that is lacking or not mentioned is not in
    the set; two empty sets have similarity 0, for nothing is known.

    Returns:
        (region, other region, similarity 0 to 1) for every pair of regions with a known name and a
        document, the most similar first, then in the order of regions.
    """
    order = {
        summary.name: i for i, summary in enumerate(comparison.regions) if summary.name and summary.documents
    }
    present: dict[str, set[str]] = {name: set() for name in order}
    for cell in comparison.cells:
        if cell.region in present and cell.status not in ("", LACKING):
            present[cell.region].add(cell.measure)
    pairs = []
    for one, other in combinations(order, 2):
        either = present[one] | present[other]
        alike = len(present[one] & present[other]) / len(either) if either else 0.0
        pairs.append((one, other, alike))
    return sorted(pairs, key=lambda pair: (-pair[2], order[pair[0]], order[pair[1]]))
