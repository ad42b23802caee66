from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polcmp.matrix import build_comparison, filter_comparison, region_similarity
from polcmp.model.comparison import (
    Cell,
    Comparison,
    DocumentFacts,
    DocumentResult,
    DroppedMention,
    Failure,
    MeasureInfo,
    TaxonomyInfo,
)
from polcmp.model.document import Location
from polcmp.model.mention import STATUSES, Figure, Mention, Part, Reading
from polcmp.text.span import Span

A = MeasureInfo("dispatch", "干部选派", "Dispatch", "选派干部到村", "cadres sent down", "")
B = MeasureInfo("dividend", "保底分红", "Dividend", "按固定比例分红", "a fixed rate", "")
INFO = TaxonomyInfo("t.yaml", 1, "00")


def mention(
    document: str, region: str, measure: str, status: str, at: int, score: float = 1.0, *figures: Figure
) -> Mention:
    span = Span(at, at + 4)
    return Mention(
        id=f"{document}-{measure}-{at}",
        document=document,
        region=region,
        measure=measure,
        form="",
        status=status,
        score=score,
        raw_span=span,
        quote="选派干部",
        raw_sentence=span,
        section="",
        pattern="p",
        transforms=(),
        figures=figures,
        reading=Reading(status),
        parts=(Part("p", "选派干部", span, 1.0, "exact", score),),
    )


def dropped(document: str, region: str, measure: str, reason: str, at: int = 0) -> DroppedMention:
    span = Span(at, at + 4)
    return DroppedMention(
        document, region, measure, "", "implemented", 0.5, span, "", "p", reason, "", "here", ()
    )


def result(
    name: str,
    region: str,
    *found: Mention | DroppedMention,
    fingerprint: tuple[int, ...] = (),
    full: str = "",
    characters: int = 10,
) -> DocumentResult:
    facts = DocumentFacts(
        name, name, "0", "utf-8", characters, "", "", Location(region, full), (), (), fingerprint
    )
    return DocumentResult(
        facts,
        tuple(one for one in found if isinstance(one, Mention)),
        tuple(one for one in found if isinstance(one, DroppedMention)),
    )


def build(*results: DocumentResult) -> Comparison:
    return build_comparison(results, [], INFO, [A, B], {"min_score": 0.6})


def cell(comparison: Comparison, region: str, measure: str) -> Cell:
    return next(one for one in comparison.cells if (one.region, one.measure) == (region, measure))


@pytest.mark.parametrize("strongest", range(4))
def test_a_cell_takes_the_strongest_status(strongest: int) -> None:
    found = [
        mention("d", "甲县", "dispatch", status, at) for at, status in enumerate(STATUSES) if at >= strongest
    ]
    got = cell(build(result("d", "甲县", *found)), "甲县", "dispatch")
    assert got.status == STATUSES[strongest]
    assert got.by_status == tuple(int(at >= strongest) for at in range(4))
    assert [one.split("-")[-1] for one in got.mentions] == [str(at) for at in range(strongest, 4)]


@pytest.mark.parametrize(
    ("reasons", "zero"),
    [
        ([], "not_mentioned"),
        (["boilerplate"], "dropped_only"),
        (["other_place", "excluded"], "dropped_only"),
        (["below_cutoff"], "near_miss"),
        (["below_cutoff", "boilerplate"], "near_miss"),
    ],
)
def test_an_empty_cell_says_why(reasons: list[str], zero: str) -> None:
    found = [dropped("d", "甲县", "dispatch", reason) for reason in reasons]
    got = cell(build(result("d", "甲县", *found)), "甲县", "dispatch")
    assert (got.status, got.zero, got.score, got.figures) == ("", zero, 0.0, ())


def test_an_expected_region_without_a_document_has_a_row() -> None:
    got = build_comparison([], [], INFO, [A], {}, expected_regions=["乙县"])
    assert [one.zero for one in got.cells] == ["no_document"]


def test_regions_stand_by_first_document_and_unknown_last() -> None:
    got = build(
        result("c", "丙县", full="某市丙县"), result("a", ""), result("b", "丁县"), result("d", "丙县")
    )
    assert [(one.name, one.full_name, one.documents) for one in got.regions] == [
        ("丁县", "", 1),
        ("丙县", "某市丙县", 2),
        ("", "", 1),
    ]
    assert [(one.region, one.measure) for one in got.cells][:2] == [
        ("丁县", "dispatch"),
        ("丁县", "dividend"),
    ]


def test_copies_count_as_one_source() -> None:
    one, other = tuple(range(64)), tuple(range(1000, 1064))
    got = build(
        *(
            result(name, "甲县", mention(name, "甲县", "dispatch", "implemented", 1), fingerprint=fingerprint)
            for name, fingerprint in (("a", one), ("b", one), ("c", other), ("d", ()), ("e", ()))
        )
    )
    filled = cell(got, "甲县", "dispatch")
    assert (filled.documents, filled.sources) == (5, 4)
    assert any("a, b are copies" in warning for warning in got.warnings)


def test_equal_files_have_different_ids() -> None:
    found = replace(mention("a", "甲县", "dispatch", "implemented", 1), id="0" * 16)
    got = build(result("a", "甲县", found), result("b", "甲县", replace(found, document="b")))
    assert len(set(cell(got, "甲县", "dispatch").mentions)) == 2
    assert got.mentions[0].id == "0" * 16


def test_copies_in_different_regions_are_kept_apart() -> None:
    same = tuple(range(64))
    got = build(result("a", "甲县", fingerprint=same), result("b", "乙县", fingerprint=same))
    assert not any("copies" in warning for warning in got.warnings)


def test_a_dead_measure_is_warned_of() -> None:
    got = build(result("a", "甲县", mention("a", "甲县", "dispatch", "lacking", 1)), result("b", "甲县"))
    assert [warning.split()[1] for warning in got.warnings] == ["dividend"]
    assert build().warnings == ()
    got = build(result("a", "甲县", dropped("a", "甲县", "dividend", "excluded")), result("b", "甲县"))
    assert got.warnings[0].split()[1] == "dispatch"


def test_dead_measures_share_one_warning_which_a_filter_narrows() -> None:
    got = build(result("a", "甲县"), result("b", "乙县"))
    (warning,) = got.warnings
    assert warning.startswith("measures dispatch (") and ", dividend (" in warning
    (left,) = filter_comparison(got, measures=["dividend"]).warnings
    assert left.startswith("measure dividend (")
    assert filter_comparison(got, regions=["甲县"]).warnings == got.warnings


def test_one_document_shows_no_dead_measure() -> None:
    assert build(result("a", "甲县", mention("a", "甲县", "dispatch", "lacking", 1))).warnings == ()


def test_failures_are_sorted() -> None:
    failures = [Failure("b", "P300", "", ""), Failure("a", "P301", "", "")]
    got = build_comparison([], failures, INFO, [A], {})
    assert [one.path for one in got.errors] == ["a", "b"]


DOCUMENTS = st.lists(
    st.tuples(
        st.sampled_from(["甲县", "乙县", ""]),
        st.lists(
            st.tuples(
                st.sampled_from(["dispatch", "dividend"]),
                st.sampled_from(STATUSES),
                st.integers(0, 5),
                st.sampled_from([0.6, 0.8, 1.0]),
                st.sampled_from([1.0, 8.0, 300.0]),
            ),
            max_size=4,
            unique_by=lambda one: (one[0], one[2]),
        ),
        st.sampled_from([(), (1, 2, 3), tuple(range(64)), tuple(range(2, 66))]),
    ),
    max_size=6,
)


@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_order_of_documents_and_measures_changes_nothing(
    documents: list[tuple[str, list[tuple[str, str, int, float, float]], tuple[int, ...]]],
    shuffle: random.Random,
) -> None:
    results = []
    for number, (region, found, fingerprint) in enumerate(documents):
        name = f"d{number}"
        mentions = [
            mention(
                name,
                region,
                measure,
                status,
                at,
                score,
                Figure("n", n, None, "名", "", "exact", Span(at, at + 1)),
            )
            for measure, status, at, score, n in found
        ]
        results.append(result(name, region, *mentions, fingerprint=fingerprint))
    whole = build(*results)
    turned = [
        replace(one, mentions=tuple(shuffle.sample(one.mentions, len(one.mentions)))) for one in results
    ]
    shuffle.shuffle(turned)
    assert build(*turned) == whole
    swapped = build_comparison(turned, [], INFO, [B, A], {"min_score": 0.6})
    assert sorted(swapped.cells, key=repr) == sorted(whole.cells, key=repr)
    assert swapped.mentions == whole.mentions
    for one in whole.cells:
        assert bool(one.status) != bool(one.zero)
        assert one.sources <= one.documents <= len(one.mentions)
        assert sum(one.by_status) == len(one.mentions)


def whole() -> Comparison:
    return build(
        result(
            "a",
            "甲县",
            mention("a", "甲县", "dispatch", "implemented", 1, 0.7),
            mention("a", "甲县", "dispatch", "planned", 9, 0.9),
        ),
        result("b", "乙县", mention("b", "乙县", "dispatch", "called_for", 1, 0.65)),
    )


def test_filters_derive_the_cells_again() -> None:
    got = filter_comparison(whole(), statuses=["planned"])
    assert cell(got, "甲县", "dispatch").status == "planned"
    assert cell(got, "乙县", "dispatch").zero == "other_status"
    assert got.settings == {"min_score": 0.6, "statuses": ["planned"]}


def test_a_mention_below_the_asked_score_is_a_near_miss() -> None:
    got = filter_comparison(whole(), min_score=0.8)
    assert cell(got, "甲县", "dispatch").status == "planned"
    assert cell(got, "乙县", "dispatch").zero == "near_miss"
    assert [(one.document, one.reason, one.detail) for one in got.dropped] == [
        ("a", "below_cutoff", "0.8"),
        ("b", "below_cutoff", "0.8"),
    ]
    assert got.settings["min_score"] == 0.8


def test_regions_and_measures_are_kept() -> None:
    got = filter_comparison(whole(), regions=["乙县", "丙县"], measures=["dispatch"])
    assert [(one.region, one.measure, one.status, one.zero) for one in got.cells] == [
        ("乙县", "dispatch", "called_for", ""),
        ("丙县", "dispatch", "", "no_document"),
    ]
    assert [one.name for one in got.documents] == ["b"]
    assert got.warnings == ()
    assert filter_comparison(whole(), regions=["乙县"]).warnings == whole().warnings


def test_no_filter_changes_nothing() -> None:
    assert filter_comparison(whole()) == whole()


def test_similarity_is_the_share_of_common_measures() -> None:
    got = build(
        result(
            "a",
            "甲县",
            mention("a", "甲县", "dispatch", "implemented", 1),
            mention("a", "甲县", "dividend", "planned", 9),
        ),
        result("b", "乙县", mention("b", "乙县", "dispatch", "called_for", 1)),
        result("c", "丙县", mention("c", "丙县", "dispatch", "lacking", 1)),
        result("d", ""),
    )
    assert region_similarity(got) == [("甲县", "乙县", 0.5), ("甲县", "丙县", 0.0), ("乙县", "丙县", 0.0)]
