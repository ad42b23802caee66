"""Every place where a phrase of the taxonomy stands, verbatim, edited or misspelt by sound.

Candidates first: each phrase is cut into budget + 1 pieces, one automaton finds the pieces, and only
the windows around them are measured. With at most `budget` edits at least one piece is untouched, so
nothing is lost; the tests hold it against a search of every window.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from polcmp.match.verify import Window, best_apart, edit_budget, edited_window, homophone_window
from polcmp.model.taxonomy import Literal
from polcmp.settings import Settings

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character: the automaton takes none."""


class Hit(NamedTuple):
    """A phrase found: `phrase` indexes the list given to `PhraseFinder`."""

    start: int
    end: int
    phrase: int
    similarity: float
    how: str


def cut(length: int, pieces: int) -> list[tuple[int, int]]:
    """Cut ``range(length)`` into `pieces` runs as equal as can be, as (start, end) pairs."""
    bounds = [length * i // pieces for i in range(pieces + 1)]
    return list(pairwise(bounds))


class _Automaton:
    """Finds needles; they are numbered in the order given."""

    def __init__(self, needles: Iterable[str]) -> None:
        listed = list(needles)
        self.search = AhoCorasick(listed, matchkind=MatchKind.Standard) if listed else None

    def finds(self, text: str) -> Sequence[tuple[int, int, int]]:
        """(needle, start, end) of every occurrence, overlapping ones included."""
        if self.search is None:
            return ()
        try:
            return self.search.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:  # a lone surrogate, in a text that no codec made
            even = LONE_SURROGATE.sub("\ufffd", text)
            return self.search.find_matches_as_indexes(even, overlapping=True)


class PhraseFinder:
    """Finds all phrases of a taxonomy in one pass over a text.

    Args:
        phrases: distinct phrases; their order is the numbering of hits.
        settings: edit budget by length and the shortest phrase for homophones.
        reading_key: maps a text to one of the same length in which characters of the same primary
            toneless reading are the same (`polcmp.text.readings.reading_key`).
    """

    def __init__(
        self, phrases: Sequence[Literal], settings: Settings, reading_key: Callable[[str], str]
    ) -> None:
        self.phrases = tuple(phrases)
        self._reading_key = reading_key
        self.budgets = [
            0 if p.exact else edit_budget(len(p.text), settings.no_edits_up_to, settings.one_edit_up_to)
            for p in self.phrases
        ]
        self._characters = [frozenset(phrase.text) for phrase in self.phrases]
        wholes: dict[str, list[int]] = defaultdict(list)
        pieces: dict[str, list[tuple[int, int]]] = defaultdict(list)
        sounds: dict[str, list[int]] = defaultdict(list)
        for number, phrase in enumerate(self.phrases):
            wholes[phrase.text].append(number)
            if budget := self.budgets[number]:
                for start, end in cut(len(phrase.text), budget + 1):
                    pieces[phrase.text[start:end]].append((number, start))
            if not phrase.exact and len(phrase.text) >= settings.homophone_from:
                sounds[reading_key(phrase.text)].append(number)
        needles = list({**wholes, **pieces})
        self._words = _Automaton(needles)
        self._wholes = [tuple(wholes.get(needle, ())) for needle in needles]
        """For each needle the phrases that it is the whole of."""
        self._pieces = [tuple(pieces.get(needle, ())) for needle in needles]
        """For each needle the phrases that it is a piece of, with its offset there."""
        self._sounds = _Automaton(sounds)
        self._sounding = list(sounds.values())

    def find(self, text: str) -> list[Hit]:
        """All hits in `text`, sorted by start, end and phrase.

        A phrase that stands verbatim is not also reported as edited there.
        """
        exact: list[Hit] = []
        around: dict[int, set[int]] = defaultdict(set)
        wholes, pieces = self._wholes, self._pieces
        for needle, start, end in self._words.finds(text):
            for number in wholes[needle]:
                exact.append(Hit(start, end, number, 1.0, "exact"))
            for number, offset in pieces[needle]:
                around[number].add(start - offset)
        loose: dict[int, list[Window]] = defaultdict(list)
        verbatim = _by_phrase(exact, around)
        for number, starts in around.items():
            if edited := self._edited(number, text, starts, verbatim.get(number, ())):
                loose[number] = edited
        for number, start in self._alike(text):
            phrase = self.phrases[number]
            if text.startswith(phrase.text, start):
                continue  # itself, which is no homophone
            window = homophone_window(phrase.text, text, start, phrase.fixed)
            if window:
                loose[number].append(window)
        return sorted(exact + _beside(exact, loose))

    def _alike(self, text: str) -> Iterator[tuple[int, int]]:
        """(phrase, start) of every window that reads like a phrase, itself included."""
        if self._sounds.search is not None:
            wholes = self._sounding
            for needle, start, _ in self._sounds.finds(self._reading_key(text)):
                for number in wholes[needle]:
                    yield number, start

    def _edited(self, number: int, text: str, starts: set[int], verbatim: Sequence[Hit]) -> list[Window]:
        """Edited windows of one phrase around the starts that its pieces point to.

        Windows that overlap a verbatim hit of the phrase are left out: `_beside` would drop them.
        """
        phrase, budget = self.phrases[number], self.budgets[number]
        length = len(phrase.text)
        around, own = length + 2 * budget, self._characters[number]
        nearby = {
            s + d
            for s in starts
            # Each character of the phrase that is not near costs an edit.
            if len(own.difference(text[max(0, s - budget) : max(0, s + around)])) <= budget
            for d in range(-budget, budget + 1)
        }
        for hit in verbatim:
            shortest = length - budget
            nearby = {s for s in nearby if s + shortest <= hit.start or hit.end <= s}
        windows = []
        for start in nearby:
            for end in range(start + length - budget, start + length + budget + 1):
                if 0 <= start < end <= len(text):
                    window = edited_window(phrase.text, text, start, end, budget, phrase.fixed)
                    if window:
                        windows.append(window)
        return windows


def _by_phrase(hits: Iterable[Hit], wanted: Container[int]) -> dict[int, list[Hit]]:
    """Hits of the wanted phrases, by number."""
    found: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        if hit[2] in wanted:
            found[hit[2]].append(hit)
    return found


def _beside(exact: list[Hit], loose: dict[int, list[Window]]) -> list[Hit]:
    """Loose windows that do not overlap a verbatim hit of the same phrase, best apart, as hits."""
    verbatim = _by_phrase(exact, loose)
    hits = []
    for number, windows in loose.items():
        there = verbatim.get(number, ())
        free = [w for w in windows if all(w.end <= h.start or h.end <= w.start for h in there)]
        hits += [Hit(w.start, w.end, number, w.similarity, w.how) for w in best_apart(free)]
    return hits
