"""Where each folded character came from: offsets between folded and raw text.

Every folded character comes from exactly one raw character, so the map is a strictly increasing row
of raw indices. It is kept as runs (stretches copied without a gap), which is small and quick to check.
This module must not know how text is folded.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from polcmp.errors import InternalError
from polcmp.text.span import Span


class OffsetMap:
    """A strictly increasing map from folded to raw offsets, in code points. Immutable.

    Attributes:
        folded_length: code points of the folded text, 0 or more.
        raw_length: code points of the raw text, at least `folded_length`.
    """

    __slots__ = ("_folded_starts", "_raw_starts", "folded_length", "raw_length")

    def __init__(self, runs: Iterable[tuple[int, int]], raw_length: int) -> None:
        """Build the map from the stretches of raw text that were kept.

        Args:
            runs: half-open raw stretches in text order; empty ones are skipped.
            raw_length: code points of the raw text, 0 or more.

        Raises:
            InternalError: P110 if two runs overlap or stand out of order, or one leaves the raw text.
        """
        raw_starts: list[int] = []
        folded_starts: list[int] = []
        folded, raw_end = 0, 0
        for start, end in runs:
            if start < raw_end or end < start:
                raise InternalError(f"offset map is not increasing at raw offset {start}", code="P110")
            if end == start:
                continue
            if start != raw_end or not raw_starts:
                raw_starts.append(start)
                folded_starts.append(folded)
            folded += end - start
            raw_end = end
        if raw_end > raw_length:
            raise InternalError(f"offset map ends at {raw_end}, beyond {raw_length}", code="P110")
        self._raw_starts: Sequence[int] = tuple(raw_starts)
        self._folded_starts: Sequence[int] = tuple(folded_starts)
        self.folded_length = folded
        self.raw_length = raw_length

    @classmethod
    def from_indices(cls, indices: Iterable[int], raw_length: int) -> OffsetMap:
        """Build the map from one raw index for each folded character; errors as in the constructor."""
        return cls(((index, index + 1) for index in indices), raw_length)

    def raw_index(self, folded_index: int) -> int:
        """Raw offset of one folded character.

        Args:
            folded_index: 0 to ``folded_length - 1``.

        Raises:
            IndexError: if there is no such folded character.
        """
        if not 0 <= folded_index < self.folded_length:
            raise IndexError(folded_index)
        run = bisect_right(self._folded_starts, folded_index) - 1
        return self._raw_starts[run] + folded_index - self._folded_starts[run]

    def raw_indices(self) -> array[int]:
        """Raw offset of every folded character, strictly increasing, one entry each."""
        indices = array("q")
        for run, (raw_start, folded_start) in enumerate(
            zip(self._raw_starts, self._folded_starts, strict=True)
        ):
            indices.extend(range(raw_start, raw_start + self._folded_end(run) - folded_start))
        return indices

    def raw_span(self, folded_span: Span) -> Span:
        """The raw stretch from the first to the last character of a folded one, what was removed included.

        An empty span gives the empty span before the same character (at the end: behind the last one).

        Raises:
            IndexError: if the span leaves the folded text.
        """
        start, end = folded_span
        if not 0 <= start <= end <= self.folded_length:
            raise IndexError(f"{folded_span} leaves a folded text of {self.folded_length} characters")
        if start < end:
            return Span(self.raw_index(start), self.raw_index(end - 1) + 1)
        if start < self.folded_length:
            raw = self.raw_index(start)
        else:
            raw = self.raw_index(start - 1) + 1 if start else self.raw_length
        return Span(raw, raw)

    def folded_span(self, raw_span: Span) -> Span:
        """The folded characters that came from a raw stretch; empty if all of it was removed.

        Raises:
            IndexError: if the span leaves the raw text.
        """
        start, end = raw_span
        if not 0 <= start <= end <= self.raw_length:
            raise IndexError(f"{raw_span} leaves a raw text of {self.raw_length} characters")
        return Span(self._kept_before(start), self._kept_before(end))

    def pieces(self, folded_span: Span) -> list[tuple[Span, Span]]:
        """The stretches of `folded_span` that were copied without a gap: each in folded and in raw text."""
        start, end = folded_span
        first = max(0, bisect_right(self._folded_starts, start) - 1)
        last = bisect_left(self._folded_starts, end)
        found = []
        for run in range(first, last):
            low, high = max(start, self._folded_starts[run]), min(end, self._folded_end(run))
            shift = self._raw_starts[run] - self._folded_starts[run]
            found.append((Span(low, high), Span(low + shift, high + shift)))
        return found

    def _folded_end(self, run: int) -> int:
        following = run + 1
        return self._folded_starts[following] if following < len(self._folded_starts) else self.folded_length

    def _kept_before(self, raw_offset: int) -> int:
        """Number of folded characters that come from before `raw_offset`."""
        run = bisect_left(self._raw_starts, raw_offset) - 1
        if run < 0:
            return 0
        inside = self._folded_starts[run] + raw_offset - self._raw_starts[run]
        return min(inside, self._folded_end(run))
