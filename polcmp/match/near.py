"""Patterns that almost stand: all their pieces but for one fault, and what the fault is.

Only `polcmp why` asks, so this is made to be plain, not fast. Must not decide what counts, and must not
know how the matcher works: the places of single pieces come from `find_matches`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log

from polcmp.match.faults import Fault, Layouts, Spot, blocked, remedy
from polcmp.match.find import find_matches
from polcmp.match.program import Program, compile_taxonomy
from polcmp.match.shapes import Shape, is_figure, notation, shapes_of, usual_length
from polcmp.model.document import Segmentation
from polcmp.model.explanation import NearMatch, NearPiece
from polcmp.model.taxonomy import Measure, Node, Pattern, Taxonomy
from polcmp.settings import Settings
from polcmp.text.span import Span

LEAST = 0.5
"""Closeness below which nothing is said: half of a pattern stands by chance in any report."""

FARTHEST = 3
"""A gap is near its limit up to this many times the limit (and 4 characters more)."""

FACTORS = {"gap": 0.95, "clauses": 0.85, "sentences": 0.7, "order": 0.75, "missing": 0.95}
"""How much of a near match is left by each kind of fault. Set by reading the empty cells of the seeds and of
a taxonomy of another field: what a reader would call nearest comes first."""


CHANCE = 0.3
"""Meetings to be expected of pieces spread evenly over the sentences, above which a meeting says nothing."""

LENGTH_SAYS = (0.0, 0.2, 0.7, 1.0, 1.4)
"""How much of its rarity a piece of 0, 1, 2, 3, 4 and more characters says: 联 alone says next to nothing."""

FIGURE_SAYS = 0.3
"""The same for a figure: reports are full of them."""


@dataclass(frozen=True, slots=True)
class NearFinder:
    """The shapes of one measure and a program that finds their pieces."""

    shapes: tuple[Shape, ...]
    pieces: tuple[Node, ...]
    vetoes: tuple[str, ...]
    program: Program

    @classmethod
    def of(cls, measure: Measure, settings: Settings) -> NearFinder:
        """Make a measure ready: each distinct piece becomes a measure of its own.

        Args:
            measure: whose patterns may almost stand.
            settings: edit budgets are those of the run; cut-off and joining are switched off.
        """
        shapes = tuple(shapes_of(measure))
        pieces = tuple(dict.fromkeys(step.node for shape in shapes for step in shape.steps))
        alone = [_alone(f"{number}", node) for number, node in enumerate(pieces)]
        vetoes = [_alone(f"x{number}", one.node) for number, one in enumerate(measure.exclude)]
        loose = replace(settings, min_score=0.0, join_characters=-1)
        program = compile_taxonomy(Taxonomy((*alone, *vetoes), "", ""), loose)
        return cls(shapes, pieces, tuple(one.scope for one in measure.exclude), program)

    def find(self, text: str, segmentation: Segmentation, taken: Iterable[Span] = ()) -> list[NearMatch]:
        """Near matches of one document, closest first, no two of them in one sentence.

        Args:
            text: folded text.
            segmentation: its sentences; masked ones are passed over.
            taken: stretches of the measure's matches, whether they count or not.
        """
        return _Search(self, text, segmentation, tuple(taken)).run()


def _alone(name: str, node: Node) -> Measure:
    return Measure(name, "", "", "", "", "", (), (Pattern(name, node),), (), ())


class _Search:
    """One document."""

    def __init__(
        self, finder: NearFinder, text: str, segmentation: Segmentation, taken: tuple[Span, ...]
    ) -> None:
        self.finder, self.text, self.taken = finder, text, taken
        self.sentences = segmentation.sentences
        self.spots: dict[Node, dict[int, list[Spot]]] = {node: {} for node in finder.pieces}
        self.struck: list[tuple[str, Spot]] = []
        self.counts: dict[Node, int] = dict.fromkeys(finder.pieces, 0)
        for match in find_matches(finder.program, text, segmentation)[0]:
            if self.sentences[match.sentence].masked:
                continue
            spot = Spot(*match.folded_span, match.sentence)
            if match.measure.startswith("x"):
                self.struck.append((finder.vetoes[int(match.measure[1:])], spot))
            else:
                node = finder.pieces[int(match.measure)]
                self.spots[node].setdefault(match.sentence, []).append(spot)
                self.counts[node] += 1
        self.layouts = Layouts(text, self.sentences, self.spots)

    def run(self) -> list[NearMatch]:
        """The closest near match of each sentence."""
        faults = ((shape, fault) for shape in self.finder.shapes for fault in self.layouts.faults(shape))
        found = [near for shape, fault in faults if (near := self._judged(shape, fault))]
        found.sort(key=lambda one: (-one.closeness, one.folded_span, len(one.pattern), one.pattern))
        chosen: list[NearMatch] = []
        used: set[int] = set()
        for one in found:
            if used.isdisjoint(one.sentences):
                used.update(one.sentences)
                chosen.append(one)
        return chosen

    def _judged(self, shape: Shape, fault: Fault) -> NearMatch | None:
        """The near match that a fault makes, None when it says too little."""
        span = Span(fault.spots[0].start, max(spot.end for spot in fault.spots))
        sentences = (fault.spots[0].sentence, fault.spots[-1].sentence)
        if any(span.overlaps(one) for one in self.taken) or self._is_struck(span, sentences):
            return None
        closeness = self._closeness(shape, fault)
        if closeness < LEAST or span.length > self.finder.program.settings.max_match_characters:
            return None
        tree, change = remedy(shape, fault)
        pieces = tuple(
            NearPiece(notation(shape.steps[number].node), self.text[s.start : s.end], Span(s.start, s.end))
            for number, s in zip(fault.order, fault.spots, strict=True)
        )
        return NearMatch(
            pattern=shape.pattern.source,
            form=shape.form,
            kind=fault.kind,
            folded_span=span,
            sentences=sentences,
            pieces=pieces,
            blocked=blocked(shape, fault),
            apart=fault.apart if fault.kind in ("gap", "clauses", "sentences") else 0,
            place=self._place(fault) if fault.kind == "missing" else Span(span.start, span.start),
            closeness=closeness,
            remedy=tree,
            change=change,
        )

    def _is_struck(self, span: Span, sentences: tuple[int, int]) -> bool:
        """Whether an exclusion of the measure would drop a match here."""
        for scope, veto in self.struck:
            if not sentences[0] <= veto.sentence <= sentences[1]:
                continue
            if scope == "sentence" or (veto.start < span.end and span.start < veto.end):
                return True
            clauses = self.sentences[veto.sentence].clauses
            if scope == "clause" and any(
                c.start < span.end and span.start < c.end and c.start < veto.end and veto.start < c.end
                for c in clauses
            ):
                return True
        return False

    def _closeness(self, shape: Shape, fault: Fault) -> float:
        """How much of the pattern stands, by how much its pieces say, less what the fault takes."""
        found = dict(zip(fault.order, fault.spots, strict=True))
        if any(found[n].end - found[n].start < 2 for n in _beside(shape, fault) if n in found):
            return 0.0
        nodes = [step.node for step in shape.steps]
        rare = any(self.counts[nodes[n]] <= 2 and s.end - s.start >= 4 for n, s in found.items())
        if fault.kind == "missing" and not rare and self._by_chance([nodes[n] for n in found]):
            return 0.0
        standing = sum(self._says(nodes[n], spot.end - spot.start) for n, spot in found.items())
        lacking = [self._says(node, usual_length(node)) for n, node in enumerate(nodes) if n not in found]
        share = standing / (standing + sum(lacking))
        if fault.kind in ("gap", "clauses") and shape.in_row:
            gap = shape.steps[fault.at].gap
            reach = gap.characters if gap else 0
            if fault.apart > FARTHEST * reach + 4:
                return 0.0
            both = fault.apart > reach and gap is not None and gap.scope == "clause" and fault.crosses
            share *= (reach + 8) / (max(reach, fault.apart) + 8) * (0.8 if both else 1.0)
        return round(share * FACTORS[fault.kind] * min(1.0, standing / self._enough()), 4)

    def _says(self, node: Node, characters: int) -> float:
        """How much a piece says: the rarer here and the longer, the more (natural log of its odds)."""
        rarity = log(max(2.0, len(self.text)) / (1 + self.counts[node]))
        length = FIGURE_SAYS if is_figure(node) else LENGTH_SAYS[min(characters, 4)]
        return max(0.1, rarity * length)

    def _by_chance(self, nodes: Sequence[Node]) -> bool:
        """Whether these pieces, spread evenly, would meet in a sentence of the text without a reason."""
        meetings = float(len(self.sentences))
        for node in nodes:
            meetings *= self.counts[node] / len(self.sentences)
        return meetings > CHANCE

    def _enough(self) -> float:
        """What has to stand for a near match to be more than chance: one rare piece and a common one."""
        return 1.3 * log(max(2.0, len(self.text)) / 2)

    def _place(self, fault: Fault) -> Span:
        """Where a missing piece would stand: between its neighbours, or beside the end of the row."""
        before = [s for number, s in zip(fault.order, fault.spots, strict=True) if number < fault.at]
        after = [s for number, s in zip(fault.order, fault.spots, strict=True) if number > fault.at]
        if before and after:
            return Span(before[-1].end, max(before[-1].end, after[0].start))
        clauses = self.sentences[fault.spots[0].sentence].clauses
        if before:
            end = next((c.end for c in clauses if c.start < before[-1].end <= c.end), before[-1].end)
            return Span(before[-1].end, min(end, before[-1].end + 12))
        start = next((c.start for c in clauses if c.start <= after[0].start < c.end), after[0].start)
        return Span(max(start, after[0].start - 12), after[0].start)


def _beside(shape: Shape, fault: Fault) -> tuple[int, ...]:
    """The pieces next to a fault: a single character there has met the others by chance."""
    if fault.kind == "missing":
        return ()
    if fault.kind == "order":
        return (fault.at, fault.at + 1)
    return (fault.at - 1, fault.at) if shape.in_row else tuple(range(len(shape.steps)))
