"""How a cell came about, for a terminal: scores piece by piece, what was dropped, the nearest misses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from polcmp.model.comparison import Cell, Comparison, DroppedMention
from polcmp.model.mention import Mention, Part
from polcmp.render.canvas import Block, grid, hanging, paint
from polcmp.render.cells import cell_heading
from polcmp.render.evidence import dropped_quotation, quotation, quoted
from polcmp.render.labels import cell_title, counted, measure_label, status_word, word
from polcmp.render.measure_view import meaning
from polcmp.render.options import RenderOptions
from polcmp.render.plain import columns, one_line

MOST_MISSES = 5
"""Nearest misses shown: further ones are noise."""

WIDEST_PIECE = 24
"""Most columns of a pattern's piece and of what was found for it."""

NUMBER_COLUMNS = 44
"""Columns of a waterfall that its other columns, gaps and margin take."""


def why_cell(
    comparison: Comparison,
    region: str,
    measure: str,
    options: RenderOptions,
    texts: Mapping[str, str] | None = None,
) -> str:
    """Everything behind one cell.

    Args:
        comparison: that has the cell.
        region: short name.
        measure: id.
        options: `evidence` limits the mentions (all when 0 or -1).
        texts: raw text of documents by name; each mention is then shown in its sentence.

    Raises:
        KeyError: the comparison has no such cell.
    """
    lang, width = options.lang, max(40, options.width)
    cell, mentions, dropped = cell_parts(comparison, region, measure)
    info = next(one for one in comparison.measures if one.id == measure)
    lines = cell_heading(cell, cell_title(region, measure_label(info, lang), lang), width, lang)
    lines += meaning(info, width, lang)
    if not mentions and not dropped:
        lines += [[], *hanging(_silence(comparison, region, lang), width, 0)]
    shown = mentions[: options.evidence] if options.evidence > 0 else mentions
    for one in shown:
        lines += [[], *_explained(one, width, lang, (texts or {}).get(one.document))]
    if len(shown) < len(mentions):
        lines.append([("  " + counted("n_more", len(mentions) - len(shown), lang), "dim")])
    misses = sorted(
        (one for one in dropped if one.reason == "below_cutoff"),
        key=lambda one: (-one.score, one.document, one.raw_span),
    )
    others = [one for one in dropped if one.reason != "below_cutoff"]
    lines += _dropped(word("dropped", lang), others, width, lang)
    lines += _dropped(word("nearest", lang), misses[:MOST_MISSES], width, lang)
    return paint(lines, width, options.color)


def cell_parts(
    comparison: Comparison, region: str, measure: str
) -> tuple[Cell, list[Mention], list[DroppedMention]]:
    """A cell with its mentions (in the cell's order) and what was dropped.

    Raises:
        KeyError: the comparison has no such cell.
    """
    for cell in comparison.cells:
        if cell.region == region and cell.measure == measure:
            of_id = {one.id: one for one in comparison.mentions}
            dropped = [one for one in comparison.dropped if one.region == region and one.measure == measure]
            return cell, [of_id[one] for one in cell.mentions], dropped
    raise KeyError((region, measure))


def _silence(comparison: Comparison, region: str, lang: str) -> str:
    """That nothing was found, and in how much text."""
    summary = next(one for one in comparison.regions if one.name == region)
    return word("no_match", lang).format(
        documents=counted("n_documents", summary.documents, lang),
        characters=counted("n_characters", summary.characters, lang),
    )


def _explained(mention: Mention, width: int, lang: str, raw: str | None) -> Block:
    """A mention with all that led to it."""
    lines = quotation(mention, width, lang)
    if raw is not None:
        start, end = mention.raw_sentence
        lines += _fact(word("sentence", lang), raw[start:end], width)
    lines += _fact(word("section", lang), mention.section, width)
    cue = word(f"cue.{mention.reading.cue_from}", lang).format(cue=quoted(mention.reading.cue))
    lines += _fact(word("cue", lang), f"{status_word(mention.status, lang)}{word('colon', lang)}{cue}", width)
    lines += _fact(word("transforms", lang), ", ".join(mention.transforms), width)
    lines += _fact(word("pattern", lang), mention.pattern, width)
    return lines + waterfall(mention.parts, mention.score, width, lang)


def _fact(name: str, text: str, width: int) -> Block:
    """A name and what it says, moved in; nothing when there is nothing to say."""
    if not text.strip():
        return []
    lines = hanging(one_line(text), width, 16)
    lines[0] = [(" " * 4, ""), (name + " " * max(1, 12 - columns(name)), "dim"), *lines[0][1:]]
    return lines


def waterfall(parts: Sequence[Part], score: float, width: int, lang: str) -> Block:
    """A score as the sum of its pieces, a line each with the sum so far."""
    if not parts:
        return []
    rows = [
        [word("piece", lang), word("found", lang), word("how", lang), word("points", lang), word("sum", lang)]
    ]
    total = 0.0
    for part in parts:
        total += part.points
        rows.append(
            [
                one_line(part.piece),
                one_line(part.found),
                one_line(part.how),
                f"{part.points:+.3f}",
                f"{total:.3f}",
            ]
        )
    rows.append(["", "", "", word("total", lang), f"{score:.3f}"])
    widest = min(WIDEST_PIECE, max(6, (width - NUMBER_COLUMNS) // 2))
    widths = [min(widest, max(columns(row[at]) for row in rows)) for at in (0, 1)]
    widths += [max(columns(row[at]) for row in rows) for at in (2, 3, 4)]
    blocks: list[list[Block]] = []
    for number, row in enumerate(rows):
        style = "dim" if number == 0 else ("bold" if number == len(rows) - 1 else "")
        row = [*row[:3], *(" " * (widths[at] - columns(row[at])) + row[at] for at in (3, 4))]
        blocks.append([[[(text, style)]] for text in row])
    return [[("    ", ""), *line] for line in grid(blocks, widths)]


def _dropped(title: str, dropped: Sequence[DroppedMention], width: int, lang: str) -> Block:
    """Matches that do not count, under a title; nothing when there are none."""
    lines: Block = []
    for one in dropped:
        lines += dropped_quotation(one, width, lang)
        lines += _fact(word("pattern", lang), one.pattern, width)
        if one.reason == "below_cutoff":
            lines += waterfall(one.parts, one.score, width, lang)
    return [[], [(title, "bold")], *lines] if lines else []
