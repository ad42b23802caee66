"""Where sentences and clauses end in folded text.

Knows punctuation only. Sentences end at ``。 ! ? ;``, clauses also at ``, :`` and ``——``. Brackets of up to
60 characters are remarks inside a clause and never cut it; ``、`` joins lists and cuts nothing; marks inside
numbers (``1,200``, ``9:40``) cut nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from polcmp.text.span import Span

_MARKS = re.compile(r"[。!?]+|[,;:](?!(?<=\d.)\d)|—{2,}|\"|\([^()\n]{0,60}\)|《[^《》\n]{1,60}》")
_ENDERS = frozenset("。!?;")
"""A semicolon ends a sentence: no labelled mention in ``tests/gold`` reaches over one, status is read equally
well with it, and gaps of patterns stay inside one item of a list (一是…;二是…)."""
_CLOSERS = frozenset(")》】]")


def sentences_of(text: str, span: Span) -> Iterator[Span]:
    """Cut a stretch of one line into sentences, each with its final mark and closing quote.

    Args:
        text: folded text.
        span: a stretch without line breaks.

    Yields:
        Sentences in order; together they are exactly `span`.
    """
    start = span.start
    for end in _cuts(text, span, _ENDERS):
        if end > start:
            yield Span(start, end)
            start = end
    if start < span.end:
        yield Span(start, span.end)


def clauses_of(text: str, sentence: Span) -> tuple[Span, ...]:
    """Cut a sentence into clauses, at ``, :`` and ``——``; together they are exactly the sentence."""
    ends = [end for end in _cuts(text, sentence, None) if end < sentence.end]
    bounds = [sentence.start, *ends, sentence.end]
    return tuple(Span(start, end) for start, end in pairwise(bounds) if end > start)


def _cuts(text: str, span: Span, only: frozenset[str] | None) -> Iterator[int]:
    """Ends of the pieces between marks; `only` limits the marks by their first character."""
    quoted = False
    skip_to = span.start
    for found in _MARKS.finditer(text, span.start, span.end):
        mark = found.group()
        if mark == '"':
            quoted = not quoted
        elif mark[0] not in "(《" and found.start() >= skip_to and (only is None or mark[0] in only):
            end = found.end()
            if quoted and end < span.end and text[end] == '"':
                end += 1
            while end < span.end and text[end] in _CLOSERS:
                end += 1
            skip_to = end
            yield end
