"""One document's text with its mentions and boilerplate marked, for a terminal.

A mention reads ``⟦1 words⟧`` and is listed by its number below the text; where another one begins in it
and ends behind it, its number closes it as well: ``⟦1 words ⟦2 words 1⟧ words⟧``. Boilerplate reads
``{rule: words}``. Colour is added to the marks, never put in their place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from heapq import heappop, heappush
from operator import itemgetter

from rich.console import RenderableType
from rich.text import Text

from polcmp.model.comparison import DocumentFacts, DocumentResult
from polcmp.model.mention import Mention
from polcmp.render.canvas import Prose, indented, paint
from polcmp.render.evidence import dropped_quotation
from polcmp.render.labels import MARKS, STYLES, counted, region_label, status_word, word
from polcmp.render.messages import in_language
from polcmp.render.options import RenderOptions
from polcmp.render.plain import harmless, one_line, quoted
from polcmp.render.reasons import rule_word
from polcmp.text.span import Span

MOST_INDENT = 16
"""Columns that a line of a document is moved in at most: some pages centre headings with spaces."""


def document_text(result: DocumentResult, raw: str, options: RenderOptions) -> str:
    """A document as it was read.

    Args:
        result: the document, analysed.
        raw: its raw text; the offsets of `result` count in it.
        options: looks.

    Returns:
        What is known of it, its text with marks, the mentions by number, then the matches that were dropped.
    """
    lang = options.lang
    lines = [*_heading(result, lang), ""]
    marked = _marked(result, raw, lang)
    marked.rstrip()
    lines += [_moved_in(line) for line in marked.split("\n", allow_blank=True)]
    if result.mentions:
        lines += ["", Text(word("mentions", lang), "bold")]
        for number, mention in _numbered(result):
            lines += _listed(number, mention, lang)
    if result.dropped:
        lines += ["", Text(word("dropped", lang), "bold")]
        for one in result.dropped:
            lines += dropped_quotation(one, lang)
    return paint(lines, options)


def _heading(result: DocumentResult, lang: str) -> list[RenderableType]:
    """Name, title, region and size of a document."""
    facts = result.facts
    lines: list[RenderableType] = [Prose(one_line(facts.name), style="bold")]
    lines += [indented(one_line(text), 2) for text in (facts.title, _region(facts, lang)) if text]
    said = [facts.date] if facts.date else []
    kind = [] if facts.format == "text" else [facts.format]
    said += [
        counted("n_characters", facts.characters, lang),
        *kind,
        *([facts.encoding] if facts.encoding else []),
    ]
    said += [
        counted("n_mentions", len(result.mentions), lang),
        counted("n_dropped", len(result.dropped), lang),
    ]
    lines.append(indented(one_line(word("comma", lang).join(said)), 2, "dim"))
    for warning in facts.warnings:
        told = f"{word('warning', lang)}{word('colon', lang)}{in_language(warning, lang)}"
        lines.append(indented(one_line(told), 2, "yellow"))
    return lines


def _region(facts: DocumentFacts, lang: str) -> str:
    """The region and how it was found."""
    place = facts.location
    found_by = f"{word('found_by', lang)} {word('found_by.' + place.found_by, lang)}"
    said = region_label(place.name, lang) + word("aside", lang).format(text=found_by)
    return f"{said} {place.full_name}" if place.full_name not in ("", place.name) else said


def _moved_in(line: Text) -> RenderableType:
    """A line of the document; where it is broken, its rest is moved in as far as the line itself."""
    indent = len(line.plain) - len(line.plain.lstrip(" "))
    text = Prose().append_text(line[indent:])
    return indented(text, min(indent, MOST_INDENT)) if indent else text


def _numbered(result: DocumentResult) -> list[tuple[int, Mention]]:
    """Mentions with their numbers from 1: in text order, the longer of two that begin together first."""
    return list(enumerate(sorted(result.mentions, key=lambda one: (one.raw_span[0], -one.raw_span[1])), 1))


def _listed(number: int, mention: Mention, lang: str) -> list[RenderableType]:
    """A mention below the text: number, measure and status, then the words themselves."""
    status = f"{MARKS.get(mention.status, '')} {status_word(mention.status, lang)}".strip()
    style = STYLES.get(mention.status, "")
    head = Prose.assemble((str(number), "bold"), f"  {one_line(mention.measure)}  ", (status, style))
    return [indented(head, 2), indented(quoted(mention.quote), 4)]


def _is_crossed(span: Span, spans: Sequence[Span]) -> bool:
    """Whether one of `spans`, which are in text order, begins inside a stretch and ends behind it."""
    inside = range(bisect_right(spans, span[0], key=_start), bisect_left(spans, span[1], key=_start))
    return any(spans[number][1] > span[1] for number in inside)


_start = itemgetter(0)


class _Styles:
    """The style of the first of some stretches that covers a place; places are asked for in order."""

    def __init__(self, stretches: Sequence[tuple[int, int, str]]) -> None:
        self._coming = sorted(
            ((start, order, end, style) for order, (start, end, style) in enumerate(stretches)), reverse=True
        )
        self._open: list[tuple[int, int, str]] = []  # a heap: order, end, style

    def at(self, place: int) -> str:
        """Style at `place`, ``""`` outside all stretches."""
        while self._coming and self._coming[-1][0] <= place:
            heappush(self._open, self._coming.pop()[1:])
        while self._open and self._open[0][1] <= place:
            heappop(self._open)
        return self._open[0][2] if self._open else ""


def _marked(result: DocumentResult, raw: str, lang: str) -> Text:
    """The text in runs, cut wherever a mark begins or ends."""
    opens: dict[int, list[tuple[int, int, str, str]]] = defaultdict(list)
    closes: dict[int, list[tuple[int, int, str, str]]] = defaultdict(list)
    stretches: list[tuple[int, int, str]] = []
    for mask in result.facts.masks:
        start, end = mask.raw_span
        rule = rule_word(one_line(mask.rule), lang)
        opens[start].append((-end, 0, f"{{{rule}{word('colon', lang)}", "dim"))
        closes[end].append((-start, 0, "}", "dim"))
        stretches.append((start, end, "dim"))
    spans = sorted(one.raw_span for one in result.mentions)
    for number, one in _numbered(result):
        start, end = one.raw_span
        style = STYLES.get(one.status, "")
        opens[start].append((-end, number, f"⟦{number} ", style))
        close = f" {number}⟧" if _is_crossed(one.raw_span, spans) else "⟧"
        closes[end].append((-start, -number, close, style))
        stretches.append((start, end, f"bold {style}".strip()))
    cuts = sorted({0, len(raw), *opens, *closes})
    marked, styles = Text(), _Styles(stretches)
    for start, end in zip(cuts, [*cuts[1:], len(raw)], strict=True):
        # The inner of two marks closes first, the outer one opens first.
        for _, _, text, style in sorted(closes[start]) + sorted(opens[start]):
            marked.append(text, style)
        marked.append(harmless(raw[start:end]).replace("\t", " "), styles.at(start))
    return marked
