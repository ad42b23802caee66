"""Word lists: names -> shared `Choice` trees, each parsed once. Knows YAML text only through its entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import yaml

from polcmp.model.taxonomy import Choice, Node, Place
from polcmp.taxonomy import codes
from polcmp.taxonomy.fields import Reader
from polcmp.taxonomy.pattern import SLOTS, ListFault, PatternParser
from polcmp.taxonomy.phrases import Phrases
from polcmp.taxonomy.source import PLAIN_TAG, YamlNode, place_of
from polcmp.taxonomy.suggest import did_you_mean

DEEPEST_LISTS = 20
"""Lists inside lists; deeper ones cannot be understood by a reader either."""


_NAME = re.compile(r"[^\s|&()\[\]<>…~=!\\{}.｜＆（）［］＜＞！～＝＼｛｝]+")


def is_list_name(name: str) -> bool:
    """Whether a word list may have this name: no space, no mark of the notation, no figure."""
    return _NAME.fullmatch(name) is not None and name not in SLOTS


class WordList(NamedTuple):
    """One entry of ``terms:`` as it stands in the file."""

    name: str
    place: Place
    entries: Sequence[YamlNode]


class Lexicon:
    """The word lists that patterns of one scope may name.

    Lists of a measure see those of the file (`parent`) and hide one of the same name.
    """

    def __init__(
        self,
        lists: Mapping[str, WordList],
        gap: int,
        phrases: Phrases,
        reader: Reader,
        parent: Lexicon | None = None,
    ) -> None:
        """Make a lexicon; nothing is parsed before it is asked for."""
        self._lists = lists
        self._gap = gap
        self._reader = reader
        self._phrases = phrases
        self._parent = parent
        self._done: dict[str, Choice] = {}
        self._heights: dict[str, int] = {}
        self._open: list[str] = []
        self._used: set[str] = set()
        self.parser = PatternParser(phrases, self.find)

    def names(self) -> list[str]:
        """Every name that may stand between ``<`` and ``>``, sorted."""
        inherited = self._parent.names() if self._parent else list(SLOTS)
        return sorted({*self._lists, *inherited})

    def find(self, name: str) -> Choice:
        """The word list called `name`, which from now on counts as used.

        Raises:
            ListFault: there is none, or it refers to itself, or it stands too deep.
        """
        self._used.add(name)
        if name not in self._lists:
            if self._parent is not None and name in self._parent:
                choice = self._parent.find(name)
                self._note_height(self._parent.height(name))
                return choice
            raise self._unknown(name)
        choice = self._resolve(name)
        self._note_height(self._heights[name])
        return choice

    def height(self, name: str) -> int:
        """How many levels of lists stand inside the resolved list `name`, itself included."""
        if name in self._heights:
            return self._heights[name]
        return self._parent.height(name) if self._parent else 0

    def _note_height(self, height: int) -> None:
        if not self._open:
            return
        outer = self._open[-1]
        self._heights[outer] = max(self._heights[outer], height + 1)
        if self._heights[outer] > DEEPEST_LISTS:
            raise _too_deep()

    def _resolve(self, name: str) -> Choice:
        done = self._done.get(name)
        if done is not None:
            return done
        if name in self._open:
            chain = " → ".join([*self._open[self._open.index(name) :], name])
            message = f"word list `{name}` refers to itself: {chain}"
            raise ListFault(codes.LIST_CYCLE, message, "take one link of the chain away")
        if len(self._open) >= DEEPEST_LISTS:
            raise _too_deep()
        self._open.append(name)
        self._heights[name] = 1
        choice = self._done[name] = self._build(self._lists[name])
        self._open.pop()
        return choice

    def __contains__(self, name: str) -> bool:
        return name in self._lists or (self._parent is not None and name in self._parent)

    def _unknown(self, name: str) -> ListFault:
        if not name:
            return ListFault(
                codes.UNKNOWN_LIST, "`<>` names no word list", "write one between, as in `<number>`"
            )
        hint = did_you_mean(name, self.names(), quote="`<{}>`") or "define it under `terms:`"
        return ListFault(codes.UNKNOWN_LIST, f"unknown word list `{name}`", hint)

    def _build(self, words: WordList) -> Choice:
        options: list[Node] = []
        known = self._phrases.known
        for entry in words.entries:
            # Nearly every entry is a phrase folded beforehand: no parser, no position needed.
            plain = entry.tag == PLAIN_TAG and isinstance(entry, yaml.ScalarNode)
            node: Node | None = known.get(entry.value) if plain else None
            if node is None:
                node = self._entry(words.name, entry)
            if isinstance(node, Choice) and not node.name:
                options.extend(node.options)
            elif node is not None:
                options.append(node)
        return Choice(tuple(options), words.name)

    def _entry(self, name: str, entry: YamlNode) -> Node | None:
        text = self._reader.scalar(entry, f"a pattern in word list `{name}`")
        if text is None:
            return None
        node, problems = self.parser.parse(text.value, self._gap, entry=True)
        for problem in problems:
            place = text.place_of(problem.offset)
            self._reader.ledger.add(problem.code, place, problem.message, text.slip() or problem.hint)
        return node

    def resolve_all(self) -> dict[str, Choice]:
        """Every list of this scope by name, built now, so that faults of unused ones are told too."""
        return {name: self._resolve(name) for name in self._lists}

    def unused(self) -> list[WordList]:
        """The lists that neither a pattern nor another list names, in file order."""
        return [
            words
            for name, words in self._lists.items()
            if name not in self._used and words.entries and is_list_name(name)
        ]

    def doubles(self) -> Iterator[tuple[str, str, Place, Place]]:
        """Entries equal to an earlier one of their list once folded: list, entry, place, first place."""
        known = self._phrases.known
        for words in self._lists.values():
            first: dict[str, YamlNode] = {}
            for entry in words.entries:
                if not isinstance(entry, yaml.ScalarNode):
                    continue
                literal = known.get(entry.value)
                key = literal.text if literal else " ".join(entry.value.split())
                earlier = first.setdefault(key, entry)
                if earlier is not entry:
                    yield words.name, entry.value, place_of(entry), place_of(earlier)


def _too_deep() -> ListFault:
    message = f"word lists refer to one another more than {DEEPEST_LISTS} deep"
    return ListFault(codes.TOO_DEEP, message, "join some of them")
