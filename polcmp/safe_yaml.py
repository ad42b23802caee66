"""YAML from people's files as a tree of nodes, within limits: size, nesting, aliases.

Makes no Python objects, so no tag in a file can run anything. Knows no keys: what a tree means is decided
by whoever asked for it. YAML is imported on first use.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import yaml

DEEPEST = 100
"""Most levels of nesting, unless another limit is asked for. Taxonomies and sidecars have up to eight."""

DEEPEST_EVER = 1_000
"""Highest limit of nesting there can be: the C parser overflows its stack, and takes the program with it, at
some ten thousand levels, in a thread earlier."""

MOST_NODES = 500_000
"""Most nodes of a tree with aliases, each counted as often as it stands for something, unless another limit
is asked for. The default taxonomy has some five thousand; a few lines of aliases to aliases make billions."""

_NODES_A_CHARACTER = 2
"""Most nodes that a character makes, beside the tree itself: `?` is a mapping of a key and a value."""

_BEFORE_BLOCKS = re.compile("(?:^|[\n\r\x85\u2028\u2029])([ \\-?:\ufeff]+)")
"""What stands before a block on its line: indentation, and the signs of the blocks around it."""


class YamlLimitError(Exception):
    """A text that is beyond a limit; `line` and `column` count from 1 and name the place.

    `limit` is the field of `polcmp.settings.Limits`, ``""`` if raising none of them helps.
    """

    def __init__(self, message: str, line: int = 1, column: int = 1, limit: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.column, self.limit = message, line, column, limit


class Problem(NamedTuple):
    """What is wrong with a YAML text, in the parser's words, and where; both count from 1."""

    message: str
    line: int
    column: int


def compose(text: str, loader: Any, *, depth: int = DEEPEST, entries: int = MOST_NODES) -> yaml.Node | None:
    """The node tree of a YAML text, None if it is empty.

    Args:
        text: one YAML document.
        loader: class of loader; it must build nodes only.
        depth: most levels of nesting, 1 to `DEEPEST_EVER` (`Limits.yaml_depth`).
        entries: most nodes, aliases counted out (`Limits.yaml_entries`).

    Raises:
        YamlLimitError: it is nested too deep, or its aliases stand for too much or for themselves.
        yaml.YAMLError: it is no YAML.
    """
    import yaml

    depth = min(depth, DEEPEST_EVER)
    if _deepest_possible(text) > depth:
        _check_depth(text, loader, depth)
    root: yaml.Node | None = yaml.compose(text, Loader=loader)
    if root is not None and ("*" in text or _NODES_A_CHARACTER * len(text) + 1 > entries):
        _check_entries(root, entries)
    return root


def problem(error: Exception) -> Problem:
    """What a limit or the parser says, in one line."""
    if isinstance(error, YamlLimitError):
        return Problem(error.message, error.line, error.column)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or getattr(error, "context", None) or str(error)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(said.splitlines()[0] if said else "unknown fault", line, column)


def _deepest_possible(text: str) -> int:
    """Levels that a text can have at most, told cheaply; nearly all have far fewer.

    A bracket opens two at most (`[a: 1]` is a list of a mapping), and so does a column: a mapping, and the
    list under one of its keys, which needs no further indentation.
    """
    columns = 1 + max((len(one[1]) for one in _BEFORE_BLOCKS.finditer(text)), default=0)
    return 2 * (text.count("[") + text.count("{") + columns)


def _check_depth(text: str, loader: Any, most: int) -> None:
    """Count the levels by the parser's events, which need no stack; broken YAML is left to the composer."""
    import yaml

    depth = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > most:
                    message = f"the YAML is nested more than {most:,} deep (--limit yaml_depth)"
                    raise _beyond(message, event.start_mark, "yaml_depth")
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return


def _check_entries(root: yaml.Node, most: int) -> None:
    """Count the nodes of a tree with aliases followed, without following any of them twice."""
    sizes: dict[int, int] = {}
    above: set[int] = set()
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        node, counted = waiting.pop()
        key = id(node)
        if counted:
            above.discard(key)
            inside = _inside(node)
            sizes[key] = 1 + sum(sizes[id(one)] if one.id != "scalar" else 1 for one in inside)
            if sizes[key] > most:
                message = (
                    f"the YAML has more than {most:,} entries, aliases counted out (--limit yaml_entries)"
                )
                raise _beyond(message, node.start_mark, "yaml_entries")
        elif key in above:
            raise _beyond("an alias stands inside what it stands for", node.start_mark)
        elif key not in sizes:
            above.add(key)
            waiting.append((node, True))
            waiting.extend((one, False) for one in _inside(node) if one.id != "scalar")


def _inside(node: Any) -> list[Any]:
    """The nodes right below a node."""
    if node.id == "mapping":
        return [one for pair in node.value for one in pair]
    return node.value if node.id == "sequence" else []


def _beyond(message: str, mark: Any, limit: str = "") -> YamlLimitError:
    return YamlLimitError(message, mark.line + 1, mark.column + 1, limit)
