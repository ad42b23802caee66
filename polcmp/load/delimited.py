"""Rows of delimited text, and the rows whose quotation marks do not pair. Knows no column by its meaning.

A quotation mark that is never closed would take in every row after it, and one that stands wrong would shift
what is read: both are faults that name their line, never a longer text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Row(NamedTuple):
    """A row that is not empty.

    Attributes:
        line: where it begins, from 1.
        values: its fields; of a faulty row none.
        fault: what is wrong with its quotation marks, ``""`` if nothing is.
    """

    line: int
    values: list[str]
    fault: str = ""


def delimiter_of(first_line: str, suffix: str) -> str:
    """The mark between fields: a tab in ``.tsv``, else that of which the first line has most."""
    return "\t" if suffix == ".tsv" else max(",;\t", key=first_line.count)


def rows_of(lines: Iterable[str], delimiter: str, longest: int) -> Iterator[Row]:
    """The rows of delimited text, the header among them.

    Args:
        lines: with their ends.
        delimiter: one character.
        longest: most characters of a field.

    Yields:
        Rows in order. Behind a row whose quotation marks stand wrong, reading goes on with the next line;
        behind one that is never closed nothing is left to read.

    Raises:
        csv.Error: a field is too long; the message names the line that it has come to.
    """
    csv.field_size_limit(max(csv.field_size_limit(), longest))
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = rows.line_num + 1
        try:
            values = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            if "field" in str(error):
                raise csv.Error(f"{error} in line {rows.line_num}") from error
            yield Row(line, [], _fault(str(error), line, rows.line_num))
            continue
        if values:
            yield Row(line, values)


def _fault(reason: str, line: int, last: int) -> str:
    if "end of data" in reason:
        lost = f", so lines {line} to {last} are not read" if last > line else ""
        return f"a quotation mark that opens in this record is never closed{lost}"
    lines = f"lines {line} to {last} are" if last > line else "it is"
    return f"the quotation marks of this record do not pair in line {last}, so {lines} not read"
