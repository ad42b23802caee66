"""The JSON forms of the views: the same rows as the comparison's, only those that the view shows."""

from __future__ import annotations

from collections.abc import Sequence

from polcmp.model.comparison import Comparison, DocumentResult, MeasureInfo
from polcmp.model.explanation import Explanation
from polcmp.render.as_json import dump_object
from polcmp.render.near_rows import change_row, near_row
from polcmp.render.notes import cell_parts
from polcmp.render.rows import (
    cell_row,
    document_row,
    dropped_row,
    measure_row,
    mention_row,
    region_row,
    tool_row,
)


def region_json(comparison: Comparison, region: str) -> str:
    """One region: its row, documents, cells, mentions and dropped matches (``polcmp/region/1``).

    Raises:
        KeyError: the comparison has no such region.
    """
    summary = next((one for one in comparison.regions if one.name == region), None)
    if summary is None:
        raise KeyError(region)
    return dump_object(
        {
            "schema": "polcmp/region/1",
            "tool": tool_row(),
            "region": region_row(summary),
            "documents": [document_row(one) for one in comparison.documents if one.location.name == region],
            "cells": [cell_row(one) for one in comparison.cells if one.region == region],
            "mentions": [mention_row(one) for one in comparison.mentions if one.region == region],
            "dropped": [dropped_row(one) for one in comparison.dropped if one.region == region],
        }
    )


def regions_json(comparison: Comparison) -> str:
    """The list of regions with their denominators (``polcmp/regions/1``)."""
    return dump_object(
        {
            "schema": "polcmp/regions/1",
            "tool": tool_row(),
            "regions": [region_row(one) for one in comparison.regions],
        }
    )


def measure_json(comparison: Comparison, measure: str) -> str:
    """One measure: its row, cells, mentions and dropped matches (``polcmp/measure/1``).

    Raises:
        KeyError: the comparison has no such measure.
    """
    info = next((one for one in comparison.measures if one.id == measure), None)
    if info is None:
        raise KeyError(measure)
    return dump_object(
        {
            "schema": "polcmp/measure/1",
            "tool": tool_row(),
            "measure": measure_row(info),
            "cells": [cell_row(one) for one in comparison.cells if one.measure == measure],
            "mentions": [mention_row(one) for one in comparison.mentions if one.measure == measure],
            "dropped": [dropped_row(one) for one in comparison.dropped if one.measure == measure],
        }
    )


def measures_json(measures: Sequence[MeasureInfo]) -> str:
    """The measures of a taxonomy (``polcmp/measures/1``)."""
    return dump_object(
        {
            "schema": "polcmp/measures/1",
            "tool": tool_row(),
            "measures": [measure_row(one) for one in measures],
        }
    )


def document_json(result: DocumentResult, raw: str) -> str:
    """One document: its row, its text, mentions and dropped matches (``polcmp/document/1``)."""
    return dump_object(
        {
            "schema": "polcmp/document/1",
            "tool": tool_row(),
            "document": document_row(result.facts),
            "text": raw,
            "mentions": [mention_row(one) for one in result.mentions],
            "dropped": [dropped_row(one) for one in result.dropped],
        }
    )


def why_json(
    comparison: Comparison, region: str, measure: str, explanation: Explanation | None = None
) -> str:
    """One cell with all that led to it and all that nearly did (``polcmp/why/1``).

    Args:
        comparison: that has the cell.
        region: short name.
        measure: id.
        explanation: near misses and changes of this cell; None leaves their lists empty.

    Raises:
        KeyError: the comparison has no such cell.
    """
    cell, mentions, dropped = cell_parts(comparison, region, measure)
    nearest, changes = (explanation.nearest, explanation.changes) if explanation else ((), ())
    return dump_object(
        {
            "schema": "polcmp/why/1",
            "tool": tool_row(),
            "cell": cell_row(cell),
            "mentions": [mention_row(one) for one in mentions],
            "dropped": [dropped_row(one) for one in (explanation.dropped if explanation else dropped)],
            "nearest": [near_row(one) for one in nearest],
            "changes": [change_row(one) for one in changes],
        }
    )
