"""Cells of tables are told from menus, headlines and stray tabs. All texts are invented."""

from __future__ import annotations

import pytest

from polcmp.clean import find_boilerplate
from polcmp.text.cells import CELL, cell_marks
from polcmp.text.fold import fold

TABLE = "举措|做法|问题\n下派|选派26名干部到村|作用不足\n联建|组建联村党委9个|职责不清"


@pytest.mark.parametrize("text", [TABLE, TABLE.replace("|", "\t"), TABLE.replace("|", " ｜ ")])
def test_rows_are_parted_and_kept(text: str) -> None:
    folded = fold("枫林县工作台账\n枫林县各乡镇工作情况如下。\n" + text + "\n全县运行良好。")
    assert folded.text.count(CELL) == 6 and folded.text.count("\n") == 5
    assert find_boilerplate(folded.text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "首页|新闻|政务\n走进|专题|互动",  # a menu has no figures
        "巴中要闻:南江派强队伍|平昌开股东大会|通江选派12名干部\n甲县办起合作社|乙县|丙县",  # heads are short
        "枫林县政府网 | 选派26名干部",  # one bar
        "选派\t26名干部到村。\n全县运行良好。",  # one tab in one line
        "",
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert cell_marks(text) == []


def test_a_tab_in_each_of_two_lines_parts_cells() -> None:
    text = "存在问题\t措施\n职责不清。\t选派40名干部。"
    assert [text[at] for at in cell_marks(text)] == ["\t", "\t"]
