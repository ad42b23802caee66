"""One language of signs: the same marks, counts and colours in every format, told apart by all eyes."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from render_samples import sample

from polcmp.model.mention import STATUSES
from polcmp.render import RenderOptions, render
from polcmp.render.labels import MARKS, TIMES, times
from polcmp.render.palette import DARK_FILLS, EDGES, FILLS
from polcmp.report.colours import status_style
from polcmp.report.core import core_data
from polcmp.report.words import page_words

# How colours look to those who lack one kind of cones: Machado, Oliveira and Fernandes (2009), severity 1.
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(color: str) -> tuple[float, ...]:
    """Linear RGB of a colour (IEC 61966-2-1)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def luminance(color: str) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(color: str, eye: str) -> tuple[float, float, float]:
    """CIE L*a*b* of a colour as an eye sees it."""
    seen = [
        min(1.0, max(0.0, sum(w * part for w, part in zip(row, linear(color), strict=True))))
        for row in EYES[eye]
    ]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(w * part for w, part in zip(row, seen, strict=True)) for row in to_xyz]
    x, y, z = (
        (v / white) ** (1 / 3) if v / white > 0.008856 else 7.787 * v / white + 16 / 116
        for v, white in zip(xyz, (0.95047, 1.0, 1.08883), strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("eye", EYES)
def test_strong_colours_differ_for_every_eye(eye: str) -> None:
    for one, other in combinations(STATUSES, 2):
        pairs = zip(lab(EDGES[one], eye), lab(EDGES[other], eye), strict=True)
        assert sum((a - b) ** 2 for a, b in pairs) ** 0.5 > 15, (one, other)


@pytest.mark.parametrize("fills", [FILLS, DARK_FILLS], ids=["light", "dark"])
def test_words_can_be_read_on_their_fill(fills: dict[str, tuple[str, str]]) -> None:
    page = "#1a2028" if fills is DARK_FILLS else "#ffffff"
    assert fills.keys() == EDGES.keys()
    for fill, ink in fills.values():
        assert contrast(fill, ink) >= 7
        assert contrast(page, ink) >= 7


def test_the_page_has_the_colours_and_marks_of_the_palette() -> None:
    style = status_style()
    for status, (fill, ink) in FILLS.items():
        assert f"--{status}:{fill};--{status}-ink:{ink};" in style
        assert f"--{status}-solid:{EDGES[status]};" in style
    for status, (fill, ink) in DARK_FILLS.items():
        assert style.count(f"--{status}:{fill};--{status}-ink:{ink};") == 2
    assert core_data(sample())["marks"] == MARKS


def test_every_format_counts_in_the_same_way() -> None:
    assert times(12) == "x12"
    for lang in ("en", "zh"):
        assert page_words()[lang]["count"] == f"{TIMES}{{n}}"
        for format in ("table", "md", "html", "tex"):
            shown = render(sample(), format, RenderOptions(lang=lang))
            filled = [cell for cell in sample().cells if cell.status]
            assert len(re.findall(r" x\d+\b", shown)) >= len(filled), format
            assert "×" not in shown and "$\\times$" not in shown, format


def test_every_format_has_the_marks_and_the_same_empty_cell() -> None:
    for format in ("table", "md", "html"):
        shown = render(sample(), format)
        for status in STATUSES:
            assert MARKS[status] in shown, format
        assert "—" not in shown and "---" not in re.sub(r"(?m)^\| ---.*$", "", shown), format
    assert " \\- |" in render(sample(), "md") and "<td" in render(sample(), "html")
    assert re.search(r">-</td>", render(sample(), "html"))
    assert "& -{} " in render(sample(), "tex")
