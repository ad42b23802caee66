r"""Rows of mentions as delimited text, shared by CSV and TSV. Knows no file and no encoding.

Fields that hold the delimiter, a quotation mark or a line end are quoted (RFC 4180); lines end with one
``\n``. A text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return, after any number of
``'``, gets ``'`` before it, because spreadsheets would run it as a formula (OWASP, "CSV Injection"). Nothing
is lost by it: whoever strips one ``'`` before such a beginning has the text again (`unguarded`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from polcmp.model.comparison import Comparison
from polcmp.render.rows import Row, mention_row

COLUMNS = (
    *("id", "document", "region", "region_full", "date", "measure", "measure_name", "form", "status"),
    *("score", "start", "end", "quote", "sentence_start", "sentence_end", "section", "pattern", "transforms"),
    *("figures", "figure_values", "figure_units", "figure_of", "place", "status_cue", "status_cue_from"),
    *("page", "paragraph"),
)

_FORMULA = re.compile("'*[=+\\-@\t\r]")

_HARMFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What terminals obey, what turns the direction of a line or ends it for some readers, half characters."""


def delimited(comparison: Comparison, delimiter: str) -> str:
    """One mention a row.

    Args:
        comparison: what to show.
        delimiter: one character.

    Returns:
        A header (`COLUMNS`) and one row for each mention. Lists are joined with ``; ``; the n-th of
        `figure_values`, `figure_units` and `figure_of` belongs to the n-th of `figures`.
    """
    names = {measure.id: measure.name for measure in comparison.measures}
    documents = {facts.name: (facts.location.full_name, facts.date) for facts in comparison.documents}
    lines = [_line(COLUMNS, delimiter)]
    for mention in comparison.mentions:
        row = flat_row(mention_row(mention))
        row["measure_name"] = names.get(mention.measure, "")
        row["region_full"], row["date"] = documents.get(mention.document, ("", ""))
        lines.append(_line([safe_field(row[column]) for column in COLUMNS], delimiter))
    return "".join(lines)


def _line(fields: Sequence[Any], delimiter: str) -> str:
    """One row with its line end."""
    buffer = io.StringIO()
    # Written with both characters of a line end, for only then are fields quoted that hold either.
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerow(fields)
    return buffer.getvalue().removesuffix("\r\n") + "\n"


def flat_row(row: Mapping[str, Any]) -> Row:
    """A mention's row without nested values."""
    figures = row["figures"]
    return {
        **row,
        "sentence_start": row["sentence"]["start"],
        "sentence_end": row["sentence"]["end"],
        "transforms": "; ".join(row["transforms"]),
        "figures": "; ".join(figure["text"] for figure in figures),
        "figure_values": "; ".join(str(figure["value"]) for figure in figures),
        "figure_units": "; ".join(figure["unit"] for figure in figures),
        "figure_of": "; ".join(figure["of"] for figure in figures),
        "status_cue": row["status_cue"]["text"],
        "status_cue_from": row["status_cue"]["from"],
    }


def safe_field(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula and no terminal obeys; numbers stay numbers.

    Control characters (line ends and tabs apart), turns of direction and half characters become U+FFFD.
    """
    if not isinstance(value, str):
        return value
    value = _HARMFUL.sub("\ufffd", value)
    return f"'{value}" if _FORMULA.match(value) else value


def unguarded(text: str) -> str:
    """A text of a file as it was before `safe_field` put ``'`` before it."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
