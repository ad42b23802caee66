"""Matches of a whole document: phrases, trees, vetoes, resolution, sentence by sentence.

This module must not read status or place: that is `polcmp.context`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from polcmp.match.apart import Apart
from polcmp.match.phrases import Hit
from polcmp.match.program import Program, Rule, Veto
from polcmp.match.resolve import Find, join, resolve
from polcmp.match.scene import Found, Scene
from polcmp.match.score import score_of, score_parts
from polcmp.match.trees import Evaluator, stand
from polcmp.match.view import View, look_through_quotes
from polcmp.model.document import Segmentation
from polcmp.model.mention import Dropped, Match
from polcmp.text.span import Span


def find_matches(
    program: Program, text: str, segmentation: Segmentation
) -> tuple[list[Match], list[Dropped]]:
    """All matches of a taxonomy in one document.

    Args:
        program: compiled taxonomy.
        text: folded text.
        segmentation: its sentences; matches never cross the end of one.

    Returns:
        Matches that stand, sorted by place, no two of one measure overlapping; and what was found
        but vetoed (``excluded``) or scored too low (``below_cutoff``), likewise sorted and apart.
    """
    return _Search(program, text, segmentation).run()


class _Search:
    """One document under search."""

    def __init__(self, program: Program, text: str, segmentation: Segmentation) -> None:
        self.program = program
        self.view: View = look_through_quotes(text)
        self.sentences = segmentation.sentences
        self._starts = [self.view.view_offset(s.folded_span.start) for s in self.sentences]
        self._ends = [self.view.view_offset(s.folded_span.end) for s in self.sentences]
        self._hits = self._found_phrases()
        self._known: dict[int, Scene] = {}
        self._given: dict[int, bool] = {}

    def run(self) -> tuple[list[Match], list[Dropped]]:
        """Search sentence by sentence."""
        standing: list[Find] = []
        dropped: list[Find] = []
        for index in range(len(self.sentences)) if self.program.unanchored else sorted(self._hits):
            scene = self._scene(index)
            finds = self._in_sentence(scene, index)
            if finds:
                stand_here, vetoed = self._judged(finds, scene)
                standing += self._whole(stand_here, scene)
                dropped += vetoed
        visible = [Dropped(self._match(f), f.reason, f.detail) for f in _visible(dropped, standing)]
        return [self._match(find) for find in standing], visible

    def _whole(self, finds: list[Find], scene: Scene) -> list[Find]:
        """Neighbours joined and scored as the one stretch they are, if that still counts."""
        settings = self.program.settings

        def scored(find: Find) -> Find | None:
            score = score_of(find.found, settings)
            fits = find.found.end - find.found.start <= settings.max_match_characters
            return find._replace(score=score) if fits and score >= settings.min_score else None

        return join(
            finds, settings.join_characters, lambda a, b: scene.clause_of(a) == scene.clause_of(b), scored
        )

    def _found_phrases(self) -> dict[int, dict[int, list[Hit]]]:
        """Phrases of the taxonomy by the index of their sentence, then by number."""
        hits: dict[int, dict[int, list[Hit]]] = {}
        index, end, here = -1, -1, dict[int, list[Hit]]()
        for hit in self.program.finder.find(self.view.text):  # by start
            if hit[0] >= end:
                index = bisect_right(self._starts, hit[0]) - 1
                if index < 0:
                    continue
                end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.view.text)
                here = hits.setdefault(index, {})
            if index >= 0 and hit[1] <= self._ends[index]:
                if hit[2] in here:
                    here[hit[2]].append(hit)
                else:
                    here[hit[2]] = [hit]
        return {index: phrases for index, phrases in hits.items() if phrases}

    def _scene(self, index: int) -> Scene:
        """A sentence as the evaluators see it, made once."""
        if index not in self._known:
            view, start, end = self.view, self._starts[index], self._ends[index]
            clauses = [view.view_offset(c.start) for c in self.sentences[index].clauses] or [start]
            hits = self._hits.get(index, {})
            groups, present = self.program.groups, 0
            for phrase in hits:
                present |= groups[phrase]
            longest = self.program.settings.max_match_characters
            self._known[index] = Scene(view.text, start, end, clauses, hits, present, longest)
        return self._known[index]

    def _in_sentence(self, scene: Scene, index: int) -> list[Find]:
        """Finds of one sentence, before vetoes and resolution."""
        program = self.program
        numbers = set(program.unanchored)
        for phrase in scene.hits:
            numbers.update(program.by_anchor.get(phrase, ()))
        longest, present = program.settings.max_match_characters, scene.present
        finds = []
        for number in sorted(numbers):
            rule = program.rules[number]
            needs = rule.tree.needs
            if present & needs == needs:
                for found in stand(rule.tree, scene):
                    if found.end - found.start <= longest and self._granted(rule):
                        finds.append(Find(rule, found, index, score_of(found, program.settings)))
        return finds

    def _judged(self, finds: list[Find], scene: Scene) -> tuple[list[Find], list[Find]]:
        """Finds that stand, resolved, and those that a veto or the cut-off stops, with the reason.

        Vetoes are asked only of what nothing better covers: most finds are parts of a longer one.
        """
        settings, vetoes = self.program.settings, self.program.vetoes
        stopped: list[Find] = []

        def counts(find: Find) -> bool:
            veto = _vetoed(find.rule, find.found, vetoes[find.rule.measure], scene)
            if veto:
                stopped.append(find._replace(reason="excluded", detail=veto))
            elif find.score < settings.min_score:
                stopped.append(find._replace(reason="below_cutoff", detail=f"{settings.min_score:g}"))
            else:
                return True
            return False

        return resolve(finds, counts), stopped

    def _granted(self, rule: Rule) -> bool:
        """Whether the document holds what a rule takes as given (one of it, outside boilerplate)."""
        return not rule.given or any(self._holds(tree) for tree in rule.given)

    def _holds(self, tree: Evaluator) -> bool:
        known = self._given.get(tree.number)
        if known is None:
            # A tree without phrases (only figures) may stand in a sentence without any.
            places = self._hits if tree.anchors is not None else range(len(self.sentences))
            known = self._given[tree.number] = any(
                stand(tree, self._scene(index)) for index in places if not self.sentences[index].masked
            )
        return known

    def _match(self, find: Find) -> Match:
        rule, found = find.rule, find.found
        span = self.view.quotation(Span(found.start, found.end))
        parts = score_parts(found, self.view, self.program.settings)
        return Match(rule.measure, rule.form, rule.source, span, find.sentence, find.score, parts)


def _vetoed(rule: Rule, found: Found, vetoes: Iterable[Veto], scene: Scene) -> str:
    """The source of the first veto that strikes a stretch, ``""`` when none does."""
    for veto in vetoes:
        if any(_strikes(veto.scope, found, other, scene) for other in stand(veto.tree, scene)):
            return veto.source
    for tree in rule.unless:
        if any(_strikes("clause", found, other, scene) for other in stand(tree, scene)):
            return f"unless of {rule.source}"
    return ""


def _strikes(scope: str, found: Found, veto: Found, scene: Scene) -> bool:
    """Whether a veto that stands at `veto` reaches the stretch at `found`."""
    if scope == "sentence":
        return True
    if scope == "overlap":
        return found.start < veto.end and veto.start < found.end
    first, last = scene.clause_of(found.start), scene.clause_of(found.end - 1)
    return first <= scene.clause_of(veto.end - 1) and scene.clause_of(veto.start) <= last


def _visible(dropped: list[Find], standing: list[Find]) -> list[Find]:
    """Dropped finds worth showing: not overlapping one that stands, and the longest of each pile."""
    by_measure: dict[str, Apart] = defaultdict(Apart)
    for find in standing:
        by_measure[find.rule.measure].add(find.found.start, find.found.end)
    return resolve(f for f in dropped if by_measure[f.rule.measure].has_room(f.found.start, f.found.end))
