"""One document's text with its mentions and boilerplate marked, for a terminal.

Without colour a mention reads ``[words](measure:status)`` and boilerplate ``{rule: words}``; with
colour the marks stay.
"""

from __future__ import annotations

from collections import defaultdict

from rich.console import RenderableType
from rich.text import Text

from polcmp.model.comparison import DocumentFacts, DocumentResult
from polcmp.render.canvas import Prose, indented, paint
from polcmp.render.evidence import dropped_quotation
from polcmp.render.labels import STYLES, counted, region_label, word
from polcmp.render.options import RenderOptions
from polcmp.render.plain import harmless, one_line

MOST_INDENT = 16
"""Columns that a line of a document is moved in at most: some pages centre headings with spaces."""


def document_text(result: DocumentResult, raw: str, options: RenderOptions) -> str:
    """A document as it was read.

    Args:
        result: the document, analysed.
        raw: its raw text; the offsets of `result` count in it.
        options: looks.

    Returns:
        What is known of it, its text with marks, then the matches that were dropped.
    """
    lang = options.lang
    lines = [*_heading(result, lang), ""]
    marked = _marked(result, raw)
    marked.rstrip()
    lines += [_moved_in(line) for line in marked.split("\n", allow_blank=True)]
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
    said += [counted("n_characters", facts.characters, lang), facts.encoding]
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


def _marked(result: DocumentResult, raw: str) -> Text:
    """The text in runs, cut wherever a mark begins or ends."""
    opens: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    closes: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    stretches: list[tuple[int, int, str]] = []
    for mask in result.facts.masks:
        start, end = mask.raw_span
        opens[start].append((-end, f"{{{one_line(mask.rule)}: ", "dim"))
        closes[end].append((-start, "}", "dim"))
        stretches.append((start, end, "dim"))
    for one in result.mentions:
        start, end = one.raw_span
        style = STYLES.get(one.status, "")
        opens[start].append((-end, "[", style))
        closes[end].append((-start, f"]({one_line(one.measure)}:{one.status})", style))
        stretches.append((start, end, f"bold {style}".strip()))
    cuts = sorted({0, len(raw), *opens, *closes})
    marked = Text()
    for start, end in zip(cuts, [*cuts[1:], len(raw)], strict=True):
        # The inner of two marks closes first, the outer one opens first.
        for _, text, style in sorted(closes[start]) + sorted(opens[start]):
            marked.append(text, style)
        style = next((found for first, last, found in stretches if first <= start < last), "")
        marked.append(harmless(raw[start:end]).replace("\t", " "), style)
    return marked
