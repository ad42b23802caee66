"""Nouns of a taxonomy: measures and pattern trees. Built by `polcmp.taxonomy`, read by `polcmp.match`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    """A phrase, already folded.

    Attributes:
        text: folded text, 1 character or more, no spaces inside Chinese.
        fixed: positions in `text` that must not change (marked ``!`` in the pattern).
        exact: written ``=phrase``: neither edits nor homophones are allowed.
    """

    text: str
    fixed: frozenset[int] = frozenset()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure read by `polcmp.text.figures`; `kind` is ``number``, ``percent`` or ``money``."""

    kind: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Any one of several nodes; `name` is the word list it came from (``""`` for a plain ``a|b``)."""

    options: tuple[Node, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Between two pieces of a row: at most `characters` code points of anything.

    `scope` is ``sentence`` (written ``…``) or ``clause`` (written ``~``): what it may not cross.
    """

    characters: int
    scope: str = "sentence"


@dataclass(frozen=True, slots=True)
class Maybe:
    """An optional piece (written ``[…]``): counts towards the score when it stands there."""

    node: Node


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces one after another. Pieces with no `Gap` between them touch.

    Never starts or ends with a gap, never has two gaps side by side, has at least one piece that
    is not a `Maybe`.
    """

    items: tuple[Node | Gap, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """All parts in one clause, in any order (written ``A & B``)."""

    parts: tuple[Node, ...]


Node: TypeAlias = Literal | Slot | Choice | Maybe | Row | Together


class Place(NamedTuple):
    """Where something stands in the taxonomy file; line and column count from 1."""

    line: int = 0
    column: int = 0


class Pattern(NamedTuple):
    """One pattern of a measure or of one of its forms.

    Attributes:
        source: as the author wrote it, spaces trimmed; identifies it in results.
        node: its tree, all word lists resolved.
        unless: trees that veto a match of this pattern when they stand in its clause.
        place: where it stands.
        given: trees of which one must stand somewhere in the document, boilerplate apart; none:
            the pattern always holds. For short names that a text uses once it has given the long one.
    """

    source: str
    node: Node
    unless: tuple[Node, ...] = ()
    place: Place = Place()
    given: tuple[Node, ...] = ()


class Exclusion(NamedTuple):
    """What must not count.

    `scope`: ``overlap`` drops a match that shares a character with it, ``clause`` and ``sentence``
    one whose clause or sentence holds it.
    """

    source: str
    node: Node
    scope: str = "overlap"
    place: Place = Place()


class Form(NamedTuple):
    """A sub-type of a measure, with patterns of its own."""

    id: str
    name: str
    name_en: str
    patterns: tuple[Pattern, ...]


class Example(NamedTuple):
    """A sentence the taxonomy's author promises to match (`matches`) or not to match."""

    text: str
    matches: bool
    place: Place = Place()


class Measure(NamedTuple):
    """A policy measure. `patterns` are its own; those of `forms` belong to it as well."""

    id: str
    name: str
    name_en: str
    definition: str
    definition_en: str
    counts_not: str
    forms: tuple[Form, ...]
    patterns: tuple[Pattern, ...]
    exclude: tuple[Exclusion, ...]
    examples: tuple[Example, ...]
    place: Place = Place()
    counts_not_en: str = ""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A whole taxonomy file.

    Attributes:
        measures: in file order (order never changes what is found, only how it is listed).
        path: path as given, or ``(packaged)``.
        sha256: hex digest of the file's bytes.
        version: the version of the notation the file is written in.
        notes: free remarks of the program on the file, by key.
        name: what the author calls it, or ``""``.
        description: what it is for, or ``""``.
    """

    measures: tuple[Measure, ...]
    path: str
    sha256: str
    version: int = 1
    notes: dict[str, str] = field(default_factory=dict)
    name: str = ""
    description: str = ""

    def measure(self, measure_id: str) -> Measure:
        """The measure with this id; KeyError when there is none."""
        for one in self.measures:
            if one.id == measure_id:
                return one
        raise KeyError(measure_id)
