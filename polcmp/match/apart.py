"""Stretches that do not overlap, kept in order: asking and adding take logarithmic time.

Knows nothing of what the stretches are.
"""

from __future__ import annotations

from bisect import bisect_left


class Apart:
    """A growing set of stretches, none overlapping another."""

    __slots__ = ("_ends", "_starts")

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def has_room(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` overlaps none of the stretches."""
        before = bisect_left(self._starts, end) - 1  # the last one that begins before `end`
        return before < 0 or self._ends[before] <= start

    def add(self, start: int, end: int) -> None:
        """Take in ``[start, end)``, for which there is room."""
        at = bisect_left(self._starts, start)
        self._starts.insert(at, start)
        self._ends.insert(at, end)
