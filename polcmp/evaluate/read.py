"""Labels from wherever they are: a folder or an export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from polcmp.evaluate.exports import load_export
from polcmp.evaluate.folder import load_folder
from polcmp.evaluate.gold import Gold


def load_gold(path: str | Path) -> Gold:
    """Labels from a folder or an export; which it is shows in what it holds.

    Args:
        path: a folder with ``mentions.jsonl`` (and ``documents.jsonl``, ``boilerplate.jsonl``), a Label
            Studio export (``.json``, ``.jsonl``) or a doccano export (``.jsonl``, ``.json``).

    Raises:
        UsageError: P420 nothing to read there, or nothing that is known; P421 faults in the labels.
    """
    path = Path(path)
    if path.name == "mentions.jsonl":
        path = path.parent
    load: Callable[[Path], Gold] = load_folder if path.is_dir() else load_export
    return load(path)
