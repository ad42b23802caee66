"""The rows of a comparison as people ask for them: names looked up, documents put into rows."""

from __future__ import annotations

from polcmp.matrix.arrange import arrange
from polcmp.model.comparison import AS_THEY_COME, Comparison, RowOptions
from polcmp.names import find_rows
from polcmp.store.places import row_of_documents


def arranged(comparison: Comparison, whole: Comparison, rows: RowOptions) -> Comparison:
    """The comparison with these rows.

    Args:
        comparison: with regions as rows.
        whole: the same before mentions were left out by their status.
        rows: `sort` may be a measure by any name that only it has.

    Raises:
        UsageError: P404 and P405 no such order, P407 no such rows, P414 no such page.
    """
    if rows == AS_THEY_COME:
        return comparison
    rows = find_rows(rows, comparison.measures)
    return arrange(comparison, rows, row_of_documents(comparison.documents, rows.by), whole)
