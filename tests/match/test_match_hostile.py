"""Patterns and texts made to take long: the time of a search stays bounded, and something is still found."""

from __future__ import annotations

from time import process_time

import pytest
from match_lab import measure, program, search

SECONDS = 30.0
"""Of processor time; each takes 0.2 to 5 s, and took minutes or for ever without the bounds."""


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("村 … 村 … 村 … 村 … 村", "村" * 5000),
        ("选派 … 选派 … 选派 … 选派 … 选派", "选派" * 2500),
        ("<number> … <number> … <number> … <number>", "3个4个5个" * 900),
        ("[村] " * 12 + "村", "村" * 5000),
        (" … ".join(["[村]"] * 12) + " … 村", "村" * 5000),
        ("((村|村村) (村|村村))|((村村|村) … (村|村村)) … (村|村村)", "村" * 5000),
        (" & ".join(["村"] * 6), "村" * 5000),
        ("村 & 屯 & 乡 & 镇 & 县 & 旗", "村屯乡镇县旗" * 800),
        ("村" * 12, "村" * 5000),
        ("村 …{60} 村 …{60} 村 …{60} 村", "村" * 5000),
    ],
)
def test_no_pattern_takes_for_ever(pattern: str, text: str) -> None:
    ready = program(measure(pattern))
    started = process_time()
    matches, _ = search(ready, text)
    assert process_time() - started < SECONDS
    assert matches
