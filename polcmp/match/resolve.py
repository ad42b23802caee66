"""Which of several overlapping matches of one measure stands: the longest.

Measures don't hide one another, and the order of entries never decides. Pure functions on matches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from polcmp.model.mention import Match


def preference(match: Match) -> tuple[int, float, int, str, str]:
    """Sort key, best first: longest, highest score, leftmost, then pattern and form by name."""
    span = match.folded_span
    return (-span.length, -match.score, span.start, match.pattern, match.form)


def resolve(matches: Iterable[Match]) -> list[Match]:
    """The matches that stand, sorted by start, end and measure; no two of one measure overlap."""
    chosen: dict[str, list[Match]] = defaultdict(list)
    for match in sorted(matches, key=preference):
        if not any(match.folded_span.overlaps(c.folded_span) for c in chosen[match.measure]):
            chosen[match.measure].append(match)
    return sorted((m for group in chosen.values() for m in group), key=lambda m: (m.folded_span, m.measure))
