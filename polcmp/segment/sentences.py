"""Where sentences and clauses end in folded text.

Knows punctuation only. Sentences end at ``。 ! ? ;``, clauses also at ``, :`` and ``——``. Brackets of up to
60 characters are remarks inside a clause and never cut it; ``、`` joins lists and cuts nothing; marks inside
numbers (``1,200``, ``9:40``) cut nothing. What goes on for pages without a full stop (a table, a list of
names) is cut as well: what is looked for in a sentence takes time that grows faster than its length.
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

LONGEST = 1_000
"""Most code points of a sentence. The longest of 2,131 in the seeds and labelled documents has 224."""

_PAUSES = (",", ":", "、", " ")
"""Where a sentence that is too long is cut, the best first; anywhere if it has none."""


def sentences_of(text: str, span: Span) -> Iterator[Span]:
    """Cut a stretch of one line into sentences, each with its final mark and closing quote.

    Args:
        text: folded text.
        span: a stretch without line breaks.

    Yields:
        Sentences of at most `LONGEST` code points in order; together they are exactly `span`.
    """
    start = span.start
    for end in (*_cuts(text, span, _ENDERS), span.end):
        if end > start:
            yield from _bounded(text, start, end)
            start = end


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """One sentence, cut at pauses as often as it is too long."""
    while end - start > LONGEST:
        stop = start + LONGEST
        pauses = (text.rfind(pause, start + LONGEST // 2, stop) for pause in _PAUSES)
        cut = next((pause + 1 for pause in pauses if pause >= 0), stop)
        yield Span(start, cut)
        start = cut
    yield Span(start, end)


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
