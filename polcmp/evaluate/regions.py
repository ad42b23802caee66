"""Regions and boilerplate masks of the documents, set against the labels."""

from __future__ import annotations

from collections.abc import Mapping

from polcmp.evaluate.figures import share
from polcmp.evaluate.gold import Gold
from polcmp.evaluate.spans import common_length, covered
from polcmp.model.comparison import DocumentFacts
from polcmp.model.evaluation import MaskFigures, RegionFigures, WrongRegion


def region_figures(gold: Gold, facts: Mapping[str, DocumentFacts]) -> RegionFigures | None:
    """How many documents have the labelled region; None when no regions are labelled.

    A document labelled with none is wrong only if one was found, and does not count in the total.

    Args:
        gold: the labels.
        facts: what was read, by file name; a document that is not there has no region.
    """
    if not gold.regions_labelled:
        return None
    got = {name: one.location.name for name, one in facts.items()}
    total = sum(bool(one.region) for one in gold.documents)
    right = sum(bool(one.region) and got.get(one.name) == one.region for one in gold.documents)
    wrong = tuple(
        WrongRegion(one.name, one.region, got.get(one.name, ""))
        for one in gold.documents
        if got.get(one.name, "") != one.region
    )
    return RegionFigures(total, right, share(right, total), wrong)


def mask_figures(gold: Gold, facts: Mapping[str, DocumentFacts]) -> MaskFigures | None:
    """How much boilerplate is masked and how much of the rest; None when no boilerplate is labelled."""
    if gold.boilerplate is None:
        return None
    labelled = masked = lost = characters = 0
    for document in gold.documents:
        if document.name not in facts:
            continue
        one = facts[document.name]
        spans = gold.boilerplate.get(document.name, ())
        masks = covered(mask.raw_span for mask in one.masks)
        both = common_length(spans, masks)
        labelled += sum(span.length for span in covered(spans))
        masked += both
        lost += sum(span.length for span in masks) - both
        characters += one.characters
    body = characters - labelled
    return MaskFigures(labelled, masked / labelled if labelled else None, body, lost / body if body else None)
