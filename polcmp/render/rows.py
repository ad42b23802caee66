"""Results as plain JSON values, one builder for each kind of row; every format takes them from here.

Offsets are code points into the raw text, half-open. Knows no format and no language.
"""

from __future__ import annotations

from typing import Any

from polcmp.model.comparison import (
    Cell,
    Comparison,
    DocumentFacts,
    DroppedMention,
    Failure,
    MeasureInfo,
    RegionSummary,
    View,
)
from polcmp.model.mention import STATUSES, Figure, Mention, Part

SCHEMA = "polcmp/compare/1"

Row = dict[str, Any]

_DIGITS = 4
"""Decimals of scores and points: finer than any cut-off, coarse enough to be equal on every machine."""


def comparison_row(comparison: Comparison) -> Row:
    """The whole comparison as one object, keys in the documented order (``data/compare.schema.json``)."""
    return {
        "schema": SCHEMA,
        "tool": tool_row(),
        "taxonomy": {
            "path": comparison.taxonomy.path,
            "version": comparison.taxonomy.version,
            "sha256": comparison.taxonomy.sha256,
        },
        "settings": dict(sorted(comparison.settings.items())),
        **({"view": view_row(comparison.view)} if comparison.view else {}),
        "documents": [document_row(one) for one in comparison.documents],
        "regions": [region_row(one) for one in comparison.regions],
        "measures": [measure_row(one) for one in comparison.measures],
        "mentions": [mention_row(one) for one in comparison.mentions],
        "cells": [cell_row(one, comparison.view) for one in comparison.cells],
        "errors": [error_row(one) for one in comparison.errors],
        "dropped": [dropped_row(one) for one in comparison.dropped],
        "warnings": list(comparison.warnings),
    }


def tool_row() -> Row:
    """Name and version of this program."""
    from polcmp import __version__

    return {"name": "polcmp", "version": __version__}


def document_row(facts: DocumentFacts) -> Row:
    """One document: what it is, which region it is about and how that was found, its boilerplate."""
    return {
        "document": facts.name,
        "path": facts.path,
        "sha256": facts.sha256,
        "format": facts.format,
        "text": "raw" if facts.format == "text" else "extracted",
        "encoding": facts.encoding,
        "characters": facts.characters,
        "title": facts.title,
        "date": facts.date,
        "source": facts.source,
        "region": facts.location.name,
        "region_full": facts.location.full_name,
        "region_found_by": facts.location.found_by,
        "region_evidence": facts.location.evidence,
        "warnings": list(facts.warnings),
        "boilerplate": [
            {"start": mask.raw_span.start, "end": mask.raw_span.end, "rule": mask.rule}
            for mask in facts.masks
        ],
    }


def region_row(summary: RegionSummary) -> Row:
    """One region with its denominators."""
    return {
        "region": summary.name,
        "region_full": summary.full_name,
        "documents": summary.documents,
        "characters": summary.characters,
        **({} if summary.body_characters is None else {"body_characters": summary.body_characters}),
        **({} if summary.regions is None else {"regions": summary.regions}),
    }


def measure_row(measure: MeasureInfo) -> Row:
    """One measure: labels and definitions."""
    return {
        "measure": measure.id,
        "name": measure.name,
        "name_en": measure.name_en,
        "definition": measure.definition,
        "definition_en": measure.definition_en,
        "not": measure.counts_not,
        "not_en": measure.counts_not_en,
    }


def mention_row(mention: Mention) -> Row:
    """One mention that counts."""
    return {
        "id": mention.id,
        "document": mention.document,
        "region": mention.region,
        "measure": mention.measure,
        "form": mention.form,
        "status": mention.status,
        "score": rounded(mention.score),
        "start": mention.raw_span.start,
        "end": mention.raw_span.end,
        "quote": mention.quote,
        "sentence": {"start": mention.raw_sentence.start, "end": mention.raw_sentence.end},
        "section": mention.section,
        "pattern": mention.pattern,
        "transforms": list(mention.transforms),
        "figures": [figure_row(one) for one in mention.figures],
        "place": mention.reading.place,
        "status_cue": {"text": mention.reading.cue, "from": mention.reading.cue_from},
        "page": mention.page,
        "paragraph": mention.paragraph,
        "parts": [part_row(one) for one in mention.parts],
    }


def dropped_row(dropped: DroppedMention) -> Row:
    """One match that was found and does not count, with the reason."""
    return {
        "document": dropped.document,
        "region": dropped.region,
        "measure": dropped.measure,
        "form": dropped.form,
        "status": dropped.status,
        "score": rounded(dropped.score),
        "start": dropped.raw_span.start,
        "end": dropped.raw_span.end,
        "quote": dropped.quote,
        "pattern": dropped.pattern,
        "reason": dropped.reason,
        "detail": dropped.detail,
        "place": dropped.place,
        "parts": [part_row(one) for one in dropped.parts],
    }


def view_row(view: View) -> Row:
    """Which rows of the matrix are there, and how many the whole has."""
    options = view.options
    return {
        "by": options.by,
        "sort": options.sort,
        "page": options.page,
        "page_size": options.page_size,
        "first_row": view.first_row,
        "rows": view.rows,
        "documents": view.documents,
        "mentions": view.mentions,
    }


def cell_row(cell: Cell, view: View | None = None) -> Row:
    """One region × one measure; with rates and first reports where `view` says that they were asked for."""
    row = _cell_row(cell)
    if view and view.options.rates:
        row["rates"] = cell.rates and {
            "per_document": round(cell.rates.per_document, 6),
            "per_10000_characters": round(cell.rates.per_10000_characters, 6),
        }
    if view and view.options.first:
        row["first"] = cell.first and cell.first._asdict()
    return row


def _cell_row(cell: Cell) -> Row:
    return {
        "region": cell.region,
        "measure": cell.measure,
        "status": cell.status,
        "zero": cell.zero,
        "mentions": list(cell.mentions),
        "documents": cell.documents,
        "sources": cell.sources,
        "score": rounded(cell.score),
        "figures": [figure_row(one) for one in cell.figures],
        "counts": dict(zip(STATUSES, cell.by_status, strict=True)),
    }


def figure_row(figure: Figure) -> Row:
    """A number with what it counts; whole numbers are written without a fraction."""
    return {
        "text": figure.text,
        "value": number(figure.value),
        "high": None if figure.high is None else number(figure.high),
        "unit": figure.unit,
        "of": figure.of,
        "bound": figure.bound,
    }


def part_row(part: Part) -> Row:
    """One piece of a match; the points of a match's parts add up to its score."""
    return {
        "piece": part.piece,
        "found": part.found,
        "similarity": rounded(part.similarity),
        "how": part.how,
        "points": rounded(part.points),
    }


def error_row(failure: Failure) -> Row:
    """A document that could not be analysed."""
    return {
        "path": failure.path,
        "code": failure.code,
        "message": failure.message,
        "hint": failure.hint,
    }


def number(value: float) -> int | float:
    """A number as JSON should show it: 196, not 196.0."""
    return int(value) if value == int(value) else round(value, 6)


def rounded(value: float) -> float:
    """A score or its part, 4 decimals; never ``-0.0``."""
    return round(value, _DIGITS) + 0.0
