"""A store opened for questions: DuckDB over the tables of its committed parts, rows out of date left out.

Reads only; knows no question (those are `polcmp.store.rows` and its neighbours). duckdb is imported when a
store is opened.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polcmp.errors import InternalError, PolcmpError, UsageError
from polcmp.store.layout import Manifest, Part, committed_parts, damaged_part, read_manifest
from polcmp.store.schema import TABLES, columns

if TYPE_CHECKING:
    import duckdb

MEMORY = "POLCMP_STORE_MEMORY"
"""Environment variable: most memory DuckDB may take (``512MB``, ``4GB``); what needs more goes to disk."""

MEMORY_DEFAULT = "1GB"
"""Ten times what the summary of a million mentions takes; small enough for a laptop."""

_MEMORY = re.compile(r"[1-9][0-9]*(?:\.[0-9]+)? ?(?:[KMGT]i?B)", re.IGNORECASE)

BATCH = 2_000
"""Rows that are turned into Python objects at a time."""


class Store:
    """An open store.

    Attributes:
        folder: where it lies.
        manifest: how it was made.
        parts: committed parts, by id.
    """

    def __init__(self, folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.folder = folder
        self.manifest: Manifest = read_manifest(folder)
        self.parts: list[Part] = committed_parts(folder)
        self._connection = connection
        self._open()

    def _open(self) -> None:
        """A view for each table, over all committed parts."""
        for part in self.parts:
            if fault := part.fault():
                raise damaged_part(part.folder / part.id, fault)
        for table in sorted(TABLES, key="sources".__ne__):  # which the other views look into
            self._view(table, any(part.superseding for part in self.parts))

    def _view(self, table: str, superseding: bool) -> None:
        """One table; with rows of sources that were read again, only those of the last time are in it."""
        files = [str(part.path(table)) for part in self.parts if part.rows(table)]
        files = files or [str(part.path(table)) for part in self.parts[:1]]
        if not files:
            from polcmp.store.schema import arrow_table  # pyarrow is not needed for anything else

            self._connection.register("nothing", arrow_table(table, []))
            self.run(f"CREATE TABLE {table} AS FROM nothing")
            return
        # A path may hold a quotation mark; views take no parameters.
        listed = ", ".join("'" + one.replace("'", "''") + "'" for one in files)
        rows = f"SELECT {', '.join(_quoted(one) for one in columns(table))} FROM read_parquet([{listed}])"
        if superseding and table != "sources":
            rows = (
                f"SELECT * FROM ({rows}) SEMI JOIN (SELECT source, max(generation) AS generation "
                "FROM sources GROUP BY source) USING (source, generation)"
            )
        self.run(f"CREATE VIEW {table} AS {rows}")

    def run(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows that a statement gives.

        Raises:
            UsageError: P453 a part cannot be read, P456 the question needs more memory or disk than there is.
        """
        import duckdb

        try:
            return self._connection.execute(sql, list(values)).fetchall()
        except duckdb.OutOfMemoryException as error:
            raise _too_large(self.folder, error) from error
        except duckdb.Error as error:
            raise self._damaged(error) from error

    def batches(self, sql: str, values: Sequence[Any] = ()) -> Iterator[dict[str, Any]]:
        """The rows that a question gives, one after another, by name of column.

        Only a few at a time are in memory, and others may be asked for in between.

        Raises:
            UsageError: as for `run`.
        """
        import duckdb

        cursor = self._connection.cursor()
        try:
            cursor.execute(sql, list(values))
            names = [one[0] for one in cursor.description or ()]
            while rows := cursor.fetchmany(BATCH):
                for row in rows:
                    yield dict(zip(names, row, strict=True))
        except duckdb.OutOfMemoryException as error:
            raise _too_large(self.folder, error) from error
        except duckdb.Error as error:
            raise self._damaged(error) from error
        finally:
            cursor.close()

    def _damaged(self, error: Exception) -> PolcmpError:
        """The error that names the part which cannot be read; ours, when every part is what was written."""
        for part in self.parts:
            if fault := part.fault(thorough=True):
                return damaged_part(part.folder / part.id, fault)
        reason = str(error).partition("\n")[0]
        hint = "Please report it, with the command."
        return InternalError(f"a question failed: {reason}", code="P130", where=str(self.folder), hint=hint)


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """A store, open as long as the ``with`` lasts; what DuckDB had to put on disk is gone after it.

    Raises:
        UsageError: P413 duckdb is not installed, P415 `MEMORY` is no size, P451 to P453 no store or a
            damaged one.
    """
    memory = os.environ.get(MEMORY) or MEMORY_DEFAULT
    if not _MEMORY.fullmatch(memory):
        hint = "Give a number and its unit: 512MB, 4GB."
        raise UsageError(f"{memory!r} is no size of memory", code="P415", where=MEMORY, hint=hint)
    spill = Path(tempfile.mkdtemp(prefix="polcmp-"))
    connection = _connect(spill, memory)
    try:
        yield Store(folder, connection)
    finally:
        connection.close()
        shutil.rmtree(spill, ignore_errors=True)


def _connect(spill: Path, memory: str) -> duckdb.DuckDBPyConnection:
    """A database of its own, in memory, which neither loads nor fetches extensions."""
    try:
        import duckdb
    except ImportError as error:
        raise missing_extra("duckdb") from error
    return duckdb.connect(
        ":memory:",
        config={
            "memory_limit": memory,
            "temp_directory": str(spill),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": False,
        },
    )


def missing_extra(library: str) -> UsageError:
    """The error for a store that cannot be read because a library is not installed."""
    return UsageError(
        f"reading a store needs {library}, which is not installed",
        code="P413",
        hint="Install it: pip install 'polcmp[scan]'.",
    )


def _too_large(folder: Path, error: Exception) -> UsageError:
    return UsageError(
        f"this needs more memory than DuckDB may take: {str(error).partition(chr(10))[0]}",
        code="P456",
        where=str(folder),
        hint=f"Ask for less (-r, -m, --top), or allow more: {MEMORY}=4GB.",
    )


def _quoted(name: str) -> str:
    return f'"{name}"'
