"""The matrix as a small HTML table for notebooks. Everything from documents is escaped."""

from __future__ import annotations

from html import escape

from polcmp.model.comparison import Cell, Comparison
from polcmp.render.labels import MARKS, measure_label, region_label, status_word
from polcmp.render.plain import figure_text


def matrix_html(comparison: Comparison, lang: str = "en") -> str:
    """Measures down, regions across: mark, status, leading figure and number of mentions.

    Args:
        comparison: what to show.
        lang: ``en`` or ``zh``, for labels.

    Returns:
        One ``<table>`` element without styles of its own.
    """
    head = "".join(f"<th>{escape(region_label(one, lang))}</th>" for one in comparison.regions)
    cells = {(cell.region, cell.measure): cell for cell in comparison.cells}
    rows = []
    for measure in comparison.measures:
        body = "".join(
            f"<td>{_cell(cells[region.name, measure.id], lang)}</td>" for region in comparison.regions
        )
        title = escape(measure.definition_en if lang == "en" else measure.definition, quote=True)
        rows.append(f'<tr><th title="{title}">{escape(measure_label(measure, lang))}</th>{body}</tr>')
    return f"<table><thead><tr><th></th>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _cell(cell: Cell, lang: str) -> str:
    key = cell.status or cell.zero
    parts = [f"{MARKS.get(key, '')} {escape(status_word(key, lang))}"]
    if cell.figures:
        parts.append(escape(figure_text(cell.figures[0], lang)))
    if cell.mentions:
        parts.append(f"×{len(cell.mentions)}")
    return "<br>".join(parts)
