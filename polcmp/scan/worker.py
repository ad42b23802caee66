"""A worker process: batches in, rows out, until nothing more comes. It writes no file and prints nothing.

It ends at once when the process that started it ends, however that happens.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from importlib.abc import MetaPathFinder
from multiprocessing import parent_process
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from polcmp.model.taxonomy import Taxonomy
    from polcmp.scan.items import Item
    from polcmp.settings import Settings

GARBAGE_THRESHOLD = 50_000
"""New objects between two looks for cyclic garbage: a batch leaves hardly any."""


INTERRUPTS = (signal.SIGINT, signal.SIGTERM)
"""Signals by which people and systems end a scan; they wait while a worker starts."""


class Started(NamedTuple):
    """First message of a worker: it is ready."""


class Refused(NamedTuple):
    """First message of a worker that cannot work: why not."""

    reason: str


class _WithoutPandas(MetaPathFinder):
    """Keeps pandas out of a worker: pyarrow loads it to ask what a list is, 60 MB for nothing."""

    @classmethod
    def find_spec(cls, name: str, path: object = None, target: object = None) -> None:
        """Nothing is found here; pandas nowhere."""
        if name == "pandas":
            raise ModuleNotFoundError("a worker needs no pandas", name=name)


def work(connection: Connection, taxonomy: Taxonomy, settings: Settings) -> None:
    """Answer batches until the connection closes.

    Args:
        connection: gives lists of `Item`, None to end; takes `Encoded` for each, after one `Started`.
        taxonomy: compiled here, once.
        settings: cut-offs and windows.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    signal.pthread_sigmask(signal.SIG_UNBLOCK, INTERRUPTS)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(GARBAGE_THRESHOLD)
    sys.meta_path.insert(0, _WithoutPandas)
    try:
        from polcmp.pipeline import Reader
        from polcmp.scan.batch import scan_batch
        from polcmp.scan.encoded import encode

        reader = Reader.of(taxonomy, settings)
        connection.send(Started())
    except Exception as error:
        connection.send(Refused(f"{type(error).__name__}: {error}"))
        return
    gc.freeze()
    try:
        while (items := _next(connection)) is not None:
            connection.send(encode(scan_batch(items, reader)))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _next(connection: Connection) -> list[Item] | None:
    items: list[Item] | None = connection.recv()
    return items


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
