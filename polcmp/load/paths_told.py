"""What is told where `ReadOptions.region_from` finds no region in any path; one wording for files and stores.

Must not read a path: `polcmp.load.source` does.
"""

from __future__ import annotations

STATED = ("sidecar", "front matter", "record")
"""Who says a document's region before its path is looked at."""

NO_PATH = "--region-from found no region in any path"
"""How the warning begins, by which a store's manifest is searched for it."""


def no_path(needed: str) -> str:
    """The warning, with the path of a document that needed a region."""
    return f"--region-from found no region in any path, such as {needed}"
