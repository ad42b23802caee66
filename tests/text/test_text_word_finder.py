"""All words of a list at all their places, in any text."""

from hypothesis import given
from hypothesis import strategies as st

from polcmp.text.word_finder import WordFinder

WORDS = ["村", "驻村", "驻村工作队", "工作", "队"]


@given(st.text(alphabet="驻村工作队,", max_size=30))
def test_it_finds_what_a_search_for_each_word_finds(text):
    wanted = {
        (number, at, at + len(word))
        for number, word in enumerate(WORDS)
        for at in range(len(text))
        if text.startswith(word, at)
    }
    assert set(WordFinder(WORDS).find(text)) == wanted


def test_half_a_character_is_passed_over_and_moves_nothing():
    assert WordFinder(WORDS).find("\ud83d驻\ud83d工作\U00020000队") == [(3, 3, 5), (4, 6, 7)]
