"""What entries of a taxonomy mean to one another: patterns that can never match, doubles, examples.

Looks at trees and word lists that were read; reads no file and matches no text itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set

from polcmp.model.taxonomy import Choice, Exclusion, Literal, Measure, Node, Pattern, Taxonomy
from polcmp.taxonomy import codes
from polcmp.taxonomy.fault import Ledger
from polcmp.taxonomy.lexicon import Lexicon
from polcmp.taxonomy.trees import Gauge, always_holds, literals, notation

MOST_PHRASES = 100_000
"""Phrases one pattern may stand for: word lists that name each other twice would double at every step."""


def patterns_of(measure: Measure) -> Iterator[Pattern]:
    """The patterns of a measure and of its forms, forms first."""
    for form in measure.forms:
        yield from form.patterns
    yield from measure.patterns


def errors(taxonomy: Taxonomy, longest_match: int, ledger: Ledger) -> None:
    """Note every pattern and example that makes the taxonomy unusable.

    Args:
        taxonomy: the trees.
        longest_match: longest stretch one match may cover, in code points.
        ledger: where faults go.
    """
    gauge = Gauge()
    for measure in taxonomy.measures:
        entries: list[Pattern | Exclusion] = [*patterns_of(measure), *measure.exclude]
        for entry in entries:
            _too_large(entry, ledger, gauge)
        excluded = _excluded(measure.exclude, gauge)
        known: dict[int, bool] = {}
        for pattern in patterns_of(measure):
            needed = gauge.extent(pattern.node).needs
            if needed > longest_match:
                message = (
                    f"pattern `{_short(pattern.source)}` can never match: "
                    f"it needs {needed} characters, a match covers at most {longest_match}"
                )
                ledger.add(codes.NEVER_MATCHES, pattern.place, message, "write a shorter pattern")
            _covered(measure, pattern, excluded, known, ledger)
            _vetoed(pattern, gauge, ledger)
        _contradictions(measure, ledger)


def _too_large(entry: Pattern | Exclusion, ledger: Ledger, gauge: Gauge) -> None:
    conditions = (*entry.unless, *entry.given) if isinstance(entry, Pattern) else ()
    if any(gauge.extent(node).size > MOST_PHRASES for node in (entry.node, *conditions)):
        message = f"pattern `{_short(entry.source)}` stands for more than {MOST_PHRASES} phrases"
        hint = "word lists that name one another multiply: make them smaller"
        ledger.add(codes.TOO_LARGE, entry.place, message, hint)


def _excluded(exclusions: tuple[Exclusion, ...], gauge: Gauge) -> dict[str, Exclusion]:
    """The phrases that an exclusion drops by themselves, each with its first exclusion."""
    found: dict[str, Exclusion] = {}
    for exclusion in exclusions:
        for literal in _phrases(exclusion.node, gauge):
            found.setdefault(literal.text, exclusion)
    return found


def _phrases(node: Node, gauge: Gauge) -> Iterator[Literal]:
    return literals(node) if gauge.extent(node).size <= MOST_PHRASES else iter(())


def _covered(
    measure: Measure,
    pattern: Pattern,
    excluded: dict[str, Exclusion],
    known: dict[int, bool],
    ledger: Ledger,
) -> None:
    """Note a pattern of which every match, or one alternative, is dropped by an exclusion."""
    if not excluded:
        return
    same = [text for text in _own_phrases(pattern.node) if text in excluded]
    for text in same:
        hint = f"the exclusion stands in line {excluded[text].place.line}; take one of the two away"
        message = f"`{text}` is both a pattern and an exclusion of {_named(measure)}"
        ledger.add(codes.INCLUDED_AND_EXCLUDED, pattern.place, message, hint)
    if same or not always_holds(pattern.node, excluded, known):
        return
    covering = next((e for text, e in excluded.items() if always_holds(pattern.node, (text,), {})), None)
    reason = f"the exclusion `{_short(covering.source)}` drops" if covering else "the exclusions drop"
    message = f"pattern `{_short(pattern.source)}` can never match: {reason} every match of it"
    hint = "narrow the exclusion, or take one of the two away"
    if covering:
        hint = f"the exclusion stands in line {covering.place.line}; {hint}"
    ledger.add(codes.NEVER_MATCHES, pattern.place, message, hint)


def _own_phrases(node: Node) -> list[str]:
    """The phrase a pattern consists of, or its alternatives; a word list is not taken apart."""
    if isinstance(node, Literal):
        return [node.text]
    if isinstance(node, Choice) and not node.name:
        return [option.text for option in node.options if isinstance(option, Literal)]
    return []


def _vetoed(pattern: Pattern, gauge: Gauge, ledger: Ledger) -> None:
    vetoes = frozenset(literal.text for node in pattern.unless for literal in _phrases(node, gauge))
    if vetoes and always_holds(pattern.node, vetoes, {}):
        message = f"pattern `{_short(pattern.source)}` can never match: its own `unless` drops every match"
        ledger.add(codes.NEVER_MATCHES, pattern.place, message, "take the phrase out of `unless`")


def _contradictions(measure: Measure, ledger: Ledger) -> None:
    wanted = {example.text for example in measure.examples if example.matches}
    for example in measure.examples:
        if not example.matches and example.text in wanted:
            message = f"the same example is under `match` and `no_match` of {_named(measure)}"
            ledger.add(codes.EXAMPLE_CONTRADICTS, example.place, message, "take one of the two away")


def warnings(taxonomy: Taxonomy, ledger: Ledger) -> None:
    """Note what can be used but is probably not meant: doubles, patterns too broad, no examples."""
    gauge = Gauge()
    seen: dict[str, tuple[Measure, Pattern]] = {}
    for measure in taxonomy.measures:
        own: dict[str, Pattern] = {}
        for pattern in patterns_of(measure):
            if gauge.extent(pattern.node).size > MOST_PHRASES:
                continue
            key = notation(pattern.node)
            _doubled(measure, pattern, own.get(key), seen.get(key), ledger)
            own.setdefault(key, pattern)
            _too_broad(pattern, gauge, ledger)
        for key, pattern in own.items():
            seen.setdefault(key, (measure, pattern))
        if not measure.examples:
            hint = "add `examples:` with `match:` and `no_match:` sentences, to be tried by `taxonomy check`"
            ledger.warn(codes.NO_EXAMPLES, measure.place, f"{_named(measure)} has no examples", hint)


def _doubled(
    measure: Measure,
    pattern: Pattern,
    own: Pattern | None,
    other: tuple[Measure, Pattern] | None,
    ledger: Ledger,
) -> None:
    if own is not None and _same(own, pattern):
        message = f"pattern `{_short(pattern.source)}` stands twice in {_named(measure)}"
        hint = f"it was first given in line {own.place.line}"
        ledger.warn(codes.PATTERN_TWICE, pattern.place, message, hint)
    elif other is not None and _same(other[1], pattern):
        message = f"pattern `{_short(pattern.source)}` belongs to {_named(other[0])} and to {_named(measure)}"
        hint = f"the other stands in line {other[1].place.line}; a text that holds it counts for both"
        ledger.warn(codes.PATTERN_SHARED, pattern.place, message, hint)


def _same(one: Pattern, other: Pattern) -> bool:
    """Whether two patterns of equal notation are equal: word lists of measures may share a name."""
    return (one.node, one.unless, one.given) == (other.node, other.unless, other.given)


def _too_broad(pattern: Pattern, gauge: Gauge, ledger: Ledger) -> None:
    shortest = gauge.extent(pattern.node).shortest
    if len(shortest) > 1:
        return
    message = f"pattern `{_short(pattern.source)}` has no phrase of its own: it is too broad"
    if shortest:
        message = (
            f"pattern `{_short(pattern.source)}` can match by the one character `{shortest}`: it is too broad"
        )
    ledger.warn(codes.TOO_BROAD, pattern.place, message, "add a phrase that must stand next to it")


def word_lists(lexicons: list[Lexicon], ledger: Ledger) -> None:
    """Note word lists that no pattern names, and phrases that stand twice in one list."""
    for lexicon in lexicons:
        for words in lexicon.unused():
            message = f"word list `{words.name}` is not used"
            ledger.warn(codes.UNUSED_LIST, words.place, message, f"name it in a pattern as `<{words.name}>`")
        for name, phrase, place, first in lexicon.doubles():
            hint = f"it was first given in line {first.line}"
            message = f"`{_short(phrase)}` stands twice in word list `{name}`"
            ledger.warn(codes.PHRASE_TWICE, place, message, hint)


def examples(taxonomy: Taxonomy, matches: Callable[[str], Set[str]], ledger: Ledger) -> None:
    """Try every example; note those that do not come out as promised.

    Args:
        taxonomy: where the examples stand.
        matches: the ids of the measures that a text matches.
        ledger: where faults go.
    """
    for measure in taxonomy.measures:
        for example in measure.examples:
            found = measure.id in matches(example.text)
            if found == example.matches:
                continue
            text = _short(example.text)
            if found:
                message = f"{_named(measure)} matches the example `{text}`, which it must not"
                hint = "exclude what is wrong in it, or narrow the pattern"
            else:
                message = f"{_named(measure)} does not match the example `{text}`"
                hint = "add a pattern for it; is a phrase of it excluded?"
            ledger.add(codes.EXAMPLE_FAILS, example.place, message, hint)


def _named(measure: Measure) -> str:
    return f"measure {measure.id}" if measure.id else "a measure without an id"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
