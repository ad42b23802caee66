"""Which of several overlapping finds of one measure stands: the longest; neighbours become one.

Measures don't hide one another, and the order of entries never decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from polcmp.match.program import Rule
from polcmp.match.trees import Found


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


def resolve(finds: Iterable[Find]) -> list[Find]:
    """The finds that stand, sorted by start and measure; no two of one measure overlap."""
    chosen: dict[str, list[Find]] = defaultdict(list)
    for find in sorted(finds, key=preference):
        group = chosen[find.rule.measure]
        if not any(find.overlaps(other) for other in group):
            group.append(find)
    every = (find for group in chosen.values() for find in group)
    return sorted(every, key=lambda f: (f.found.start, f.found.end, f.rule.measure))


def join(
    finds: Iterable[Find], reach: int, longest: int, same_clause: Callable[[int, int], bool]
) -> list[Find]:
    """Finds of one measure that are neighbours in a clause, as one: they tell of one act.

    `为138个嘎查村精准选派` and `93名科技特派员` are one stretch to a human coder (codebook, section Spans).

    Args:
        finds: finds of one sentence that stand, apart inside a measure.
        reach: most characters between neighbours.
        longest: longest stretch that may come out.
        same_clause: whether two view offsets lie in one clause.

    Returns:
        Finds sorted as `resolve` sorts them. A joined one has the rule of its longest part, the pieces
        of all, and the score of none: the caller scores it anew.
    """
    joined: dict[str, list[Find]] = defaultdict(list)
    for find in sorted(finds, key=lambda f: (f.found.start, f.found.end)):
        group = joined[find.rule.measure]
        last = group[-1] if group else None
        if (
            last is not None
            and find.found.start - last.found.end <= reach
            and find.found.end - last.found.start <= longest
            and same_clause(last.found.end - 1, find.found.start)
        ):
            group[-1] = _both(last, find)
        else:
            group.append(find)
    every = (find for group in joined.values() for find in group)
    return sorted(every, key=lambda f: (f.found.start, f.found.end, f.rule.measure))


def _both(a: Find, b: Find) -> Find:
    """Two neighbours as one find; its score is a placeholder."""
    kept = min(a, b, key=preference)
    gap = a.found.gap + b.found.gap + b.found.start - a.found.end
    found = Found(
        a.found.start, b.found.end, gap, min(a.found.missing, b.found.missing), a.found.seen + b.found.seen
    )
    return kept._replace(found=found)
