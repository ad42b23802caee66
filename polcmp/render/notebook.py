"""The matrix as a small HTML table for notebooks. Everything from documents is escaped."""

from __future__ import annotations

from html import escape

from polcmp.model.comparison import Cell, Comparison
from polcmp.render.grid import cell_lines, grid, totals
from polcmp.render.palette import EDGES
from polcmp.render.plain import one_line

MOST_ACROSS = 8
"""More regions than this stand down, measures across."""

_CELL = "text-align:left;vertical-align:top;padding:.25em .6em;border-left:.25em solid"


def matrix_html(comparison: Comparison, lang: str = "en", rows: str = "auto") -> str:
    """Mark, status, leading figure and number of mentions of each cell; the denominators of each region.

    Args:
        comparison: what to show.
        lang: ``en`` or ``zh``, for labels.
        rows: ``measures``, ``regions`` or ``auto`` (measures down unless there are many regions).

    Returns:
        One ``<table>`` element with its styles in it, so that nothing else on the page is touched.
    """
    shown = grid(comparison, rows, lang, MOST_ACROSS)
    titles = ["" if shown.regions_down else _title(at, comparison, lang) for at in range(len(shown.labels))]
    heads = [shown.corner, *shown.heads]
    body = [
        [f'<th scope="row"{title}>{escape(label)}</th>', *(_cell(cell, lang) for cell in cells)]
        for label, title, cells in zip(shown.labels, titles, shown.cells, strict=True)
    ]
    foot = []
    for name, numbers in totals(comparison, lang):
        texts = [f"<td>{number:,}</td>" for number in numbers]
        if shown.regions_down:
            heads.append(name)
            for row, text in zip(body, texts, strict=True):
                row.append(text)
        else:
            foot.append([f'<th scope="row">{escape(name)}</th>', *texts])
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    last = f"<tfoot>{_rows(foot)}</tfoot>" if foot else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{_rows(body)}</tbody>{last}</table>"


def _rows(rows: list[list[str]]) -> str:
    return "".join(f"<tr>{''.join(row)}</tr>\n" for row in rows)


def _title(at: int, comparison: Comparison, lang: str) -> str:
    """A measure's definition as the attribute that shows it on demand."""
    measure = comparison.measures[at]
    text = (measure.definition_en or measure.definition) if lang != "zh" else measure.definition
    return f' title="{escape(one_line(text), quote=True)}"' if text else ""


def _cell(cell: Cell, lang: str) -> str:
    edge = EDGES.get(cell.status or cell.zero, "transparent")
    first, *others = map(escape, cell_lines(cell, lang))
    if cell.total:  # a count alone on a line would be read as another cell's
        first = f'<span style="white-space:nowrap">{first}</span>'
    text = "<br>".join([first, *others])
    return f'<td style="{_CELL} {edge}">{text}</td>'
