"""What lies behind a cell: its mentions, what was dropped, and why an empty one is more than silence.

Words, no layout.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from polcmp.model.comparison import Cell, Comparison, DroppedMention
from polcmp.model.mention import Mention
from polcmp.render.labels import cell_title, measure_label, word
from polcmp.render.plain import one_line, place, quoted
from polcmp.render.reasons import reason_text

MOST_NOTES = 8
"""Lines below a matrix; the view of one cell tells the rest."""


def cell_notes(comparison: Comparison, lang: str) -> list[tuple[Cell, str, str]]:
    """Cell, heading and explanation for each near miss and each cell with dropped matches only.

    Near misses go first: they ask for a look.

    Args:
        comparison: whose cells to explain.
        lang: of the words.
    """
    if comparison.view and comparison.view.options.by != "region":
        return []  # what was dropped is told of regions
    of_cell: dict[tuple[str, str], list[DroppedMention]] = defaultdict(list)
    for one in comparison.dropped:
        of_cell[one.region, one.measure].append(one)
    names = {one.id: measure_label(one, lang) for one in comparison.measures}
    notable = [cell for cell in comparison.cells if cell.zero in ("near_miss", "dropped_only")]
    notable.sort(key=lambda cell: cell.zero != "near_miss")
    notes = []
    for cell in notable:
        found = of_cell[cell.region, cell.measure]
        said = _near(found) if cell.zero == "near_miss" else _reasons(found, lang)
        notes.append((cell, cell_title(cell.region, names[cell.measure], lang), one_line(said)))
    return notes


def cell_parts(
    comparison: Comparison, region: str, measure: str
) -> tuple[Cell, list[Mention], list[DroppedMention]]:
    """A cell with its mentions (in the cell's order) and what was dropped.

    Raises:
        KeyError: the comparison has no such cell.
    """
    for cell in comparison.cells:
        if cell.region == region and cell.measure == measure:
            of_id = {one.id: one for one in comparison.mentions}
            dropped = [one for one in comparison.dropped if one.region == region and one.measure == measure]
            return cell, [of_id[one] for one in cell.mentions], dropped
    raise KeyError((region, measure))


def _near(found: Sequence[DroppedMention]) -> str:
    """The best match below the cut-off."""
    near = [one for one in found if one.reason == "below_cutoff"]
    best = max(near, key=lambda one: (one.score, -one.raw_span.start, one.document))
    return f"{best.score:.2f} {quoted(best.quote)} {place(best)}"


def _reasons(found: Sequence[DroppedMention], lang: str) -> str:
    """Why matches were dropped: each reason with its number and first detail."""
    by_reason: dict[str, list[DroppedMention]] = defaultdict(list)
    for one in found:
        by_reason[one.reason].append(one)
    return word("semicolon", lang).join(
        word("n_reason", lang).format(n=len(some), reason=reason_text(reason, some[0].detail, lang))
        for reason, some in sorted(by_reason.items())
    )
