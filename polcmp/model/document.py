"""Nouns of one document: where it came from, its text, its parts. No behaviour beyond look-ups."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from polcmp.text.span import Span


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a sidecar or front matter says of a document; every field may be ``""`` (not said).

    Attributes:
        title: title as written.
        date: ISO date ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``.
        region: region as written by the person who filled the sidecar.
        source: where the document was found, free text.
        region_from: who says the region: ``sidecar``, ``front matter``, ``record`` (a column beside the
            text), ``path`` (part of the file's path) or ``""``.
    """

    title: str = ""
    date: str = ""
    region: str = ""
    source: str = ""
    region_from: str = ""


class Place(NamedTuple):
    """Where a page or paragraph of an extracted text begins.

    Attributes:
        offset: of its first character, in code points of `Document.raw`.
        unit: ``page`` or ``paragraph``.
        number: counted from 1.
    """

    offset: int
    unit: str
    number: int


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file: decoded and untouched, or extracted from a format that is more than text.

    Attributes:
        name: identity in results: path relative to the folder that was given, ``/`` between parts.
        path: path as opened, for messages and links.
        raw: decoded or extracted text. All offsets that leave the program are code points into it.
        sha256: hex digest of the file's bytes.
        encoding: codec that decoded it (``utf-8``, ``utf-8-sig``, ``utf-16``, ``gb18030``, ``big5hkscs``);
            ``""`` where the format itself says how characters are written (PDF, Word).
        stated: what sidecar or front matter says.
        warnings: what the reader should know (mojibake, replaced bytes), one sentence each.
        extracted_from: format that the text was taken out of (``html``, ``pdf`` …), ``""`` for plain text.
        places: where pages or paragraphs begin, in order; empty for plain text.
    """

    name: str
    path: str
    raw: str
    sha256: str
    encoding: str
    stated: Metadata = Metadata()
    warnings: tuple[str, ...] = ()
    extracted_from: str = ""
    places: tuple[Place, ...] = ()

    def place_at(self, offset: int) -> Place | None:
        """The page or paragraph that a character stands in, None for plain text."""
        index = bisect_right(self.places, offset, key=lambda place: place.offset)
        return self.places[index - 1] if index else None


class Mask(NamedTuple):
    """A stretch of boilerplate: never deleted, only named.

    Attributes:
        folded_span: stretch in folded text.
        rule: name of the rule in ``data/boilerplate.tsv`` that made it.
    """

    folded_span: Span
    rule: str


class Section(NamedTuple):
    """A heading and what stands under it.

    Attributes:
        heading: folded text of the heading, without its number.
        level: 1 for the outermost; 0 for the document itself (heading = its title, may be ``""``).
        parent: index of the enclosing section in `Segmentation.sections`, -1 for none.
        folded_span: the heading's own stretch.
    """

    heading: str
    level: int
    parent: int
    folded_span: Span


class Sentence(NamedTuple):
    """A sentence, its clauses and the section it stands in.

    Attributes:
        folded_span: whole sentence with its final mark.
        clauses: stretches between commas, colons and dashes, in order (a semicolon ends the sentence
            itself); they cover it without overlap, each with its closing mark.
        section: index into `Segmentation.sections`.
        kind: ``title``, ``heading`` or ``body``.
        masked: whether it lies in boilerplate (half or more of it).
    """

    folded_span: Span
    clauses: tuple[Span, ...]
    section: int
    kind: str = "body"
    masked: bool = False


class Segmentation(NamedTuple):
    """All sentences of a document in order, and its sections; `sections[0]` is the document itself."""

    sentences: tuple[Sentence, ...]
    sections: tuple[Section, ...]

    def headings_of(self, section: int) -> tuple[str, ...]:
        """Headings from the innermost to the outermost that enclose `section` (an index)."""
        found = []
        while section >= 0:
            found.append(self.sections[section].heading)
            section = self.sections[section].parent
        return tuple(found)


class Location(NamedTuple):
    """The region a document is about, and how that was found.

    Attributes:
        name: short name in Simplified script (``陈巴尔虎旗``), ``""`` when unknown.
        full_name: with its superiors (``内蒙古自治区呼伦贝尔市陈巴尔虎旗``), as far as known.
        found_by: ``sidecar``, ``front matter``, ``title``, ``dateline``, ``text`` or ``""``.
        evidence: the words that decided, folded; ``""`` if stated.
        aliases: other names the text uses for it (``科左后旗``).
    """

    name: str
    full_name: str = ""
    found_by: str = ""
    evidence: str = ""
    aliases: tuple[str, ...] = ()


class Description(NamedTuple):
    """What a document is, by its sidecar or by its own words; every part may be unknown.

    Attributes:
        title: its title, ``""`` when it has none.
        date: ISO date ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY`` when stated, else ``YYYY-MM-DD`` or ``""``.
        location: the region it is about.
    """

    title: str
    date: str
    location: Location
