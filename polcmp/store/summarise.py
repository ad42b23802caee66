"""Writes a store's summary (`polcmp.store.summary`) from its parts, in little memory. Analyses nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from polcmp.errors import PolcmpError
from polcmp.store.copies import find_copies
from polcmp.store.count import show_rows
from polcmp.store.layout import SUMMARY, committed_parts, read_manifest
from polcmp.store.narrow import NARROW, make_narrow
from polcmp.store.reader import Store, opened
from polcmp.store.scratch import remove_all
from polcmp.store.summary import NARROW_TABLES, RECORD, SCHEMA, Summary, digest, key_of, read_summary
from polcmp.store.writer import NEW, is_locked, replace_file, sync, writing

MEMORY = ("96MB", "512MB")
"""Most memory that DuckDB takes for it; what needs more goes to a temporary folder. The second is tried where
the first is too little: one region with hundreds of thousands of documents."""

DOCUMENTS_AT_ONCE = 25_000
"""Documents among which copies are looked for at a time, whole regions: some 25 MB."""

ROW_GROUP = 16_384
"""Rows of a file that are read or passed over together: the mentions of a few regions."""


def summarise(folder: Path) -> bool:
    """Write the summary of the parts that are there, if there is none of them; the caller holds the lock.

    Nothing depends on a summary but time: where none can be made (duckdb is not installed, there is no room
    for temporary files), what there is of an old one is taken away.

    Returns:
        Whether there is a summary now.

    Raises:
        UsageError: P409 the folder cannot be written.
    """
    for memory in MEMORY:
        try:
            with opened(folder, summary=False) as store:
                if read_summary(folder, store.manifest, store.parts):
                    return True
                with writing(folder):
                    (folder / SUMMARY).mkdir(exist_ok=True)
                summary = _written(store, memory)
        except PolcmpError:
            _keep_only(folder, "")
            continue
        _keep_only(folder, summary.key)
        return True
    return False


def summarise_apart(folder: Path) -> None:
    """`summarise` in a process of its own, whose memory is none of a scan's; whatever becomes of it."""
    if read_summary(folder, read_manifest(folder), committed_parts(folder)):
        return
    code = (
        f"import sys; sys.path[:] = {sys.path!r}; from pathlib import Path; "
        "from polcmp.store.summarise import summarise_for_parent as make; make(Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", code, str(folder.absolute())]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with (
        suppress(OSError),
        # Leaving the block closes the pipe first, by which the process knows that it is not wanted any more.
        subprocess.Popen(command, stdin=pipe, stdout=nothing, stderr=nothing) as process,
    ):
        process.wait()


def summarise_for_parent(folder: Path) -> None:
    """`summarise` if the process that started this one holds the store's lock, and as long as it lives.

    Standard input is a pipe that ends with that process.
    """
    threading.Thread(target=_end_with_input, daemon=True).start()
    if is_locked(folder):
        summarise(folder)


def _end_with_input() -> None:
    os.read(0, 1)
    remove_all()
    os._exit(1)


def _written(store: Store, memory: str) -> Summary:
    """The files of a summary, its record last."""
    key = key_of(store.manifest, store.parts)
    summary = Summary(store.folder / SUMMARY, key[:10], {})
    store.run("SET memory_limit = ?", (memory,))
    store.run("SET threads = 1")  # the same order whatever the machine
    make_narrow(store)
    _find_all_copies(store)
    files = {}
    for table in NARROW_TABLES:
        path = summary.path(table)
        new = path.with_name(path.name + NEW)
        order = NARROW[table].order if table in NARROW else "ALL"
        store.run(
            f"COPY (FROM {table} ORDER BY {order}) TO ? "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})",
            (str(new),),
        )
        with writing(store.folder):
            _settle(new, path)
        files[table] = {"bytes": path.stat().st_size, "sha256": digest(path)}
    record = {"schema": SCHEMA, "parts": key, "files": files}
    with writing(store.folder):
        sync(summary.folder)
        replace_file(summary.folder / RECORD, (json.dumps(record, indent=1) + "\n").encode())
    return summary


def _find_all_copies(store: Store) -> None:
    """Make the table ``copies`` for all regions, some at a time."""
    store.run(
        """
        CREATE TABLE docs AS SELECT p.number, p.document, p.region, r.row
        FROM papers p JOIN (
            SELECT region, CAST(sum(count(*)) OVER (ORDER BY region) // ? AS UINTEGER) AS row
            FROM papers GROUP BY region
        ) r USING (region)
        """,
        (DOCUMENTS_AT_ONCE,),
    )
    store.run("CREATE TABLE found (doc UINTEGER, leader UINTEGER)")
    for (row,) in store.run("SELECT DISTINCT row FROM docs ORDER BY 1"):
        show_rows(store, [row])
        find_copies(store)
        store.run("INSERT INTO found FROM copies")
        for table in ("shown", "copies"):
            store.run(f"DROP TABLE {table}")
    store.run("CREATE VIEW copies AS FROM found")


def _settle(new: Path, path: Path) -> None:
    """Put a file that was written in its place, for good."""
    with new.open("rb") as file:
        os.fsync(file.fileno())
    new.replace(path)


def _keep_only(folder: Path, key: str) -> None:
    """Remove files of other summaries; ``""``: of all."""
    with writing(folder):
        for path in sorted((folder / SUMMARY).glob("*")):
            kept = key and (path.name == RECORD or path.name.startswith(f"{key}."))
            if not kept and (path.name in (RECORD, RECORD + NEW) or ".parquet" in path.suffixes):
                path.unlink()
