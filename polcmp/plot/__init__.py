"""Drawings of a comparison: one registry, one file a drawing. Nothing here changes a result.

Pure but for the fonts of the machine: data in, bytes of an svg, png or pdf out. matplotlib is imported on
use.
"""

from polcmp.plot.draw import FORMATS, KINDS, draw

__all__ = ["FORMATS", "KINDS", "draw"]
