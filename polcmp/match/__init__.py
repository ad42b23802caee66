"""Folded text and a taxonomy in, matches out: candidates, verification, vetoes, resolution."""

from polcmp.match.find import find_matches
from polcmp.match.program import Program, compile_taxonomy

__all__ = ["Program", "compile_taxonomy", "find_matches"]
