from __future__ import annotations

import pytest

from polcmp.matrix import leading_figures
from polcmp.model.comparison import MeasureInfo
from polcmp.model.mention import Figure, Mention, Part, Reading
from polcmp.text.span import Span

DISPATCH = MeasureInfo("m", "干部选派", "Cadre dispatch", "上级选派干部到村：第一书记、驻村工作队", "", "")
DIVIDEND = MeasureInfo("m", "保底分红", "Guaranteed dividend", "按固定比例支付", "", "")


def mention(*figures: Figure, quoted: tuple[int, int] = (0, 100)) -> Mention:
    span = Span(*quoted)
    part = Part("p", "", span, 1.0, "exact", 1.0)
    reading = Reading("implemented")
    return Mention(
        "id", "d", "r", "m", "", "implemented", 1.0, span, "", span, "", "p", (), figures, reading, (part,)
    )


def figure(value: float, unit: str, of: str = "", at: int = 0, high: float | None = None) -> Figure:
    return Figure(f"{value:g}{unit}", value, high, unit, of, "exact", Span(at, at + 3))


@pytest.mark.parametrize(
    ("measure", "figures", "leading"),
    [
        (DISPATCH, [figure(3, "年"), figure(2, "名")], "2名"),
        (DISPATCH, [figure(20, "次"), figure(45, "岁"), figure(7, "支")], "7支"),
        (DISPATCH, [figure(68, "%"), figure(12, "个")], "12个"),
        (DISPATCH, [figure(5_000_000, "元"), figure(12, "个")], "12个"),
        (DISPATCH, [figure(196, "个", "嘎查村", 5), figure(29, "名", "优秀后备干部", 10)], "29名"),
        (DISPATCH, [figure(29, "名", "干部"), figure(784, "名", "干部", 9)], "784名"),
        (DISPATCH, [figure(29, "名"), figure(3, "名", high=50, at=9)], "3名"),
        (DISPATCH, [figure(9999, "亩", at=200), figure(3, "名")], "3名"),
        (DISPATCH, [figure(1, "名", "干部"), figure(12, "个", at=9)], "12个"),
        (DISPATCH, [figure(3, "年")], "3年"),
        (DIVIDEND, [figure(270_000, "元", "分红"), figure(8, "%", at=9), figure(40, "户", at=20)], "8%"),
        (DIVIDEND, [figure(270_000, "元"), figure(420, "元/亩", at=9)], "420元/亩"),
    ],
)
def test_the_most_telling_figure_leads(measure: MeasureInfo, figures: list[Figure], leading: str) -> None:
    for order in (figures, figures[::-1]):
        assert leading_figures([mention(*order)], measure)[0].text == leading


def test_a_figure_that_touches_the_quotation_belongs_to_it() -> None:
    near, far = figure(29, "个", "村", at=7), figure(139, "个", "村", at=20)
    assert leading_figures([mention(near, far, quoted=(10, 14))], DISPATCH)[0] is near


def test_a_figure_per_unit_comes_after_the_totals() -> None:
    per_village, total = figure(3, "名", "第一书记")._replace(each=True), figure(2, "个", "嘎查", at=200)
    assert leading_figures([mention(per_village, total)], DISPATCH) == (total, per_village)
    assert leading_figures([mention(per_village, figure(3, "年"))], DISPATCH)[0] is per_village


def test_equal_figures_appear_once() -> None:
    one, other = figure(29, "名", "干部"), figure(29, "名", "干部", at=40)
    assert len(leading_figures([mention(one), mention(other)], DISPATCH)) == 1


def test_no_figures() -> None:
    assert leading_figures([mention()], DISPATCH) == ()
