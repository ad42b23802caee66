"""Which words of a text an exclusion struck at: its rule may list dozens, and one of them stands there.

Reads documents again through `polcmp.explain.trial`; decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from polcmp.explain.trial import Trial
from polcmp.explain.variants import UNLESS, patterns_of
from polcmp.model.comparison import DroppedMention
from polcmp.model.explanation import Struck
from polcmp.model.mention import Mention
from polcmp.model.taxonomy import Measure, Node, Pattern
from polcmp.pipeline import Reader

Hit = Mention | DroppedMention


def struck_words(trial: Trial, dropped: Sequence[DroppedMention]) -> tuple[Struck, ...]:
    """For each match that an exclusion dropped, the words nearest to it that the exclusion stands for.

    Args:
        trial: documents and measure.
        dropped: matches that do not count.

    Returns:
        In the order of `dropped`; matches that something else dropped are left out.
    """
    excluded = [one for one in dropped if one.reason == "excluded"]
    rules = {source: nodes for source in {one.detail for one in excluded} if (nodes := _nodes(trial, source))}
    found = _hits(trial, rules, {one.document for one in excluded})
    struck = []
    for one in excluded:
        near = [hit for hit in found.get(one.detail, ()) if hit.document == one.document]
        if near:
            words = min(near, key=lambda hit: (_apart(hit, one), hit.raw_span)).quote
            struck.append(Struck(one.document, one.raw_span, one.detail, words))
    return tuple(struck)


def _nodes(trial: Trial, source: str) -> tuple[Node, ...]:
    """What an exclusion of this name looks for: one of the measure, or those of a single pattern."""
    if source.startswith(UNLESS):
        own = source.removeprefix(UNLESS)
        return tuple(node for one in patterns_of(trial.measure) if one.source == own for node in one.unless)
    return tuple(one.node for one in trial.measure.exclude if one.source == source)


def _hits(trial: Trial, rules: Mapping[str, tuple[Node, ...]], documents: set[str]) -> dict[str, list[Hit]]:
    """Where the exclusions stand verbatim, each as a measure of its own, whatever else is said there."""
    sources = sorted(rules)
    measures = tuple(
        Measure(f"x{number}", "", "", "", "", "", (), tuple(map(_pattern, rules[source])), (), ())
        for number, source in enumerate(sources)
    )
    if not measures:
        return {}
    settings = replace(trial.settings, min_score=0.0, join_characters=-1)
    reader = Reader.of(replace(trial.taxonomy, measures=measures), settings)
    hits: dict[str, list[Hit]] = {source: [] for source in sources}
    for document in trial.documents:
        if document.name in documents:
            result = reader.read(document)
            found: list[Hit] = [*result.mentions, *result.dropped]
            for one in found:
                if not any(part.how.startswith(("edits", "homophone")) for part in one.parts):
                    hits[sources[int(one.measure[1:])]].append(one)
    return hits


def _pattern(node: Node) -> Pattern:
    return Pattern("exclusion", node)


def _apart(hit: Hit, one: DroppedMention) -> int:
    """Code points between two stretches, 0 where they overlap."""
    return max(0, hit.raw_span.start - one.raw_span.end, one.raw_span.start - hit.raw_span.end)
