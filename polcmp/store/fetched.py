"""Stores that are kept on an object store, copied to this machine to be compared.

A copy lies in the folder for temporary files and goes with the process; asked for again, only what has
changed is fetched. Answers no question.
"""

from __future__ import annotations

import shutil
import tempfile
from atexit import register
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Lock

from polcmp.errors import PolcmpError, UsageError
from polcmp.store.layout import MANIFEST, PARTS, TAXONOMY, Part, committed_parts, damaged_part
from polcmp.store.remote import Remote
from polcmp.store.scratch import COPY, new_scratch, remove_scratch
from polcmp.store.writer import is_ours, remove_part, writing

ATTEMPTS = 3
"""A scan that writes meanwhile may take a part out while it is fetched; then the copy is made anew."""

DAMAGED = "P453"

_RECORD = ".json"

_copies: dict[str, Path] = {}
_one_at_a_time = Lock()


def fetched(url: str) -> Path:
    """A folder of this machine with the store as it is now, every part whole.

    Args:
        url: of a store that a scan has written.

    Raises:
        UsageError: P413 pyarrow is not installed, P451 there is no store, P453 a part is damaged, P460 the
            object store does not answer, P409 there is not enough room in the folder for temporary files.
    """
    remote = Remote(url)
    with _one_at_a_time, told_by_url():
        folder = _folder(remote.url)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                _copy(remote, folder)
                break
            except BaseException as error:
                shutil.rmtree(folder / PARTS, ignore_errors=True)  # what is not whole is not to be used
                if attempt == ATTEMPTS or getattr(error, "code", "") != DAMAGED:
                    raise
        return folder


@contextmanager
def told_by_url() -> Iterator[None]:
    """Have errors name the URL of a store, not the copy of it.

    Raises:
        PolcmpError: what is raised inside.
    """
    try:
        yield
    except PolcmpError as error:
        for url, folder in _copies.items():
            error.where = error.where.replace(str(folder), url)
            error.hint = error.hint.replace(str(folder), url)
        raise


def _folder(url: str) -> Path:
    if url not in _copies:
        with writing(Path(tempfile.gettempdir())):
            folder = new_scratch(COPY)
        register(remove_scratch, folder)
        _copies[url] = folder
    return _copies[url]


def _copy(remote: Remote, folder: Path) -> None:
    """Make the copy what the store is now."""
    names = remote.names()
    if MANIFEST not in names:
        hint = "Documents at a URL are scanned first: polcmp scan URL -o DIR."
        raise UsageError("this is no store", code="P451", where=remote.url, hint=hint)
    records = [one for one in names if one.startswith(f"{PARTS}/") and one.endswith(_RECORD)]
    records = [one for one in records if is_ours(one.removeprefix(f"{PARTS}/"))]
    with writing(folder):
        (folder / PARTS).mkdir(exist_ok=True)
        before = {path.name: path.read_bytes() for path in (folder / PARTS).glob(f"*{_RECORD}")}
        for name in before:
            (folder / PARTS / name).unlink()
        remote.fetch([MANIFEST, TAXONOMY, *records], folder)
        parts = committed_parts(folder)
        new = [part for part in parts if before.pop(part.id + _RECORD, b"") != _record(part)]
        for gone in before:
            remove_part(folder, gone.removesuffix(_RECORD))
        _check_room(remote.url, new, folder)
        _fetch_tables(remote, new, folder)


def _record(part: Part) -> bytes:
    return (part.folder / f"{part.id}{_RECORD}").read_bytes()


def _check_room(url: str, parts: list[Part], folder: Path) -> None:
    needed, free = sum(one.bytes for part in parts for one in part.files), shutil.disk_usage(folder).free
    if needed > free:
        message = f"there is no room for a copy of the store: {_size(needed)} needed, {_size(free)} free"
        hint = f"Make room in {folder.parent}, or set TMPDIR to a folder that has some."
        raise UsageError(message, code="P409", where=url, hint=hint)


def _size(count: int) -> str:
    return f"{count / 1024**2:,.0f} MB"


def _fetch_tables(remote: Remote, parts: list[Part], folder: Path) -> None:
    files = {f"{PARTS}/{one.name}": one for part in parts for one in part.files}
    remote.fetch(list(files), folder)
    for name, one in files.items():
        path = folder / name
        if not path.exists() or sha256(path.read_bytes()).hexdigest() != one.sha256:
            what = "is not what was written" if path.exists() else "is not there"
            raise damaged_part(path, f"{one.name} {what}")
