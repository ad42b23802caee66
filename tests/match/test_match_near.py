"""Near misses: which are told, which are not, and what is told of them. All texts are invented.

What `polcmp why` shows of them is tested in `tests/explain`.
"""

from __future__ import annotations

from collections.abc import Iterable

import match_lab as lab
import pytest

from polcmp.match import find_matches
from polcmp.match.near import FACTORS, NearFinder
from polcmp.model.explanation import NearMatch
from polcmp.model.taxonomy import Exclusion, Gap, Literal, Measure, Row
from polcmp.segment import segment
from polcmp.settings import Settings
from polcmp.text.fold import fold
from polcmp.text.span import Span

FILLER = "".join(
    f"{words}。"
    for words in (
        "春季以来雨水充足",
        "各类苗木长势良好",
        "山间小道已经修通",
        "沿河两岸栽满柳树",
        "老街的石板换了新",
        "夜里灯火比从前亮",
        "孩子们放学后踢球",
        "集市逢三逢八开张",
        "茶园里来了采茶人",
        "桥头的渡口还在用",
        "祠堂前有一口古井",
        "秋收之后晒满谷子",
        "腊月里家家做豆腐",
        "后山竹林年年出笋",
    )
)
"""Fourteen sentences that say nothing of what is looked for: without them nothing is rare."""

A, B, C = "图书漂流", "巡回借阅", "书香村庄"
PAD = "某些别的东西以及其余种种事物也一并在此"


def near(
    text: str, *patterns: str, exclude: Iterable[Exclusion] = (), filler: str = FILLER
) -> list[NearMatch]:
    """Near misses of one measure in a text with filler before it."""
    return _near(lab.measure(*patterns, exclude=exclude), text, filler)


def _near(one: Measure, text: str, filler: str = FILLER, settings: Settings = lab.DEFAULT) -> list[NearMatch]:
    folded = fold(filler + text).text
    found = NearFinder.of(one, settings).find(folded, segment(folded, ()))
    assert all(folded[p.folded_span.start : p.folded_span.end] == p.found for n in found for p in n.pieces)
    return found


def one_near(text: str, *patterns: str, **more: object) -> NearMatch:
    (found,) = near(text, *patterns, **more)  # type: ignore[arg-type]
    return found


def words(found: NearMatch, text: str) -> str:
    """The words where a missing piece would stand."""
    folded = fold(FILLER + text).text
    return folded[found.place.start : found.place.end]


# ── a gap that does not reach ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("apart", "told"), [(2, False), (3, True), (10, True), (11, False)])
def test_a_gap_is_near_up_to_three_times_its_limit_and_four(apart: int, told: bool) -> None:
    text = f"{A}{PAD[:apart]}{B}。"
    found = near(text, f"{A} …{{2}} {B}")
    assert len(found) == told
    if told:
        assert (found[0].kind, found[0].blocked, found[0].apart) == ("gap", "…{2}", apart)
        assert found[0].change == f"{A} …{{{apart}}} {B}"
        assert found[0].remedy == Row((Literal(A), Gap(apart, "sentence"), Literal(B)))


def test_pieces_that_should_touch() -> None:
    found = one_near(f"{A}的{B}。", f"{A} {B}")
    assert (found.kind, found.blocked, found.apart, found.change) == ("gap", "", 1, f"{A} …{{1}} {B}")
    assert len(near(f"{A}{PAD[:4]}{B}。", f"{A} {B}")) == 1
    assert near(f"{A}{PAD[:5]}{B}。", f"{A} {B}") == []


def test_quotation_marks_are_no_distance() -> None:
    assert one_near(f"{A}“某些”别{B}。", f"{A} …{{2}} {B}").apart == 3


def test_the_end_of_a_clause_is_told_where_the_gap_would_reach() -> None:
    found = one_near(f"{A}某些，别的{B}。", f"{A} ~{{8}} {B}")
    assert (found.kind, found.blocked, found.apart) == ("clauses", "~{8}", 5)
    assert found.change == f"{A} …{{8}} {B}"
    assert found.remedy == Row((Literal(A), Gap(8, "sentence"), Literal(B)))


def test_a_gap_in_one_clause_stays_one_where_only_its_length_fails() -> None:
    found = one_near(f"{A}{PAD[:5]}{B}。", f"{A} ~{{3}} {B}")
    assert (found.kind, found.change) == ("gap", f"{A} ~{{5}} {B}")


def test_too_far_and_over_the_end_of_a_clause_is_farther() -> None:
    inside = one_near(f"{A}{PAD[:6]}{B}。", f"{A} ~{{3}} {B}")
    crossing = one_near(f"{A}{PAD[:3]}，{PAD[3:5]}{B}。", f"{A} ~{{3}} {B}")
    assert (inside.kind, crossing.kind) == ("gap", "gap")
    assert inside.apart == crossing.apart == 6
    assert crossing.closeness == pytest.approx(0.8 * inside.closeness, abs=2e-4)
    over = one_near(f"{A}{PAD[:3]}，{PAD[3:5]}{B}。", f"{A} …{{3}} {B}")
    assert over.closeness == inside.closeness  # a gap that may cross has one fault


def test_the_farther_the_less_near() -> None:
    close, far = (one_near(f"{A}{PAD[:n]}{B}。", f"{A} …{{4}} {B}").closeness for n in (5, 12))
    at_limit = FACTORS["gap"]
    assert close == pytest.approx(at_limit * 12 / 13, abs=0.02)
    assert far / close == pytest.approx(13 / 20, abs=0.02)


def test_the_gap_that_fails_is_named() -> None:
    pattern = f"{A} …{{1}} {B} …{{2}} {C}"
    found = one_near(f"{A}某{B}{PAD[:6]}{C}。", pattern)
    assert (found.blocked, found.change) == ("…{2}", f"{B} …{{6}} {C}")
    found = one_near(f"{A}某些{B}某些{C}。", pattern)
    assert (found.blocked, found.change) == ("…{1}", f"{A} …{{2}} {B}")
    assert near(f"{A}某些{B}某些东{C}。", pattern) == []  # two faults


# ── the end of a sentence ────────────────────────────────────────────────────────────────────────


def test_the_end_of_a_sentence_in_between() -> None:
    found = one_near(f"某些{A}。别的{B}。", f"{A} …{{6}} {B}")
    assert (found.kind, found.apart, found.change) == ("sentences", 3, "")
    assert found.sentences[1] == found.sentences[0] + 1
    assert near(f"某些{A}。{PAD[:6]}{B}。", f"{A} …{{6}} {B}") == []  # and too far
    assert near(f"某些{A}。然而。别的{B}。", f"{A} …{{12}} {B}") == []  # a whole sentence between
    assert near(f"某些{A}。\n别的{B}。", f"{A} …{{12}} {B}") == []  # another paragraph


# ── another order ────────────────────────────────────────────────────────────────────────────────


def test_two_neighbours_the_other_way_round() -> None:
    found = one_near(f"{B}某些{A}。", f"{A} …{{4}} {B}")
    assert (found.kind, found.apart, found.blocked) == ("order", 0, f"{A} … {B}")
    assert found.change == f"{B} … {A}"
    assert [one.piece for one in found.pieces] == [B, A]
    assert found.remedy == Row((Literal(B), Gap(4), Literal(A)))
    assert near(f"{B}{PAD[:5]}{A}。", f"{A} …{{4}} {B}") == []  # and too far


def test_the_last_two_of_three_the_other_way_round() -> None:
    found = one_near(f"{A}某{C}些{B}。", f"{A} …{{2}} {B} …{{2}} {C}")
    assert (found.kind, found.blocked, found.change) == ("order", f"{B} … {C}", f"{C} … {B}")
    assert [one.piece for one in found.pieces] == [A, C, B]
    found = one_near(f"{B}某{A}些{C}。", f"{A} …{{2}} {B} …{{2}} {C}")
    assert (found.kind, found.change) == ("order", f"{B} … {A}")
    assert [one.piece for one in found.pieces] == [B, A, C]


# ── a piece that is missing ──────────────────────────────────────────────────────────────────────


def test_what_stands_where_a_piece_is_missing() -> None:
    pattern = f"{A} …{{3}} {B} …{{3}} {C}"
    for text, missing, place in (
        (f"{A}某些东西{C}。", B, "某些东西"),
        (f"{A}{C}。", B, ""),
        (f"首先{PAD}{B}某些{C}。", A, PAD[-12:]),
        (f"首先，新添{B}某些{C}。", A, "新添"),
        (f"{A}某些{B}{PAD}。", C, PAD[:12]),
        (f"{A}某些{B}新添，再说。", C, "新添,"),
    ):
        found = one_near(text, pattern)
        assert (found.kind, found.blocked, words(found, text)) == ("missing", missing, place), text
        assert (found.apart, found.change) == (0, "")


@pytest.mark.parametrize(
    ("middle", "gaps", "reach"),
    [
        (B, ("…{3}", "…{2}"), 9),  # both gaps, and four characters
        ("巡回借阅服务", ("…{3}", "…{2}"), 11),  # and six
        ("借阅", ("…{3}", "…{2}"), 9),  # and never less than four
        (B, ("", "…{2}"), 6),
    ],
)
def test_where_a_piece_is_missing_its_gaps_and_room_for_it_remain(
    middle: str, gaps: tuple[str, str], reach: int
) -> None:
    pattern = f"{A} {gaps[0]} {middle} {gaps[1]} {C}"
    found = one_near(f"{A}{PAD[:reach]}{C}。", pattern)
    assert (found.kind, found.blocked) == ("missing", middle)
    assert found.remedy == Row((Literal(A), Gap(reach), Literal(C)))
    assert near(f"{A}{PAD[: reach + 1]}{C}。", pattern) == []


def test_other_gaps_are_no_wider_where_a_piece_is_missing() -> None:
    pattern = f"{A} …{{2}} {B} …{{2}} {C} …{{2}} 全民阅读"
    assert one_near(f"{A}某些东西{C}某些全民阅读。", pattern).blocked == B
    assert near(f"{A}某些东西{C}某些东全民阅读。", pattern) == []
    assert one_near(f"{A}某些{B}某些东西全民阅读。", pattern).blocked == C
    assert near(f"{A}某些东{B}某些东西全民阅读。", pattern) == []
    assert one_near(f"{B}某些{C}某些全民阅读。", pattern).blocked == A
    assert near(f"{B}某些{C}某些东全民阅读。", pattern) == []


def test_a_missing_piece_and_a_clause_that_ends() -> None:
    pattern = f"{A} ~{{4}} {B} …{{4}} {C}"
    assert one_near(f"{A}某些{C}。", pattern).blocked == B
    assert near(f"{A}某，些{C}。", pattern) == []
    assert one_near(f"{A}某，些{C}。", f"{A} …{{4}} {B} …{{4}} {C}").blocked == B


def test_what_touches_where_a_piece_is_missing_touches_in_the_remedy() -> None:
    found = one_near(f"{A}{C}。", f"{A} …{{3}} {B} …{{3}} {C}")
    assert found.remedy == Row((Literal(A), Gap(0), Literal(C)))


def test_two_missing_pieces_are_too_many() -> None:
    assert near(f"首先{A}某些。", f"{A} …{{3}} {B} …{{3}} {C}") == []


def test_an_optional_piece_is_never_missing() -> None:
    pattern = f"{A} [{B}] …{{2}} {C}"
    assert {one.blocked for one in near(f"{A}{PAD[:6]}{C}。", pattern)} == {"…{2}"}


def test_pieces_that_meet_by_chance() -> None:
    """Common pieces that meet without a third say nothing; a long and rare one among them does."""
    few = "".join(f"{one}。" for one in FILLER.split("。")[:6])
    pattern = "{} …{{3}} {} …{{3}} 书香"
    for first, second, told in (
        ("漂流", "借阅", False),
        ("漂流屋", "借阅点", False),
        ("漂流书屋", "借阅点", True),
        ("漂流屋", "流动借阅点", True),
    ):
        text = f"说到{first}。又有{second}。{first}某些{second}。"
        assert len(near(text, pattern.format(first, second), filler=few)) == told, first
    often = "说到漂流书屋。又有漂流书屋。又有借阅点。借阅点又有。漂流书屋某些借阅点。"
    assert near(often, pattern.format("漂流书屋", "借阅点"), filler=few) == []  # three times is not rare


# ── parts of one clause ──────────────────────────────────────────────────────────────────────────


def test_parts_of_a_clause_that_stand_in_two() -> None:
    found = one_near(f"{A}某些，别的{B}。", f"{A} & {B}")
    assert (found.kind, found.blocked, found.apart) == ("clauses", "&", 5)
    assert found.change == f"{A} …{{5}} {B}"
    found = one_near(f"{B}某些，别的{A}。", f"{A} & {B}")
    assert [one.piece for one in found.pieces] == [B, A]
    assert found.change == f"{B} …{{5}} {A}"


def test_of_three_parts_the_widest_distance_is_told() -> None:
    found = one_near(f"{A}某，些{B}别的东西，其余{C}。", f"{A} & {B} & {C}")
    assert (found.kind, found.apart) == ("clauses", 7)
    assert found.remedy == Row((Literal(A), Gap(3), Literal(B), Gap(7), Literal(C)))


def test_a_part_that_is_missing() -> None:
    found = one_near(f"{C}某些{A}，别的。", f"{A} & {B} & {C}")
    assert (found.kind, found.blocked) == ("missing", B)
    assert [one.found for one in found.pieces] == [C, A] or {one.found for one in found.pieces} == {A, C}
    assert near(f"{C}某些，{A}别的。", f"{A} & {B} & {C}") == []  # and the others in two clauses


# ── what is not told ─────────────────────────────────────────────────────────────────────────────


def test_a_single_character_beside_the_fault_says_nothing() -> None:
    for text, pattern in (
        (f"联{PAD[:3]}{A}。", f"联 …{{2}} {A}"),
        (f"{A}{PAD[:3]}联。", f"{A} …{{2}} 联"),
        (f"联某些，别的{A}。", f"联 & {A}"),
        (f"{A}某些联。", f"联 …{{2}} {A}"),
    ):
        (found,) = near(text, pattern)
        assert (found.kind, found.blocked) == ("missing", "联"), text  # all that is told: the rest stands
        (found,) = near(text.replace("联", "联农"), pattern.replace("联", "联农"))
        assert found.kind != "missing", text
    found = one_near(f"联{A}{PAD[:4]}{B}。", f"联 …{{2}} {A} …{{2}} {B}")
    assert (found.kind, found.blocked) == ("gap", "…{2}")  # farther off it stands as it should
    assert (
        one_near(f"联{A}某些。", f"联 …{{2}} {A} …{{2}} 借阅").pieces[0].found == "联"
    )  # beside what is missing


@pytest.mark.parametrize(
    ("scope", "text", "told"),
    [
        ("sentence", f"首先，{A}{PAD[:5]}{B}，取消。", False),
        ("sentence", f"取消。{A}{PAD[:5]}{B}。", True),
        ("clause", f"首先，{A}{PAD[:5]}{B}，取消。", True),
        ("clause", f"首先，{A}{PAD[:5]}{B}取消，再说。", False),
        ("clause", f"取消{A}{PAD[:5]}{B}，再说。", False),
        ("overlap", f"{A}{PAD[:5]}{B}取消。", True),
        ("overlap", f"取消{A}{PAD[:5]}{B}。", True),
        ("overlap", f"{A}某取消些{B}。", False),
    ],
)
def test_what_an_exclusion_would_strike_is_not_told(scope: str, text: str, told: bool) -> None:
    found = near(text, f"{A} …{{3}} {B}", exclude=[lab.exclusion("取消", scope)])
    assert len(found) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"取消，{A}。{B}好。", False),
        (f"{A}。{B}取消。", False),
        (f"取消了。{A}。{B}好。", True),
        (f"{A}。{B}好。取消。", True),
    ],
)
def test_an_exclusion_strikes_over_both_sentences(text: str, told: bool) -> None:
    found = near(text, f"{A} …{{4}} {B}", exclude=[lab.exclusion("取消", "sentence")])
    assert [one.kind for one in found] == ["sentences"] * told


def test_what_a_match_holds_is_not_told() -> None:
    one = lab.measure(f"{A} …{{4}} {B}", f"{B} …{{2}} {C}")
    folded = fold(FILLER + f"{A}某些{B}{PAD[:5]}{C}。").text
    cut = segment(folded, ())
    (match,) = find_matches(lab.program(one), folded, cut)[0]
    finder = NearFinder.of(one, lab.DEFAULT)
    assert [n.blocked for n in finder.find(folded, cut)] == ["…{2}"]
    assert finder.find(folded, cut, [match.folded_span]) == []
    beside = Span(match.folded_span.start - 5, match.folded_span.start)
    assert len(finder.find(folded, cut, [beside])) == 1


def test_what_is_longer_than_a_match_may_be_is_not_told() -> None:
    text = f"{A}{PAD[:10]}{B}。"  # 18 characters
    one = lab.measure(f"{A} …{{6}} {B}")
    assert len(_near(one, text, settings=Settings(max_match_characters=18))) == 1
    assert _near(one, text, settings=Settings(max_match_characters=17)) == []


def test_masked_sentences_are_passed_over() -> None:
    from polcmp.model.document import Mask

    folded = fold(FILLER + f"\n{A}{PAD[:3]}{B}。").text
    start = folded.index(A)
    finder = NearFinder.of(lab.measure(f"{A} …{{2}} {B}"), lab.DEFAULT)
    assert len(finder.find(folded, segment(folded, ()))) == 1
    assert finder.find(folded, segment(folded, (Mask(Span(start, len(folded)), "r"),))) == []


# ── which goes first ─────────────────────────────────────────────────────────────────────────────


def test_one_of_each_sentence_the_closest_first() -> None:
    text = f"{A}{PAD[:9]}{B}。{A}{PAD[:5]}{B}。{B}某{A}{PAD[:7]}{B}。"
    found = near(text, f"{A} …{{4}} {B}")
    assert [(one.kind, one.apart) for one in found] == [("gap", 5), ("gap", 7), ("gap", 9)]
    assert [one.closeness for one in found] == sorted((one.closeness for one in found), reverse=True)
    assert len({one.sentences for one in found}) == 3


def test_the_pattern_that_is_closest_is_told() -> None:
    text = f"{A}{PAD[:6]}{B}。"
    found = one_near(text, f"{A} …{{2}} {B}", f"{A} …{{5}} {B}", f"{A} …{{3}} {B}")
    assert found.pattern == f"{A} …{{5}} {B}"


def test_a_pattern_of_one_piece_is_never_near() -> None:
    assert near(f"{A}某些。", A) == near(f"{A}某些。", f"{A}|{B}") == []


def test_a_piece_that_stands_twice_on_end_is_two() -> None:
    found = one_near(f"{A}{A}{PAD[:4]}{B}。", f"{A} …{{2}} {B}")
    assert [one.found for one in found.pieces] == [A, B] and found.apart == 4


def test_edits_that_the_run_allows_are_allowed() -> None:
    found = one_near(f"图书漂留活动{PAD[:3]}{B}。", f"图书漂流活动 …{{2}} {B}")
    assert found.pieces[0].found == "图书漂留活动"
