"""Writing a store: lock, manifest, parts; every file whole or not at all. Reads no documents.

What is written is first written under another name, then synced and moved into place; a part's commit
record comes last, so that a part is there as a whole or not, whenever the machine stops.
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polcmp.errors import UsageError
from polcmp.store.layout import (
    LOCK,
    MANIFEST,
    PARTS,
    SUMMARY,
    TAXONOMY,
    Manifest,
    Part,
    PartFile,
    is_store,
    manifest_row,
    part_file,
)
from polcmp.store.schema import SCHEMA, TABLES

if TYPE_CHECKING:
    import pyarrow as pa

_OURS = re.compile(r"\d{6}-[0-9a-f]{10}\.(?:json|[a-z]+\.parquet)(?:\.new)?$")
"""Names of files in ``parts`` that a scan may remove; anything else there is somebody else's."""

NEW = ".new"
"""Ending of a file that is being written."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the store's lock; the folder and ``parts`` are made if they are not there.

    The lock goes with the process, however it ends. Where no store has come of it, what was made is removed.

    Raises:
        UsageError: P454 another scan holds it, P455 the folder is something else or in a store, P409 it
            cannot be written.
    """
    _refuse_other(folder)
    _refuse_inside(folder)
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    descriptor = _locked_file(folder)
    try:
        yield
    finally:
        _remove_empty(folder, made)
        os.close(descriptor)


def is_locked(folder: Path) -> bool:
    """Whether some process holds the store's lock now."""
    try:
        os.close(_locked_file(folder))
    except UsageError as error:
        return error.code == "P454"
    return False


def _remove_empty(folder: Path, made: Sequence[Path]) -> None:
    """Remove the folders of a scan that has put nothing into them; `made` are those that it made."""
    with suppress(OSError):
        if {one.name for one in folder.iterdir()} <= {LOCK, PARTS}:
            (folder / PARTS).rmdir()
            (folder / LOCK).unlink()
            for one in made:
                one.rmdir()


def _locked_file(folder: Path) -> int:
    """The descriptor of the lock file, locked, and still that of the file that has its name."""
    while True:
        with writing(folder):
            (folder / PARTS).mkdir(parents=True, exist_ok=True)
            descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            _lock(descriptor, folder)
            with suppress(FileNotFoundError):  # the scan that held it has ended, and removed it
                if os.path.samestat(os.fstat(descriptor), (folder / LOCK).stat()):
                    return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _lock(descriptor: int, folder: Path) -> None:
    try:
        import fcntl  # not on every system, and only a scan needs it
    except ImportError as error:
        message = "scanning takes a system with file locks (Linux, macOS)"
        raise UsageError(message, code="P409", where=str(folder), hint="On Windows use WSL.") from error
    with writing(folder):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            hint = "Wait until it is done, or scan into another directory."
            raise UsageError("another scan writes here", code="P454", where=str(folder), hint=hint) from None


def _refuse_other(folder: Path) -> None:
    """Nothing is put into a folder that holds other things."""
    try:
        if not folder.exists() or is_store(folder):
            return
        names = {one.name for one in folder.iterdir()} if folder.is_dir() else set()
        ours = {LOCK, PARTS, SUMMARY, TAXONOMY} if names & {LOCK, PARTS} else set()
        others = folder.is_dir() and sorted(names - ours)
    except OSError as error:
        raise _unwritable(folder, error) from error
    if others is False:
        raise UsageError("this is a file", code="P455", where=str(folder), hint="Name a directory.")
    if [one for one in others if not one.endswith(NEW)]:
        raise UsageError(
            f"this directory holds other things ({', '.join(others[:3])}) and no store",
            code="P455",
            where=str(folder),
            hint="Name a new or empty directory.",
        )


def _refuse_inside(folder: Path) -> None:
    """A store is no place for another one: its files are known by their folders."""
    around = next((one for one in folder.resolve().parents if is_store(one) and (one / PARTS).is_dir()), None)
    if around is not None:
        hint = f"Name a directory outside {around}."
        raise UsageError("this directory is inside a store", code="P455", where=str(folder), hint=hint)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put the manifest in place.

    Raises:
        UsageError: P409 it cannot be written.
    """
    text = json.dumps(manifest_row(manifest), ensure_ascii=False, indent=2) + "\n"
    with writing(folder):
        replace_file(folder / MANIFEST, text.encode("utf-8", "backslashreplace"))


def write_taxonomy(folder: Path, data: bytes) -> None:
    """Put the copy of the taxonomy file in place.

    Raises:
        UsageError: P409 it cannot be written.
    """
    with writing(folder):
        replace_file(folder / TAXONOMY, data)


def write_part(folder: Path, number: int, tables: Mapping[str, pa.Table]) -> Part:
    """Write and commit a part.

    Args:
        folder: the store, locked by the caller.
        number: its running number.
        tables: one for each of `TABLES`; the same tables make the same files.

    Raises:
        UsageError: P409 it cannot be written; nothing of it is there then.
    """
    sources = tables["sources"]
    key = sha256()
    for column in ("source", "generation", "sha256", "stated", "code"):
        key.update(repr(sources[column].to_pylist()).encode("utf-8", "surrogatepass"))
    part = f"{number:06d}-{key.hexdigest()[:10]}"
    files = []
    with writing(folder):
        for table in TABLES:
            data = _parquet(tables[table])
            name = part_file(part, table)
            replace_file(folder / PARTS / name, data, sync_folder=False)
            files.append(PartFile(table, name, tables[table].num_rows, len(data), sha256(data).hexdigest()))
        sync(folder / PARTS)
        superseding = sum(one > 0 for one in sources["generation"].to_pylist())
        record = {
            "schema": SCHEMA,
            "part": part,
            "superseding": superseding,
            "files": {f.name: {"rows": f.rows, "bytes": f.bytes, "sha256": f.sha256} for f in files},
        }
        text = json.dumps(record, indent=1) + "\n"
        replace_file(folder / PARTS / f"{part}.json", text.encode())
    return Part(part, folder / PARTS, tuple(files), superseding)


def _parquet(table: pa.Table) -> memoryview:
    """The table as a Parquet file; in memory first, since its hash is wanted (a part is some 10 MB)."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return memoryview(sink.getvalue())


def remove_part(folder: Path, part: str) -> None:
    """Take a part out: its commit record first, so that no half of it is ever read.

    Raises:
        UsageError: P409 it cannot be removed.
    """
    with writing(folder):
        (folder / PARTS / f"{part}.json").unlink(missing_ok=True)
        sync(folder / PARTS)
        for table in TABLES:
            (folder / PARTS / part_file(part, table)).unlink(missing_ok=True)


def remove_leftovers(folder: Path, parts: set[str]) -> int:
    """Remove files of parts that were never committed; only a scan that holds the lock may.

    Args:
        folder: the store.
        parts: ids of the committed parts.

    Returns:
        Number of files removed.

    Raises:
        UsageError: P409 they cannot be removed.
    """
    removed = 0
    with writing(folder):
        for path in sorted((folder / PARTS).iterdir()):
            if is_ours(path.name) and (path.name.endswith(NEW) or path.name[:17] not in parts):
                path.unlink()
                removed += 1
    return removed


def is_ours(name: str) -> bool:
    """Whether something in ``parts`` is a scan's by its name, and may be removed."""
    return bool(_OURS.match(name))


def replace_file(path: Path, data: bytes | memoryview, *, sync_folder: bool = True) -> None:
    """Write a file beside its place, sync it, move it there. OSErrors are the caller's."""
    new = path.with_name(path.name + NEW)
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    if sync_folder:
        sync(path.parent)


def sync(folder: Path) -> None:
    """Make renames in a folder outlast a loss of power, where the file system can."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn what the system refuses into an error that says what to do.

    Raises:
        UsageError: P409.
    """
    try:
        yield
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> UsageError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    hint = (
        "What was committed stays. Make room and run the same command again: it goes on from there."
        if full
        else "Check that the directory is yours to write to, or name another one."
    )
    return UsageError(
        f"cannot be written: {error.strerror or error}", code="P409", where=str(folder), hint=hint
    )


def recorded(values: object) -> dict[str, Any]:
    """A frozen object's fields as the manifest records them; sets and tuples as lists."""
    from dataclasses import asdict

    data: dict[str, Any] = json.loads(json.dumps(asdict(values), default=list))  # type: ignore[call-overload]
    return data
