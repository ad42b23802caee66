"""What stands in a cell of the matrix, and the legend that explains it. Knows no layout of the whole."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from polcmp.model.comparison import Cell
from polcmp.model.mention import STATUSES
from polcmp.render.canvas import Prose, balanced, indented
from polcmp.render.labels import MARKS, QUIET, STYLES, counted, status_word, times, word
from polcmp.render.plain import figure_text
from polcmp.render.view_words import cell_extras

MOST_FIGURES = 4
"""Figures under a heading; each quotation shows its own as well."""

SOURCES_WIDTH = 28
"""Columns in which documents and sources would stand side by side only if they were few and short."""

FIGURE_LINES = 3
"""Most lines of a figure in a cell of the matrix; the evidence shows the whole of it."""


def first_line(cell: Cell, lang: str, short: bool) -> Prose:
    """Mark, word and number of mentions: ``✓ implemented x11``, or ``✓ done x11`` when short."""
    key = cell.status or cell.zero
    words = "" if key in QUIET else status_word(key, lang, short=short)
    line = Prose(f"{MARKS.get(key, '')} {words}".strip())
    line.stylize(STYLES.get(key, ""))
    if cell.total:
        line.append(f" {times(cell.total)}")
    return line


def cell_content(cell: Cell, width: int, lang: str, short: bool) -> Prose:
    """What a cell says: status; the leading figure; documents, when there are several.

    Args:
        cell: one region × one measure.
        width: columns; decides where a figure is broken.
        lang: of the words.
        short: whether to use the short words, which the legend explains.
    """
    content = first_line(cell, lang, short)
    if cell.figures:
        content.append("\n").append_text(_figure(figure_text(cell.figures[0], lang), width))
    for one in (*_documents(cell, width, lang), *cell_extras(cell, lang)):
        content.append(f"\n{one}", "dim")
    return content


def _documents(cell: Cell, width: int, lang: str) -> list[str]:
    """Documents and sources on one line, on two, or in short words, whichever fits first."""
    if cell.documents < 2:
        return []
    said = counted("n_documents", cell.documents, lang)
    if cell.sources == cell.documents:
        return [said]
    sources = counted("n_sources", cell.sources, lang)
    both = f"{said}{word('comma', lang)}{sources}"
    if cell_len(both) <= width:
        return [both]
    if cell_len(sources) > width:
        sources = counted("n_sources.short", cell.sources, lang)
    return [said, sources]


def _figure(text: str, width: int) -> Text:
    """A figure on one line; when it does not fit, the number above what it counts."""
    number, _, of = text.partition(" ")
    figure = Text(text)
    if of and cell_len(text) > width:
        figure = Text(f"{number}\n").append_text(balanced(of, width, ""))
    figure.truncate(FIGURE_LINES * width, overflow="ellipsis")
    return figure


def status_columns(cells: Iterable[Cell], lang: str, short: bool) -> int:
    """Columns that the longest first line takes."""
    return max((first_line(cell, lang, short).cell_len for cell in cells), default=1)


def figure_columns(cells: Iterable[Cell], lang: str) -> int:
    """Columns that the longest leading figure takes on one line."""
    return max((cell_len(figure_text(cell.figures[0], lang)) for cell in cells if cell.figures), default=0)


def documents_columns(cells: Iterable[Cell], lang: str) -> int:
    """Columns that the longest number of documents or sources takes, each on a line of its own."""
    lines = (line for cell in cells for line in _documents(cell, SOURCES_WIDTH, lang))
    return max(map(cell_len, lines), default=0)


def extras_columns(cells: Iterable[Cell], lang: str) -> int:
    """Columns that the longest rate or first report takes."""
    return max((cell_len(one) for cell in cells for one in cell_extras(cell, lang)), default=0)


def cell_heading(cell: Cell, name: str, lang: str) -> list[RenderableType]:
    """A cell's status, mentions, sources and leading figures, under the name it has in the view."""
    head = Prose.assemble((name, "bold"), "  ", first_line(cell, lang, False))
    if cell.zero in QUIET:
        head.append(f" {word(cell.zero, lang)}", STYLES[cell.zero])
    lines: list[RenderableType] = [head]
    said = []
    counts = [(status, n) for status, n in zip(STATUSES, cell.by_status, strict=True) if n]
    if len(counts) > 1:
        said.append(word("comma", lang).join(f"{n} {status_word(status, lang)}" for status, n in counts))
    if cell.documents > 1:
        said += [counted("n_documents", cell.documents, lang), counted("n_sources", cell.sources, lang)]
    if said:
        lines.append(indented(word("semicolon", lang).join(said), 2, "dim"))
    extras = cell_extras(cell, lang)
    if extras:
        lines.append(indented(word("semicolon", lang).join(extras), 2, "dim"))
    if cell.figures:
        shown = (figure_text(one, lang) for one in cell.figures[:MOST_FIGURES])
        figures = word("semicolon", lang).join(shown)
        lines.append(indented(figures, 2, "bold"))
    return lines


def legend(cells: Iterable[Cell], lang: str, short: bool) -> list[Text]:
    """What the marks mean: only those that occur, and only those that do not say it themselves.

    Returns:
        An entry for each: mark, short word and meaning.
    """
    found = {cell.status or cell.zero for cell in cells}
    entries = []
    for key in (key for key in MARKS if key in found):
        mark, brief, full = MARKS[key], status_word(key, lang, short=True), status_word(key, lang)
        if key not in STATUSES:
            entries.append(Text.assemble((mark, STYLES[key]), (f" {word(f'explain.{key}', lang)}", "dim")))
        elif short and brief != full:
            said = f"{word('colon', lang)}{full}"
            entries.append(Text.assemble((f"{mark} {brief}", STYLES[key]), (said, "dim")))
    if any(cell.total for cell in cells):
        entries.append(Text(word("explain.count", lang), "dim"))
    return entries


def mark_legend(cells: Iterable[Cell], lang: str) -> list[Text]:
    """The marks that occur, each with its word."""
    found = {cell.status or cell.zero for cell in cells}
    return [Text(f"{MARKS[key]} {status_word(key, lang)}", STYLES[key]) for key in MARKS if key in found]
