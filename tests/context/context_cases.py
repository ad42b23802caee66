"""Helpers of the context tests: read a marked case as a document."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from polcmp.context import open_context
from polcmp.model.document import Location
from polcmp.model.mention import CALLED_FOR, IMPLEMENTED, LACKING, PLANNED, Reading
from polcmp.segment import segment
from polcmp.text.fold import fold
from polcmp.text.span import Span

CASES = Path(__file__).parent.parent / "cases"
STATUS_OF = {"I": IMPLEMENTED, "P": PLANNED, "C": CALLED_FOR, "L": LACKING}


def load_cases(name: str) -> list[Any]:
    """Cases of one file as pytest parameters; `xfail` says why a case is known to be read wrongly."""
    cases = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return [
        pytest.param(
            case,
            id=case["id"],
            marks=[pytest.mark.xfail(reason=case["xfail"], strict=True)] if case.get("xfail") else [],
        )
        for case in cases
    ]


def read_case(case: dict[str, Any]) -> Reading:
    """Reading of the stretch in 【…】, headings and title above it."""
    headings = case.get("heading", [])
    above = [case["title"]] if case.get("title") else []
    above += [headings] if isinstance(headings, str) else headings
    text = "\n".join([*above, case["text"]])
    span = Span(text.index("【"), text.index("】") - 1)
    name, _, full_name = case.get("region", "").partition("/")
    return read_stretches(text.replace("【", "").replace("】", ""), [span], Location(name, full_name))[0]


def read_document(marked: str) -> list[tuple[str, str, Reading]]:
    """Stretches marked 【X:…】 of a document: words, expected status, reading."""
    text, spans, expected, start = "", [], [], 0
    for mark in re.finditer(r"【([IPCL]):([^】]*)】", marked):
        text += marked[start : mark.start()]
        spans.append(Span(len(text), len(text) + len(mark[2])))
        expected.append(STATUS_OF[mark[1]])
        text += mark[2]
        start = mark.end()
    text += marked[start:]
    readings = read_stretches(text, spans, Location(""))
    return [
        (text[s.start : s.end], status, reading)
        for s, status, reading in zip(spans, expected, readings, strict=True)
    ]


def read_stretches(text: str, raw_spans: list[Span], location: Location) -> list[Reading]:
    folded = fold(text)
    segmentation = segment(folded.text)
    reader = open_context(folded.text, segmentation, location)
    readings = []
    for raw_span in raw_spans:
        span = folded.folded_span(raw_span)
        sentence = next(
            number for number, one in enumerate(segmentation.sentences) if one.folded_span.overlaps(span)
        )
        readings.append(reader.read(span, sentence))
    return readings
