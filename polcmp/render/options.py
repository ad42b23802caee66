"""How a result is to look: labels, width, colour, how much evidence. Changes no result."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

DEFAULT_WIDTH = 100
"""Columns where there is no terminal to ask."""


LEAST_WIDTH = 40
"""Fewest columns a matrix can be read in: labels and one column of cells."""

EVIDENCE = 3
"""Quotations of each cell where a view shows some and none were asked for."""


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """Looks of one rendering; the same options and data always give the same text.

    Attributes:
        lang: ``en`` or ``zh``, for labels; quotations stay as they are.
        width: columns of the output, 40 or more (less is taken as 40). Tables and views keep to it.
        color: whether to write ANSI colours. Nothing is ever told by colour alone.
        evidence: quotations to print for each filled cell under the matrix, 0 for none, -1 for all.
        rows: ``measures``, ``regions`` or ``auto`` (measures down, turned when regions do not fit).
        folder: where the result will stand, ``""`` for the working folder; formats that can link to the
            documents do so relative to it. None when it is not known: no links to files.
    """

    lang: str = "en"
    width: int = DEFAULT_WIDTH
    color: bool = False
    evidence: int = 0
    rows: str = "auto"
    folder: str | None = None

    @property
    def columns(self) -> int:
        """Columns that tables and views keep to, 40 or more."""
        return max(LEAST_WIDTH, self.width)


def detect_color(stream: TextIO | None, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether colour is wanted on `stream` (None: a closed one).

    `FORCE_COLOR` and `NO_COLOR` (both: not empty; no-color.org, force-color.org) decide, the latter
    first; then whether it is a terminal that is not ``dumb``.
    """
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return stream is not None and stream.isatty() and environ.get("TERM") != "dumb"


def detect_width(stream: TextIO | None, environ: Mapping[str, str] = os.environ) -> int:
    """Columns available on `stream`: `COLUMNS` if it is a number above 0, else what the terminal says.

    A stream that is no terminal takes the width of the terminal of standard error or input, if there is
    one (``polcmp … | less``), and 100 otherwise.
    """
    said = environ.get("COLUMNS", "")
    if said.isdecimal() and int(said) > 0:
        return int(said)
    for handle in (_handle(stream), 2, 0):
        try:
            columns = os.get_terminal_size(handle).columns
        except (OSError, ValueError):
            continue
        if columns > 0:
            return columns
    return DEFAULT_WIDTH


def _handle(stream: TextIO | None) -> int:
    """File descriptor of a stream, -1 when it has none."""
    try:
        return stream.fileno() if stream is not None else -1
    except (OSError, ValueError, AttributeError):
        return -1
