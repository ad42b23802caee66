"""Reads a date that somebody states: beside a document, in a record, in the head of a page.

Must not look for one in running text; `polcmp.locate.dates` does.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

_DATE = re.compile(
    r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?)?\s*月?)?年?(?:[T ].*)?$"
)
_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)$")
_LABEL = re.compile(r"[^\d:：]{1,8}[:：]\s*")
_NUMERALS = re.compile(
    r"([〇○零一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?)?$"
)
_DIGITS = {character: index for index, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


def iso_date(text: str) -> str:
    """A stated date in ISO form.

    Args:
        text: ``2022-04-12``, ``2022.4``, ``2022年4月12日``, ``20220412`` or ``二〇二二年四月``.
            A time of day may follow, a label (``发布时间：``) may stand before.

    Returns:
        ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``, ``""`` if it is no date or there is no such day.
    """
    text = text.strip()
    label = _LABEL.match(text)
    text = text[label.end() :] if label else text
    numerals = _NUMERALS.match(text)
    match = _COMPACT.match(text) or _DATE.match(text)
    if numerals:
        parts = ["".join(str(_DIGITS[one]) for one in numerals[1])]
        parts += [str(_counted(one)) for one in (numerals[2], numerals[3]) if one]
    elif match:
        parts = [part for part in match.groups() if part]
    else:
        return ""
    with suppress(ValueError):  # there is no such day
        date(*(int(part) for part in (*parts, "1", "1")[:3]))
        return "-".join(part.zfill(2) for part in parts)
    return ""


def _counted(numeral: str) -> int:
    """A month or a day: 十二 is 12, 二十一 is 21."""
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + (_DIGITS.get(ones, 0) if ones else 0)
