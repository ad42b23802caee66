"""Every place where a phrase of the taxonomy stands, verbatim, edited or misspelt by sound.

Candidates first: each phrase is cut into budget + 1 pieces, one automaton finds the pieces, and only
the windows around them are measured. With at most `budget` edits at least one piece is untouched, so
nothing is lost; the tests hold it against a search of every window.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from ahocorasick_rs import AhoCorasick, MatchKind
from rapidfuzz.distance.LCSseq import similarity as common_characters

from polcmp.match.verify import Window, best_apart, edit_budget, edited_window, homophone_window
from polcmp.model.taxonomy import Literal
from polcmp.settings import Settings

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character: the automaton takes none."""


Verbatim: TypeAlias = tuple[int, int, int]
"""A phrase's text as it stands: number of the text, start, end. As the automaton tells it: a text holds
hundreds, most of them in sentences that no pattern needs."""


class Hit(NamedTuple):
    """A phrase that stands edited or misspelt: `phrase` indexes the list given to `PhraseFinder`."""

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

    def finds(self, text: str) -> Sequence[Verbatim]:
        """(needle, start, end) of every occurrence, overlapping ones included, sorted by end."""
        if self.search is None:
            return ()
        try:
            return self.search.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:  # a lone surrogate, in a text that no codec made
            even = LONE_SURROGATE.sub("\ufffd", text)
            return self.search.find_matches_as_indexes(even, overlapping=True)


class PhraseFinder:
    """Finds all phrases of a taxonomy in one pass over a text.

    Phrases that differ only in what they tolerate share a text; texts are numbered in order of first use.

    Attributes:
        phrases: as given.
        budgets: edits that each takes.
        texts: their distinct texts.
        text_of: number of each one's text.

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
        texts = dict.fromkeys(phrase.text for phrase in self.phrases)
        pieces: dict[str, list[tuple[int, int]]] = defaultdict(list)
        sounds: dict[str, list[int]] = defaultdict(list)
        for number, phrase in enumerate(self.phrases):
            if budget := self.budgets[number]:
                for start, end in cut(len(phrase.text), budget + 1):
                    pieces[phrase.text[start:end]].append((number, start))
            if not phrase.exact and len(phrase.text) >= settings.homophone_from:
                sounds[reading_key(phrase.text)].append(number)
        needles = list({**texts, **pieces})  # the texts first: a needle's number is that of its text
        self.texts = tuple(texts)
        numbers = {text: number for number, text in enumerate(texts)}
        self.text_of = [numbers[phrase.text] for phrase in self.phrases]
        self._words = _Automaton(needles)
        self._pieces = {n: pieces[needle] for n, needle in enumerate(needles) if needle in pieces}
        """For needles that are pieces the phrases they are pieces of, with their offset there."""
        self._sounds = _Automaton(sounds)
        self._sounding = list(sounds.values())

    def find(self, text: str) -> tuple[list[Verbatim], list[Hit]]:
        """Everything that stands in `text`.

        Returns:
            The texts of phrases as they stand, sorted by end; and the phrases that stand edited or
            misspelt, sorted by start, none overlapping its own verbatim text.
        """
        found, pieces = self._words.finds(text), self._pieces
        around: dict[int, set[int]] = defaultdict(set)
        for needle, start in [(needle, start) for needle, start, _ in found if needle in pieces]:
            for number, offset in pieces[needle]:
                around[number].add(start - offset)
        loose: dict[int, list[Window]] = defaultdict(list)
        for number, starts in around.items():
            if edited := self._edited(number, text, starts):
                loose[number] = edited
        for number, start in self._alike(text):
            phrase = self.phrases[number]
            if not text.startswith(phrase.text, start):  # else it is itself, which is no homophone
                window = homophone_window(phrase.text, text, start, phrase.fixed)
                if window:
                    loose[number].append(window)
        texts = len(self.texts)
        return [one for one in found if one[0] < texts], self._beside(text, loose)

    def _alike(self, text: str) -> Iterator[tuple[int, int]]:
        """(phrase, start) of every window that reads like a phrase, itself included."""
        if self._sounds.search is not None:
            wholes = self._sounding
            for needle, start, _ in self._sounds.finds(self._reading_key(text)):
                for number in wholes[needle]:
                    yield number, start

    def _edited(self, number: int, text: str, starts: set[int]) -> list[Window]:
        """Edited windows of one phrase around the starts that its pieces point to."""
        phrase, budget = self.phrases[number].text, self.budgets[number]
        length = len(phrase)
        shortest, around = length - budget, length + 2 * budget
        nearby: set[int] = set()
        for start in starts:
            if length > 2 * budget and text.startswith(phrase, start):
                continue  # every window near it overlaps the phrase as it stands
            # Of a phrase within its budget all characters but so many stand there, in their order.
            there = text[max(0, start - budget) : max(0, start + around)]
            if common_characters(phrase, there, score_cutoff=shortest):
                nearby.update(range(start - budget, start + budget + 1))
        windows = []
        for start in nearby:
            for end in range(start + shortest, start + length + budget + 1):
                if 0 <= start < end <= len(text):
                    window = edited_window(phrase, text, start, end, budget, self.phrases[number].fixed)
                    if window:
                        windows.append(window)
        return windows

    def _beside(self, text: str, loose: dict[int, list[Window]]) -> list[Hit]:
        """Loose windows that do not overlap their own phrase as it stands, best apart, as hits."""
        hits = []
        for number, windows in loose.items():
            phrase = self.phrases[number].text
            reach = len(phrase) - 1
            free = [w for w in windows if text.find(phrase, max(0, w.start - reach), w.end + reach) < 0]
            hits += [Hit(w.start, w.end, number, w.similarity, w.how) for w in best_apart(free)]
        return sorted(hits)
