"""What the page needs at once: regions, measures, every cell's status and figures, how it was made.

Quotations are apart (`polcmp.report.evidence`), so that a page opens before they are read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from polcmp import __version__
from polcmp.model.comparison import Cell, Comparison, DocumentFacts, MeasureInfo
from polcmp.model.mention import STATUSES, Figure
from polcmp.render.labels import MARKS
from polcmp.render.messages import in_language
from polcmp.render.plain import figure_text
from polcmp.render.rows import number as plain_number
from polcmp.report.alike import likeness
from polcmp.report.dates import first_dates

ZEROS = ("not_mentioned", "dropped_only", "near_miss", "no_document", "other_status")
"""Why a cell is empty; the page knows them by their letters."""

CODES = {status: str(rank) for rank, status in enumerate(STATUSES)} | dict(zip(ZEROS, "ndmxo", strict=True))
"""One character for each state of a cell: thousands of cells are then one short text a region."""

MOST_FIGURES = 4
"""Figures of a cell that the page carries; further ones stand with their mentions."""

CELL_FIELDS = ("measure", "mentions", "documents", "sources", "score", "by_status", "figures")
FIGURE_FIELDS = ("en", "zh", "value", "high", "unit")
REGION_FIELDS = ("name", "full", "documents", "characters")
DOCUMENT_FIELDS = (
    *("name", "path", "title", "date", "source", "region", "place", "found_by", "characters", "encoding"),
    *("sha256", "warnings", "mentions", "dropped"),
)
"""Order of the values in each kind of row; the page is told it, so that it stands here only."""


def core_data(comparison: Comparison) -> dict[str, Any]:
    """The comparison without its quotations, as plain JSON values."""
    numbers = {one.name: number for number, one in enumerate(comparison.regions)}
    columns = {one.id: number for number, one in enumerate(comparison.measures)}
    codes: dict[str, list[str]] = {name: ["n"] * len(columns) for name in numbers}
    cells: dict[str, list[list[Any]]] = {name: [] for name in numbers}
    for cell in comparison.cells:
        column = columns[cell.measure]
        codes[cell.region][column] = CODES.get(cell.status or cell.zero, "n")
        if cell.status:
            cells[cell.region].append(_cell(cell, column))
    return {
        "fields": {
            "cell": CELL_FIELDS,
            "figure": FIGURE_FIELDS,
            "region": REGION_FIELDS,
            "document": DOCUMENT_FIELDS,
        },
        "states": {code: name for name, code in CODES.items()},
        "marks": MARKS,
        "regions": [[one.name, one.full_name, one.documents, one.characters] for one in comparison.regions],
        "measures": [_measure(one) for one in comparison.measures],
        "codes": ["".join(codes[name]) for name in numbers],
        "cells": [cells[name] for name in numbers],
        "documents": _documents(comparison, numbers),
        "first": first_dates(comparison, numbers, columns),
        "alike": likeness(comparison),
        "made": _made(comparison),
    }


def _measure(one: MeasureInfo) -> dict[str, str]:
    """Labels and definitions, in both languages."""
    return {
        "id": one.id,
        "en": one.name_en or one.name or one.id,
        "zh": one.name or one.name_en or one.id,
        "definition_en": one.definition_en or one.definition,
        "definition_zh": one.definition or one.definition_en,
        "not_en": one.counts_not_en or one.counts_not,
        "not_zh": one.counts_not or one.counts_not_en,
    }


def _cell(cell: Cell, column: int) -> list[Any]:
    figures = [figure_row(one) for one in cell.figures[:MOST_FIGURES]]
    score = round(cell.score, 3)
    return [column, cell.total, cell.documents, cell.sources, score, list(cell.by_status), figures]


def figure_row(figure: Figure) -> list[Any]:
    """A figure in the order of `FIGURE_FIELDS`; the upper end of a range only where there is one."""
    high = None if figure.high is None else plain_number(figure.high)
    return [*figure_words(figure), plain_number(figure.value), high, figure.unit]


def figure_words(figure: Figure) -> tuple[str, str]:
    """A figure in English and in Chinese words, the latter ``""`` where they are the same."""
    english, chinese = figure_text(figure, "en"), figure_text(figure, "zh")
    return english, "" if chinese == english else chinese


def _documents(comparison: Comparison, numbers: dict[str, int]) -> list[list[Any]]:
    mentions = Counter(one.document for one in comparison.mentions)
    dropped = Counter(one.document for one in comparison.dropped)
    return [
        _document(one, numbers.get(one.location.name, -1), mentions[one.name], dropped[one.name])
        for one in comparison.documents
    ]


def _document(facts: DocumentFacts, region: int, mentions: int, dropped: int) -> list[Any]:
    return [
        *(facts.name, facts.path, facts.title, facts.date, facts.source, region, facts.location.name),
        *(facts.location.found_by, facts.characters, facts.encoding, facts.sha256, _told(facts.warnings)),
        *(mentions, dropped),
    ]


def _made(comparison: Comparison) -> dict[str, Any]:
    """How the result was made: everything a reader needs to make it again."""
    taxonomy = comparison.taxonomy
    reasons: dict[str, int] = defaultdict(int)
    for one in comparison.dropped:
        reasons[one.reason] += 1
    return {
        "version": __version__,
        "taxonomy": {"path": taxonomy.path, "version": taxonomy.version, "sha256": taxonomy.sha256},
        "settings": {name: comparison.settings[name] for name in sorted(comparison.settings)},
        "documents": sum(one.documents for one in comparison.regions),
        "mentions": sum(cell.total for cell in comparison.cells),
        "dropped": dict(sorted(reasons.items())),
        "characters": sum(one.characters for one in comparison.regions),
        "warnings": _told(comparison.warnings),
        "errors": [[one.path, one.code, *_told((one.message, one.hint))] for one in comparison.errors],
    }


def _told(messages: Iterable[str]) -> list[list[str]]:
    """Messages in English and, where it is known, in Chinese: the reader may switch."""
    return [list(dict.fromkeys((one, _chinese(one)))) for one in messages]


@lru_cache(maxsize=4096)
def _chinese(message: str) -> str:
    """Looked up once: thousands of documents may have the same warning."""
    return in_language(message, "zh")
