"""Where sentences and clauses end in folded text.

Knows punctuation only. Sentences end at ``。 ! ? ;``, clauses also at ``, : |`` and ``——``. Brackets of up to
60 characters are remarks inside a clause and never cut it; ``、`` joins lists and cuts nothing; marks inside
numbers (``1,200``, ``9:40``) cut nothing. What goes on for pages without a full stop (a table, a list of
names) is cut as well: what is looked for in a sentence takes time that grows faster than its length.
"""

from __future__ import annotations

import re

from polcmp.text.span import Span

_MARKS = re.compile(r"[。!?]+|¦|[,;:](?!(?<=\d.)\d)|\||—{2,}|\"|\([^()\n]{0,60}\)|《[^《》\n]{1,60}》")
_ENDERS = frozenset("。!?;¦")
"""A semicolon ends a sentence: no labelled mention in ``tests/gold`` reaches over one, status is read equally
well with it, and gaps of patterns stay inside one item of a list (一是…;二是…)."""
_CLOSERS = frozenset(")》】]")
_CLOSING = _CLOSERS | {'"'}

LONGEST = 1_000
"""Most code points of a sentence. The longest of 2,131 in the seeds and labelled documents has 224."""

_PAUSES = (",", ":", "、", " ")
"""Where a sentence that is too long is cut, the best first; anywhere if it has none."""


def sentences_of(text: str, span: Span) -> list[tuple[Span, tuple[Span, ...]]]:
    """Cut a stretch of one line into sentences, each with its final mark and closing quote.

    Args:
        text: folded text.
        span: a stretch without line breaks.

    Returns:
        Sentences of at most `LONGEST` code points in order, together exactly `span`, each with its clauses
        as `clauses_of` gives them.
    """
    start, stop = span
    if not _MARKS.search(text, start, stop):
        return _bounded(text, start, stop, []) if start < stop else []
    found: list[tuple[Span, tuple[Span, ...]]] = []
    behind = start
    quoted = quoted_here = False  # since the stretch began, since the sentence began
    cuts: list[int] = []
    for hit in _MARKS.finditer(text, start, stop):
        at, end = hit.span()
        mark = text[at]
        if mark == '"':
            quoted = not quoted
            quoted_here = not quoted_here and at >= start
        elif mark in _ENDERS:
            last = _past_closers(text, end, stop, quoted)
            cuts.append(_past_closers(text, end, last, quoted_here))
            found += _bounded(text, start, last, cuts)
            start = behind = last
            cuts, quoted_here = [], False
        elif mark not in "(《" and at >= behind:
            behind = _past_closers(text, end, stop, quoted_here)
            cuts.append(behind)
    if start < stop:
        found += _bounded(text, start, stop, cuts)
    return found


def _bounded(text: str, start: int, end: int, cuts: list[int]) -> list[tuple[Span, tuple[Span, ...]]]:
    """One sentence with its clauses, cut at pauses as often as it is too long."""
    if end - start <= LONGEST:
        whole = Span(start, end)
        return [(whole, _between(start, cuts, end) if cuts else (whole,))]
    parts = []
    while start < end:
        stop = start + LONGEST
        pauses = (text.rfind(pause, start + LONGEST // 2, stop) for pause in _PAUSES if stop < end)
        part = Span(start, next((pause + 1 for pause in pauses if pause >= 0), min(stop, end)))
        parts.append((part, clauses_of(text, part)))
        start = part.end
    return parts


def clauses_of(text: str, sentence: Span) -> tuple[Span, ...]:
    """Cut a sentence into clauses, at ``, : |`` and ``——``; together they are exactly the sentence."""
    quoted, behind = False, sentence.start
    cuts = []
    for found in _MARKS.finditer(text, sentence.start, sentence.end):
        at, end = found.span()
        mark = text[at]
        if mark == '"':
            quoted = not quoted
        elif mark not in "(《" and at >= behind:
            behind = _past_closers(text, end, sentence.end, quoted)
            cuts.append(behind)
    return _between(sentence.start, cuts, sentence.end)


def _between(start: int, cuts: list[int], end: int) -> tuple[Span, ...]:
    """The stretches between ascending `cuts`."""
    spans = []
    for cut in cuts:
        if cut < end:
            spans.append(Span(start, cut))
            start = cut
    spans.append(Span(start, end))
    return tuple(spans)


def _past_closers(text: str, end: int, stop: int, quoted: bool) -> int:
    """Behind the quotation mark that closes at `end`, if one is open, and behind closing brackets."""
    if end < stop and text[end] in _CLOSING:
        if quoted and text[end] == '"':
            end += 1
        while end < stop and text[end] in _CLOSERS:
            end += 1
    return end
