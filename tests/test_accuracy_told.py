"""The accuracy that the README and the methods page tell is the one that is measured.

After a change of accuracy write the tables anew, and look at them:

    UPDATE_DOCS=1 python -m pytest tests/test_accuracy_told.py
    git diff README.md docs/methods.md
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import polcmp
from polcmp.evaluate import evaluate, load_gold
from polcmp.model.evaluation import Estimate, Evaluation

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold"

SETS = {
    "`seeds`": ("seeds", "", ""),
    "`dev`": ("dev", "", ""),
    "`dev`, all": ("dev", "", ""),
    "`dev` d21–d30": ("dev", "d21.txt", "d30.txt"),
    "`invented-a`": ("invented-a", "", ""),
    "`invented-b`": ("invented-b", "", ""),
    "`invented-b` b11–b20": ("invented-b", "b11.txt", "b20.txt"),
    "`invented-c`": ("invented-c", "", ""),
    "`invented-d`": ("invented-d", "", ""),
    "`invented-e`": ("invented-e", "", ""),
    "`invented-f`": ("invented-f", "", ""),
}
"""First words of a row -> folder, first and last document."""


@cache
def measured(name: str) -> Evaluation:
    """A set set against its labels."""
    folder, first, last = SETS[name]
    gold = load_gold(GOLD / folder)
    if first:
        gold = gold.only({one.name for one in gold.documents if first <= one.name <= last})
    inputs = gold.inputs() or ROOT / "seeds"
    return evaluate(gold, polcmp.compare(inputs, taxonomy=ROOT / "measures.yaml").documents)


def plain(one: Estimate) -> str:
    return f"{one.value:.2f}"


def with_interval(one: Estimate) -> str:
    return f"{one.value:.2f} ({one.low:.2f}–{one.high:.2f})"


def readme_row(kind: str, about: str, found: Evaluation) -> str:
    """Documents, what they are, precision, recall, F1 with status, cells."""
    whole = found.overall
    cells = f"{round((found.cells.right.value or 0) * found.cells.total)} of {found.cells.total}"
    figures = (plain(whole.precision), plain(whole.recall), plain(whole.f1_status), cells)
    return f"| {kind} ({found.documents}) | {about} | {' | '.join(figures)} |"


def methods_row(kind: str, about: str, found: Evaluation) -> str:
    """Documents, labelled mentions, and five figures with their intervals."""
    whole = found.overall
    figures = (whole.precision, whole.recall, whole.f1, whole.f1_status, whole.status_accuracy)
    numbers = " | ".join(with_interval(one) for one in figures)
    return f"| {kind} ({found.documents}) | {about} | {whole.required} | {numbers} |"


@pytest.mark.parametrize(
    ("page", "row"), [("README.md", readme_row), ("docs/methods.md", methods_row)], ids=["readme", "methods"]
)
def test_tables_tell_what_is_measured(page: str, row: Callable[[str, str, Evaluation], str]) -> None:
    path = ROOT / page
    text = path.read_text(encoding="utf-8")
    section = text[text.index("\n## Accuracy") :]
    rows = re.findall(r"^\| (`[^|(]+?) \(\d*\) \| ([^|]*) \|.*$", section, flags=re.M)
    assert {kind for kind, _ in rows} >= {"`seeds`", "`invented-f`"}
    fresh = section
    for kind, about in rows:
        line = re.search(rf"^\| {re.escape(kind)} \(\d*\) \|.*$", fresh, flags=re.M)
        assert line is not None
        fresh = fresh.replace(line[0], row(kind, about, measured(kind)))
    if os.environ.get("UPDATE_DOCS"):
        path.write_text(text.replace(section, fresh), encoding="utf-8")
    else:
        assert section == fresh
