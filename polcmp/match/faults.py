"""Ways to lay a pattern's pieces over a sentence with exactly one fault.

A gap too long, a clause mark or the end of a sentence in between, a piece missing, two neighbours the other
way round. Knows where pieces stand; must not judge how close a fault is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from polcmp.match.shapes import Shape, Step, gap_notation, notation, usual_length, wider
from polcmp.model.document import Sentence
from polcmp.model.taxonomy import Gap, Node, Row

BRANCHES = 6
"""Most continuations tried for one beginning, nearest first."""


class Spot(NamedTuple):
    """A place where a piece stands (folded offsets)."""

    start: int
    end: int
    sentence: int


class Fault(NamedTuple):
    """A way to lay a shape over the text with one fault.

    Attributes:
        kind: as in `model.explanation.NEAR_KINDS`.
        spots: where the pieces stand that do, in the order in which they are laid.
        order: their steps' numbers.
        at: number of the step before which the fault lies, or that is missing.
        apart: characters between the two pieces there, quotation marks left out.
        crosses: whether a clause ends between them.
    """

    kind: str
    spots: tuple[Spot, ...]
    order: tuple[int, ...]
    at: int
    apart: int = 0
    crosses: bool = False


@dataclass(frozen=True, slots=True)
class Layouts:
    """A text with its sentences and the places of single pieces in them, by sentence."""

    text: str
    sentences: Sequence[Sentence]
    spots: Mapping[Node, Mapping[int, list[Spot]]]

    def faults(self, shape: Shape) -> Iterator[Fault]:
        """Every way to lay a shape over some sentence with one fault."""
        steps = shape.steps
        places = [self.spots[step.node] for step in steps]
        for number in sorted({number for one in places for number in one}):
            here = [one.get(number, []) for one in places]
            if sum(map(bool, here)) >= len(steps) - 1:
                yield from self._row_faults(steps, here) if shape.in_row else self._clause_faults(here)
            if shape.in_row:
                yield from self._over_two(shape, number)

    def _row_faults(self, steps: Sequence[Step], here: list[list[Spot]]) -> Iterator[Fault]:
        """A row with one gap too long, one piece missing, or two neighbours in the other order."""
        plain = [(number, step.gap) for number, step in enumerate(steps)]
        for at in range(1, len(steps)):
            for spots in self._walks(plain, here, free=at):
                gap, apart = steps[at].gap, self._bare(spots[at - 1].end, spots[at].start)
                kind = "clauses" if gap and apart <= gap.characters else "gap"
                crosses = not self.in_one_clause(spots[at - 1], spots[at])
                yield Fault(kind, spots, tuple(range(len(steps))), at, apart, crosses)
        for at, step in enumerate(steps):
            if not step.optional and all(one for number, one in enumerate(here) if number != at):
                rest = _without(steps, at)
                for spots in self._walks(rest, here):
                    yield Fault("missing", spots, tuple(number for number, _ in rest), at)
        for at in range(len(steps) - 1):
            order = list(range(len(steps)))
            order[at : at + 2] = at + 1, at
            turned = [(number, steps[place].gap) for place, number in enumerate(order)]
            for spots in self._walks(turned, here):
                yield Fault("order", spots, tuple(order), at)

    def _walks(
        self, steps: Sequence[tuple[int, Gap | None]], here: list[list[Spot]], free: int = -1
    ) -> Iterator[tuple[Spot, ...]]:
        """Ways to walk steps through a sentence; the gap before the step at `free` is as long as it likes."""
        walks: list[tuple[Spot, ...]] = [(spot,) for spot in here[steps[0][0]]]
        for at, (number, gap) in enumerate(steps[1:], 1):
            after = []
            for walk in walks:
                near = [
                    spot
                    for spot in here[number]
                    if spot.start >= walk[-1].end and (self._reaches(walk[-1], spot, gap) != (at == free))
                ]
                after += [(*walk, spot) for spot in near[:BRANCHES]]
            walks = after
        yield from walks

    def _reaches(self, before: Spot, after: Spot, gap: Gap | None) -> bool:
        apart = self._bare(before.end, after.start)
        if gap is None:
            return apart == 0
        return apart <= gap.characters and (gap.scope == "sentence" or self.in_one_clause(before, after))

    def _bare(self, start: int, end: int) -> int:
        """Characters between two places, quotation marks left out: the matcher looks through them."""
        return sum(one != '"' for one in self.text[start:end])

    def in_one_clause(self, *spots: Spot) -> bool:
        """Whether spots of one sentence stand in one clause of it."""
        clauses = self.sentences[spots[0].sentence].clauses
        return any(all(c.start <= s.start and s.end <= c.end for s in spots) for c in clauses)

    def _clause_faults(self, here: list[list[Spot]]) -> Iterator[Fault]:
        """Parts of one clause that stand in two, or of which one is missing."""
        everything = tuple(range(len(here)))
        if all(here):
            for spots in _tuples(here):
                order = tuple(sorted(everything, key=lambda number: spots[number].start))
                in_order = tuple(spots[number] for number in order)
                if all(a.end <= b.start for a, b in pairwise(in_order)):
                    apart = max(b.start - a.end for a, b in pairwise(in_order))
                    yield Fault("clauses", in_order, order, 1, apart)
        for at in everything:
            rest = tuple(number for number in everything if number != at)
            for spots in _tuples([here[number] for number in rest]):
                if self.in_one_clause(*spots):
                    yield Fault("missing", tuple(sorted(spots)), rest, at)

    def _over_two(self, shape: Shape, number: int) -> Iterator[Fault]:
        """A row that the end of a sentence cuts, its gaps long enough."""
        steps = shape.steps
        if number + 1 >= len(self.sentences):
            return
        first, second = self.sentences[number], self.sentences[number + 1]
        if first.section != second.section or first.folded_span.end != second.folded_span.start:
            return
        spots = [self.spots[step.node] for step in steps]
        both = [[*one.get(number, ()), *one.get(number + 1, ())] for one in spots]
        if not all(both):
            return
        open_gaps = [(at, step.gap and Gap(step.gap.characters)) for at, step in enumerate(steps)]
        for walk in self._walks(open_gaps, both):
            cut = [at for at, (a, b) in enumerate(pairwise(walk), 1) if a.sentence != b.sentence]
            if cut:
                apart = walk[cut[0]].start - walk[cut[0] - 1].end
                yield Fault("sentences", walk, tuple(range(len(steps))), cut[0], apart)


def _tuples(places: Sequence[Sequence[Spot]]) -> Iterator[tuple[Spot, ...]]:
    """One spot of each, at most `BRANCHES` of each tried."""
    walks: list[tuple[Spot, ...]] = [()]
    for spots in places:
        walks = [(*walk, spot) for walk in walks for spot in spots[:BRANCHES]]
    yield from walks


def _without(steps: Sequence[Step], at: int) -> list[tuple[int, Gap | None]]:
    """The steps but one, with the gap that remains: both gaps and room for what is missing."""
    rest: list[tuple[int, Gap | None]] = []
    for number, step in enumerate(steps):
        if number == at:
            continue
        gap = step.gap
        if number == at + 1 and at > 0:
            gap = _room(steps[at], step)
        rest.append((number, gap))
    return rest


def _room(missing: Step, after: Step) -> Gap:
    both = [gap for gap in (missing.gap, after.gap) if gap]
    scope = wider(missing.gap, after.gap)
    room = sum(gap.characters for gap in both) + max(4, usual_length(missing.node))
    return Gap(room, scope.scope if scope else "clause")


def remedy(shape: Shape, fault: Fault) -> tuple[Node, str]:
    """A tree that stands where the fault is, and what changed in the notation.

    The change is ``""`` for a missing piece and for the end of a sentence, which no pattern crosses.
    """
    steps = [shape.steps[number] for number in fault.order]
    items: list[Node | Gap] = []
    change = ""
    for at, (step, spot) in enumerate(zip(steps, fault.spots, strict=True)):
        gap = shape.steps[at].gap if fault.kind == "order" else step.gap
        if at and (at == fault.at or not shape.in_row) and fault.kind in ("gap", "clauses", "sentences"):
            apart = fault.apart if shape.in_row else spot.start - fault.spots[at - 1].end
            inside = gap is not None and gap.scope == "clause" and not fault.crosses
            gap = Gap(max(apart, gap.characters if gap else 0), "clause" if inside else "sentence")
            if fault.kind != "sentences":
                before = notation(steps[at - 1].node)
                change = " ".join((before, gap_notation(gap), notation(step.node)))
        if at and fault.kind == "missing":
            gap = Gap(max(0, spot.start - fault.spots[at - 1].end))
        if at and gap:
            items.append(gap)
        items.append(step.node)
    if fault.kind == "order":
        change = f"{notation(steps[fault.at].node)} … {notation(steps[fault.at + 1].node)}"
    return (Row(tuple(items)) if len(items) > 1 else steps[0].node), change


def blocked(shape: Shape, fault: Fault) -> str:
    """The missing piece, or the gap that does not reach, as the notation writes it."""
    step = shape.steps[fault.at]
    if fault.kind == "missing":
        return notation(step.node)
    if fault.kind == "order":
        return f"{notation(step.node)} … {notation(shape.steps[fault.at + 1].node)}"
    if not shape.in_row:
        return "&"
    return gap_notation(step.gap) if step.gap else ""
