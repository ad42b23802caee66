"""Does a window of text stand for a phrase? The only place that measures similarity.

Edit budget by length, Levenshtein in whole edits (a ratio is wrong for short phrases), readings for
typing slips. This module must not know patterns, measures or sentences.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz.distance.Levenshtein import distance as edit_distance
from rapidfuzz.distance.Levenshtein import editops

from polcmp.match.apart import Apart

BREAKS = frozenset(",;:。!?\n")
"""Marks that an edit may not bring into a phrase: they end a clause."""


class Window(NamedTuple):
    """A stretch that stands for a phrase.

    `rank` orders windows of one phrase, best first: edits, difference in length, start.
    """

    start: int
    end: int
    similarity: float
    how: str
    rank: tuple[int, int, int]


def edit_budget(length: int, no_edits_up_to: int, one_edit_up_to: int) -> int:
    """Edits that a phrase of `length` characters takes: 0, 1 or 2.

    Up to 4 characters none, 5 to 7 one, 8 and more two (defaults of `Settings`): one substitution in
    four characters still scores 75, so 第一书店 would pass as 第一书记. One character always stays.
    """
    if length <= no_edits_up_to:
        return 0
    return min(1 if length <= one_edit_up_to else 2, length - 1)


def edited_window(
    phrase: str, text: str, start: int, end: int, budget: int, fixed: frozenset[int]
) -> Window | None:
    """The window ``text[start:end]`` as an edited form of `phrase`, or None.

    Args:
        phrase: folded phrase.
        text: whole text.
        start: window start, 0 or more.
        end: window end, at most ``len(text)``.
        budget: most edits allowed, 1 or 2.
        fixed: positions of `phrase` that no edit may touch.

    Returns:
        A window with 1..budget edits; None when there are more, none (that is an exact find), an edit
        on a fixed position, or a clause mark brought in.
    """
    found = text[start:end]
    edits = edit_distance(phrase, found, score_cutoff=budget)
    if not 1 <= edits <= budget:
        return None
    if not BREAKS.isdisjoint(found) and not BREAKS.intersection(found) <= BREAKS.intersection(phrase):
        return None
    if fixed and any(op.src_pos in fixed for op in editops(phrase, found) if op.tag != "insert"):
        return None
    longer = max(len(phrase), len(found))
    rank = (edits, abs(len(found) - len(phrase)), start)
    return Window(start, end, 1 - edits / longer, f"edits:{edits}", rank)


def homophone_window(phrase: str, text: str, start: int, fixed: frozenset[int]) -> Window | None:
    """The window of the phrase's own length at `start` as a homophone of it, or None.

    The caller has seen that both read alike, character by character. At least half of the characters
    must be the phrase's own: three characters of one reading are seldom one slip.
    """
    found = text[start : start + len(phrase)]
    changed = [i for i, (a, b) in enumerate(zip(phrase, found, strict=False)) if a != b]
    if not changed or len(changed) * 2 > len(phrase) or not fixed.isdisjoint(changed):
        return None
    similarity = 1 - len(changed) / (2 * len(phrase))
    return Window(start, start + len(phrase), similarity, "homophone", (len(changed), 0, start))


def best_apart(windows: Iterable[Window]) -> list[Window]:
    """The best windows of one phrase that do not overlap, in text order.

    Greedy by rank, so the same set of windows in any order gives the same answer.
    """
    chosen: list[Window] = []
    taken = Apart()
    for window in sorted(set(windows), key=lambda w: (w.rank, w.end, -w.similarity)):
        if taken.has_room(window.start, window.end):
            taken.add(window.start, window.end)
            chosen.append(window)
    return sorted(chosen)
