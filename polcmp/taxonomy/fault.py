"""Faults of a taxonomy file: what they hold, how they print, and the ledger that collects them.

Plain text only: colours and exit codes belong to the command line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from polcmp.errors import TaxonomyError
from polcmp.model.taxonomy import Place

ERROR = "error"
WARNING = "warning"

_WIDEST_EXCERPT = 96
"""Columns of a source line that are shown; a longer line is cut around the caret."""


def display_width(text: str) -> int:
    """Columns that `text` takes on a terminal: wide characters 2, combining marks 0, others 1.

    Follows Unicode Standard Annex 11 with ambiguous characters taken as narrow.
    """
    width = 0
    for character in text:
        if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
            continue
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width


class Fault(NamedTuple):
    """One fault of a taxonomy.

    Attributes:
        severity: ``error`` (the taxonomy cannot be used) or ``warning``.
        code: ``P2`` and two digits, see `polcmp.taxonomy.codes`.
        path: the file as it was named by the user; ``pattern`` for a pattern given as text.
        line: from 1; 0 when the fault belongs to no line.
        column: from 1, in code points; 0 when the fault belongs to no line.
        message: what is wrong, without a final stop.
        line_text: the whole source line, without its line break.
        hint: what to do, or ``""``.
    """

    severity: str
    code: str
    path: str
    line: int
    column: int
    message: str
    line_text: str = ""
    hint: str = ""

    @property
    def place(self) -> str:
        """``path:line:column``, or ``path`` when the fault belongs to no line."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path

    def format(self, said: Callable[[str], str] = str) -> str:
        """The fault with its source line, a caret under the column, and the hint, each on a line.

        Args:
            said: puts a message into the reader's language.
        """
        label = said("warning") + said(": ") if self.severity == WARNING else ""
        lines = [f"{self.place}: {self.code} {label}{said(self.message)}"]
        if self.line and self.line_text.strip():
            shown, before = _excerpt(self.line_text, self.column - 1)
            number = str(self.line)
            lines.append(f"    {number} | {shown}")
            lines.append(f"    {' ' * len(number)} | {' ' * before}^")
        if self.hint:
            lines.append(f"    {said(self.hint)}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.format()


def _excerpt(line: str, index: int) -> tuple[str, int]:
    """The part of `line` to show and the columns before its character `index`."""
    line = "".join(c if c.isprintable() else " " for c in line.rstrip())
    index = min(max(index, 0), len(line))
    if display_width(line) <= _WIDEST_EXCERPT:
        return line, display_width(line[:index])
    start = index
    while start and display_width(line[start - 1 : index]) <= _WIDEST_EXCERPT // 2:
        start -= 1
    end = index
    while end < len(line) and display_width(line[start : end + 1]) <= _WIDEST_EXCERPT:
        end += 1
    left = "…" if start else ""
    right = "…" if end < len(line) else ""
    return left + line[start:end] + right, display_width(left + line[start:index])


_MOST_FAULTS = 1_000
"""Most faults of one file that are told; a file of another kind can have one in every line."""


class Ledger:
    """Collects the faults of one file, so that all of them are told at once."""

    def __init__(self, path: str, text: str = "") -> None:
        """Start an empty ledger.

        Args:
            path: the file as it is to be named in messages.
            text: its decoded text, from which source lines are shown.
        """
        self.path = path
        self._lines = text.split("\n")
        self._found: dict[Fault, None] = {}

    def add(self, code: str, place: Place, message: str, hint: str = "", *, severity: str = ERROR) -> None:
        """Note a fault at `place`; a fault noted twice is kept once, and of very many only the first."""
        if len(self._found) >= _MOST_FAULTS:
            return
        if len(self._found) == _MOST_FAULTS - 1:
            message, hint = "and more faults, which are not listed", "mend these first"
        line_text = self._lines[place.line - 1] if 0 < place.line <= len(self._lines) else ""
        fault = Fault(
            severity, code, self.path, place.line, place.column, message, line_text.rstrip("\r"), hint
        )
        self._found[fault] = None

    def warn(self, code: str, place: Place, message: str, hint: str = "") -> None:
        """Note a warning at `place`."""
        self.add(code, place, message, hint, severity=WARNING)

    @property
    def faults(self) -> list[Fault]:
        """All faults so far, by line, column, code and message."""
        return sorted(self._found, key=lambda f: (f.line, f.column, f.code, f.message))

    @property
    def errors(self) -> list[Fault]:
        """The faults that are errors, in the same order."""
        return [fault for fault in self.faults if fault.severity == ERROR]

    def raise_errors(self) -> None:
        """Raise `TaxonomyError` with every error; does nothing when there is none."""
        errors = self.errors
        if errors:
            raise faulty(errors)


def faulty(faults: list[Fault]) -> TaxonomyError:
    """The exception that carries `faults`, which must not be empty."""
    first = faults[0]
    if len(faults) == 1:
        return TaxonomyError(
            first.message, code=first.code, where=first.place, hint=first.hint, faults=tuple(faults)
        )
    return TaxonomyError(
        f"{len(faults)} faults",
        where=first.path,
        hint="every fault stands above with its line",
        faults=tuple(faults),
    )
