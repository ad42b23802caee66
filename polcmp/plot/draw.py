"""Which drawings there are, and how one becomes the bytes of a file: the same input, the same bytes.

(With the same version of matplotlib and the same fonts.)
"""

from __future__ import annotations

import warnings
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

from polcmp.errors import UsageError, not_installed
from polcmp.model.comparison import Comparison
from polcmp.plot.fonts import chinese_font

if TYPE_CHECKING:
    from matplotlib.figure import Figure

KINDS: dict[str, str] = {
    "heatmap": "polcmp.plot.heatmap",
    "similarity": "polcmp.plot.similarity",
    "figures": "polcmp.plot.figures",
    "timeline": "polcmp.plot.timeline",
}
"""Module of each drawing: ``draw(comparison, lang) -> Figure``."""

FORMATS = ("svg", "png", "pdf")

DOTS_PER_INCH = 150

MOST_DOTS = 60_000
"""Longest side of a png; the renderer takes 65,535 at most."""


def draw(
    comparison: Comparison, kind: str, format: str = "svg", *, lang: str = "en", font: str = ""
) -> bytes:
    """A drawing of a comparison.

    Args:
        comparison: what to draw.
        kind: one of `KINDS`.
        format: one of `FORMATS`.
        lang: ``en`` or ``zh``, for labels.
        font: name or file of a font with Chinese characters; ``""`` finds one.

    Returns:
        The bytes of a file, without a date in it. In an svg, letters are outlines: it needs no font.

    Raises:
        UsageError: P436 matplotlib is not installed, P437 there is no font with Chinese characters, P438
            there is nothing to draw, P439 there is no such kind or format.
    """
    if kind not in KINDS or format not in FORMATS:
        what = f"drawing {kind!r}" if kind not in KINDS else f"format {format!r} of drawings"
        known = ", ".join(KINDS if kind not in KINDS else FORMATS)
        raise UsageError(f"there is no {what}", code="P439", where="plot", hint=f"Choose one of: {known}.")
    try:
        import matplotlib
    except ImportError as error:
        raise not_installed("a drawing", "matplotlib", "plot", "P436", "plot") from error
    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # a rare character: a box says so
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_style(chinese_font(font)))
        return _saved(import_module(KINDS[kind]).draw(comparison, lang), format)


def _style(font: str) -> Any:
    return {
        "backend": "Agg",
        "font.family": [font, "DejaVu Sans"],
        "font.size": 9,
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlesize": 10,
        "axes.titlelocation": "left",
        "figure.dpi": DOTS_PER_INCH,
        "text.parse_math": False,  # a name may hold a dollar sign
        "svg.hashsalt": "polcmp",
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
    }


def _saved(figure: Figure, format: str) -> bytes:
    """The bytes of a figure; neither date nor program are written into them."""
    data = BytesIO()
    metadata: dict[str, dict[str, None]] = {
        "svg": {"Date": None, "Creator": None},
        "png": {"Software": None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    }
    longest = max(figure.get_size_inches())
    figure.savefig(
        data,
        format=format,
        dpi=min(DOTS_PER_INCH, MOST_DOTS / longest),
        metadata=metadata[format],
        facecolor="white",
    )
    return data.getvalue()
