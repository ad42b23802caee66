"""The offset map: increasing, inside the raw text, and the two directions agree."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polcmp.errors import InternalError
from polcmp.text.offset_map import OffsetMap
from polcmp.text.span import Span


@st.composite
def maps(draw):
    kept = draw(st.lists(st.booleans(), max_size=60))
    indices = [place for place, keep in enumerate(kept) if keep]
    return indices, OffsetMap.from_indices(indices, len(kept))


@given(maps())
def test_indices_come_back(made):
    indices, offsets = made
    assert list(offsets.raw_indices()) == indices
    assert [offsets.raw_index(place) for place in range(len(indices))] == indices
    assert offsets.folded_length == len(indices)


@given(maps(), st.data())
def test_spans_agree_with_the_plain_definition(made, data):
    indices, offsets = made
    low = data.draw(st.integers(0, len(indices)))
    high = data.draw(st.integers(low, len(indices)))
    raw = offsets.raw_span(Span(low, high))
    if low < high:
        assert raw == (indices[low], indices[high - 1] + 1)
        assert offsets.folded_span(raw) == (low, high)
    else:
        assert raw.length == 0
    start = data.draw(st.integers(0, offsets.raw_length))
    end = data.draw(st.integers(start, offsets.raw_length))
    inside = offsets.folded_span(Span(start, end))
    assert inside.length == sum(start <= index < end for index in indices)
    assert inside.start == sum(index < start for index in indices)


@given(maps(), st.data())
def test_pieces_are_what_was_copied_without_a_gap(made, data):
    indices, offsets = made
    low = data.draw(st.integers(0, len(indices)))
    high = data.draw(st.integers(low, len(indices)))
    pieces = offsets.pieces(Span(low, high))
    assert [place for here, _ in pieces for place in range(*here)] == list(range(low, high))
    assert [place for _, there in pieces for place in range(*there)] == list(indices[low:high])
    assert all(one.end < other.start for (_, one), (_, other) in pairwise(pieces))


@pytest.mark.parametrize("runs", [[(0, 3), (2, 4)], [(4, 5), (0, 1)], [(0, 9)], [(3, 2)]])
def test_a_map_that_is_not_increasing_is_refused(runs):
    with pytest.raises(InternalError) as caught:
        OffsetMap(runs, 5)
    assert caught.value.code == "P110"


def test_empty_spans_stand_before_their_character():
    offsets = OffsetMap([(2, 4), (6, 7)], 9)
    assert offsets.raw_span(Span(0, 0)) == (2, 2)
    assert offsets.raw_span(Span(2, 2)) == (6, 6)
    assert offsets.raw_span(Span(3, 3)) == (7, 7)
    assert OffsetMap([], 4).raw_span(Span(0, 0)) == (4, 4)


@pytest.mark.parametrize("span", [Span(0, 4), Span(-1, 0), Span(2, 1)])
def test_spans_outside_are_refused(span):
    offsets = OffsetMap([(0, 3)], 3)
    with pytest.raises(IndexError):
        offsets.raw_span(span)
    with pytest.raises(IndexError):
        offsets.folded_span(span)
