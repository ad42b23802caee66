"""Figures: labelled clauses, every form as an invented phrase, and what must hold for any text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from polcmp.model.mention import Figure as FigureOfModel
from polcmp.text.figure_words import figure_words
from polcmp.text.figures import Figure, figure_kind, find_figures
from polcmp.text.numerals import neighbours, read_numeral

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "figures.yaml").read_text(encoding="utf-8"))
FLOOR = 0.95
"""Least share of the labelled figures with the right value and unit, and with the right bound."""

ALPHABET = (
    "零一二三四五六七八九十百千万亿两几数半廿余多近约超上过第初每年月日个名家村人元块亩%成分之点"
    ',.:-—至到0123456789的至少 \n"书记'
)


def test_the_model_hands_on_the_same_class() -> None:
    assert FigureOfModel is Figure


def _labelled() -> list[tuple[dict[str, object], Figure | None, str]]:
    """Each labelled figure with the one found at its quote, and its clause."""
    pairs: list[tuple[dict[str, object], Figure | None, str]] = []
    for case in CASES["documents"]:
        context, at = case["context"], 0
        found = find_figures(context)
        for label in case["figures"]:
            at = context.index(label["quote"], at) + 1
            quote = (at - 1, at - 1 + len(label["quote"]))
            hit = [f for f in found if f.folded_span.start < quote[1] and quote[0] < f.folded_span.end]
            pairs.append((label, hit[0] if hit else None, context))
    return pairs


def _same(label: dict[str, object], figure: Figure | None) -> bool:
    if figure is None or figure.unit != label["unit"]:
        return False
    return figure.value == pytest.approx(label["value"], abs=0.001) and figure.high == label["high"]


def test_labelled_values_and_units_reach_the_floor() -> None:
    pairs = _labelled()
    wrong = [
        (label["quote"], figure, context) for label, figure, context in pairs if not _same(label, figure)
    ]
    assert len(pairs) >= 200
    assert 1 - len(wrong) / len(pairs) >= FLOOR, wrong


def test_labelled_bounds_reach_the_floor() -> None:
    pairs = _labelled()
    wrong = [(lab["quote"], fig, con) for lab, fig, con in pairs if fig is None or fig.bound != lab["bound"]]
    assert 1 - len(wrong) / len(pairs) >= FLOOR, wrong


def test_labelled_nouns_reach_the_floor() -> None:
    pairs = [pair for pair in _labelled() if "of" in pair[0]]
    wrong = [(lab["quote"], fig) for lab, fig, _ in pairs if fig is None or fig.of != lab["of"]]
    assert 1 - len(wrong) / len(pairs) >= FLOOR, wrong


def test_labelled_clauses_hold_no_other_figure() -> None:
    extra = sum(
        max(0, len(find_figures(case["context"])) - len(case["figures"])) for case in CASES["documents"]
    )
    assert extra <= 2


@pytest.mark.parametrize("case", CASES["invented"], ids=lambda case: case["phrase"])
def test_every_form(case: dict[str, object]) -> None:
    found = find_figures(str(case["phrase"]))
    assert [figure.text for figure in found] == [label["text"] for label in case["figures"]]
    for label, figure in zip(case["figures"], found, strict=True):
        assert _same(label, figure), figure
        assert figure.bound == label["bound"]
        assert figure.of == label.get("of", figure.of)


@pytest.mark.parametrize("phrase", CASES["none"])
def test_what_counts_nothing(phrase: str) -> None:
    assert find_figures(phrase) == []


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("8%", "percent"),
        ("七成", "percent"),
        ("每亩420元", "money"),
        ("20名", "number"),
        ("按7:3分成", "number"),
    ],
)
def test_kind_names_the_slot(phrase: str, kind: str) -> None:
    assert [figure_kind(figure) for figure in find_figures(phrase)] == [kind]


def test_spans_count_from_the_whole_text() -> None:
    text = "去年选派12名干部,今年选派30名干部"
    begin = text.index("今年")
    (figure,) = find_figures(text, begin)
    assert text[figure.folded_span.start : figure.folded_span.end] == figure.text == "30名"
    assert [one.text for one in find_figures(text, 0, begin)] == ["12名"]


def test_nothing_before_the_start_is_read() -> None:
    text = "不少于20天"
    assert find_figures(text)[0].bound == "at_least"
    assert find_figures(text, 3)[0].bound == "exact"


@given(st.text(alphabet=ALPHABET, max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_row_of_numerals_is_read_in_order(text: str) -> None:
    _holds(text, find_figures(text))


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text: str) -> None:
    _holds(text, find_figures(text))


@given(st.text(alphabet=ALPHABET, max_size=40), st.integers(0, 45), st.integers(0, 45))
@settings(max_examples=200, deadline=None)
def test_any_stretch_is_read_within_its_ends(text: str, start: int, end: int) -> None:
    for figure in find_figures(text, start, end):
        assert start <= figure.folded_span.start < figure.folded_span.end <= min(end, len(text))


def _holds(text: str, found: list[Figure]) -> None:
    last = 0
    for figure in found:
        start, end = figure.folded_span
        assert last <= start < end <= len(text)
        assert text[start:end] == figure.text
        assert figure.value >= 0
        assert figure.bound in ("exact", "at_least", "at_most", "about")
        last = end


def _spell(number: int) -> str:
    """An integer below 10^12 in Chinese numerals, as the standard spells it (invented for the test)."""
    digits = "零一二三四五六七八九"
    parts = []
    for unit, sign in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, unit)
        words = ""
        for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, section = divmod(section, place)
            if digit:
                words += digits[digit] + name
            elif words and section and not words.endswith("零"):
                words += "零"
            if words and not digit and section and words[-1] != "零":
                words += "零"
        parts.append((words, sign, section))
    spelled = ""
    for at, (words, sign, _) in enumerate(parts):
        if words:
            short = at and spelled and "千" not in words
            spelled += ("零" if short else "") + words + sign
    return spelled or "零"


@given(st.integers(1, 10**12 - 1))
@settings(max_examples=400)
def test_any_chinese_numeral_reads_back(number: int) -> None:
    assert read_numeral(_spell(number)) == number


@given(st.integers(3, 10**8 - 1))
@settings(max_examples=200, deadline=None)
def test_any_spelled_count_is_a_figure(number: int) -> None:
    (figure,) = find_figures(f"选派{_spell(number)}名干部")
    assert (figure.value, figure.unit, figure.of) == (number, "名", "干部")


@given(st.integers(1, 99_999), st.integers(0, 99), st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)]))
@settings(max_examples=200, deadline=None)
def test_any_sum_of_money_reads_back(whole: int, cents: int, rank: tuple[str, int]) -> None:
    (figure,) = find_figures(f"落实帮扶资金{whole}.{cents:02d}{rank[0]}元。")
    assert figure.value == pytest.approx((whole + cents / 100) * rank[1])
    assert (figure.unit, figure.of, figure.bound) == ("元", "帮扶资金", "exact")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两万八", 28_000),
        ("一百二", 120),
        ("三亿五", 350_000_000),
        ("廿三", 23),
        ("八点五", 8.5),
        ("1,073.7万", 10_737_000),
    ],
)
def test_colloquial_numerals(text: str, value: float) -> None:
    assert read_numeral(text) == value


@pytest.mark.parametrize("text", ["", "一六八", "五三二", "十四五", "百千", "点五"])
def test_rows_of_digits_are_no_numeral(text: str) -> None:
    assert read_numeral(text) is None


def test_neighbours() -> None:
    assert neighbours("三四十") == (30, 40)
    assert neighbours("三十") is None


def test_the_word_lists_are_well_formed() -> None:
    words = figure_words()
    units = [unit for group in words.units.values() for unit in group]
    assert {unit.kind for unit in units} == set("nwqtmp")
    assert all(len(word) >= 2 for group in words.fixed.values() for word in group)


def test_a_long_sentence_is_read_in_linear_time() -> None:
    text = "为138个嘎查村精准选派93名科技特派员,保底收益不低于8%," * 1000
    begin = time.perf_counter()
    assert len(find_figures(text)) == 3000
    assert time.perf_counter() - begin < 2.0
    begin = time.perf_counter()
    for hard in (
        "一",
        "1",
        "至少",
        "万",
        "万亿",
        "两三",
        "1-",
        "1:",
        "每亩",
        "1,111",
        "百分之",
        "的",
        "第1、",
    ):
        find_figures(hard * 5_000 + "名")
    assert time.perf_counter() - begin < 2.0


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("解决23000人饮水安全问题", "饮水安全问题"),
        ("让23000人饮水安全。", "饮水安全"),
        ("培训500名安全员和技术员", "安全员"),
        ("3个村全部脱贫", "村"),
    ],
)
def test_a_stop_word_inside_another_word_ends_no_noun(text: str, of: str) -> None:
    assert [figure.of for figure in find_figures(text)] == [of]
