"""CSV: one mention a row, for spreadsheets and statistics packages."""

from __future__ import annotations

from polcmp.model.comparison import Comparison
from polcmp.render.delimited import delimited
from polcmp.render.options import RenderOptions


def render(comparison: Comparison, options: RenderOptions) -> str:
    """The mentions that count, with a header, comma between fields; see `polcmp.render.delimited`."""
    return delimited(comparison, ",")
