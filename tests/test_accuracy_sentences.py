"""The labelled sentences of ``tests/gold/sentences``: what share of measures and statuses is read right.

A floor is only ever raised. Lines held out are counted and never shown: a failing test tells figures alone.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import polcmp
from polcmp.model.document import Document
from polcmp.pipeline import Reader
from polcmp.settings import Settings

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "gold" / "sentences"

MEASURES = {
    "c": "cadre_dispatch",
    "p": "unit_village_pairing",
    "s": "shareholding_cooperative",
    "g": "guaranteed_dividend",
    "j": "joint_committee",
}
STATUSES = {"i": "implemented", "p": "planned", "c": "called_for", "l": "lacking"}


class Score(NamedTuple):
    """Labels, labels read right, sentences that state no measure, and of these the ones with a find."""

    labels: int
    right: int
    decoys: int
    false: int


FLOORS = {
    ("status.txt", "tuned"): Score(150, 126, 0, 0),
    ("status.txt", "held out"): Score(150, 111, 0, 0),
    ("finding.txt", "tuned"): Score(106, 97, 50, 2),
    ("floors_and_lacks.txt", "tuned"): Score(91, 76, 26, 0),
    ("floors_and_lacks.txt", "held out"): Score(100, 73, 24, 4),
    ("finding.txt", "held out"): Score(106, 87, 50, 9),
}


@cache
def reader() -> Reader:
    return Reader.of(polcmp.load_taxonomy(ROOT / "measures.yaml"), Settings())


def wanted(tags: str) -> set[tuple[str, str]]:
    return set() if tags == "-" else {(MEASURES[tag[0]], STATUSES[tag[1]]) for tag in tags.split(",")}


def score(name: str, part: str) -> Score:
    labels = right = decoys = false = 0
    for number, line in enumerate((FOLDER / name).read_text(encoding="utf-8").splitlines()):
        if (number % 2 == 1) != (part == "tuned"):
            continue
        tags, text = line.split(" ", 1)
        found = {
            (one.measure, one.status)
            for one in reader().read(Document("s", "s", text, "s", "utf-8")).mentions
        }
        labels += len(wanted(tags))
        right += len(wanted(tags) & found)
        decoys += tags == "-"
        false += tags == "-" and bool(found)
    return Score(labels, right, decoys, false)


@pytest.mark.parametrize(("name", "part"), FLOORS, ids=[" ".join(one) for one in FLOORS])
def test_no_fewer_sentences_are_read_right(name: str, part: str) -> None:
    found, floor = score(name, part), FLOORS[name, part]
    assert (found.labels, found.decoys) == (floor.labels, floor.decoys)
    assert found.right >= floor.right
    assert found.false <= floor.false
