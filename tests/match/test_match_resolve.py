"""Of overlapping finds of one measure the longest stands; order never decides."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from match_lab import measure, program, quotes, search

from polcmp.match.program import Rule
from polcmp.match.resolve import Find, join, resolve
from polcmp.match.scene import Found
from polcmp.match.trees import Phrases

TREE = Phrases(0, {}, {}, frozenset())


def find(measure_id: str, source: str, start: int, length: int, tenths: int) -> Find:
    rule = Rule(measure_id, "", source, TREE, (), ())
    return Find(rule, Found(start, start + length, 0, 0, 0, 0.0, ()), 0, tenths / 10)


FINDS = st.lists(
    st.builds(
        find,
        st.sampled_from(["a", "b"]),
        st.sampled_from(["p", "q", "r"]),
        st.integers(0, 12),
        st.integers(1, 6),
        st.integers(6, 10),
    ),
    max_size=12,
)


def better(one: Find, other: Find) -> bool:
    """Whether `one` goes before `other`: longer, then higher, then further left."""
    a, b = one.found, other.found
    first = (a.start - a.end, -one.score, a.start)
    second = (b.start - b.end, -other.score, b.start)
    return first <= second


@given(FINDS)
def test_no_two_of_a_measure_overlap(finds: list[Find]) -> None:
    chosen = resolve(finds)
    for i, one in enumerate(chosen):
        for other in chosen[i + 1 :]:
            assert one.rule.measure != other.rule.measure or not one.overlaps(other)


@given(FINDS)
def test_what_falls_gave_way_to_a_better_one(finds: list[Find]) -> None:
    chosen = resolve(finds)
    assert all(one in finds for one in chosen)
    for one in finds:
        if one not in chosen:
            rivals = [c for c in chosen if c.rule.measure == one.rule.measure and c.overlaps(one)]
            assert any(better(rival, one) for rival in rivals)


@given(FINDS)
def test_the_longest_of_all_stands(finds: list[Find]) -> None:
    chosen = resolve(finds)
    for name in {one.rule.measure for one in finds}:
        own = [one for one in finds if one.rule.measure == name]
        longest = max(f.found.end - f.found.start for f in own)
        assert any(c.found.end - c.found.start == longest for c in chosen if c.rule.measure == name)


@given(FINDS, st.randoms(use_true_random=False))
def test_order_does_not_decide(finds: list[Find], luck: random.Random) -> None:
    shuffled = list(finds)
    luck.shuffle(shuffled)
    assert resolve(shuffled) == resolve(finds)


@given(FINDS)
def test_measures_do_not_hide_one_another(finds: list[Find]) -> None:
    apart = [one for name in ("a", "b") for one in resolve(f for f in finds if f.rule.measure == name)]
    assert sorted(resolve(finds), key=repr) == sorted(apart, key=repr)


@given(FINDS)
def test_resolving_twice_changes_nothing(finds: list[Find]) -> None:
    assert resolve(resolve(finds)) == resolve(finds)


@given(FINDS)
def test_the_answer_is_in_text_order(finds: list[Find]) -> None:
    places = [(one.found.start, one.found.end, one.rule.measure) for one in resolve(finds)]
    assert places == sorted(places)


def test_the_longest_pattern_names_the_match() -> None:
    assert quotes("选派优秀第一书记驻村", "第一书记", "选派 ~ 第一书记", "第一书记 驻村") == [
        "选派优秀第一书记"
    ]


def test_two_measures_share_a_stretch() -> None:
    ready = program(measure("选派 ~ 第一书记", id="a"), measure("第一书记", id="b"))
    matches, _ = search(ready, "选派优秀第一书记驻村")
    assert [(m.measure, m.folded_span) for m in matches] == [("a", (0, 8)), ("b", (4, 8))]


def test_the_order_of_patterns_and_measures_changes_nothing() -> None:
    sources = ["第一书记", "选派 ~ 第一书记", "选派 & 书记", "[精准] 选派 ~ 书记", "优秀 第一书记"]
    text = "精准选派优秀第一书记驻村,书记由县里选派。"
    ready = program(measure(*sources, id="a"), measure(*sources, id="b"))
    turned = program(measure(*reversed(sources), id="b"), measure(*sources[2:], *sources[:2], id="a"))
    assert search(ready, text) == search(turned, text)


def test_neighbours_in_a_clause_are_one_stretch() -> None:
    sources = ["为 <number> 村 ~ 选派", "<number> 科技特派员"]
    assert quotes("为138个村精准选派93名科技特派员。", *sources) == ["为138个村精准选派93名科技特派员"]
    assert quotes("为138个村精准选派,93名科技特派员到岗。", *sources) == [
        "为138个村精准选派",
        "93名科技特派员",
    ]


@given(FINDS, st.integers(0, 4))
def test_joining_loses_nothing_and_leaves_no_neighbours(finds: list[Find], reach: int) -> None:
    standing = resolve(finds)

    def short(both: Find) -> Find | None:
        return both if both.found.end - both.found.start <= 8 else None

    joined = join(standing, reach, lambda a, b: True, short)
    for one in standing:
        homes = [j for j in joined if j.rule.measure == one.rule.measure]
        assert any(h.found.start <= one.found.start and one.found.end <= h.found.end for h in homes)
    for one in joined:
        assert one in standing or one.found.end - one.found.start <= 8
    for one, other in pairwise(joined):
        if one.rule.measure == other.rule.measure:
            near = other.found.start - one.found.end <= reach
            assert not near or other.found.end - one.found.start > 8
