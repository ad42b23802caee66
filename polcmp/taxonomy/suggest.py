"""Near names for a name that is not known. Returns text for hints, decides nothing."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str], *, quote: str = "`{}`") -> str:
    """A hint that names the closest known name, or ``""`` when none is close.

    Args:
        name: what was written.
        known: what could have been meant.
        quote: how a name is shown; ``{}`` stands for it.
    """
    import difflib  # only needed once something is wrong

    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.55)
    return f"did you mean {quote.format(close[0])}?" if close else ""
