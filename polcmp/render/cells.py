"""What stands in a cell of the matrix, and the legend that explains it. Knows no layout of the whole."""

from __future__ import annotations

from collections.abc import Iterable

from polcmp.model.comparison import Cell
from polcmp.model.mention import STATUSES
from polcmp.render.canvas import Block, Line, hanging, line_columns, wrapped
from polcmp.render.labels import MARKS, STYLES, counted, status_word, word
from polcmp.render.plain import columns, figure_text, shorten

QUIET = frozenset({"not_mentioned", "other_status"})
"""Zeros that stand in the matrix as a mark alone, so that what was found stands out."""

MOST_FIGURES = 4
"""Figures under a heading; each quotation shows its own as well."""


def first_line(cell: Cell, lang: str, short: bool) -> Line:
    """Mark, word and number of mentions: ``✓ implemented x11``, or ``✓ done x11`` when short."""
    key = cell.status or cell.zero
    words = "" if key in QUIET else status_word(key, lang, short=short)
    line = [(f"{MARKS.get(key, '')} {words}".strip(), STYLES.get(key, ""))]
    return [*line, (f" x{len(cell.mentions)}", "")] if cell.mentions else line


def cell_block(cell: Cell, width: int, lang: str, short: bool) -> Block:
    """The lines of a cell: status; the leading figure; documents, when there are several.

    Args:
        cell: one region × one measure.
        width: columns.
        lang: of the words.
        short: whether to use the short words, which the legend explains.
    """
    block = [first_line(cell, lang, short)]
    if cell.figures:
        block += figure_block(figure_text(cell.figures[0], lang), width)
    if cell.documents > 1:
        said = counted("n_documents", cell.documents, lang)
        if cell.sources < cell.documents:
            said += f", {counted('n_sources', cell.sources, lang)}"
        block += wrapped(said, width, "dim")
    return block


def figure_block(text: str, width: int) -> Block:
    """A figure on one line; on two when it does not fit, the number above what it counts."""
    number, _, of = text.partition(" ")
    if columns(text) <= width or not of:
        return wrapped(text, width, limit=2)
    return [[(shorten(number, width), "")], [(shorten(of, width), "")]]


def status_columns(cells: Iterable[Cell], lang: str, short: bool) -> int:
    """Columns that the longest first line takes."""
    return max((line_columns(first_line(cell, lang, short)) for cell in cells), default=1)


def figure_columns(cells: Iterable[Cell], lang: str) -> int:
    """Columns that the longest leading figure takes on one line."""
    return max((columns(figure_text(cell.figures[0], lang)) for cell in cells if cell.figures), default=0)


def cell_heading(cell: Cell, name: str, width: int, lang: str) -> Block:
    """A cell's status, mentions, sources and leading figures, under the name it has in the view."""
    head: Line = [(name, "bold"), ("  ", ""), *first_line(cell, lang, False)]
    if cell.zero in QUIET:
        head[-1] = (f"{head[-1][0]} {word(cell.zero, lang)}", head[-1][1])
    lines: Block = [head]
    said = []
    counts = [(status, n) for status, n in zip(STATUSES, cell.by_status, strict=True) if n]
    if len(counts) > 1:
        said.append(", ".join(f"{n} {status_word(status, lang)}" for status, n in counts))
    if cell.documents > 1:
        said += [counted("n_documents", cell.documents, lang), counted("n_sources", cell.sources, lang)]
    if said:
        lines += hanging("; ".join(said), width, 2, "dim")
    if cell.figures:
        figures = "; ".join(figure_text(one, lang) for one in cell.figures[:MOST_FIGURES])
        lines += hanging(figures, width, 2, "bold")
    return lines


def legend(cells: Iterable[Cell], lang: str, short: bool) -> list[Line]:
    """What the marks mean: only those that occur, and only those that do not say it themselves.

    Returns:
        One entry a line: mark, short word and meaning.
    """
    found = {cell.status or cell.zero for cell in cells}
    entries: list[Line] = []
    for key in (key for key in MARKS if key in found):
        mark, brief, full = MARKS[key], status_word(key, lang, short=True), status_word(key, lang)
        if key not in STATUSES:
            entries.append([(mark, STYLES[key]), (f" {word(f'explain.{key}', lang)}", "dim")])
        elif short and brief != full:
            entries.append([(f"{mark} {brief}", STYLES[key]), (f"{word('colon', lang)}{full}", "dim")])
    if any(cell.mentions for cell in cells):
        entries.append([(word("explain.count", lang), "dim")])
    return entries


def mark_legend(cells: Iterable[Cell], lang: str) -> list[Line]:
    """The marks that occur, each with its word."""
    found = {cell.status or cell.zero for cell in cells}
    return [[(f"{MARKS[key]} {status_word(key, lang)}", STYLES[key])] for key in MARKS if key in found]
