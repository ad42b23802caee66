"""`polcmp.evaluate` and ``tests/data/score_mentions.py``, two programs for the same rules: equal figures.

Single mistakes are compared on documents that may be read; of the others only figures over all of them.
"""

from __future__ import annotations

import dataclasses
import json
import random
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import polcmp
from polcmp.evaluate import evaluate, load_gold
from polcmp.model.comparison import DocumentResult
from polcmp.model.evaluation import Evaluation, Figures
from polcmp.model.mention import STATUSES, Mention
from polcmp.text.span import Span

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS / "data"))
import score_mentions  # noqa: E402

SETS = ("seeds", "dev", "invented-a", "invented-b")
READABLE = ("seeds", "invented-a")


@cache
def results(name: str) -> tuple[DocumentResult, ...]:
    gold = load_gold(TESTS / "gold" / name)
    inputs = gold.inputs() or TESTS.parent / "seeds"
    return polcmp.compare(inputs, taxonomy=TESTS.parent / "measures.yaml").documents


def as_published(some: Iterable[DocumentResult]) -> dict[str, Any]:
    """What of the JSON the reference reads."""
    return {
        "mentions": [
            {
                "document": m.document,
                "measure": m.measure,
                "status": m.status,
                "score": round(m.score, 4),
                "start": m.raw_span.start,
                "end": m.raw_span.end,
                "quote": m.quote,
                "pattern": m.pattern,
            }
            for one in some
            for m in one.mentions
        ],
        "documents": [
            {"document": one.facts.name, "path": one.facts.path, "region": one.facts.location.name}
            for one in some
        ],
    }


def plain(figures: Figures) -> dict[str, Any]:
    estimates = ("precision", "recall", "f1", "f1_status", "status_accuracy")
    counts = ("required", "found", "in_boilerplate")
    return {key: getattr(figures, key).value for key in estimates} | {
        key: getattr(figures, key) for key in counts
    }


def as_reference(one: Evaluation) -> dict[str, Any]:
    assert one.regions
    return {
        "documents": one.documents,
        "all": plain(one.overall),
        "measures": {group.name: plain(group.figures) for group in one.measures},
        "cells": {
            "total": one.cells.total,
            "right": one.cells.right.value,
            "presence_f1": one.cells.presence_f1.value,
        },
        "regions": {
            "right": one.regions.right,
            "total": one.regions.total,
            "wrong": len(one.regions.wrong),
        },
    }


def both(name: str, some: tuple[DocumentResult, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Reference and ours, with the mistakes where they may be seen and their number where not."""
    reference = score_mentions.score(TESTS / "gold" / name, as_published(some))
    ours = evaluate(load_gold(TESTS / "gold" / name), some)
    mistakes = [
        (
            one.kind,
            one.document,
            one.measure,
            f"{one.status} read as {one.read_as}" if one.kind == "status" else one.status or one.read_as,
            one.quote,
            one.pattern if one.kind in ("wrong", "boilerplate") else "",
        )
        for one in ours.mistakes
    ]
    expected = reference.pop("errors")
    reference["regions"]["wrong"] = len(reference["regions"]["wrong"])
    if name not in READABLE:
        mistakes, expected = [len(mistakes)], [len(expected)]
    return {**reference, "errors": expected}, {**as_reference(ours), "errors": mistakes}


@pytest.mark.parametrize("name", SETS)
def test_agrees_on_the_results(name: str) -> None:
    reference, ours = both(name, results(name))
    assert ours == reference


def other(one: Any, **changes: Any) -> Any:
    """The same with some fields changed, be it a dataclass or a named tuple."""
    return one._replace(**changes) if isinstance(one, tuple) else dataclasses.replace(one, **changes)


def mutated(some: tuple[DocumentResult, ...], seed: int) -> tuple[DocumentResult, ...]:
    """The same results with mentions lost, moved, lengthened, doubled, given other statuses and scores."""
    chance = random.Random(seed)
    changed = []
    for one in some:
        mentions: list[Mention] = []
        for mention in one.mentions:
            for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
                mentions.append(moved(mention, chance))
        mentions.sort(key=lambda m: (m.raw_span, m.measure, m.form, m.pattern, m.id))
        location = one.facts.location if chance.random() < 0.8 else other(one.facts.location, name="甲县")
        changed.append(other(one, mentions=tuple(mentions), facts=other(one.facts, location=location)))
    return tuple(one for one in changed if chance.random() < 0.95)


def moved(mention: Mention, chance: random.Random) -> Mention:
    span = mention.raw_span
    if chance.random() < 0.5:
        start = max(0, span.start + chance.randint(-12, 12))
        span = Span(start, start + max(1, span.length + chance.choice((-6, -1, 0, 4, 30, 115, 130))))
    status = mention.status if chance.random() < 0.6 else chance.choice(STATUSES)
    return other(mention, raw_span=span, status=status, score=chance.choice((0.61234, 0.8, 0.81, 1.0)))


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("seed", range(12))
def test_agrees_on_mutated_results(name: str, seed: int) -> None:
    reference, ours = both(name, mutated(results(name), seed))
    assert ours == reference


def test_agrees_where_nothing_was_found() -> None:
    nothing = tuple(other(one, mentions=()) for one in results("seeds"))
    reference, ours = both("seeds", nothing)
    assert ours == reference


def test_agrees_on_the_published_json(tmp_path: Path) -> None:
    """Scores of 4 decimals, order of mentions: nothing is lost on the way through ``compare --json``."""
    result = polcmp.compare(TESTS.parent / "seeds", taxonomy=TESTS.parent / "measures.yaml")
    reference = score_mentions.score(TESTS / "gold" / "seeds", json.loads(result.to_json()))
    ours = evaluate(load_gold(TESTS / "gold" / "seeds"), result.documents)
    assert plain(ours.overall) == reference["all"]
