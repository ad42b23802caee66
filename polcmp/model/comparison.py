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
        source: where it was found, as sidecar or front matter state it, free text; ``""`` if not said.
        format: of its file, ``text`` where the raw text is the file's own, else what it was extracted from
            (``html``, ``pdf`` …).
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
    source: str = ""
    format: str = "text"


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
    """A region with its denominators. `name` is ``""`` for documents whose region is unknown.

    In a comparison whose rows are provinces, years … (see `View`) it stands for one of those.

    Attributes:
        characters: code points of its documents, boilerplate included.
        body_characters: those outside boilerplate, what rates are reckoned with; None when not asked for.
        regions: number of regions with a known name in it; None when the row is a region itself.
    """

    name: str
    full_name: str
    documents: int
    characters: int
    body_characters: int | None = None
    regions: int | None = None


class FirstReport(NamedTuple):
    """The earliest dated document that says a measure is implemented.

    Attributes:
        date: of the document, as known (``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``).
        document: its name.
        mention: id of the mention that says so.
    """

    date: str
    document: str
    mention: str


class Rates(NamedTuple):
    """How often a row mentions a measure.

    Attributes:
        per_document: mentions for each of its documents.
        per_10000_characters: mentions for each 10,000 of its characters outside boilerplate.
    """

    per_document: float
    per_10000_characters: float


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
        by_status: number of mentions of each status, in the order of `STATUSES`; their sum is the number
            of mentions also where `mentions` names only those that are shown.
        first: where it is first reported as implemented; None when nowhere, or not asked for.
        rates: how often it is mentioned; None without text, or when not asked for.
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
    first: FirstReport | None = None
    rates: Rates | None = None

    @property
    def total(self) -> int:
        """Number of mentions."""
        return sum(self.by_status)


class RowOptions(NamedTuple):
    """What the rows of the matrix are, in which order, and which of them are wanted.

    Attributes:
        by: one of `ROW_KINDS`.
        sort: one of `ROW_ORDERS`, a measure's id, or ``""``: as regions come, other kinds by name.
        page: number of the page, from 1.
        page_size: rows of a page; 0 for all rows on one page; `AUTO_SIZE`: as many as can be read.
        rates: whether rates and their denominators are wanted.
        first: whether first reports are wanted.
    """

    by: str = "region"
    sort: str = ""
    page: int = 1
    page_size: int = 0
    rates: bool = False
    first: bool = False


AS_THEY_COME = RowOptions()
"""Every region, in the order of the documents, without rates or first reports."""

UNDATED = "undated"
"""Name of the row of documents without a date where rows are years or months; it stands last."""

AUTO_SIZE = -1
"""Page size that leaves it to the number of rows (`polcmp.matrix.rows.settled`)."""

MOST_WHOLE = 40
"""Rows that `AUTO_SIZE` shows without further ado: a screen or two."""

ROW_KINDS = ("region", "province", "city", "county", "year", "month")
"""What a row of the matrix can stand for."""

ROW_ORDERS = ("documents", "mentions", "name", "first")
"""Orders of rows: most documents, most mentions, by name, first reported as implemented."""


class View(NamedTuple):
    """Which part of a matrix a comparison holds, and how the whole of it is.

    Attributes:
        options: what was asked for.
        first_row: number of the first row shown, from 1; 0 when none is.
        rows: rows of the whole.
        named_rows: those with a known name.
        documents: documents of the whole.
        mentions: mentions of the whole.
    """

    options: RowOptions
    first_row: int
    rows: int
    named_rows: int
    documents: int
    mentions: int


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
    `settings` are the options that change a result, as they were in force. With a `view`, regions and
    cells are the rows that it shows, in its order; documents, mentions and dropped are those behind them,
    or, where the cells were counted in a store, only what is needed to show them.
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
    view: View | None = None
