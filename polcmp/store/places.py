"""Which row of a matrix a document belongs to: a province, city, county, year or month. Reads no text."""

from __future__ import annotations

from collections.abc import Iterable

from polcmp.matrix.rows import Place, period, row_names
from polcmp.model.comparison import DocumentFacts
from polcmp.store.divisions import Divisions, divisions

LEVELS = ("province", "city", "county")
"""Rows that are administrative divisions."""


def row_of_documents(documents: Iterable[DocumentFacts], by: str) -> dict[str, str]:
    """Name of the row of each document, by the document's name.

    Args:
        documents: all that are compared: names depend on each other (see `row_names`).
        by: one of `polcmp.model.comparison.ROW_KINDS`.

    Returns:
        Names of rows, ``""`` for documents that do not say (`UNDATED` where rows are times).
    """
    if by in LEVELS:
        found = {one.name: divisions(one.location.full_name or one.location.name) for one in documents}
        names = names_of_divisions(found.values(), by)
        return {name: names[one] for name, one in found.items()}
    if by == "region":
        return {one.name: one.location.name for one in documents}
    return {one.name: period(one.date, by) for one in documents}


def names_of_divisions(found: Iterable[Divisions], by: str) -> dict[Divisions, str]:
    """Name of the row of each division.

    Args:
        found: divisions of all documents that are kept.
        by: ``province``, ``city`` or ``county``.

    Returns:
        Names that differ where the places do; ``""`` for divisions that do not say. A municipality stands
        for its own city, and a county directly under a province for itself.
    """
    places = {one: _place(one, by) for one in set(found)}
    names = row_names(places.values())
    return {one: names[place] for one, place in places.items()}


def _place(one: Divisions, by: str) -> Place:
    if by == "province":
        return (one.province,)
    city = one.city or (one.province if one.province.endswith("市") else "")
    if by == "city":
        return (one.province, city or one.county)
    return (one.province, one.city, one.county)
