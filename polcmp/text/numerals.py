"""Numerals as Chinese text writes them: ``3.7亿``, ``两万八``, ``三十二``, ``百``.

Reads one numeral that somebody else has cut out. Must not look for numerals in running text and
knows nothing of units or bounds.
"""

from __future__ import annotations

from functools import lru_cache

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3}
"""Chinese digits and their values; 俩 and 仨 hold their measure word as well."""

SMALL = {"十": 10, "百": 100, "千": 1000}
BIG = {"万": 10_000, "亿": 100_000_000}
MULTIPLIERS = SMALL | BIG
"""Chinese multipliers and their values."""

CHINESE = "".join(DIGITS) + "".join(MULTIPLIERS) + "廿卅"
"""Every character a Chinese numeral may hold, without 点, 几, 数 and 半."""

LONGEST = 24
"""Code points of the longest numeral; a longer row is a serial number (一千二百三十四亿… in full has 23)."""

_TWENTY_THIRTY = str.maketrans({"廿": "二十", "卅": "三十"})


@lru_cache(maxsize=4096)
def read_numeral(text: str) -> float | None:
    """The value of one numeral, or None when it is none.

    Args:
        text: Arabic digits with an optional decimal part, grouping commas and multipliers
            (``1,073.7万``), or Chinese ones (``四百零五``, ``八点五``, ``两万八``).

    Returns:
        A value of 0 or more. None for a row of digits that is a name or a code (一六八, 五三二),
        for an empty text and for one of more than `LONGEST` code points.
    """
    if not text or len(text) > LONGEST:
        return None
    if text[0].isascii():
        head = text.rstrip("十百千万亿")
        value = _arabic(head.rstrip())
        return None if value is None else _tidy(value * multiplier(text[len(head) :]))
    whole, point, part = text.partition("点")
    value = _chinese(whole.translate(_TWENTY_THIRTY))
    if value is None or not point:
        return value
    tail = part.rstrip("十百千万亿")
    if not tail or any(c not in DIGITS for c in tail):
        return None
    fraction = float("0." + "".join(str(DIGITS[c]) for c in tail))
    return _tidy((value + fraction) * multiplier(part[len(tail) :]))


def multiplier(text: str) -> int:
    """The product of the multipliers in `text` (``千万`` → 10,000,000); 1 for an empty text."""
    product = 1
    for character in text:
        product *= MULTIPLIERS[character]
    return product


def neighbours(text: str) -> tuple[float, float] | None:
    """Low and high of a numeral that names two neighbours (两三 → 2, 3; 三四十 → 30, 40; 三五 → 3, 5).

    Returns:
        The two values, low first; None when `text` names one number only.
    """
    for at in range(min(len(text), LONGEST) - 1):
        low, high = DIGITS.get(text[at]), DIGITS.get(text[at + 1])
        if not low or not high or (high != low + 1 and (low, high) != (3, 5)):
            continue
        first = read_numeral(text[: at + 1] + text[at + 2 :])
        second = read_numeral(text[:at] + text[at + 1 :])
        if first is not None and second is not None:
            return first, second
    return None


def _arabic(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


def _tidy(value: float) -> float:
    """Rounds away what binary fractions leave (1.41 × 10,000 → 14100)."""
    return round(value, 6)


def _chinese(text: str) -> float | None:
    """The value of a whole Chinese numeral without a decimal part."""
    for sign in "亿万":
        left, found, right = text.rpartition(sign)
        if not found:
            continue
        head = _chinese(left) if left else 1.0
        tail = _rest(right, BIG[sign])
        return None if head is None or tail is None else head * BIG[sign] + tail
    return _section(text)


def _rest(text: str, unit: int) -> float | None:
    """What follows a multiplier: nothing, a lone digit of the next lower rank (两万八), or a numeral."""
    if not text:
        return 0.0
    if len(text) == 1 and DIGITS.get(text, 0):
        return DIGITS[text] * unit / 10
    return _chinese(text.lstrip("零〇")) if text.strip("零〇") else 0.0


def _section(text: str) -> float | None:
    """The value of a numeral below 10,000; None when ranks rise or digits stand side by side."""
    total, digit, rank, zero = 0, -1, 10_000, False
    for character in text:
        if character in DIGITS:
            value = DIGITS[character]
            if digit > 0 or (digit == 0 and not zero):
                return None
            digit, zero = value, value == 0
            continue
        unit = SMALL.get(character)
        if unit is None or unit >= rank or (digit < 0 and total and unit != 10) or (digit == 0 and not total):
            return None
        total += (digit if digit > 0 else 1) * unit
        digit, rank, zero = -1, unit, False
    if digit < 0:
        return float(total) if total else None
    lone = len(text) > 1 and text[-2] in SMALL and text[-2] != "十"
    return float(total + (digit * rank // 10 if lone else digit))
