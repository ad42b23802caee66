"""How a cell came about and what would change it: the same documents read again under small changes.

Must not print, and must not change a taxonomy file: changes live in memory and are thrown away.
"""

from polcmp.explain.cell import explain_cell

__all__ = ["explain_cell"]
