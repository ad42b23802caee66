"""What lies behind an empty cell when it is more than silence: a near miss, or matches that were dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from polcmp.model.comparison import Cell, Comparison, DroppedMention
from polcmp.render.canvas import Block
from polcmp.render.labels import MARKS, STYLES, cell_title, counted, measure_label, word
from polcmp.render.plain import columns, one_line, shorten

MOST_NOTES = 8
"""Lines below a matrix; the view of one cell tells the rest."""


def cell_notes(comparison: Comparison, lang: str) -> list[tuple[Cell, str, str]]:
    """Cell, heading and explanation for each near miss and each cell with dropped matches only.

    Near misses go first: they ask for a look.

    Args:
        comparison: whose cells to explain.
        lang: of the words.
    """
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


def zero_notes(comparison: Comparison, width: int, lang: str) -> Block:
    """The first `MOST_NOTES` of `cell_notes`, a line of `width` columns each."""
    notes = cell_notes(comparison, lang)
    lines: Block = []
    for cell, title, said in notes[:MOST_NOTES]:
        where = f"{title}{word('colon', lang)}"
        room = max(10, width - 2 - columns(where))
        lines.append([(f"{MARKS[cell.zero]} ", STYLES[cell.zero]), (where, ""), (shorten(said, room), "dim")])
    if len(notes) > MOST_NOTES:
        lines.append([(counted("n_more", len(notes) - MOST_NOTES, lang), "dim")])
    return lines


def _near(found: Sequence[DroppedMention]) -> str:
    """The best match below the cut-off."""
    near = [one for one in found if one.reason == "below_cutoff"]
    best = max(near, key=lambda one: (one.score, -one.raw_span.start, one.document))
    return f"{best.score:.2f} 「{best.quote}」 {best.document}:{best.raw_span.start}-{best.raw_span.end}"


def _reasons(found: Sequence[DroppedMention], lang: str) -> str:
    """Why matches were dropped: each reason with its number and first detail."""
    by_reason: dict[str, list[DroppedMention]] = defaultdict(list)
    for one in found:
        by_reason[one.reason].append(one)
    return "; ".join(
        f"{len(some)} {word(f'reason.{reason}', lang)}" + (f" ({some[0].detail})" if some[0].detail else "")
        for reason, some in sorted(by_reason.items())
    )
