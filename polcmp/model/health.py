"""Nouns of an installation's health: what `polcmp doctor` finds. No words, no layout."""

from __future__ import annotations

from typing import NamedTuple

OK, MISSING, DOUBTFUL, BROKEN = "ok", "missing", "doubtful", "broken"
"""As it should be; an extra that is not there; something that spoils comfort; something that is required."""

SECTIONS = ("program", "libraries", "extras", "data", "encoding", "fonts", "terminal")


class Finding(NamedTuple):
    """One thing that was looked at.

    Attributes:
        section: one of `SECTIONS`.
        name: what was looked at: the name of a library or extra, or a key of `polcmp.render.health_view`.
        state: `OK`, `MISSING`, `DOUBTFUL` or `BROKEN`.
        value: what was found: a version, a number, a name; ``""`` for nothing.
        advice: key of what to do, ``""`` for nothing.
    """

    section: str
    name: str
    state: str
    value: str = ""
    advice: str = ""


class Terminal(NamedTuple):
    """Where output goes.

    Attributes:
        is_terminal: whether standard output is one.
        columns: its width.
        color: whether colours are written.
        encoding: codec of standard output, ``""`` if it is closed.
    """

    is_terminal: bool
    columns: int
    color: bool
    encoding: str
