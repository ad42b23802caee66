"""Typed access to YAML nodes: what is missing, unknown, doubled or of another kind goes to the ledger.

Knows no meaning of any key.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import yaml

from polcmp.model.taxonomy import Place
from polcmp.taxonomy import codes
from polcmp.taxonomy.fault import Ledger
from polcmp.taxonomy.pattern import LONGEST_GAP
from polcmp.taxonomy.source import Source, Text, YamlNode, place_of
from polcmp.taxonomy.suggest import did_you_mean

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""Unquoted scalars that YAML reads as nothing."""


class TooLarge(Exception):
    """The file stands for more entries than are allowed; the ledger says so."""


class Fields(NamedTuple):
    """The entries of one YAML mapping, by key.

    Attributes:
        place: where the mapping starts.
        values: value nodes.
        keys: where each key stands.
        unknown: whether a key was not known; what seems to be missing may stand under it.
    """

    place: Place
    values: Mapping[str, YamlNode]
    keys: Mapping[str, Place]
    unknown: bool


def is_null(node: YamlNode | None) -> bool:
    """Whether a node is absent or an unquoted nothing (empty, ``~``, ``null``)."""
    return node is None or (isinstance(node, yaml.ScalarNode) and not node.style and node.value in NULLS)


def key_text(node: YamlNode) -> str:
    """The text of a key, or ``""`` when the key is no text."""
    return node.value if isinstance(node, yaml.ScalarNode) else ""


def kind_of(node: YamlNode) -> str:
    """What a node is, in the words of the messages."""
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    return "nothing" if is_null(node) else "text"


class Reader:
    """Reads nodes of one file and notes what is wrong with them."""

    def __init__(self, source: Source, ledger: Ledger, most_entries: int) -> None:
        self.source = source
        self.ledger = ledger
        self._entries, self._most = 0, most_entries

    def _count(self, node: yaml.CollectionNode) -> None:
        self._entries += len(node.value)
        if self._entries > self._most:
            most = f"{self._most:,}"
            message = f"the YAML has more than {most} entries, aliases counted out (--limit yaml_entries)"
            self.ledger.add(codes.TOO_LARGE, place_of(node), message, "use fewer aliases (`*name`)")
            raise TooLarge

    def mapping(self, node: YamlNode, what: str, allowed: Collection[str] | None) -> Fields | None:
        """The entries of a mapping, or None when the node is something else.

        Args:
            node: the node.
            what: what the mapping is, for messages (``measure cadre_dispatch``).
            allowed: the known keys; None when any text is a key.
        """
        if not isinstance(node, yaml.MappingNode):
            message = f"{what} must be a mapping (`key: value` lines), not {kind_of(node)}"
            self.ledger.add(codes.WRONG_TYPE, place_of(node), message)
            return None
        self._count(node)
        values: dict[str, YamlNode] = {}
        keys: dict[str, Place] = {}
        unknown = False
        for key_node, value in node.value:
            place = place_of(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.ledger.add(codes.WRONG_TYPE, place, f"a key in {what} must be text")
            elif key_node.value in values:
                message = f"the key `{key_node.value}` stands twice in {what}"
                hint = f"it was first given in line {keys[key_node.value].line}; join the two"
                self.ledger.add(codes.DUPLICATE_KEY, place, message, hint)
            elif allowed is not None and key_node.value not in allowed:
                unknown = True
                self.unknown_key(key_node.value, place, what, allowed)
            else:
                values[key_node.value], keys[key_node.value] = value, place
        return Fields(place_of(node), values, keys, unknown)

    def unknown_key(self, key: str, place: Place, what: str, allowed: Collection[str]) -> None:
        """Note a key that is not known, with the closest known one."""
        hint = did_you_mean(key, allowed) or f"known keys: {', '.join(sorted(allowed))}"
        if key == "<<":
            hint = "merge keys are not supported; an alias (`*name`) may stand for a whole value"
        self.ledger.add(codes.UNKNOWN_KEY, place, f"unknown key `{key}` in {what}", hint)

    def scalar(self, node: YamlNode, what: str) -> Text | None:
        """A scalar, or None with a fault when the node is something else or nothing."""
        if isinstance(node, yaml.ScalarNode) and not is_null(node) and not node.tag.startswith("!"):
            return Text(node.value, node, self.source)
        hint = self._scalar_hint(node, may_need_quotes=not what.startswith("`"))
        message = f"{what} must be text, not {kind_of(node)}"
        if isinstance(node, yaml.ScalarNode) and node.tag.startswith("!"):
            message = f"{what} carries the YAML tag `{node.tag}`"
        elif is_null(node):
            message = f"{what} is empty"
            code = codes.EMPTY_PATTERN if "pattern" in what else codes.WRONG_TYPE
            self.ledger.add(code, place_of(node), message, hint)
            return None
        self.ledger.add(codes.WRONG_TYPE, place_of(node), message, hint)
        return None

    def _scalar_hint(self, node: YamlNode, may_need_quotes: bool) -> str:
        from polcmp.taxonomy import slips  # only a faulty file needs it

        start, end = node.start_mark.index, node.end_mark.index
        raw = self.source.text[start:end].split("\n")[0].strip()
        if isinstance(node, yaml.MappingNode) and not node.flow_style and may_need_quotes:
            return slips.mapping_hint()
        rest = self.source.text[end:].split("\n", 1)[0]
        if is_null(node) and rest.lstrip(" ").startswith("#"):
            return "YAML reads `#` as the start of a comment: put the text in quotes"
        if is_null(node):
            return "write a text, or take the entry away" + (
                f" (YAML reads `{raw}` as nothing)" if raw else ""
            )
        return slips.quote_hint(raw) if may_need_quotes else ""

    def text(self, fields: Fields, key: str, what: str, default: str = "") -> str:
        """The text under `key`; `default` when the key is absent or empty."""
        node = fields.values.get(key)
        if node is None or is_null(node):
            return default
        found = self.scalar(node, f"`{key}` of {what}")
        return " ".join(found.value.split()) if found else default

    def whole_number(self, fields: Fields, key: str, what: str, default: int, most: int, code: str) -> int:
        """The whole number from 0 to `most` under `key`; `default` when the key is absent."""
        node = fields.values.get(key)
        if node is None:
            return default
        found = self.scalar(node, f"`{key}` of {what}")
        if found is None:
            return default
        value = found.value.strip()
        if value.isascii() and value.isdigit() and len(value) < 9 and int(value) <= most:
            return int(value)
        message = f"`{key}` of {what} must be a whole number from 0 to {most}, not `{value}`"
        self.ledger.add(code, found.place, message)
        return default

    def gap(self, fields: Fields, what: str, default: int) -> int:
        """The length of a gap under ``gap``, 0 to 200 code points."""
        return self.whole_number(fields, "gap", what, default, LONGEST_GAP, codes.GAP_LENGTH)

    def items(self, fields: Fields, key: str, what: str) -> list[YamlNode]:
        """The entries of the list under `key`; none when the key is absent or empty."""
        node = fields.values.get(key)
        if node is None or is_null(node):
            return []
        return self.sequence(node, f"`{key}` of {what}")

    def sequence(self, node: YamlNode, what: str) -> list[YamlNode]:
        """The entries of a list; none, with a fault, when the node is something else."""
        if isinstance(node, yaml.SequenceNode):
            self._count(node)
            return list(node.value)
        hint = "put it in brackets, `[…]`, or on lines of its own that begin with `- `"
        self.ledger.add(codes.WRONG_TYPE, place_of(node), f"{what} must be a list, not {kind_of(node)}", hint)
        return []
