"""Finds cue words in folded text: reads ``data/cues.txt`` and scans stretches for its words.

Says only which words stand where and of what kind; what they mean for a stretch is decided in
`polcmp.context.status`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from polcmp.errors import InternalError
from polcmp.text.span import Span

_DATA = Path(__file__).parent.parent / "data" / "cues.txt"
FRIEND = "friend"


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


class Lexicon:
    """The words and patterns of some lists, ready to scan with."""

    def __init__(self, lists: dict[str, tuple[list[str], list[str]]]) -> None:
        self.by_first: dict[str, list[tuple[str, str]]] = {}
        patterns = []
        self.kinds: list[str] = []
        for kind, (words, expressions) in lists.items():
            for word in words:
                self.by_first.setdefault(word[0], []).append((word, kind))
            for expression in expressions:
                patterns.append(f"(?P<k{len(self.kinds)}>{expression})")
                self.kinds.append(kind)
        for entries in self.by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self.pattern = re.compile("|".join(patterns)) if patterns else None

    def scan(self, text: str, span: Span) -> list[Cue]:
        """All cues of a stretch in order, false friends left out.

        The longest word at a place wins and takes its characters; patterns come before words.
        """
        blocks = self._by_pattern(text, span)
        found = []
        by_first = self.by_first
        at = span.start
        while at < span.end:
            block = blocks.get(at)
            if block is not None:
                found.append(block)
                at = block.end
                continue
            for word, kind in by_first.get(text[at], ()):
                if text.startswith(word, at) and at + len(word) <= span.end:
                    found.append(Cue(at, at + len(word), kind, word))
                    at += len(word) - 1
                    break
            at += 1
        return [cue for cue in found if cue.kind != FRIEND]

    def _by_pattern(self, text: str, span: Span) -> dict[int, Cue]:
        if self.pattern is None:
            return {}
        taken = {}
        for found in self.pattern.finditer(text, span.start, span.end):
            name = next(key for key, value in found.groupdict().items() if value and key[0] == "k")
            taken[found.start()] = Cue(found.start(), found.end(), self.kinds[int(name[1:])], found.group())
        return taken


@cache
def _lists() -> dict[str, tuple[list[str], list[str]]]:
    """Parse the data file: kind → (words, patterns)."""
    lists: dict[str, tuple[list[str], list[str]]] = {}
    here: tuple[list[str], list[str]] | None = None
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            here = lists.setdefault(line[1:-1], ([], []))
        elif here is None:
            raise InternalError("data/cues.txt has words before its first list", code="P110")
        elif line.startswith("re "):
            here[1].append(line[3:])
        else:
            left, times, right = line.partition("×")
            heads, tails = left.split(), right.split() if times else [""]
            here[0].extend(head + tail for head in heads for tail in tails)
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
    return {kind[6:]: tuple(words) for kind, (words, _) in _lists().items() if kind.startswith("title.")}


@cache
def place_lexicon() -> Lexicon:
    """Words that say whose place is spoken of; kinds ``learn``, ``lesson``, ``away`` and so on."""
    return Lexicon({kind[10:]: lists for kind, lists in _lists().items() if kind.startswith("elsewhere.")})
