"""Whether a number is exact, a floor, a ceiling or rough, and what a sum of money is paid for.

Reads the words next to a number (余 and 多 inside it are the numeral's affair). Must not look for
numbers itself. Rules: ``codebook.md``, section Figures; the words are data.
"""

from __future__ import annotations

from polcmp.text.figure_words import FigureWords

EXACT, AT_LEAST, AT_MOST, ABOUT = "exact", "at_least", "at_most", "about"

_TOUCHING = {
    "近": (AT_MOST, "附最相临邻靠亲贴将接"),
    "超": (AT_LEAST, "赶反不"),
    "逾": (AT_LEAST, ""),
    "约": (ABOUT, "节合契公预条制特签大"),
}
"""Bounds of one character, each with the characters before it that make it part of another word."""

_ROUNDED = {"上": "以网晚早线向", "过": "经通超不"}
"""The same for bounds that need a round number behind them (上万, 过百)."""

_OF = 12
"""Code points between a bound and a percentage with its base (不少于投入额的7% has 4)."""

_FAR = 8
"""Code points between 至少 and its number (至少每半年到村一次 has 5)."""

_PER = frozenset("亩户人头股村斤吨棵株只月天次期镇乡家")
_PER_LONG = ("公斤", "平方米")
_MEASURE = frozenset("个名位支")
_MEAN = frozenset("人户村亩")
_RATE_WINDOW = 18
"""Code points left of a sum in which its rate may stand (每户每年从集体收益中领取500元 has 13)."""

_CLAUSE_END = frozenset(",;。:!?()\n、")


def bound_before(
    text: str, floor: int, at: int, words: FigureWords, *, rounded: bool, kind: str
) -> tuple[str, int]:
    """The bound in front of a number.

    Args:
        text: folded text.
        floor: nothing left of it is read.
        at: where the number begins.
        words: the word lists.
        rounded: the number begins with a multiplier, so that 上万 and 过百 are bounds.
        kind: the class of its unit; before a stretch of time (``t``) 近 means "recent" and is no bound,
            and before a percentage (``p``) its base may stand between (不少于投入额的7%).

    Returns:
        The bound, and where the figure's text begins: before a bound of one character, else `at`.
    """
    if at <= floor:
        return EXACT, at
    last, before = text[at - 1], text[at - 2] if at - 2 >= floor else ""
    bound, blocked = _TOUCHING.get(last, ("", ""))
    if bound and not (before and before in blocked):
        return (EXACT, at) if last == "近" and kind == "t" else (bound, at - 1)
    if rounded and last in _ROUNDED and not (before and before in _ROUNDED[last]):
        return AT_LEAST, at - 1
    bound = _word_before(text, floor, at, words) or _far_word(text, floor, at, words)
    if not bound and kind == "p":
        bound = _word_before_base(text, floor, at, words)
    return bound or EXACT, at


def bound_after(text: str, at: int, end: int, words: FigureWords) -> tuple[str, int]:
    """The bound behind a unit (以上, 以内, 左右) and where it ends; (exact, `at`) when there is none."""
    for word, bound, not_before in words.behind.get(text[at], ()) if at < end else ():
        after = at + len(word)
        if after <= end and text.startswith(word, at) and not (after < end and text[after] in not_before):
            return bound, after
    return EXACT, at


def rate_before(text: str, floor: int, at: int) -> str:
    """What a sum is paid for, said before it in its clause (每亩, 人均, 一亩一年): ``亩`` …, or ``""``."""
    scan = at - 1
    while scan >= floor and at - scan <= _RATE_WINDOW and text[scan] not in _CLAUSE_END:
        if text[scan] == "每":
            rate = _rate(text, scan + 1, at)
            if rate:
                return rate
        elif text[scan] == "均" and scan > floor and text[scan - 1] in _MEAN:
            return text[scan - 1]
        elif text.startswith(("一年", "每年"), scan) and scan - 1 > floor:
            one = scan - 1 - (text[scan - 1] in "地田牛")
            if one > floor and text[one] in _PER and text[one - 1] == "一":
                return text[one]
        scan -= 1
    return ""


def rate_after(text: str, at: int, end: int) -> tuple[str, int]:
    """What a sum is paid for, said behind its unit (元/亩, 元每股), and where that ends."""
    if at + 1 >= end or text[at] not in "/每":
        return "", at
    rate = "年" if text[at + 1] == "年" else _rate(text, at + 1, end)
    after = at + 1 + len(rate)
    if not rate or not text.startswith(rate, at + 1):
        return "", at
    if after + 1 < end and text[after] in "/·.每" and text[after + 1] in "年月天":
        after += 2
    return rate, after


def _rate(text: str, at: int, end: int) -> str:
    """The thing after 每, over a 1 or 一 and a measure word (每个村 → 村, 每名队员 → 名)."""
    at += text[at : at + 1] in ("1", "一")
    for word in _PER_LONG:
        if text.startswith(word, at):
            return word
    first, second = text[at : at + 1], text[at + 1 : at + 2]
    if first in _MEASURE and first:
        return second if second in _PER and at + 1 < end else "" if first == "个" else first
    return first if first in _PER and at < end else ""


def _word_before(text: str, floor: int, at: int, words: FigureWords) -> str:
    """The bound whose word ends at `at`, or up to two fillers before it."""
    for _ in range(3):
        if at <= floor:
            break
        for word, bound in words.before.get(text[at - 1], ()):
            if at - len(word) >= floor and text.endswith(word, floor, at):
                return bound
        if not text.endswith(words.fillers, floor, at):
            break
        at -= next(len(one) for one in words.fillers if text.endswith(one, floor, at))
    return ""


def _far_word(text: str, floor: int, at: int, words: FigureWords) -> str:
    """至少 and its like some words before the number, in the same clause (至少到村一次)."""
    near = text[max(floor, at - _FAR - 2) : at]
    for word, bound in words.far:
        if word in near and not _CLAUSE_END.intersection(near[near.rindex(word) :]):
            return bound
    return ""


def _word_before_base(text: str, floor: int, at: int, words: FigureWords) -> str:
    """The bound before a percentage's base: 不少于 in 不少于投入额的, 不低于 in 不低于股金年息."""
    scan = at - 1
    while scan > floor and at - scan <= _OF and text[scan] not in _CLAUSE_END:
        for word, bound in words.before.get(text[scan], ()):
            if word in words.over_base and text.endswith(word, floor, scan + 1):
                return bound
        scan -= 1
    return ""
