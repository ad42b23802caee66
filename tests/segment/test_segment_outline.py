"""Titles, headings, sections, sentences and clauses of invented texts, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polcmp.model.document import Mask, Segmentation
from polcmp.segment import segment
from polcmp.text.span import Span


def _kinds(text: str) -> list[tuple[str, str]]:
    found = segment(text)
    return [(one.kind, text[one.folded_span.start : one.folded_span.end]) for one in found.sentences]


def _clauses(text: str) -> list[list[str]]:
    return [[text[c.start : c.end] for c in one.clauses] for one in segment(text).sentences]


def _tree(found: Segmentation) -> list[tuple[int, str, int]]:
    return [(one.level, one.heading, one.parent) for one in found.sections]


PAPER = """青柳县驻村工作总结和下年打算
各乡镇:
一、主要做法
(一)选准人。全县选派30人。
1.严把关
由县委组织部把关。
(二)管好人。
每月通报;每季约谈。
二、存在问题
力量不足。
三、下年打算
再派10人。"""


def test_sections_nest_by_their_numbering() -> None:
    assert _tree(segment(PAPER)) == [
        (0, "青柳县驻村工作总结和下年打算", -1),
        (1, "主要做法", 0),
        (2, "选准人", 1),
        (3, "严把关", 2),
        (2, "管好人", 1),
        (1, "存在问题", 0),
        (1, "下年打算", 0),
    ]


def test_headings_of_goes_from_inside_out() -> None:
    assert segment(PAPER).headings_of(3) == ("严把关", "选准人", "主要做法", "青柳县驻村工作总结和下年打算")


def test_a_numbered_lead_is_a_heading_and_the_rest_is_body() -> None:
    assert ("heading", "(一)选准人。") in _kinds(PAPER)
    assert ("body", "全县选派30人。") in _kinds(PAPER)


@pytest.mark.parametrize(
    "line",
    [
        "一是选派第一书记30名。二是组建工作队。",
        "其一,建立联席会议。",
        "第三条每村选派一名第一书记。",
        "统筹推进,做强产业。全县建成示范村8个。",
        "1.5亿元资金入股。",
        "(二)各单位要选派优秀干部驻村,每队不少于3人,一驻两年。",
        "2021年11月9日",
        "(作者单位:县委党校)",
        "●县里选派第一书记30名。",
        "记者:亏了咋办?",
    ],
)
def test_body_lines_are_no_headings(line: str) -> None:
    found = segment(f"青柳县简讯综述\n第一段说的是别的事情。\n{line}\n最后一段。")
    assert [one.heading for one in found.sections[1:]] == []


def test_numbers_in_the_middle_of_a_line_open_sections() -> None:
    found = segment("本县情况如下。一、主要做法。选派30人。二、存在问题。力量不足。")
    assert [one.heading for one in found.sections[1:]] == ["主要做法", "存在问题"]


def test_dashed_lines_and_short_lines_nest() -> None:
    text = "青柳县这样联村\n起头。\n精心破题——\n联村强引擎\n甲乙丙。\n实践解题——\n联动赋能\n丁戊己。"
    assert _tree(segment(text))[1:] == [
        (1, "精心破题", 0),
        (2, "联村强引擎", 1),
        (1, "实践解题", 0),
        (2, "联动赋能", 3),
    ]


def test_title_over_two_lines() -> None:
    found = segment("中共青柳县委组织部\n关于选派驻村干部的通知\n各乡镇党委:\n现通知如下。")
    assert found.sections[0].heading == "中共青柳县委组织部关于选派驻村干部的通知"


@pytest.mark.parametrize("text", ["近年来,青柳县选派第一书记30名。\n第二段。", "张三\n近年来,青柳县派人。"])
def test_texts_without_title(text: str) -> None:
    assert segment(text).sections[0].heading == ""


def test_clauses() -> None:
    assert _clauses("青柳县要求:派人(含志愿者,专家)、派物,办事。") == [
        ["青柳县要求:", "派人(含志愿者,专家)、派物,", "办事。"]
    ]
    assert _clauses("全县1,200个村9:40开会,比例3:2。") == [["全县1,200个村9:40开会,", "比例3:2。"]]
    assert _clauses('"干部要下村。"他说,"好。"') == [['"干部要下村。"'], ["他说,", '"好。"']]
    assert _clauses("甲——乙,丙—丁。") == [["甲——", "乙,", "丙—丁。"]]


def test_semicolons_end_sentences() -> None:
    assert _clauses("一是派人;二是派物。") == [["一是派人;"], ["二是派物。"]]


def test_masked_lines_are_neither_title_nor_heading() -> None:
    text = "首页>新闻\n青柳县选派干部驻村\n全县选派30人。责任编辑:王五\n相关新闻\n别县派人"
    masks = [Mask(Span(0, 5), "crumbs"), Mask(Span(text.index("责任"), len(text)), "tail")]
    found = segment(text, masks)
    assert found.sections[0].heading == "青柳县选派干部驻村"
    body = [text[one.folded_span.start : one.folded_span.end] for one in found.sentences if not one.masked]
    assert body == ["青柳县选派干部驻村", "全县选派30人。"]


@given(
    st.text(alphabet='一二三甲乙村,。;:!?、()"《》—…1234.\n ', max_size=80),
    st.lists(st.integers(0, 80), max_size=4),
)
def test_sentences_and_clauses_cover_the_text(text: str, cuts: list[int]) -> None:
    bounds = sorted(min(cut, len(text)) for cut in cuts)
    masks = [Mask(Span(a, b), "any") for a, b in zip(bounds[::2], bounds[1::2], strict=False) if a < b]
    found = segment(text, masks)
    ordered = [text[one.folded_span.start : one.folded_span.end] for one in found.sentences]
    assert "".join(ordered).replace("\n", "") == text.replace("\n", "")
    for one in found.sentences:
        assert one.folded_span.length > 0
        assert (
            "".join(text[c.start : c.end] for c in one.clauses)
            == text[one.folded_span.start : one.folded_span.end]
        )
        assert 0 <= one.section < len(found.sections)
    for number, section in enumerate(found.sections):
        assert section.parent < number
