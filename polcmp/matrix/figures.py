"""The figure that stands in a cell: which of many says most about the measure there.

Decides by what a figure counts and where it stands, never by the id of a measure.
"""

from __future__ import annotations

from collections.abc import Iterable

from polcmp.model.comparison import MeasureInfo
from polcmp.model.mention import Figure, Mention

PASSING_UNITS = frozenset(
    {"年", "月", "日", "天", "周", "岁", "季度", "个月", "小时", "分钟", "周年", "年度", "年级"}
    | {"届", "次", "批", "期", "轮", "回", "遍", "场", "轮次", "批次"}
)
"""Durations, ages, ordinals and repetitions: they tell when and how often, not how much of the measure."""

RATES = frozenset({"%", "‰", "ratio"})
"""Units of `polcmp.text.figures` that are shares of a whole."""

TELLING_PIECES = 3
"""Pieces of a pattern (who, what, how many) from which on a mention shows the whole of an act."""

RATE_WORDS = ("%", "百分", "比例", "分红", "利率", "收益率", "rate", "dividend", "per cent", "percent")
"""A measure whose name or definition has one of these is about a rate: its percentage comes first."""


def leading_figures(mentions: Iterable[Mention], measure: MeasureInfo) -> tuple[Figure, ...]:
    """Figures of some mentions of one measure, the most telling first, each once.

    The order, from the most important: not a duration, age or repetition; not per unit (每村1名); inside
    the quotation, or touching it, rather than only in its clause; of the kind the measure is about (rates
    for measures about a rate, otherwise counts before money before percentages); more than one; in a
    mention that shows more of the measure's structure; counting a thing that the measure's name or
    definition names; the largest; the first by document and place.

    Args:
        mentions: mentions of one region and measure, of one status, in any order.
        measure: whose name and definition say what it is about.

    Returns:
        Figures; those alike in value, unit, bound and what is counted appear once. None where the first is
        one of a thing (`tells_how_much`).
    """
    words, rate = about(measure), wants_rate(measure)
    pairs = [(figure, mention) for mention in mentions for figure in mention.figures]
    pairs.sort(key=lambda pair: _rank(pair[0], pair[1], words, rate))
    seen, kept = set(), []
    for figure, _ in pairs:
        key = (figure.value, figure.high, figure.unit, figure.of, figure.bound, figure.each)
        if key not in seen:
            seen.add(key)
            kept.append(figure)
    return tuple(kept) if kept and tells_how_much(kept[0]) else ()


def tells_how_much(figure: Figure) -> bool:
    """Whether a figure is more than one of a thing: 1名帮扶责任人 is a rule, and reads like a total."""
    return figure.unit in RATES or "元" in figure.unit or max(figure.value, figure.high or 0.0) > 1


def about(measure: MeasureInfo) -> str:
    """The words of a measure's names and definitions, lower case."""
    return " ".join((measure.name, measure.name_en, measure.definition, measure.definition_en)).lower()


def wants_rate(measure: MeasureInfo) -> bool:
    """Whether a measure is about a rate, so that percentages come first."""
    return any(word in about(measure) for word in RATE_WORDS)


_Rank = tuple[bool, bool, bool, int, bool, int, int, float, str, int, str, str]


def _rank(figure: Figure, mention: Mention, about: str, wants_rate: bool) -> _Rank:
    """Sort key of one figure: the smaller, the more telling."""
    largest = max(figure.value, figure.high or 0.0)
    return (
        figure.unit.partition("/")[0] in PASSING_UNITS,
        figure.each,
        not _inside(figure, mention),
        _kind(figure, wants_rate),
        # One of a thing is mostly a rule (每村1名), and says nothing of how much was done.
        figure.unit not in RATES and largest <= 1,
        -pieces_shown(mention),
        -_affinity(figure, about),
        -largest,
        mention.document,
        figure.folded_span.start,
        figure.text,
        figure.of,
    )


def pieces_shown(mention: Mention) -> int:
    """How many pieces of its pattern a mention shows, at most `TELLING_PIECES`."""
    return min(TELLING_PIECES, sum(part.points > 0 for part in mention.parts))


def _inside(figure: Figure, mention: Mention) -> bool:
    """Whether a figure stands in the mention or touches it (29个 before 联村党委)."""
    if not mention.parts:
        return False
    start = min(part.folded_span.start for part in mention.parts)
    end = max(part.folded_span.end for part in mention.parts)
    return figure.folded_span.start <= end and start <= figure.folded_span.end


def _kind(figure: Figure, wants_rate: bool) -> int:
    """0 for the kind of figure the measure is about, up to 3 for the one it is least about."""
    if figure.unit in RATES:
        return 0 if wants_rate else 3
    if "元" in figure.unit:
        # A rate for money (元/亩) tells of a dividend what a percentage does.
        return 1 if "/" in figure.unit else 2
    return 3 if wants_rate else 0


def _affinity(figure: Figure, about: str) -> int:
    """How far the measure's own words name the thing counted: 2 its head noun, 1 its last character."""
    # The head of a Chinese noun phrase stands last: 优秀后备干部 is a kind of 干部.
    if len(figure.of) >= 2 and figure.of[-2:].lower() in about:
        return 2
    return 1 if figure.of and figure.of[-1].lower() in about else 0
