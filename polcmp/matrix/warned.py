"""Documents with warnings of their own: how many are told one by one, and what is said of the others."""

from __future__ import annotations

MOST_WARNED = 100
"""Documents whose warnings are told one by one: a large corpus may have thousands of empty documents."""


def more_warned(more: int) -> tuple[str, ...]:
    """A sentence about further documents with warnings; none when there are none.

    Args:
        more: how many such documents are not told one by one.
    """
    if more <= 0:
        return ()
    return (f"and {more:,} more document{'s' * (more > 1)} with warnings; --json lists them all",)
