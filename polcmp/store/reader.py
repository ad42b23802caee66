"""A store opened for questions: DuckDB over the tables of its committed parts, rows out of date left out.

Reads only; knows no question (those are `polcmp.store.rows` and its neighbours). duckdb is imported when a
store is opened.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polcmp.errors import InternalError, PolcmpError, UsageError, not_installed
from polcmp.store.layout import Manifest, Part, committed_parts, damaged_part, read_manifest
from polcmp.store.literals import Value, bound, file_literal
from polcmp.store.schema import TABLES, columns
from polcmp.store.scratch import SPILL, new_scratch, remove_scratch
from polcmp.store.summary import Summary, SummaryLost, read_summary

if TYPE_CHECKING:
    import duckdb

MEMORY = "POLCMP_STORE_MEMORY"
"""Environment variable: most memory DuckDB may take (``512MB``, ``4GB``); what needs more goes to disk."""

MEMORY_DEFAULT = "1GB"
"""Ten times what the summary of a million mentions takes; small enough for a laptop."""

_MEMORY = re.compile(r"[1-9][0-9]*(?:\.[0-9]+)? ?(?:[KMGT]i?B)", re.IGNORECASE)

_SILENT = "SET enable_progress_bar = false"
"""DuckDB draws a bar on standard output when a question takes more than two seconds."""

_PART = ", CAST(left(parse_filename(filename), 6) AS UINTEGER) AS part"
_NO_PART = ", CAST(0 AS UINTEGER) AS part"

BATCH = 2_000
"""Rows that are turned into Python objects at a time."""


HASHED = 32_000_000
"""Most bytes of parts whose hashes are compared before a question is answered: about a tenth of a second."""


class Store:
    """An open store.

    Attributes:
        folder: where it lies.
        manifest: how it was made.
        parts: committed parts, by id.
        summary: their summary; None if there is none, or it is not to be used.
    """

    def __init__(self, folder: Path, connection: duckdb.DuckDBPyConnection, *, summary: bool = True) -> None:
        self.folder = folder
        self.manifest: Manifest = read_manifest(folder)
        self.parts: list[Part] = committed_parts(folder)
        self.summary: Summary | None = read_summary(folder, self.manifest, self.parts) if summary else None
        self._connection = connection
        self._seen: set[tuple[str, bool]] = set()
        self._connection.execute(_SILENT)
        self._open()

    def _open(self) -> None:
        """A view for each table, over all committed parts."""
        self._check(self.parts)
        for table in sorted(TABLES, key="sources".__ne__):  # which the other views look into
            self._view(table, self.parts)

    def _check(self, parts: Sequence[Part]) -> None:
        """See, once, that files are what was written: by hashes, of very much by their lengths alone."""
        thorough = sum(one.bytes for part in parts for one in part.files) <= HASHED
        for part in parts:
            if (part.id, thorough) in self._seen:
                continue
            if fault := part.fault(thorough=thorough):
                raise damaged_part(part.folder / part.id, fault)
            self._seen.add((part.id, thorough))

    def keep_parts(self, numbers: Collection[int]) -> None:
        """Look for documents, mentions and dropped matches in some parts only, by their running numbers."""
        kept = [part for part in self.parts if part.number in numbers]
        self._check(kept)
        for table in ("documents", "mentions", "dropped"):
            self._view(table, kept or self.parts[:1])

    def _view(self, table: str, parts: Sequence[Part]) -> None:
        """One table; with rows of sources that were read again, only those of the last time are in it.

        Documents have one column more, the number of their part.
        """
        files = [str(part.path(table)) for part in parts if part.rows(table)]
        files = files or [str(part.path(table)) for part in parts[:1]]
        if not files:
            from polcmp.store.schema import arrow_table  # pyarrow is not needed for anything else

            self._connection.register("nothing", arrow_table(table, []))
            self.run(f"CREATE TABLE {table} AS SELECT *{_NO_PART} FROM nothing")
            return
        named = ", ".join(_quoted(one) for one in columns(table))
        part = _PART if table == "documents" else ""
        named_files = ", ".join(map(file_literal, files))
        rows = f"SELECT {named}{part} FROM read_parquet([{named_files}], filename = {bool(part)})"
        if table != "sources" and any(one.superseding for one in self.parts):
            rows = (
                f"SELECT * FROM ({rows}) SEMI JOIN (SELECT source, max(generation) AS generation "
                "FROM sources GROUP BY source) USING (source, generation)"
            )
        self.run(f"CREATE OR REPLACE VIEW {table} AS {rows}")

    def run(self, sql: str, values: Sequence[Value] = ()) -> list[tuple[Any, ...]]:
        """All rows that a statement gives.

        Args:
            sql: a statement, ``?`` where a value stands.
            values: as many.

        Raises:
            UsageError: P453 a part cannot be read, P456 the question needs more memory or disk than there is.
            SummaryLost: the summary cannot be read any more.
        """
        import duckdb

        try:
            return self._connection.execute(bound(sql, values)).fetchall()
        except duckdb.OutOfMemoryException as error:
            raise _too_large(self.folder, error) from error
        except duckdb.Error as error:
            raise self._damaged(error) from error

    def batches(self, sql: str, values: Sequence[Value] = ()) -> Iterator[dict[str, Any]]:
        """The rows that a question gives, one after another, by name of column.

        Only a few at a time are in memory, and others may be asked for in between.

        Raises:
            UsageError: as for `run`.
        """
        import duckdb

        cursor = self._connection.cursor()
        try:
            cursor.execute(_SILENT)
            cursor.execute(bound(sql, values))
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
        """The error that names the part which cannot be read; ours, when every part is what was written.

        Raises:
            SummaryLost: it is the summary.
        """
        if self.summary is not None and not self.summary.sound():
            raise SummaryLost from error
        for part in self.parts:
            if fault := part.fault(thorough=True):
                return damaged_part(part.folder / part.id, fault)
        reason = str(error).partition("\n")[0]
        hint = "Please report it, with the command."
        return InternalError(f"a question failed: {reason}", code="P130", where=str(self.folder), hint=hint)


@contextmanager
def opened(folder: Path, *, summary: bool = True) -> Iterator[Store]:
    """A store, open as long as the ``with`` lasts; what DuckDB had to put on disk is gone after it.

    Args:
        folder: the store.
        summary: use its summary, if it has one that fits.

    Raises:
        UsageError: P413 duckdb is not installed, P415 `MEMORY` is no size, P451 to P453 no store or a
            damaged one.
    """
    memory = os.environ.get(MEMORY) or MEMORY_DEFAULT
    if not _MEMORY.fullmatch(memory):
        hint = "Give a number and its unit: 512MB, 4GB."
        raise UsageError(f"{memory!r} is no size of memory", code="P415", where=MEMORY, hint=hint)
    spill = new_scratch(SPILL)
    try:
        connection = _connect(spill, memory)
        try:
            yield Store(folder, connection, summary=summary)
        finally:
            connection.close()
    finally:
        remove_scratch(spill)


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
    return not_installed("reading a store", library, "scan", "P413")


def _too_large(folder: Path, error: Exception) -> UsageError:
    return UsageError(
        f"this needs more memory than DuckDB may take: {str(error).partition(chr(10))[0]}",
        code="P456",
        where=str(folder),
        hint=f"Ask for less (-r, -m, --top), or allow more: {MEMORY}=4GB.",
    )


def _quoted(name: str) -> str:
    return f'"{name}"'
