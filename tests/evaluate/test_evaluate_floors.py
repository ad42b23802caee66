"""Floors: the file, and what falls under them."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluate_samples import NAME, gold, label, mention, result

from polcmp.errors import UsageError
from polcmp.evaluate import evaluate, load_floors, shortfalls
from polcmp.model.evaluation import Evaluation
from polcmp.text.span import Span


@pytest.fixture
def half_right() -> Evaluation:
    """Precision and recall one half; a wrong one in boilerplate."""
    labels = gold(label(0, 10), label(50, 60), boilerplate={NAME: (Span(90, 200),)})
    return evaluate(labels, [result(mention(0, 10), mention(100, 110))])


def test_figures_under_their_floors(half_right: Evaluation) -> None:
    assert shortfalls(half_right, {"f1": 0.5, "recall": 0.4, "in_boilerplate": 1}) == []
    assert shortfalls(
        half_right,
        {"f1": 0.6, "measures.cadre_dispatch.recall": 0.51, "in_boilerplate": 0, "mask_recall": 0.1},
    ) == [
        "f1 is 0.5000, under its floor of 0.6",
        "measures.cadre_dispatch.recall is 0.5000, under its floor of 0.51",
        "in_boilerplate is 1, above its ceiling of 0",
        "mask_recall is 0.0000, under its floor of 0.1",
    ]


def test_what_cannot_be_measured_misses_any_floor() -> None:
    assert shortfalls(evaluate(gold(), [result()]), {"precision": 0.0}) == [
        "precision cannot be measured here, its floor is 0"
    ]


def test_an_unknown_figure_is_an_error(half_right: Evaluation) -> None:
    with pytest.raises(UsageError) as caught:
        shortfalls(half_right, {"f2": 0.5})
    assert caught.value.code == "P424"
    assert "f1_status" in caught.value.hint


def test_floors_of_one_set_or_of_several(tmp_path: Path) -> None:
    path = tmp_path / "floors.yaml"
    path.write_text("f1: 0.9\nin_boilerplate: 0\n", encoding="utf-8")
    assert load_floors(path, "seeds") == {"f1": 0.9, "in_boilerplate": 0.0}
    path.write_text("seeds:\n  f1: 0.9\nother: {f1: 0.8}\n", encoding="utf-8")
    assert load_floors(path, "other") == {"f1": 0.8}
    with pytest.raises(UsageError) as caught:
        load_floors(path, "dev")
    assert (caught.value.code, caught.value.hint) == ("P423", "It has floors for: seeds, other.")


@pytest.mark.parametrize("text", ["", "- 1\n", "f1: high\n", "f1: true\n", "a: {f1: x}\n", "f1: [\n"])
def test_files_that_hold_no_floors(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_floors(path, "a")
    assert caught.value.code == "P422"


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="floors cannot be read"):
        load_floors(tmp_path / "none.yaml")
