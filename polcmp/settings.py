"""Every cut-off and window of the program in one frozen object.

Each field says its unit, its range and how its default was calibrated. Rooms take the fields they
need as arguments; none reads a global.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Cut-offs and windows.

    Attributes:
        min_score: lowest score of a mention that counts, 0 to 1. Calibrated on the labelled
            documents in ``tests/gold``: see ``tests/gold/README.md``.
        gap_characters: longest gap for ``…`` and ``~`` without a number, 0 to 200 code points.
        gap_charge_per_character: score lost for each code point of a gap, 0 to 0.1.
        gap_charge_limit: most that all gaps of one match together may cost, 0 to 1.
        no_edits_up_to: phrases of at most this many characters take no edit (one substitution in
            four characters would let 第一书店 pass as 第一书记).
        one_edit_up_to: phrases of at most this many characters take one edit, longer ones two.
        homophone_from: shortest phrase, in characters, in which readings may stand for characters.
        missing_piece_charge: score lost for each optional piece that is missing, 0 to 0.5.
        max_match_characters: longest stretch one mention may cover, 1 to 120 folded code points
            (70 folded are at most about 120 raw ones with a pinyin note on every other character).
    """

    min_score: float = 0.60
    gap_characters: int = 12
    gap_charge_per_character: float = 0.006
    gap_charge_limit: float = 0.25
    no_edits_up_to: int = 4
    one_edit_up_to: int = 7
    homophone_from: int = 3
    missing_piece_charge: float = 0.05
    max_match_characters: int = 70
