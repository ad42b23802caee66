"""Half-open stretches of text. Knows numbers only, never the text itself."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch ``[start, end)`` in code points.

    Whether it counts in raw or in folded text is said by the name that holds it
    (``raw_span``, ``folded_span``).
    """

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of code points, 0 or more."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end
