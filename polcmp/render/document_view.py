"""One document's text with its mentions and boilerplate marked, for a terminal.

A mention reads ``⟦1 words⟧`` and is listed by its number below the text; where another one begins in it
and ends behind it, its number closes it as well: ``⟦1 words ⟦2 words 1⟧ words⟧``. Boilerplate reads
``{rule: words}``. Colour is added to the marks, never put in their place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rich.console import RenderableType
from rich.text import Text

from polcmp.model.comparison import DocumentFacts, DocumentResult
from polcmp.model.mention import Mention
from polcmp.render.canvas import Prose, indented, paint
from polcmp.render.evidence import dropped_quotation
from polcmp.render.labels import MARKS, STYLES, counted, region_label, status_word, word
from polcmp.render.options import RenderOptions
from polcmp.render.plain import harmless, one_line, quoted
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
    marked = _marked(result, raw)
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
        lines.append(
            indented(one_line(f"{word('warning', lang)}{word('colon', lang)}{warning}"), 2, "yellow")
        )
    return lines


def _region(facts: DocumentFacts, lang: str) -> str:
    """The region and how it was found."""
    place = facts.location
    found_by = f"{word('found_by', lang)} {word('found_by.' + place.found_by, lang)}"
    said = f"{region_label(place.name, lang)} ({found_by})"
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


def _is_crossed(span: Span, mentions: Iterable[Mention]) -> bool:
    """Whether one of `mentions` begins inside a stretch and ends behind it."""
    return any(span[0] < one.raw_span[0] < span[1] < one.raw_span[1] for one in mentions)


def _marked(result: DocumentResult, raw: str) -> Text:
    """The text in runs, cut wherever a mark begins or ends."""
    opens: dict[int, list[tuple[int, int, str, str]]] = defaultdict(list)
    closes: dict[int, list[tuple[int, int, str, str]]] = defaultdict(list)
    stretches: list[tuple[int, int, str]] = []
    for mask in result.facts.masks:
        start, end = mask.raw_span
        opens[start].append((-end, 0, f"{{{one_line(mask.rule)}: ", "dim"))
        closes[end].append((-start, 0, "}", "dim"))
        stretches.append((start, end, "dim"))
    for number, one in _numbered(result):
        start, end = one.raw_span
        style = STYLES.get(one.status, "")
        opens[start].append((-end, number, f"⟦{number} ", style))
        close = f" {number}⟧" if _is_crossed(one.raw_span, result.mentions) else "⟧"
        closes[end].append((-start, -number, close, style))
        stretches.append((start, end, f"bold {style}".strip()))
    cuts = sorted({0, len(raw), *opens, *closes})
    marked = Text()
    for start, end in zip(cuts, [*cuts[1:], len(raw)], strict=True):
        # The inner of two marks closes first, the outer one opens first.
        for _, _, text, style in sorted(closes[start]) + sorted(opens[start]):
            marked.append(text, style)
        style = next((found for first, last, found in stretches if first <= start < last), "")
        marked.append(harmless(raw[start:end]).replace("\t", " "), style)
    return marked
