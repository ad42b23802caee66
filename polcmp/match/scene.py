"""One sentence as pattern trees see it, and what they find there.

Holds what was found and adds it up; must not know how a tree is walked (`polcmp.match.trees`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from polcmp.match.phrases import Hit, Verbatim
from polcmp.text.figures import Figure, figure_kind, find_figures

END_OF_TEXT = 1 << 60
"""An offset behind every text."""


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


SeenFields = tuple[str, int, int, float, str, int]
FoundFields = tuple[int, int, int, int, int, float, tuple[Seen, ...]]

as_seen: Callable[[SeenFields], Seen] = partial(tuple.__new__, Seen)
as_found: Callable[[FoundFields], Found] = partial(tuple.__new__, Found)
"""A `Found` of its fields: walks make them by the thousand, and the class takes twice as long."""


@dataclass(slots=True)
class Scene:
    """One sentence as the evaluators see it.

    Attributes:
        text: whole view text.
        start: view offset of the sentence.
        end: view offset behind it.
        clause_starts: ascending view offsets of its clauses; the first is `start`.
        hits: texts of phrases that stand in it, by number of the text.
        loose: phrases that stand in it edited or misspelt, by number of the phrase.
        present: bits of the phrase groups that are there (`TreeCompiler.groups_of`).
        longest: most characters of a stretch that counts; what is longer need not be followed up.
        memo: results by evaluator number.
        leaves: hits as results, by number of the text.
    """

    text: str
    start: int
    end: int
    clause_starts: Sequence[int]
    hits: dict[int, list[Verbatim]]
    loose: dict[int, list[Hit]]
    present: int = -1
    longest: int = 1_000
    memo: dict[int, list[Found]] = field(default_factory=dict)
    leaves: dict[int, list[Found]] = field(default_factory=dict)
    figures: list[Figure] | None = None

    def clause_of(self, offset: int) -> int:
        """Index of the clause that holds a view offset."""
        return bisect_right(self.clause_starts, offset) - 1

    def clause_end(self, offset: int) -> int:
        """View offset at which the next clause begins, `END_OF_TEXT` in the last one."""
        following = bisect_right(self.clause_starts, offset)
        return self.clause_starts[following] if following < len(self.clause_starts) else END_OF_TEXT

    def leaves_of(self, text: int, name: str) -> list[Found]:
        """The places of a text as results; many lists hold the same one, so they are made once."""
        found = self.leaves.get(text)
        if found is None:
            weight = len(name)
            found = self.leaves[text] = [
                as_found(
                    (start, end, 0, 0, weight, weight, (as_seen((name, start, end, 1.0, "exact", weight)),))
                )
                for _, start, end in self.hits[text]
            ]
        return found

    def loose_of(self, phrase: int, name: str) -> list[Found]:
        """The places where a phrase stands edited or misspelt, as results."""
        weight = len(name)
        return [
            Found(start, end, 0, 0, weight, weight * like, (Seen(name, start, end, like, how, weight),))
            for start, end, _, like, how in self.loose[phrase]
        ]

    def figures_of(self, kind: str) -> list[Figure]:
        """Figures of the sentence that fill a slot of this kind (any figure fills ``number``)."""
        if self.figures is None:
            self.figures = find_figures(self.text, self.start, self.end)
        return [f for f in self.figures if kind == "number" or figure_kind(f) == kind]


def joined_found(a: Found, b: Found) -> Found:
    """Two results one after the other as one."""
    start, before, gap, missing, weight, likeness, seen = a
    after, end, b_gap, b_missing, b_weight, b_likeness, b_seen = b
    gap += b_gap + after - before
    return as_found(
        (start, end, gap, missing + b_missing, weight + b_weight, likeness + b_likeness, seen + b_seen)
    )


def lacking(found: Found, missing: int) -> Found:
    """A result that lacks so many more optional pieces."""
    start, end, gap, before, weight, likeness, seen = found
    return as_found((start, end, gap, before + missing, weight, likeness, seen))
