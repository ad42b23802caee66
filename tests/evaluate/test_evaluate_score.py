"""Figures of an evaluation on cases small enough to count by hand."""

from __future__ import annotations

import pytest
from evaluate_samples import NAME, gold, label, mention, result
from hypothesis import given
from hypothesis import strategies as st

from polcmp.errors import UsageError
from polcmp.evaluate import evaluate, named_figures
from polcmp.evaluate.figures import f_estimate, share, wilson
from polcmp.evaluate.gold import GoldDocument
from polcmp.evaluate.spans import Found, common_length, covered, merged, same_words
from polcmp.model.evaluation import Estimate
from polcmp.text.span import Span


def found(start: int, end: int, score: float = 1.0, status: str = "implemented") -> Found:
    return Found(NAME, "m", status, Span(start, end), score)


def test_half_of_the_shorter_stretch_is_enough() -> None:
    assert same_words(Span(0, 10), Span(8, 12))
    assert not same_words(Span(0, 10), Span(9, 12))
    assert same_words(Span(0, 100), Span(40, 42))


def test_overlapping_finds_are_one_with_the_better_ones_status() -> None:
    one = merged([found(0, 10, 0.7, "planned"), found(4, 12, 0.9, "lacking"), found(30, 35)])
    assert [(f.raw_span, f.status) for f in one] == [((0, 12), "lacking"), ((30, 35), "implemented")]


def test_finds_are_not_made_longer_than_a_find_may_be() -> None:
    assert [f.raw_span for f in merged([found(0, 100, 0.9), found(40, 130, 0.8)])] == [(0, 100)]


def test_common_length_counts_each_character_once() -> None:
    assert covered([Span(5, 8), Span(0, 6), Span(8, 9)]) == [Span(0, 9)]
    assert common_length([Span(0, 6), Span(4, 10)], [Span(5, 7), Span(6, 20)]) == 5


def test_counts_of_a_small_case() -> None:
    labels = gold(
        label(0, 10),
        label(50, 60, "planned"),
        label(100, 110, required=False),
        label(200, 210, "lacking"),
        boilerplate={NAME: (Span(300, 400),)},
    )
    one = evaluate(
        labels,
        [result(mention(0, 10), mention(50, 60), mention(100, 110), mention(310, 320), mention(500, 510))],
    )
    figures = one.overall
    assert (figures.required, figures.found, figures.in_boilerplate) == (3, 5, 1)
    assert figures.precision.value == 3 / 5
    assert figures.recall.value == 2 / 3
    assert figures.status_accuracy.value == 1 / 2
    kinds = [(m.kind, m.status, m.read_as, m.raw_span.start) for m in one.mistakes]
    assert kinds == [
        ("boilerplate", "", "implemented", 310),
        ("wrong", "", "implemented", 500),
        ("status", "planned", "implemented", 50),
        ("missed", "lacking", "", 200),
    ]
    status = one.mistakes[2]
    assert (status.pattern, status.cue, status.cue_from) == ("选派 & 干部", "已", "clause")


def test_a_find_too_long_to_show_anything_is_wrong() -> None:
    one = evaluate(gold(label(0, 10)), [result(mention(0, 121))])
    assert [m.kind for m in one.mistakes] == ["wrong", "missed"]


def test_figures_of_statuses_add_up_to_all() -> None:
    labels = gold(label(0, 10), label(50, 60, "planned"), label(90, 99, "lacking"))
    one = evaluate(labels, [result(mention(0, 10, "planned"), mention(50, 60, "planned"))])
    of = {group.name: group.figures for group in one.statuses}
    assert list(of) == ["implemented", "planned", "called_for", "lacking"]
    assert sum(f.required for f in of.values()) == one.overall.required == 3
    assert sum(f.found for f in of.values()) == one.overall.found == 2
    assert of["planned"].found == 2
    assert of["implemented"].status_accuracy.value == 0


def test_cells_take_the_strongest_status_and_leave_optional_ones_out() -> None:
    labels = gold(
        label(0, 10, "planned"),
        label(50, 60, measure="b"),
        label(100, 110, required=False, measure="c"),
    )
    one = evaluate(
        labels, [result(mention(0, 10, "planned"), mention(70, 80), mention(100, 110, measure="c"))]
    )
    assert one.cells.total == 2
    assert one.cells.right.value == 0
    assert one.cells.presence_f1.value == 2 / 3


def test_groups_by_noise_and_genre() -> None:
    documents = [
        GoldDocument("a.txt", "甲县", "news", ("traditional", "spaces")),
        GoldDocument("b.txt", "乙县", "", ("clean",)),
    ]
    one = evaluate(gold(label(0, 10), documents=documents), [result(mention(0, 10))])
    assert [(g.name, g.documents, g.figures.required) for g in one.noise] == [
        ("clean", 1, 0),
        ("spaces", 1, 1),
        ("traditional", 1, 1),
    ]
    assert [(g.name, g.documents) for g in one.genres] == [("news", 1)]
    assert one.warnings == ("not among the documents, all their labels count as missed: b.txt",)


def test_no_labelled_document_is_refused() -> None:
    with pytest.raises(UsageError, match=r"(?s)P425.*a\.txt"):
        evaluate(gold(label(0, 10)), [result(name="b.txt")])


def test_regions() -> None:
    documents = [GoldDocument("a.txt", "甲县"), GoldDocument("b.txt", "乙县"), GoldDocument("c.txt", "")]
    one = evaluate(
        gold(documents=documents),
        [result(), result(name="b.txt", region=""), result(name="c.txt", region="丙县")],
    )
    assert one.regions
    assert (one.regions.right, one.regions.total) == (1, 2)
    assert [(w.document, w.region, w.found) for w in one.regions.wrong] == [
        ("b.txt", "乙县", ""),
        ("c.txt", "", "丙县"),
    ]
    assert evaluate(gold(documents=[GoldDocument("a.txt")]), [result()]).regions is None


def test_masks() -> None:
    labels = gold(boilerplate={NAME: (Span(0, 100), Span(900, 1000))})
    one = evaluate(labels, [result(masks=[(0, 50), (880, 1000)])])
    assert one.masks
    assert (one.masks.boilerplate, one.masks.recall) == (200, 0.75)
    assert (one.masks.body, one.masks.body_lost) == (800, 20 / 800)
    assert evaluate(gold(), [result()]).masks is None


def test_documents_are_matched_by_file_name_and_others_left_out() -> None:
    one = evaluate(gold(label(0, 10)), [result(name="b.txt"), result(mention(0, 10), name="2021/a.txt")])
    assert one.documents == 1
    assert one.warnings == ("without labels, left out: b.txt",)


def test_warnings_of_changed_texts_and_unknown_measures() -> None:
    labels = gold(label(0, 10), documents=[GoldDocument(NAME, characters=999)])
    assert evaluate(labels, [result()], ["river_chief"]).warnings == (
        "other text than was labelled (its length differs), offsets may be off: a.txt",
        "labelled measures that the taxonomy does not have: cadre_dispatch",
    )


def test_only_keeps_the_labels_of_some_documents() -> None:
    documents = [GoldDocument("a.txt"), GoldDocument("b.txt")]
    part = gold(label(0, 10), documents=documents, boilerplate={NAME: (Span(0, 1),)}).only({"b.txt"})
    assert [one.name for one in part.documents] == ["b.txt"]
    assert (part.mentions, part.boilerplate) == ((), {})


def test_nothing_to_measure() -> None:
    named = named_figures(evaluate(gold(), [result()]))
    assert named["precision"] is None and named["recall"] is None
    assert named["f1"] == 0
    assert named["cells"] is None


def test_wilson_against_a_published_table() -> None:
    """Newcombe 1998, Statistics in Medicine 17, table I, method 3 (score, no continuity correction)."""
    for part, whole, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)):
        estimate = share(part, whole)
        assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=5e-5)
    assert share(29, 29).low == pytest.approx(0.8830, abs=5e-5)


@given(st.integers(1, 5000), st.data())
def test_intervals_hold_their_figure(size: int, data: st.DataObject) -> None:
    value = data.draw(st.integers(0, size)) / size
    low, high = wilson(value, size)
    assert 0 <= low <= value <= high <= 1
    estimate = f_estimate(value, size)
    assert 0 <= estimate.low <= value <= estimate.high <= 1


def test_nothing_has_no_interval() -> None:
    assert share(0, 0) == Estimate(None) == f_estimate(None, 0)
