"""A comparison in every output format: one registry, one file a format, rows shared.

Pure: data in, text or bytes out. Only `polcmp.cli` writes it anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from polcmp.errors import UsageError
from polcmp.model.comparison import Comparison
from polcmp.render.options import RenderOptions, detect_color, detect_width

__all__ = ["BINARY", "FORMATS", "RenderOptions", "detect_color", "detect_width", "render", "render_bytes"]

FORMATS: dict[str, str] = {
    "table": "polcmp.render.table",
    "json": "polcmp.render.as_json",
    "jsonl": "polcmp.render.as_jsonl",
    "csv": "polcmp.render.as_csv",
    "tsv": "polcmp.render.as_tsv",
    "md": "polcmp.render.as_md",
    "html": "polcmp.render.as_html",
    "tex": "polcmp.render.as_tex",
}
"""Module of each text format, imported when it is asked for: ``render(comparison, options) -> str``."""

BINARY: dict[str, str] = {"xlsx": "polcmp.render.as_xlsx"}
"""Module of each other format: ``render_bytes(comparison, options) -> bytes``."""


def render(comparison: Comparison, format: str, options: RenderOptions | None = None) -> str:
    """A comparison as text.

    Args:
        comparison: what to show.
        format: one of `FORMATS`.
        options: how it is to look; None for the defaults.

    Returns:
        Text with a final line end (empty for ``jsonl`` without mentions).

    Raises:
        UsageError: P410, there is no such format, or it is not text.
    """
    if format not in FORMATS:
        raise _no_format(format, FORMATS)
    text: str = import_module(FORMATS[format]).render(comparison, options or RenderOptions())
    return text


def render_bytes(
    comparison: Comparison, format: str, options: RenderOptions | None = None, *, bom: bool = False
) -> bytes:
    """A comparison as the bytes of a file.

    Args:
        comparison: what to show.
        format: one of `FORMATS` or `BINARY`.
        options: how it is to look; None for the defaults.
        bom: whether text begins with a byte order mark.

    Returns:
        UTF-8, with half characters (which it has none for) as their numbers, or the format's own bytes.

    Raises:
        UsageError: P410 there is no such format, P431 it needs a package that is not installed, P432 it
            cannot hold so much.
    """
    if format in BINARY:
        data: bytes = import_module(BINARY[format]).render_bytes(comparison, options or RenderOptions())
        return data
    if format not in FORMATS:
        raise _no_format(format, [*FORMATS, *BINARY])
    text = render(comparison, format, options)
    return text.encode("utf-8-sig" if bom else "utf-8", "backslashreplace")


def _no_format(format: str, known: Iterable[str]) -> UsageError:
    what = "is no text format" if format in BINARY else "is no format"
    hint = f"Choose one of: {', '.join(known)}."
    return UsageError(f"{format!r} {what}", code="P410", where="--format", hint=hint)
