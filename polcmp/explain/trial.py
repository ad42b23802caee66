"""Reads the documents of a region again, for one measure, with something changed.

Knows no cell and no wording; `polcmp.explain.changes` decides what to try.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from polcmp.explain.variants import alone, given_of, without_given
from polcmp.match.near import NearFinder
from polcmp.match.shapes import notation
from polcmp.model.comparison import DroppedMention
from polcmp.model.document import Document, Segmentation
from polcmp.model.explanation import NearMatch, NearMiss
from polcmp.model.mention import STATUSES, Mention
from polcmp.model.taxonomy import Measure, Taxonomy
from polcmp.pipeline import Reader
from polcmp.settings import Settings
from polcmp.text.fold import Folded
from polcmp.text.span import Span

UNLIMITED = 10_000
"""Stands for no limit of a match's length: longer than any sentence."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The documents of one region and a measure, with the settings in force."""

    documents: tuple[Document, ...]
    taxonomy: Taxonomy
    measure: Measure
    settings: Settings

    def mentions(
        self,
        *,
        measure: Measure | None = None,
        lifted: Collection[str] = (),
        document: str = "",
        **settings: float,
    ) -> list[Mention]:
        """What would count.

        Args:
            measure: takes the place of the measure.
            lifted: rules of boilerplate whose masks are taken away.
            document: read only this one; ``""``: all of the region.
            settings: fields of `Settings` that take other values.
        """
        reader = self.reader(measure, **settings)
        chosen = [one for one in self.documents if document in ("", one.name)]
        return [mention for one in chosen for mention in reader.read(one, lifted=lifted).mentions]

    def reader(self, measure: Measure | None = None, **settings: float) -> Reader:
        """A reader of the one measure, with changes as in `mentions`."""
        changed = replace(self.settings, **settings)  # type: ignore[arg-type]
        return Reader.of(alone(self.taxonomy, measure or self.measure), changed)

    def held_back(self, known: Sequence[Mention | DroppedMention]) -> list[DroppedMention]:
        """Matches that no list of a result names: a condition or their length kept them out.

        Args:
            known: mentions and dropped matches of the cell; what overlaps one of them is left out.
        """
        found: list[DroppedMention] = []
        free = without_given(self.measure)
        for mention in self.mentions(measure=free) if free != self.measure else ():
            if not _overlaps(mention, (*known, *found)):
                nodes = given_of(self.measure, mention.pattern)
                found.append(_held(mention, "given", "; ".join(notation(node) for node in nodes)))
        for mention in self.mentions(max_match_characters=UNLIMITED):
            if (
                not _overlaps(mention, (*known, *found))
                and reach(mention) > self.settings.max_match_characters
            ):
                found.append(_held(mention, "too_long", f"{reach(mention)}"))
        return found

    def near(self) -> list[tuple[NearMiss, NearMatch]]:
        """Patterns that almost stand, closest first, with their trees as they would match."""
        finder = NearFinder.of(self.measure, self.settings)
        reader = self.reader()
        found: list[tuple[NearMiss, NearMatch]] = []
        for document in self.documents:
            near, folded, segmentation = reader.nearly(document, finder)
            found += [(_near_miss(one, document, folded, segmentation), one) for one in near]
        return sorted(found, key=lambda pair: (-pair[0].closeness, pair[0].document, pair[0].raw_span))


def _near_miss(near: NearMatch, document: Document, folded: Folded, parts: Segmentation) -> NearMiss:
    """A near match in raw offsets."""
    raw = document.raw
    first, last = (parts.sentences[index].folded_span for index in near.sentences)
    span, sentence = folded.raw_span(near.folded_span), folded.raw_span(Span(first.start, last.end))
    place = folded.raw_span(near.place) if near.place.length else Span(span.start, span.start)
    pieces = [(one.piece, folded.raw_span(one.folded_span)) for one in near.pieces]
    return NearMiss(
        document=document.name,
        kind=near.kind,
        pattern=near.pattern,
        form=near.form,
        raw_span=span,
        quote=raw[span.start : span.end],
        raw_sentence=sentence,
        sentence=raw[sentence.start : sentence.end],
        pieces=tuple((piece, raw[at.start : at.end], at) for piece, at in pieces),
        blocked=near.blocked,
        apart=near.apart,
        instead=raw[place.start : place.end],
        closeness=near.closeness,
        change=near.change,
        fills=False,
    )


def reach(match: Mention | DroppedMention) -> int:
    """Folded characters from the first piece of a match to its last."""
    spans = [part.folded_span for part in match.parts]
    return max(span.end for span in spans) - min(span.start for span in spans)


def strongest(mentions: Sequence[Mention]) -> str:
    """The status of a cell with these mentions, ``""`` for none."""
    return min((one.status for one in mentions), key=STATUSES.index, default="")


def _overlaps(mention: Mention, others: Sequence[Mention | DroppedMention]) -> bool:
    return any(one.document == mention.document and one.raw_span.overlaps(mention.raw_span) for one in others)


def _held(mention: Mention, reason: str, detail: str) -> DroppedMention:
    return DroppedMention(
        document=mention.document,
        region=mention.region,
        measure=mention.measure,
        form=mention.form,
        status=mention.status,
        score=mention.score,
        raw_span=mention.raw_span,
        quote=mention.quote,
        pattern=mention.pattern,
        reason=reason,
        detail=detail,
        place=mention.reading.place,
        parts=mention.parts,
    )
