"""Quotations under a heading, as every view for a terminal shows them."""

from __future__ import annotations

from collections.abc import Mapping

from polcmp.model.comparison import Cell, Comparison, DroppedMention
from polcmp.model.mention import Mention
from polcmp.render.canvas import Block, Line, hanging, line_columns
from polcmp.render.cells import first_line
from polcmp.render.labels import MARKS, STYLES, cell_title, counted, measure_label, status_word, word
from polcmp.render.plain import columns, figure_text, one_line

EVIDENCE = 3
"""Quotations of each cell where a view shows some and none were asked for."""


def matrix_evidence(comparison: Comparison, limit: int, width: int, lang: str) -> Block:
    """Quotations of every filled cell, by region then measure.

    Args:
        comparison: whose cells to back.
        limit: quotations of each cell, -1 for all.
        width: columns.
        lang: of the words.
    """
    of_id = {one.id: one for one in comparison.mentions}
    names = {one.id: measure_label(one, lang) for one in comparison.measures}
    lines: Block = [[(word("evidence", lang), "bold")]]
    for cell in comparison.cells:
        if cell.mentions:
            title = cell_title(cell.region, names[cell.measure], lang)
            lines += [[], [(title, "bold"), ("  ", ""), *first_line(cell, lang, False)]]
            lines += quotations(cell, of_id, limit, width, lang)
    return lines


def quotations(cell: Cell, of_id: Mapping[str, Mention], limit: int, width: int, lang: str) -> Block:
    """A cell's quotations, strongest status and highest score first; at the end how many more there are."""
    shown = cell.mentions if limit < 0 else cell.mentions[:limit]
    lines = [line for one in shown for line in quotation(of_id[one], width, lang)]
    if len(shown) < len(cell.mentions):
        lines.append([("  " + counted("n_more", len(cell.mentions) - len(shown), lang), "dim")])
    return lines


def quotation(mention: Mention, width: int, lang: str) -> Block:
    """One mention: status, score, place and figures, then the words themselves."""
    head: Line = [
        ("  ", ""),
        (
            f"{MARKS.get(mention.status, '')} {status_word(mention.status, lang)}",
            STYLES.get(mention.status, ""),
        ),
        (f"  {mention.score:.2f}  ", ""),
        (place(mention), "dim"),
    ]
    lines = [head]
    figures = "; ".join(figure_text(one, lang) for one in mention.figures)
    if figures and line_columns(head) + 2 + columns(figures) <= width:
        head.append((f"  {figures}", "bold"))
    elif figures:
        lines += hanging(figures, width, 4, "bold")
    return lines + hanging(quoted(mention.quote), width, 4)


def quoted(text: str) -> str:
    """Words of a document in quotation marks that documents in Simplified script do not use themselves."""
    return f"「{one_line(text)}」"


def dropped_quotation(one: DroppedMention, width: int, lang: str) -> Block:
    """A match that does not count: reason, score and place, then the words themselves."""
    reason = word(f"reason.{one.reason}", lang)
    if one.detail:
        reason += f" ({one_line(one.detail)})"
    head: Line = [("  ", ""), (reason, "yellow"), (f"  {one.score:.2f}  ", ""), (place(one), "dim")]
    return [head, *hanging(quoted(one.quote), width, 4)]


def place(found: Mention | DroppedMention) -> str:
    """Where a quotation stands: ``report.txt:704-742``."""
    return one_line(f"{found.document}:{found.raw_span.start}-{found.raw_span.end}")
