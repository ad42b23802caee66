"""Quotations under a heading, as every view for a terminal shows them."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from polcmp.model.comparison import Cell, Comparison, DroppedMention
from polcmp.model.mention import Mention
from polcmp.render.canvas import Prose, indented
from polcmp.render.cells import first_line
from polcmp.render.labels import (
    MARKS,
    STYLES,
    cell_title,
    counted,
    measure_label,
    row_kind,
    status_word,
    word,
)
from polcmp.render.plain import figure_text, place, quoted
from polcmp.render.reasons import reason_text


def matrix_evidence(comparison: Comparison, limit: int, width: int, lang: str) -> list[RenderableType]:
    """Quotations of every filled cell, by region then measure.

    Args:
        comparison: whose cells to back.
        limit: quotations of each cell, -1 for all.
        width: columns.
        lang: of the words.
    """
    of_id = {one.id: one for one in comparison.mentions}
    names = {one.id: measure_label(one, lang) for one in comparison.measures}
    lines: list[RenderableType] = [Text(word("evidence", lang), "bold")]
    for cell in comparison.cells:
        if cell.mentions:
            title = cell_title(cell.region, names[cell.measure], lang, row_kind(comparison))
            lines += ["", Prose.assemble((title, "bold"), "  ", first_line(cell, lang, False))]
            lines += quotations(cell, of_id, limit, width, lang)
    return lines


def quotations(
    cell: Cell, of_id: Mapping[str, Mention], limit: int, width: int, lang: str
) -> list[RenderableType]:
    """A cell's quotations, strongest status first, then the most telling, then how many are left."""
    shown = cell.mentions if limit < 0 else cell.mentions[:limit]
    lines = [line for one in shown for line in quotation(of_id[one], width, lang)]
    if len(shown) < cell.total:
        lines.append(indented(counted("n_more", cell.total - len(shown), lang), 2, "dim"))
    return lines


def quotation(mention: Mention, width: int, lang: str) -> list[RenderableType]:
    """One mention: status, score, place and figures, then the words themselves.

    The figures stand on a line of their own where they do not fit beside the rest in `width` columns.
    """
    mark = f"{MARKS.get(mention.status, '')} {status_word(mention.status, lang)}"
    head = Prose.assemble(
        (mark, STYLES.get(mention.status, "")), f"  {mention.score:.2f}  ", (place(mention), "dim")
    )
    lines: list[RenderableType] = [indented(head, 2)]
    figures = word("semicolon", lang).join(figure_text(one, lang) for one in mention.figures)
    if figures and head.cell_len + 4 + cell_len(figures) <= width:
        head.append(f"  {figures}", "bold")
    elif figures:
        lines.append(indented(figures, 4, "bold"))
    return [*lines, indented(quoted(mention.quote), 4)]


def dropped_quotation(one: DroppedMention, lang: str) -> list[RenderableType]:
    """A match that does not count: reason, score and place, then the words themselves."""
    reason = reason_text(one.reason, one.detail, lang)
    head = Prose.assemble((reason, "yellow"), f"  {one.score:.2f}  ", (place(one), "dim"))
    return [indented(head, 2), indented(quoted(one.quote), 4)]
