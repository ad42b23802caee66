"""Every find and every label of a document set against each other: right, wrong, missed.

The rules: a find is right when it shares at least half of the shorter stretch with a label of its
measure and is not too long to show anything; a required label is found when such a find shares half with
it; an optional label makes a find right and is never missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from polcmp.evaluate.gold import Gold, GoldMention
from polcmp.evaluate.spans import LONGEST, Found, merged, same_words
from polcmp.model.evaluation import Mistake
from polcmp.model.mention import STATUSES
from polcmp.text.span import Span


@dataclass(frozen=True, slots=True)
class FoundVerdict:
    """A find: whether it is right, its status too, and whether it is wrong and in labelled boilerplate."""

    found: Found
    right: bool
    right_status: bool
    in_boilerplate: bool


@dataclass(frozen=True, slots=True)
class GoldVerdict:
    """A required label and the finds it was found by, in text order; none: it was missed."""

    gold: GoldMention
    found_by: tuple[Found, ...]

    @property
    def right_status(self) -> bool:
        """Whether one of the finds has the labelled status."""
        return any(one.status == self.gold.status for one in self.found_by)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One document × measure.

    Attributes:
        found: its finds, overlapping ones counted once.
        gold: its required labels.
        optional_only: it has labels, all of them optional; such a cell is not judged.
    """

    document: str
    measure: str
    found: tuple[FoundVerdict, ...]
    gold: tuple[GoldVerdict, ...]
    optional_only: bool

    @property
    def want(self) -> str:
        """Strongest status among the required labels, ``""`` for none."""
        return strongest(one.gold.status for one in self.gold)

    @property
    def got(self) -> str:
        """Strongest status among the finds, ``""`` for none."""
        return strongest(one.found.status for one in self.found)


def strongest(statuses: Iterable[str]) -> str:
    """The strongest of some statuses, ``""`` for none."""
    return min(statuses, key=STATUSES.index, default="")


def judge(gold: Gold, found: Iterable[Found]) -> tuple[Verdict, ...]:
    """A verdict for every labelled document and every measure that is labelled or found in any.

    Finds in documents without labels are left out.
    """
    names = [one.name for one in gold.documents]
    known = set(names)
    labels: dict[tuple[str, str], list[GoldMention]] = defaultdict(list)
    finds: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for label in gold.mentions:
        labels[label.document, label.measure].append(label)
    for find in found:
        if find.document in known:
            finds[find.document, find.measure].append(find)
    measures = sorted({measure for _, measure in (*labels, *finds)})
    boilerplate = gold.boilerplate or {}
    return tuple(
        _verdict(
            name,
            measure,
            labels.get((name, measure), ()),
            finds.get((name, measure), ()),
            boilerplate.get(name, ()),
        )
        for name in names
        for measure in measures
    )


def _verdict(
    document: str,
    measure: str,
    labels: Sequence[GoldMention],
    finds: Sequence[Found],
    boilerplate: Sequence[Span],
) -> Verdict:
    found = merged(finds)
    required = [label for label in labels if label.required]
    return Verdict(
        document,
        measure,
        tuple(_judged(one, labels, boilerplate) for one in found),
        tuple(GoldVerdict(label, tuple(one for one in found if _fits(one, label))) for label in required),
        optional_only=bool(labels) and not required,
    )


def _judged(found: Found, labels: Sequence[GoldMention], boilerplate: Sequence[Span]) -> FoundVerdict:
    fitting = [label for label in labels if _fits(found, label)]
    return FoundVerdict(
        found,
        right=bool(fitting),
        right_status=any(label.status == found.status for label in fitting),
        in_boilerplate=not fitting and any(found.raw_span.overlaps(span) for span in boilerplate),
    )


def _fits(found: Found, label: GoldMention) -> bool:
    return found.raw_span.length <= LONGEST and same_words(found.raw_span, label.raw_span)


def mistakes(verdicts: Iterable[Verdict]) -> tuple[Mistake, ...]:
    """What was read wrongly, by document and measure: wrong finds first, then labels."""
    return tuple(mistake for one in verdicts for mistake in (*_wrong(one), *_not_right(one)))


def _wrong(verdict: Verdict) -> Iterator[Mistake]:
    for one in verdict.found:
        if not one.right:
            find = one.found
            kind = "boilerplate" if one.in_boilerplate else "wrong"
            yield Mistake(
                kind,
                verdict.document,
                verdict.measure,
                "",
                find.status,
                find.raw_span,
                find.quote,
                find.pattern,
                find.cue,
                find.cue_from,
            )


def _not_right(verdict: Verdict) -> Iterator[Mistake]:
    for one in verdict.gold:
        label = one.gold
        if not one.found_by:
            yield Mistake(
                "missed", verdict.document, verdict.measure, label.status, "", label.raw_span, label.quote
            )
        elif not one.right_status:
            first = one.found_by[0]
            yield Mistake(
                "status",
                verdict.document,
                verdict.measure,
                label.status,
                first.status,
                label.raw_span,
                label.quote,
                first.pattern,
                first.cue,
                first.cue_from,
            )
