"""What stands for a phrase: budget by length, slips of sound, characters that must stay."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from match_lab import one_match, quotes
from rapidfuzz.distance import Levenshtein

from polcmp.match.verify import Window, best_apart, edit_budget, edited_window, homophone_window
from polcmp.settings import Settings

NONE: frozenset[int] = frozenset()


@pytest.mark.parametrize(
    ("length", "budget"), [(1, 0), (3, 0), (4, 0), (5, 1), (7, 1), (8, 2), (9, 2), (40, 2)]
)
def test_budget_by_length(length: int, budget: int) -> None:
    settings = Settings()
    assert edit_budget(length, settings.no_edits_up_to, settings.one_edit_up_to) == budget


@pytest.mark.parametrize(("length", "budget"), [(0, 0), (1, 0), (2, 1), (3, 2), (9, 2)])
def test_one_character_always_stays(length: int, budget: int) -> None:
    assert edit_budget(length, 0, 2) == budget


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("第一书记", "他是第一书记。", ["第一书记"]),
        ("第一书记", "村里开了第一书店。", []),
        ("第一书记", "村里的第一输记到了。", ["第一输记"]),
        ("帮扶", "单位邦扶贫困村。", []),  # two characters take no slip of any kind
        ("结对帮扶", "与村结对邦扶。", ["结对邦扶"]),
        ("驻村干部", "选派驻村干步。", ["驻村干步"]),
        ("驻村干部", "选派驻村干事。", []),
        ("科技特派员", "科技特派团下乡。", ["科技特派团"]),
        ("科技特派员", "科教特派团下乡。", []),
        ("股份经济合作社", "成立股份合作社。", []),  # two characters short: one edit allowed
        ("股份经济合作社", "成立股份经合作社。", ["股份经合作社"]),
        ("农村工作指导员队伍", "建强农村工作辅导员队伍。", ["农村工作辅导员队伍"]),
        ("农村工作指导员队伍", "建强农村工作辅导队伍。", ["农村工作辅导队伍"]),
        ("农村工作指导员队伍", "建强农村辅导队伍。", []),
    ],
)
def test_edits_and_sounds(phrase: str, text: str, found: list[str]) -> None:
    assert quotes(text, phrase) == found


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("=科技特派员", "科技特派团下乡。", []),
        ("=科技特派员", "科技特派员下乡。", ["科技特派员"]),
        ("=驻村干部", "驻村干步到岗。", []),
        ("科技特派员!", "科技特派团下乡。", []),
        ("科技特派员!", "科教特派员下乡。", ["科教特派员"]),
        ("科!技特派员", "科技特派团下乡。", ["科技特派团"]),
        ("科!技特派员", "教技特派员下乡。", []),
        ("第一书!记", "第一输记到村。", []),  # the sound may not change there either
        ("第一书!记", "第一书纪到村。", ["第一书纪"]),
        ("第一书!记", "第一书店开张。", []),
    ],
)
def test_characters_that_must_stay(phrase: str, text: str, found: list[str]) -> None:
    assert quotes(text, phrase) == found


@pytest.mark.parametrize("mark", list("，；：。！？"))
def test_an_edit_brings_in_no_clause_mark(mark: str) -> None:
    assert quotes(f"他说科技{mark}特派员来了。", "科技特派员") == []
    assert quotes(f"推广科技{mark}派员到村。", "科技特派员") == []


def test_edits_cross_no_line() -> None:
    assert quotes("他们来自科技\n\n特派员来了。", "科技特派员") == []


def test_a_mark_of_the_phrase_is_no_obstacle() -> None:
    assert edited_window("甲乙,丙丁", "甲乙,丙戊", 0, 5, 1, NONE) is not None
    assert edited_window("甲乙,丙丁", "甲乙;丙丁", 0, 5, 1, NONE) is None


def test_similarity_of_exactly_the_cut_off_is_not_lost() -> None:
    """One edit in five is 0.8; as a float ratio, `normalized_similarity(score_cutoff=0.8)` loses it."""
    assert one_match("科技特派团下乡。", "科技特派员", settings=Settings(min_score=0.8)).score == 0.8
    window = edited_window("科技特派员", "科技特派团", 0, 5, 1, NONE)
    assert window is not None and window.similarity == 0.8
    eight = edited_window("甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊己庚辛子丑", 0, 10, 2, NONE)
    assert eight is not None and eight.similarity == pytest.approx(0.8)


def test_a_score_of_exactly_the_cut_off_counts() -> None:
    assert quotes("科技特派团下乡。", "科技特派员", settings=Settings(min_score=0.8)) == ["科技特派团"]
    assert quotes("科技特派团下乡。", "科技特派员", settings=Settings(min_score=0.801)) == []


def test_how_a_match_was_found_is_said() -> None:
    assert [part.how for part in one_match("科技特派员下乡。", "科技特派员").parts] == ["exact"]
    assert [part.how for part in one_match("科技特派团下乡。", "科技特派员").parts] == ["edits:1"]
    assert [part.how for part in one_match("驻村干步到岗。", "驻村干部").parts] == ["homophone"]


@pytest.mark.parametrize("phrase", ["科技特派员", "驻村工作人员", "农村工作指导员队伍"])
def test_a_slip_of_sound_is_called_so_even_where_an_edit_would_do(phrase: str) -> None:
    """Both kinds of window fit; the better score stands, whatever the hash seed."""
    slip = phrase.replace("员", "圆").replace("驻", "注").replace("导", "倒", 1)
    assert [part.how for part in one_match(slip, phrase).parts] == ["homophone"]


def test_the_verbatim_phrase_is_not_also_edited() -> None:
    assert quotes("各村科技特派员", "科技特派员") == ["科技特派员"]


def test_homophones_are_half_the_phrase_at_most() -> None:
    assert homophone_window("驻村干部", "注存干部", 0, NONE) is not None
    assert homophone_window("驻村干部", "注存甘部", 0, NONE) is None
    assert homophone_window("驻村干部", "驻村干部", 0, NONE) is None
    assert quotes("访慧聚", "访惠聚") == ["访慧聚"]
    assert quotes("仿慧聚", "访惠聚") == []


def test_quotation_marks_are_looked_through() -> None:
    assert quotes("选派驻村“第一书记”到岗", "驻村第一书记") == ['驻村"第一书记"']
    assert quotes("推行“三方”议事“机制”。", "三方议事机制") == ['三方"议事"机制']


TEXTS = st.text("甲乙丙丁", min_size=1, max_size=12)


@given(TEXTS, TEXTS, st.integers(1, 2))
def test_similarity_is_the_share_of_characters_kept(phrase: str, text: str, budget: int) -> None:
    window = edited_window(phrase, text, 0, len(text), budget, NONE)
    edits = Levenshtein.distance(phrase, text)
    assert (window is not None) == (1 <= edits <= budget)
    if window:
        assert window.similarity == 1 - edits / max(len(phrase), len(text))
        assert 0 <= window.similarity < 1
        assert window.how == f"edits:{edits}"


WINDOWS = st.builds(
    lambda start, length, edits: Window(
        start, start + length, 1 - edits / 9, f"edits:{edits}", (edits, 0, start)
    ),
    st.integers(0, 20),
    st.integers(1, 6),
    st.integers(1, 2),
)


@given(st.lists(WINDOWS, max_size=10), st.randoms(use_true_random=False))
def test_the_best_windows_apart(windows: list[Window], luck: random.Random) -> None:
    chosen = best_apart(windows)
    assert chosen == sorted(chosen)
    assert all(a.end <= b.start for a, b in pairwise(chosen))
    for window in windows:  # what is not chosen gave way to one at least as good
        rivals = [c for c in chosen if c.start < window.end and window.start < c.end]
        assert any(rival.rank <= window.rank for rival in rivals)
    luck.shuffle(windows)
    assert best_apart(windows) == chosen
