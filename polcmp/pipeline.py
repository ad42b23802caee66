"""The only place that knows the order of the stages; one document at a time.

load → fold → clean → segment → match → context. What comes out is gathered by `polcmp.matrix`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from polcmp.clean import find_boilerplate
from polcmp.context import Reader as ContextReader
from polcmp.context import open_context
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
from polcmp.text.span import Span


@dataclass(frozen=True, slots=True)
class Reader:
    """A taxonomy made ready, with the settings in force: reads any number of documents."""

    program: Program
    settings: Settings

    @classmethod
    def of(cls, taxonomy: Taxonomy, settings: Settings) -> Reader:
        """Compile a taxonomy once for a run."""
        return cls(compile_taxonomy(taxonomy, settings), settings)

    def read(self, document: Document) -> DocumentResult:
        """Everything that one decoded document says of the taxonomy's measures."""
        return _Reading(document, self).result()

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
            results.append(reader.read(read(source)))
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


def _folded(stated: Metadata) -> Metadata:
    """Stated words in the form in which the text is read: a sidecar may be in Traditional script."""
    return replace(stated, title=fold_phrase(stated.title), region=fold_phrase(stated.region))


class _Reading:
    """One document on its way through the stages."""

    def __init__(self, document: Document, reader: Reader) -> None:
        self.document = document
        self.reader = reader
        self.folded: Folded = fold(document.raw)
        self.masks: tuple[Mask, ...] = find_boilerplate(self.folded.text)
        self.segmentation: Segmentation = segment(self.folded.text, self.masks)
        description = describe(self.folded.text, self.masks, _folded(document.stated))
        self.title, self.date, self.location = description.title, description.date, description.location
        self.context: ContextReader = open_context(
            self.folded.text, self.segmentation, self.location, self.title
        )
        self._occurrences: Counter[tuple[str, str]] = Counter()
        self._readings: dict[tuple[Span, int], Reading] = {}

    def result(self) -> DocumentResult:
        """Run the matcher and sort its finds into mentions and what does not count."""
        matches, dropped = find_matches(self.reader.program, self.folded.text, self.segmentation)
        mentions: list[Mention] = []
        for match in matches:
            reason = self._fault(match)
            if reason:
                dropped.append(reason)
            else:
                mentions.append(self._mention(match))
        dropped.sort(key=lambda d: (d.match.folded_span, d.match.measure, d.match.pattern))
        return DocumentResult(self._facts(), tuple(mentions), tuple(self._dropped(d) for d in dropped))

    def _fault(self, match: Match) -> Dropped | None:
        """Why a match does not count, None when it does."""
        for mask in self.masks:
            if mask.folded_span.overlaps(match.folded_span):
                return Dropped(match, "boilerplate", mask.rule)
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
            title=self.title,
            date=self.date,
            location=self.location,
            warnings=document.warnings + self.folded.warnings,
            masks=tuple(RawMask(self.folded.raw_span(m.folded_span), m.rule) for m in self.masks),
            fingerprint=fingerprint(self.folded.text, self.masks),
        )

    def _mention(self, match: Match) -> Mention:
        raw_span = self.folded.raw_span(match.folded_span)
        quote = self.document.raw[raw_span.start : raw_span.end]
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
        start = min((c.start for c in clauses), default=span.start)
        end = max((c.end for c in clauses), default=span.end)
        figures = find_figures(self.folded.text, start, end)
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
