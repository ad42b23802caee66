"""Near misses and changes of cells: each kind on an invented text, and every tried change holds."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from polcmp.api import Result, compare, load_taxonomy
from polcmp.cli.main import app
from polcmp.explain.changes import above
from polcmp.model.explanation import NEAR_KINDS, Change, Explanation
from polcmp.model.taxonomy import Taxonomy
from polcmp.render import RenderOptions
from polcmp.render.views_json import why_json
from polcmp.render.why_view import why_cell
from polcmp.render.why_words import how_word

CHECKOUT = Path(__file__).parents[2]
WHY = CHECKOUT / "tests" / "data" / "why"
WATER = CHECKOUT / "tests" / "data" / "water"
GOLDEN = CHECKOUT / "tests" / "golden" / "why"
REGION = "橙溪县"

EN, ZH = RenderOptions(width=80), RenderOptions(width=80, lang="zh")


@cache
def taxonomy() -> Taxonomy:
    return load_taxonomy(WHY / "taxonomy.yaml")


@cache
def books(min_score: float | None = None) -> Result:
    return compare(WHY / "cheng.txt", taxonomy=taxonomy(), min_score=min_score)


def explained(measure: str, min_score: float | None = None, nearest: int | None = None) -> Explanation:
    return books(min_score).explain(REGION, measure, taxonomy(), nearest=nearest)


# ── near misses ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("measure", "kind", "stopped_by", "apart", "change"),
    [
        ("gap", "gap", "~{6}", 9, "<deliver> ~{9} <library>"),
        ("touch", "gap", "", 2, "流动书车 …{2} 巡回借阅"),
        ("clauses", "clauses", "&", 5, "农家书屋 …{5} 专职管理员"),
        ("crossing", "clauses", "~{8}", 5, "农家书屋 …{8} 专职管理员"),
        ("sentences", "sentences", "…{12}", 6, ""),
        ("order", "order", "全民阅读 … 书香村庄", 0, "书香村庄 … 全民阅读"),
        ("missing", "missing", "<deliver>", 0, ""),
    ],
)
def test_each_kind_of_near_miss(measure: str, kind: str, stopped_by: str, apart: int, change: str) -> None:
    assert kind in NEAR_KINDS
    found = explained(measure)
    assert found.cell.zero == "not_mentioned"
    (near,) = found.nearest
    assert (near.kind, near.blocked, near.apart, near.change) == (kind, stopped_by, apart, change)
    assert near.fills == bool(change)
    assert 0 < near.closeness < 1


def test_a_missing_piece_is_told_with_the_words_at_its_place() -> None:
    found = explained("missing")
    assert found.nearest[0].instead == "新添"
    (change,) = found.changes
    assert (change.kind, change.what, change.quote) == ("missing", "<deliver>", "新添")
    assert not change.verified and change.status == ""


def test_what_is_not_near_is_not_told() -> None:
    found = explained("nothing", nearest=20)
    assert found.nearest == found.changes == found.dropped == ()


def test_a_single_character_brings_nothing_near(tmp_path: Path) -> None:
    """联 and 村 stand in every report: that they stand far apart says nothing."""
    (tmp_path / "t.yaml").write_text(
        "version: 1\nmeasures:\n- {id: m, name: 甲, patterns: ['联 …{2} 村']}\n", encoding="utf-8"
    )
    text = "橙溪县工作情况\n\n橙溪县注重联系群众，走遍每一个村。"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    result = compare(tmp_path / "a.txt", taxonomy=tmp_path / "t.yaml")
    assert result.explain(REGION, "m", load_taxonomy(tmp_path / "t.yaml"), nearest=9).nearest == ()


def test_near_misses_are_verbatim() -> None:
    raw = books().raw("cheng.txt")
    for measure in books().measures:
        for near in explained(measure.id, nearest=20).nearest:
            assert raw[near.raw_span.start : near.raw_span.end] == near.quote
            assert raw[near.raw_sentence.start : near.raw_sentence.end] == near.sentence
            assert near.raw_sentence.contains(near.raw_span)
            for _, found, span in near.pieces:
                assert raw[span.start : span.end] == found
                assert near.raw_span.contains(span)


def test_notes_and_script_do_not_shift_near_misses(tmp_path: Path) -> None:
    clean = (WHY / "cheng.txt").read_text(encoding="utf-8")
    noisy = clean.replace("边远山村的农家书屋", "邊(bian)遠山村的農(nong) 家書屋")
    assert noisy != clean
    (tmp_path / "cheng.txt").write_text(noisy, encoding="utf-8")
    result = compare(tmp_path / "cheng.txt", taxonomy=taxonomy())
    (near,) = result.explain(REGION, "gap", taxonomy()).nearest
    assert (near.kind, near.apart, near.fills) == ("gap", 9, True)
    assert near.pieces[1][1] == "農(nong) 家書屋"
    assert noisy[near.raw_span.start : near.raw_span.end] == near.quote


def test_at_most_as_many_as_asked_for(seeds_result: Result, checkout: Path) -> None:
    path = checkout / "measures.yaml"
    many = seeds_result.explain("陈巴尔虎旗", "joint_committee", load_taxonomy(path), nearest=20)
    assert [one.closeness for one in many.nearest] == sorted(
        (n.closeness for n in many.nearest), reverse=True
    )
    few = seeds_result.explain("陈巴尔虎旗", "joint_committee", load_taxonomy(path), nearest=1)
    assert few.nearest == many.nearest[:1]
    rich = seeds_result.explain("陈巴尔虎旗", "cadre_dispatch", load_taxonomy(path))
    assert rich.nearest == () and len(rich.mentions) > 2


# ── what a condition or a length kept out ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("measure", "reason", "detail"),
    [
        ("exclude", "excluded", "图书漂流瓶"),
        ("unless", "excluded", "unless of 借书证"),
        ("given", "given", "县图书馆总馆"),
        ("long", "too_long", "84"),
    ],
)
def test_every_rule_that_drops_is_named(measure: str, reason: str, detail: str) -> None:
    (dropped,) = explained(measure).dropped
    assert (dropped.reason, dropped.detail) == (reason, detail)


# ── changes ──────────────────────────────────────────────────────────────────────────────────────


def filled(change: Change) -> str:
    return f"{change.kind} {change.what}"


@pytest.mark.parametrize(
    ("measure", "smallest"),
    [
        ("gap", "gap <deliver> ~{9} <library>"),
        ("touch", "gap 流动书车 …{2} 巡回借阅"),
        ("clauses", "clauses 农家书屋 …{5} 专职管理员"),
        ("order", "order 书香村庄 … 全民阅读"),
        ("exclude", "exclude 图书漂流瓶"),
        ("unless", "unless 借书证"),
        ("given", "given 县图书馆总馆"),
        ("long", "max_match_characters 84"),
    ],
)
def test_the_smallest_change_of_an_empty_cell_is_tried(measure: str, smallest: str) -> None:
    change = explained(measure).changes[0]
    assert filled(change) == smallest
    assert change.verified and change.status == "implemented"
    assert change.quote in books().raw("cheng.txt")


def test_a_lower_cut_off_fills_as_told() -> None:
    change = explained("cutoff", min_score=0.8).changes[0]
    assert filled(change) == "min_score 0.75" and change.verified
    assert change.elsewhere == 0
    assert books(float(change.what)).cell(REGION, "cutoff").status == change.status
    assert not books(0.76).cell(REGION, "cutoff").status


def test_higher_cut_offs_of_filled_cells_hold(seeds_result: Result, checkout: Path) -> None:
    """Every change of a filled cell does what it says, and a cut-off a hundredth lower does not."""
    tried = 0
    for cell in seeds_result.comparison.cells:
        if not cell.mentions:
            continue
        path = checkout / "measures.yaml"
        found = seeds_result.explain(cell.region, cell.measure, load_taxonomy(path), nearest=0)
        for change in found.changes:
            assert change.verified and change.status != cell.status
            if change.kind == "min_score":
                tried += 1
                cut = float(change.what)
                for score, status in ((cut, change.status), (cut - 0.01, cell.status)):
                    again = compare(checkout / "seeds", taxonomy=path, min_score=round(score, 2))
                    assert again.cell(cell.region, cell.measure).status == status
    assert tried


def test_a_pattern_left_out_changes_the_status() -> None:
    found = explained("filled")
    assert [filled(one) for one in found.changes] == ["min_score 0.99", "pattern 读书会 … 场"]
    assert {one.status for one in found.changes} == {"called_for"}


ONE = "version: 1\nmeasures:\n- {id: m, name: 甲, patterns: [图书漂流活动]}\n"


@pytest.mark.parametrize(
    ("text", "kind", "tried"),
    [
        ("橙溪县学习借鉴武川县经验，武川县开展图书漂流活动。橙溪县各项工作平稳。", "place", False),
        ("橙溪县各项工作平稳。\n\n上一篇：橙溪县开展图书漂流活动", "boilerplate", True),
    ],
)
def test_other_places_and_boilerplate_are_told(text: str, kind: str, tried: bool, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(ONE, encoding="utf-8")
    (tmp_path / "a.txt").write_text(f"橙溪县工作情况\n\n{text}\n", encoding="utf-8")
    result = compare(tmp_path / "a.txt", taxonomy=tmp_path / "t.yaml")
    found = result.explain(REGION, "m", load_taxonomy(tmp_path / "t.yaml"))
    assert found.cell.zero == "dropped_only"
    (change,) = found.changes
    assert (change.kind, change.verified) == (kind, tried)


def test_the_veto_of_another_field_is_the_change() -> None:
    water = load_taxonomy(WATER.parent / "water_taxonomy.yaml")
    result = compare(WATER, taxonomy=water)
    change = result.explain("云溪县", "water_rights_trading", water).changes[0]
    assert (change.kind, change.what, change.status) == ("exclude", "林權|碳排放權", "lacking")


@pytest.mark.parametrize(
    ("score", "cut"), [(0.83, 0.84), (0.8278, 0.83), (0.57, 0.58), (1.0, 1.01), (0.9999, 1)]
)
def test_above(score: float, cut: float) -> None:
    assert above(score) == cut


def test_explaining_changes_nothing() -> None:
    before = books().to_json()
    assert explained("gap") == explained("gap")
    assert books().to_json() == before


# ── how it looks ─────────────────────────────────────────────────────────────────────────────────


def view(measure: str, looks: RenderOptions, min_score: float | None = None) -> str:
    result = books(min_score)
    texts = {"cheng.txt": result.raw("cheng.txt")}
    return why_cell(result.comparison, REGION, measure, looks, texts, explained(measure, min_score))


def json_of(measure: str, min_score: float | None = None) -> str:
    return why_json(books(min_score).comparison, REGION, measure, explained(measure, min_score))


CASES = {
    **{
        f"{measure}_80.txt": (lambda measure=measure: view(measure, EN))
        for measure in ("gap", "touch", "clauses", "sentences", "order", "missing", "nothing", "filled")
    },
    **{
        f"{measure}_80.txt": (lambda measure=measure: view(measure, EN))
        for measure in ("exclude", "unless", "given", "long")
    },
    **{
        f"{measure}_80_zh.txt": (lambda measure=measure: view(measure, ZH))
        for measure in ("gap", "crossing", "order", "missing", "given", "filled")
    },
    "cutoff_80.txt": lambda: view("cutoff", EN, 0.8),
    "cutoff_80_zh.txt": lambda: view("cutoff", ZH, 0.8),
    "gap_200.txt": lambda: view("gap", replace(EN, width=200)),
    "missing_200_zh.txt": lambda: view("missing", replace(ZH, width=200)),
    "gap.json": lambda: json_of("gap"),
    "missing.json": lambda: json_of("missing"),
    "cutoff.json": lambda: json_of("cutoff", 0.8),
    "filled.json": lambda: json_of("filled"),
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    """``UPDATE_GOLDEN=1 pytest`` writes them anew."""
    got = CASES[name]()
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(got, encoding="utf-8", newline="")
    assert got == path.read_bytes().decode("utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(CASES)


def test_no_english_in_chinese_labels() -> None:
    english = re.findall("[a-z]{3,}", view("filled", ZH).replace("--min-score", "").replace("cheng.txt", ""))
    assert english == []
    assert how_word("edits:1", "zh") == "改1字" and how_word("edits:1", "en") == "edits:1"


def test_the_command_takes_a_number_of_near_misses() -> None:
    words = ["why", REGION, "gap", "-d", str(WHY / "cheng.txt"), "-t", str(WHY / "taxonomy.yaml"), "--json"]
    for number, found in (((), 1), (("-n", "0"), 0), (("--nearest", "3"), 1)):
        done = CliRunner().invoke(app, [*words, *number])
        assert done.exit_code == 0
        assert len(json.loads(done.stdout)["nearest"]) == found


def test_more_is_told_with_verbose() -> None:
    """Of a cell with many mentions near misses are told only when asked for."""
    words = ["why", "聂荣县", "joint_committee", "-d", str(CHECKOUT / "seeds"), "--json"]
    quiet = json.loads(CliRunner().invoke(app, words).stdout)
    told = json.loads(CliRunner().invoke(app, [*words, "--verbose"]).stdout)
    assert len(quiet["mentions"]) > 2 and quiet["nearest"] == []
    assert told["mentions"] == quiet["mentions"]
    assert len(told["nearest"]) <= 5
