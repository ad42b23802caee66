"""Verdicts counted, and counts turned into figures with their intervals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from polcmp.evaluate.judge import Verdict
from polcmp.model.evaluation import CellFigures, Estimate, Figures

Z = 1.959963984540054
"""Standard normal quantile of 0.975: two-sided intervals of 95 %."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a part of the verdicts adds up to."""

    required: int = 0
    recalled: int = 0
    recalled_status: int = 0
    found: int = 0
    right: int = 0
    right_status: int = 0
    in_boilerplate: int = 0


def count(verdicts: Iterable[Verdict], status: str = "") -> Counts:
    """Add verdicts up.

    Args:
        verdicts: any part of them.
        status: count only labels of this status, and finds read as it; ``""`` for all.
    """
    chosen = list(verdicts)
    gold = [one for v in chosen for one in v.gold if status in ("", one.gold.status)]
    found = [one for v in chosen for one in v.found if status in ("", one.found.status)]
    return Counts(
        required=len(gold),
        recalled=sum(bool(one.found_by) for one in gold),
        recalled_status=sum(one.right_status for one in gold),
        found=len(found),
        right=sum(one.right for one in found),
        right_status=sum(one.right_status for one in found),
        in_boilerplate=sum(one.in_boilerplate for one in found),
    )


def figures(counts: Counts) -> Figures:
    """The figures that counts give."""
    c = counts
    return Figures(
        required=c.required,
        found=c.found,
        precision=share(c.right, c.found),
        recall=share(c.recalled, c.required),
        f1=_f1(c.right, c.found, c.recalled, c.required),
        f1_status=_f1(c.right_status, c.found, c.recalled_status, c.required),
        status_accuracy=share(c.recalled_status, c.recalled),
        in_boilerplate=c.in_boilerplate,
    )


def cell_figures(verdicts: Iterable[Verdict]) -> CellFigures:
    """How well cells are filled; a cell that is rightly empty is right."""
    judged = [one for one in verdicts if not one.optional_only]
    both = sum(bool(one.want and one.got) for one in judged)
    one_only = sum(bool(one.want) != bool(one.got) for one in judged)
    value = 2 * both / (2 * both + one_only) if both + one_only else None
    return CellFigures(
        total=len(judged),
        right=share(sum(one.want == one.got for one in judged), len(judged)),
        presence_f1=f_estimate(value, both + one_only),
    )


def share(part: int, whole: int) -> Estimate:
    """A proportion with its Wilson interval."""
    return Estimate(part / whole, *wilson(part / whole, whole)) if whole else Estimate(None)


def wilson(value: float, size: float) -> tuple[float, float]:
    """The Wilson score interval of 95 % of a proportion (Wilson 1927).

    Args:
        value: the proportion, 0 to 1.
        size: number of trials, more than 0.

    Returns:
        Its bounds; they never leave 0 to 1 and always hold `value`.
    """
    spread = Z * Z / size
    centre = (value + spread / 2) / (1 + spread)
    half = Z * sqrt(value * (1 - value) / size + spread / (4 * size)) / (1 + spread)
    return max(0.0, min(value, centre - half)), min(1.0, max(value, centre + half))


def f_estimate(value: float | None, size: float) -> Estimate:
    """An f1 with its interval.

    f1 is no proportion, but f* = f1 / (2 - f1) is one: of all stretches that are labelled or found, those
    that are both (Hand, Christen and Kirielle 2021). Its Wilson interval is carried back.

    Args:
        value: the f1, 0 to 1; None when there is nothing to measure it on.
        size: number of stretches that are labelled or found.
    """
    if value is None or not size:
        return Estimate(value)
    low, high = (2 * bound / (1 + bound) for bound in wilson(value / (2 - value), size))
    return Estimate(value, min(low, value), max(high, value))


def _f1(right: int, found: int, recalled: int, required: int) -> Estimate:
    precision = right / found if found else 0.0
    recall = recalled / required if required else 0.0
    value = 2 * precision * recall / (precision + recall) if precision and recall else 0.0
    # One find may hold several labels and the other way round: their mean stands for "both".
    both = (right + recalled) / 2
    return f_estimate(value, found - right + required - recalled + both)
