"""Where lists and ranges end: each word of a list counts, and so do a range's first and last character."""

from __future__ import annotations

import pytest

from polcmp.text.bounds import rate_after
from polcmp.text.counted import base_before
from polcmp.text.figure_words import figure_words
from polcmp.text.figures import find_figures
from polcmp.text.fold import fold
from polcmp.text.gazetteer import expand
from polcmp.text.numerals import LONGEST, read_numeral
from polcmp.text.places import find_places
from polcmp.text.span import Span
from polcmp.text.width import is_han


@pytest.mark.parametrize("char", ["㐀", "鿿", "\U00020000", "\U0003ffff", "\uf900", "\ufaff", "〇", "村"])
def test_chinese_characters(char: str) -> None:
    assert is_han(char)


@pytest.mark.parametrize(
    "char", ["", "\u33ff", "\ua000", "\U0001ffff", "\U00040000", "\uf8ff", "\ufb00", "a", "。"]
)
def test_other_characters(char: str) -> None:
    assert not is_han(char)


@pytest.mark.parametrize(
    "codes",
    [
        range(0x01, 0x09), range(0x0E, 0x1C), (0x1F, 0x7F, 0xAD, 0x034F, 0x061C), range(0x180B, 0x180F),
        range(0x200B, 0x2010), range(0x202A, 0x202F), range(0x2060, 0x2070), range(0xFE00, 0xFE10),
        (0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB), (0xE0100, 0xE01EF),
    ],
)  # fmt: skip
def test_invisible_characters_take_no_part(codes: range | tuple[int, ...]) -> None:
    for code in codes:
        assert fold(f"选派{chr(code)}驻村干部").text == "选派驻村干部", hex(code)


@pytest.mark.parametrize("code", [0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000])
def test_every_space_is_one(code: int) -> None:
    assert fold(f"village{chr(code)}team").text == "village team"
    assert fold(f"选派{chr(code)}驻村").text == "选派驻村"


@pytest.mark.parametrize(
    "mark", ["\x0b", "\x0c", "\r", "\r\n", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
)
def test_every_line_end_is_one(mark: str) -> None:
    raw = f"工作情况{mark}{mark}选派驻村干部。"
    found = fold(raw)
    assert found.text == fold("工作情况\n\n选派驻村干部。").text
    at = found.text.index("选派")
    start, end = found.raw_span(Span(at, at + 2))
    assert raw[start:end] == "选派"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("廿三", 23), ("卅", 30), ("卅五", 35), ("十", 10), ("一百零五", 105),
        ("三百五", 350), ("三千六", 3600), ("一万二", 12000), ("二十五", 25),
        ("一百一十", 110), ("两千零三", 2003), ("百", 100),
        ("一" * LONGEST, None), ("十百", None), ("五三十", None),
    ],
)  # fmt: skip
def test_numerals(text: str, value: float | None) -> None:
    found = read_numeral(text)
    assert found == value or (value is None and (found is None or found > 1e20))


@pytest.mark.parametrize("unit", ["亩", "年", "天", "公里", "斤", "公斤", "吨", "块"])
def test_and_a_half(unit: str) -> None:
    (figure,) = find_figures(f"共有三{unit}半,")
    assert figure.value == 3.5


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("/年", "年"),
        ("每年", "年"),
        ("/亩", "亩"),
        ("/亩·年", "亩"),
        ("每股", "股"),
        ("年", ""),
        ("/", ""),
        ("/的", ""),
    ],
)
def test_what_a_sum_is_paid_for(text: str, rate: str) -> None:
    found, end = rate_after(text, 0, len(text))
    assert (found, end) == (rate, len(text) if rate else 0)


def test_what_a_percentage_is_taken_of() -> None:
    text = "按照入股额的8%"
    assert base_before(text, 0, text.index("8")) == "入股额"
    assert base_before("额的8%", 0, 2) == "额"
    assert base_before("额的8%", 1, 2) == ""
    assert base_before("的8%", 0, 1) == ""


@pytest.mark.parametrize("word", ["和", "与", "及", "、"])
def test_one_noun_of_two_figures(word: str) -> None:
    first, second = find_figures(f"全县有3个{word}5个村")[:2]
    assert (first.value, second.value) == (3, 5)


def test_a_word_of_the_list_is_read_whole_or_not() -> None:
    words = figure_words()
    assert words.noun_word_at("甴村", 0, 2) == ("", "")


def test_short_names_need_three_characters_or_company() -> None:
    assert expand("旗") == "" and expand("") == ""


def test_short_forms_stand_apart() -> None:
    assert [one.name for one in find_places("内蒙古新疆")] == ["内蒙古", "新疆"]


WRAPPED = "云溪县坚持党建引领从县直单位选派第一书记十二名驻村开展帮扶工作推动共建"


@pytest.mark.parametrize(("lines", "breaks"), [(2, 1), (3, 2), (4, 0), (9, 0)])
def test_fewer_than_three_breaks_show_no_hard_wraps(lines: int, breaks: int) -> None:
    assert fold("\n".join([WRAPPED] * lines) + "。").text.count("\n") == breaks


@pytest.mark.parametrize(
    ("raw", "sample"),
    [("们?cè)趯", "'们?cè)趯'"), ("他們?cè)趯實", "'他們?cè)趯實'"), ("在他們?cè)趯實踐", "'他們?cè)趯實'")],
)
def test_the_sample_of_damage_has_two_characters_on_either_side(raw: str, sample: str) -> None:
    assert f"such as {sample} left" in fold(raw).warnings[0]


def test_a_bracket_opened_long_before_is_no_note() -> None:
    """Twelve characters are looked back at."""
    near, far = "(" + "共" * 11 + "?cè)", "(" + "共" * 12 + "?cè)"
    assert fold(near).warnings == () and len(fold(far).warnings) == 1


@pytest.mark.parametrize("text", ["9时5分", "9点5分", "3:2分"])
def test_minutes_are_no_points(text: str) -> None:
    assert "5分" not in [one.text for one in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "bound"), [("上万名群众", "at_least"), ("近万名群众", "at_most"), ("万名群众", "exact")]
)
def test_a_bare_multiplier_at_the_start_of_a_text(text: str, bound: str) -> None:
    (found,) = find_figures(text)
    assert (found.value, found.bound) == (10_000, bound)


@pytest.mark.parametrize(("text", "first"), [("按3:7分红", 3.0), ("30:70", 30.0), ("6:5", None)])
def test_shares_add_up_to_ten_or_a_hundred(text: str, first: float | None) -> None:
    found = [one.value for one in find_figures(text) if one.unit == "ratio" or ":" in one.text]
    assert (found[0] if found else None) == first
