"""A store that is written to an object store: each part is made here and put there, its commit record last.

Of what is there only the manifest, the commit records and the tables of sources are fetched, into a folder
for temporary files that goes with the scan.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from polcmp.errors import PolcmpError, UsageError
from polcmp.store import writer
from polcmp.store.home import Home
from polcmp.store.layout import LOCK, MANIFEST, PARTS, SUMMARY, TAXONOMY, Manifest, Part, part_file
from polcmp.store.remote import Remote, StoredObject, is_path, local_path, side_by_side
from polcmp.store.remote_lock import RemoteLock
from polcmp.store.schema import TABLES
from polcmp.store.scratch import SCAN, new_scratch, remove_scratch

if TYPE_CHECKING:
    import pyarrow as pa

_SOURCES = ".sources.parquet"
_RECORD = ".json"


def home_of(place: str) -> Home:
    """The home of a store.

    Args:
        place: a directory, or a URL.

    Raises:
        UsageError: P413 pyarrow is not installed, P459 such URLs are not known, P460 the URL is none.
    """
    if is_path(place):
        return Home(Path(local_path(place)))
    return RemoteHome(Remote(place))


class RemoteHome(Home):
    """A store on an object store.

    Args:
        remote: where it is.
    """

    def __init__(self, remote: Remote) -> None:
        super().__init__(Path())
        self.name = remote.url
        self._remote = remote
        self._there: dict[str, StoredObject] = {}

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other scans out, and fetch what a scan has to know.

        Raises:
            UsageError: P454 another scan writes here, P455 this is something else, P460 the object store does
                not answer, P409 there is no room for temporary files.
        """
        self._refuse_other(self._remote.names())
        self._refuse_inside()
        with writer.writing(Path(tempfile.gettempdir())):
            self.folder = new_scratch(SCAN)
        try:
            with writer.writing(self.folder):
                (self.folder / PARTS).mkdir()
            with RemoteLock(self._remote, self.folder) as self._lock:
                self._there = self._remote.names()
                self._fetch()
                yield
        except PolcmpError as error:
            if error.code != "P409":  # that one is about this machine
                error.where = error.where.replace(str(self.folder), self.name)
            raise
        finally:
            remove_scratch(self.folder)

    def fault(self, part: Part) -> str:
        """What is wrong with a part: the length of each file, and what its sources hold."""
        for one in part.files:
            there = self._there.get(f"{PARTS}/{one.name}")
            if there is None or there.size != one.bytes:
                found = "is not there" if there is None else f"has {there.size} bytes, not {one.bytes}"
                return f"{one.name} {found}"
        own = [one for one in part.files if one.table == "sources"]
        return Part(part.id, part.folder, tuple(own)).fault(thorough=True)

    def write_taxonomy(self, data: bytes) -> None:
        """Put the copy of the taxonomy file in place."""
        super().write_taxonomy(data)
        self._put([TAXONOMY])

    def write_manifest(self, manifest: Manifest) -> None:
        """Put the manifest in place, and the empty object by which a store is known among documents."""
        super().write_manifest(manifest)
        self._lock.check()
        self._put([LOCK, MANIFEST])

    def write_part(self, number: int, tables: Mapping[str, pa.Table]) -> Part:
        """Make a part here, and put it there; its commit record comes last."""
        part = super().write_part(number, tables)
        self._lock.check()
        self._put([f"{PARTS}/{one.name}" for one in part.files])
        self._lock.check()
        self._put([f"{PARTS}/{part.id}{_RECORD}"])
        super().remove_part(part.id)
        return part

    def remove_part(self, part: str) -> None:
        """Take a part out, its commit record first."""
        self._remote.delete(f"{PARTS}/{part}{_RECORD}")
        self._delete(f"{PARTS}/{part_file(part, table)}" for table in TABLES)
        super().remove_part(part)

    def summarise(self) -> None:
        """Nothing: the parts are not here, and copies of a store are compared without a summary."""

    def remove_leftovers(self, parts: set[str]) -> None:
        """Remove objects of parts that were never committed."""
        ours = (name for name in self._there if name.startswith(f"{PARTS}/") and writer.is_ours(name[6:]))
        self._delete(name for name in ours if name[6:23] not in parts)

    def _refuse_other(self, names: Iterable[str]) -> None:
        """Nothing is put among other things."""
        tops = {name.partition("/")[0] for name in names}
        ours = {PARTS, SUMMARY, TAXONOMY, LOCK}
        others = sorted(one for one in tops - ours if not one.startswith(f"{LOCK}-"))
        if MANIFEST in tops or not others:
            return
        raise UsageError(
            f"this folder holds other things ({', '.join(others[:3])}) and no store",
            code="P455",
            where=self.name,
            hint="Name a new or empty folder of the bucket.",
        )

    def _refuse_inside(self) -> None:
        """A store is no place for another one."""
        for folder in (PARTS, SUMMARY):
            around, sign, _ = f"{self.name}/".partition(f"/{folder}/")
            if sign and not around.endswith(":/") and Remote(around).has(MANIFEST):
                hint = f"Name a folder outside {around}."
                raise UsageError("this directory is inside a store", code="P455", where=self.name, hint=hint)

    def _fetch(self) -> None:
        """Manifest, commit records and tables of sources."""
        records = [name for name in self._there if name.startswith(f"{PARTS}/") and name.endswith(_RECORD)]
        wanted = [name for name in records if writer.is_ours(name[6:])]
        sources = (name.removesuffix(_RECORD) + _SOURCES for name in wanted)
        wanted += [name for name in sources if name in self._there]
        wanted += [name for name in (MANIFEST,) if name in self._there]
        with writer.writing(self.folder):
            self._remote.fetch(wanted, self.folder)

    def _put(self, names: list[str]) -> None:
        def put(name: str) -> None:
            self._remote.put(name, (self.folder / name).read_bytes())

        side_by_side(put, names)

    def _delete(self, names: Iterable[str]) -> None:
        side_by_side(self._remote.delete, list(names))
