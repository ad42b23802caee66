"""Readings: the data file against pypinyin, and the key that homophones share."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT

from polcmp.data.build import readings_table, toneless
from polcmp.text.readings import _syllables, is_reading, plain_syllable, reading_key, readings

COMMON = "的一是在不了有和人这中大为上个国派驻村第一书记干部帮扶合作社股份联党委旅绿女略行长重都着欸嗯〇"


def test_the_file_is_what_pypinyin_says():
    made = {syllable: ("".join(a), "".join(b)) for syllable, (a, b) in readings_table().items()}
    assert _syllables() == made


@pytest.mark.parametrize("char", COMMON)
def test_readings_of_common_characters(char):
    assert readings(char) == {toneless(one) for one in PINYIN_DICT[ord(char)].split(",")}
    for one in pinyin(char, style=Style.TONE, heteronym=True)[0]:
        assert is_reading(one, char)
        assert is_reading(one.upper(), char)


@pytest.mark.parametrize(
    ("note", "char", "expected"),
    [
        *((note, "旅", True) for note in ("lǚ", "lv", "lü", "lu", "lu\u0308", "LV")),
        *(("nüè", "虐", True), ("lue", "略", True), ("zhe\u0300n", "镇", True), ("ge", "個", True)),
        *(
            ("ɡè", "個", True),
            ("GDP", "产", False),
            ("an", "一", False),
            ("", "一", False),
            ("yi", "a", False),
        ),
    ],
)
def test_notes(note, char, expected):
    assert is_reading(note, char) is expected


def test_plain_syllable():
    assert plain_syllable("Lǘ") == "lv"
    assert plain_syllable("ZHÀN") == "zhan"


@given(
    st.text(alphabet=COMMON + "邦邫步不 aA1，", max_size=12), st.text(alphabet=COMMON + "邦步", max_size=12)
)
def test_key_is_shared_by_homophones_alone(first, second):
    assert len(reading_key(first)) == len(first)
    primary = {char: toneless(PINYIN_DICT[ord(char)].split(",")[0]) for char in second}
    for a, b in pairwise(second):
        assert (reading_key(a) == reading_key(b)) == (primary[a] == primary[b])


def test_key_of_the_usual_slips():
    assert reading_key("邦扶") == reading_key("帮扶")
    assert reading_key("驻村干步") == reading_key("驻村干部")
    assert reading_key("第一书店") != reading_key("第一书记")
    assert reading_key("GDP 3%") == "GDP 3%"
