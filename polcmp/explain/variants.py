"""A measure with one thing changed: an exclusion left out, a condition lifted, a pattern more or less.

Pure functions over the taxonomy's nouns. Must not read documents.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from polcmp.model.taxonomy import Measure, Node, Pattern, Taxonomy

UNLESS = "unless of "
"""How the matcher names a veto that belongs to a single pattern."""


def patterns_of(measure: Measure) -> list[Pattern]:
    """Every pattern of a measure, those of its forms last."""
    return [*measure.patterns, *(one for form in measure.forms for one in form.patterns)]


def alone(taxonomy: Taxonomy, measure: Measure) -> Taxonomy:
    """The taxonomy with this measure only: measures do not hide one another."""
    return replace(taxonomy, measures=(measure,))


def without_exclusion(measure: Measure, source: str) -> Measure:
    """Without the exclusions of this source."""
    return measure._replace(exclude=tuple(one for one in measure.exclude if one.source != source))


def without_unless(measure: Measure, source: str) -> Measure:
    """The pattern of this source without its `unless`."""
    return _each(measure, lambda one: one._replace(unless=()) if one.source == source else one)


def without_given(measure: Measure, source: str = "") -> Measure:
    """The pattern of this source (``""``: every pattern) without its `given`."""
    return _each(measure, lambda one: one._replace(given=()) if source in ("", one.source) else one)


def without_pattern(measure: Measure, source: str) -> Measure:
    """Without the patterns of this source."""
    return _each(measure, lambda one: None if one.source == source else one)


def with_remedy(measure: Measure, source: str, node: Node) -> Measure:
    """With one more pattern, as the pattern of this source but for its tree."""
    known = patterns_of(measure)
    model = next(one for one in known if one.source == source)
    return measure._replace(patterns=(*measure.patterns, model._replace(node=node)))


def given_of(measure: Measure, source: str) -> tuple[Node, ...]:
    """What the pattern of this source takes as given."""
    known = patterns_of(measure)
    return next((one.given for one in known if one.source == source and one.given), ())


def _each(measure: Measure, change: Callable[[Pattern], Pattern | None]) -> Measure:
    def changed(patterns: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
        return tuple(new for one in patterns if (new := change(one)) is not None)

    forms = tuple(form._replace(patterns=changed(form.patterns)) for form in measure.forms)
    return measure._replace(patterns=changed(measure.patterns), forms=forms)
