"""Word lists around numbers, read once from ``polcmp/data/figure_words.txt``.

Holds measure words, fixed expressions and what ends a counted noun, indexed by first character so
that a look-up costs no regular expression. Must not look at numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from polcmp.errors import InternalError

T = TypeVar("T")

_FILE = Path(__file__).resolve().parent.parent / "data" / "figure_words.txt"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit or measure word.

    Attributes:
        word: as written (``平米``).
        name: as reported (``平方米``).
        kind: ``n`` measure of a noun, ``w`` the same but weak after a bare 一, ``q`` quantity,
            ``t`` time or frequency, ``m`` money, ``p`` percent.
        digits_only: Chinese numerals before it make a name (三组), not a count.
        not_before: characters that, following directly, make it part of another word (支部).
    """

    word: str
    name: str
    kind: str
    digits_only: bool
    not_before: str


@dataclass(frozen=True, slots=True)
class FigureWords:
    """All lists of the data file; every mapping goes from a first character to its words, longest first."""

    units: dict[str, tuple[Unit, ...]]
    direct: dict[str, tuple[str, ...]]
    fixed: dict[str, tuple[str, ...]]
    stop: dict[str, tuple[str, ...]]
    keep: dict[str, tuple[str, ...]]
    heads: dict[str, tuple[str, ...]]

    def unit_at(self, text: str, at: int, end: int) -> Unit | None:
        """The longest unit that stands at `at` and is not the beginning of another word."""
        if at >= end:
            return None
        for unit in self.units.get(text[at], ()):
            after = at + len(unit.word)
            if after <= end and text.startswith(unit.word, at):
                if after < end and text[after] in unit.not_before:
                    continue
                return unit
        return None


def word_at(words: dict[str, tuple[str, ...]], text: str, at: int, end: int) -> str:
    """The longest word of `words` that stands at `at` and ends by `end`, or ``""``."""
    for word in words.get(text[at], ()) if at < end else ():
        if at + len(word) <= end and text.startswith(word, at):
            return word
    return ""


@cache
def figure_words() -> FigureWords:
    """The lists of the packaged data file, read on first use.

    Raises:
        InternalError: the file is missing or a line of it is malformed.
    """
    try:
        lines = _FILE.read_text(encoding="utf-8").splitlines()
    except OSError as fault:
        raise InternalError("A packaged word list cannot be read", where=str(_FILE)) from fault
    section, units = "", []
    words: dict[str, list[str]] = {name: [] for name in ("direct", "fixed", "stop", "keep", "heads")}
    for number, line in enumerate(lines, start=1):
        fields = line.split()
        if not fields or fields[0] == "#":
            continue
        if fields[0].startswith("["):
            section = fields[0].strip("[]")
        elif section == "units":
            units.append(_unit(fields, number))
        else:
            words[section] += fields
    return FigureWords(
        units=_by_first([(unit.word, unit) for unit in units]),
        **{name: _by_first([(word, word) for word in found]) for name, found in words.items()},
    )


def _unit(fields: list[str], number: int) -> Unit:
    if len(fields) != 4:
        raise InternalError("A unit needs four columns", where=f"{_FILE.name}:{number}")
    word, name, kind, not_before = fields
    return Unit(
        word, word if name == "." else name, kind[0], "d" in kind, "" if not_before == "-" else not_before
    )


def _by_first(entries: list[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """Groups entries by the first character of their word, longest word first, else in file order."""
    found: dict[str, list[T]] = {}
    for word, entry in sorted(entries, key=lambda one: -len(one[0])):
        found.setdefault(word[0], []).append(entry)
    return {first: tuple(group) for first, group in found.items()}
