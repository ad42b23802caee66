"""Time grows with the length of a text, not with its square, whatever the text is made of."""

from __future__ import annotations

import time

import pytest

from polcmp.clean import find_boilerplate
from polcmp.locate import describe
from polcmp.model.document import Mask, Metadata
from polcmp.segment import segment
from polcmp.segment.outline import DEEPEST
from polcmp.segment.sentences import LONGEST, sentences_of
from polcmp.text.figures import find_figures
from polcmp.text.fold import fold
from polcmp.text.span import Span

LENGTH = 40_000
PATIENCE_SECONDS = 5.0
"""Of processor time for one stage; the slowest takes one on a slow machine, quadratic ones took fifty."""

HOSTILE = [
    *("a", "1", "选", "，", "(", "《", "“", "年", "2021-", "1,", "1:", "十", "不", "但", "的", "师", "自治"),
    *(
        "(chan",
        "產(chan) ",
        "锟斤拷",
        "他們?cè)",
        "<b>",
        "&nbsp;",
        "![](",
        "—\n",
        "村\n",
        "股份合作社\n",
        "首页|",
    ),
    *(
        "来源：",
        "上一篇：",
        "选派第一书记，",
        "学习甲县经验，",
        "兵团第一师阿拉尔市",
        "一、村\n",
        "---\n",
        "a: b\n",
    ),
    *("e\u0301", "😀", "\u202e", "\u200b", "官网下注 ", "网站", "印发\n", "_甲网"),
]


@pytest.mark.parametrize("unit", HOSTILE, ids=ascii)
def test_no_stage_takes_its_square(unit: str) -> None:
    text = unit * (LENGTH // len(unit))
    spent: dict[str, float] = {}

    def timed(stage: str, started: float) -> None:
        spent[stage] = time.process_time() - started

    started = time.process_time()
    folded = fold(text).text
    timed("fold", started)
    started = time.process_time()
    masks = find_boilerplate(folded)
    timed("clean", started)
    started = time.process_time()
    found = segment(folded, masks)
    timed("segment", started)
    started = time.process_time()
    describe(folded, masks, Metadata())
    timed("locate", started)
    started = time.process_time()
    for sentence in found.sentences:
        find_figures(folded, *sentence.folded_span)
    timed("figures", started)
    assert max(spent.values()) < PATIENCE_SECONDS, spent
    assert (
        max((one.folded_span.length for one in found.sentences if one.kind == "body"), default=0) <= LONGEST
    )


def test_a_sentence_without_end_is_cut_at_a_pause() -> None:
    text = "各村干部群众共同努力，" * 300
    folded = fold(text).text
    spans = [one for one, _ in sentences_of(folded, Span(0, len(folded)))]
    assert [one.start for one in spans[1:]] == [one.end for one in spans[:-1]]
    assert spans[0].start == 0 and spans[-1].end == len(folded)
    assert all(LONGEST // 2 <= one.length <= LONGEST for one in spans[:-1])
    assert all(folded[one.end - 1] == "," for one in spans)


def test_without_a_pause_it_is_cut_anywhere() -> None:
    spans = [one for one, _ in sentences_of("村" * 2_500, Span(0, 2_500))]
    assert [one.length for one in spans] == [LONGEST, LONGEST, 500]


def test_a_sentence_as_long_as_may_be_is_left_whole() -> None:
    assert len(list(sentences_of("村," * (LONGEST // 2), Span(0, LONGEST)))) == 1


def test_headings_nest_no_deeper_than_they_may() -> None:
    folded = fold("印发办法\n" * 200).text
    found = segment(folded)
    assert len(found.sections) > 50
    assert max(one.level for one in found.sections) <= DEEPEST


def test_masks_in_any_order_and_overlapping_are_one() -> None:
    text = "甲村选派第一书记三名。" * 4
    end = len(text)
    masks = [Mask(Span(30, end), "b"), Mask(Span(11, 35), "a"), Mask(Span(5, 5), "nothing")]
    assert [one.masked for one in segment(text, masks).sentences] == [False, True, True, True]
    assert segment(text, masks) == segment(text, masks[::-1])
