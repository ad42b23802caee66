"""Markdown (GitHub's): the matrix as a table, the legend, and the evidence as lists.

Every text of a document or taxonomy is escaped: it can neither break the table nor become HTML, an
image, a heading, a link, a formula, a picture of a word or a call to somebody.
"""

from __future__ import annotations

import re

from polcmp.model.comparison import Cell, Comparison
from polcmp.model.mention import Mention
from polcmp.render.grid import summary
from polcmp.render.labels import (
    MARKS,
    QUIET,
    cell_title,
    counted,
    measure_label,
    row_kind,
    row_labels,
    status_word,
    times,
    word,
)
from polcmp.render.notes import cell_notes
from polcmp.render.options import EVIDENCE, RenderOptions
from polcmp.render.plain import figure_text, one_line, place, quoted
from polcmp.render.view_words import cell_extras, characters, characters_word, explanations, row_word

MOST_ACROSS = 6
"""More regions than this stand down, measures across: a page is read downwards."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>#~|&$])")

_LIVE = re.compile(r"@(?=\w)|:(?=//)|www(?=\.)|:(?=[a-z0-9_+-]+:)|GH(?=-\d)|#(?=\d)", re.IGNORECASE)
"""What GitHub makes live after the text has been read, escaped or not: names behind @, addresses, :words:,
numbers of issues."""

_CUT = "<!-- -->"
"""Shown as nothing, and ends a word for GitHub."""


def render(comparison: Comparison, options: RenderOptions) -> str:
    """The comparison as a page of Markdown.

    `options.evidence` quotations of each cell (3 when it is 0, all when it is -1); `options.rows` as for
    the table; width and colour mean nothing.
    """
    lang = options.lang
    if not comparison.regions:
        return word("empty", lang) + "\n"
    lines = [summary(comparison, lang), "", *_matrix(comparison, options.rows, lang), ""]
    lines += [f"- {entry}" for entry in _legend(comparison, lang)]
    lines += ["", f"## {word('evidence', lang)}", *_evidence(comparison, options.evidence or EVIDENCE, lang)]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Harmless text on one line that Markdown shows as it is."""
    parts = []
    at = 0
    text = one_line(text)
    for live in _LIVE.finditer(text):
        parts.append(text[at : live.end()])
        at = live.end()
    parts.append(text[at:])
    return _CUT.join(_SPECIAL.sub(r"\\\1", part) for part in parts)


def _matrix(comparison: Comparison, rows: str, lang: str) -> list[str]:
    """The table, with documents and characters of each region."""
    regions_down = rows == "regions" or (rows != "measures" and len(comparison.regions) > MOST_ACROSS)
    regions = [escaped(one) for one in row_labels(comparison, lang)]
    measures = [escaped(measure_label(one, lang)) for one in comparison.measures]
    count = len(measures)
    texts = [_cell_text(cell, lang) for cell in comparison.cells]
    documents = [f"{one.documents:,}" for one in comparison.regions]
    sizes = [f"{characters(one):,}" for one in comparison.regions]
    totals = (word("documents", lang), characters_word(comparison, lang))
    if regions_down:
        head = [row_word(comparison, lang), *measures, *totals]
        body = [
            [name, *texts[at * count : (at + 1) * count], documents[at], sizes[at]]
            for at, name in enumerate(regions)
        ]
    else:
        head = [word("measure", lang), *regions]
        body = [[name, *texts[at::count]] for at, name in enumerate(measures)]
        body += [[totals[0], *documents], [totals[1], *sizes]]
    return [_row(head), _row(["---"] * len(head)), *map(_row, body)]


def _row(fields: list[str]) -> str:
    return f"| {' | '.join(fields)} |"


def _cell_text(cell: Cell, lang: str) -> str:
    """A cell: mark and word, number of mentions, leading figure, documents when there are several."""
    key = cell.status or cell.zero
    words = "" if key in QUIET else status_word(key, lang)
    said = f"{_mark(key)} {words}".strip()
    if cell.total:
        said += f" {times(cell.total)}"
    if cell.figures:
        said += f"<br>{escaped(figure_text(cell.figures[0], lang))}"
    if cell.documents > 1:
        said += f"<br>{counted('n_documents', cell.documents, lang)}"
        if cell.sources < cell.documents:
            said += word("comma", lang) + counted("n_sources", cell.sources, lang)
    return said + "".join(f"<br>{escaped(one)}" for one in cell_extras(cell, lang))


def _mark(key: str) -> str:
    mark = MARKS.get(key, "")
    return f"\\{mark}" if mark == "-" else escaped(mark)  # a lone hyphen would begin a list


def _legend(comparison: Comparison, lang: str) -> list[str]:
    """What the marks of empty cells mean, and what lies behind them."""
    found = {cell.zero for cell in comparison.cells if cell.zero}
    entries = [f"{_mark(key)} {word(f'explain.{key}', lang)}" for key in MARKS if key in found]
    if any(cell.total for cell in comparison.cells):
        entries.append(word("explain.count", lang))
    entries += explanations(comparison, lang)
    colon = word("colon", lang)
    return entries + [
        f"{_mark(cell.zero)} {escaped(title)}{colon}{escaped(said)}"
        for cell, title, said in cell_notes(comparison, lang)
    ]


def _evidence(comparison: Comparison, limit: int, lang: str) -> list[str]:
    """A heading and a list for each filled cell."""
    of_id = {one.id: one for one in comparison.mentions}
    names = {one.id: measure_label(one, lang) for one in comparison.measures}
    lines = []
    for cell in comparison.cells:
        if not cell.mentions:
            continue
        lines += [
            "",
            f"### {escaped(cell_title(cell.region, names[cell.measure], lang, row_kind(comparison)))}",
            "",
        ]
        shown = cell.mentions if limit < 0 else cell.mentions[:limit]
        lines += [_quotation(of_id[one], lang) for one in shown]
        if len(shown) < cell.total:
            lines.append(f"- {counted('n_more', cell.total - len(shown), lang)}")
    return lines


def _quotation(mention: Mention, lang: str) -> str:
    """One list entry: the words, then status, figures, score and place."""
    said = [f"{_mark(mention.status)} {status_word(mention.status, lang)}"]
    said += [escaped(figure_text(one, lang)) for one in mention.figures]
    said += [
        f"{mention.score:.2f}",
        escaped(place(mention)),
    ]
    return f"- {escaped(quoted(mention.quote))} {word('semicolon', lang).join(said)}"
