"""An evaluation as JSON: the figures, whole and in parts, and what made them.

Documented in ``data/evaluation.schema.json``.
"""

from __future__ import annotations

from collections.abc import Sequence

from polcmp.model.comparison import Comparison
from polcmp.model.evaluation import (
    MISTAKES,
    Estimate,
    Evaluation,
    Figures,
    Group,
    MaskFigures,
    Mistake,
    RegionFigures,
)
from polcmp.render.as_json import dump_object
from polcmp.render.rows import Row, error_row, rounded, tool_row

SCHEMA = "polcmp/evaluation/1"


def evaluation_json(evaluation: Evaluation, comparison: Comparison, mistakes: int = 0) -> str:
    """An evaluation as one object.

    Args:
        evaluation: what to write. Figures are written in full, bounds of intervals with 4 decimals.
        comparison: the results that were judged, for taxonomy, settings and documents that failed.
        mistakes: mistakes of each kind to list, 0 for none, -1 for all.
    """
    cells = evaluation.cells
    return dump_object(
        {
            "schema": SCHEMA,
            "tool": tool_row(),
            "taxonomy": {
                "path": comparison.taxonomy.path,
                "version": comparison.taxonomy.version,
                "sha256": comparison.taxonomy.sha256,
            },
            "settings": dict(sorted(comparison.settings.items())),
            "gold": evaluation.gold,
            "documents": evaluation.documents,
            "all": _figures(evaluation.overall),
            "measures": [_group("measure", one) for one in evaluation.measures],
            "statuses": [_group("status", one) for one in evaluation.statuses],
            "noise": [_group("noise", one) for one in evaluation.noise],
            "genres": [_group("genre", one) for one in evaluation.genres],
            "cells": {
                "total": cells.total,
                "right": _estimate(cells.right),
                "presence_f1": _estimate(cells.presence_f1),
            },
            "regions": _regions(evaluation.regions),
            "boilerplate": _masks(evaluation.masks),
            "mistakes": [_mistake(one) for one in chosen_mistakes(evaluation.mistakes, mistakes)],
            "errors": [error_row(one) for one in comparison.errors],
            "warnings": list(evaluation.warnings),
        }
    )


def chosen_mistakes(mistakes: Sequence[Mistake], limit: int) -> list[Mistake]:
    """The first `limit` mistakes of each kind, all for -1, kinds in the order of `MISTAKES`."""
    chosen = []
    for kind in MISTAKES:
        of_kind = [one for one in mistakes if one.kind == kind]
        chosen += of_kind if limit < 0 else of_kind[:limit]
    return chosen


def _group(kind: str, group: Group) -> Row:
    return {kind: group.name, "documents": group.documents, **_figures(group.figures)}


def _figures(figures: Figures) -> Row:
    return {
        "required": figures.required,
        "found": figures.found,
        "precision": _estimate(figures.precision),
        "recall": _estimate(figures.recall),
        "f1": _estimate(figures.f1),
        "f1_status": _estimate(figures.f1_status),
        "status_accuracy": _estimate(figures.status_accuracy),
        "in_boilerplate": figures.in_boilerplate,
    }


def _estimate(estimate: Estimate) -> Row:
    return {"value": estimate.value, "low": rounded(estimate.low), "high": rounded(estimate.high)}


def _regions(regions: RegionFigures | None) -> Row | None:
    if regions is None:
        return None
    return {
        "total": regions.total,
        "right": regions.right,
        "share": _estimate(regions.share),
        "wrong": [
            {"document": one.document, "region": one.region, "found": one.found} for one in regions.wrong
        ],
    }


def _masks(masks: MaskFigures | None) -> Row | None:
    if masks is None:
        return None
    return {
        "characters": masks.boilerplate,
        "recall": masks.recall,
        "body_characters": masks.body,
        "body_lost": masks.body_lost,
    }


def _mistake(mistake: Mistake) -> Row:
    return {
        "kind": mistake.kind,
        "document": mistake.document,
        "measure": mistake.measure,
        "status": mistake.status,
        "read_as": mistake.read_as,
        "start": mistake.raw_span.start,
        "end": mistake.raw_span.end,
        "quote": mistake.quote,
        "pattern": mistake.pattern,
        "status_cue": {"text": mistake.cue, "from": mistake.cue_from},
    }
