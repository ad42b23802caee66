"""Puts values into the text of SQL statements, quoted so that no value can end its literal. Runs nothing.

DuckDB's own parameters would do it, but its Python library imports pandas to look at the type of each value,
which takes longer than most questions. So whoever asks writes a statement with a ``?`` for each value, and
`bound` writes the values in: ``bound("SELECT ? + 1", [2])`` is ``SELECT 2 + 1``. Whatever stands in a
statement and is not ours (names of regions, words of documents, paths) comes through here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Value = str | int | float | Sequence[str] | Sequence[int] | Sequence[bool]

_QUOTED_OR_PLACE = re.compile(r"'(?:[^']|'')*'|\?")

_SEPARATOR = "\x1e"
"""Between the texts of a long list: one literal that is split is read faster than thousands of them."""


def bound(sql: str, values: Sequence[Value]) -> str:
    """A statement with a literal in place of each ``?``.

    Args:
        sql: a statement of ours; a ``?`` in it stands for a value, unless it is in a quoted text.
        values: one for each such ``?``, in order.

    Raises:
        ValueError: there are more or fewer values than places.
    """
    places = sum(one == "?" for one in _QUOTED_OR_PLACE.findall(sql))
    if places != len(values):
        raise ValueError(f"{len(values)} values for {places} places")
    literals = iter([literal(one) for one in values])
    return _QUOTED_OR_PLACE.sub(lambda one: next(literals) if one[0] == "?" else one[0], sql)


def literal(value: Value) -> str:
    """SQL of one value: a text, a number, a truth value, or a list of them."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):  # as a text: DuckDB would read 0.55 as a decimal
        return f"CAST('{value!r}' AS DOUBLE)"
    return f"[{', '.join(map(literal, value))}]"


def file_literal(path: str) -> str:
    """SQL of a file's path, in which DuckDB sees no glob."""
    return literal(re.sub(r"[*?\[]", r"[\g<0>]", path))


def numbers(values: Iterable[int]) -> str:
    """SQL of a list of whole numbers from 0, however many: one literal is read quicker than each."""
    joined = ",".join(map(str, values))
    return f"CAST(string_split('{joined}', ',') AS UINTEGER[])" if joined else "CAST([] AS UINTEGER[])"


def texts(values: Sequence[str]) -> str:
    """SQL of a list of texts, however many; likewise."""
    if not values or any(_SEPARATOR in one for one in values):
        return f"CAST({literal(values)} AS VARCHAR[])"
    return f"string_split({_text(_SEPARATOR.join(values))}, chr(30))"


def _text(value: str) -> str:
    """SQL of a text; halves of characters are U+FFFD, as in the files."""
    value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("'", "''")
    pieces = [f"'{one}'" for one in value.split("\0")]  # no statement may hold the character 0
    return pieces[0] if len(pieces) == 1 else f"({' || chr(0) || '.join(pieces)})"
