"""Each word of `tests/cases/words.yaml`, put into its sentence, makes a mention of the measure there.

As in `tests/cases/measures` a mention has to cover half of the shorter of the two stretches. That no word
stands in the taxonomy for nothing is what `tests/taxonomy_mutation.py` asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_cases_measures import CLOSE, OPEN, Case

WORDS = Path(__file__).parent / "cases" / "words.yaml"


@cache
def frames() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return loaded


def cases_of(frame: dict[str, Any]) -> Iterator[Case]:
    """A sentence for each word."""
    for word in frame["words"]:
        yield Case(frame["measure"], "hit", frame["sentence"].replace("{word}", word))


def word_cases() -> list[Case]:
    return [case for frame in frames() for case in cases_of(frame)]


@pytest.mark.parametrize("frame", frames(), ids=lambda one: one["sentence"])
def test_every_word_makes_the_mention(frame: dict[str, Any]) -> None:
    faults = [f"{case.text}: {fault}" for case in cases_of(frame) if (fault := case.fault())]
    assert not faults


def test_a_sentence_has_one_place_inside_the_mention() -> None:
    for frame in frames():
        before, _, after = frame["sentence"].partition("{word}")
        assert before.count(OPEN) == 1 and after.count(CLOSE) == 1, frame["sentence"]
        assert len(set(frame["words"])) == len(frame["words"]), frame["sentence"]
