"""Which sources a store has settled, and which of them this scan has met: a table on disk, not in memory.

A corpus may have a million documents; the table keeps to some 30 MB of memory whatever their number, since
SQLite holds the rest in a temporary file that goes with the process. Knows no corpus.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

from polcmp.store.layout import Part
from polcmp.store.schema import LEFT_OUT, REMOVED

_COLUMNS = ("source", "container", "path", "generation", "size", "mtime_ns", "sha256", "stated", "code")

_MET = "(met)"
"""Code of a source that no part has settled yet."""


class Known(NamedTuple):
    """A settled source; see `polcmp.store.schema.TABLES` for the meaning of `code`."""

    source: str
    container: str
    path: str
    generation: int
    size: int
    mtime_ns: int
    sha256: str
    stated: str
    code: str


class Index:
    """Settled sources by key. Use it as a context manager, or `close` it."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-24000"):
            self._base.execute(f"PRAGMA {pragma}")
        self._base.execute(
            "CREATE TABLE known (source TEXT PRIMARY KEY, container TEXT, path TEXT, generation INT,"
            " size INT, mtime_ns INT, sha256 TEXT, stated TEXT, code TEXT, met INT DEFAULT 0) WITHOUT ROWID"
        )
        self._base.execute("CREATE TABLE opened (file BLOB PRIMARY KEY) WITHOUT ROWID")
        self._base.execute("BEGIN")

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Forget everything."""
        self._base.close()

    def load(self, parts: Iterable[Part]) -> None:
        """Take in the sources of committed parts, in the order of their ids."""
        import pyarrow.parquet as pq

        put = (
            f"INSERT INTO known ({','.join(_COLUMNS)}) VALUES ({','.join('?' * len(_COLUMNS))})"
            " ON CONFLICT (source) DO UPDATE SET "
            + ", ".join(f"{one} = excluded.{one}" for one in _COLUMNS[1:])
            + " WHERE excluded.generation >= generation"
        )
        for part in parts:
            table = pq.read_table(part.path("sources"), columns=list(_COLUMNS))
            self._base.executemany(put, zip(*(table[one].to_pylist() for one in _COLUMNS), strict=True))
        self._base.execute("CREATE INDEX IF NOT EXISTS by_container ON known (container)")

    def get(self, source: str) -> Known | None:
        """What is settled of a source."""
        found = self._base.execute(
            f"SELECT {','.join(_COLUMNS)} FROM known WHERE source = ? AND code <> ?", (source, _MET)
        ).fetchone()
        return Known(*found) if found else None

    def meet(self, source: str) -> bool:
        """Note that the corpus has a source; False if this scan has met that key before."""
        if self._base.execute("UPDATE known SET met = 1 WHERE source = ? AND met = 0", (source,)).rowcount:
            return True
        added = self._base.execute(
            "INSERT OR IGNORE INTO known (source, container, code, met) VALUES (?, '', ?, 1)", (source, _MET)
        )
        return added.rowcount > 0

    def open_once(self, real_path: bytes) -> bool:
        """Note that a file is read; False if this scan has read it before, by whatever name."""
        key = blake2b(real_path, digest_size=16).digest()
        return self._base.execute("INSERT OR IGNORE INTO opened VALUES (?)", (key,)).rowcount > 0

    def __contains__(self, real_path: object) -> bool:
        """Whether this scan has read a file."""
        key = blake2b(os.fsencode(str(real_path)), digest_size=16).digest()
        return self._base.execute("SELECT 1 FROM opened WHERE file = ?", (key,)).fetchone() is not None

    def meet_all(self, container: str) -> tuple[int, int]:
        """Note that the corpus has all settled records of a container.

        Returns:
            Numbers of those records that could be read, and that could not.
        """
        self._base.execute("UPDATE known SET met = 1 WHERE container = ?", (container,))
        count = "SELECT count(*), sum(code = '') FROM known WHERE container = ? AND code NOT IN (?, ?)"
        settled, read = self._base.execute(count, (container, REMOVED, LEFT_OUT)).fetchone()
        return int(read or 0), int(settled) - int(read or 0)

    def lacks_records(self, container: str) -> bool:
        """Whether a container has settled records that this scan has not met: it no longer holds them."""
        query = "SELECT 1 FROM known WHERE container = ? AND met = 0 AND code NOT IN (?, ?) LIMIT 1"
        return self._base.execute(query, (container, REMOVED, LEFT_OUT)).fetchone() is not None

    def left_out(self, container: str, *, met: bool) -> Iterator[Known]:
        """Members of a container that are no documents of the corpus, by key: those met, or the others."""
        query = (
            f"SELECT {','.join(_COLUMNS)} FROM known WHERE container = ? AND code = ? AND met = ? ORDER BY 1"
        )
        for row in self._base.execute(query, (container, LEFT_OUT, int(met))):
            yield Known(*row)

    def has_beyond_limits(self, container: str, mark: str) -> bool:
        """Whether a container has settled records that were beyond a limit, and others are in force now.

        Args:
            container: its key.
            mark: of the limits in force (`polcmp.scan.items.limits_mark`).
        """
        query = "SELECT 1 FROM known WHERE container = ? AND stated LIKE '%~%' AND stated NOT LIKE ? LIMIT 1"
        return self._base.execute(query, (container, f"%{mark}")).fetchone() is not None

    def vanished(self) -> Iterator[Known]:
        """Settled sources that this scan has not met, by key."""
        columns = ",".join(_COLUMNS)
        query = f"SELECT {columns} FROM known WHERE met = 0 AND code <> ? ORDER BY source"
        for row in self._base.execute(query, (REMOVED,)):
            yield Known(*row)
