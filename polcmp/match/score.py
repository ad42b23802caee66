"""From a stretch that was found to a score that adds up.

Score = similarity of the pieces weighed by length, less small charges for gaps, for optional pieces
that are missing, and for a stretch that shows little: the more of the structure was seen, the higher.
This module must not look at the text.
"""

from __future__ import annotations

from polcmp.match.scene import Found, Seen
from polcmp.match.view import View
from polcmp.model.mention import Part
from polcmp.settings import Settings
from polcmp.text.span import Span


def score_of(found: Found, settings: Settings) -> float:
    """Score of a stretch, 0 to 1, rounded to 4 places.

    Args:
        found: pieces and gaps.
        settings: charges for gaps and missing pieces.
    """
    charges = _gap_cost(found, settings) + found.missing * settings.missing_piece_charge
    score = round(found.quality - charges - _short_cost(found, settings), 4)
    return score if 0.0 < score <= 1.0 else max(0.0, min(1.0, score))


def score_parts(found: Found, view: View, settings: Settings) -> tuple[Part, ...]:
    """The parts that add up to the score of a stretch (within rounding, where the score is above 0).

    Args:
        found: pieces and gaps, in view offsets.
        view: to say where the pieces stand in folded text.
        settings: charges for gaps and missing pieces.

    Returns:
        Pieces in text order, then the charges, with negative points.
    """
    weight = sum([seen.weight for seen in found.seen])
    parts = [_piece(seen, seen.weight / weight, view) for seen in found.seen]
    whole = view.folded_span(Span(found.start, found.end))
    if gap_cost := _gap_cost(found, settings):
        parts.append(Part("gap", f"{found.gap}", whole, 0.0, "gap", -round(gap_cost, 6)))
    if found.missing:
        cost = found.missing * settings.missing_piece_charge
        parts.append(Part("optional", f"{found.missing}", whole, 0.0, "missing", -round(cost, 6)))
    if short := _short_cost(found, settings):
        parts.append(Part("short", f"{found.weight}", whole, 0.0, "short", -round(short, 6)))
    return tuple(parts)


def _short_cost(found: Found, settings: Settings) -> float:
    return max(0, settings.full_weight - found.weight) * settings.short_charge_per_character


def _gap_cost(found: Found, settings: Settings) -> float:
    return min(settings.gap_charge_limit, found.gap * settings.gap_charge_per_character)


def _piece(seen: Seen, share: float, view: View) -> Part:
    piece, start, end, similarity, how, _ = seen
    points = round(share * similarity, 6)
    span = view.folded_span(Span(start, end))
    return Part(piece, view.text[start:end], span, round(similarity, 4), how, points)
