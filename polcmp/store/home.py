"""Where a scan writes its store: a folder of this machine. `polcmp.store.remote_home` is its like for URLs.

A scan asks nothing else to write, so that it need not know where the store is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from polcmp.store import writer
from polcmp.store.layout import Manifest, Part

if TYPE_CHECKING:
    import pyarrow as pa


class Home:
    """A folder that holds, or is to hold, a store.

    Args:
        folder: of this machine.

    Attributes:
        folder: where manifest, commit records and `sources` can be read while the home is locked.
        name: the store as it was named.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, str(folder)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other scans out.

        Raises:
            UsageError: P454 another scan writes here, P455 this is something else, P409 it cannot be written.
        """
        with writer.locked(self.folder):
            yield

    def fault(self, part: Part) -> str:
        """What is wrong with the files of a part, ``""`` when nothing is."""
        return part.fault(thorough=True)

    def write_taxonomy(self, data: bytes) -> None:
        """See `polcmp.store.writer`; so for the others."""
        writer.write_taxonomy(self.folder, data)

    def write_manifest(self, manifest: Manifest) -> None:
        """Put the manifest in place."""
        writer.write_manifest(self.folder, manifest)

    def write_part(self, number: int, tables: Mapping[str, pa.Table]) -> Part:
        """Write and commit a part."""
        return writer.write_part(self.folder, number, tables)

    def remove_part(self, part: str) -> None:
        """Take a part out."""
        writer.remove_part(self.folder, part)

    def summarise(self) -> None:
        """Write the summary of the parts, so that questions are answered quickly."""
        from polcmp.store.summarise import summarise_apart

        summarise_apart(self.folder)

    def remove_leftovers(self, parts: set[str]) -> None:
        """Remove files of parts that were never committed."""
        writer.remove_leftovers(self.folder, parts)
