"""What can be read off a pattern tree without any text: its notation, size and shortest wording.

Word lists are shared between trees, so what is found for one is kept; nothing here changes a tree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from polcmp.model.taxonomy import Choice, Gap, Literal, Maybe, Node, Row, Slot, Together
from polcmp.taxonomy.tokens import SPECIAL, latin

_LOOK = 8


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


class Extent(NamedTuple):
    """What one tree amounts to.

    Attributes:
        size: phrases and slots it stands for, every word list counted where it is named.
        needs: fewest characters that a match of it can cover, edits apart.
        shortest: start of the shortest text that its phrases leave in a match; slots count as
            nothing, and at most `_LOOK` characters are kept, because word lists that name each
            other multiply.
    """

    size: int
    needs: int
    shortest: str


class Gauge:
    """Measures trees that share word lists; each list is measured once."""

    def __init__(self) -> None:
        self._known: dict[int, Extent] = {}
        self._plain: dict[str, Extent] = {}
        self._kept: list[Node] = []  # keeps the ids above in use

    def extent(self, node: Node | Gap) -> Extent:
        """What `node` amounts to."""
        if isinstance(node, Literal):
            text = node.text
            return self._plain.get(text) or self._plain.setdefault(text, Extent(1, len(text), text[:_LOOK]))
        if isinstance(node, Slot):
            return Extent(1, 1, "")
        if isinstance(node, Gap):
            return Extent(1, 0, "")
        if isinstance(node, Maybe):
            return Extent(self.extent(node.node).size, 0, "")
        known = self._known.get(id(node))
        if known is None:
            known = self._known[id(node)] = self._measure(node)
            self._kept.append(node)
        return known

    def _measure(self, node: Choice | Row | Together) -> Extent:
        parts = [self.extent(part) for part in _parts(node)]
        if not parts:
            return Extent(0, 0, "")
        sizes, needs, shortest = zip(*parts, strict=True)
        if isinstance(node, Choice):
            return Extent(sum(sizes), min(needs), min(shortest, key=len))
        least = max(needs) if isinstance(node, Together) else sum(needs)
        return Extent(sum(sizes), least, "".join(shortest)[:_LOOK])


def _parts(node: Choice | Row | Together) -> tuple[Node | Gap, ...]:
    if isinstance(node, Choice):
        return node.options
    return node.items if isinstance(node, Row) else node.parts


def always_holds(node: Node | Gap, phrases: Collection[str], known: dict[int, bool]) -> bool:
    """Whether every match of a tree holds one of `phrases`, each inside a single literal.

    Args:
        node: the tree.
        phrases: folded phrases.
        known: answers for word lists, filled as they are found; one dict for one set of phrases.
    """
    if isinstance(node, Literal):
        text = node.text
        for phrase in phrases:  # noqa: SIM110 - a plain loop takes half the time, and there are thousands
            if phrase in text:
                return True
        return False
    if isinstance(node, Choice):
        answer = known.get(id(node))
        if answer is None:
            holds = (always_holds(option, phrases, known) for option in node.options)
            answer = known[id(node)] = bool(node.options) and all(holds)
        return answer
    if isinstance(node, (Row, Together)):
        return any(always_holds(part, phrases, known) for part in _parts(node))
    return False
