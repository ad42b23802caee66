"""A workbook that is safe to open: text stays text, only chosen links are links; same input, same bytes.

Knows no comparison. The only module that imports xlsxwriter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple
from unicodedata import east_asian_width

from polcmp.errors import UsageError, not_installed
from polcmp.render.plain import harmless

MOST_UNITS = 32_767
"""UTF-16 units that Excel keeps of a cell ("Excel specifications and limits": total number of characters)."""

MOST_ROWS = 1_048_576
"""Rows of a worksheet, its header among them (same page)."""

MOST_LINKS, LONGEST_LINK = 65_530, 2_079
"""Links a worksheet may have, and characters of one; xlsxwriter writes no more."""

NARROWEST, WIDEST = 8, 60
"""Width of a column, in widths of a digit; what is longer is wrapped."""

LINE_POINTS, MOST_LINES = 16, 25
"""Height of a line, and lines of the highest row there may be (409 points, same page)."""

CREATED = datetime(2000, 1, 1)
"""Stands in every file: results hold no clock."""

_NO_CHARACTER = re.compile("[\ufffe\uffff]")


class Link(NamedTuple):
    """Words that lead somewhere: an http(s) address, or a relative path with ``external:`` before it."""

    text: str
    target: str


Value = str | int | float | Link | None


@dataclass(frozen=True, slots=True)
class Looks:
    """Formats of one workbook, made once."""

    head: Any
    text: Any
    link: Any
    whole: Any
    number: Any
    score: Any
    label: Any
    note: Any


class Book:
    """A workbook in the making; `cut` names the cells whose text was too long."""

    def __init__(self) -> None:
        try:
            import xlsxwriter
        except ImportError as error:
            raise not_installed("a workbook", "xlsxwriter", "report", "P431", "--format xlsx") from error
        self._bytes = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self._bytes, options)
        self.book.set_properties({"title": "polcmp", "created": CREATED})
        self.cut: list[str] = []
        top = {"valign": "top"}
        self.looks = Looks(
            head=self.book.add_format({"bold": True, "bottom": 1, "text_wrap": True, **top}),
            text=self.book.add_format({"text_wrap": True, "align": "left", **top}),
            link=self.book.add_format({"text_wrap": True, "font_color": "#0563C1", "underline": 1, **top}),
            whole=self.book.add_format({"num_format": "#,##0", **top}),
            number=self.book.add_format(top),
            score=self.book.add_format({"num_format": "0.00", **top}),
            label=self.book.add_format({"bold": True, "text_wrap": True, **top}),
            note=self.book.add_format({"font_color": "#595959", **top}),
        )

    def sheet(self, name: str, widest: int = WIDEST) -> Sheet:
        """A further worksheet, none of its columns wider than `widest`."""
        return Sheet(self, name, widest)

    def to_bytes(self) -> bytes:
        """The file; nothing can be added after it."""
        self.book.close()
        return self._bytes.getvalue()


class Sheet:
    """One worksheet; remembers how wide its columns and how high its rows need to be.

    Not every program works out the height of a row with wrapped text when it opens a file.
    """

    def __init__(self, book: Book, name: str, widest: int) -> None:
        self.book, self.name, self.widest = book, name, widest
        self.sheet: Any = book.book.add_worksheet(name)
        self._widths: dict[int, int] = {}
        self._lines: dict[int, int] = {}
        self._links = 0

    def put(self, row: int, column: int, value: Value, look: Any = None) -> None:
        """Write one value. Texts are written as texts whatever they begin with.

        Args:
            row: from 0.
            column: from 0.
            value: nothing is written for None.
            look: format; None for the ordinary one of the value's kind.
        """
        looks = self.book.looks
        if isinstance(value, Link):
            if self._linkable(value):
                self._links += 1
                text = self._fitting(value.text, row, column)
                self.sheet.write_url(row, column, value.target, look or looks.link, text)
                self._measure(row, column, text)
                return
            value = value.text
        if isinstance(value, str):
            text = self._fitting(value, row, column)
            self.sheet.write_string(row, column, text, look or looks.text)
            if look is not looks.note:  # runs on over the empty cells beside it
                self._measure(row, column, text)
        elif value is not None:
            usual = looks.whole if value == int(value) else looks.number
            self.sheet.write_number(row, column, value, look or usual)
            self._measure(row, column, f"{value:,}")

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[Value]], *, frozen: int = 1) -> None:
        """A list with a header that stays in sight and filters.

        Raises:
            UsageError: P432 it has more rows than a worksheet.
        """
        if len(rows) >= MOST_ROWS:
            raise UsageError(
                f"{len(rows):,} rows are more than a worksheet holds ({MOST_ROWS:,})",
                code="P432",
                where="--format xlsx",
                hint="Write csv, or keep some regions or measures with -r and -m.",
            )
        for column, head in enumerate(heads):
            self.put(0, column, head, self.book.looks.head)
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                self.put(at, column, value)
        self.for_paper(frozen)
        self.sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
        self.fit()

    def for_paper(self, frozen: int = 0) -> None:
        """Keep the header in sight and on every page, and print all columns on the width of one, across.

        Args:
            frozen: first columns that stay in sight as well.
        """
        self.sheet.freeze_panes(1, frozen)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)

    def fit(self) -> None:
        """Make the columns as wide, and the rows as high, as what stands in them, within bounds."""
        for column, width in sorted(self._widths.items()):
            self.sheet.set_column(column, column, max(width, NARROWEST) + 2)
        for row, lines in sorted(self._lines.items()):
            self.sheet.set_row(row, lines * LINE_POINTS)

    def _linkable(self, link: Link) -> bool:
        return bool(link.target and link.text) and (
            len(link.target) <= LONGEST_LINK and self._links < MOST_LINKS
        )

    def _fitting(self, text: str, row: int, column: int) -> str:
        """A text that XML and Excel can hold; what is too long is cut, says so, and is remembered."""
        text = _NO_CHARACTER.sub("\ufffd", harmless(text))
        if len(text) <= MOST_UNITS // 2 or units(text) <= MOST_UNITS:
            return text
        self.book.cut.append(f"{self.name}!{cell_name(row, column)}")
        note = f" […{len(text):,} characters, cut]"
        kept = text[: MOST_UNITS - len(note)]
        while units(kept) + len(note) > MOST_UNITS:
            kept = kept[: len(kept) - max(1, (units(kept) + len(note) - MOST_UNITS) // 2)]
        return kept + note

    def _measure(self, row: int, column: int, text: str) -> None:
        """A text wider than its column may be makes it as wide as it may be, and wraps there."""
        widths = [columns(line[: MOST_LINES * self.widest]) for line in text.split("\n")[:MOST_LINES]]
        lines = sum(max(1, -(-width // self.widest)) for width in widths)
        if lines > self._lines.get(row, 1):
            self._lines[row] = min(lines, MOST_LINES)
        self._widths[column] = min(max([self._widths.get(column, 0), *widths]), self.widest)


def units(text: str) -> int:
    """UTF-16 units of a text."""
    return len(text) + sum(one > "\uffff" for one in text)


def columns(text: str) -> int:
    """Widths of a digit that a line takes: two for a Chinese character."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def cell_name(row: int, column: int) -> str:
    """A cell as spreadsheets call it: ``A1`` for 0, 0."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row + 1}"
