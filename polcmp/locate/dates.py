"""The date a document was published, if it says so: none is invented, a day without a year stays unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from polcmp.model.document import Mask

_DATE = re.compile(
    r"(?<![\d.])((?:19|20)\d{2})(?:[-/.](\d{1,2})[-/.](\d{1,2})(?![\d.])|年(\d{1,2})月(\d{1,2})日)"
    r"|(二[〇○零]|一九)([〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)

_LABEL = re.compile(
    r"(?:发布|发表|更新|发稿|录入|成文|发文|印发|公开|生成|创建|添加|上传)(?:时间|日期)|(?:^|\n)(?:时间|日期):"
)

_DATELINE = re.compile(r"(?:讯|电|报道|记者[^,。]{0,20}\)?)[ (]?[^,。]{0,12}$")

_PASSED = re.compile(r"[^,。;)]{0,30}(?:通过|印发|发布|施行)")

_DIGITS = {character: index for index, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}

_HEAD_CHARACTERS = 260
"""A dateline stands at most this many characters after the beginning of the text."""

_TAIL_CHARACTERS = 400
"""A signature's date stands at most this many characters before the end of the body."""


def find_date(text: str, masks: Sequence[Mask]) -> str:
    """ISO date of publication, ``""`` when the text states none.

    Looked for in this order: a header or footer line (often masked) with a labelled date or a lone
    one, a signature line under the body, a dateline or first sentence with the year.

    Args:
        text: folded text.
        masks: its boilerplate.
    """
    return _in_furniture(text, masks) or _in_signature(text, masks) or _in_opening(text, masks)


def _in_furniture(text: str, masks: Sequence[Mask]) -> str:
    for wanted in (("source line",), ("index card",), ("counters", "editor", "copyright", "tail")):
        for mask in masks:
            if mask.rule in wanted:
                stretch = text[mask.folded_span.start : mask.folded_span.end]
                label = _LABEL.search(stretch)
                found = _first(stretch[label.start() :] if label else stretch)
                if found:
                    return found
    return ""


def _in_signature(text: str, masks: Sequence[Mask]) -> str:
    masked = [mask.folded_span for mask in masks]
    end = len(text)
    for line in reversed(text.split("\n")):
        start = end - len(line)
        if not any(span.start < end and start < span.end for span in masked):
            bare = line.strip(" ()")
            found = _DATE.match(bare)
            if found and (found.end() == len(bare) or "印发" in bare):
                return _iso(found)
            if len(text) - start > _TAIL_CHARACTERS + sum(span.length for span in masked):
                break
        end = start - 1
    return ""


def _in_opening(text: str, masks: Sequence[Mask]) -> str:
    head = text[:_HEAD_CHARACTERS]
    for found in _DATE.finditer(head):
        before = head[head.rfind("\n", 0, found.start()) + 1 : found.start()]
        after = head[found.end() :].split("\n", 1)[0]
        dateline = _DATELINE.search(before) or after.startswith(("电", "讯"))
        alone = not before.strip(" (") and len(after) <= 4
        passed = before.startswith("(") and _PASSED.match(after)
        first = not before.strip(' ("')
        if dateline or alone or passed or first:
            return _iso(found)
    return ""


def _first(stretch: str) -> str:
    for found in _DATE.finditer(stretch):
        if iso := _iso(found):
            return iso
    return ""


def _iso(found: re.Match[str]) -> str:
    """The date as ISO, ``""`` when there is no such day."""
    if found[1]:
        year, month, day = int(found[1]), int(found[2] or found[4]), int(found[3] or found[5])
    else:
        century = 20 if found[6][0] == "二" else 19
        year = century * 100 + _DIGITS[found[7][0]] * 10 + _DIGITS[found[7][1]]
        month, day = _small(found[8]), _small(found[9])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _small(numeral: str) -> int:
    """A Chinese numeral from one to thirty-one."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _DIGITS[numeral] if len(numeral) == 1 else 0
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
