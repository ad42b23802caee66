"""Rows of pattern trees: pieces one after another, with gaps between, some of which may be missing.

Walks from piece to piece; what a piece is, `polcmp.match.trees` knows.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any, NamedTuple

from polcmp.match.scene import Found, Scene, joined_found, lacking
from polcmp.match.trees import FEW, Evaluator, best, stand

BRANCHES = 8
"""Most continuations kept for one beginning of a row, nearest first: a bound on hostile text."""

PARTIAL = 2_000
"""Most partial results of a row that are followed up in one sentence, the nearest of each start first: a
bound on hostile text; no sentence of the labelled documents comes near it."""


class Reach(NamedTuple):
    """A gap: at most so many characters, inside a clause or not (`model.taxonomy.Gap`)."""

    characters: int
    in_clause: bool


class Step(NamedTuple):
    """A piece of a row: `gap` may stand before it, `optional` says it may be missing."""

    piece: Evaluator
    gap: Reach | None
    optional: bool


@dataclass(slots=True)
class InRow:
    """Pieces one after another.

    Attributes:
        pairs: steps with the one before, where both are needed and neither may be a figure, in a row that
            has figures: reading these takes longest, and is spared where the others do not meet.
    """

    number: int
    steps: tuple[Step, ...]
    anchors: frozenset[int] | None
    needs: int = 0
    has_optional: bool = False
    pairs: tuple[tuple[Evaluator, Step], ...] = ()

    def find(self, scene: Scene) -> list[Found]:
        """All ways to walk the row; an optional piece that is missing joins the gaps beside it."""
        if self.pairs and scene.figures is None and not self._may_stand(scene):
            return []
        if self.has_optional:
            return best(_walked(self.steps, scene))
        memo = scene.memo
        found: list[Found] = []
        for piece, gap, _ in self.steps:
            pieces = memo.get(piece.number)
            if pieces is None:
                pieces = stand(piece, scene)
            found = _joined(found, pieces, gap, scene) if found else pieces
            if not found:
                return []
            if len(found) > FEW and found is not pieces:
                found = best(found)
                found = _thinned(found, [one.start for one in found])
        return best(found)

    def _may_stand(self, scene: Scene) -> bool:
        """Whether the pieces beside the figures meet."""
        return all(
            _joined(stand(before, scene), stand(step.piece, scene), step.gap, scene)
            for before, step in self.pairs
        )


Going = tuple[Reach | None, int]
"""How a walk along a row goes on: the gap left by missing pieces, and how many are missing so far."""


def _walked(steps: tuple[Step, ...], scene: Scene) -> list[Found]:
    """All ways to walk a row some of whose pieces may be missing."""
    walks: dict[Going, list[Found]] = {}
    skipped_first: int | None = 0  # pieces missing before the first that stands, None once one was needed
    for piece, step_gap, optional in steps:
        pieces = stand(piece, scene)
        after: dict[Going, list[Found]] = {}
        if skipped_first is not None:
            if pieces:
                after[None, skipped_first] = [*pieces]
            skipped_first = skipped_first + 1 if optional else None
        for (left, skipped), found in walks.items():
            gap = _wider(left, step_gap)
            longer = _joined(found, pieces, gap, scene)
            if longer:
                after.setdefault((None, skipped), []).extend(longer)
            if optional:
                after.setdefault((gap, skipped + 1), []).extend(found)
        if not after and skipped_first is None:
            return []
        if sum(map(len, after.values())) + (skipped_first is not None) > FEW:
            after = _shortened(after)
        walks = after
    return [
        lacking(one, skipped) if skipped else one for (_, skipped), found in walks.items() for one in found
    ]


def _shortened(walks: dict[Going, list[Found]]) -> dict[Going, list[Found]]:
    """The best of walks that go on alike, so that their number does not grow from step to step."""
    ranked = [(skipped, one, gap) for (gap, skipped), found in walks.items() for one in best(found)]
    ranked.sort(key=lambda each: (each[1].start, each[0], each[1].end))
    kept: dict[Going, list[Found]] = {}
    for skipped, one, gap in _thinned(ranked, [one.start for _, one, _ in ranked]):
        kept.setdefault((gap, skipped), []).append(one)
    return kept


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


def _wider(a: Reach | None, b: Reach | None) -> Reach | None:
    """The gap that remains where an optional piece between two gaps is missing."""
    if a is None or b is None:
        return a or b
    return Reach(max(a.characters, b.characters), a.in_clause or b.in_clause)


def _joined(found: list[Found], pieces: list[Found], gap: Reach | None, scene: Scene) -> list[Found]:
    """Each result with the pieces that may follow it with this gap between.

    Of each the nearest `BRANCHES`; `pieces` are sorted by start.
    """
    if not pieces:
        return []
    first, final, few = pieces[0][0], pieces[-1][0], len(pieces) <= FEW
    longer = []
    for one in found:
        end = last = one[1]
        if gap is not None:
            last = min(end + gap[0], one[0] + scene.longest)
        if final < end or first > last:
            continue
        near = pieces if few else pieces[bisect_left(pieces, (end,)) : bisect_left(pieces, (last + 1,))]
        near = [piece for piece in near if end <= piece[0] <= last]
        if near and gap is not None and gap[1]:
            clause_end = scene.clause_end(end - 1)
            if near[-1][0] >= clause_end:
                near = [piece for piece in near if piece[0] < clause_end]
        longer += [joined_found(one, piece) for piece in near[:BRANCHES]]
    return longer
