"""One document's text with its mentions and boilerplate marked, for a terminal.

Without colour a mention reads ``[words](measure:status)`` and boilerplate ``{rule: words}``; with
colour the marks stay.
"""

from __future__ import annotations

from collections import defaultdict

from polcmp.model.comparison import DocumentFacts, DocumentResult
from polcmp.render.canvas import Block, Line, hanging, paint
from polcmp.render.evidence import dropped_quotation
from polcmp.render.labels import STYLES, counted, region_label, word
from polcmp.render.options import RenderOptions
from polcmp.render.plain import harmless, one_line


def document_text(result: DocumentResult, raw: str, options: RenderOptions) -> str:
    """A document as it was read.

    Args:
        result: the document, analysed.
        raw: its raw text; the offsets of `result` count in it.
        options: looks.

    Returns:
        What is known of it, its text with marks, then the matches that were dropped.
    """
    lang, width = options.lang, max(40, options.width)
    lines = _heading(result, width, lang)
    lines.append([])
    lines += _marked_lines(result, raw)
    while not any(text.strip() for text, _ in lines[-1]):
        del lines[-1]
    if result.dropped:
        lines += [[], [(word("dropped", lang), "bold")]]
        for one in result.dropped:
            lines += dropped_quotation(one, width, lang)
    return paint(lines, width, options.color)


def _heading(result: DocumentResult, width: int, lang: str) -> Block:
    """Name, title, region and size of a document."""
    facts = result.facts
    lines: Block = [[(one_line(facts.name), "bold")]]
    for text in (facts.title, _region(facts, lang)):
        if text:
            lines += hanging(one_line(text), width, 2)
    said = [facts.date] if facts.date else []
    said += [counted("n_characters", facts.characters, lang), facts.encoding]
    said += [
        counted("n_mentions", len(result.mentions), lang),
        counted("n_dropped", len(result.dropped), lang),
    ]
    lines += hanging(one_line(word("comma", lang).join(said)), width, 2, "dim")
    for warning in facts.warnings:
        lines += hanging(
            one_line(f"{word('warning', lang)}{word('colon', lang)}{warning}"), width, 2, "yellow"
        )
    return lines


def _region(facts: DocumentFacts, lang: str) -> str:
    """The region and how it was found."""
    place = facts.location
    found_by = f"{word('found_by', lang)} {word('found_by.' + place.found_by, lang)}"
    said = f"{region_label(place.name, lang)} ({found_by})"
    return f"{said} {place.full_name}" if place.full_name not in ("", place.name) else said


def _marked_lines(result: DocumentResult, raw: str) -> list[Line]:
    """The text in runs, cut at line ends and wherever a mark begins or ends."""
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
    line: Line = []
    lines = [line]
    for start, end in zip(cuts, [*cuts[1:], len(raw)], strict=True):
        # The inner of two marks closes first, the outer one opens first.
        line += [(text, style) for _, text, style in sorted(closes[start]) + sorted(opens[start])]
        style = next((found for first, last, found in stretches if first <= start < last), "")
        for number, part in enumerate(harmless(raw[start:end]).replace("\t", " ").split("\n")):
            if number:
                line = []
                lines.append(line)
            line.append((part, style))
    return lines
