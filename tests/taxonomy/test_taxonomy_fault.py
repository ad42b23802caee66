"""How a fault prints: the caret under wide characters, long lines, places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polcmp.model.taxonomy import Place
from polcmp.taxonomy.fault import Fault, Ledger, display_width


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("选派", 4), ("ＡＢ", 4), ("…—·“", 4), ("é", 1), ("e\u0301", 1), ("。", 2)],
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


def caret(fault: Fault) -> tuple[str, str]:
    _, line, mark, *_ = fault.format().split("\n")
    return line, mark


@pytest.mark.parametrize("line", ["选派 x", "a选派bx", "\t- 选x", "e\u0301x", "选" * 200 + "x" + "派" * 200])
def test_the_caret_stands_under_its_character(line: str) -> None:
    shown, mark = caret(Fault("error", "P222", "t.yaml", 3, line.index("x") + 1, "m", line))
    assert display_width(shown[: shown.index("x")]) == mark.index("^")
    assert display_width(shown) <= 120


def test_a_fault_of_the_whole_file() -> None:
    fault = Fault("warning", "P201", "t.yaml", 0, 0, "m", "", "h")
    assert fault.format() == "t.yaml: P201 warning: m\n    h"


@given(st.text(), st.integers(1, 400))
def test_any_line_and_column_can_be_shown(line: str, column: int) -> None:
    shown = Fault("error", "P222", "t.yaml", 1, column, "m", line).format()
    assert shown.startswith(f"t.yaml:1:{column}: P222 m")
    assert len(shown.split("\n")) <= 3


def test_the_ledger_sorts_and_forgets_doubles() -> None:
    ledger = Ledger("t.yaml", "a\nb\nc")
    for line in (3, 1, 3, 2):
        ledger.add("P222", Place(line, 1), "m")
    ledger.warn("P234", Place(1, 1), "w")
    assert [(f.line, f.code, f.line_text) for f in ledger.faults] == [
        (1, "P222", "a"),
        (1, "P234", "a"),
        (2, "P222", "b"),
        (3, "P222", "c"),
    ]
    assert len(ledger.errors) == 3
