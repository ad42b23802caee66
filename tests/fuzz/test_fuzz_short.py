"""A few seconds of every target, the same inputs each time; and everything that was found once."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz_inputs import inputs_of
from fuzz_targets import TARGETS, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FOUND = sorted((Path(__file__).parent / "regressions").glob("*/*"))
EXAMPLES = {"whole": 40, "taxonomy": 60, "readers": 60}


@pytest.mark.parametrize("target", TARGETS)
def test_a_few_seconds(target: str) -> None:
    @settings(
        derandomize=True,
        max_examples=EXAMPLES.get(target, 100),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def few(data: st.DataObject) -> None:
        run(target, data.draw(inputs_of(target)))

    few()


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_once(path: Path) -> None:
    run(path.parent.name, path.read_bytes())
