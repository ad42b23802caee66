"""Patterns taken apart into the pieces whose places `polcmp.match.near` compares.

Works on the model's trees alone. Must not look at a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from polcmp.model.taxonomy import Choice, Gap, Literal, Maybe, Measure, Node, Pattern, Row, Slot, Together

MOST_OPTIONS = 3
"""Alternatives written out in the name of a piece; further ones become ``…``."""


class Step(NamedTuple):
    """A piece of a shape.

    Attributes:
        node: what has to stand there.
        gap: what may stand before it, None where it touches the piece before.
        optional: whether the pattern holds without it.
    """

    node: Node
    gap: Gap | None
    optional: bool = False


class Shape(NamedTuple):
    """One way to fulfil a pattern: its pieces, in a row or together in a clause.

    Attributes:
        pattern: the pattern it belongs to.
        form: id of the form, ``""`` for the measure's own patterns.
        steps: two pieces or more.
        in_row: whether the pieces stand in this order (else in any order in one clause).
    """

    pattern: Pattern
    form: str
    steps: tuple[Step, ...]
    in_row: bool


def shapes_of(measure: Measure) -> list[Shape]:
    """Every shape of a measure's patterns; patterns of a single piece have none.

    A row with optional pieces gives two shapes, with all of them and with none.
    """
    own = [("", pattern) for pattern in measure.patterns]
    own += [(form.id, pattern) for form in measure.forms for pattern in form.patterns]
    shapes = [
        Shape(pattern, form, steps, in_row)
        for form, pattern in own
        for steps, in_row in _readings(pattern.node)
        if len(steps) > 1
    ]
    return list(dict.fromkeys(shapes))


def _readings(node: Node) -> Iterator[tuple[tuple[Step, ...], bool]]:
    match node:
        case Choice():
            for option in node.options:
                yield from _readings(option)
        case Maybe():
            yield from _readings(node.node)
        case Together():
            yield tuple(Step(part, None) for part in node.parts), False
        case Row():
            whole = _steps(node)
            yield whole, True
            if any(step.optional for step in whole):
                yield _without_optional(whole), True


def _steps(row: Row) -> tuple[Step, ...]:
    """The pieces of a row; a figure and what touches it are one piece (``<number> 名``)."""
    steps: list[Step] = []
    gap: Gap | None = None
    for item in row.items:
        if isinstance(item, Gap):
            gap = item
            continue
        node, optional = (item.node, True) if isinstance(item, Maybe) else (item, False)
        last = steps[-1] if steps else None
        if last and gap is None and last.optional == optional and (_figures(last.node) or _figures(node)):
            steps[-1] = last._replace(node=Row((*_items(last.node), *_items(node))))
        else:
            steps.append(Step(node, gap, optional))
        gap = None
    return tuple(steps)


def _figures(node: Node) -> bool:
    """Whether a piece begins or ends with a figure, whose unit may belong to its neighbour."""
    if isinstance(node, Row):
        return any(isinstance(item, Slot) for item in (node.items[0], node.items[-1]))
    return isinstance(node, Slot)


def _items(node: Node) -> tuple[Node | Gap, ...]:
    return node.items if isinstance(node, Row) else (node,)


def _without_optional(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The needed pieces; where one between two gaps is left out, the wider gap remains."""
    kept: list[Step] = []
    gap: Gap | None = None
    for step in steps:
        gap = wider(gap, step.gap)
        if not step.optional:
            kept.append(Step(step.node, gap if kept else None))
            gap = None
    return tuple(kept)


def wider(a: Gap | None, b: Gap | None) -> Gap | None:
    """The wider of two gaps, in one clause if either is."""
    if a is None or b is None:
        return a or b
    scope = "clause" if "clause" in (a.scope, b.scope) else "sentence"
    return Gap(max(a.characters, b.characters), scope)


def notation(node: Node) -> str:
    """A piece as the notation writes it, long choices shortened: ``<send>``, ``名|人|位|…``."""
    match node:
        case Literal():
            return node.text
        case Slot():
            return f"<{node.kind}>"
        case Maybe():
            return f"[{notation(node.node)}]"
        case Together():
            return " & ".join(notation(part) for part in node.parts)
        case Choice():
            if node.name:
                return f"<{node.name}>"
            names = [notation(option) for option in node.options[:MOST_OPTIONS]]
            return "|".join(names + ["…"] * (len(node.options) > MOST_OPTIONS))
        case Row():
            return " ".join(_item(item) for item in node.items)


def _item(item: Node | Gap) -> str:
    return gap_notation(item) if isinstance(item, Gap) else notation(item)


def gap_notation(gap: Gap) -> str:
    """A gap as the notation writes it: ``…{12}``, ``~{8}``."""
    return f"{'~' if gap.scope == 'clause' else '…'}{{{gap.characters}}}"


def usual_length(node: Node) -> int:
    """Characters of a piece: of a choice the middle one of its options; a figure counts 2."""
    match node:
        case Literal():
            return len(node.text)
        case Slot():
            return 2
        case Maybe():
            return 0
        case Together():
            return sum(map(usual_length, node.parts))
        case Choice():
            lengths = sorted(map(usual_length, node.options))
            return lengths[len(lengths) // 2]
        case Row():
            return sum(usual_length(item) for item in node.items if not isinstance(item, Gap))


def is_figure(node: Node) -> bool:
    """Whether a piece may be nothing but a figure."""
    if isinstance(node, Choice):
        return any(map(is_figure, node.options))
    return isinstance(node, Slot)
