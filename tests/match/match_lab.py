"""Small taxonomies and sentences for the tests of the matcher; no file, no status, no place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from polcmp.match import Program, compile_taxonomy, find_matches
from polcmp.match.rows import InRow
from polcmp.match.trees import Evaluator
from polcmp.model.mention import Dropped, Match
from polcmp.model.taxonomy import Choice, Exclusion, Literal, Measure, Pattern, Taxonomy
from polcmp.segment import segment
from polcmp.settings import Settings
from polcmp.taxonomy import parse_pattern
from polcmp.text.fold import fold

Lists = dict[str, Choice]
DEFAULT = Settings()


def words(**lists: str) -> Lists:
    """Word lists by name, each ``a b c``."""
    return {name: Choice(tuple(Literal(one) for one in text.split()), name) for name, text in lists.items()}


def pattern(
    source: str, lists: Lists | None = None, unless: Iterable[str] = (), given: Iterable[str] = ()
) -> Pattern:
    """A pattern with its conditions."""

    def trees(sources: Iterable[str]) -> tuple[object, ...]:
        return tuple(parse_pattern(one, lists=lists) for one in sources)

    return Pattern(source, parse_pattern(source, lists=lists), unless=trees(unless), given=trees(given))  # type: ignore[arg-type]


def exclusion(source: str, scope: str = "overlap") -> Exclusion:
    """An exclusion."""
    return Exclusion(source, parse_pattern(source), scope)


def measure(*patterns: Pattern | str, exclude: Iterable[Exclusion] = (), id: str = "m") -> Measure:
    """A measure of these patterns."""
    made = tuple(pattern(one) if isinstance(one, str) else one for one in patterns)
    return Measure(id, id, id, "", "", "", (), made, tuple(exclude), ())


def program(*measures: Measure, settings: Settings = DEFAULT) -> Program:
    """The measures made ready."""
    return compile_taxonomy(Taxonomy(measures, "(test)", ""), settings)


def search(ready: Program, text: str) -> tuple[list[Match], list[Dropped]]:
    """Matches and what was dropped, in a text that is folded first."""
    folded = fold(text).text
    return find_matches(ready, folded, segment(folded, ()))


def quotes(text: str, *patterns: Pattern | str, settings: Settings = DEFAULT, **more: object) -> list[str]:
    """Folded stretches that one measure of these patterns matches in a text."""
    folded = fold(text).text
    one = measure(*patterns, **more)  # type: ignore[arg-type]
    matches, _ = find_matches(program(one, settings=settings), folded, segment(folded, ()))
    return [folded[m.folded_span.start : m.folded_span.end] for m in matches]


def one_match(text: str, *patterns: Pattern | str, settings: Settings = DEFAULT) -> Match:
    """The only match of one measure of these patterns in a text."""
    matches, _ = search(program(measure(*patterns), settings=settings), text)
    assert len(matches) == 1, matches
    return matches[0]


def unanchored(ready: Program) -> Program:
    """The same program with every rule tried in every sentence."""
    for rule in ready.rules:
        for tree in (rule.tree, *rule.unless, *rule.given):
            _each(tree, _let_go)
    for vetoes in ready.vetoes.values():
        for veto in vetoes:
            _each(veto.tree, _let_go)
    everything = tuple(range(len(ready.rules)))
    return replace(ready, by_anchor={}, needs=(0,) * len(everything), unanchored=everything)


def _let_go(tree: Evaluator) -> None:
    tree.anchors = None
    tree.needs = 0
    if isinstance(tree, InRow):
        tree.pairs = ()


def _each(tree: Evaluator, do: Callable[[Evaluator], None]) -> None:
    do(tree)
    for name in ("options", "parts"):
        for inner in getattr(tree, name, ()):
            _each(inner, do)
    for step in getattr(tree, "steps", ()):
        _each(step.piece, do)
