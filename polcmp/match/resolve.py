"""Which of several overlapping finds of one measure stands: the longest.

Measures don't hide one another, and the order of entries never decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
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
