"""Patterns taken apart for near misses: their pieces, names and lengths; where a missing one would stand."""

from __future__ import annotations

import pytest
from match_lab import DEFAULT, measure, pattern, words

from polcmp.match.near import NearFinder
from polcmp.match.shapes import gap_notation, is_figure, notation, shapes_of, usual_length, wider
from polcmp.model.explanation import NearMatch
from polcmp.model.taxonomy import Gap
from polcmp.segment import segment
from polcmp.taxonomy import parse_pattern
from polcmp.text.fold import fold

LISTS = words(send="选派 派出 下派 委派", post="干部 书记")


def pieces(source: str) -> list[tuple[str, ...]]:
    """The shapes of a pattern, each piece with the gap before it."""
    shapes = shapes_of(measure(pattern(source, LISTS)))
    return [
        tuple((gap_notation(step.gap) if step.gap else "") + notation(step.node) for step in shape.steps)
        for shape in shapes
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("选派干部", []),
        ("<send> …{6} <post>", [("<send>", "…{6}<post>")]),
        ("<number> 名 ~{4} <post>", [("<number> 名", "~{4}<post>")]),
        ("选派 <number> 名 ~{4} <post>", [("选派 <number> 名", "~{4}<post>")]),
        ("(选派 …{2} 驻村)|(委派 …{3} 下乡)", [("选派", "…{2}驻村"), ("委派", "…{3}下乡")]),
        ("(选派 …{2} 驻村)|下派", [("选派", "…{2}驻村")]),
        ("选派 & 干部 & <number>", [("选派", "干部", "<number>")]),
        ("选派 …{2} [优秀] ~{5} 干部", [("选派", "…{2}优秀", "~{5}干部"), ("选派", "~{5}干部")]),
        ("选派 …{9} [优秀] …{5} 干部", [("选派", "…{9}优秀", "…{5}干部"), ("选派", "…{9}干部")]),
        ("[统一] 选派 …{3} 干部", [("统一", "选派", "…{3}干部"), ("选派", "…{3}干部")]),
    ],
)
def test_a_pattern_is_taken_apart(source: str, expected: list[tuple[str, ...]]) -> None:
    assert pieces(source) == expected


@pytest.mark.parametrize(
    ("source", "name", "length"),
    [
        ("第一书记", "第一书记", 4),
        ("<number>", "<number>", 2),
        ("<post>", "<post>", 2),
        ("名|人|位|个人", "名|人|位|…", 1),
        ("名|位", "名|位", 1),
        ("名|个人|负责人员", "名|个人|负责人员", 2),
        ("选派 ~{3} 干部", "选派 ~{3} 干部", 4),
        ("选派 [优秀] 干部", "选派 [优秀] 干部", 4),
        ("选派 & 第一书记", "选派 & 第一书记", 6),
    ],
)
def test_a_piece_has_a_name_and_a_length(source: str, name: str, length: int) -> None:
    node = parse_pattern(source, lists=LISTS)
    assert (notation(node), usual_length(node)) == (name, length)


def test_what_may_be_a_figure() -> None:
    assert is_figure(parse_pattern("<number>")) and is_figure(parse_pattern("数名|<number>"))
    assert not is_figure(parse_pattern("数名")) and not is_figure(parse_pattern("<number> 名"))


def test_the_wider_of_two_gaps() -> None:
    clause, sentence = Gap(8, "clause"), Gap(3, "sentence")
    assert wider(clause, sentence) == wider(sentence, clause) == Gap(8, "clause")
    assert wider(sentence, Gap(4, "sentence")) == Gap(4, "sentence")
    assert wider(None, clause) == wider(clause, None) == clause
    assert wider(None, None) is None


# ── what is near, by rules that the cells of reports seldom touch ────────────────────────────────


def near(source: str, text: str) -> list[NearMatch]:
    folded = fold(text).text
    return NearFinder.of(measure(pattern(source, LISTS)), DEFAULT).find(folded, segment(folded, ()))


FILLER = "今年全县各项工作有序推进。" * 6


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("全县委派专业技术团队前往偏远山区各个村庄蹲点。", (10, 22)),
        ("全县委派专业技术团队，成效很好。", (10, 11)),
        ("今年全县统筹安排优秀青年人才与专业技术团队驻村帮扶。", (3, 15)),
        ("当前，与专业技术团队驻村帮扶。", (3, 4)),
        ("全县委派工作人员驻村帮扶。", (4, 8)),
    ],
)
def test_where_a_missing_piece_would_stand(text: str, place: tuple[int, int]) -> None:
    """Between its neighbours, or beside the one that stands: at most 12 characters of its clause."""
    (found,) = near("委派 ~{4} 专业技术团队 ~{4} 驻村帮扶", text + FILLER)
    assert found.kind == "missing"
    assert tuple(found.place) == place


def test_farther_is_less_close_until_it_is_not_near() -> None:
    closeness = []
    for apart in (5, 6, 8, 17):
        text = f"全县委派{'各' * apart}专业技术团队。" + FILLER
        found = [one for one in near("委派 …{4} 专业技术团队", text) if one.kind == "gap"]
        closeness.append(found[0].closeness if found else 0.0)
        assert not found or (found[0].apart, found[0].blocked) == (apart, "…{4}")
    assert closeness[0] > closeness[1] > closeness[2] > closeness[3] == 0.0


def test_no_two_in_one_sentence_and_the_closest_first() -> None:
    two = f"全县委派{'各' * 9}专业技术团队，又委派{'各' * 6}专业技术团队。"
    text = f"{two}{FILLER}再委派{'各' * 5}专业技术团队。"
    found = near("委派 …{4} 专业技术团队", text)
    assert [one.apart for one in found] == [5, 6]
    assert found[0].closeness > found[1].closeness
