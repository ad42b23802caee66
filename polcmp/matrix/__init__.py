"""Mentions in, one `Comparison` out: cells and their zeros, leading figures, independent sources.

Pure: reads no file, prints nothing, knows no format. What order documents, measures and mentions come
in never changes a result (only the order in which measures are listed).
"""

from polcmp.matrix.build import build_comparison, dead_measures
from polcmp.matrix.figures import leading_figures
from polcmp.matrix.select import filter_comparison, region_similarity
from polcmp.matrix.sources import estimated_jaccard, fingerprint, independent_sources

__all__ = [
    "build_comparison",
    "dead_measures",
    "estimated_jaccard",
    "filter_comparison",
    "fingerprint",
    "independent_sources",
    "leading_figures",
    "region_similarity",
]
