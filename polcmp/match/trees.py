"""Pattern trees over the phrases found in one sentence.

A tree is compiled once into evaluators; each yields the stretches where it stands in a sentence,
computed at most once a sentence. This module must not decide what counts: it only finds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from polcmp.match.phrases import Hit
from polcmp.model.taxonomy import Gap
from polcmp.text.figures import Figure, figure_kind, find_figures

BRANCHES = 8
"""Most continuations kept for one beginning of a row, nearest first: a bound on hostile text."""

FIGURE_WEIGHT = 2
"""A figure weighs as much as a phrase of two characters, however many digits it has."""


class Seen(NamedTuple):
    """One piece as it stands in the text (view offsets); `how` as in `model.mention.Part`."""

    piece: str
    start: int
    end: int
    similarity: float
    how: str
    weight: int


class Found(NamedTuple):
    """A stretch where a tree stands.

    Attributes:
        start: view offset.
        end: view offset, behind.
        gap: characters of the stretch that no piece covers.
        missing: optional pieces that are not there.
        weight: characters of the pieces, a figure counted as `FIGURE_WEIGHT`.
        likeness: similarity of the pieces, each times its weight.
        seen: the pieces, in text order.
    """

    start: int
    end: int
    gap: int
    missing: int
    weight: int
    likeness: float
    seen: tuple[Seen, ...]

    @property
    def quality(self) -> float:
        """Similarity of the pieces weighed by length, 0 to 1; as fine as scores can tell apart."""
        return round(self.likeness / self.weight, 6) if self.weight else 0.0


@dataclass(slots=True)
class Scene:
    """One sentence as the evaluators see it.

    Attributes:
        text: whole view text.
        start: view offset of the sentence.
        end: view offset behind it.
        clause_starts: ascending view offsets of its clauses; the first is `start`.
        hits: phrases found in it, by phrase number.
        present: bits of the phrase groups that are there (`TreeCompiler.groups_of`).
        memo: results by evaluator number.
        leaves: hits as results, by phrase number.
    """

    text: str
    start: int
    end: int
    clause_starts: Sequence[int]
    hits: dict[int, list[Hit]]
    present: int = -1
    memo: dict[int, list[Found]] = field(default_factory=dict)
    leaves: dict[int, list[Found]] = field(default_factory=dict)
    figures: list[Figure] | None = None

    def clause_of(self, offset: int) -> int:
        """Index of the clause that holds a view offset."""
        return bisect_right(self.clause_starts, offset) - 1

    def leaves_of(self, phrase: int, name: str) -> list[Found]:
        """The hits of a phrase as results; many lists hold the same phrase, so they are made once."""
        found = self.leaves.get(phrase)
        if found is None:
            weight = len(name)
            found = self.leaves[phrase] = [
                Found(start, end, 0, 0, weight, weight * like, (Seen(name, start, end, like, how, weight),))
                for start, end, _, like, how in self.hits[phrase]
            ]
        return found

    def figures_of(self, kind: str) -> list[Figure]:
        """Figures of the sentence that fill a slot of this kind (any figure fills ``number``)."""
        if self.figures is None:
            self.figures = find_figures(self.text, self.start, self.end)
        return [f for f in self.figures if kind == "number" or figure_kind(f) == kind]


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
        return _best(found or [])


def _walked(steps: Sequence[Step], scene: Scene) -> list[Found]:
    """All ways to walk a row some of whose pieces may be missing."""
    walks = [Walk(None, None, 0)]
    for step in steps:
        pieces = stand(step.piece, scene)
        walks = [after for walk in walks for after in _walk(walk, step, pieces, scene)]
        if not walks:
            return []
    return [
        walk.found._replace(missing=walk.found.missing + walk.skipped) if walk.skipped else walk.found
        for walk in walks
        if walk.found is not None
    ]


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
    last = end if gap is None else end + gap.characters
    if pieces[-1][0] < end or pieces[0][0] > last:  # they are sorted by start
        return []
    near = [piece for piece in pieces if end <= piece[0] <= last]
    if near and gap is not None and gap.scope != "sentence":
        clause = scene.clause_of(end - 1)
        near = [piece for piece in near if scene.clause_of(piece.start) == clause]
    return near[:BRANCHES]


def joined_found(a: Found, b: Found) -> Found:
    """Two results one after the other as one."""
    start, before, gap, missing, weight, likeness, seen = a
    after, end, b_gap, b_missing, b_weight, b_likeness, b_seen = b
    gap += b_gap + after - before
    return Found(
        start, end, gap, missing + b_missing, weight + b_weight, likeness + b_likeness, seen + b_seen
    )


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
        return _best([_gathered(group) for group in groups])


def _in_clause(found: Found, scene: Scene) -> bool:
    return scene.clause_of(found.start) == scene.clause_of(found.end - 1)


def _nearest(group: list[Found], options: list[Found], scene: Scene) -> list[Found]:
    """The options that stretch the group least, one before and one behind it, in the same clause."""
    start, end = min(f.start for f in group), max(f.end for f in group)
    clause = scene.clause_of(start)
    free = [
        o
        for o in options
        if scene.clause_of(o.start) == clause and all(o.end <= f.start or f.end <= o.start for f in group)
    ]
    sides = ([o for o in free if o.start < start], [o for o in free if o.start >= start])
    return [min(s, key=lambda o: (max(end, o.end) - min(start, o.start), o)) for s in sides if s]


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
