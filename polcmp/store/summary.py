"""The summary of a store: its narrow tables in one file each, so that few files are opened for a question.

    DIR/summary/summary.json                    which parts it was made of, by a hash of all their files
    DIR/summary/1a2b3c4d5e.tallies.parquet, and one file for each other table of `polcmp.store.narrow`

Everything in it is made of the parts, which alone are the store: a summary that is damaged, or of other
parts than those that are there, is not used. A scan writes it when it is through. The same parts make the
same files.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

from polcmp.store.layout import SUMMARY, Manifest, Part

RECORD = "summary.json"

SCHEMA = "polcmp/summary/1"
"""Names the tables of a summary; a change of them, or of what they mean, changes it."""

NARROW_TABLES = ("papers", "tallies", "telling", "voids", "copies")
"""What `polcmp.store.narrow` makes, and the copies of `polcmp.store.copies` among all documents."""


class SummaryLost(Exception):
    """A summary that was there a moment ago cannot be read any more; the parts can."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary that was made of the parts that are there.

    Attributes:
        folder: where its files lie.
        key: their names begin with it.
        hashes: sha256 of each file, by table.
    """

    folder: Path
    key: str
    hashes: dict[str, str]

    def path(self, table: str) -> Path:
        """The file of a narrow table."""
        return self.folder / f"{self.key}.{table}.parquet"

    def sound(self) -> bool:
        """Whether its files are what was written."""
        try:
            return all(digest(self.path(table)) == one for table, one in self.hashes.items())
        except OSError:
            return False


def read_summary(folder: Path, manifest: Manifest, parts: Sequence[Part]) -> Summary | None:
    """The summary of these parts; None if there is none, or if it is of other parts.

    Args:
        folder: the store.
        manifest: its manifest.
        parts: its committed parts.
    """
    key = key_of(manifest, parts)
    try:
        data = json.loads((folder / SUMMARY / RECORD).read_bytes())
        found = Summary(
            folder / SUMMARY, key[:10], {one: data["files"][one]["sha256"] for one in NARROW_TABLES}
        )
        lengths = {one: data["files"][one]["bytes"] for one in NARROW_TABLES}
        fits = (data["schema"], data["parts"]) == (SCHEMA, key)
        fits = fits and all(found.path(one).stat().st_size == length for one, length in lengths.items())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if fits else None


def key_of(manifest: Manifest, parts: Sequence[Part]) -> str:
    """A hash of everything a summary is made of."""
    key = sha256(f"{SCHEMA}\n{manifest.taxonomy.sha256}\n".encode())
    for part in parts:
        for one in part.files:
            key.update(f"{one.name} {one.sha256}\n".encode())
    return key.hexdigest()


def digest(path: Path) -> str:
    """sha256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
