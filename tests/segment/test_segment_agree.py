"""Clauses told while sentences are cut are those told of each sentence by itself."""

from hypothesis import given
from hypothesis import strategies as st

from polcmp.segment.sentences import clauses_of, sentences_of
from polcmp.text.span import Span

TEXTS = st.text(alphabet='甲乙12,,。。;!?:—""()()《》】 ', max_size=60)


@given(TEXTS, st.sampled_from([1, 1, 1, 40]))
def test_clauses_do_not_depend_on_who_asks(text, times):
    text *= times
    found = sentences_of(text, Span(0, len(text)))
    assert "".join(text[start:end] for (start, end), _ in found) == text
    for sentence, clauses in found:
        assert clauses == clauses_of(text, sentence)
