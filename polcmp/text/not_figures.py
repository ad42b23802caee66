"""Numerals that count nothing: dates, times, ordinals, set phrases, codes.

Says only how far such a stretch reaches, so that the reader of figures steps over it.
Rules: ``codebook.md``, section Figures; the set phrases are data.
"""

from __future__ import annotations

import re

from polcmp.text.figure_words import FigureWords, word_at
from polcmp.text.lazy import compiled
from polcmp.text.numerals import CHINESE

_N = rf"(?:\d+(?:\.\d+)?|[{CHINESE}]+)"
_TO = r"(?:—{1,2}|[-~～–至到])"
_SKIP = (
    # 2022年, 2021—2025年, 2023-24学年, 二〇二二年度
    rf"(?:19|20)\d\d ?(?:{_TO} ?(?:(?:19|20)\d\d|\d\d(?= ?(?:年|学年))))? ?(?:学年|年度?|届)"
    r"|[一二][九〇零][〇零一二三四五六七八九]{2}年度?"
    # 2022-04-12, 2021.3
    r"|(?:19|20)\d\d[-./]\d{1,2}(?:[-./]\d{1,2})?(?![\d%万元亿亩个])"
    # 5月, 28日, 9时, 九十年代, 1—10月
    rf"|{_N}(?:{_TO}{_N})? ?(?:月份?(?!饼)|[日号]|时(?!间)|点钟|世纪|年代|年级)"
    # 一对一, 一村一品, 一亩一年
    rf"|一[^\d{CHINESE},;:。?!、\n()]{{1,2}}一(?![百千万亿十])"
    # 四个一, 五个百分百
    rf"|{_N}个(?:一(?![百千万半])|百分百)"
    # 5G, 20XX, 3×4
    r"|\d+(?:\.\d+)*(?:(?![kK][gmWw]|MW)[A-Za-z]|[×*])"
)
_ORDINAL = rf"{_N}(?:(?:{_TO}|、)第?{_N})*"
_NUMERAL = rf"\d[\d.,]*|[{CHINESE}几数半]+"
_LUNAR = "初正腊冬"
_NOT_SEVERAL = frozenset("人户次票总多少无基半指系函参倍度岁分")


def end_of_no_figure(text: str, at: int, end: int, words: FigureWords) -> int:
    """Where a stretch that counts nothing ends.

    Args:
        text: folded text.
        at: code point of a numeral character.
        end: nothing from here on is read.
        words: the word lists.

    Returns:
        The code point after it, greater than `at`; 0 when a figure may stand at `at`.
    """
    before = text[at - 1] if at else ""
    if before == "第":
        return _end(compiled(_ORDINAL).match(text, at, end))
    if before in _LUNAR and before and text[at] not in "0123456789":
        return _end(compiled(_NUMERAL).match(text, at, end))
    if text[at] == "数" and before in _NOT_SEVERAL and before:
        return at + 1
    fixed = word_at(words.fixed, text, at, end)
    if fixed:
        return at + len(fixed)
    found = compiled(_SKIP).match(text, at, end)
    return found.end() if found else 0


def end_of_numeral(text: str, at: int, end: int) -> int:
    """Where the run of numeral characters at `at` ends; at least `at` + 1."""
    return _end(compiled(_NUMERAL).match(text, at, end)) or at + 1


def _end(found: re.Match[str] | None) -> int:
    return found.end() if found else 0
