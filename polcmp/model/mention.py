"""Nouns of findings: figures, mentions, what was dropped and what was nearly found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from polcmp.text.figures import Figure as Figure  # re-exported: a noun of findings
from polcmp.text.span import Span

IMPLEMENTED, PLANNED, CALLED_FOR, LACKING = "implemented", "planned", "called_for", "lacking"

STATUSES = (IMPLEMENTED, PLANNED, CALLED_FOR, LACKING)
"""From strongest to weakest (codebook, section Status)."""


class Part(NamedTuple):
    """One piece of a match and what it adds to the score.

    Attributes:
        piece: the phrase or slot of the pattern (``第一书记``, ``<number>``), ``gap`` or ``optional``.
        found: folded text found for it; for a charge the number of characters or of missing pieces.
        folded_span: where.
        similarity: 0 to 1; 1 is verbatim.
        how: ``exact``, ``homophone``, ``edits:n``, ``figure``, ``gap``, ``missing`` or ``short``.
        points: signed contribution; a match's parts add up to its score.
    """

    piece: str
    found: str
    folded_span: Span
    similarity: float
    how: str
    points: float


class Match(NamedTuple):
    """A pattern found in folded text, before its context is read.

    Attributes:
        measure: measure id.
        form: form id or ``""``.
        pattern: the pattern's source.
        folded_span: the whole stretch.
        sentence: index into `Segmentation.sentences`.
        score: 0 to 1.
        parts: pieces in text order; their points add up to `score`.
    """

    measure: str
    form: str
    pattern: str
    folded_span: Span
    sentence: int
    score: float
    parts: tuple[Part, ...]


class Reading(NamedTuple):
    """What the context says of a stretch.

    Attributes:
        status: one of `STATUSES`.
        cue: folded words that decided, ``""`` when nothing did and the default holds.
        cue_from: ``clause``, ``sentence``, ``section``, ``document`` or ``default``.
        place: ``here`` or ``other``.
        place_cue: folded words that say it is another place, ``""`` for here.
    """

    status: str
    cue: str = ""
    cue_from: str = "default"
    place: str = "here"
    place_cue: str = ""


class Dropped(NamedTuple):
    """A match that does not count, and why.

    `reason` is ``boilerplate``, ``excluded``, ``other_place``, ``below_cutoff`` or ``inside_longer``;
    `detail` names the mask's rule, the exclusion, the place or the longer match.
    """

    match: Match
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a document that says a measure is done, planned, called for or lacking.

    Attributes:
        id: 16 hex digits made from the document's sha256, measure, quote and its occurrence.
        document: name of the document.
        region: short name of the document's region.
        measure: measure id.
        form: form id or ``""``.
        status: one of `STATUSES`.
        score: 0 to 1.
        raw_span: offsets into the document's raw text; ``raw[start:end] == quote``.
        quote: verbatim.
        raw_sentence: the sentence it stands in, offsets into raw.
        section: heading it stands under, ``""`` for none.
        pattern: the pattern that found it.
        transforms: what lies between raw and pattern: ``t2s``, ``pinyin``, ``homophone``, ``edits:n`` …
        figures: figures of its clause.
        reading: status and place with the words that decided.
        parts: how the score adds up.
        page: number of the page it begins on, where the document has pages (PDF), else None.
        paragraph: number of the paragraph it begins in, where the text was extracted from a format without
            pages, else None.
    """

    id: str
    document: str
    region: str
    measure: str
    form: str
    status: str
    score: float
    raw_span: Span
    quote: str
    raw_sentence: Span
    section: str
    pattern: str
    transforms: tuple[str, ...]
    figures: tuple[Figure, ...]
    reading: Reading
    parts: tuple[Part, ...]
    page: int | None = None
    paragraph: int | None = None
