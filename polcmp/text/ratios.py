"""Ratios in folded text: 6:3:1, 六四比例, 五三二, 地四劳六.

Tells them from times of day and codes. Patterns are compiled on first use, for ratios are rare.
Must not read units.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from polcmp.text.lazy import compiled
from polcmp.text.numerals import CHINESE, DIGITS, read_numeral

RATIO = "ratio"
"""The unit of a ratio."""

_D = "".join(DIGITS)
_HOLDERS = frozenset("地劳土资股人技钱")
_PART = rf"(\d+(?:\.\d+)?|[{_D}])"
_HELD = f"[{''.join(sorted(_HOLDERS))}]{_PART}"
_NAMED = rf"{_HELD}[,、]?{_HELD}(?![{CHINESE}\d名个元亩])"
_COLON = r"\d+(?:\.\d+)?(?:[:∶]\d+(?:\.\d+)?){1,4}(?![\d:])"
_COLON_WINDOW = 6
"""Code points from the beginning of a ratio to its first colon (37.5:62.5)."""

_ROW = rf"[{_D}]{{2,4}}(?![{CHINESE}])"
_AFTER = (
    "比例", "的比例", "分配", "的分配", "分成", "分红", "分账", "分给", "分享", "配套", "开", "分",
)  # fmt: skip
_NOT_AFTER = ("分别", "分之", "分公", "开展", "开始", "开发")
_BEFORE = ("按", "按照", "以", "比例", "比例为", "实行")


class Ratio(NamedTuple):
    """A ratio: its first part, 0 or more, and the code points it covers."""

    first: float
    begin: int
    end: int


def read_ratio(text: str, at: int, end: int, floor: int) -> Ratio | None:
    """The ratio that begins at `at`: parts with colons, or a row of digits (五三二).

    A row with colons counts when its parts add up to 10 or 100 or the text calls it a ratio
    (09:40 is a time); a row of digits only when both hold.
    """
    if text[at].isascii():
        colon = any(mark in text[at : at + _COLON_WINDOW] for mark in ":∶")
        return _with_colons(text, at, end, floor) if colon else None
    return _row(text, at, end) if text[at + 1 : at + 2] in DIGITS else None


def read_named_ratio(text: str, at: int, end: int, floor: int) -> Ratio | None:
    """Shares named one by one that add up to 10, the first number at `at` (地四劳六, 地3劳7)."""
    if at <= floor or text[at - 1] not in _HOLDERS:
        return None
    found = compiled(_NAMED).match(text, at - 1, end)
    parts = [read_numeral(part) or 0.0 for part in found.groups()] if found else []
    return Ratio(parts[0], *found.span()) if found and sum(parts) == 10 else None


def _with_colons(text: str, at: int, end: int, floor: int) -> Ratio | None:
    found = compiled(_COLON).match(text, at, end)
    if found is None:
        return None
    parts = re.split("[:∶]", found[0])
    if any(len(part) > 1 and part[0] == "0" and part[1] != "." for part in parts):
        return None
    told = _told(text, found.end(), end) or text.endswith(_BEFORE, floor, at)
    values = [float(part) for part in parts]
    return Ratio(values[0], at, found.end()) if told or sum(values) in (10, 100) else None


def _row(text: str, at: int, end: int) -> Ratio | None:
    found = compiled(_ROW).match(text, at, end)
    if found is None or not _told(text, found.end(), end):
        return None
    digits = [DIGITS[one] for one in found[0]]
    return Ratio(float(digits[0]), at, found.end()) if sum(digits) == 10 and 0 not in digits else None


def _told(text: str, at: int, end: int) -> bool:
    """Whether the words from `at` on say that a ratio stood before them."""
    at += text[at : at + 1] == '"'
    return text.startswith(_AFTER, at, end) and not text.startswith(_NOT_AFTER, at, end)
