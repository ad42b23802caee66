"""HTML: a fragment for a page or notebook. Everything from documents is escaped; nothing in it runs."""

from __future__ import annotations

from html import escape

from polcmp.model.comparison import Cell, Comparison
from polcmp.model.mention import Mention
from polcmp.render.grid import legend, summary
from polcmp.render.labels import MARKS, cell_title, counted, measure_label, row_kind, status_word, word
from polcmp.render.notebook import matrix_html
from polcmp.render.notes import cell_notes
from polcmp.render.options import RenderOptions
from polcmp.render.plain import figure_text, one_line, place


def render(comparison: Comparison, options: RenderOptions) -> str:
    """The matrix, its legend and, if asked for, quotations, as one ``<section>``.

    `options.evidence` quotations of each cell (none when it is 0, all when it is -1); `options.rows` as for
    the table. The line before the section says the encoding to browsers that open the fragment by itself.
    """
    lang = options.lang
    language = "zh-Hans" if lang == "zh" else "en"
    parts = [f'<section class="polcmp" lang="{language}">', f"<p>{escape(summary(comparison, lang))}</p>"]
    if comparison.regions:
        parts += [matrix_html(comparison, lang, options.rows)]
        parts += _legend(comparison, lang)
    else:
        parts = [parts[0], f"<p>{escape(word('empty', lang))}</p>"]
    if options.evidence:
        parts += _evidence(comparison, options.evidence, lang)
    return '<meta charset="utf-8">\n' + "\n".join([*parts, "</section>"]) + "\n"


def _legend(comparison: Comparison, lang: str) -> list[str]:
    """What the marks mean, those that occur, and what lies behind cells that ask for a look."""
    lines = legend(comparison, lang)
    colon = word("colon", lang)
    lines += [
        f"{MARKS[cell.zero]} {title}{colon}{told}" for cell, title, told in cell_notes(comparison, lang)
    ]
    return ["<ul>", *(f"<li>{escape(line)}</li>" for line in lines), "</ul>"]


def _evidence(comparison: Comparison, limit: int, lang: str) -> list[str]:
    """A heading and a list for each filled cell."""
    of_id = {one.id: one for one in comparison.mentions}
    names = {one.id: measure_label(one, lang) for one in comparison.measures}
    lines = [f"<h3>{escape(word('evidence', lang))}</h3>"]
    for cell in comparison.cells:
        if cell.mentions:
            lines.append(
                f"<h4>{escape(cell_title(cell.region, names[cell.measure], lang, row_kind(comparison)))}</h4>"
            )
            lines += _quotations(cell, of_id, limit, lang)
    return lines


def _quotations(cell: Cell, of_id: dict[str, Mention], limit: int, lang: str) -> list[str]:
    shown = cell.mentions if limit < 0 else cell.mentions[:limit]
    lines = ["<ul>", *(_quotation(of_id[one], lang) for one in shown)]
    if len(shown) < cell.total:
        lines.append(f"<li>{escape(counted('n_more', cell.total - len(shown), lang))}</li>")
    return [*lines, "</ul>"]


def _quotation(mention: Mention, lang: str) -> str:
    """The words, then status, figures, score and place."""
    said = [f"{MARKS.get(mention.status, '')} {status_word(mention.status, lang)}"]
    said += [figure_text(one, lang) for one in mention.figures]
    said += [f"{mention.score:.2f}", place(mention)]
    told = escape(word("semicolon", lang).join(said))
    return f'<li><q lang="zh">{escape(one_line(mention.quote))}</q> {told}</li>'
