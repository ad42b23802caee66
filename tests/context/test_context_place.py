"""Whose place a stretch speaks of: hand-labelled invented sentences."""

from __future__ import annotations

from typing import Any

import pytest
from context_cases import load_cases, read_case


@pytest.mark.parametrize("case", load_cases("place.yaml"))
def test_place_of_a_sentence(case: dict[str, Any]) -> None:
    reading = read_case(case)
    assert reading.place == case["place"], reading.place_cue
    assert bool(reading.place_cue) == (case["place"] == "other")
