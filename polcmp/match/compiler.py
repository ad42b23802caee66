"""Pattern trees made into evaluators, their phrases numbered, the rarest needed phrase found.

Knows the nodes of `polcmp.model.taxonomy`; the evaluators themselves are in `polcmp.match.trees`
and `polcmp.match.rows`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from polcmp.match.rows import InRow, Reach, Step
from polcmp.match.trees import AnyOf, Evaluator, Figures, InOneClause, Phrases
from polcmp.model.taxonomy import Choice, Gap, Literal, Maybe, Node, Row, Slot, Together


class TreeCompiler:
    """Turns trees into evaluators and numbers the distinct phrases on the way.

    Attributes:
        phrases: distinct phrases in order of first use; the numbering of loose hits.
        texts: their distinct texts with their numbers, in order of first use.
    """

    def __init__(self) -> None:
        self.phrases: list[Literal] = []
        self.texts: dict[str, int] = {}
        self._likelihood: list[float] = []
        self._likelihoods: dict[frozenset[int], tuple[float, list[int]]] = {}
        self._numbers: dict[Literal, int] = {}
        self._known: dict[tuple[int, bool], Evaluator] = {}
        self._keep: list[Node] = []
        self._groups: dict[frozenset[int], int] = {}
        self._same: dict[tuple[object, ...], Evaluator] = {}
        self._verbatim = False

    def compile(self, node: Node, *, verbatim: bool = False) -> Evaluator:
        """The evaluator of a tree; a subtree that is shared (a word list) is compiled once.

        Args:
            node: the tree.
            verbatim: take every phrase as it stands, without edits or homophones; for vetoes, since
                a slip of the pen must not make a find disappear.
        """
        self._verbatim = verbatim
        return self._compiled(node)

    def _compiled(self, node: Node) -> Evaluator:
        key = (id(node), self._verbatim)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._build(node)
            self._keep.append(node)  # an id stays valid as long as its object lives
        return known

    def _build(self, node: Node) -> Evaluator:
        match node:
            case Literal():
                return self._words({self._phrase(node): node.text})
            case Slot():
                return self._once(("figure", node.kind), lambda number: Figures(number, node.kind))
            case Choice():
                return self._choice(node)
            case Row():
                return self._row(node)
            case Together():
                return self._together(node)
            case Maybe():
                return self._compiled(node.node)

    def _words(self, names: dict[int, str]) -> Evaluator:
        texts = {self.texts[name]: name for name in names.values()}
        anchors = frozenset(texts)
        group = self._group(anchors)
        key = ("words", frozenset(names))
        return self._once(key, lambda number: Phrases(number, texts, names, anchors, group))

    def _choice(self, node: Choice) -> Evaluator:
        words = {self._phrase(o): o.text for o in node.options if isinstance(o, Literal)}
        trees = [self._compiled(o) for o in node.options if not isinstance(o, Literal)]
        if not trees:
            return self._words(words)
        options = (self._words(words), *trees) if words else tuple(trees)
        union = _union(options)
        group = self._group(union)
        key = ("any", *(option.number for option in options))
        return self._once(key, lambda number: AnyOf(number, options, union, group))

    def _row(self, node: Row) -> Evaluator:
        steps, gap = [], None
        for item in node.items:
            if isinstance(item, Gap):
                gap = Reach(item.characters, item.scope == "clause")
            else:
                steps.append(Step(self._compiled(item), gap, isinstance(item, Maybe)))
                gap = None
        needed = [step.piece for step in steps if not step.optional]
        anchors, needs = self._rarest(needed), _all_needs(needed)
        key = ("row", *((step.piece.number, step.gap, step.optional) for step in steps))
        has_optional, pairs = len(needed) < len(steps), _pairs(steps)
        return self._once(
            key, lambda number: InRow(number, tuple(steps), anchors, needs, has_optional, pairs)
        )

    def _together(self, node: Together) -> Evaluator:
        parts = tuple(self._compiled(part) for part in node.parts)
        anchors, needs = self._rarest(parts), _all_needs(parts)
        key = ("together", *(part.number for part in parts))
        return self._once(key, lambda number: InOneClause(number, parts, anchors, needs))

    def _once(self, key: tuple[object, ...], make: Callable[[int], Evaluator]) -> Evaluator:
        """One evaluator for equal trees, so that each is walked once a sentence."""
        if key not in self._same:
            self._same[key] = make(len(self._same))
        return self._same[key]

    def _phrase(self, literal: Literal) -> int:
        if self._verbatim and not literal.exact:
            literal = Literal(literal.text, literal.fixed, exact=True)
        number = self._numbers.get(literal)
        if number is None:
            number = self._numbers[literal] = len(self.phrases)
            self.phrases.append(literal)
            if literal.text not in self.texts:
                self.texts[literal.text] = len(self.texts)
                self._likelihood.append(10.0 ** -len(literal.text))
        return number

    def groups_of(self) -> list[int]:
        """For each text the bits of the groups that hold it: a sentence's bits say what may stand there."""
        bits = [0] * len(self.texts)
        for group, bit in self._groups.items():
            for text in group:
                bits[text] |= bit
        return bits

    def _group(self, texts: frozenset[int] | None) -> int:
        """The bit of a set of texts of which one must be present, 0 when none need be."""
        return 0 if texts is None else self._groups.setdefault(texts, 1 << len(self._groups))

    def _rarest(self, parts: Iterable[Evaluator]) -> frozenset[int] | None:
        """Anchors of trees that must all stand: those of the part that a text is likely to hold least.

        Likelihood is guessed from length: a phrase of one character is taken to be ten times as common
        as one of two, and so on.
        """
        choices = [part.anchors for part in parts if part.anchors is not None]
        if len(choices) < 2:
            return choices[0] if choices else None
        return min(choices, key=self._likelihood_of)

    def _likelihood_of(self, texts: frozenset[int]) -> tuple[float, list[int]]:
        """How likely a text is to hold one of these, with their numbers for what is equally likely."""
        known = self._likelihoods.get(texts)
        if known is None:
            known = sum([self._likelihood[number] for number in texts]), sorted(texts)
            self._likelihoods[texts] = known
        return known


def _union(options: Iterable[Evaluator]) -> frozenset[int] | None:
    """Anchors of a choice: those of all options, None when one option needs none."""
    anchors: set[int] = set()
    for option in options:
        if option.anchors is None:
            return None
        anchors |= option.anchors
    return frozenset(anchors)


def _all_needs(parts: Iterable[Evaluator]) -> int:
    """Bits of trees that must all stand."""
    needs = 0
    for part in parts:
        needs |= part.needs
    return needs


def _pairs(steps: Sequence[Step]) -> tuple[tuple[Evaluator, Step], ...]:
    """Neighbours of a row that has figures, of which neither is optional or may be a figure."""
    if all(step.piece.needs for step in steps):
        return ()
    sure = [bool(step.piece.needs) and not step.optional for step in steps]
    return tuple(
        (a.piece, b) for (a, b), both in zip(pairwise(steps), pairwise(sure), strict=True) if all(both)
    )
