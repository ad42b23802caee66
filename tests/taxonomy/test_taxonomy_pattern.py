"""The pattern notation: every element, every spelling, and what no text may do to the parser."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from polcmp.errors import TaxonomyError
from polcmp.model.taxonomy import Choice, Gap, Literal, Maybe, Node, Row, Slot, Together
from polcmp.taxonomy import parse_pattern
from polcmp.taxonomy.pattern import LONGEST_GAP
from polcmp.taxonomy.trees import Gauge, notation

A, B, C = Literal("选派"), Literal("干部"), Literal("书记")
CADRE = Choice((Literal("第一书记"), Literal("驻村干部")), "cadre")
LISTS = {"cadre": CADRE}


def parse(text: str) -> Node:
    return parse_pattern(text, gap=12, lists=LISTS)


@pytest.mark.parametrize(
    ("pattern", "tree"),
    [
        ("选派", A),
        (" 選派 ", A),
        ("=选派", Literal("选派", exact=True)),
        ("第一书!记", Literal("第一书记", frozenset({2}))),
        ("第!一书记!", Literal("第一书记", frozenset({0, 3}))),
        ("選派 幹部", Row((A, B))),
        ("选派|干部", Choice((A, B))),
        ("选派 | 干部", Choice((A, B))),
        ("选派 干部|书记", Row((A, Choice((B, C))))),
        ("(选派 干部)|书记", Choice((Row((A, B)), C))),
        ("选派|(干部|书记)", Choice((A, B, C))),
        ("((选派))", A),
        ("(选派 干部) 书记", Row((A, B, C))),
        ("选派 <cadre>", Row((A, CADRE))),
        ("<cadre>|干部", Choice((CADRE, B))),
        ("< cadre >", CADRE),
        ("<number>名|个", Row((Slot("number"), Choice((Literal("名"), Literal("个")))))),
        ("<percent> … <money>", Row((Slot("percent"), Gap(12), Slot("money")))),
        ("选派…干部", Row((A, Gap(12), B))),
        ("选派 …… 干部", Row((A, Gap(12), B))),
        ("选派...干部", Row((A, Gap(12), B))),
        ("选派⋯干部", Row((A, Gap(12), B))),
        ("选派~干部", Row((A, Gap(12, "clause"), B))),
        ("选派 …{20} 干部", Row((A, Gap(20), B))),
        ("选派~{0}干部", Row((A, Gap(0, "clause"), B))),
        ("选派 ～｛6｝ 干部".replace("｛6｝", "{6}"), Row((A, Gap(6, "clause"), B))),
        ("选派～｛６｝干部", Row((A, Gap(6, "clause"), B))),
        ("[选派] 干部", Row((Maybe(A), B))),
        ("选派 [… 干部]".replace("… ", ""), Row((A, Maybe(B)))),
        ("选派 [干部 ~ 书记]", Row((A, Maybe(Row((B, Gap(12, "clause"), C)))))),
        ("[选派|干部] 书记", Row((Maybe(Choice((A, B))), C))),
        ("选派 & 干部 & 书记", Together((A, B, C))),
        ("选派 干部 & 书记|选派", Together((Row((A, B)), Choice((C, A))))),
        ("（选派｜干部）＆＜cadre＞", Together((Choice((A, B)), CADRE))),
        (r"\(选派\)", Literal("(选派)")),
        (r"A\|B", Literal("A|B")),
        (r"\=选派\!", Literal("=选派!")),
        (r"选派\\", Literal("选派\\")),
        ("选=派", Literal("选=派")),
        ("a.b", Literal("a.b")),
        ("public private  partnership", Literal("public private partnership")),
        ("low carbon|green", Row((Literal("low"), Choice((Literal("carbon"), Literal("green")))))),
        (r"low\ carbon|green", Choice((Literal("low carbon"), Literal("green")))),
        ("PPP 模式", Row((Literal("PPP"), Literal("模式")))),
        ("ＰＰＰ模式", Literal("PPP模式")),
    ],
)
def test_notation(pattern: str, tree: Node) -> None:
    assert parse(pattern) == tree
    assert parse(notation(tree)) == tree


def test_marks_follow_the_fold() -> None:
    """A pinyin note inside a phrase is folded away; the mark stays at its character."""
    assert parse(r"經\(jīng\)濟合作!社") == Literal("经济合作社", frozenset({3}))


def test_a_phrase_is_one_object() -> None:
    tree = parse("选派 … 选派")
    assert isinstance(tree, Row) and tree.items[0] is tree.items[2]


def test_every_problem_of_a_pattern_is_told() -> None:
    with pytest.raises(TaxonomyError) as caught:
        parse("… <nobody> ~ ~ 干部 <none>")
    assert [fault.code for fault in caught.value.faults] == ["P223", "P230", "P224", "P230"]  # type: ignore[attr-defined]


def test_message_of_a_pattern_given_as_text() -> None:
    with pytest.raises(TaxonomyError) as caught:
        parse("选派 (干部")
    assert str(caught.value).splitlines()[:3] == [
        "pattern:1:4: P221 `(` is never closed",
        "    1 | 选派 (干部",
        "      |      ^",
    ]


def test_deep_brackets_are_refused_not_followed() -> None:
    with pytest.raises(TaxonomyError, match="P229"):
        parse("[(" * 50_000)


MARKS = [*"|&()[]<>…~=!\\{}. \n\t｜＆（）［］＜＞！～＝＼｛｝⋯", "...", "{3}", "<cadre>", "<number>", "<x>"]
TEXTS = st.text() | st.lists(st.sampled_from([*MARKS, "选", "派", "a", "1", "干部"]), max_size=14).map(
    "".join
)


@settings(max_examples=600)
@given(TEXTS)
@example("(=⋯)")
def test_no_text_raises_anything_but_a_fault(text: str) -> None:
    try:
        tree = parse(text)
    except TaxonomyError as error:
        assert error.faults
        for fault in error.faults:
            assert fault.code.startswith("P2") and fault.line >= 1  # type: ignore[attr-defined]
            assert str(fault)
    else:
        assert well_formed(tree)


@settings(max_examples=600)
@given(st.lists(st.sampled_from([*MARKS, "选", "派", "a", "1", "干部", "!"]), max_size=14).map("".join))
def test_notation_and_parser_are_inverse(text: str) -> None:
    try:
        tree = parse(text)
    except TaxonomyError:
        return
    written = notation(tree)
    assert parse(written) == tree
    assert notation(parse(written)) == written


def well_formed(node: Node | Gap, *, top: bool = True) -> bool:
    """The promises of `polcmp.model.taxonomy` on trees."""
    if isinstance(node, Literal):
        return bool(node.text) and all(0 <= at < len(node.text) for at in node.fixed)
    if isinstance(node, Gap):
        return 0 <= node.characters <= LONGEST_GAP and node.scope in ("sentence", "clause")
    if isinstance(node, Slot):
        return node.kind in ("number", "percent", "money")
    if isinstance(node, Maybe):
        return not isinstance(node.node, Maybe) and well_formed(node.node, top=False)
    if isinstance(node, Choice):
        return all(not isinstance(o, (Maybe, Together)) and well_formed(o, top=False) for o in node.options)
    if isinstance(node, Together):
        return top and len(node.parts) > 1 and all(well_formed(part, top=False) for part in node.parts)
    kinds = [type(item) for item in node.items]
    return (
        len(kinds) > 1
        and Gap not in (kinds[0], kinds[-1])
        and (Gap, Gap) not in pairwise(kinds)
        and any(kind not in (Gap, Maybe) for kind in kinds)
        and all(not isinstance(i, (Row, Together)) and well_formed(i, top=False) for i in node.items)
    )


@pytest.mark.parametrize(
    ("pattern", "size", "needs", "shortest"),
    [
        ("选派", 1, 2, "选派"),
        ("选派 <cadre>", 3, 6, "选派第一书记"),
        ("<number> 名", 2, 2, "名"),
        ("[选派] … 干部|我", 4, 1, "我"),
        ("选派 & 干部", 2, 2, "选派干部"),
    ],
)
def test_gauge(pattern: str, size: int, needs: int, shortest: str) -> None:
    assert Gauge().extent(parse(pattern)) == (size, needs, shortest)
