"""From a stretch that was found to a score that adds up.

Score = similarity of the pieces weighed by length, less a small charge for gaps and for optional
pieces that are missing. This module must not look at the text.
"""

from __future__ import annotations

from polcmp.match.trees import Found, Seen
from polcmp.match.view import View
from polcmp.model.mention import Part
from polcmp.settings import Settings
from polcmp.text.span import Span


def score_parts(found: Found, view: View, settings: Settings) -> tuple[float, tuple[Part, ...]]:
    """Score of a stretch and the parts that add up to it.

    Args:
        found: pieces and gaps, in view offsets.
        view: to say where the pieces stand in folded text.
        settings: charges for gaps and missing pieces.

    Returns:
        The score, 0 to 1, rounded to 4 places, and its parts in text order with the charges last;
        the points of all parts sum to the score (a floor of 0 is not charged to any part).
    """
    weight = sum(seen.weight for seen in found.seen)
    parts = [_piece(seen, seen.weight / weight, view) for seen in found.seen]
    whole = view.folded_span(Span(found.start, found.end))
    gap_cost = min(settings.gap_charge_limit, found.gap * settings.gap_charge_per_character)
    if gap_cost:
        parts.append(Part("gap", f"{found.gap}", whole, 0.0, "gap", -round(gap_cost, 4)))
    if found.missing:
        cost = found.missing * settings.missing_piece_charge
        parts.append(Part("optional", f"{found.missing}", whole, 0.0, "missing", -round(cost, 4)))
    total = round(sum(part.points for part in parts), 4)
    return max(0.0, min(1.0, total)), tuple(parts)


def _piece(seen: Seen, share: float, view: View) -> Part:
    span = Span(seen.start, seen.end)
    points = round(share * seen.similarity, 6)
    return Part(
        piece=seen.piece,
        found=view.text[seen.start : seen.end],
        folded_span=view.folded_span(span),
        similarity=round(seen.similarity, 4),
        how=seen.how,
        points=points,
    )
