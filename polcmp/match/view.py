"""The text as the matcher reads it: folded, with quotation marks looked through.

`驻村“第一书记”` has to match `驻村第一书记`, so quotation marks take no part in matching.
This module must not change anything else: every other character keeps its order.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from polcmp.text.span import Span

QUOTES = '"'
"""The fold leaves one form of double quotation mark (see `polcmp.text.fold`)."""


class View(NamedTuple):
    """Folded text without quotation marks, and the way back.

    Attributes:
        text: what is matched against.
        quotes: folded offsets of the marks left out, ascending.
        shifted: `quotes[i] - i`: the view offset at which the i-th mark was left out.
    """

    text: str
    quotes: tuple[int, ...]
    shifted: tuple[int, ...]

    def folded_span(self, view_span: Span) -> Span:
        """Folded stretch of a non-empty view stretch; marks at its edges stay outside."""
        if not self.quotes:
            return view_span
        return Span(self._folded(view_span.start), self._folded(view_span.end - 1) + 1)

    def quotation(self, view_span: Span) -> Span:
        """Folded stretch with the closing mark of a quotation that it opens and the mark ends.

        `任“第一书记` becomes `任“第一书记”`: an evidence that breaks off before the mark looks cut.
        """
        if not self.quotes:
            return view_span
        span = self.folded_span(view_span)
        inside = bisect_left(self.quotes, span.end) - bisect_left(self.quotes, span.start)
        at_end = bisect_left(self.quotes, span.end)
        closes = at_end < len(self.quotes) and self.quotes[at_end] == span.end
        return Span(span.start, span.end + 1) if inside % 2 and closes else span

    def view_offset(self, folded_offset: int) -> int:
        """View offset of a folded offset (a mark's own offset goes to what follows it)."""
        return folded_offset - bisect_left(self.quotes, folded_offset)

    def view_offsets(self, folded_offsets: list[int]) -> list[int]:
        """View offsets of folded offsets."""
        return [*map(self.view_offset, folded_offsets)] if self.quotes else folded_offsets

    def view_span(self, folded_span: Span) -> Span:
        """View stretch of a folded stretch; empty when it holds only marks."""
        return Span(self.view_offset(folded_span.start), self.view_offset(folded_span.end))

    def _folded(self, view_offset: int) -> int:
        return view_offset + bisect_right(self.shifted, view_offset)


def look_through_quotes(text: str) -> View:
    """The view of a folded text."""
    quotes: list[int] = []
    at = text.find(QUOTES)
    while at >= 0:
        quotes.append(at)
        at = text.find(QUOTES, at + 1)
    shifted = tuple(offset - i for i, offset in enumerate(quotes))
    return View(text.replace(QUOTES, ""), tuple(quotes), shifted)
