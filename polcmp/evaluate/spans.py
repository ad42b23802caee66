"""How much stretches share, and when several finds are one. Knows numbers, no labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from polcmp.text.span import Span

LONGEST = 120
"""A find of more raw code points than this is wrong whatever it holds: it shows nothing (codebook, section
Spans: the shortest stretch that shows the measure)."""

SHARE = 0.5
"""Part of the shorter of two stretches that they must share to be about the same words."""


@dataclass(frozen=True, slots=True)
class Found:
    """A find as an evaluation sees it; `score` as results publish it, 4 decimals."""

    document: str
    measure: str
    status: str
    raw_span: Span
    score: float
    quote: str = ""
    pattern: str = ""
    cue: str = ""
    cue_from: str = ""


def shared(one: Span, other: Span) -> float:
    """The part of the shorter stretch that both cover, 0 to 1."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return common / max(1, min(one.length, other.length)) if common > 0 else 0.0


def same_words(one: Span, other: Span) -> bool:
    """Whether two stretches share at least `SHARE` of the shorter one."""
    return shared(one, other) >= SHARE


def merged(found: Iterable[Found]) -> list[Found]:
    """Finds of one document and measure, those that overlap one another counted once.

    The one with the higher score (the first of equals) gives status and quotation, both together the
    stretch; where that would be longer than `LONGEST`, the one that stays keeps its own.
    """
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.raw_span.start, -f.raw_span.end)):
        last = kept[-1] if kept else None
        if last is None or not same_words(one.raw_span, last.raw_span):
            kept.append(one)
            continue
        better = one if one.score > last.score else last
        both = Span(last.raw_span.start, max(last.raw_span.end, one.raw_span.end))
        kept[-1] = replace(better, raw_span=both) if both.length <= LONGEST else better
    return kept


def covered(spans: Iterable[Span]) -> list[Span]:
    """The same stretches, sorted, without overlap."""
    union: list[Span] = []
    for span in sorted(spans):
        if union and span.start <= union[-1].end:
            union[-1] = Span(union[-1].start, max(union[-1].end, span.end))
        else:
            union.append(span)
    return union


def common_length(some: Iterable[Span], others: Iterable[Span]) -> int:
    """Code points that lie in a stretch of both."""
    right = covered(others)
    return sum(
        max(0, min(one.end, other.end) - max(one.start, other.start))
        for one in covered(some)
        for other in right
    )
