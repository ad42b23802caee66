"""What would flip a cell: candidates from what was found, each tried on the documents, smallest first.

Must not word anything; `polcmp.render.why_view` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor

from polcmp.explain import variants
from polcmp.explain.trial import Trial, reach, strongest
from polcmp.model.comparison import Cell, Comparison, DroppedMention
from polcmp.model.explanation import Change, NearMatch, NearMiss
from polcmp.model.mention import Mention
from polcmp.settings import RANGES

MOST_TRIALS = 12
"""Changes tried for one cell: each reads the documents once."""

SIZES = {
    "min_score": 0.0,
    "gap": 0.3,
    "max_match_characters": 0.5,
    "clauses": 0.8,
    "order": 0.9,
    "given": 1.0,
    "unless": 1.0,
    "exclude": 1.2,
    "boilerplate": 1.5,
}
"""How large a change is, before its amount is added (see `_size`): a number moved a little is less than a
pattern written anew, that less than a rule taken away. Set by judgement; every change is tried besides."""

PER_POINT = 10.0
"""A cut-off lowered by 0.1 weighs as much as a condition or an `unless` taken away."""


def changes_of_empty(
    trial: Trial,
    cell: Cell,
    dropped: Sequence[DroppedMention],
    near: Sequence[tuple[NearMiss, NearMatch]],
    comparison: Comparison,
) -> tuple[list[Change], dict[int, bool]]:
    """What would fill an empty cell.

    Args:
        trial: the region's documents and the measure.
        cell: the cell.
        dropped: its matches that do not count.
        near: its near misses, closest first.
        comparison: to count what else a lower cut-off brings in.

    Returns:
        Changes, tried ones first, smallest first; and for each index into `near` whether it would fill.
    """
    tried: list[tuple[float, Change]] = []
    told: list[tuple[float, Change]] = []
    for size, one in sorted(_of_dropped(trial, dropped), key=lambda pair: pair[0])[:MOST_TRIALS]:
        if one.kind == "place":
            told.append((0.0, one))
        else:
            tried += _kept(size, _try_dropped(trial, one, comparison, cell))
    fills: dict[int, bool] = {}
    for index, (miss, match) in enumerate(near):
        if miss.kind == "missing":
            told.append((1.0 - miss.closeness, _suggested(miss)))
            continue
        if not miss.change:
            continue
        change = _try_near(trial, miss, match)
        fills[index] = change is not None
        tried += _kept(_near_size(miss), change)
    in_order = sorted(tried, key=lambda pair: pair[0]) + sorted(told, key=lambda pair: pair[0])
    return list(dict.fromkeys(change for _, change in in_order)), fills


def _kept(size: float, change: Change | None) -> list[tuple[float, Change]]:
    return [(size, change)] if change else []


def _of_dropped(trial: Trial, dropped: Iterable[DroppedMention]) -> list[tuple[float, Change]]:
    """A change for each dropped match, untried, with its size."""
    found: dict[Change, float] = {}
    for one in dropped:
        change, size = _wanted(trial, one)
        if change:
            found[change] = min(size, found.get(change, size))
    return [(size, change) for change, size in found.items()]


def _wanted(trial: Trial, one: DroppedMention) -> tuple[Change | None, float]:
    def change(kind: str, what: str) -> Change:
        return Change(kind, what, one.pattern, one.document, one.quote, one.status, False)

    limit = trial.settings.min_score
    match one.reason:
        case "below_cutoff":
            lower = floor(round(one.score * 100, 6)) / 100
            size = SIZES["min_score"] + PER_POINT * (limit - lower)
            return (change("min_score", f"{lower:g}") if lower > 0 else None), size
        case "too_long":
            fits = reach(one) <= RANGES["max_match_characters"][1]
            far = reach(one) / trial.settings.max_match_characters - 1
            return (change("max_match_characters", one.detail) if fits else None), SIZES[
                "max_match_characters"
            ] + far
        case "excluded" if one.detail.startswith(variants.UNLESS):
            return change("unless", one.detail.removeprefix(variants.UNLESS)), SIZES["unless"]
        case "excluded":
            return change("exclude", one.detail), SIZES["exclude"]
        case "given" | "boilerplate":
            return change(one.reason, one.detail), SIZES[one.reason]
        case "other_place":
            return change("place", one.detail), 0.0
    return None, 0.0


def _try_dropped(trial: Trial, one: Change, comparison: Comparison, cell: Cell) -> Change | None:
    """The change with what it does to the cell, None when it does not fill it."""
    measure, elsewhere = trial.measure, -1
    match one.kind:
        case "min_score":
            found = trial.mentions(min_score=float(one.what))
            elsewhere = sum(
                other.reason == "below_cutoff" and other.score >= float(one.what)
                for other in comparison.dropped
                if (other.region, other.measure) != (cell.region, cell.measure)
            )
        case "max_match_characters":
            found = trial.mentions(max_match_characters=int(one.what))
        case "unless":
            found = trial.mentions(measure=variants.without_unless(measure, one.pattern))
        case "exclude":
            found = trial.mentions(measure=variants.without_exclusion(measure, one.what))
        case "given":
            found = trial.mentions(measure=variants.without_given(measure, one.pattern))
        case _:
            found = trial.mentions(lifted=[one.what])
    return _tried(one, found)._replace(elsewhere=elsewhere) if found else None


def _tried(one: Change, found: Sequence[Mention]) -> Change:
    """A change as tried: the words that count now, those it was made for if they do."""
    own = next((m for m in found if m.document == one.document and m.quote == one.quote), None)
    shown = own or found[0]
    return one._replace(document=shown.document, quote=shown.quote, status=strongest(found), verified=True)


def _try_near(trial: Trial, miss: NearMiss, match: NearMatch) -> Change | None:
    """The change that a near miss asks for, None when it does not fill the cell either."""
    widened = variants.with_remedy(trial.measure, match.pattern, match.remedy)
    try:
        found = trial.mentions(measure=widened, document=miss.document)
    except ValueError:  # pragma: no cover - a tree that the compiler refuses
        return None
    here = [one for one in found if one.raw_span.overlaps(miss.raw_span)]
    if not here:
        return None
    return Change(miss.kind, miss.change, miss.pattern, miss.document, here[0].quote, strongest(found), True)


def _near_size(miss: NearMiss) -> float:
    return SIZES[miss.kind] + 1.0 - miss.closeness


def _suggested(miss: NearMiss) -> Change:
    return Change("missing", miss.blocked, miss.pattern, miss.document, miss.instead, "", False)


def changes_of_filled(trial: Trial, cell: Cell, mentions: Sequence[Mention]) -> list[Change]:
    """What would empty a filled cell or change its status: a higher cut-off, a pattern left out.

    Args:
        trial: the region's documents and the measure.
        cell: the cell.
        mentions: what fills it.

    Returns:
        Tried changes: first what changes the status with least, then what empties the cell.
    """
    changes = _cut_offs(trial, cell, mentions)
    leading = [one for one in mentions if one.status == cell.status]
    for patterns in ({one.pattern for one in leading}, {one.pattern for one in mentions}):
        only = next(iter(patterns))
        if len(patterns) == 1:
            found = trial.mentions(measure=variants.without_pattern(trial.measure, only))
            changes.append(Change("pattern", only, only, "", "", strongest(found), True))
    return [one for one in dict.fromkeys(changes) if one.status != cell.status]


def _cut_offs(trial: Trial, cell: Cell, mentions: Sequence[Mention]) -> list[Change]:
    """Cut-offs from which on the cell has another status, and from which on it is empty.

    Where a mention falls out, a shorter one that scores more may take its place: so each is tried.
    """
    changes: list[Change] = []
    status, found = cell.status, list(mentions)
    while found:
        cut = above(max(one.score for one in found if one.status == status))
        if cut > 1:
            break
        found = trial.mentions(min_score=cut)
        if strongest(found) != status:
            status = strongest(found)
            changes.append(Change("min_score", f"{cut:g}", "", "", "", status, True))
    return [*changes[:1], *(one for one in changes[1:] if not one.status)]


def above(score: float) -> float:
    """The lowest cut-off of two decimals that a score does not reach."""
    higher = ceil(round(score * 100, 6)) / 100
    return round(higher if higher > score else higher + 0.01, 2)
