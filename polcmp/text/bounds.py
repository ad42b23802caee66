"""Whether a number is exact, a floor, a ceiling or rough, and what a sum of money is paid for.

Reads the words next to a number (余 and 多 inside it are the numeral's affair). Must not look for
numbers itself. Rules: ``codebook.md``, section Figures.
"""

from __future__ import annotations

import re

EXACT, AT_LEAST, AT_MOST, ABOUT = "exact", "at_least", "at_most", "about"

_WINDOW = 12
"""Code points left of a number in which its bound may stand; the longest bound with its filler has 8."""

_FLOOR = "不得?[能可]?[少低]于|不下于?|不小于|超过了?|超出|突破|[高多大]于|不止|起码|至少|最[少低]|≥|>=?"
_CEILING = "不足|不到|未[满到]|不满|不[得能可]?(?:超过?|[高多大]于)|至多|最[多高]|[低少小]于|将近|接近|≤|<=?|控制在"
_ROUGH = "大约|约[为合有占]|大概|大致|差不多|几近"
_FILLER = "(?:[由为有达按需派选配占保给在要到设]|达到|可达|选派|配备|明确|安排|确保|保持|选配|提高到|每[年月]){0,2}"
_BEFORE = re.compile(
    rf"(?:(?P<ceiling>{_CEILING})|(?P<floor>{_FLOOR})|(?P<rough>{_ROUGH}))(?P<fill>{_FILLER})"
    r"(?:[^,;。:、!?\d\n]{1,10}的)?$"
)
_TOUCHING = re.compile(
    r"(?:(?P<ceiling>(?<![附最相临邻靠亲贴])近)|(?P<floor>(?<![赶反不])超|逾)|(?P<rough>(?<![节合契公预条制特签])约))$"
)
_ROUNDED = re.compile(r"(?:(?<![以网晚早线向])上|(?<![经通超不])过)$")
_AFTER = re.compile(
    r"(?P<floor>(?:\(?[及含]\)?)?以上|之上|开外|往上|起(?![步来点家诉草义到动始源因])|\+(?!\d))"
    r"|(?P<ceiling>及?以下|以内|之内|封顶)|(?P<rough>左右|上下|许(?![可多诺]))"
)
_NAMES = {"floor": AT_LEAST, "ceiling": AT_MOST, "rough": ABOUT}

_PER = "亩户人头股村斤吨棵株只月天次期镇乡"
_RATE_BEFORE = re.compile(
    rf"每(?:1|一)?(?:个|名|位|支)?(?P<every>公斤|平方米|[{_PER}家]|(?<=[名位支])[一-鿿])(?!村|均)"
    rf"|(?P<mean>[人户村亩])均|一(?P<one>[{_PER}])[地田牛]?(?:一年|每年)"
)
_RATE_AFTER = re.compile(
    rf"(?:(?:/|每|一)(?P<per>公斤|平方米|[{_PER}年])(?:[/·.每](?P<time>[年月天]))?)(?![户人村]?一)"
)
_RATE_WINDOW = 18
"""Code points left of a sum in which its rate may stand (每户每年从集体收益中领取500元 has 13)."""
_CLAUSE = ",;。:!?()\n、"


def bound_before(text: str, floor: int, at: int, rounded: bool, recent: bool) -> tuple[str, int]:
    """The bound in front of a number.

    Args:
        text: folded text.
        floor: nothing left of it is read.
        at: where the number begins.
        rounded: the number begins with a multiplier, so that 上万 and 过百 are bounds.
        recent: it measures a stretch of time, so that 近 is "recent" and no bound.

    Returns:
        The bound, and where the figure's text begins: before a bound of one character, else `at`.
    """
    if at == floor:
        return EXACT, at
    left = max(floor, at - _WINDOW)
    touching = _TOUCHING.search(text, at - 1, at) and _TOUCHING.search(text, left, at)
    if touching:
        kind = str(touching.lastgroup)
        if kind == "ceiling" and text[at - 2 : at] not in ("将近", "接近"):
            return (EXACT, at) if recent else (AT_MOST, at - 1)
        if text[at - 2 : at] not in ("将近", "接近", "大约"):
            return _NAMES[kind], at - 1
    if rounded and _ROUNDED.search(text, left, at):
        return AT_LEAST, at - 1
    found = _BEFORE.search(text, left, at)
    return (_NAMES[_kind(found)], at) if found else (EXACT, at)


def bound_after(text: str, at: int, end: int) -> tuple[str, int]:
    """The bound behind a unit (以上, 以内, 左右) and where it ends; (exact, `at`) when there is none."""
    found = _AFTER.match(text, at, end)
    return (_NAMES[_kind(found)], found.end()) if found else (EXACT, at)


def rate_before(text: str, floor: int, at: int) -> str:
    """What a sum is paid for, said before it in its clause (每亩, 人均): ``亩``, ``人`` …, or ``""``."""
    left = max(floor, at - _RATE_WINDOW)
    for mark in _CLAUSE:
        left = max(left, text.rfind(mark, left, at) + 1)
    rates = [found[str(found.lastgroup)] for found in _RATE_BEFORE.finditer(text, left, at)]
    return rates[-1] if rates else ""


def rate_after(text: str, at: int, end: int) -> tuple[str, int]:
    """What a sum is paid for, said behind its unit (元/亩, 元每股), and where that ends."""
    found = _RATE_AFTER.match(text, at, end)
    return (found["per"], found.end()) if found else ("", at)


def _kind(found: re.Match[str]) -> str:
    return next(name for name in _NAMES if name in found.groupdict() and found[name] is not None)
