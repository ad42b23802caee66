"""Keeps two scans from writing one store on an object store, where no file can be locked.

A scan puts an object of its own, ``lock-…``, and then looks for others'. Object stores list what has been
put, so of two that come at one time at least one sees the other: both may give way, never both go on. The
object is put again and again while the scan lives, so that one whose machine is gone is told from one that
works.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from threading import Event, Thread
from threading import Lock as Mutex
from time import time
from types import TracebackType

from polcmp.errors import PolcmpError, UsageError
from polcmp.store.layout import LOCK
from polcmp.store.remote import Remote, StoredObject
from polcmp.store.scratch import SCAN, is_abandoned

SIGN_SECONDS = 30.0
"""Between two signs of life."""

GONE_SECONDS = 300.0
"""A scan without a sign of life for so long, by the object store's clock, has ended."""

_STAGING = re.compile(rf"{SCAN}\w+")
"""Name of a scan's folder for temporary files, in which a lock goes with the process."""


class RemoteLock:
    """The lock of a scan that is to begin. Use it in a ``with``.

    Args:
        remote: the store.
        staging: the scan's own folder in the folder for temporary files, locked.

    Raises:
        UsageError: P454 another scan writes here, P460 the object store does not answer.
    """

    def __init__(self, remote: Remote, staging: Path) -> None:
        self.name = f"{LOCK}-{token_hex(8)}"
        self._remote = remote
        record = {
            "host": platform.node(),
            "process": os.getpid(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
            "folder": staging.name,
        }
        self._record = json.dumps(record).encode()
        self._ended = Event()
        self._lost = False
        self._one_at_a_time = Mutex()
        self._thread = Thread(target=self._give_signs, daemon=True)

    def __enter__(self) -> RemoteLock:
        try:
            self._remote.put(self.name, self._record)
            self._refuse_others()
        except BaseException:
            self._remove()
            raise
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        with self._one_at_a_time:  # a sign that is under way would put the lock there again
            self._remove()

    def check(self) -> None:
        """See that nobody has taken the lock away.

        Raises:
            UsageError: P454 somebody has, P460 the object store does not answer.
        """
        if self._lost or not self._remote.has(self.name):
            hint = "What was committed stays. See that no other scan writes here, and run the command again."
            raise UsageError(
                "the lock of this scan was taken away", code="P454", where=self._remote.url, hint=hint
            )

    def _refuse_others(self) -> None:
        names = self._remote.names()
        mine = names.get(self.name)
        for name, kept in names.items():
            if not name.startswith(f"{LOCK}-") or name == self.name:
                continue
            other = self._read(name)
            if not other or mine is None:
                continue
            if _is_dead(other) or _silence(mine, kept) > GONE_SECONDS:
                self._remote.delete(name)
                continue
            raise self._busy(name, other, _silence(mine, kept))

    def _read(self, name: str) -> dict[str, str]:
        """What a lock says; nothing if it is gone by now."""
        data = self._remote.get(name)
        if data is None:
            return {}
        try:
            return {key: str(value) for key, value in dict(json.loads(data)).items()}
        except (ValueError, TypeError):
            return {"host": "?"}

    def _busy(self, name: str, other: dict[str, str], silence: float) -> UsageError:
        process, host, since = (other.get(key, "?") for key in ("process", "host", "since"))
        who = f"process {process} on {host}, since {since}"
        hint = (
            "Wait until it is done, or scan into another place. Its last sign of life is "
            f"{max(0, silence):.0f} seconds old; at {GONE_SECONDS:.0f} it counts as ended. "
            f"If you know that it has ended, remove {self._remote.url}/{name}."
        )
        return UsageError(f"another scan writes here ({who})", code="P454", where=self._remote.url, hint=hint)

    def _give_signs(self) -> None:
        """Signs of life; a store that does not answer for a while is told by whoever commits a part."""
        while not self._lost and not self._ended.wait(SIGN_SECONDS):
            with suppress(PolcmpError), self._one_at_a_time:
                if not self._ended.is_set():
                    self._give_sign()

    def _give_sign(self) -> None:
        """Put the lock anew if it is there.

        Where that took so long that others may have taken it away in between (the machine slept), it was
        lost, even if it stands there again.
        """
        asked = time()  # goes on while the machine sleeps
        if self._remote.has(self.name):
            self._remote.put(self.name, self._record)
            self._lost = time() - asked > GONE_SECONDS - SIGN_SECONDS
            if self._lost:
                self._remote.delete(self.name)
        else:
            self._lost = True

    def _remove(self) -> None:
        with suppress(PolcmpError):
            self._remote.delete(self.name)


def _silence(mine: StoredObject, other: StoredObject) -> float:
    """Seconds between two objects, by the store's clock."""
    return (mine.time - other.time).total_seconds()


def _is_dead(other: dict[str, str]) -> bool:
    """Whether a scan is known to have ended: it ran on this machine, and nothing holds its folder's lock.

    What it left behind is removed then.
    """
    folder = other.get("folder", "")
    if other.get("host") != platform.node() or not _STAGING.fullmatch(folder):
        return False
    path = Path(tempfile.gettempdir()) / folder
    if not is_abandoned(path):
        return False
    shutil.rmtree(path, ignore_errors=True)
    return True
