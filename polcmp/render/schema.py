"""The JSON Schema of the comparison, as it is written down. Knows only where the file lies."""

from __future__ import annotations

from importlib.resources import files


def compare_schema() -> str:
    """JSON Schema (draft 2020-12) of ``polcmp compare --format json``, with a final line end."""
    return files("polcmp.data").joinpath("compare.schema.json").read_text(encoding="utf-8")
