"""Cuts folded text into sections, sentences and clauses.

Reads shapes only (punctuation, numbering, line length, masks): it must not look for measures, cues or
places, and must not change a character of the text.
"""

from polcmp.segment.outline import segment

__all__ = ["segment"]
