"""A comparison in every output format: one registry, one file a format, rows shared.

Pure: data in, text out. Only `polcmp.cli` writes it anywhere.
"""

from __future__ import annotations

from importlib import import_module

from polcmp.errors import UsageError
from polcmp.model.comparison import Comparison
from polcmp.render.options import RenderOptions, detect_color, detect_width

__all__ = ["FORMATS", "RenderOptions", "detect_color", "detect_width", "render"]

FORMATS: dict[str, str] = {
    "table": "polcmp.render.table",
    "json": "polcmp.render.as_json",
    "jsonl": "polcmp.render.as_jsonl",
    "csv": "polcmp.render.as_csv",
    "tsv": "polcmp.render.as_tsv",
    "md": "polcmp.render.as_md",
}
"""Module of each format, imported when it is asked for. Each has ``render(comparison, options) -> str``."""


def render(comparison: Comparison, format: str, options: RenderOptions | None = None) -> str:
    """A comparison as text.

    Args:
        comparison: what to show.
        format: one of `FORMATS`.
        options: how it is to look; None for the defaults.

    Returns:
        Text with a final line end (empty for ``jsonl`` without mentions).

    Raises:
        UsageError: P410, there is no such format.
    """
    if format not in FORMATS:
        raise UsageError(
            f"there is no format {format!r}",
            code="P410",
            where="--format",
            hint=f"Choose one of: {', '.join(FORMATS)}.",
        )
    text: str = import_module(FORMATS[format]).render(comparison, options or RenderOptions())
    return text
