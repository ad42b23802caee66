"""Colours of statuses, the same in every format that has more of them than a terminal. Data only.

They are those of Okabe and Ito (2008, "Color Universal Design"), and light and dark shades of them, told
apart by all kinds of colour vision: bluish green, blue, orange, vermilion, and reddish purple for what asks
for a look. Terminals have the nearest of their own (`polcmp.render.labels.STYLES`). Nothing is ever told by
colour alone: each status has its mark (`polcmp.render.labels.MARKS`).
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
    "implemented": ("#C9EBDD", "#004A35"),
    "planned": ("#DDEFFA", "#0B4A73"),
    "called_for": ("#FCEFD0", "#6B4700"),
    "lacking": ("#F9DDCD", "#7A2E00"),
    "near_miss": ("#F4E3EE", "#6A2853"),
}
"""Fill and text on it for a light page or paper, with a contrast of 7 or more (WCAG 2.2, 1.4.6)."""

DARK_FILLS = {
    "implemented": ("#0B4A38", "#CFF5E6"),
    "planned": ("#153A58", "#C6E4F9"),
    "called_for": ("#4A3708", "#FFE3A6"),
    "lacking": ("#5A260E", "#FFD2BC"),
    "near_miss": ("#45243A", "#F3CDE4"),
}
"""The same for a dark page."""
