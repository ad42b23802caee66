"""Script: equal to OpenCC's t2s wherever no variant of ours applies."""

from pathlib import Path

import opencc
import pytest

from polcmp.text.script import phrase_changes, simplified_table, simplify

DICTIONARIES = Path(opencc.__file__).parent / "dictionary"
VARIANTS = {
    line.split("\t")[0]
    for line in (Path(__file__).parents[2] / "polcmp/data/variants.txt").read_text("utf-8").splitlines()
    if line and line[0] != "#"
}


def words(name):
    for line in (DICTIONARIES / name).read_text(encoding="utf-8").splitlines():
        yield from line.replace("\t", " ").split()


@pytest.fixture(scope="module")
def convert():
    return opencc.OpenCC("t2s").convert


@pytest.mark.parametrize(
    ("name", "step"),
    [("TSPhrases.txt", 1), ("STPhrases.txt", 7), ("TWVariantsRevPhrases.txt", 1), ("TWPhrasesRev.txt", 3)],
)
def test_equal_to_opencc_on_dictionary_words(convert, name, step):
    known = [word for word in list(words(name))[::step] if not VARIANTS & set(word)]
    assert len(known) > 100
    assert [word for word in known if simplify(word) != convert(word)] == []


def test_equal_to_opencc_on_every_character(convert):
    characters = [
        line.split("\t")[0] for line in (DICTIONARIES / "TSCharacters.txt").read_text("utf-8").splitlines()
    ]
    assert [one for one in characters if one not in VARIANTS and simplify(one) != convert(one)] == []


def test_equal_to_opencc_on_running_text(convert):
    text = "，".join(word for word in list(words("STPhrases.txt"))[::101] if not VARIANTS & set(word))
    assert simplify(text) == convert(text)
    glued = "".join(word for word in list(words("TSPhrases.txt")) if not VARIANTS & set(word))
    assert len(simplify(glued)) == len(glued)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("全麵製度係列", "全面制度系列"),
        ("説産裏爲衆峯羣喫註揹", "说产里为众峰群吃注背"),
        ("隨著發展，沿著道路", "随着发展，沿着道路"),
        ("著名專著，顯著，著力", "著名专著，显著，着力"),
        ("乾坤與乾燥", "乾坤与干燥"),
        ("瞭解與瞭望", "了解与瞭望"),
        ("衹有", "只有"),
        ("⼀⾥\uf9d8", "一里律"),
        ("关系着名著", "关系着名著"),
    ],
)
def test_variants(written, plain):
    assert simplify(written) == plain


def test_nothing_changes_length():
    assert all(0 < code <= 0x10FFFF and 0 < plain <= 0x10FFFF for code, plain in simplified_table().items())
    for start, plain in phrase_changes("一目瞭然，乾坤"):
        assert start >= 0 and plain


def test_simplified_text_stays():
    text = "全县选派第一书记，发展壮大村集体经济，覆盖于所有，什么都干"
    assert simplify(text) == text
