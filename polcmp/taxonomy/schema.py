"""The JSON Schema of taxonomy files, for editors. The schema itself is a data file."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a taxonomy file, as a fresh object."""
    import json  # only this command needs it

    path = Path(__file__).parent.parent / "data" / "taxonomy.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema
