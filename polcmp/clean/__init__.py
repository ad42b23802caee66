"""Boilerplate → masks with the rule that made each. Never deletes, never reads what a text means."""

from polcmp.clean.furniture import find_boilerplate

__all__ = ["find_boilerplate"]
