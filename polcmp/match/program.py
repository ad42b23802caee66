"""A taxonomy made ready for matching: phrases numbered, trees compiled, patterns indexed by anchor.

Compiled once for a run; holds no text.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from polcmp.match.compiler import TreeCompiler
from polcmp.match.phrases import PhraseFinder
from polcmp.match.trees import Evaluator
from polcmp.model.taxonomy import Exclusion, Measure, Taxonomy
from polcmp.settings import Settings
from polcmp.text.readings import reading_key


class Rule(NamedTuple):
    """A pattern of a measure, compiled; `unless` and `given` as in `model.taxonomy.Pattern`."""

    measure: str
    form: str
    source: str
    tree: Evaluator
    unless: tuple[Evaluator, ...]
    given: tuple[Evaluator, ...]


class Veto(NamedTuple):
    """An exclusion of a measure, compiled; `scope` as in `model.taxonomy.Exclusion`."""

    source: str
    scope: str
    tree: Evaluator


@dataclass(frozen=True, slots=True)
class Program:
    """Everything the matcher needs of a taxonomy.

    Attributes:
        rules: all patterns, sorted by measure, form and source, so that the order of the file
            cannot change a result.
        by_anchor: rule numbers by text of a phrase; a rule is tried only where one of its anchors stands.
        needs: bits of the phrase groups that each rule needs, by its number; see `trees.Evaluator.needs`.
        unanchored: rules that need no phrase at all (only figures).
        groups: bits of the phrase groups that hold each text, by its number.
        vetoes: exclusions by measure.
    """

    finder: PhraseFinder
    rules: tuple[Rule, ...]
    by_anchor: dict[int, tuple[int, ...]]
    needs: tuple[int, ...]
    unanchored: tuple[int, ...]
    groups: list[int]
    vetoes: dict[str, tuple[Veto, ...]]
    settings: Settings


def compile_taxonomy(taxonomy: Taxonomy, settings: Settings) -> Program:
    """Make a taxonomy ready for matching.

    Args:
        taxonomy: loaded and free of faults.
        settings: edit budget, gap charges and cut-off.

    Returns:
        The program, to be used for any number of documents.
    """
    compiler = TreeCompiler()
    rules = sorted(
        (rule for measure in taxonomy.measures for rule in _rules(measure, compiler)),
        key=lambda rule: (rule.measure, rule.form, rule.source),
    )
    vetoes = {m.id: _vetoes(m.exclude, compiler) for m in taxonomy.measures}
    by_anchor: dict[int, list[int]] = defaultdict(list)
    for number, rule in enumerate(rules):
        for text in rule.tree.anchors or ():
            by_anchor[text].append(number)
    return Program(
        finder=PhraseFinder(compiler.phrases, settings, reading_key),
        rules=tuple(rules),
        by_anchor={text: tuple(numbers) for text, numbers in by_anchor.items()},
        needs=tuple(rule.tree.needs for rule in rules),
        unanchored=tuple(n for n, rule in enumerate(rules) if rule.tree.anchors is None),
        groups=compiler.groups_of(),
        vetoes=vetoes,
        settings=settings,
    )


def _rules(measure: Measure, compiler: TreeCompiler) -> list[Rule]:
    own = [("", pattern) for pattern in measure.patterns]
    own += [(form.id, pattern) for form in measure.forms for pattern in form.patterns]
    return [
        Rule(
            measure.id,
            form,
            p.source,
            compiler.compile(p.node),
            tuple(compiler.compile(node, verbatim=True) for node in p.unless),
            tuple(compiler.compile(node) for node in p.given),
        )
        for form, p in own
    ]


def _vetoes(exclusions: tuple[Exclusion, ...], compiler: TreeCompiler) -> tuple[Veto, ...]:
    ordered = sorted(exclusions, key=lambda e: (e.source, e.scope))
    return tuple(Veto(e.source, e.scope, compiler.compile(e.node, verbatim=True)) for e in ordered)
