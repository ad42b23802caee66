"""A pattern is tried only where one of its signs stands: no match may be without one."""

import re
from pathlib import Path

import pytest

from polcmp.clean import find_boilerplate
from polcmp.context.cues import Lexicon, _Lists, heading_lexicon, place_lexicon, sentence_lexicon
from polcmp.segment import segment
from polcmp.text.fold import fold

ROOT = Path(__file__).resolve().parents[2]


def _clauses() -> list[str]:
    """Clauses of the seeds and of the cases for status, where most patterns match."""
    files = [*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests" / "cases").rglob("*.yaml")]
    found = []
    for path in files:
        text = fold(path.read_text(encoding="utf-8", errors="replace")).text
        sentences = segment(text, find_boilerplate(text)).sentences
        found += [text[start:end] for sentence in sentences for start, end in sentence.clauses]
    return found


@pytest.mark.parametrize("lexicon", [sentence_lexicon, heading_lexicon, place_lexicon])
def test_every_match_has_a_sign_of_its_pattern(lexicon):
    patterns = lexicon()._patterns
    clauses = _clauses()
    assert len(clauses) > 1_000
    for pattern in patterns:
        expression = re.compile(pattern.expression)
        for clause in clauses:
            assert not expression.search(clause) or any(sign in clause for sign in pattern.signs), (
                pattern.expression,
                clause,
            )


def test_signs_are_characters_or_words_set_apart():
    lists = _Lists(["已"], [("年月", "[年月]底"), ("再过|", "再过.")])
    one, two = Lexicon({"done": lists})._patterns
    assert one.signs == {"年", "月"} and two.signs == {"再过"}
