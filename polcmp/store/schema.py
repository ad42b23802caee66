"""The way from results to rows of the store's tables and back. Knows no files: those are in `layout`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from polcmp.model.comparison import DocumentFacts, DocumentResult, DroppedMention, Failure, RawMask
from polcmp.model.document import Location
from polcmp.model.mention import Figure, Mention, Part, Reading
from polcmp.store.columns import (
    CONTAINER,
    LEFT_OUT,
    REMOVED,
    SCHEMA,
    TABLES,
    Row,
    arrow_schema,
    arrow_table,
    columns,
)
from polcmp.store.divisions import divisions
from polcmp.text.span import Span

__all__ = [
    "CONTAINER",
    "LEFT_OUT",
    "REMOVED",
    "SCHEMA",
    "TABLES",
    "Row",
    "arrow_schema",
    "arrow_table",
    "columns",
]


@dataclass(slots=True)
class Rows:
    """Rows for the store, by table; grows while a batch is read.

    Every row begins with ``source`` (key of the source, unique for one document) and ``generation``
    (0 at first, one more each time a changed source is read again).
    """

    documents: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    dropped: list[Row] = field(default_factory=list)
    errors: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)

    def add(self, other: Rows) -> None:
        """Append the rows of `other`."""
        for table in TABLES:
            getattr(self, table).extend(getattr(other, table))


def rows_of(
    result: DocumentResult, raw: str, source: str, generation: int, signature: Sequence[int] = ()
) -> Rows:
    """The rows of one analysed document.

    Args:
        result: what was found.
        raw: the document's decoded text; the sentences are cut from it.
        source: key of the document's source.
        generation: 0 or more.
        signature: MinHash of its body, values of 32 bits; ``()`` when there is none.
    """
    head: Row = {"source": source, "generation": generation}
    return Rows(
        documents=[{**head, **_document(result.facts), "signature": list(signature)}],
        mentions=[{**head, **_mention(one, raw)} for one in result.mentions],
        dropped=[{**head, **_dropped(one)} for one in result.dropped],
    )


def error_row(failure: Failure, source: str, generation: int) -> Row:
    """The row of a document that could not be read."""
    return {
        "source": source,
        "generation": generation,
        "path": failure.path,
        "code": failure.code,
        "message": failure.message,
        "hint": failure.hint,
    }


def facts_of(row: Mapping[str, Any]) -> DocumentFacts:
    """A document's row (`SELECT *` from `documents`) as the model's noun; `rows_of` undone."""
    return DocumentFacts(
        name=row["document"],
        path=row["path"],
        sha256=row["sha256"],
        encoding=row["encoding"],
        characters=row["characters"],
        title=row["title"],
        date=row["date"],
        location=Location(
            row["region"],
            row["region_full"],
            row["region_found_by"],
            row["region_evidence"],
            tuple(row["aliases"]),
        ),
        warnings=tuple(row["warnings"]),
        masks=tuple(RawMask(Span(one["start"], one["end"]), one["rule"]) for one in row["masks"]),
        fingerprint=tuple(row["fingerprint"]),
        source=row["stated_source"],
        format=row["format"],
    )


def mention_of(row: Mapping[str, Any]) -> Mention:
    """A mention's row (`SELECT *` from `mentions`) as the model's noun; `rows_of` undone."""
    return Mention(
        id=row["id"],
        document=row["document"],
        region=row["region"],
        measure=row["measure"],
        form=row["form"],
        status=row["status"],
        score=row["score"],
        raw_span=Span(row["start"], row["end"]),
        quote=row["quote"],
        raw_sentence=Span(row["sentence_start"], row["sentence_end"]),
        section=row["section"],
        pattern=row["pattern"],
        transforms=tuple(row["transforms"]),
        figures=tuple(_figure_of(one) for one in row["figures"]),
        reading=Reading(
            row["status"], row["status_cue"], row["status_cue_from"], row["place"], row["place_cue"]
        ),
        parts=tuple(_part_of(one) for one in row["parts"]),
        page=row["page"],
        paragraph=row["paragraph"],
    )


def dropped_of(row: Mapping[str, Any]) -> DroppedMention:
    """A dropped match's row (`SELECT *` from `dropped`) as the model's noun; `rows_of` undone."""
    return DroppedMention(
        document=row["document"],
        region=row["region"],
        measure=row["measure"],
        form=row["form"],
        status=row["status"],
        score=row["score"],
        raw_span=Span(row["start"], row["end"]),
        quote=row["quote"],
        pattern=row["pattern"],
        reason=row["reason"],
        detail=row["detail"],
        place=row["place"],
        parts=tuple(_part_of(one) for one in row["parts"]),
    )


def failure_of(row: Mapping[str, Any]) -> Failure:
    """An error's row as the model's noun."""
    return Failure(row["path"], row["code"], row["message"], row["hint"])


def _document(facts: DocumentFacts) -> Row:
    place = facts.location
    province, city, county = divisions(place.full_name or place.name)
    digits = facts.date.split("-")
    year = int(digits[0]) if digits[0].isdecimal() else None
    dated = year is not None and len(digits) > 1 and digits[1].isdecimal()
    return {
        "document": facts.name,
        "path": facts.path,
        "sha256": facts.sha256,
        "encoding": facts.encoding,
        "characters": facts.characters,
        "body_characters": facts.characters - _covered(facts.masks),
        "title": facts.title,
        "date": facts.date,
        "stated_source": facts.source,
        "format": facts.format,
        "year": year,
        "month": year * 100 + int(digits[1]) if year is not None and dated else None,
        "region": place.name,
        "region_full": place.full_name,
        "province": province,
        "city": city,
        "county": county,
        "region_found_by": place.found_by,
        "region_evidence": place.evidence,
        "aliases": list(place.aliases),
        "warnings": list(facts.warnings),
        "masks": [{"start": m.raw_span.start, "end": m.raw_span.end, "rule": m.rule} for m in facts.masks],
        "fingerprint": list(facts.fingerprint),
    }


def _covered(masks: Sequence[RawMask]) -> int:
    """Characters under the masks, each counted once."""
    covered, at = 0, 0
    for start, end in sorted(mask.raw_span for mask in masks):
        covered += max(0, end - max(at, start))
        at = max(at, end)
    return covered


def _mention(mention: Mention, raw: str) -> Row:
    sentence = mention.raw_sentence
    return {
        "id": mention.id,
        "document": mention.document,
        "region": mention.region,
        "measure": mention.measure,
        "form": mention.form,
        "status": mention.status,
        "score": mention.score,
        "start": mention.raw_span.start,
        "end": mention.raw_span.end,
        "quote": mention.quote,
        "sentence_start": sentence.start,
        "sentence_end": sentence.end,
        "sentence_text": raw[sentence.start : sentence.end],
        "section": mention.section,
        "pattern": mention.pattern,
        "transforms": list(mention.transforms),
        "figures": [_figure(one) for one in mention.figures],
        "status_cue": mention.reading.cue,
        "status_cue_from": mention.reading.cue_from,
        "place": mention.reading.place,
        "place_cue": mention.reading.place_cue,
        "page": mention.page,
        "paragraph": mention.paragraph,
        "parts": [_part(one) for one in mention.parts],
    }


def _dropped(dropped: DroppedMention) -> Row:
    return {
        "document": dropped.document,
        "region": dropped.region,
        "measure": dropped.measure,
        "form": dropped.form,
        "status": dropped.status,
        "score": dropped.score,
        "start": dropped.raw_span.start,
        "end": dropped.raw_span.end,
        "quote": dropped.quote,
        "pattern": dropped.pattern,
        "reason": dropped.reason,
        "detail": dropped.detail,
        "place": dropped.place,
        "parts": [_part(one) for one in dropped.parts],
    }


def _figure(figure: Figure) -> Row:
    start, end = figure.folded_span
    return {
        "text": figure.text,
        "value": figure.value,
        "high": figure.high,
        "unit": figure.unit,
        "of": figure.of,
        "bound": figure.bound,
        "start": start,
        "end": end,
        "each": figure.each,
    }


def _part(part: Part) -> Row:
    start, end = part.folded_span
    return {
        "piece": part.piece,
        "found": part.found,
        "start": start,
        "end": end,
        "similarity": part.similarity,
        "how": part.how,
        "points": part.points,
    }


def _figure_of(row: Mapping[str, Any]) -> Figure:
    span = Span(row["start"], row["end"])
    words = (row["unit"], row["of"], row["bound"])
    return Figure(row["text"], row["value"], row["high"], *words, span, row["each"])


def _part_of(row: Mapping[str, Any]) -> Part:
    span = Span(row["start"], row["end"])
    return Part(row["piece"], row["found"], span, row["similarity"], row["how"], row["points"])
