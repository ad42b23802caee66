"""Nouns of a comparison: documents as analysed, cells and their zeros, and the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from polcmp.model.document import Location
from polcmp.model.mention import Figure, Mention, Part
from polcmp.text.span import Span


class RawMask(NamedTuple):
    """A stretch of boilerplate in raw text, with the rule that named it."""

    raw_span: Span
    rule: str


class DroppedMention(NamedTuple):
    """A match that was found and does not count.

    Attributes:
        reason: ``boilerplate``, ``excluded``, ``other_place`` or ``below_cutoff``.
        detail: the mask's rule, the exclusion's source, the place's words, or the cut-off.
        status: the status it would have had.
        parts: how its score adds up.
    """

    document: str
    region: str
    measure: str
    form: str
    status: str
    score: float
    raw_span: Span
    quote: str
    pattern: str
    reason: str
    detail: str
    place: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is known of one document.

    Attributes:
        characters: code points of its raw text, masks included.
        masks: boilerplate, in raw offsets.
        fingerprint: hash of its body text, equal for copies of one article (see `polcmp.matrix`).
    """

    name: str
    path: str
    sha256: str
    encoding: str
    characters: int
    title: str
    date: str
    location: Location
    warnings: tuple[str, ...]
    masks: tuple[RawMask, ...]
    fingerprint: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """One document, analysed: the unit that `polcmp.matrix` gathers."""

    facts: DocumentFacts
    mentions: tuple[Mention, ...]
    dropped: tuple[DroppedMention, ...]


class Failure(NamedTuple):
    """A document that could not be analysed, as it appears in ``errors[]``."""

    path: str
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class MeasureInfo:
    """A measure as results need it: labels and definitions, no patterns."""

    id: str
    name: str
    name_en: str
    definition: str
    definition_en: str
    counts_not: str
    counts_not_en: str = ""


class RegionSummary(NamedTuple):
    """A region with its denominators. `name` is ``""`` for documents whose region is unknown."""

    name: str
    full_name: str
    documents: int
    characters: int


class Cell(NamedTuple):
    """One region × one measure.

    Attributes:
        status: strongest status of its mentions, ``""`` when there are none.
        zero: why there is none: ``""``, ``no_document``, ``not_mentioned``, ``dropped_only``
            (only in boilerplate, excluded or about another place), ``near_miss`` (only below the
            cut-off, dropped ones aside) or ``other_status`` (only with a status that was not asked for).
        mentions: ids of its mentions, strongest status first, then the most telling.
        documents: number of documents with a mention.
        sources: number of independent documents, near-duplicates counted once.
        score: highest score, 0 when empty.
        figures: figures of its mentions of that status, each once, the leading one first.
        by_status: number of mentions of each status, in the order of `STATUSES`.
    """

    region: str
    measure: str
    status: str
    zero: str
    mentions: tuple[str, ...]
    documents: int
    sources: int
    score: float
    figures: tuple[Figure, ...]
    by_status: tuple[int, int, int, int]


class TaxonomyInfo(NamedTuple):
    """Which taxonomy made a result."""

    path: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A whole comparison; all tuples sorted.

    `documents` by name; `regions` by the order of the first document that names them, unknown last;
    `measures` in taxonomy order; `mentions` by document and start; `dropped` likewise; `cells` by
    region then measure, one for every pair; `errors` by path.
    `settings` are the options that change a result, as they were in force.
    """

    taxonomy: TaxonomyInfo
    settings: dict[str, object]
    documents: tuple[DocumentFacts, ...]
    regions: tuple[RegionSummary, ...]
    measures: tuple[MeasureInfo, ...]
    mentions: tuple[Mention, ...]
    dropped: tuple[DroppedMention, ...]
    cells: tuple[Cell, ...]
    errors: tuple[Failure, ...]
    warnings: tuple[str, ...] = ()
