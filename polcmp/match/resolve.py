"""Which of several overlapping finds of one measure stands: the longest; neighbours become one.

Measures don't hide one another, and the order of entries never decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from polcmp.match.apart import Apart
from polcmp.match.program import Rule
from polcmp.match.scene import Found, joined_found


class Find(NamedTuple):
    """A rule that stands somewhere: what resolution decides about.

    `reason` and `detail` as in `model.mention.Dropped`, ``""`` for a find that counts.
    """

    rule: Rule
    found: Found
    sentence: int
    score: float
    reason: str = ""
    detail: str = ""

    def overlaps(self, other: Find) -> bool:
        """Whether the two share a character."""
        return self.found.start < other.found.end and other.found.start < self.found.end


def preference(find: Find) -> tuple[int, float, int, str, str]:
    """Sort key, best first: longest, highest score, leftmost, then pattern and form by name."""
    start, end = find.found.start, find.found.end
    return (start - end, -find.score, start, find.rule.source, find.rule.form)


def resolve(finds: Iterable[Find], counts: Callable[[Find], bool] = lambda find: True) -> list[Find]:
    """The finds that stand, sorted by start and measure; no two of one measure overlap.

    Args:
        finds: finds of any sentences.
        counts: whether a find counts at all; asked only of those that none better overlaps.
    """
    taken: dict[str, Apart] = defaultdict(Apart)
    chosen: list[Find] = []
    for find in sorted(finds, key=preference):
        start, end = find.found.start, find.found.end
        of_measure = taken[find.rule.measure]
        if of_measure.has_room(start, end) and counts(find):
            of_measure.add(start, end)
            chosen.append(find)
    return sorted(chosen, key=lambda f: (f.found.start, f.found.end, f.rule.measure))


def join(
    finds: Iterable[Find],
    reach: int,
    same_clause: Callable[[int, int], bool],
    whole: Callable[[Find], Find | None],
) -> list[Find]:
    """Finds of one measure that are neighbours in a clause, as one: they tell of one act.

    `为138个村精准选派` and `93名科技特派员` are one stretch to a human coder (codebook, section Spans).

    Args:
        finds: finds of one sentence that stand, apart inside a measure.
        reach: most characters between neighbours.
        same_clause: whether two view offsets lie in one clause.
        whole: a joined find as it counts, None when the two had better stay apart (too long, or below
            the cut-off together).

    Returns:
        Finds sorted as `resolve` sorts them. A joined one has the rule of its longer part and the
        pieces of both.
    """
    joined: dict[str, list[Find]] = defaultdict(list)
    for find in sorted(finds, key=lambda f: (f.found.start, f.found.end)):
        group = joined[find.rule.measure]
        both = _neighbours(group[-1], find, reach, same_clause) if group else None
        both = whole(both) if both else None
        if both:
            group[-1] = both
        else:
            group.append(find)
    every = (find for group in joined.values() for find in group)
    return sorted(every, key=lambda f: (f.found.start, f.found.end, f.rule.measure))


def _neighbours(a: Find, b: Find, reach: int, same_clause: Callable[[int, int], bool]) -> Find | None:
    """Two finds as one when nothing but `reach` characters of a clause lies between them."""
    if b.found.start - a.found.end > reach or not same_clause(a.found.end - 1, b.found.start):
        return None
    return min(a, b, key=preference)._replace(found=joined_found(a.found, b.found))
