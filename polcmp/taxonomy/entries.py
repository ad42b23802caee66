"""Pattern and exclusion entries of a taxonomy file: YAML nodes -> trees with their options.

Knows the two spellings of an entry, a text or a mapping; knows nothing of measures.
"""

from __future__ import annotations

import yaml

from polcmp.model.taxonomy import Exclusion, Node, Pattern
from polcmp.taxonomy import codes
from polcmp.taxonomy.fields import Fields, Reader, is_null, key_text
from polcmp.taxonomy.lexicon import Lexicon
from polcmp.taxonomy.source import Text, YamlNode, place_of
from polcmp.taxonomy.suggest import did_you_mean

PATTERN_KEYS = frozenset({"pattern", "gap", "unless", "given"})
EXCLUDE_KEYS = frozenset({"pattern", "gap", "scope"})
SCOPES = ("overlap", "clause", "sentence")


class EntryReader:
    """Reads entries of one file; every fault goes to the ledger of `reader`."""

    def __init__(self, reader: Reader) -> None:
        self._read = reader

    def patterns(self, fields: Fields, what: str, lexicon: Lexicon, gap: int) -> tuple[Pattern, ...]:
        """The entries under ``patterns``, faulty ones left out.

        Args:
            fields: the measure or form.
            what: what it is, for messages.
            lexicon: the word lists it sees.
            gap: length of a gap that names none.
        """
        node = fields.values.get("patterns")
        entries = self._read.items(fields, "patterns", what)
        if node is not None and (is_null(node) or (isinstance(node, yaml.SequenceNode) and not entries)):
            self._read.ledger.add(
                codes.EMPTY_PATTERN, fields.keys["patterns"], f"{what} has an empty list of patterns"
            )
        found = (self._pattern(entry, what, lexicon, gap) for entry in entries)
        return tuple(pattern for pattern in found if pattern is not None)

    def _pattern(self, node: YamlNode, what: str, lexicon: Lexicon, gap: int) -> Pattern | None:
        unless: tuple[Node, ...] = ()
        given: tuple[Node, ...] = ()
        body, inner = self._entry(node, f"a pattern of {what}", PATTERN_KEYS)
        if body is not None:
            gap = self._read.gap(body, f"a pattern of {what}", gap)
            unless = self._conditions(body, "unless", what, lexicon, gap)
            given = self._conditions(body, "given", what, lexicon, gap)
        if inner is None:
            return None
        text, tree = self._tree(inner, f"a pattern of {what}", lexicon, gap)
        if text is None or tree is None:
            return None
        return Pattern(" ".join(text.value.split()), tree, unless, text.place, given)

    def _conditions(self, body: Fields, key: str, what: str, lexicon: Lexicon, gap: int) -> tuple[Node, ...]:
        """The trees under `unless` or `given` of a pattern entry, faulty ones left out."""
        found = (
            self._tree(entry, f"a pattern under `{key}` of {what}", lexicon, gap)
            for entry in self._read.items(body, key, f"a pattern of {what}")
        )
        return tuple(tree for _, tree in found if tree is not None)

    def exclusions(self, fields: Fields, what: str, lexicon: Lexicon, gap: int) -> tuple[Exclusion, ...]:
        """The entries under ``exclude``, faulty ones left out; arguments as for `patterns`."""
        found: list[Exclusion] = []
        for node in self._read.items(fields, "exclude", what):
            body, inner = self._entry(node, f"an exclusion of {what}", EXCLUDE_KEYS)
            scope = self._scope(body, what) if body is not None else "overlap"
            if inner is None:
                continue
            own = self._read.gap(body, f"an exclusion of {what}", gap) if body is not None else gap
            text, tree = self._tree(inner, f"a pattern under `exclude` of {what}", lexicon, own)
            if text is not None and tree is not None:
                found.append(Exclusion(" ".join(text.value.split()), tree, scope, text.place))
        return tuple(found)

    def _scope(self, body: Fields, what: str) -> str:
        node = body.values.get("scope")
        text = self._read.scalar(node, f"`scope` of an exclusion of {what}") if node is not None else None
        if text is None or text.value in SCOPES:
            return text.value if text else "overlap"
        message = f"`{text.value}` is no scope of an exclusion"
        hint = f"take one of {', '.join(SCOPES)}"
        self._read.ledger.add(codes.INVALID_VALUE, text.place, message, hint)
        return "overlap"

    def _entry(
        self, node: YamlNode, what: str, allowed: frozenset[str]
    ) -> tuple[Fields | None, YamlNode | None]:
        """The mapping form of an entry, if it is one, and the node of its pattern, if it has one."""
        if not isinstance(node, yaml.MappingNode):
            return None, node
        if _split_by_yaml(node, allowed):
            return None, node  # `_tree` says what happened
        fields = self._read.mapping(node, what, allowed)
        if fields is None or "pattern" not in fields.values:
            if fields is not None and not fields.unknown:
                hint = "write `pattern:` and the pattern"
                self._read.ledger.add(codes.MISSING_KEY, place_of(node), f"{what} has no `pattern`", hint)
            return fields, None
        return fields, fields.values["pattern"]

    def _tree(self, node: YamlNode, what: str, lexicon: Lexicon, gap: int) -> tuple[Text | None, Node | None]:
        text = self._read.scalar(node, what)
        if text is None:
            return None, None
        tree, problems = lexicon.parser.parse(text.value, gap)
        for problem in problems:
            hint = text.slip() or problem.hint
            self._read.ledger.add(problem.code, text.place_of(problem.offset), problem.message, hint)
        return text, tree


def _split_by_yaml(node: yaml.MappingNode, allowed: frozenset[str]) -> bool:
    """Whether a mapping is rather a pattern such as ``a: b`` or ``{a} b`` that YAML took apart."""
    keys = [key_text(key) for key, _ in node.value]
    if any(key in allowed or did_you_mean(key, allowed) for key in keys):
        return False
    return all(isinstance(value, yaml.ScalarNode) for _, value in node.value)
