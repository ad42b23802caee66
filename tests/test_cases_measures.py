"""Every sentence of `tests/cases/measures/*.yaml` is a case of its own.

A `hit` says which stretch shows the measure, between 【 and 】: a mention has to cover half of the shorter
of the two. A `miss` must not be mentioned at all. Sentences that do not come out yet stand in
`tests/cases/measures/known_gaps.txt`; one that comes out is an error until it is struck off, so the list
only shrinks. After a change of the taxonomy write the list anew, and look at what was added:

    UPDATE_KNOWN_GAPS=1 python -m pytest tests/test_cases_measures.py
    git diff tests/cases/measures/known_gaps.txt
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from polcmp.api import load_taxonomy
from polcmp.model.document import Document
from polcmp.pipeline import Reader
from polcmp.settings import Settings
from polcmp.text.span import Span

TESTS = Path(__file__).parent
CASES = TESTS / "cases" / "measures"
KNOWN_GAPS = CASES / "known_gaps.txt"
OPEN, CLOSE = "【", "】"


@dataclass(frozen=True)
class Case:
    """A sentence and what it must give."""

    measure: str
    kind: str
    text: str

    @property
    def line(self) -> str:
        """How the list of known gaps names it."""
        return f"{self.measure} {self.kind}: {self.text}"

    def fault(self) -> str:
        """What is wrong with what is found, ``""`` when nothing is."""
        raw = self.text.replace(OPEN, "").replace(CLOSE, "")
        document = Document("case", "case", raw, "", "utf-8")
        found = [m.raw_span for m in reader().read(document).mentions if m.measure == self.measure]
        quotes = [raw[span.start : span.end] for span in found]
        if self.kind == "miss":
            return f"found {quotes}" if found else ""
        wanted = Span(self.text.index(OPEN), self.text.index(CLOSE) - 1)
        return "" if any(covers(span, wanted) for span in found) else f"found only {quotes}"


def covers(found: Span, wanted: Span) -> bool:
    """Whether two stretches share half of the shorter one, or more."""
    shared = min(found.end, wanted.end) - max(found.start, wanted.start)
    return shared * 2 >= min(found.length, wanted.length)


@cache
def reader() -> Reader:
    return Reader.of(load_taxonomy(TESTS.parent / "measures.yaml"), Settings())


def all_cases() -> list[Case]:
    cases = []
    for path in sorted(CASES.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        cases += [Case(data["measure"], kind, text) for kind in ("hit", "miss") for text in data[kind]]
    return cases


def known_gaps() -> list[str]:
    if not KNOWN_GAPS.exists():
        return []
    return [line for line in KNOWN_GAPS.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]


def write_known_gaps(cases: list[Case]) -> None:
    lines = [
        "# Sentences that do not come out yet. Written by `UPDATE_KNOWN_GAPS=1 python -m pytest "
        "tests/test_cases_measures.py`;",
        "# a sentence that comes out must be struck off, so the list only shrinks.",
        *(case.line for case in cases if case.fault()),
    ]
    KNOWN_GAPS.write_text("\n".join(lines) + "\n", encoding="utf-8")


ALL = all_cases()
if os.environ.get("UPDATE_KNOWN_GAPS"):
    write_known_gaps(ALL)
GAPS = known_gaps()


def parameter(case: Case, number: int) -> object:
    known = pytest.mark.xfail(strict=True, reason="a known gap; strike it off the list when it comes out")
    marks = [known] if case.line in GAPS else []
    return pytest.param(case, marks=marks, id=f"{case.measure}-{case.kind}-{number}")


@pytest.mark.parametrize("case", [parameter(case, number) for number, case in enumerate(ALL)])
def test_sentence(case: Case) -> None:
    fault = case.fault()
    assert not fault, f"{fault} in {case.text}"


def test_a_hit_marks_one_stretch() -> None:
    for case in ALL:
        if case.kind == "hit":
            assert case.text.count(OPEN) == case.text.count(CLOSE) == 1, case.text
            assert case.text.index(CLOSE) - case.text.index(OPEN) > 2, case.text
        else:
            assert OPEN not in case.text and CLOSE not in case.text, case.text


def test_there_are_cases_of_every_measure() -> None:
    measures = {m.id for m in load_taxonomy(TESTS.parent / "measures.yaml").measures}
    for kind in ("hit", "miss"):
        assert {case.measure for case in ALL if case.kind == kind} == measures
    assert len({case.line for case in ALL}) == len(ALL)


def test_every_known_gap_is_a_case() -> None:
    assert set(GAPS) <= {case.line for case in ALL}
    assert len(set(GAPS)) == len(GAPS)


def test_most_sentences_come_out() -> None:
    """The list of gaps is for the hard rest; it must not become the rule."""
    for measure in {case.measure for case in ALL}:
        own = [case for case in ALL if case.measure == measure]
        assert sum(case.line in GAPS for case in own) <= len(own) * 0.3, measure
