"""Colours of statuses, the same in every format that has more of them than a terminal. Data only.

They are those of Okabe and Ito (2008, "Color Universal Design"), and light and dark shades of them, told
apart by all kinds of colour vision. Nothing is ever told by colour alone.
"""

from __future__ import annotations

EDGES = {
    "implemented": "#009E73",
    "planned": "#0072B2",
    "called_for": "#E69F00",
    "lacking": "#D55E00",
    "near_miss": "#CC79A7",
}
"""Strong colours, for lines and signs on a light or dark page."""

FILLS = {
    "implemented": ("#D5F0E5", "#00533C"),
    "planned": ("#DDEFFA", "#0B4A73"),
    "called_for": ("#FCEFD0", "#6B4700"),
    "lacking": ("#F9DDCD", "#7A2E00"),
    "near_miss": ("#F4E3EE", "#6A2853"),
}
"""Fill and text on it, with a contrast of 7 or more (WCAG 2.2, 1.4.6)."""
