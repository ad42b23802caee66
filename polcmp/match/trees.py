"""Pattern trees over the phrases found in one sentence; rows stand in `polcmp.match.rows`.

A tree is compiled once into evaluators; each yields the stretches where it stands in a sentence,
computed at most once a sentence. This module must not decide what counts: it only finds.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Protocol

from polcmp.match.scene import Found, Scene, Seen, as_found

FEW = 16
"""Up to so many partial results are walked as they are; more are thinned out: a bound on hostile text."""

GROUPS = 200
"""Most groups of parts that are followed up in one clause, shortest first: a bound on hostile text."""

FIGURE_WEIGHT = 2
"""A figure weighs as much as a phrase of two characters, however many digits it has."""


class Evaluator(Protocol):
    """A compiled tree.

    Attributes:
        anchors: texts of phrases of which one must be present, None when none need be.
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


def best(found: list[Found]) -> list[Found]:
    """One result for each stretch: fewest missing pieces, then best quality; sorted."""
    if len(found) < 2:
        return found
    ordered = sorted(found)
    kept = [ordered[0]]
    for one in ordered[1:]:
        before = kept[-1]
        if one[0] != before[0] or one[1] != before[1]:
            kept.append(one)
        elif _rank(one) < _rank(before):
            kept[-1] = one
    return kept


def _rank(found: Found) -> tuple[int, float, int, tuple[Seen, ...]]:
    """The better of two results for one stretch comes first."""
    return found.missing, -found.quality, found.gap, found.seen


@dataclass(slots=True)
class Phrases:
    """Any of a set of phrases: a single phrase or the plain words of a list.

    Attributes:
        names: the words, by number of the text.
        phrases: the words, by number of the phrase.
    """

    number: int
    names: dict[int, str]
    phrases: dict[int, str]
    anchors: frozenset[int] | None
    needs: int = 0

    def find(self, scene: Scene) -> list[Found]:
        """One result for each hit."""
        names, leaves = self.names, scene.leaves
        found: list[Found] = []
        for text in scene.hits.keys() & names.keys():
            found += leaves[text] if text in leaves else scene.leaves_of(text, names[text])
        if not scene.loose:
            found.sort()  # two texts never stand at one place
            return found
        for phrase in scene.loose.keys() & self.phrases.keys():
            found += scene.loose_of(phrase, self.phrases[phrase])
        return best(found)


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
        return as_found((start, end, 0, 0, FIGURE_WEIGHT, FIGURE_WEIGHT, (seen,)))


@dataclass(slots=True)
class AnyOf:
    """Any of several trees."""

    number: int
    options: tuple[Evaluator, ...]
    anchors: frozenset[int] | None
    needs: int = 0

    def find(self, scene: Scene) -> list[Found]:
        """Results of all options, the best for each stretch."""
        present = scene.present
        every = [stand(one, scene) for one in self.options if present & one.needs == one.needs]
        some = [found for found in every if found]
        return some[0] if len(some) == 1 else best([one for found in some for one in found])


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
        return best([_gathered(group) for group in groups])


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
