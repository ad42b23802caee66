"""The five seeds: regions, statuses, figures and zeros, as a reader of the documents would put them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from polcmp.api import Result, compare
from polcmp.model.mention import Figure
from polcmp.text.figures import find_figures
from polcmp.text.fold import fold
from polcmp.text.span import Span

CHECKOUT = Path(__file__).parent.parent
CHEN, ALASHAN, ZHALAITE, EJIN, NIERONG = "陈巴尔虎旗", "阿拉善高新区", "扎赉特旗", "伊金霍洛旗", "聂荣县"
REGIONS = [CHEN, ALASHAN, ZHALAITE, EJIN, NIERONG]
DISPATCH, PAIRING, SHARES = "cadre_dispatch", "unit_village_pairing", "shareholding_cooperative"
DIVIDEND, COMMITTEE = "guaranteed_dividend", "joint_committee"

DONE, CALL, NONE = "implemented", "called_for", ""
MATRIX = {
    DISPATCH: [DONE, DONE, DONE, DONE, DONE],
    PAIRING: [DONE, DONE, DONE, DONE, None],  # the last may be either: 联系点制度 is named in passing
    SHARES: [NONE, DONE, CALL, NONE, DONE],
    DIVIDEND: [NONE, DONE, NONE, NONE, NONE],
    COMMITTEE: [NONE, NONE, NONE, DONE, DONE],
}
CELLS = [
    (region, measure, status)
    for measure, statuses in MATRIX.items()
    for region, status in zip(REGIONS, statuses, strict=True)
]


@pytest.fixture(scope="module")
def unlisted(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The seeds with no sidecar beside them."""
    folder = tmp_path_factory.mktemp("unlisted")
    for path in (CHECKOUT / "seeds").glob("*.txt"):
        shutil.copy(path, folder)
    return compare(folder, taxonomy=CHECKOUT / "measures.yaml")


@pytest.mark.parametrize(("region", "measure", "status"), CELLS)
def test_status(seeds_result: Result, region: str, measure: str, status: str | None) -> None:
    cell = seeds_result.cell(region, measure)
    if status is None:
        assert cell.status in ("", DONE)
    else:
        assert cell.status == status, [m.quote for m in seeds_result.evidence(region, measure)]
    assert bool(cell.status) == bool(cell.mentions)
    assert bool(cell.status) != bool(cell.zero)


def test_regions_with_the_sidecar(seeds_result: Result) -> None:
    assert [one.name for one in seeds_result.regions] == REGIONS
    assert {d.location.found_by for d in seeds_result.comparison.documents} == {"sidecar"}
    assert [one.full_name for one in seeds_result.regions] == [
        "内蒙古自治区呼伦贝尔市陈巴尔虎旗",
        "内蒙古自治区阿拉善盟阿拉善高新技术产业开发区",
        "内蒙古自治区兴安盟扎赉特旗",
        "内蒙古自治区鄂尔多斯市伊金霍洛旗",
        "西藏自治区那曲市聂荣县",
    ]


def test_regions_without_the_sidecar(unlisted: Result) -> None:
    assert [one.name for one in unlisted.regions] == REGIONS
    found_by = {d.location.found_by for d in unlisted.comparison.documents}
    assert found_by <= {"title", "dateline", "text"}


def test_the_sidecar_changes_no_cell(seeds_result: Result, unlisted: Result) -> None:
    for region, measure, _ in CELLS:
        assert unlisted.cell(region, measure).status == seeds_result.cell(region, measure).status


# ── boilerplate ──────────────────────────────────────────────────────────────────────────────────


def test_nothing_in_the_navigation_of_003(seeds_result: Result) -> None:
    """The page names other news, one of them of 乌审旗."""
    name = next(d.name for d in seeds_result.comparison.documents if d.name.startswith("003"))
    raw = seeds_result.raw(name)
    assert "乌审旗" in raw or "烏審旗" in raw
    for mention in seeds_result.mentions:
        if mention.document == name:
            sentence = raw[mention.raw_sentence.start : mention.raw_sentence.end]
            assert "乌审旗" not in sentence and "烏審旗" not in sentence
    outside_masks(seeds_result, name)


def test_nothing_in_the_link_spam_of_001(seeds_result: Result) -> None:
    name = next(d.name for d in seeds_result.comparison.documents if d.name.startswith("001"))
    outside_masks(seeds_result, name)


def outside_masks(result: Result, name: str) -> None:
    facts = next(d for d in result.comparison.documents if d.name == name)
    assert facts.masks
    for mention in result.mentions:
        if mention.document == name:
            for mask in facts.masks:
                assert not mask.raw_span.overlaps(mention.raw_span), (mention.quote, mask.rule)


def test_no_mention_in_labelled_boilerplate(seeds_result: Result) -> None:
    lines = (CHECKOUT / "tests/gold/seeds/boilerplate.jsonl").read_text(encoding="utf-8").splitlines()
    labelled = [json.loads(line) for line in lines]
    assert labelled
    for one in labelled:
        for mention in seeds_result.mentions:
            if mention.document == one["document"]:
                start, end = mention.raw_span
                assert end <= one["start"] or one["end"] <= start, mention.quote


# ── figures ──────────────────────────────────────────────────────────────────────────────────────


def figures(result: Result, region: str, measure: str) -> list[Figure]:
    return [figure for mention in result.evidence(region, measure) for figure in mention.figures]


@pytest.mark.parametrize(
    ("region", "measure", "value", "unit"),
    [
        (CHEN, DISPATCH, 29, "名"),
        (ZHALAITE, DISPATCH, 196, "名"),
        (ZHALAITE, DISPATCH, 784, "名"),
        (EJIN, DISPATCH, 93, "名"),
        (EJIN, DISPATCH, 162, "名"),
        (NIERONG, DISPATCH, 139, "名"),
        (CHEN, PAIRING, 29, "个"),
        (CHEN, PAIRING, 14, "个"),
        (ALASHAN, PAIRING, 32, "家"),
        (ALASHAN, PAIRING, 36, "个"),
        (EJIN, PAIRING, 130, "个"),
        (EJIN, PAIRING, 138, "个"),
        (ALASHAN, DIVIDEND, 8, "%"),
        (NIERONG, COMMITTEE, 29, "个"),
        (NIERONG, COMMITTEE, 139, "个"),
    ],
)
def test_figures_of_the_mentions(
    seeds_result: Result, region: str, measure: str, value: int, unit: str
) -> None:
    found = figures(seeds_result, region, measure)
    assert (value, unit) in {(f.value, f.unit) for f in found}, [f.text for f in found]


@pytest.mark.parametrize(
    ("region", "measure", "value", "unit", "counted"),
    [
        (CHEN, DISPATCH, 29, "名", "第一书记"),
        (ZHALAITE, DISPATCH, 784, "名", "干部"),
        (ZHALAITE, DISPATCH, 196, "名", "后备干部"),
        (EJIN, DISPATCH, 162, "名", "干部"),
        (EJIN, DISPATCH, 93, "名", "科技特派员"),
        (NIERONG, DISPATCH, 139, "名", "驻村干部"),
        (CHEN, PAIRING, 29, "个", "嘎查"),
        (CHEN, PAIRING, 14, "个", "对子"),
        (ALASHAN, PAIRING, 36, "个", "嘎查"),
        (EJIN, PAIRING, 138, "个", "嘎查村"),
        (NIERONG, COMMITTEE, 29, "个", "联村党委"),
        (NIERONG, COMMITTEE, 139, "个", "行政村"),
    ],
)
def test_what_the_figures_of_a_cell_count(
    seeds_result: Result, region: str, measure: str, value: int, unit: str, counted: str
) -> None:
    found = seeds_result.cell(region, measure).figures
    fitting = [f for f in found if (f.value, f.unit) == (value, unit)]
    assert any(f.of.endswith(counted) for f in fitting), [(f.text, f.of) for f in found]


def test_the_leading_figures(seeds_result: Result) -> None:
    """What a table shows of a cell."""
    leading = {
        (CHEN, DISPATCH): (29, "名"),
        (ZHALAITE, DISPATCH): (196, "名"),
        (NIERONG, COMMITTEE): (29, "个"),
        (ALASHAN, DIVIDEND): (8, "%"),
        (CHEN, PAIRING): (29, "个"),
    }
    for (region, measure), wanted in leading.items():
        first = seeds_result.cell(region, measure).figures[0]
        assert (first.value, first.unit) == wanted, (region, measure, first)


@pytest.mark.parametrize(
    ("number", "text", "value", "unit"), [(0, "二十余次", 20, "次"), (3, "百余家", 100, "家")]
)
def test_bounds(seeds_result: Result, number: int, text: str, value: int, unit: str) -> None:
    """二十余次 and 百余家 are read as lower bounds, in the document and in whatever cell has them."""
    name = seeds_result.comparison.documents[number].name
    folded = fold(seeds_result.raw(name)).text
    at = folded.index(text)
    read = [
        f for f in find_figures(folded, 0, len(folded)) if f.folded_span.overlaps(Span(at, at + len(text)))
    ]
    read += [f for cell in seeds_result.comparison.cells for f in cell.figures if f.text == text]
    assert read and {(f.value, f.unit, f.bound) for f in read} == {(value, unit, "at_least")}


def test_a_bound_in_a_cell(seeds_result: Result) -> None:
    firms = [f for f in seeds_result.cell(EJIN, PAIRING).figures if f.unit == "家"]
    assert [(f.value, f.bound) for f in firms] == [(100, "at_least")]


def test_every_figure_stands_where_it_says(seeds_result: Result) -> None:
    for cell in seeds_result.comparison.cells:
        for figure in cell.figures:
            assert figure.text and figure.folded_span.length == len(figure.text)
