"""The only place that knows the order of the stages; one document at a time.

load → fold → clean → segment → match → context. What comes out is gathered by `polcmp.matrix`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from polcmp.clean import find_boilerplate
from polcmp.context import Reader as ContextReader
from polcmp.context import open_context
from polcmp.deadline import check as check_time
from polcmp.deadline import time_limit
from polcmp.errors import DocumentError
from polcmp.load import Source, read
from polcmp.locate import describe
from polcmp.match import Program, compile_taxonomy, find_matches
from polcmp.matrix import fingerprint
from polcmp.model.comparison import (
    DocumentFacts,
    DocumentResult,
    DroppedMention,
    Failure,
    MeasureInfo,
    RawMask,
)
from polcmp.model.document import Document, Mask, Metadata, Segmentation
from polcmp.model.mention import Dropped, Figure, Match, Mention, Reading
from polcmp.model.taxonomy import Taxonomy
from polcmp.segment import segment
from polcmp.settings import Settings
from polcmp.text.figures import find_figures
from polcmp.text.fold import Folded, fold, fold_phrase
from polcmp.text.places import find_places
from polcmp.text.span import Span

if TYPE_CHECKING:
    from polcmp.match.near import NearFinder
    from polcmp.model.explanation import NearMatch


@dataclass(frozen=True, slots=True)
class Reader:
    """A taxonomy made ready, with the settings in force: reads any number of documents."""

    program: Program
    settings: Settings

    @classmethod
    def of(cls, taxonomy: Taxonomy, settings: Settings) -> Reader:
        """Compile a taxonomy once for a run."""
        return cls(compile_taxonomy(taxonomy, settings), settings)

    def read(self, document: Document, *, lifted: Collection[str] = ()) -> DocumentResult:
        """Everything that one decoded document says of the taxonomy's measures.

        Args:
            document: decoded.
            lifted: rules of boilerplate to read without, for ``polcmp why``.
        """
        return _Reading(document, self, lifted).result()

    def nearly(self, document: Document, finder: NearFinder) -> tuple[list[NearMatch], Folded, Segmentation]:
        """Patterns of a measure that almost stand in a document, with what turns them into raw stretches.

        Args:
            document: decoded.
            finder: made of one of the taxonomy's measures.
        """
        reading = _Reading(document, self)
        return reading.nearly(finder), reading.folded, reading.segmentation

    def measures_in(self, text: str) -> set[str]:
        """Ids of the measures that a text mentions; for the examples of a taxonomy."""
        document = Document("example", "example", text, "", "utf-8")
        return {mention.measure for mention in self.read(document).mentions}


def read_all(
    sources: Iterable[Source], reader: Reader, done: Callable[[str], None] = lambda name: None
) -> tuple[list[DocumentResult], list[Failure]]:
    """Read documents one after another; one that fails is recorded and the others go on.

    Args:
        sources: where the documents are.
        reader: taxonomy and settings.
        done: called with each document's name when it is through, for progress.

    Returns:
        Results and failures, in the order of `sources`.
    """
    results, failures = [], []
    for source in sources:
        try:
            with time_limit(source.options.limits.seconds, source.path):
                result = reader.read(read(source))
            results.append(result)  # only here is it sure not to be stopped
        except DocumentError as error:
            failures.append(failure(error, source.path))
        done(source.name)
    return results, failures


def failure(error: DocumentError, path: str = "") -> Failure:
    """A document's error as it stands in ``errors[]``."""
    return Failure(error.where or path, error.code, error.message, error.hint)


def measure_infos(taxonomy: Taxonomy) -> tuple[MeasureInfo, ...]:
    """Labels and definitions of the measures, in taxonomy order."""
    return tuple(
        MeasureInfo(m.id, m.name, m.name_en, m.definition, m.definition_en, m.counts_not, m.counts_not_en)
        for m in taxonomy.measures
    )


def headings(raw: str) -> list[tuple[int, Span]]:
    """The headings of a text, for views that mark them.

    Args:
        raw: raw text.

    Returns:
        (level from 1, raw stretch) of each heading that has words, in text order.
    """
    folded = fold(raw)
    sections = segment(folded.text, find_boilerplate(folded.text)).sections[1:]
    return [(one.level, folded.raw_span(one.folded_span)) for one in sections if one.folded_span.length]


def _folded(stated: Metadata) -> Metadata:
    """Stated words in the form in which the text is read: a sidecar may be in Traditional script."""
    return replace(stated, title=fold_phrase(stated.title), region=fold_phrase(stated.region))


class _Reading:
    """One document on its way through the stages."""

    def __init__(self, document: Document, reader: Reader, lifted: Collection[str] = ()) -> None:
        self.document = document
        self.reader = reader
        self.folded: Folded = fold(document.raw)
        check_time()
        self.masks: tuple[Mask, ...] = tuple(
            mask for mask in find_boilerplate(self.folded.text) if mask.rule not in lifted
        )
        self.segmentation: Segmentation = segment(self.folded.text, self.masks)
        check_time()
        places = find_places(self.folded.text)
        description = describe(self.folded.text, self.masks, _folded(document.stated), places)
        self.title, self.date, self.location = description.title, description.date, description.location
        self.context: ContextReader = open_context(
            self.folded.text, self.segmentation, self.location, self.title, places, self.date
        )
        self._mask_ends = [mask.folded_span.end for mask in self.masks]
        self._occurrences: Counter[tuple[str, str]] = Counter()
        self._readings: dict[tuple[Span, int], Reading] = {}
        self._figures_in: dict[Span, list[Figure]] = {}

    def result(self) -> DocumentResult:
        """Run the matcher and sort its finds into mentions and what does not count."""
        matches, dropped = find_matches(self.reader.program, self.folded.text, self.segmentation)
        mentions: list[Mention] = []
        for match in matches:
            check_time()
            reason = self._fault(match)
            if reason:
                dropped.append(reason)
            else:
                mentions.append(self._mention(match))
        dropped.sort(key=lambda d: (d.match.folded_span, d.match.measure, d.match.pattern))
        return DocumentResult(self._facts(), tuple(mentions), tuple(self._dropped(d) for d in dropped))

    def nearly(self, finder: NearFinder) -> list[NearMatch]:
        """Patterns that almost stand here, closest first; what is told of other places apart."""
        matches, dropped = find_matches(self.reader.program, self.folded.text, self.segmentation)
        taken = [match.folded_span for match in (*matches, *(one.match for one in dropped))]
        near = finder.find(self.folded.text, self.segmentation, taken)
        return [one for one in near if self.context.read(one.folded_span, one.sentences[0]).place == "here"]

    def _fault(self, match: Match) -> Dropped | None:
        """Why a match does not count, None when it does."""
        first = bisect_right(self._mask_ends, match.folded_span.start)  # the first mask that ends behind it
        if first < len(self.masks) and self.masks[first].folded_span.start < match.folded_span.end:
            return Dropped(match, "boilerplate", self.masks[first].rule)
        reading = self._reading(match)
        if reading.place != "here":
            return Dropped(match, "other_place", reading.place_cue)
        return None

    def _reading(self, match: Match) -> Reading:
        key = (match.folded_span, match.sentence)
        if key not in self._readings:
            self._readings[key] = self.context.read(self._to_clause_end(match), match.sentence)
        return self._readings[key]

    def _to_clause_end(self, match: Match) -> Span:
        """The match and the rest of its clause, where its status is looked for.

        A duty often follows the words matched (包村单位要…); a cue reaches to the end of its clause.
        """
        span = match.folded_span
        clauses = self.segmentation.sentences[match.sentence].clauses
        return Span(span.start, next((c.end for c in clauses if c.start < span.end <= c.end), span.end))

    def _facts(self) -> DocumentFacts:
        document = self.document
        return DocumentFacts(
            name=document.name,
            path=document.path,
            sha256=document.sha256,
            encoding=document.encoding,
            characters=len(document.raw),
            title=self.document.stated.title or self.title,
            date=self.date,
            location=self.location,
            warnings=document.warnings + self.folded.warnings,
            masks=tuple(RawMask(self.folded.raw_span(m.folded_span), m.rule) for m in self.masks),
            fingerprint=fingerprint(self.folded.text, self.masks),
            source=document.stated.source,
            format=document.extracted_from or "text",
        )

    def _mention(self, match: Match) -> Mention:
        raw_span = self.folded.raw_span(match.folded_span)
        quote = self.document.raw[raw_span.start : raw_span.end]
        place = self.document.place_at(raw_span.start)
        sentence = self.segmentation.sentences[match.sentence]
        reading = self._reading(match)
        return Mention(
            id=self._id(match.measure, quote),
            document=self.document.name,
            region=self.location.name,
            measure=match.measure,
            form=match.form,
            status=reading.status,
            score=match.score,
            raw_span=raw_span,
            quote=quote,
            raw_sentence=self.folded.raw_span(sentence.folded_span),
            section=self._section(sentence.section),
            pattern=match.pattern,
            transforms=self._transforms(match),
            figures=self._figures(match),
            reading=reading,
            parts=match.parts,
            page=place.number if place and place.unit == "page" else None,
            paragraph=place.number if place and place.unit == "paragraph" else None,
        )

    def _section(self, index: int) -> str:
        return self.segmentation.sections[index].heading if index > 0 else ""

    def _id(self, measure: str, quote: str) -> str:
        """A name made from content alone: the same text gives the same id in any run."""
        self._occurrences[measure, quote] += 1
        occurrence = self._occurrences[measure, quote]
        key = "\n".join((self.document.sha256, measure, quote, str(occurrence)))
        return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def _transforms(self, match: Match) -> tuple[str, ...]:
        text_level = self.folded.transforms(match.folded_span, self.document.raw)
        loose = sorted({part.how for part in match.parts if part.how.startswith(("edits", "homophone"))})
        return (*text_level, *loose)

    def _figures(self, match: Match) -> tuple[Figure, ...]:
        """Figures of the clauses the match stands in (codebook, section Figures), those inside it first."""
        span = match.folded_span
        clauses = [c for c in self.segmentation.sentences[match.sentence].clauses if c.overlaps(span)]
        stretch = Span(clauses[0].start, clauses[-1].end) if clauses else span
        if stretch not in self._figures_in:
            self._figures_in[stretch] = find_figures(self.folded.text, *stretch)
        figures = self._figures_in[stretch]
        return tuple(sorted(figures, key=lambda f: (not span.contains(f.folded_span), f.folded_span)))

    def _dropped(self, dropped: Dropped) -> DroppedMention:
        match = dropped.match
        raw_span = self.folded.raw_span(match.folded_span)
        reading = self._reading(match)
        return DroppedMention(
            document=self.document.name,
            region=self.location.name,
            measure=match.measure,
            form=match.form,
            status=reading.status,
            score=match.score,
            raw_span=raw_span,
            quote=self.document.raw[raw_span.start : raw_span.end],
            pattern=match.pattern,
            reason=dropped.reason,
            detail=dropped.detail,
            place=reading.place,
            parts=match.parts,
        )
