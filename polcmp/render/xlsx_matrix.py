"""The first sheet of a workbook: the matrix, coloured by status, with denominators and legend."""

from __future__ import annotations

from polcmp.model.comparison import Comparison
from polcmp.render.grid import Grid, cell_lines, grid, legend, totals
from polcmp.render.labels import MARKS, word
from polcmp.render.notes import cell_notes
from polcmp.render.options import RenderOptions
from polcmp.render.palette import FILLS
from polcmp.render.view_words import part_shown
from polcmp.render.xlsx_book import Book, Sheet, Value
from polcmp.render.xlsx_words import said

MOST_ACROSS = 12
"""More regions than this stand down, measures across: a sheet is read downwards."""

WIDEST_CELL = 30
"""Widths of a digit of a column of the matrix."""


def matrix_sheet(book: Book, comparison: Comparison, options: RenderOptions) -> None:
    """Regions and measures side by side, each cell a mark, a word, the leading figure and its sources."""
    lang = options.lang
    sheet = book.sheet(said("Matrix", lang), WIDEST_CELL)
    shown = grid(comparison, options.rows, lang, MOST_ACROSS)
    rows = _rows(shown, comparison, lang)
    for row, fields in enumerate(rows):
        for column, value in enumerate(fields):
            look = book.looks.head if row == 0 else book.looks.label if column == 0 else None
            sheet.put(row, column, value, look)
    sheet.for_paper(1)
    _colours(book, sheet, len(shown.labels), len(shown.heads))
    _legend(book, sheet, comparison, len(rows) + 1, lang)
    sheet.fit()


def _rows(shown: Grid, comparison: Comparison, lang: str) -> list[list[Value]]:
    """Header, rows and, beside or below them, the denominators."""
    rows: list[list[Value]] = [[shown.corner, *shown.heads]]
    for label, cells in zip(shown.labels, shown.cells, strict=True):
        rows.append([label, *("\n".join(cell_lines(cell, lang)) for cell in cells)])
    for word_, numbers in totals(comparison, lang):
        name = word_[:1].upper() + word_[1:]  # as all heads of the workbook
        if shown.regions_down:
            column: list[Value] = [name, *numbers]
            for row, value in zip(rows, column, strict=True):
                row.append(value)
        else:
            rows.append([name, *numbers])
    return rows


def _colours(book: Book, sheet: Sheet, down: int, across: int) -> None:
    """Rules that colour a cell by the mark it begins with, so that colours follow when cells are edited."""
    if not (down and across):
        return
    for key, (fill, text) in FILLS.items():
        look = book.book.add_format({"bg_color": fill, "font_color": text})
        rule = {"type": "text", "criteria": "begins with", "value": MARKS[key], "format": look}
        sheet.sheet.conditional_format(1, 1, down, across, rule)


def _legend(book: Book, sheet: Sheet, comparison: Comparison, row: int, lang: str) -> None:
    """What the marks mean, those that occur, then what lies behind cells that ask for a look."""
    lines = [*part_shown(comparison, lang), *legend(comparison, lang)]
    colon = word("colon", lang)
    lines += [
        f"{MARKS[cell.zero]} {title}{colon}{told}" for cell, title, told in cell_notes(comparison, lang)
    ]
    for at, line in enumerate(lines, row):
        sheet.put(at, 0, line, book.looks.note)
