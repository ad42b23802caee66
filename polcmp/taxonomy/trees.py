"""What can be read off a pattern tree without any text: its notation, size and shortest wording.

Word lists are shared between trees, so what is found for one is kept; nothing here changes a tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from polcmp.model.taxonomy import Choice, Gap, Literal, Maybe, Node, Row, Slot, Together
from polcmp.taxonomy.tokens import SPECIAL, latin

_DOTS = re.compile(r"\.(?=\.)")


def notation(node: Node | Gap) -> str:
    """The pattern a tree came from, spelled in one fixed way: equal trees, equal text.

    Parsing the text again gives an equal tree (given the same word lists).
    """
    if isinstance(node, Literal):
        return _phrase(node)
    if isinstance(node, Slot):
        return f"<{node.kind}>"
    if isinstance(node, Gap):
        return f"{'~' if node.scope == 'clause' else '…'}{{{node.characters}}}"
    if isinstance(node, Maybe):
        return f"[{notation(node.node)}]"
    if isinstance(node, Together):
        return " & ".join(notation(part) for part in node.parts)
    if isinstance(node, Choice):
        if node.name:
            return f"<{node.name}>"
        options = (notation(option) for option in node.options)
        return "|".join(
            f"({text})" if isinstance(option, Row) else text
            for option, text in zip(node.options, options, strict=True)
        )
    return _row(node)


def _row(row: Row) -> str:
    written: list[str] = []
    last: Node | Gap | None = None
    for item in row.items:
        text = notation(item)
        if (
            isinstance(last, Literal)
            and isinstance(item, Literal)
            and latin(last.text[-1])
            and latin(item.text[0])
        ):
            text = f"({text})"  # side by side they would be read as one phrase
        written.append(text)
        last = item
    return " ".join(written)


def _phrase(literal: Literal) -> str:
    written = ["=" if literal.exact else ""]
    for at, character in enumerate(literal.text):
        written.append("\\" + character if character == "." or SPECIAL.match(character) else character)
        if at in literal.fixed:
            written.append("!")
    return "".join(written)


def literals(node: Node) -> Iterator[Literal]:
    """The phrases that stand for a whole tree by themselves: a literal, or the options of a choice."""
    if isinstance(node, Literal):
        yield node
    elif isinstance(node, Choice):
        for option in node.options:
            yield from literals(option)


class Gauge:
    """Measures trees that share word lists; each list is measured once."""

    def __init__(self) -> None:
        self._sizes: dict[int, int] = {}
        self._shortest: dict[int, str] = {}
        self._needs: dict[int, int] = {}
        self._kept: list[Node] = []  # keeps the ids above in use

    def size(self, node: Node | Gap) -> int:
        """Number of phrases and slots a tree stands for, every word list counted where it is named."""
        if isinstance(node, (Literal, Slot, Gap)):
            return 1
        if isinstance(node, Maybe):
            return self.size(node.node)
        known = self._sizes.get(id(node))
        if known is None:
            known = self._sizes[id(node)] = sum(self.size(part) for part in _parts(node))
            self._kept.append(node)
        return known

    def shortest(self, node: Node | Gap) -> str:
        """The shortest text that the phrases of a tree leave in a match; slots count as nothing."""
        if isinstance(node, Literal):
            return node.text
        if isinstance(node, (Slot, Gap, Maybe)):
            return ""
        known = self._shortest.get(id(node))
        if known is None:
            texts = [self.shortest(part) for part in _parts(node)]
            known = min(texts, key=len, default="") if isinstance(node, Choice) else "".join(texts)
            self._shortest[id(node)] = known
            self._kept.append(node)
        return known

    def needs(self, node: Node | Gap) -> int:
        """The fewest characters that a match of a tree can cover, edits apart."""
        if isinstance(node, Literal):
            return len(node.text)
        if isinstance(node, (Gap, Maybe)):
            return 0
        if isinstance(node, Slot):
            return 1
        known = self._needs.get(id(node))
        if known is None:
            counts = [self.needs(part) for part in _parts(node)]
            if isinstance(node, Choice):
                known = min(counts, default=0)
            else:
                known = max(counts) if isinstance(node, Together) else sum(counts)
            self._needs[id(node)] = known
            self._kept.append(node)
        return known


def _parts(node: Choice | Row | Together) -> tuple[Node | Gap, ...]:
    if isinstance(node, Choice):
        return node.options
    return node.items if isinstance(node, Row) else node.parts


def always_holds(node: Node | Gap, phrases: frozenset[str], known: dict[int, bool]) -> bool:
    """Whether every match of a tree holds one of `phrases`, each inside a single literal.

    Args:
        node: the tree.
        phrases: folded phrases.
        known: answers for word lists, filled as they are found; one dict for one set of phrases.
    """
    if isinstance(node, Literal):
        return any(phrase in node.text for phrase in phrases)
    if isinstance(node, Choice):
        answer = known.get(id(node))
        if answer is None:
            answer = known[id(node)] = bool(node.options) and all(
                always_holds(option, phrases, known) for option in node.options
            )
        return answer
    if isinstance(node, (Row, Together)):
        return any(always_holds(part, phrases, known) for part in _parts(node))
    return False
