"""YAML nodes -> `Taxonomy`: which keys there are and what they mean.

Judges single entries only; what entries mean to one another is `polcmp.taxonomy.lint`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from polcmp.model.taxonomy import (
    Example,
    Form,
    Measure,
    Place,
    Taxonomy,
)
from polcmp.taxonomy import codes
from polcmp.taxonomy.entries import EntryReader
from polcmp.taxonomy.fault import Ledger
from polcmp.taxonomy.fields import NULLS, Fields, Reader, is_null, key_text
from polcmp.taxonomy.lexicon import Lexicon, WordList, is_list_name
from polcmp.taxonomy.pattern import SLOTS
from polcmp.taxonomy.phrases import Phrases
from polcmp.taxonomy.source import Source, YamlNode, place_of
from polcmp.taxonomy.tokens import PLAIN, SPECIAL

VERSION = 1
TOP_KEYS = frozenset({"version", "name", "description", "gap", "terms", "measures"})
FORM_KEYS = frozenset({"id", "name", "name_en", "patterns"})
MEASURE_KEYS = FORM_KEYS | {
    "definition",
    "definition_en",
    "not",
    "not_en",
    "gap",
    "terms",
    "forms",
    "exclude",
    "examples",
}
EXAMPLE_KEYS = frozenset({"match", "no_match"})

_DEEPEST_KEYS = 8
_ID = re.compile(r"[a-z][a-z0-9_-]*")


@dataclass(slots=True)
class Loaded:
    """What was read, faulty parts left out.

    Attributes:
        taxonomy: the taxonomy as far as it could be read.
        lexicons: the word lists of the file, then those of measures that have their own.
    """

    taxonomy: Taxonomy
    lexicons: list[Lexicon] = field(default_factory=list)


class Loader:
    """Reads one file; every fault goes to the ledger."""

    def __init__(self, source: Source, ledger: Ledger, default_gap: int, most_entries: int) -> None:
        self._source = source
        self._ledger = ledger
        self._read = Reader(source, ledger, most_entries)
        self._entries = EntryReader(self._read)
        self._gap = default_gap
        self._phrases = Phrases()
        self._lexicons: list[Lexicon] = []
        self._ids: dict[str, Place] = {}

    def load(self, root: YamlNode, path: str) -> Loaded:
        """Read the whole file from its root node."""
        top = self._read.mapping(root, "the taxonomy", TOP_KEYS)
        empty = Fields(Place(), {}, {}, False)
        fields = top or empty
        if top is not None:
            self._check_version(fields)
        self._gap = self._read.gap(fields, "the taxonomy", self._gap)
        self._phrases.prepare(_plain_texts(root))
        lexicon = self._lexicon(fields, "the taxonomy", self._gap, None)
        measures = self._measures(fields, lexicon) if top is not None else ()
        for one in self._lexicons:
            one.resolve_all()
        taxonomy = Taxonomy(
            measures=measures,
            path=path,
            sha256=self._source.sha256,
            version=VERSION,
            name=self._read.text(fields, "name", "the taxonomy"),
            description=self._read.text(fields, "description", "the taxonomy"),
        )
        return Loaded(taxonomy, self._lexicons)

    def _check_version(self, fields: Fields) -> None:
        node = fields.values.get("version")
        text = self._read.scalar(node, "`version`") if node is not None else None
        if text is not None and text.value.strip() != str(VERSION):
            hint = f"this program reads version {VERSION}"
            message = f"version `{text.value}` of the notation is not known"
            self._ledger.add(codes.WRONG_VERSION, text.place, message, hint)

    # Word lists

    def _lexicon(self, fields: Fields, what: str, gap: int, parent: Lexicon | None) -> Lexicon:
        node = fields.values.get("terms")
        if parent is not None and is_null(node):
            return parent
        lists: dict[str, WordList] = {}
        words = (
            None if node is None or is_null(node) else self._read.mapping(node, f"`terms` of {what}", None)
        )
        if words is not None:
            for name, value in words.values.items():
                lists[name] = self._word_list(name, value, words.keys[name])
        lexicon = Lexicon(lists, gap, self._phrases, self._read, parent)
        self._lexicons.append(lexicon)
        return lexicon

    def _word_list(self, name: str, node: YamlNode, place: Place) -> WordList:
        if name in SLOTS:
            message = f"`<{name}>` stands for a figure and cannot be a word list"
            self._ledger.add(codes.LIST_NAME, place, message, "give the list another name")
        elif not is_list_name(name):
            hint = "take a name without spaces and without marks of the notation"
            self._ledger.add(codes.LIST_NAME, place, f"`{name}` is no name for a word list", hint)
        what = f"word list `{name}`"
        entries = [] if is_null(node) else self._read.sequence(node, what)
        if is_null(node) or (isinstance(node, yaml.SequenceNode) and not entries):
            self._ledger.add(codes.EMPTY_LIST, place, f"{what} is empty", "give it phrases, or take it away")
        return WordList(name, place, entries)

    # Measures

    def _measures(self, fields: Fields, lexicon: Lexicon) -> tuple[Measure, ...]:
        node = fields.values.get("measures")
        if node is None and fields.unknown:
            return ()
        if node is None or is_null(node):
            place = fields.keys.get("measures", fields.place)
            hint = "list them under `measures:`, each with an `id` and `patterns`"
            self._ledger.add(codes.MISSING_KEY, place, "the taxonomy has no measures", hint)
            return ()
        entries = self._read.sequence(node, "`measures`")
        if isinstance(node, yaml.SequenceNode) and not entries:
            self._ledger.add(codes.MISSING_KEY, place_of(node), "the taxonomy has no measures")
        measures = (self._measure(entry, number, lexicon) for number, entry in enumerate(entries, 1))
        return tuple(measure for measure in measures if measure is not None)

    def _measure(self, node: YamlNode, number: int, outer: Lexicon) -> Measure | None:
        fields = self._read.mapping(node, f"measure {_name_of(node) or number}", MEASURE_KEYS)
        if fields is None:
            return None
        measure_id = self._id(fields, f"measure {number}", self._ids, "measure")
        what = f"measure {measure_id or number}"
        gap = self._read.gap(fields, what, self._gap)
        lexicon = self._lexicon(fields, what, gap, outer)
        forms = self._forms(fields, what, lexicon, gap)
        patterns = self._entries.patterns(fields, what, lexicon, gap)
        if not fields.unknown and "patterns" not in fields.values and "forms" not in fields.values:
            hint = "give it a list `patterns:`, or `forms:` that have patterns"
            self._ledger.add(codes.MISSING_KEY, fields.place, f"{what} has no patterns", hint)
        name = self._read.text(fields, "name", what, measure_id)
        return Measure(
            id=measure_id,
            name=name,
            name_en=self._read.text(fields, "name_en", what, name),
            definition=self._read.text(fields, "definition", what),
            definition_en=self._read.text(fields, "definition_en", what),
            counts_not=self._read.text(fields, "not", what),
            forms=forms,
            patterns=patterns,
            exclude=self._entries.exclusions(fields, what, lexicon, gap),
            examples=self._examples(fields, what),
            place=fields.place,
            counts_not_en=self._read.text(fields, "not_en", what),
        )

    def _id(self, fields: Fields, what: str, known: dict[str, Place], kind: str) -> str:
        node = fields.values.get("id")
        if node is None:
            if fields.unknown:
                return ""
            hint = "ids are short names such as `cadre_dispatch`"
            self._ledger.add(codes.MISSING_KEY, fields.place, f"{what} has no `id`", hint)
            return ""
        text = self._read.scalar(node, f"`id` of {what}")
        if text is None:
            return ""
        if not _ID.fullmatch(text.value):
            hint = "use a to z, 0 to 9, `_` and `-`, beginning with a letter"
            self._ledger.add(codes.INVALID_ID, text.place, f"`{text.value}` is no id for a {kind}", hint)
        elif text.value in known:
            message = f"two {kind}s have the id `{text.value}`"
            hint = f"the other stands in line {known[text.value].line}"
            self._ledger.add(codes.DUPLICATE_ID, text.place, message, hint)
        else:
            known[text.value] = text.place
        return text.value

    def _forms(self, fields: Fields, what: str, lexicon: Lexicon, gap: int) -> tuple[Form, ...]:
        known: dict[str, Place] = {}
        forms: list[Form] = []
        for number, node in enumerate(self._read.items(fields, "forms", what), 1):
            inner = f"form {_name_of(node) or number} of {what}"
            entry = self._read.mapping(node, inner, FORM_KEYS)
            if entry is None:
                continue
            form_id = self._id(entry, inner, known, "form")
            patterns = self._entries.patterns(entry, inner, lexicon, gap)
            if not entry.unknown and "patterns" not in entry.values:
                hint = "give it a list `patterns:`"
                self._ledger.add(codes.MISSING_KEY, entry.place, f"{inner} has no patterns", hint)
            name = self._read.text(entry, "name", inner, form_id)
            forms.append(Form(form_id, name, self._read.text(entry, "name_en", inner, name), patterns))
        return tuple(forms)

    # Examples

    def _examples(self, fields: Fields, what: str) -> tuple[Example, ...]:
        node = fields.values.get("examples")
        if node is None or is_null(node):
            return ()
        both = self._read.mapping(node, f"`examples` of {what}", EXAMPLE_KEYS)
        if both is None:
            return ()
        found: list[Example] = []
        for key, matches in (("match", True), ("no_match", False)):
            for entry in self._read.items(both, key, f"`examples` of {what}"):
                text = self._read.scalar(entry, f"an example of {what}")
                if text is not None:
                    found.append(Example(text.value.strip(), matches, text.place))
        return tuple(found)


def _name_of(node: YamlNode) -> str:
    """The id of a measure or form, for messages, before anything has been checked."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key_text(key) == "id" and isinstance(value, yaml.ScalarNode):
                return str(value.value)
    return ""


def _plain_texts(node: YamlNode) -> Iterator[str]:
    """The plain phrases in all lists of texts, whole entries or parts of patterns, to be folded together."""
    open_nodes: list[tuple[YamlNode, int]] = [(node, 0)]
    seen: set[int] = set()
    while open_nodes:
        one, depth = open_nodes.pop()
        if id(one) in seen or depth > _DEEPEST_KEYS:
            continue
        seen.add(id(one))
        if isinstance(one, yaml.SequenceNode):
            for item in one.value:
                if not isinstance(item, yaml.ScalarNode):
                    open_nodes.append((item, depth + 1))
                elif SPECIAL.search(item.value) is None:
                    if item.value not in NULLS:
                        yield item.value
                else:
                    yield from (part for part in PLAIN.findall(item.value) if part not in NULLS)
        elif isinstance(one, yaml.MappingNode):
            open_nodes.extend((value, depth + 1) for key, value in one.value if key_text(key) != "examples")
