"""Matches of a whole document: phrases, trees, vetoes, resolution, sentence by sentence.

This module must not read status or place: that is `polcmp.context`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from polcmp.match.apart import Apart
from polcmp.match.phrases import Hit, Verbatim
from polcmp.match.program import Program, Rule, Veto
from polcmp.match.resolve import Find, join, resolve
from polcmp.match.scene import Found, Scene
from polcmp.match.score import score_of, score_parts
from polcmp.match.trees import Evaluator, stand
from polcmp.match.view import View, look_through_quotes
from polcmp.model.document import Segmentation
from polcmp.model.mention import Dropped, Match
from polcmp.text.span import Span


class _Phrases(NamedTuple):
    """The phrases of one sentence.

    Attributes:
        verbatim: those that stand as they are.
        loose: those that stand edited or misspelt.
        texts: numbers of the texts of both.
        present: bits of the phrase groups that hold one of them.
    """

    verbatim: list[Verbatim]
    loose: list[Hit]
    texts: set[int]
    present: int


def _phrases(
    verbatim: list[Verbatim], loose: list[Hit], text_of: Sequence[int], groups: Sequence[int]
) -> _Phrases:
    texts = {one[0] for one in verbatim}
    texts.update([text_of[hit.phrase] for hit in loose])
    present = 0
    for text in texts:
        present |= groups[text]
    return _Phrases(verbatim, loose, texts, present)


NO_PHRASES = _Phrases([], [], set(), 0)

_SCENES = 500
"""Most sentences kept ready to be asked again, for what a rule takes as given: a book has ten thousand, and
a document of ordinary length is kept whole."""


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
    search = _Search(program, look_through_quotes(text), segmentation)
    return search.run() if search.phrases or program.unanchored else ([], [])


_BLOCK = 100_000
"""Code points that are searched for phrases at once, and a little more, up to the end of a sentence: what the
automaton tells of a text takes a hundred times its bytes."""


class _Search:
    """One document under search."""

    def __init__(self, program: Program, view: View, segmentation: Segmentation) -> None:
        self.program = program
        self.view = view
        self.sentences = segmentation.sentences
        self._starts = self.view.view_offsets([s.folded_span.start for s in self.sentences])
        self._ends = self.view.view_offsets([s.folded_span.end for s in self.sentences])
        self._known: dict[int, Scene] = {}
        self._given: dict[int, bool] = {}
        self.phrases: dict[int, _Phrases] = {}
        """Phrases by the index of their sentence, ascending."""
        if len(view.text) <= _BLOCK:
            self.phrases = self._by_sentence(*program.finder.find(view.text))
        else:
            self._find_in_blocks()

    def _find_in_blocks(self) -> None:
        """The phrases of a long text, without those of sentences that no rule can make anything of."""
        text, start = self.view.text, 0
        given = {tree.needs for rule in self.program.rules for tree in rule.given}
        for end in [*self._ends, len(text)]:
            if end - start >= _BLOCK or end == len(text) > start:
                found, edited = self.program.finder.find(text[start:end])
                verbatim = [(number, first + start, last + start) for number, first, last in found]
                loose = [hit._replace(start=hit.start + start, end=hit.end + start) for hit in edited]
                here = self._by_sentence(verbatim, loose)
                self.phrases.update({n: one for n, one in here.items() if self._matters(one, given)})
                start = end

    def _matters(self, phrases: _Phrases, given: Iterable[int]) -> bool:
        """Whether a rule, or what one takes as given, may stand where these phrases do."""
        return bool(self._candidates(phrases)) or any(phrases.present & one == one for one in given)

    def run(self) -> tuple[list[Match], list[Dropped]]:
        """Search sentence by sentence."""
        standing: list[Find] = []
        dropped: list[Find] = []
        for index in range(len(self.sentences)) if self.program.unanchored else self.phrases:
            finds = self._in_sentence(index)
            if finds:
                scene = self._scene(index)
                stand_here, vetoed = self._judged(finds, scene)
                standing += self._whole(stand_here, scene)
                dropped += vetoed
        visible = [Dropped(self._match(f), f.reason, f.detail) for f in _visible(dropped, standing)]
        return [self._match(find) for find in standing], visible

    def _whole(self, finds: list[Find], scene: Scene) -> list[Find]:
        """Neighbours joined and scored as the one stretch they are, if that still counts."""
        if len(finds) < 2:
            return finds
        settings = self.program.settings

        def scored(find: Find) -> Find | None:
            score = score_of(find.found, settings)
            fits = find.found.end - find.found.start <= settings.max_match_characters
            return find._replace(score=score) if fits and score >= settings.min_score else None

        return join(
            finds, settings.join_characters, lambda a, b: scene.clause_of(a) == scene.clause_of(b), scored
        )

    def _by_sentence(self, verbatim: list[Verbatim], loose: list[Hit]) -> dict[int, _Phrases]:
        """Phrases by the index of their sentence, ascending; what reaches over the end of one is left out."""
        finder, groups, starts, ends = self.program.finder, self.program.groups, self._starts, self._ends
        edited: dict[int, list[Hit]] = {}
        for hit in loose:
            index = bisect_left(ends, hit.end)
            if index < len(ends) and starts[index] <= hit.start:
                edited.setdefault(index, []).append(hit)
        found: dict[int, list[Verbatim]] = {index: [] for index in edited}
        at = 0
        while at < len(verbatim) and (index := bisect_left(ends, verbatim[at][2])) < len(ends):
            first = at
            at = bisect_right(verbatim, ends[index], at, key=itemgetter(2))  # they are sorted by end
            start = starts[index]
            here = [one for one in verbatim[first:at] if one[1] >= start]
            if here:
                found[index] = here
        return {
            index: _phrases(here, edited.get(index, []), finder.text_of, groups)
            for index, here in sorted(found.items())
        }

    def _scene(self, index: int) -> Scene:
        """A sentence as the evaluators see it, made once."""
        if index not in self._known:
            view, start, end = self.view, self._starts[index], self._ends[index]
            clauses = view.view_offsets([c.start for c in self.sentences[index].clauses]) or [start]
            phrases = self.phrases.get(index, NO_PHRASES)
            hits: dict[int, list[Verbatim]] = {}
            for one in phrases.verbatim:
                hits.setdefault(one[0], []).append(one)
            loose: dict[int, list[Hit]] = {}
            for hit in phrases.loose:
                loose.setdefault(hit.phrase, []).append(hit)
            longest = self.program.settings.max_match_characters
            if len(self._known) >= _SCENES:
                del self._known[next(iter(self._known))]
            self._known[index] = Scene(view.text, start, end, clauses, hits, loose, phrases.present, longest)
        return self._known[index]

    def _candidates(self, phrases: _Phrases) -> set[int]:
        """Numbers of the rules whose needed phrases are all there."""
        present = phrases.present
        by_anchor, needed = self.program.by_anchor, self.program.needs
        numbers = set(self.program.unanchored)
        numbers.update(*[by_anchor[text] for text in phrases.texts if text in by_anchor])
        return {n for n in numbers if present & needed[n] == needed[n]}

    def _in_sentence(self, index: int) -> list[Find]:
        """Finds of one sentence, before vetoes and resolution."""
        program = self.program
        numbers = self._candidates(self.phrases.get(index, NO_PHRASES))
        if not numbers:
            return []
        scene, longest = self._scene(index), program.settings.max_match_characters
        return [
            Find(rule, found, index, score_of(found, program.settings))
            for rule in [program.rules[n] for n in sorted(numbers)]
            for found in stand(rule.tree, scene)
            if found.end - found.start <= longest and self._granted(rule)
        ]

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
            places = self.phrases if tree.anchors is not None else range(len(self.sentences))
            known = self._given[tree.number] = any(
                self.phrases.get(index, NO_PHRASES).present & tree.needs == tree.needs
                and stand(tree, self._scene(index))
                for index in places
                if not self.sentences[index].masked
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
        others = stand(veto.tree, scene)
        if others and any(_strikes(veto.scope, found, other, scene) for other in others):
            return veto.source
    for tree in rule.unless:
        others = stand(tree, scene)
        if others and any(_strikes("clause", found, other, scene) for other in others):
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
