"""Cuts one number with its unit out of folded text: 百余家, 10%~12%, 三分之一, 6:3:1.

A core is a figure without its surroundings: no bound in front, nothing counted. Must not read
anything left of the number, except to tell 半年 from 上半年.
"""

from __future__ import annotations

from typing import NamedTuple

from polcmp.text.bounds import ABOUT, AT_LEAST, EXACT, bound_after
from polcmp.text.figure_words import FigureWords, Unit, word_at
from polcmp.text.lazy import compiled
from polcmp.text.numerals import CHINESE, DIGITS, multiplier, neighbours, read_numeral
from polcmp.text.ratios import RATIO, read_ratio

_D = "".join(DIGITS)
_NUMBER = (
    rf"(?:(?P<a>\d+(?:,\d\d\d(?![\d,]\d))*(?:\.\d+)?)|(?P<v>[几数](?=[十百千万亿]))?(?P<c>[{CHINESE}]+(?:点[{_D}]+)?))"
    rf"(?P<m1>[余多几来])?(?: ?(?P<x>(?:[十百万亿]|千(?![瓦米克])){{1,3}}))?(?P<m2>[余多来])?"
)
_TO = r" ?(?:—{1,2}|[-~～–至到]) ?(?=[0-9一两二三四五六七八九十百])"
_FRACTION = (
    rf"(?P<base>[{CHINESE}]+|\d+)分之"
    rf"(?P<part>\d+(?:\.\d+)?|[{CHINESE}]+(?:点[{_D}]+)?)(?P<more>[多余])?"
)
_FRACTION_WINDOW = 8
"""Code points from the beginning of a fraction to 分之."""

_BARE_BEFORE = frozenset("达至到为计有约超逾近共")
_CLAUSE_END = frozenset(",;:。?!()、\n")
_HALF_UNITS = frozenset(("亩", "年", "天", "公里", "斤", "公斤", "吨", "成", "块"))
_NO_HALF = frozenset("年月天数程径价脱成山路日夜")
_MORE_UNITS = frozenset(("年", "元", "亩", "公里", "天", "%", "倍", "斤", "公斤", "吨", "米"))
_AFTER_BARE_MULTIPLIER = frozenset(("名", "人", "元", "亩", "个", "吨", "公里", "斤", "人次"))
_ONE_IS_VAGUE = frozenset(("年", "天", "星期", "倍"))
_ONE_IS_ANY = frozenset(("村", "镇", "乡", "县", "屯"))
_ONE_COUNTS_BEFORE = ("以上", "期满", "期内", "内", "多", ",", ";", "。", "!", "?", "\n", '"')


class Core(NamedTuple):
    """A number with its unit.

    Attributes:
        begin, end: where it stands, a bound behind it included.
        value, high: as in `Figure`.
        unit: as in `Figure`, without a rate.
        kind: the class of its unit (`Unit.kind`), ``p`` for shares, ``r`` for ratios, ``""`` without unit.
        bound: what its own words and those behind it say.
        rounded: it begins with a multiplier (万, 百).
        unit_end: where the unit ends.
    """

    begin: int
    end: int
    value: float
    high: float | None
    unit: str
    kind: str
    bound: str
    rounded: bool = False
    unit_end: int = 0


class _Number(NamedTuple):
    literal: str
    value: float
    high: float | None
    scale: int
    bound: str
    end: int


def read_core(text: str, at: int, end: int, floor: int, words: FigureWords) -> Core | None:
    """The core that begins at `at`, or None when what stands there counts nothing.

    Args:
        text: folded text.
        at: code point of a numeral character.
        end: nothing from here on is read.
        floor: nothing left of it is read.
        words: the word lists.
    """
    if text[at] == "半" or text.startswith("一半", at, end):
        return _half(text, at, end, words)
    ratio = read_ratio(text, at, end, floor)
    if ratio:
        return Core(at, ratio.end, ratio.first, None, RATIO, "r", EXACT, unit_end=ratio.end)
    if text.find("分之", at, min(end, at + _FRACTION_WINDOW)) > 0:
        share = _fraction(text, at, end, words)
        if share:
            return share
    number = _number(text, at, end)
    return _quantity(text, at, end, number, words) if number else None


def _fraction(text: str, at: int, end: int, words: FigureWords) -> Core | None:
    """三分之一, 百分之八 as percentages."""
    found = compiled(_FRACTION).match(text, at, end)
    base, part = (read_numeral(found["base"]), read_numeral(found["part"])) if found else (None, None)
    if found is None or not base or part is None:
        return None
    bound, after = bound_after(text, found.end(), end, words)
    bound = AT_LEAST if found["more"] else bound
    return Core(at, after, round(part / base * 100, 4), None, "%", "p", bound, unit_end=found.end())


def _half(text: str, at: int, end: int, words: FigureWords) -> Core | None:
    """一半, 半数, 过半, 大半 as percentages, else 半年 and the like."""
    before = text[at - 1] if at else ""
    if text[at] == "一":
        after = at + 2
    elif before == "多":
        return None
    elif text.startswith("半数", at, end) and text[at + 2 : at + 3] not in ("据", "字", "目", "量"):
        after = at + 2
    elif before and before in "过超近大" and text[at + 1 : at + 2] not in tuple("年月天个夜路生"):
        after = at + 1
    else:
        return _half_unit(text, at, end, words)
    bound, behind = bound_after(text, after, end, words)
    return Core(
        at, behind, 50.0, None, "%", "p", AT_LEAST if before == "大" else bound, rounded=True, unit_end=after
    )


def _half_unit(text: str, at: int, end: int, words: FigureWords) -> Core | None:
    """半年, 半亩: half of one unit; none in 上半年, 每半年."""
    if at and text[at - 1] in "上下前后每大多一对过夜":
        return None
    unit = words.unit_at(text, at + 1, end)
    if unit is None or not (unit.kind == "t" or unit.name == "亩") or unit.name == "次":
        return None
    unit_end = at + 1 + len(unit.word)
    bound, after = bound_after(text, unit_end, end, words)
    return Core(at, after, 0.5, None, unit.name, unit.kind, bound, unit_end=unit_end)


def _number(text: str, at: int, end: int) -> _Number | None:
    """The numeral at `at` with 余, 多, 几 and multipliers; None when it is a code (一六八)."""
    found = compiled(_NUMBER).match(text, at, end)
    if found is None:
        return None
    literal, high = found["a"] or found["c"], None
    value = read_numeral(("两" if found["v"] else "") + literal)
    if value is None:
        pair = neighbours(literal)
        if pair is None:
            return None
        value, high = pair
    scale = multiplier(found["x"] or "")
    more = found["m1"] or found["m2"] or ""
    bound = ABOUT if more == "来" else AT_LEAST if more or found["v"] else EXACT
    return _Number(
        (found["v"] or "") + literal,
        round(value * scale, 6),
        high and high * scale,
        scale,
        bound,
        found.end(),
    )


def _quantity(text: str, at: int, end: int, number: _Number, words: FigureWords) -> Core | None:
    unit, unit_end = _unit(text, number, end, words)
    ranged = _range(text, at, end, number, unit, unit_end, words)
    if ranged:
        return ranged
    if unit is None:
        return _bare(text, at, end, number, words)
    value, high, bound = number.value, number.high, number.bound
    if unit_end < end and unit.name in _MORE_UNITS and text[unit_end] in "多余":
        bound, unit_end = AT_LEAST, unit_end + 1
    elif _half_follows(text, unit, unit_end, end):
        value, unit_end = value + 0.5, unit_end + 1
    if "多" in unit.word:
        bound = AT_LEAST
    if unit.word == "个半月":
        value += 0.5
    if unit.word == "成":
        value, high = value * 10, high and high * 10
    behind, after = bound_after(text, unit_end, end, words)
    rounded = number.literal[0] in "十百千万亿"
    return Core(
        at, after, value, high, unit.name, unit.kind, behind if bound == EXACT else bound, rounded, unit_end
    )


def _half_follows(text: str, unit: Unit, at: int, end: int) -> bool:
    return (
        at < end and text[at] == "半" and unit.word in _HALF_UNITS and text[at + 1 : at + 2] not in _NO_HALF
    )


def _unit(text: str, number: _Number, end: int, words: FigureWords) -> tuple[Unit | None, int]:
    """The unit behind `number` if a count may stand before it, and where it ends."""
    at = number.end + (text[number.end : number.end + 1] == " ")
    unit = words.unit_at(text, at, end)
    if unit is None or not _fits(text, number, unit, at + len(unit.word), end):
        return None, number.end
    return unit, at + len(unit.word)


def _fits(text: str, number: _Number, unit: Unit, after: int, end: int) -> bool:
    """Whether number and unit make a count: not 二组 (an order), 一批 (an article), 三区 (a name)."""
    literal = number.literal
    if literal[0].isascii():
        begin = number.end - len(literal)
        return not (unit.word == "分" and begin > 0 and text[begin - 1] in "时点")
    if unit.digits_only or literal == "二":
        return False
    if literal == "一" and number.scale == 1 and number.bound == EXACT:
        if unit.kind == "w" or unit.name in _ONE_IS_ANY:
            return False
        if unit.name in _ONE_IS_VAGUE:
            return after >= end or text.startswith(_ONE_COUNTS_BEFORE, after)
    if literal in ("百", "千", "万", "亿") and number.bound == EXACT:
        begin = number.end - len(literal)
        return unit.name in _AFTER_BARE_MULTIPLIER or (begin > 0 and text[begin - 1] in "上近超逾过约成")
    return True


def _range(
    text: str, at: int, end: int, low: _Number, unit: Unit | None, unit_end: int, words: FigureWords
) -> Core | None:
    """2至4个, 10%~12%, 600元到300元, 1-5万元; none in 从5%到8%, which tells a change."""
    joint = compiled(_TO).match(text, unit_end, end)
    if joint is None:
        return None
    high = _number(text, joint.end(), end)
    if high is None:
        return None
    second, second_end = _unit(text, high, end, words)
    if second is None or (unit is not None and unit.name != second.name):
        return None
    changes = at > 0 and text[at - 1] in "从由自"
    if (changes and unit is not None) or (unit is None and high.value < low.value and high.scale == 1):
        return None
    value = low.value
    if low.scale == 1 and value < high.value / high.scale:
        value *= high.scale
    scale = 10 if second.word == "成" else 1
    behind, after = bound_after(text, second_end, end, words)
    bound = high.bound if high.bound != EXACT else behind
    return Core(
        at, after, value * scale, high.value * scale, second.name, second.kind, bound, False, second_end
    )


def _bare(text: str, at: int, end: int, number: _Number, words: FigureWords) -> Core | None:
    """A number with no unit: 近两万, 百余, 18部门; codes and list numbers are none."""
    literal, after = number.literal, number.end
    if number.high is not None or text[after : after + 1] in ("强", "里"):
        return None
    if literal[0].isascii():
        year = len(literal) == 4 and literal[:2] in ("19", "20")
        direct = not year and word_at(words.direct, text, after, end)
        told = at > 0 and text[at - 1] in _BARE_BEFORE and (after >= end or text[after] in _CLAUSE_END)
        known = number.scale > 1 or number.bound == AT_LEAST or direct or (told and not year)
    else:
        ranked = number.value >= 100 and (literal[0] not in "百千万亿" or number.bound == AT_LEAST)
        known = ranked and any(rank in literal for rank in "百千万亿")
    if not known:
        return None
    bound, after = (number.bound, after) if number.bound != EXACT else bound_after(text, after, end, words)
    return Core(at, after, number.value, None, "", "", bound, literal[0] in "百千万亿", number.end)
