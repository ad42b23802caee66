"""Results and gold labels -> `Evaluation`: every figure, whole and in parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

from polcmp.errors import UsageError
from polcmp.evaluate.figures import cell_figures, count, figures
from polcmp.evaluate.gold import Gold
from polcmp.evaluate.judge import Verdict, judge, mistakes
from polcmp.evaluate.regions import mask_figures, region_figures
from polcmp.evaluate.spans import Found
from polcmp.model.comparison import DocumentFacts, DocumentResult
from polcmp.model.evaluation import Evaluation, Group
from polcmp.model.mention import STATUSES, Mention

MOST_NAMES = 5
"""Documents that a warning names; the rest is counted."""


def evaluate(gold: Gold, results: Iterable[DocumentResult], measures: Collection[str] = ()) -> Evaluation:
    """Set results against labels.

    Args:
        gold: the labels (`load_gold`).
        results: analysed documents, matched with the labels by file name. Labels of a document that is
            not among them count as missed; documents without labels are left out.
        measures: ids that the taxonomy has, for a warning about labels of others; none: not checked.

    Returns:
        The figures and the mistakes behind them.

    Raises:
        UsageError: P425 none of the labelled documents is among the results.
    """
    ordered = sorted(results, key=lambda one: one.facts.name)
    facts = {file_name(one.facts.name): one.facts for one in ordered}
    if gold.documents and not any(one.name in facts for one in gold.documents):
        raise UsageError(
            "none of the documents is labelled",
            code="P425",
            where=gold.path,
            hint=f"Labels are there for: {_listed([one.name for one in gold.documents])}.",
        )
    verdicts = judge(gold, (find for one in ordered for find in finds(one)))
    return Evaluation(
        gold=gold.path,
        documents=len(gold.documents),
        overall=figures(count(verdicts)),
        measures=_by_measure(verdicts, len(gold.documents)),
        statuses=tuple(Group(one, len(gold.documents), figures(count(verdicts, one))) for one in STATUSES),
        noise=_by_kind(verdicts, {one.name: one.noise for one in gold.documents}),
        genres=_by_kind(verdicts, {one.name: (one.genre,) if one.genre else () for one in gold.documents}),
        cells=cell_figures(verdicts),
        regions=region_figures(gold, facts),
        masks=mask_figures(gold, facts),
        mistakes=mistakes(verdicts),
        warnings=tuple(_warnings(gold, ordered, facts, measures)),
    )


def file_name(document: str) -> str:
    """What documents are matched by: the last part of the name."""
    return PurePath(document).name


def finds(result: DocumentResult) -> list[Found]:
    """The mentions of a document as finds, in the order in which results publish them."""
    ordered = sorted(result.mentions, key=lambda m: (m.raw_span, m.measure, m.form, m.pattern, m.id))
    return [_found(one) for one in ordered]


def _found(mention: Mention) -> Found:
    return Found(
        document=file_name(mention.document),
        measure=mention.measure,
        status=mention.status,
        raw_span=mention.raw_span,
        score=round(mention.score, 4),
        quote=mention.quote,
        pattern=mention.pattern,
        cue=mention.reading.cue,
        cue_from=mention.reading.cue_from,
    )


def _by_measure(verdicts: Sequence[Verdict], documents: int) -> tuple[Group, ...]:
    names = sorted({one.measure for one in verdicts})
    return tuple(
        Group(name, documents, figures(count(one for one in verdicts if one.measure == name)))
        for name in names
    )


def _by_kind(verdicts: Sequence[Verdict], kinds: Mapping[str, Sequence[str]]) -> tuple[Group, ...]:
    """Figures of each kind of document; a document of several kinds counts in each."""
    groups = []
    for name in sorted({one for some in kinds.values() for one in some}):
        members = {document for document, some in kinds.items() if name in some}
        chosen = (one for one in verdicts if one.document in members)
        groups.append(Group(name, len(members), figures(count(chosen))))
    return tuple(groups)


def _warnings(
    gold: Gold,
    results: Sequence[DocumentResult],
    facts: Mapping[str, DocumentFacts],
    measures: Collection[str],
) -> Iterator[str]:
    labelled = {one.name: one for one in gold.documents}
    unread = [name for name in labelled if name not in facts]
    if unread:
        yield f"not among the documents, all their labels count as missed: {_listed(unread)}"
    unlabelled = [name for name in facts if name not in labelled]
    if unlabelled:
        yield f"without labels, left out: {_listed(unlabelled)}"
    if len(facts) < len(results):
        yield "several documents have the same file name; labels cannot tell them apart"
    changed = [
        name
        for name, one in labelled.items()
        if name in facts and one.characters not in (-1, facts[name].characters)
    ]
    if changed:
        yield f"other text than was labelled (its length differs), offsets may be off: {_listed(changed)}"
    stray = sorted({one.document for one in gold.mentions} - labelled.keys())
    if stray:
        yield f"labelled mentions in documents that are not listed, left out: {_listed(stray)}"
    unknown = sorted({one.measure for one in gold.mentions} - set(measures)) if measures else []
    if unknown:
        yield f"labelled measures that the taxonomy does not have: {_listed(unknown)}"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
