"""Figures that count per unit and figures that count in total. All sentences are invented."""

from __future__ import annotations

import pytest

from polcmp.text.figures import find_figures
from polcmp.text.fold import fold


@pytest.mark.parametrize(
    ("raw", "marks"),
    [
        ("每村选派3名第一书记", [True]),
        ("实现每个村都有1支驻村工作队、1名第一书记", [True, True]),
        ("平均每户5亩，户均3头", [True, True]),
        ("全县12个乡镇各选派2名干部", [False, True]),
        ("由1名县领导联村，1名干部包村，1个单位结对", [True, True, True]),
        ("由一名县领导联村、一个单位结对", [True, True]),
        ("按每村1名的要求共选派196名干部", [True, False]),
        ("每村都去，共选派30名干部", [False]),
        ("每年选派30名干部", [False]),
        ("每季度培训40名干部", [False]),
        ("各级干部200名，各类企业30家", [False, False]),
        ("由1名县领导负责，共派120名干部", [False, False]),
        ("成立1个联合党委、1个党总支", [False, False]),
        ("每户分红6%，每亩420元", [False, False]),
    ],
)
def test_figures_per_unit(raw: str, marks: list[bool]) -> None:
    assert [one.each for one in find_figures(fold(raw).text)] == marks


def test_words_before_the_stretch_read_tell_too() -> None:
    text = fold("由1名县领导联村，1名干部包村，1个单位结对。").text
    (figure,) = find_figures(text, text.index("1名干部"), text.index("包村"))
    assert figure.each
