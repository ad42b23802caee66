"""Folders for temporary files that do not outlast their process for long, however it ends. Knows no store.

Each holds a locked file as long as its process lives. One that was killed leaves its folder behind; the next
process that makes one removes it.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from time import time

LOCK = "lock"

SCAN, COPY, SPILL = "polcmp-scan-", "polcmp-store-", "polcmp-spill-"
"""Beginnings of names: what a scan puts to a URL, copies of a store at a URL, DuckDB's temporary files."""

_OURS = re.compile(rf"(?:{SCAN}|{COPY}|{SPILL})\w+")

_YOUNG_SECONDS = {SCAN: 86_400.0}
"""Age below which a folder is left alone. That of a scan tells whether the scan still lives for five minutes
(`polcmp.store.remote_lock`); any other might not have locked its file yet."""

_YOUNG = 60.0

_CLOSED_ON_EXEC: int = getattr(os, "O_CLOEXEC", 0)  # Windows has none: there no file is inherited
_locks: dict[Path, int] = {}


def new_scratch(kind: str) -> Path:
    """A new folder for temporary files, empty but for its lock; those of dead processes are removed.

    Args:
        kind: `SCAN`, `COPY` or `SPILL`.

    Raises:
        OSError: it cannot be made.
    """
    if not _locks:
        _remove_stale(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=kind))
    _locks[folder] = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | _CLOSED_ON_EXEC, 0o600)
    _try_lock(_locks[folder])
    return folder


def remove_scratch(folder: Path) -> None:
    """Remove a folder of `new_scratch`."""
    if (descriptor := _locks.pop(folder, None)) is not None:
        os.close(descriptor)  # first: on Windows no file goes that is open
    shutil.rmtree(folder, ignore_errors=True)


def remove_all() -> None:
    """Remove every folder that this process has made."""
    for folder in list(_locks):
        remove_scratch(folder)


def is_abandoned(folder: Path) -> bool:
    """Whether the process that made a folder is gone."""
    try:
        descriptor = os.open(folder / LOCK, os.O_RDWR | _CLOSED_ON_EXEC)
    except OSError:
        return False
    try:
        return _try_lock(descriptor)
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int) -> bool:
    try:
        import fcntl  # not on every system; there nothing is taken for abandoned

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


def _remove_stale(parent: Path) -> None:
    with suppress(OSError), os.scandir(parent) as entries:
        for entry in entries:
            if _OURS.fullmatch(entry.name) and _is_old(entry) and is_abandoned(Path(entry.path)):
                shutil.rmtree(entry.path, ignore_errors=True)


def _is_old(entry: os.DirEntry[str]) -> bool:
    kind = entry.name[: entry.name.rindex("-") + 1]
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    old = time() - found.st_mtime > _YOUNG_SECONDS.get(kind, _YOUNG)
    user = getattr(os, "getuid", None)  # Windows has no users of this kind: its temporary folder is one's own
    return old and entry.is_dir(follow_symlinks=False) and (user is None or found.st_uid == user())
