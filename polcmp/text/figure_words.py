"""Word lists around numbers, read once from ``polcmp/data/figure_words.txt``.

Holds measure words, bounds, fixed expressions and what ends a counted noun, indexed by character so
that a look-up costs no regular expression. Must not look at numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from polcmp.errors import InternalError

T = TypeVar("T")

_FILE = Path(__file__).resolve().parent.parent / "data" / "figure_words.txt"
_BOUNDS = ("at_least", "at_most", "about")
_FAR = ("far_at_least", "far_at_most")
_LISTS = (*_BOUNDS, *_FAR, "over_base", "filler", "direct", "fixed", "stop", "keep", "heads")

STOP, KEEP, HEAD = "stop", "keep", "heads"
"""What a word is to a noun around it: its end, a part of it, or its usual head."""


class Unit(NamedTuple):
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


class FigureWords(NamedTuple):
    """All lists of the data file.

    Mappings go from a first character (`direct` and `fixed`: the first two) to words, longest first.

    Attributes:
        units: measure words and units.
        direct: nouns that need no measure word before them (18部门).
        fixed: set phrases and names that begin with a numeral and count nothing.
        nouns: words with `STOP`, `KEEP` or `HEAD`; of equal words a stop comes last.
        before: bounds in front of a number, by their last character, with the bound's name.
        far: bounds that may stand some words away from the number.
        over_base: bounds that may stand before the base of a percentage.
        fillers: what may stand between such a bound and the number.
        behind: bounds behind a unit: word, the bound's name, not-before characters.
    """

    units: dict[str, tuple[Unit, ...]]
    direct: dict[str, tuple[str, ...]]
    fixed: dict[str, tuple[str, ...]]
    nouns: dict[str, tuple[tuple[str, str], ...]]
    before: dict[str, tuple[tuple[str, str], ...]]
    far: tuple[tuple[str, str], ...]
    over_base: frozenset[str]
    fillers: tuple[str, ...]
    behind: dict[str, tuple[tuple[str, str, str], ...]]

    def unit_at(self, text: str, at: int, end: int) -> Unit | None:
        """The longest unit that stands at `at` and is not the beginning of another word."""
        for unit in self.units.get(text[at], ()) if at < end else ():
            after = at + len(unit.word)
            if after <= end and text.startswith(unit.word, at):
                if after < end and text[after] in unit.not_before:
                    continue
                return unit
        return None

    def noun_word_at(self, text: str, at: int, end: int) -> tuple[str, str]:
        """The longest word of `nouns` that stands at `at` and ends by `end`, and what it is; else empty."""
        for word, role in self.nouns.get(text[at], ()):
            if text.startswith(word, at) and at + len(word) <= end:
                return word, role
        return "", ""


def word_at(words: dict[str, tuple[str, ...]], text: str, at: int, end: int) -> str:
    """The longest word of `words`, indexed by two characters, that stands at `at`, or ``""``."""
    for word in words.get(text[at : at + 2], ()):
        if at + len(word) <= end and text.startswith(word, at):
            return word
    return ""


@cache
def figure_words() -> FigureWords:
    """The lists of the packaged data file, read on first use.

    Raises:
        InternalError: the file is missing or a line of it is malformed.
    """
    rows = _rows()
    lists = {name: [word for _, fields in rows.get(name, ()) for word in fields] for name in _LISTS}
    units = [_unit(fields, number) for number, fields in rows.get("units", ())]
    behind = [_columns(fields, number, 3) for number, fields in rows.get("behind", ())]
    bounds = [(word, name) for name in _BOUNDS for word in lists[name]]
    return FigureWords(
        units=_indexed((unit.word, unit) for unit in units),
        direct=_indexed(((word, word) for word in lists["direct"]), slice(2)),
        fixed=_indexed(((word, word) for word in lists["fixed"]), slice(2)),
        nouns=_indexed((word, (word, role)) for role in (HEAD, KEEP, STOP) for word in lists[role]),
        before=_indexed(((word, (word, name)) for word, name in bounds), slice(-1, None)),
        far=tuple((word, name.removeprefix("far_")) for name in _FAR for word in lists[name]),
        over_base=frozenset(lists["over_base"]),
        fillers=tuple(sorted(lists["filler"], key=len, reverse=True)),
        behind=_indexed((word, (word, name, _characters(but))) for word, name, but in behind),
    )


def _rows() -> dict[str, list[tuple[int, list[str]]]]:
    """Line number and fields of every line, by section."""
    try:
        lines = _FILE.read_text(encoding="utf-8").splitlines()
    except OSError as fault:
        raise InternalError("A packaged word list cannot be read", where=str(_FILE)) from fault
    rows: dict[str, list[tuple[int, list[str]]]] = {}
    section = ""
    for number, line in enumerate(lines, start=1):
        fields = line.split()
        if not fields or fields[0] == "#":
            continue
        if fields[0].startswith("["):
            section = fields[0].strip("[]")
        else:
            rows.setdefault(section, []).append((number, fields))
    return rows


def _unit(fields: list[str], number: int) -> Unit:
    word, name, kind, not_before = _columns(fields, number, 4)
    return Unit(word, word if name == "." else name, kind[0], "d" in kind, _characters(not_before))


def _columns(fields: list[str], number: int, count: int) -> list[str]:
    if len(fields) != count:
        raise InternalError(f"A line needs {count} columns", where=f"{_FILE.name}:{number}")
    return fields


def _characters(column: str) -> str:
    return "" if column == "-" else column


def _indexed(entries: Iterable[tuple[str, T]], key: slice = slice(1)) -> dict[str, tuple[T, ...]]:
    """Groups entries by the part `key` of their word, longest word first, else in the order given."""
    found: dict[str, list[T]] = {}
    for word, entry in sorted(entries, key=lambda one: -len(one[0])):
        found.setdefault(word[key], []).append(entry)
    return {part: tuple(group) for part, group in found.items()}
