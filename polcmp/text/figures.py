"""Numbers in folded Chinese text with unit, what is counted, and bound.

A figure is a number that counts or measures something. Dates, ordinals, codes and set phrases
(第一书记, 5月28日, 一六八团, 一村一品) are none, nor are masked numbers (XX名). Rules: ``codebook.md``,
section Figures. Must not decide which measure a figure belongs to.

Conventions:
- Money is multiplied out, in 元: 3.7亿元 is 370,000,000 元. 成, 分之 and 半数 are percentages.
- 数十, 几十, 数百 … are at least two of their rank (20, 200), 十几 and 二十几 at least 10 and 20.
- 近 is a bound, but not before a stretch of time (近两年 is "the last two years").
- A bound of one character (近, 约, 超, 逾, 上, 过) belongs to the figure's text; a longer one (不少于, 至少)
  is read but left outside, so that a pattern may name it beside a slot.
- A rate for money is put in the unit (每亩420元, 420元/亩 → 元/亩); 每年 alone is not.
"""

from __future__ import annotations

from typing import NamedTuple

from polcmp.text.bounds import EXACT, bound_before, rate_after, rate_before
from polcmp.text.counted import base_before, noun_after, noun_before
from polcmp.text.distributive import counts_each, one_of_several
from polcmp.text.figure_cores import Core, read_core
from polcmp.text.figure_words import FigureWords, figure_words
from polcmp.text.lazy import compiled
from polcmp.text.not_figures import end_of_no_figure, end_of_numeral
from polcmp.text.numerals import CHINESE
from polcmp.text.ratios import RATIO, read_named_ratio
from polcmp.text.span import Span

_START = f"[0-9{CHINESE}几数半]"
_CURRENCIES = frozenset(("元", "美元", "港元", "欧元"))
_JOINED = frozenset(("和", "与", "及", "、", "到", "至"))


class Figure(NamedTuple):
    """A number in Chinese text with what it counts.

    Attributes:
        text: folded words, number to unit with the bounds that touch it (``百余家``, ``近百个``).
        value: the number, 0 or more; the first end of a range, the first part of a ratio.
        high: the other end of a range (below `value` in 600元到300元), else None.
        unit: measure word or unit (``名``, ``家``, ``%``, ``元``, ``元/亩``), ``ratio`` for 6:3:1, ``""``
            when there is none.
        of: what is counted (``优秀后备干部``), ``""`` when the text does not say.
        bound: ``exact``, ``at_least`` (余, 多, 超), ``at_most`` (近, 不足) or ``about`` (约, 左右).
        folded_span: where `text` stands.
        each: it counts per unit (每村1名), not in total; False for rates, whose unit says so. Told by
            the whole sentence, also by what stands before the stretch read.
    """

    text: str
    value: float
    high: float | None
    unit: str
    of: str
    bound: str
    folded_span: Span
    each: bool = False


def figure_kind(figure: Figure) -> str:
    """``percent``, ``money`` or ``number``: the slot of a pattern that the figure fills."""
    if figure.unit in ("%", "‰"):
        return "percent"
    return "money" if figure.unit.partition("/")[0] in _CURRENCIES else "number"


def find_figures(text: str, start: int = 0, end: int | None = None) -> list[Figure]:
    """The figures of a stretch of folded text.

    Args:
        text: folded text (`polcmp.text.fold`).
        start: first code point read; nothing before it is taken for a bound or a noun.
        end: code point after the last one read; None for the end of `text`.

    Returns:
        Figures in text order, none overlapping; spans count from the beginning of `text`.
    """
    stop = len(text) if end is None else min(end, len(text))
    words, numeral = figure_words(), compiled(_START)
    found, at, floor = list[Figure](), start, start
    while (first := numeral.search(text, at, stop)) is not None:
        at = first.start()
        named = read_named_ratio(text, at, stop, floor)
        if named:
            span = Span(named.begin, named.end)
            found.append(Figure(text[span.start : span.end], named.first, None, RATIO, "", EXACT, span))
            at = floor = named.end
            continue
        after = end_of_no_figure(text, at, stop, words)
        core = None if after else read_core(text, at, stop, floor, words)
        if core is None:
            at = after or end_of_numeral(text, at, stop)
            continue
        counted = _end_of_counted(text, found[-1]) if found else floor
        found.append(_figure(text, core, floor, stop, words, counted))
        at = floor = found[-1].folded_span.end
    return _shared_units(text, found)


def _figure(text: str, core: Core, floor: int, stop: int, words: FigureWords, counted: int) -> Figure:
    """Puts a core together with what stands around it; nouns left of it begin at `counted` or later."""
    before, begin = bound_before(text, floor, core.begin, words, rounded=core.rounded, kind=core.kind)
    unit, after, rate = core.unit, core.end, ""
    if core.kind == "m":
        per, after = rate_after(text, after, stop) if core.end == core.unit_end else ("", after)
        rate = "" if per else rate_before(text, floor, begin)
        unit = f"{unit}/{per or rate}" if per or rate else unit
    if core.kind == "p":
        of = base_before(text, floor, begin)
    elif core.kind in ("t", "r"):
        of = ""
    else:
        of = noun_after(text, after, stop, words) or (
            "" if rate else noun_before(text, counted, begin, words)
        )
    bound = core.bound if core.bound != EXACT else before
    # A percentage or a rate (元/亩) is relative anyway, a stretch of time is no amount.
    each = (
        core.kind not in ("p", "t", "r")
        and "/" not in unit
        and (counts_each(text, begin) or (core.value == 1 and one_of_several(text, begin)))
    )
    return Figure(text[begin:after], core.value, core.high, unit, of, bound, Span(begin, after), each)


def _end_of_counted(text: str, figure: Figure) -> int:
    """Where the noun right of a figure ends, so that the next figure does not count it again."""
    end = figure.folded_span.end
    return end + len(figure.of) if figure.of and text.startswith(figure.of, end) else end


def _shared_units(text: str, figures: list[Figure]) -> list[Figure]:
    """Gives a number without unit that of the next one it is joined to (270万和101万元)."""
    for at in range(len(figures) - 2, -1, -1):
        one, following = figures[at], figures[at + 1]
        between = text[one.folded_span.end : following.folded_span.start]
        if not one.unit and between in _JOINED and following.unit not in ("", RATIO):
            figures[at] = one._replace(unit=following.unit)
    return figures
