"""Reads what stands around a stretch: its status and whose place it speaks of.

Must not find measures or change spans; it answers questions about stretches that others found.
"""

from polcmp.context.reader import Reader, open_context

__all__ = ["Reader", "open_context"]
