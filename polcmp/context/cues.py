"""Finds cue words in folded text: reads ``data/cues.txt`` and scans stretches for its words.

Says only which words stand where and of what kind; what they mean for a stretch is decided in
`polcmp.context.status`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from polcmp.errors import InternalError
from polcmp.text.span import Span
from polcmp.text.word_finder import WordFinder

_DATA = Path(__file__).parent.parent / "data" / "cues.txt"
FRIEND = "friend"
_MARKS = frozenset(',;:。!?"—()、\n')


class Cue(NamedTuple):
    """One cue word.

    Attributes:
        start: first code point in folded text.
        end: one past the last.
        kind: name of its list in ``data/cues.txt``.
        words: the folded words themselves.
    """

    start: int
    end: int
    kind: str
    words: str

    @property
    def family(self) -> str:
        """First part of the kind: ``lacking``, ``planned``, ``called``, ``done`` and so on."""
        return self.kind.partition(".")[0]


class _Lists(NamedTuple):
    """One kind's words as written, and its patterns: (signs, expression)."""

    words: list[str]
    patterns: list[tuple[str, str]]


class _Pattern:
    """A pattern that is compiled when one of its signs first turns up."""

    __slots__ = ("_compiled", "expression", "kind", "signs")

    def __init__(self, kind: str, signs: str, expression: str) -> None:
        self.kind = kind
        self.signs = frozenset(signs.split("|") if "|" in signs else signs) - {""}
        self.expression = expression
        self._compiled: re.Pattern[str] | None = None

    def find(self, text: str, span: Span) -> Iterator[Cue]:
        if self._compiled is None:
            self._compiled = re.compile(self.expression)
        for found in self._compiled.finditer(text, span.start, span.end):
            yield Cue(found.start(), found.end(), self.kind, found.group())


class Lexicon:
    """The words and patterns of some lists, ready to scan with.

    One automaton finds where a word may begin, by its first two characters, and which patterns may match. Few
    of the 2,300 such heads stand in a clause; one of all 8,000 words would take ten times as long to build.
    """

    def __init__(self, lists: dict[str, _Lists]) -> None:
        self._words: dict[str, list[tuple[str, str]]] = {}
        self._patterns: list[_Pattern] = []
        for kind, (words, patterns) in lists.items():
            self._file(kind, words)
            self._patterns += [_Pattern(kind, signs, expression) for signs, expression in patterns]
        # By its first two characters, the length of the longest word that begins with them.
        self._longest = {word[:2]: len(word) for word in sorted(self._words, key=len)}
        triggers: dict[str, list[int]] = {}
        for number, pattern in enumerate(self._patterns):
            for sign in pattern.signs:
                triggers.setdefault(sign, []).append(number)
        signs = sorted(self._longest.keys() | triggers.keys())
        self._begins = [sign in self._longest for sign in signs]
        self._triggered = [triggers.get(sign, ()) for sign in signs]
        self._signs = WordFinder(signs)

    def _file(self, kind: str, words: list[str]) -> None:
        """Note words with the place that their marks ``^`` and ``$`` demand; the first list with one wins."""
        for written in words:
            place = "^" if written[0] == "^" else "$" if written[-1] == "$" else ""
            word = written.strip("^$") if place else written
            entries = self._words.get(word)
            if entries is None:
                self._words[word] = [(kind, place)]
            elif place not in [other for _, other in entries]:
                entries.append((kind, place))

    def scan(self, text: str, span: Span) -> list[Cue]:
        """All cues of a stretch in order, false friends left out.

        The longest word at a place wins and takes its characters; a pattern goes before words, unless a false
        friend is as long.

        Args:
            text: folded text.
            span: a clause; ``^`` and ``$`` in the lists mean its ends and marks inside it.
        """
        signs = self._signs.find(text[span.start : span.end])
        if not signs:
            return []
        places = {span.start + start for sign, start, _ in signs if self._begins[sign]}
        triggered = {number for sign, _, _ in signs for number in self._triggered[sign]}
        blocks = self._by_pattern(text, span, triggered) if triggered else {}
        found = []
        end = span.start
        for at in sorted(places | blocks.keys()):
            if at < end:
                continue
            cue = blocks.get(at)
            if at in places and (cue is None or cue.kind != FRIEND):
                word = next(self.words_at(text, at, span), None)
                if word and (cue is None or (word.kind == FRIEND and word.end >= cue.end)):
                    cue = word
            if cue is not None:
                found.append(cue)
                end = cue.end
        return [cue for cue in found if cue.kind != FRIEND]

    def words_at(self, text: str, at: int, span: Span) -> Iterator[Cue]:
        """Words that begin at an offset, longest first, each as the cue it would be."""
        longest = self._longest.get(text[at : at + 2]) or self._longest.get(text[at], 0)
        for end in range(min(at + longest, span.end), at, -1):
            for kind, place in self._words.get(text[at:end], ()):
                if not place or _placed(text, at, end, place, span):
                    yield Cue(at, end, kind, text[at:end])

    def _by_pattern(self, text: str, span: Span, numbers: set[int]) -> dict[int, Cue]:
        """What the patterns match, by where it begins; of several at one place the first pattern's."""
        taken: dict[int, Cue] = {}
        for number in sorted(numbers):
            for cue in self._patterns[number].find(text, span):
                taken.setdefault(cue.start, cue)
        return taken


def _placed(text: str, start: int, end: int, place: str, span: Span) -> bool:
    """Whether a word stands at the head (``^``) or at the end (``$``) of a clause or quotation."""
    if place == "^":
        before = text[start - 1]
        opening = before == '"' and (start - 1 == span.start or text[start - 2] in _MARKS)
        return start == span.start or opening or (before != '"' and before in _MARKS)
    return end == span.end or text[end] in _MARKS


@cache
def _lists() -> dict[str, _Lists]:
    """Parse the data file: kind → words and patterns."""
    lists: dict[str, _Lists] = {}
    here: _Lists | None = None
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            here = lists.setdefault(line[1:-1], _Lists([], []))
        elif here is None:
            raise InternalError("data/cues.txt has words before its first list", code="P110")
        elif line.startswith("re "):
            _, signs, expression = line.split(" ", 2)
            here.patterns.append((signs, expression))
        elif "×" in line:
            here.words.extend(map("".join, product(*(part.split() for part in line.split("×")))))
        else:
            here.words.extend(line.split())
    return lists


@cache
def sentence_lexicon() -> Lexicon:
    """Cues of running text."""
    others = ("heading", "title", "elsewhere")
    return Lexicon({kind: lists for kind, lists in _lists().items() if not kind.startswith(others)})


@cache
def heading_lexicon() -> Lexicon:
    """Cues of headings; kinds ``lacking``, ``called``, ``planned``, ``done``, ``friend``."""
    return Lexicon({kind[8:]: lists for kind, lists in _lists().items() if kind.startswith("heading.")})


@cache
def title_words() -> dict[str, tuple[str, ...]]:
    """Words a title of a kind of paper ends with, by ``called``, ``planned``, ``done``."""
    return {kind[6:]: tuple(lists.words) for kind, lists in _lists().items() if kind.startswith("title.")}


@cache
def place_lexicon() -> Lexicon:
    """Words that say whose place is spoken of; kinds ``learn``, ``lesson``, ``away`` and so on."""
    return Lexicon({kind[10:]: lists for kind, lists in _lists().items() if kind.startswith("elsewhere.")})
