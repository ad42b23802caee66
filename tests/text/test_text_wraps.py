"""Hard line wraps: what tells a wrapped line from a paragraph. Texts invented."""

from __future__ import annotations

import pytest

from polcmp.text.fold import fold

LINES = (
    "全县把发展壮大村级集体经济摆在突出位置，逐村摸清家底，",
    "分类制定发展计划，由县乡两级领导干部牵头负责，按月调度",
    "工作进展，协调解决资金、土地和人才等方面的具体困难问题",
    "。各村因地制宜发展种植养殖、物业租赁和乡村旅游等产业，",
    "集体收入稳步增加，群众得到了看得见摸得着的实惠和好处。",
)


def test_wrapped_lines_are_joined() -> None:
    assert "\n" not in fold("\n".join(LINES)).text


@pytest.mark.parametrize("indent", ["　　", "    "])
def test_an_indent_begins_a_paragraph_where_paragraphs_are_indented(indent: str) -> None:
    """The last line of the first paragraph is full and ends without a mark, as a heading may."""
    first = f"{indent}扎实推进村级集体经济组织规范化建设与管理的工作情况"[: len(LINES[0])]
    text = "\n".join([f"{indent}{LINES[0]}"[:27], *LINES[1:], first, f"{indent}{LINES[0]}"[:27], *LINES[1:]])
    assert fold(text).text.count("\n") == 2


def test_an_indented_block_is_joined_all_the_same() -> None:
    assert "\n" not in fold("\n".join(f"  {one}" for one in LINES)).text


def test_an_ascii_full_stop_ends_a_line() -> None:
    short = [f"第{one}个村已经完成清产核资和成员身份的认定工作." for one in "甲乙丙丁戊己庚"]
    assert fold("\n".join(short)).text.count("\n") == 6
    assert fold("\n".join([*short, *LINES])).text.count("\n") == 7


def test_an_opening_mark_is_taken_over_to_the_next_line() -> None:
    lines = [
        *LINES[:2],
        "工作进展，总结推广一批可学可看可复制的典型，大力开展",
        "“村村都有好产业”活动，带动各村比学赶超，你追我赶。",
        *(3 * LINES),
    ]
    assert len(lines[2]) == len(LINES[0]) - 1
    text = fold("\n".join(lines)).text
    assert '大力开展"村村都有好产业"活动' in text
