"""Nouns of an evaluation: figures with their intervals, and the mistakes behind them. No behaviour."""

from __future__ import annotations

from dataclasses import dataclass

from polcmp.text.span import Span

MISTAKES = ("missed", "wrong", "boilerplate", "status")
"""Kinds of mistakes: a labelled mention not found; a find where nothing is labelled; such a find in
labelled boilerplate; a labelled mention found with another status."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and the 95 % interval it is known within; all between 0 and 1.

    `value` is None when there is nothing to measure it on (and the interval says nothing: 0 to 1).
    """

    value: float | None
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True, slots=True)
class Figures:
    """How well mentions are found.

    Attributes:
        required: labelled mentions that must be found.
        found: stretches found, overlapping ones of one measure counted once.
        precision: right ones among those found.
        recall: found ones among those required.
        f1: harmonic mean of the two.
        f1_status: the same, where the status has to be right as well.
        status_accuracy: right statuses among the required ones that were found.
        in_boilerplate: wrong ones that stand in labelled boilerplate.
    """

    required: int
    found: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    f1_status: Estimate
    status_accuracy: Estimate
    in_boilerplate: int


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of a part: one measure, status, kind of noise or genre; `documents` it was measured on."""

    name: str
    documents: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class CellFigures:
    """How well cells (document × measure) are filled.

    Attributes:
        total: cells judged; those with optional labels only are left out.
        right: cells with the right strongest status, empty ones included.
        presence_f1: f1 of being filled at all, whatever the status.
    """

    total: int
    right: Estimate
    presence_f1: Estimate


@dataclass(frozen=True, slots=True)
class WrongRegion:
    """A document whose region is not the labelled one; `found` is ``""`` when none was found."""

    document: str
    region: str
    found: str


@dataclass(frozen=True, slots=True)
class RegionFigures:
    """How many documents have the right region, of those that are labelled with one."""

    total: int
    right: int
    share: Estimate
    wrong: tuple[WrongRegion, ...]


@dataclass(frozen=True, slots=True)
class MaskFigures:
    """How well boilerplate is masked, in raw code points of the labelled documents that were read.

    Attributes:
        boilerplate: characters labelled as boilerplate.
        recall: share of them that are masked, None when there are none.
        body: all other characters.
        body_lost: share of them that are masked, None when there are none.
    """

    boilerplate: int
    recall: float | None
    body: int
    body_lost: float | None


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that was read wrongly.

    Attributes:
        kind: one of `MISTAKES`.
        status: the labelled status, ``""`` where nothing is labelled.
        read_as: the status it was found with, ``""`` where nothing was found.
        raw_span: the labelled stretch, or the one found where nothing is labelled.
        pattern: the pattern that found it, ``""`` where nothing did.
        cue: the words that decided the status, ``""`` for none.
        cue_from: where they stand (see `polcmp.model.mention.Reading`).
    """

    kind: str
    document: str
    measure: str
    status: str
    read_as: str
    raw_span: Span
    quote: str
    pattern: str = ""
    cue: str = ""
    cue_from: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Results set against labels.

    `measures`, `noise` and `genres` are sorted by name, `statuses` from the strongest to the weakest;
    `mistakes` by document and measure. `regions` is None when no regions are labelled, `masks` when no
    boilerplate is. `warnings` are what the reader should know of the labels, a sentence each.
    """

    gold: str
    documents: int
    overall: Figures
    measures: tuple[Group, ...]
    statuses: tuple[Group, ...]
    noise: tuple[Group, ...]
    genres: tuple[Group, ...]
    cells: CellFigures
    regions: RegionFigures | None
    masks: MaskFigures | None
    mistakes: tuple[Mistake, ...]
    warnings: tuple[str, ...] = ()
