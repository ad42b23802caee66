"""A workbook for Excel and LibreOffice: matrix, evidence, figures, documents, measures, and how it was made.

The same comparison and options give the same bytes (with the same version of xlsxwriter).
"""

from __future__ import annotations

from polcmp.model.comparison import Comparison
from polcmp.render.options import RenderOptions
from polcmp.render.xlsx_book import Book
from polcmp.render.xlsx_lists import (
    about_sheet,
    documents_sheet,
    evidence_sheet,
    figures_sheet,
    measures_sheet,
)
from polcmp.render.xlsx_matrix import matrix_sheet


def render_bytes(comparison: Comparison, options: RenderOptions) -> bytes:
    """The comparison as a workbook of six sheets.

    Args:
        comparison: what to show.
        options: `lang`, `rows` and `folder` are looked at; every mention is listed, whatever `evidence` says.

    Returns:
        An .xlsx file (ECMA-376).

    Raises:
        UsageError: P431 xlsxwriter is not installed, P432 there are more mentions than rows in a worksheet.
    """
    book = Book()
    for write in (
        matrix_sheet,
        evidence_sheet,
        figures_sheet,
        documents_sheet,
        measures_sheet,
        about_sheet,
    ):
        write(book, comparison, options)
    return book.to_bytes()
