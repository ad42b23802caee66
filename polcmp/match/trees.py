"""Pattern trees over the phrases found in one sentence.

A tree is compiled once into evaluators; each yields the stretches where it stands in a sentence,
computed at most once a sentence. This module must not decide what counts: it only finds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from polcmp.match.scene import Found, Scene, Seen, joined_found
from polcmp.model.taxonomy import Gap

BRANCHES = 8
"""Most continuations kept for one beginning of a row, nearest first: a bound on hostile text."""

FEW = 16
"""Up to so many partial results are walked as they are; more are thinned out: a bound on hostile text."""

PARTIAL = 2_000
"""Most partial results of a row that are followed up in one sentence, the nearest of each start first: a
bound on hostile text; no sentence of the labelled documents comes near it."""

GROUPS = 200
"""Most groups of parts that are followed up in one clause, shortest first: a bound on hostile text."""

FIGURE_WEIGHT = 2
"""A figure weighs as much as a phrase of two characters, however many digits it has."""


class Evaluator(Protocol):
    """A compiled tree.

    Attributes:
        anchors: phrases of which one must be present, None when none need be.
        needs: bits of the phrase groups of which each must be present (see `Scene.present`).
    """

    number: int
    anchors: frozenset[int] | None
    needs: int

    def find(self, scene: Scene) -> list[Found]:
        """Where the tree stands in the sentence, without regard to the memo."""


def stand(evaluator: Evaluator, scene: Scene) -> list[Found]:
    """Where a tree stands in a sentence, sorted by start and end; computed once a sentence."""
    known = scene.memo.get(evaluator.number)
    if known is None:
        needs = evaluator.needs
        known = evaluator.find(scene) if scene.present & needs == needs else []
        scene.memo[evaluator.number] = known
    return known


def _best(found: list[Found]) -> list[Found]:
    """One result for each stretch: fewest missing pieces, then best quality; sorted."""
    if len(found) < 2:
        return found
    best: dict[tuple[int, int], Found] = {}
    for one in found:
        key = (one.start, one.end)
        old = best.get(key)
        if (
            old is None
            or one.missing < old.missing
            or (one.missing == old.missing and _rank(one) < _rank(old))
        ):
            best[key] = one
    return [best[key] for key in sorted(best)]


def _rank(found: Found) -> tuple[float, int, tuple[Seen, ...]]:
    """The better of two equally whole results comes first."""
    return -found.quality, found.gap, found.seen


@dataclass(slots=True)
class Phrases:
    """Any of a set of phrases: a single phrase or the plain words of a list."""

    number: int
    names: dict[int, str]
    anchors: frozenset[int] | None
    needs: int = 0

    def find(self, scene: Scene) -> list[Found]:
        """One result for each hit."""
        names = self.names
        found: list[Found] = []
        for phrase in scene.hits.keys() & names.keys():
            found += scene.leaves_of(phrase, names[phrase])
        return _best(found)


@dataclass(slots=True)
class Figures:
    """A figure of a kind."""

    number: int
    kind: str
    anchors: frozenset[int] | None = None
    needs: int = 0

    def find(self, scene: Scene) -> list[Found]:
        """Each figure with its unit, and without it, so that a pattern may name the unit itself."""
        found = []
        for figure in scene.figures_of(self.kind):
            start, end = figure.folded_span
            found.append(self._found(start, end))
            if figure.unit and figure.text.endswith(figure.unit) and figure.text != figure.unit:
                found.append(self._found(start, end - len(figure.unit)))
        return sorted(found)

    def _found(self, start: int, end: int) -> Found:
        seen = Seen(f"<{self.kind}>", start, end, 1.0, "figure", FIGURE_WEIGHT)
        return Found(start, end, 0, 0, FIGURE_WEIGHT, FIGURE_WEIGHT, (seen,))


@dataclass(slots=True)
class AnyOf:
    """Any of several trees."""

    number: int
    options: tuple[Evaluator, ...]
    anchors: frozenset[int] | None
    needs: int = 0

    def find(self, scene: Scene) -> list[Found]:
        """Results of all options, the best for each stretch."""
        return _best([found for option in self.options for found in stand(option, scene)])


class Step(NamedTuple):
    """A piece of a row: `gap` may stand before it, `optional` says it may be missing."""

    piece: Evaluator
    gap: Gap | None
    optional: bool


class Walk(NamedTuple):
    """A row as far as it has been walked.

    Attributes:
        found: the stretch so far, None while nothing stands yet.
        gap: what may stand before the next piece besides its own gap, left by missing pieces.
        skipped: optional pieces that are missing so far.
    """

    found: Found | None
    gap: Gap | None
    skipped: int


@dataclass(slots=True)
class InRow:
    """Pieces one after another."""

    number: int
    steps: tuple[Step, ...]
    anchors: frozenset[int] | None
    needs: int = 0

    def find(self, scene: Scene) -> list[Found]:
        """All ways to walk the row; an optional piece that is missing joins the gaps beside it."""
        if any(step.optional for step in self.steps):
            return _best(_walked(self.steps, scene))
        memo = scene.memo
        found: list[Found] | None = None
        for piece, gap, _ in self.steps:
            pieces = memo.get(piece.number)
            if pieces is None:
                pieces = stand(piece, scene)
            if not pieces:
                return []
            if found is None:
                found = pieces
            else:
                found = [joined_found(one, more) for one in found for more in _next(one, pieces, gap, scene)]
                if not found:
                    return []
                if len(found) > FEW:
                    found = _best(found)
                    found = _thinned(found, [one.start for one in found])
        return _best(found or [])


def _walked(steps: Sequence[Step], scene: Scene) -> list[Found]:
    """All ways to walk a row some of whose pieces may be missing."""
    walks = [Walk(None, None, 0)]
    for step in steps:
        pieces = stand(step.piece, scene)
        walks = [after for walk in walks for after in _walk(walk, step, pieces, scene)]
        if not walks:
            return []
        if len(walks) > FEW:
            walks = _shortened(walks)
    return [
        walk.found._replace(missing=walk.found.missing + walk.skipped) if walk.skipped else walk.found
        for walk in walks
        if walk.found is not None
    ]


def _shortened(walks: list[Walk]) -> list[Walk]:
    """The best walk of those that go on alike, so that their number does not grow from step to step."""
    groups: dict[tuple[Gap | None, int], list[Found]] = {}
    begun: list[Walk] = []
    for walk in walks:
        if walk.found is None:
            begun.append(walk)
        else:
            groups.setdefault((walk.gap, walk.skipped), []).append(walk.found)
    best = [(skipped, one, gap) for (gap, skipped), of in groups.items() for one in _best(of)]
    best.sort(key=lambda each: (each[1].start, each[0], each[1].end))
    kept = _thinned(best, [one.start for _, one, _ in best])
    return begun + [Walk(one, gap, skipped) for skipped, one, gap in kept]


def _thinned(ordered: list[Any], starts: list[int]) -> list[Any]:
    """The first few of each start, about `PARTIAL` in all; `ordered` is sorted by start."""
    if len(ordered) <= PARTIAL:
        return ordered
    most = max(1, PARTIAL // len(set(starts)))
    seen: dict[int, int] = {}
    kept = []
    for one, start in zip(ordered, starts, strict=True):
        seen[start] = seen.get(start, 0) + 1
        if seen[start] <= most:
            kept.append(one)
    return kept


def _walk(walk: Walk, step: Step, pieces: list[Found], scene: Scene) -> list[Walk]:
    """Every way to go on from `walk` by one step."""
    before, gap = walk.found, _wider(walk.gap, step.gap)
    if before is None:
        after = [Walk(piece, None, walk.skipped) for piece in pieces]
    else:
        near = _next(before, pieces, gap, scene) if pieces else []
        after = [Walk(joined_found(before, piece), None, walk.skipped) for piece in near]
    if step.optional:
        after.append(Walk(before, gap, walk.skipped + 1))
    return after


def _wider(a: Gap | None, b: Gap | None) -> Gap | None:
    """The gap that remains where an optional piece between two gaps is missing."""
    if a is None or b is None:
        return a or b
    scope = "clause" if "clause" in (a.scope, b.scope) else "sentence"
    return Gap(max(a.characters, b.characters), scope)


def _next(before: Found, pieces: list[Found], gap: Gap | None, scene: Scene) -> list[Found]:
    """The pieces that may stand after `before` with this gap between, nearest first, at most `BRANCHES`."""
    end = before.end
    last = end if gap is None else min(end + gap.characters, before.start + scene.longest)
    if pieces[-1][0] < end or pieces[0][0] > last:  # they are sorted by start
        return []
    if len(pieces) > FEW:
        pieces = pieces[bisect_left(pieces, (end,)) : bisect_left(pieces, (last + 1,))]
    near = [piece for piece in pieces if end <= piece[0] <= last]
    if near and gap is not None and gap.scope != "sentence":
        clause = scene.clause_of(end - 1)
        near = [piece for piece in near if scene.clause_of(piece.start) == clause]
    return near[:BRANCHES]


@dataclass(slots=True)
class InOneClause:
    """All parts in one clause, in any order, without overlap."""

    number: int
    parts: tuple[Evaluator, ...]
    anchors: frozenset[int] | None
    needs: int = 0

    def find(self, scene: Scene) -> list[Found]:
        """For each place of the first part, the nearest companions in its clause."""
        found = []
        for part in self.parts:
            found.append([f for f in stand(part, scene) if _in_clause(f, scene)])
            if not found[-1]:
                return []
        groups = [[one] for one in found[0]]
        for options in found[1:]:
            groups = [[*group, mate] for group in groups for mate in _nearest(group, options, scene)]
            if len(groups) > GROUPS:
                groups = sorted(groups, key=_reach)[:GROUPS]
        return _best([_gathered(group) for group in groups])


def _in_clause(found: Found, scene: Scene) -> bool:
    return scene.clause_of(found.start) == scene.clause_of(found.end - 1)


def _nearest(group: list[Found], options: list[Found], scene: Scene) -> list[Found]:
    """The options that stretch the group least, one before and one behind it, in the same clause."""
    start, end = min(f.start for f in group), max(f.end for f in group)
    clause = scene.clause_of(start)
    if len(options) > FEW:
        first, last = end - scene.longest, start + scene.longest
        options = options[bisect_left(options, (first,)) : bisect_left(options, (last,))]
    free = [
        o
        for o in options
        if scene.clause_of(o.start) == clause and all(o.end <= f.start or f.end <= o.start for f in group)
    ]
    sides = ([o for o in free if o.start < start], [o for o in free if o.start >= start])
    return [min(s, key=lambda o: (max(end, o.end) - min(start, o.start), o)) for s in sides if s]


def _reach(group: list[Found]) -> tuple[int, list[Found]]:
    """Sort key of a group: the stretch it covers, then its parts."""
    return max(f.end for f in group) - min(f.start for f in group), group


def _gathered(group: list[Found]) -> Found:
    """Parts of a clause as one result; what lies between them is gap."""
    seen = tuple(sorted((s for f in group for s in f.seen), key=lambda s: s.start))
    start, end = min(f.start for f in group), max(f.end for f in group)
    covered = sum(f.end - f.start - f.gap for f in group)
    return Found(
        start,
        end,
        end - start - covered,
        sum(f.missing for f in group),
        sum(f.weight for f in group),
        sum(f.likeness for f in group),
        seen,
    )
