"""Colours and marks of statuses as properties of the page's style sheet, from the one palette of all formats.

Knows no element of the page.
"""

from __future__ import annotations

from collections.abc import Mapping

from polcmp.render.labels import MARKS
from polcmp.render.palette import DARK_FILLS, EDGES, FILLS


def status_style() -> str:
    """The properties, for light, dark and paper.

    For each status ``--STATUS`` (fill), ``--STATUS-ink`` (text on it, or on the page) and ``--STATUS-solid``,
    for each status and each reason of an empty cell ``--STATE-mark``. Light is the rule, and paper; dark is
    for those who chose it and for those whose system did.
    """
    light, dark = _shades(FILLS), _shades(DARK_FILLS)
    lasting = [f"--{status}-solid:{color};" for status, color in EDGES.items()]
    lasting += [f'--{state}-mark:"{mark}";' for state, mark in MARKS.items()]
    return "\n".join(
        (
            f":root{{{light}{''.join(lasting)}}}",
            f':root[data-theme="dark"]{{{dark}}}',
            f'@media (prefers-color-scheme:dark){{:root[data-theme="auto"]{{{dark}}}}}',
            f"@media print{{:root,:root[data-theme]{{{light}}}}}",
        )
    )


def _shades(shades: Mapping[str, tuple[str, str]]) -> str:
    return "".join(f"--{status}:{fill};--{status}-ink:{ink};" for status, (fill, ink) in shades.items())
