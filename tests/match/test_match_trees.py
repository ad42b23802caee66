"""Every element of the notation, on sentences; rows against a search of every way; anchors lose nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from match_lab import exclusion, measure, one_match, pattern, program, quotes, search, unanchored, words

from polcmp.load.encoding import decode
from polcmp.match import compile_taxonomy, find_matches
from polcmp.match.compiler import TreeCompiler
from polcmp.match.phrases import PhraseFinder
from polcmp.match.scene import Scene
from polcmp.match.trees import stand
from polcmp.match.view import look_through_quotes
from polcmp.model.document import Mask
from polcmp.model.mention import Match
from polcmp.model.taxonomy import Choice, Gap, Literal, Maybe, Node, Row
from polcmp.segment import segment
from polcmp.segment.sentences import clauses_of
from polcmp.settings import Settings
from polcmp.taxonomy import load_taxonomy
from polcmp.text.fold import fold
from polcmp.text.readings import reading_key
from polcmp.text.span import Span

CHECKOUT = Path(__file__).parent.parent.parent
LOW = Settings(min_score=0.0)
"""So that gap charges hide nothing."""


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        # a row touches
        ("选派 干部", "全县选派干部", ["选派干部"]),
        ("选派 干部", "全县选派了干部", []),
        ("选派 干部", "干部选派", []),
        # alternatives, beside each other and in brackets
        ("按年 支付|返还", "按年返还收益", ["按年返还"]),
        ("按年 支付|返还", "按年支付收益", ["按年支付"]),
        ("按年 支付|返还", "按年收取收益", []),
        ("(选派 干部)|工作队", "工作队进村,选派干部", ["工作队", "选派干部"]),
        # a gap within the sentence
        ("选派 … 书记", "选派好干部,担任书记", ["选派好干部,担任书记"]),
        ("选派 … 书记", "选派书记", ["选派书记"]),
        ("选派 … 书记", "选派好干部。担任书记", []),
        ("选派 ... 书记", "选派优秀书记", ["选派优秀书记"]),
        ("选派 …{2} 书记", "选派优秀书记", ["选派优秀书记"]),
        ("选派 …{1} 书记", "选派优秀书记", []),
        ("选派 …{0} 书记", "选派书记", ["选派书记"]),
        # a gap within the clause
        ("选派 ~ 书记", "选派优秀书记", ["选派优秀书记"]),
        ("选派 ~ 书记", "选派好干部,担任书记", []),
        ("选派 ~ 书记", "选派好干部、好书记", ["选派好干部、好书记"]),
        ("选派 ~{1} 书记", "选派优秀书记", []),
        ("选派 ~{2} 书记", "选派优秀书记", ["选派优秀书记"]),
        # an optional piece
        ("[精准] 选派 干部", "精准选派干部", ["精准选派干部"]),
        ("[精准] 选派 干部", "择优选派干部", ["选派干部"]),
        ("选派 [优秀] 干部", "选派优秀干部", ["选派优秀干部"]),
        ("选派 [优秀] 干部", "选派年轻干部", []),
        ("选派 干部 [驻村]", "选派干部驻村", ["选派干部驻村"]),
        ("选派 ~{2} [优秀] ~{2} 干部", "选派年轻干部", ["选派年轻干部"]),
        ("选派 ~{2} [优秀] ~{2} 干部", "选派一批优秀年轻干部", ["选派一批优秀年轻干部"]),
        ("选派 ~{2} [优秀] ~{2} 干部", "选派一批年轻干部", []),
        ("选派 ~{1} [优秀] ~{3} 干部", "选派一批新干部", ["选派一批新干部"]),  # the wider gap stays
        ("选派 ~{3} [优秀] ~{1} 干部", "选派一批新干部", ["选派一批新干部"]),
        ("选派 …{9} [优秀] …{9} 干部", "选派人才,都是干部", ["选派人才,都是干部"]),
        ("选派 …{9} [优秀] ~{9} 干部", "选派人才,都是干部", []),  # and the narrower scope
        ("选派 ~{9} [优秀] …{9} 干部", "选派人才,都是干部", []),
        ("选派 [优秀] ~{3} 干部", "选派一批干部", ["选派一批干部"]),
        # both in a clause, in either order
        ("入股 & 合作社", "土地入股到合作社", ["入股到合作社"]),
        ("入股 & 合作社", "合作社吸收土地入股", ["合作社吸收土地入股"]),
        ("入股 & 合作社", "土地入股,合作社分红", []),
        ("入股 & 合作社", "土地入股。合作社分红", []),
        ("甲乙 & 丙丁 & 戊己", "丙丁和戊己和甲乙", ["丙丁和戊己和甲乙"]),
        ("甲乙 & 丙丁 & 戊己", "丙丁和戊己", []),
        ("甲乙 & 乙丙", "甲乙丙", []),  # one character cannot serve both
        ("选派 干部 & 驻村", "驻村要选派干部", ["驻村要选派干部"]),
        # figures
        ("按 <percent> 分红", "按8%分红", ["按8%分红"]),
        ("按 <percent> 分红", "按百分之六分红", ["按百分之六分红"]),
        ("按 <percent> 分红", "按800元分红", []),
        ("<number> 名 干部", "派29名干部", ["29名干部"]),
        ("<number> 干部", "派29名干部", ["29名干部"]),
        ("<number> 干部", "派二十余名干部", ["二十余名干部"]),
        ("<number> 干部", "派XX名干部", []),
        ("分红 <money>", "分红5.5万元", ["分红5.5万元"]),
        ("分红 <money>", "分红5.5万股", []),
        ("<percent>", "增长8%", ["8%"]),
        # marks without their meaning
        (r"股份\(经济\)合作社", "成立股份(经济)合作社", ["股份(经济)合作社"]),
        ("public private partnership", "a public  private partnership here", ["public private partnership"]),
    ],
)  # fmt: skip
def test_notation(source: str, text: str, found: list[str]) -> None:
    assert quotes(text, source, settings=LOW) == found


def test_word_lists() -> None:
    lists = words(send="选派 下派", who="干部 第一书记")
    one = pattern("<send> ~ <who>", lists)
    assert quotes("选派好干部,下派第一书记", one) == ["选派好干部", "下派第一书记"]
    assert quotes("派干部", one) == []


@pytest.mark.parametrize("between", ["(注:见附表)", "《办法》", "1,200、9:40 "])
def test_what_cuts_no_clause(between: str) -> None:
    assert len(quotes(f"选派{between}干部", "选派 ~{20} 干部", settings=LOW)) == 1


def test_the_length_of_a_gap_counts_characters_looked_through() -> None:
    assert quotes('选派"优秀"书记', "选派 ~{2} 书记") == ['选派"优秀"书记']


def test_gaps_cost() -> None:
    charge = Settings().gap_charge_per_character
    assert one_match("选派干部", "选派 ~ 干部").score == 1.0
    assert one_match("选派优秀干部", "选派 ~ 干部").score == pytest.approx(1 - 2 * charge)
    long = one_match("选派" + "好" * 50 + "干部", "选派 ~{60} 干部", settings=LOW)
    assert long.score == pytest.approx(1 - min(Settings().gap_charge_limit, 50 * charge))
    far = one_match("选派" + "好" * 60 + "干部", "选派 ~{60} 干部", settings=LOW)
    assert far.score == pytest.approx(1 - Settings().gap_charge_limit)


def test_a_match_that_shows_little_is_charged() -> None:
    settings = Settings()
    for text in ("派", "包联", "选派好", "选派干部"):
        short = max(0, settings.full_weight - len(text)) * settings.short_charge_per_character
        assert one_match(text, text).score == pytest.approx(1 - short)
    assert one_match("29名", "<number>").score < one_match("29名干部", "<number> 干部").score


def test_a_missing_optional_piece_costs() -> None:
    charge = Settings().missing_piece_charge
    assert one_match("选派干部驻村", "选派 干部 [驻村]").score == 1.0
    assert one_match("选派干部", "选派 干部 [驻村]").score == pytest.approx(1 - charge)
    assert one_match("选派干部", "选派 [优秀] 干部 [驻村]").score == pytest.approx(1 - 2 * charge)


def test_a_missing_optional_piece_costs_at_the_beginning_too() -> None:
    charge = Settings().missing_piece_charge
    assert one_match("精准选派干部", "[精准] 选派 干部").score == 1.0
    assert one_match("选派干部", "[精准] 选派 干部").score == pytest.approx(1 - charge)
    assert one_match("选派干部", "[精准] [再] 选派 [好] 干部").score == pytest.approx(1 - 3 * charge)
    assert one_match("今年选派干部", "今年 [精准|再 选派] 选派 干部").score == pytest.approx(1 - charge)


def test_no_match_is_longer_than_allowed() -> None:
    text = "选派" + "好" * 6 + "干部"
    assert quotes(text, "选派 ~{60} 干部", settings=Settings(min_score=0, max_match_characters=10)) == [text]
    assert quotes(text, "选派 ~{60} 干部", settings=Settings(min_score=0, max_match_characters=9)) == []


def test_a_figure_alone_is_found_in_a_text_without_phrases() -> None:
    assert quotes("其他。增长8%。", "<percent>") == ["8%"]


# ── conditions ───────────────────────────────────────────────────────────────────────────────────


def test_unless_looks_at_the_clause() -> None:
    one = pattern("选派 … 干部", unless=["运动员", "招考"])
    assert quotes("选派好干部", one) == ["选派好干部"]
    assert quotes("选派运动员和干部", one) == []
    assert quotes("招考时选派干部", one) == []
    assert quotes("招考结束,选派干部", one) == ["选派干部"]
    _, dropped = search(program(measure(one)), "招考时选派干部")
    assert [(d.reason, d.detail) for d in dropped] == [("excluded", "unless of 选派 … 干部")]


def test_unless_looks_at_every_clause_of_the_match() -> None:
    one = pattern("选派 …{20} 干部", unless=["招考"])
    assert quotes("选派一批人,从招考中来,都是干部", one, settings=LOW) == []


def test_given_looks_at_the_document() -> None:
    one = pattern("队员 ~ <number>", given=["工作队", "帮扶队"])
    assert quotes("队员共5人。", one) == []
    assert quotes("队员共5人。县里有帮扶队。", one) == ["队员共5人"]
    assert quotes("县里有工作队。\n\n其他。\n\n队员共5人。", one) == ["队员共5人"]


def test_given_may_be_a_figure() -> None:
    one = pattern("分红", given=["<percent>"])
    assert quotes("年底分红。", one) == []
    assert quotes("年底按8%分红。", one) == ["分红"]


def test_given_may_be_a_figure_of_another_sentence() -> None:
    one = pattern("分红", given=["<percent>"])
    assert quotes("年底分红。利率是8%。", one) == ["分红"]
    assert quotes("利率是8%。其他。年底分红。", one) == ["分红"]
    assert quotes("全县有8个村。其他。年底分红。", one) == []


def test_given_does_not_count_boilerplate() -> None:
    text = "上一篇:乙县工作队下乡\n队员共5人。"
    folded = fold(text).text
    ready = program(measure(pattern("队员 ~ <number>", given=["工作队"])))
    masked = segment(folded, (Mask(Span(0, folded.index("\n")), "test"),))
    assert find_matches(ready, folded, masked)[0] == []
    assert len(find_matches(ready, folded, segment(folded, ()))[0]) == 1


@pytest.mark.parametrize(
    ("scope", "text", "counts"),
    [
        ("overlap", "土改时选派干部", True),
        ("overlap", "选派土改干部", False),
        ("clause", "土改时选派干部", False),
        ("clause", "土改时,选派干部", True),
        ("sentence", "土改时,选派干部", False),
        ("sentence", "土改时。选派干部", True),
    ],
)
def test_exclusions(scope: str, text: str, counts: bool) -> None:
    found = quotes(text, "选派 ~ 干部", exclude=[exclusion("土改", scope)])
    assert bool(found) == counts


def test_what_is_excluded_is_remembered() -> None:
    ready = program(measure("选派 ~ 干部", exclude=[exclusion("土改", "clause")]))
    matches, dropped = search(ready, "土改时选派干部")
    assert not matches
    assert [(d.reason, d.detail, d.match.pattern) for d in dropped] == [("excluded", "土改", "选派 ~ 干部")]


def test_an_exclusion_is_its_measure_s_own() -> None:
    ready = program(
        measure("选派 ~ 干部", exclude=[exclusion("土改", "clause")], id="a"), measure("选派 ~ 干部", id="b")
    )
    matches, _ = search(ready, "土改时选派干部")
    assert [m.measure for m in matches] == ["b"]


def test_an_exclusion_is_a_pattern_too() -> None:
    ready = measure("选派 ~ 干部|队员", exclude=[exclusion("招聘 … 教师", "clause")])
    assert len(search(program(ready), "招聘一批教师时选派干部")[0]) == 0
    assert len(search(program(ready), "教师招聘时选派干部")[0]) == 1


def test_what_scores_too_low_is_remembered() -> None:
    ready = program(measure("科技特派员"), settings=Settings(min_score=0.9))
    matches, dropped = search(ready, "科技特派团")
    assert not matches and [(d.reason, d.detail) for d in dropped] == [("below_cutoff", "0.9")]


# ── every way to walk a row, on texts short enough to try them all ───────────────────────────────


def spans(node: Node, text: str, clause: list[int]) -> set[tuple[int, int]]:
    """Every stretch where a tree stands, the slow way; `clause` numbers the clause of each character."""
    match node:
        case Literal():
            length = len(node.text)
            return {(s, s + length) for s in range(len(text)) if text.startswith(node.text, s)}
        case Choice():
            return {found for option in node.options for found in spans(option, text, clause)}
        case Maybe():
            return spans(node.node, text, clause)
        case Row():
            return walks(list(node.items), text, clause)
    raise AssertionError(node)


def walks(items: list[object], text: str, clause: list[int]) -> set[tuple[int, int]]:
    """Stretches of a row: of all choices of its optional pieces, a piece left out joining its gaps."""
    found = set()
    optional = [i for i, item in enumerate(items) if isinstance(item, Maybe)]
    for chosen in range(2 ** len(optional)):
        left_out = {i for bit, i in enumerate(optional) if not chosen >> bit & 1}
        reached: set[tuple[int, int]] | None = None
        gap: Gap | None = None
        for i, item in enumerate(items):
            if isinstance(item, Gap):
                gap = item if gap is None else wider(gap, item)
            elif i not in left_out:
                here = spans(item, text, clause)  # type: ignore[arg-type]
                if reached is None:
                    reached = here
                else:
                    reached = {(a, d) for a, b in reached for c, d in here if follows(b, c, gap, clause)}
                gap = None
        found |= reached or set()
    return found


def wider(a: Gap, b: Gap) -> Gap:
    return Gap(max(a.characters, b.characters), "clause" if "clause" in (a.scope, b.scope) else "sentence")


def follows(end: int, start: int, gap: Gap | None, clause: list[int]) -> bool:
    if gap is None:
        return start == end
    if not 0 <= start - end <= gap.characters:
        return False
    return gap.scope == "sentence" or clause[end - 1] == clause[start]


LITERALS = st.builds(Literal, st.text("甲乙丙", min_size=1, max_size=2), exact=st.just(True))
GAPS = st.builds(Gap, st.integers(0, 4), st.sampled_from(["sentence", "clause"]))


def rows(pieces: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    @st.composite
    def row(draw: st.DrawFn) -> Node:
        some = draw(st.lists(pieces, min_size=1, max_size=3))
        items: list[Node | Gap] = []
        kept = draw(st.integers(0, len(some) - 1))
        for i, piece in enumerate(some):
            if i and draw(st.booleans()):
                items.append(draw(GAPS))
            items.append(Maybe(piece) if i != kept and draw(st.booleans()) else piece)
        return Row(tuple(items))

    return row()


TREES: st.SearchStrategy[Node] = st.recursive(
    LITERALS,
    lambda inner: st.one_of(
        rows(inner), st.lists(inner, min_size=1, max_size=3).map(lambda some: Choice(tuple(some)))
    ),
    max_leaves=6,
)


@given(TREES, st.text("甲乙丙,", min_size=1, max_size=7))
def test_rows_and_choices_miss_nothing(tree: Node, text: str) -> None:
    compiler = TreeCompiler()
    evaluator = compiler.compile(tree)
    clauses = clauses_of(text, Span(0, len(text)))
    number = [n for n, clause in enumerate(clauses) for _ in range(clause.length)]
    verbatim, loose = PhraseFinder(compiler.phrases, Settings(), reading_key).find(text)
    assert not loose
    hits = {number: [hit for hit in verbatim if hit[0] == number] for number, _, _ in verbatim}
    scene = Scene(text, 0, len(text), [c.start for c in clauses], hits, {})
    found = stand(evaluator, scene)
    assert {(one.start, one.end) for one in found} == spans(tree, text, number)
    assert len({(one.start, one.end) for one in found}) == len(found)
    for one in found:  # the account of each stretch is right
        covered = {i for seen in one.seen for i in range(seen.start, seen.end)}
        assert one.gap == one.end - one.start - len(covered)
        assert min(covered) == one.start and max(covered) == one.end - 1


@given(
    st.lists(st.text("甲乙丙", min_size=1, max_size=2), min_size=2, max_size=2),
    st.text("甲乙丙,", min_size=1, max_size=8),
)
def test_two_parts_in_one_clause_are_always_found(parts: list[str], text: str) -> None:
    lengths = [clause.length for clause in clauses_of(text, Span(0, len(text)))]
    number = [n for n, length in enumerate(lengths) for _ in range(length)]
    first, second = ([(s, s + len(p)) for s in range(len(text)) if text.startswith(p, s)] for p in parts)
    together = any(
        (b <= c or d <= a) and len(set(number[min(a, c) : max(b, d)])) == 1
        for a, b in first
        for c, d in second
    )
    assert bool(quotes(text, " & ".join(parts), settings=LOW)) == together


# ── anchors: a rule is tried only where one of its phrases stands; that must lose nothing ────────


SOURCES = [
    "甲乙 … 丙丁", "甲乙|丙丁 ~ 戊己", "[甲乙] 丙丁", "甲乙 & 丙丁", "<number> ~ 甲乙", "<percent>",
    "<number> 丙丁|<money>",
    "(甲乙 丙丁)|戊己", "甲乙丙丁戊己", "[<number>] 甲乙", "甲 … 乙 … 丙", "<number> & <money>",
]  # fmt: skip
NEEDING_A_PHRASE = [one for one in SOURCES if not one.startswith("<") or "甲乙" in one]
"""What may be `given`: figures alone are looked for in sentences that hold a phrase, and there only."""
NOISE = st.sampled_from(
    [
        "甲乙",
        "丙丁",
        "戊己",
        "甲",
        "乙",
        "丙",
        "甲乙丙丁戊己",
        "甲乙丙丁戊庚",
        "29名",
        "8%",
        "5万元",
        "。",
        ",",
        "\n",
        "而",
        "工作",
    ]
)


def same(text: str, *patterns: object, **more: object) -> None:
    made = [measure(*patterns, **more)]  # type: ignore[arg-type]
    assert search(unanchored(program(*made, settings=LOW)), text) == search(
        program(*made, settings=LOW), text
    )


@given(
    st.lists(st.sampled_from(SOURCES), min_size=1, max_size=4, unique=True),
    st.lists(st.sampled_from(NEEDING_A_PHRASE), max_size=2),
    st.lists(st.sampled_from(SOURCES), max_size=1),
    st.lists(
        st.tuples(st.sampled_from(SOURCES), st.sampled_from(["overlap", "clause", "sentence"])), max_size=2
    ),
    st.lists(NOISE, max_size=14).map("".join),
)
def test_anchors_lose_nothing(
    sources: list[str], given_: list[str], unless: list[str], excluded: list[tuple[str, str]], text: str
) -> None:
    patterns = [pattern(one, given=given_, unless=unless) for one in sources]
    same(text, *patterns, exclude=[exclusion(*one) for one in excluded])


@pytest.mark.parametrize("path", sorted((CHECKOUT / "seeds").glob("*.txt")), ids=lambda path: path.name[:3])
def test_anchors_lose_nothing_of_the_default_taxonomy(path: Path) -> None:
    taxonomy = load_taxonomy(CHECKOUT / "measures.yaml")
    text = fold(decode(path.read_bytes(), str(path)).text).text
    cut = segment(text, ())
    anchored = find_matches(compile_taxonomy(taxonomy, Settings()), text, cut)
    everywhere = find_matches(unanchored(compile_taxonomy(taxonomy, Settings())), text, cut)
    assert anchored == everywhere
    assert anchored[0]


# ── scores ───────────────────────────────────────────────────────────────────────────────────────


def adds_up(match: Match) -> None:
    total = sum(part.points for part in match.parts)
    assert match.score == pytest.approx(max(0.0, min(1.0, total)), abs=1e-4)


@given(
    st.lists(st.sampled_from(SOURCES), min_size=1, max_size=4, unique=True),
    st.lists(NOISE, max_size=14).map("".join),
)
def test_the_parts_of_a_score_add_up(sources: list[str], text: str) -> None:
    matches, dropped = search(program(measure(*sources), settings=LOW), text)
    for match in [*matches, *(d.match for d in dropped)]:
        adds_up(match)
        assert 0 <= match.score <= 1
        for part in match.parts:
            assert match.folded_span.contains(part.folded_span)


@pytest.mark.parametrize("path", sorted((CHECKOUT / "seeds").glob("*.txt")), ids=lambda path: path.name[:3])
def test_the_parts_of_the_seeds_scores_add_up(path: Path) -> None:
    ready = compile_taxonomy(load_taxonomy(CHECKOUT / "measures.yaml"), Settings())
    text = fold(decode(path.read_bytes(), str(path)).text).text
    matches, dropped = find_matches(ready, text, segment(text, ()))
    for match in [*matches, *(d.match for d in dropped)]:
        adds_up(match)
        view = look_through_quotes(text)
        for part in match.parts:
            if part.how not in ("gap", "missing", "short"):
                stretch = text[part.folded_span.start : part.folded_span.end]
                assert look_through_quotes(stretch).text == part.found
        assert view.quotation(view.view_span(match.folded_span)) == match.folded_span
