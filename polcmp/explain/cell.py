"""One cell explained: its mentions, what was dropped, what nearly stood, what would flip it."""

from __future__ import annotations

from collections.abc import Sequence

from polcmp.explain.changes import changes_of_empty, changes_of_filled
from polcmp.explain.struck import struck_words
from polcmp.explain.trial import Trial
from polcmp.model.comparison import Comparison
from polcmp.model.document import Document
from polcmp.model.explanation import Explanation
from polcmp.model.taxonomy import Taxonomy
from polcmp.settings import Settings

FEW = 2
"""A cell with so many mentions or fewer rests on little: what nearly counted is worth a look."""


def explain_cell(
    comparison: Comparison,
    region: str,
    measure: str,
    documents: Sequence[Document],
    taxonomy: Taxonomy,
    settings: Settings,
    nearest: int | None = None,
) -> Explanation:
    """How a cell came about and what would change it.

    Args:
        comparison: that has the cell.
        region: short name.
        measure: id.
        documents: the region's documents.
        taxonomy: the one in force.
        settings: the ones in force.
        nearest: most near misses; None: 5 for a cell with `FEW` mentions or none, else 0.

    Raises:
        KeyError: there is no such cell.
    """
    cell = next((c for c in comparison.cells if (c.region, c.measure) == (region, measure)), None)
    if cell is None:
        raise KeyError((region, measure))
    known = {one.id: one for one in comparison.mentions}
    mentions = [known[one] for one in cell.mentions if one in known]
    dropped = [one for one in comparison.dropped if (one.region, one.measure) == (region, measure)]
    trial = Trial(tuple(documents), taxonomy, taxonomy.measure(measure), settings)
    wanted = (5 if len(mentions) <= FEW else 0) if nearest is None else nearest
    if wanted:
        dropped += trial.held_back([*mentions, *dropped])
        dropped.sort(key=lambda one: (one.document, one.raw_span, one.pattern))
    near = trial.near()[:wanted] if wanted else []
    fills: dict[int, bool] = {}
    if mentions:
        changes = changes_of_filled(trial, cell, mentions)
    else:
        changes, fills = changes_of_empty(trial, cell, dropped, near, comparison)
    misses = tuple(miss._replace(fills=fills.get(index, False)) for index, (miss, _) in enumerate(near))
    struck = struck_words(trial, dropped)
    return Explanation(cell, tuple(mentions), tuple(dropped), misses, tuple(changes), struck)
