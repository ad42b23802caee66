"""Does any test notice when an entry of the default taxonomy is taken away?

Takes one entry out of ``measures.yaml`` (a pattern, a word of a list, an exclusion), and asks whether an
example of the taxonomy, a case of ``tests/cases`` or an accuracy floor fails that held before. An entry whose
loss nobody notices is either not tried or not needed. Only texts whose result can change are read again.

    make mutants                                      50 entries, picked at random, always the same
    python tests/taxonomy_mutation.py 200 --seed 7    others; --all for every entry; --kind word

Of held-out documents only figures over all of them are ever looked at.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

TESTS = Path(__file__).parent
sys.path.insert(0, str(TESTS))

from test_accuracy import FLOORS, GOLD, GUARDED, SETS  # noqa: E402
from test_cases_measures import CLOSE, OPEN, Case, all_cases, covers, known_gaps  # noqa: E402
from test_cases_words import word_cases  # noqa: E402

from polcmp.api import compare, load_taxonomy  # noqa: E402
from polcmp.errors import TaxonomyError  # noqa: E402
from polcmp.evaluate import CEILINGS, Gold, evaluate, load_floors, load_gold, named_figures  # noqa: E402
from polcmp.model.comparison import DocumentResult  # noqa: E402
from polcmp.model.document import Document  # noqa: E402
from polcmp.model.taxonomy import (  # noqa: E402
    Choice,
    Gap,
    Literal,
    Maybe,
    Measure,
    Node,
    Pattern,
    Row,
    Taxonomy,
    Together,
)
from polcmp.pipeline import Reader  # noqa: E402
from polcmp.settings import Settings  # noqa: E402
from polcmp.text.fold import fold, fold_phrase  # noqa: E402
from polcmp.text.readings import reading_key  # noqa: E402
from polcmp.text.span import Span  # noqa: E402

MEASURES = TESTS.parent / "measures.yaml"
SEED = 20240601
KINDS = ("word", "pattern", "exclude")


class Entry(NamedTuple):
    """An entry of the file: where it stands (keys and indices from the top) and what it says."""

    kind: str
    path: tuple[str | int, ...]
    text: str

    @property
    def name(self) -> str:
        """How a report names it: the list or measure it stands in, and its words."""
        if self.kind == "word":
            return f"word {self.text} of <{self.path[-2]}>"
        owner = data()["measures"][self.path[1]]["id"]
        return f"{self.kind} of {owner}: {self.text}"


class Text(NamedTuple):
    """Something that is read: an example, a case, or a labelled document."""

    kind: str
    document: Document
    folded: str
    sounds: str


@cache
def data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(MEASURES.read_text(encoding="utf-8"))
    return loaded


def entries() -> list[Entry]:
    """Every entry whose list keeps another one without it."""
    found = []
    for name, words in data()["terms"].items():
        found += [
            Entry("word", ("terms", name, n), str(word)) for n, word in enumerate(words) if len(words) > 1
        ]
    for number, measure in enumerate(data()["measures"]):
        owners: list[tuple[tuple[str | int, ...], Any]] = [(("measures", number), measure)]
        owners += [
            (("measures", number, "forms", n), form) for n, form in enumerate(measure.get("forms", ()))
        ]
        for path, owner in owners:
            for kind, key in (("pattern", "patterns"), ("exclude", "exclude")):
                listed = owner.get(key, ())
                for n, one in enumerate(listed):
                    text = one["pattern"] if isinstance(one, dict) else str(one)
                    if len(listed) > 1:
                        found.append(Entry(kind, (*path, key, n), text))
    return found


@cache
def whole_taxonomy() -> Taxonomy:
    return load_taxonomy(MEASURES)


def mutant(entry: Entry) -> Taxonomy:
    """The measures that an entry can change, without it.

    Raises:
        TaxonomyError: the file is faulty without the entry.
    """
    if entry.kind == "word" and any(one in entry.text for one in "<…~&[|\\"):
        return without_in_file(entry)
    measures = []
    for measure in whole_taxonomy().measures:
        if touched(entry, measure):
            measures.append(without(measure, entry))
    return replace(whole_taxonomy(), measures=tuple(measures))


def without(measure: Measure, entry: Entry) -> Measure:
    """A measure without an entry, made from its trees: the file need not be read again."""
    if entry.kind == "exclude":
        return measure._replace(exclude=tuple(one for one in measure.exclude if one.source != entry.text))
    if entry.kind == "pattern":
        forms = list(measure.forms)
        if "forms" in entry.path:
            number = int(entry.path[3])
            kept = tuple(one for one in forms[number].patterns if one.source != entry.text)
            forms[number] = forms[number]._replace(patterns=kept)
            return measure._replace(forms=tuple(forms))
        return measure._replace(patterns=tuple(one for one in measure.patterns if one.source != entry.text))
    phrase = fold_phrase(entry.text.replace("!", "").lstrip("="))
    lean = Lean(str(entry.path[-2]), phrase)
    return measure._replace(
        patterns=tuple(map(lean.pattern, measure.patterns)),
        forms=tuple(one._replace(patterns=tuple(map(lean.pattern, one.patterns))) for one in measure.forms),
        exclude=tuple(one._replace(node=lean.tree(one.node)) for one in measure.exclude),
    )


class Lean:
    """Trees without one word of a list; what is shared stays shared."""

    def __init__(self, name: str, phrase: str) -> None:
        self.name, self.phrase = name, phrase
        self.known: dict[int, tuple[Node, Node]] = {}

    def pattern(self, one: Pattern) -> Pattern:
        return one._replace(
            node=self.tree(one.node),
            unless=tuple(map(self.tree, one.unless)),
            given=tuple(map(self.tree, one.given)),
        )

    def tree(self, node: Node) -> Node:
        if id(node) not in self.known:
            self.known[id(node)] = (node, self.made(node))
        return self.known[id(node)][1]

    def made(self, node: Node) -> Node:
        match node:
            case Choice():
                kept = [
                    one
                    for one in node.options
                    if node.name != self.name or not isinstance(one, Literal) or one.text != self.phrase
                ]
                return Choice(tuple(map(self.tree, kept)), node.name)
            case Row():
                return Row(tuple(one if isinstance(one, Gap) else self.tree(one) for one in node.items))
            case Together():
                return Together(tuple(map(self.tree, node.parts)))
            case Maybe():
                return Maybe(self.tree(node.node))
        return node


def without_in_file(entry: Entry) -> Taxonomy:
    """The file without an entry, read again: for words that are rows of pieces."""
    changed = copy.deepcopy(data())
    owner = changed
    for key in entry.path[:-1]:
        owner = owner[key]
    del owner[entry.path[-1]]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "measures.yaml"
        path.write_text(yaml.safe_dump(changed, allow_unicode=True, sort_keys=False), encoding="utf-8")
        whole = load_taxonomy(path)
    names = {one.id for one in whole_taxonomy().measures if touched(entry, one)}
    return replace(whole, measures=tuple(one for one in whole.measures if one.id in names))


def touched(entry: Entry, measure: Measure) -> bool:
    """Whether an entry can change what a measure finds."""
    if entry.kind == "word":
        return str(entry.path[-2]) in lists_of(measure.id)
    return bool(data()["measures"][entry.path[1]]["id"] == measure.id)


@cache
def lists_of(measure_id: str) -> frozenset[str]:
    """Word lists that a measure uses, directly or through others."""
    measure = whole_taxonomy().measure(measure_id)
    patterns = [*measure.patterns, *(one for form in measure.forms for one in form.patterns)]
    found: set[str] = set()
    seen: set[int] = set()
    rest: list[Node | Gap] = [node for one in patterns for node in (one.node, *one.unless, *one.given)]
    rest += [one.node for one in measure.exclude]
    while rest:
        node = rest.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        match node:
            case Choice():
                found.add(node.name)
                rest += node.options
            case Row():
                rest += node.items
            case Together():
                rest += node.parts
            case Maybe():
                rest.append(node.node)
    return frozenset(found)


@dataclass(frozen=True)
class Bench:
    """The taxonomy as it is, and what every text gives with it."""

    taxonomy: Taxonomy
    texts: tuple[Text, ...]
    results: tuple[DocumentResult, ...]
    cases: dict[int, Case]
    examples: dict[int, tuple[str, bool]]
    golds: dict[str, tuple[Gold, dict[str, float], tuple[int, ...]]]

    def affected(self, entry: Entry, measures: Iterable[str]) -> Iterator[int]:
        """Texts whose result the loss of an entry can change.

        Of a pattern those with a mention that names it: where it only lent a part to a longer stretch, the
        rest of that remains. Of an exclusion those with a match that it dropped.
        """
        wanted = set(measures)
        for number, text in enumerate(self.texts):
            if number in self.cases and self.cases[number].measure not in wanted:
                continue
            if number in self.examples and self.examples[number][0] not in wanted:
                continue
            result = self.results[number]
            if entry.kind == "word":
                concerned = may_hold(text, entry.text)
            elif entry.kind == "pattern":
                concerned = any(one.pattern == entry.text for one in result.mentions)
            else:
                concerned = any(one.detail == entry.text for one in result.dropped)
            if concerned:
                yield number


def may_hold(text: Text, word: str) -> bool:
    """Whether a word may stand in a text, edited or misspelt by sound; any text may hold a row of pieces."""
    if any(one in word for one in "<…~&[|"):
        return True
    phrase = fold_phrase(word.replace("!", "").lstrip("="))
    budget = 0 if len(phrase) <= 4 else 1 if len(phrase) <= 7 else 2
    size = len(phrase)
    pieces = [phrase[size * n // (budget + 1) : size * (n + 1) // (budget + 1)] for n in range(budget + 1)]
    return any(piece in text.folded for piece in pieces) or (size > 2 and reading_key(phrase) in text.sounds)


def text_of(kind: str, document: Document) -> Text:
    folded = fold(document.raw).text.replace('"', "")
    return Text(kind, document, folded, reading_key(folded))


def plain(raw: str) -> Document:
    return Document("case", "case", raw, "", "utf-8")


@cache
def bench() -> Bench:
    taxonomy = whole_taxonomy()
    reader = Reader.of(taxonomy, Settings())
    texts: list[Text] = []
    cases, examples, golds = {}, {}, {}
    gaps = set(known_gaps())
    for case in (*all_cases(), *word_cases()):
        if case.line not in gaps:
            cases[len(texts)] = case
            texts.append(text_of("case", plain(case.text.replace(OPEN, "").replace(CLOSE, ""))))
    for measure in taxonomy.measures:
        for example in measure.examples:
            examples[len(texts)] = (measure.id, example.matches)
            texts.append(text_of("example", plain(example.text)))
    results = [reader.read(one.document) for one in texts]
    for name, (folder, limits) in SETS.items():
        gold = load_gold(GOLD / folder)
        if limits:
            first, last = limits.split()
            gold = gold.only({one.name for one in gold.documents if first <= one.name <= last})
        whole = compare(gold.inputs() or TESTS.parent / "seeds", taxonomy=taxonomy)
        names = {one.name for one in gold.documents}
        start = len(texts)
        for one in whole.documents:
            if one.facts.name in names:
                texts.append(text_of("document", whole.document(one.facts.name)))
                results.append(one)
        golds[name] = (gold, load_floors(FLOORS, name), tuple(range(start, len(texts))))
    return Bench(taxonomy, tuple(texts), tuple(results), cases, examples, golds)


def case_fails(case: Case, result: DocumentResult) -> bool:
    """The comparison of `test_cases_measures`."""
    spans = [one.raw_span for one in result.mentions if one.measure == case.measure]
    if case.kind == "miss":
        return bool(spans)
    wanted = Span(case.text.index(OPEN), case.text.index(CLOSE) - 1)
    return not any(covers(span, wanted) for span in spans)


def example_fails(example: tuple[str, bool], result: DocumentResult) -> bool:
    measure, matches = example
    return any(one.measure == measure for one in result.mentions) != matches


def under_floor(name: str, results: dict[int, DocumentResult]) -> set[str]:
    """Figures of a set under their floor, with some documents read anew."""
    gold, floors, numbers = bench().golds[name]
    documents = [results.get(number, bench().results[number]) for number in numbers]
    named = named_figures(evaluate(gold, documents))
    figures = {figure: float(named[figure] or 0) for figure in GUARDED}
    return {
        figure
        for figure, floor in floors.items()
        if (figures[figure] > floor if figure in CEILINGS else figures[figure] < floor)
    }


@cache
def under_floor_before(name: str) -> frozenset[str]:
    return frozenset(under_floor(name, {}))


def caught_by(entry: Entry) -> str:
    """What notices that an entry is gone: ``check``, ``example``, ``case``, ``floor``, ``""`` nothing."""
    base = bench()
    measures = [one.id for one in base.taxonomy.measures if touched(entry, one)]
    try:
        reader = Reader.of(mutant(entry), Settings())
    except TaxonomyError:
        return "check"
    changed: dict[int, DocumentResult] = {}
    for number in base.affected(entry, measures):
        text, old = base.texts[number], base.results[number]
        new = reader.read(text.document)
        if number in base.examples:
            example = base.examples[number]
            if example_fails(example, new) and not example_fails(example, old):
                return "example"
        elif number in base.cases:
            case = base.cases[number]
            if case_fails(case, new) and not case_fails(case, old):
                return "case"
        else:
            others = [one for one in old.mentions if one.measure not in measures]
            mentions = tuple(sorted([*others, *new.mentions], key=lambda m: (m.raw_span, m.measure)))
            if mentions != old.mentions:
                changed[number] = replace(old, mentions=mentions)
    for name, (_, _, numbers) in base.golds.items():
        if not changed.keys().isdisjoint(numbers) and under_floor(name, changed) - under_floor_before(name):
            return "floor"
    return ""


def chosen(count: int, seed: int = SEED, kind: str = "") -> list[Entry]:
    """Entries picked at random, the same for the same seed and file."""
    pool = [one for one in entries() if kind in ("", one.kind)]
    return random.Random(seed).sample(pool, min(count, len(pool)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=50)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--kind", choices=KINDS, default="")
    parser.add_argument("--all", action="store_true", help="every entry")
    parser.add_argument("--least", type=float, default=0.6, help="share that has to be caught")
    asked = parser.parse_args()
    picked = [one for one in entries() if asked.kind in ("", one.kind)]
    if not asked.all:
        picked = chosen(asked.count, asked.seed, asked.kind)
    tally: Counter[str] = Counter()
    for one in picked:
        catcher = caught_by(one)
        tally[catcher or "nothing"] += 1
        if not catcher:
            print(f"not caught: {one.name}", flush=True)
    caught = len(picked) - tally["nothing"]
    shares = ", ".join(f"{number} by {name}" for name, number in sorted(tally.items()))
    print(f"{caught} of {len(picked)} caught ({caught / len(picked):.0%}): {shares}")
    return int(caught < asked.least * len(picked))


if __name__ == "__main__":
    sys.exit(main())
