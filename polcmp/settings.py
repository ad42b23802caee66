"""Every cut-off and window of the program in one frozen object, every limit of its inputs in another.

Each field says its unit, its range and how its default was calibrated. Rooms take the fields they
need as arguments; none reads a global. Settings change what is found and are recorded in results. Limits
only keep a document out whole, which stands among the errors, so they are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from polcmp.errors import UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """Cut-offs and windows.

    Attributes:
        min_score: lowest score of a mention that counts, 0 to 1. Calibrated on the labelled
            documents in ``tests/gold``: see ``tests/gold/README.md``.
        gap_characters: longest gap for ``…`` and ``~`` without a number, 0 to 200 code points.
        gap_charge_per_character: score lost for each code point of a gap, 0 to 0.1.
        gap_charge_limit: most that all gaps of one match together may cost, 0 to 1.
        no_edits_up_to: phrases of at most this many characters take no edit, 0 to 200 (one substitution
            in four characters would let 第一书店 pass as 第一书记).
        one_edit_up_to: phrases of at most this many characters take one edit, longer ones two; 0 to 200.
        homophone_from: shortest phrase, in characters, in which readings may stand for characters,
            1 to 200.
        missing_piece_charge: score lost for each optional piece that is missing, 0 to 0.5.
        full_weight: characters of pieces from which on a match is not charged as short, 1 to 20.
        short_charge_per_character: score lost for each character under `full_weight`, 0 to 0.2: a lone
            包联 shows less than 旗级领导每人包联1个嘎查.
        join_characters: most characters between two matches of one measure and clause that are one
            stretch, 0 to 20. Calibrated on the labelled spans of the seeds and d01–d20.
        max_match_characters: longest stretch one mention may cover, 1 to 120 folded code points
            (70 folded are at most about 120 raw ones with a pinyin note on every other character).
    """

    min_score: float = 0.60
    gap_characters: int = 12
    gap_charge_per_character: float = 0.006
    gap_charge_limit: float = 0.25
    no_edits_up_to: int = 4
    one_edit_up_to: int = 7
    homophone_from: int = 3
    missing_piece_charge: float = 0.05
    full_weight: int = 4
    short_charge_per_character: float = 0.05
    join_characters: int = 2
    max_match_characters: int = 70


RANGES: dict[str, tuple[float, float]] = {
    "min_score": (0, 1),
    "gap_characters": (0, 200),
    "gap_charge_per_character": (0, 0.1),
    "gap_charge_limit": (0, 1),
    "no_edits_up_to": (0, 200),
    "one_edit_up_to": (0, 200),
    "homophone_from": (1, 200),
    "missing_piece_charge": (0, 0.5),
    "full_weight": (1, 20),
    "short_charge_per_character": (0, 0.2),
    "join_characters": (0, 20),
    "max_match_characters": (1, 120),
}
"""Lowest and highest value of each field of `Settings`, both included."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an input may cost; a document beyond a limit is refused whole (P312), never cut.

    The defaults leave out no document we know of by a factor of ten, and keep a run on a document made to
    do harm within 1 GB of memory.

    Attributes:
        file_bytes: size of a file, in bytes.
        characters: length of a document's text, in code points; the longest collections of papers have
            some 500,000.
        pages: pages of a PDF.
        elements: elements of the markup of a page or a Word document; a million are a paper of 500,000
            characters whose every word has a form of its own, and cost up to 500 MB and half a minute.
        expanded_bytes: what the parts of a packed format (docx) unpack to, in bytes.
        expansion_ratio: how many times longer the parts of a packed format are than the file; a docx of
            one repeated word reaches about 60.
        records: documents in one file of records (jsonl, csv).
        seconds: time that reading and analysing one document may take (P316), in seconds; the longest
            collections of papers take some five.
        yaml_bytes: size of a sidecar (P306) or taxonomy (P202), in bytes; some 40,000 documents listed.
        yaml_depth: levels of nesting in either and in front matter, 1 to 1,000; there are up to eight.
        yaml_entries: entries of either, each counted as often as an alias stands for it; the default
            taxonomy has some five thousand.
    """

    file_bytes: int = 64 * 1024**2
    characters: int = 5_000_000
    pages: int = 2_000
    elements: int = 1_000_000
    expanded_bytes: int = 256 * 1024**2
    expansion_ratio: int = 200
    records: int = 100_000
    seconds: int = 60
    yaml_bytes: int = 5_000_000
    yaml_depth: int = 100
    yaml_entries: int = 500_000


MOST_DEPTH = 1_000
"""Highest `Limits.yaml_depth`: beyond some ten thousand levels the parser takes the program with it."""

_FACTORS = {"": 1, "k": 1024, "m": 1024**2, "g": 1024**3, "kb": 1024, "mb": 1024**2, "gb": 1024**3}


def limits_of(entries: Iterable[str]) -> Limits:
    """The default limits with some raised or lowered.

    Args:
        entries: ``NAME=NUMBER`` each, a field of `Limits`; a number may end in k, M or G (binary).

    Raises:
        UsageError: P407 there is no such limit, or it is no number from 1 on, or too high.
    """
    changed = {}
    for entry in entries:
        name, _, written = entry.partition("=")
        number = re.fullmatch(r"(\d+)\s*([kmg]?b?)", written.strip().replace("_", "").lower())
        name = name.strip().replace("-", "_")
        if name not in Limits.__slots__ or not number or number[2] not in _FACTORS or not int(number[1]):
            raise UsageError(
                f"{entry!r} sets no limit",
                code="P407",
                where="--limit",
                hint=f"Write NAME=NUMBER, such as file_bytes=200M; limits: {', '.join(Limits.__slots__)}.",
            )
        changed[name] = int(number[1]) * _FACTORS[number[2]]
        if name == "yaml_depth" and changed[name] > MOST_DEPTH:
            raise UsageError(
                f"yaml_depth is at most {MOST_DEPTH:,}",
                code="P407",
                where="--limit",
                hint="What is nested deeper cannot be parsed.",
            )
    return replace(Limits(), **changed)


def checked(settings: Settings | None, min_score: float | None = None) -> Settings:
    """The settings in force, every field in its range.

    Args:
        settings: as asked for; None: the defaults.
        min_score: takes the place of the field of that name; None: leaves it.

    Raises:
        UsageError: P407 a field is out of its range or no number.
    """
    settings = settings or Settings()
    for name, (low, high) in RANGES.items():
        value, whole = getattr(settings, name), type(getattr(Settings(), name)) is int
        if not isinstance(value, int if whole else int | float) or not low <= value <= high:
            raise UsageError(
                f"{name} is a {'whole ' if whole else ''}number from {low:g} to {high:g}, not {value!r}",
                code="P407",
                where=f"Settings.{name}",
                hint=f"The default is {getattr(Settings(), name):g}.",
            )
    if min_score is None:
        return settings
    if not 0 <= min_score <= 1:
        raise UsageError(
            f"a score lies between 0 and 1, not at {min_score:g}",
            code="P407",
            where="--min-score",
            hint="Try 0.8.",
        )
    return replace(settings, min_score=min_score)
