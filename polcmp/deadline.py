"""A limit on the time that one document may take, so that a hostile one costs itself and not the run.

In the main thread of a process with interval timers (not Windows) the document is stopped wherever it is, as
soon as Python runs again: a library that computes for long in C is stopped when it returns. Elsewhere it is
stopped at the next call of `check`, between two stages or matches. Must not decide what the limit is.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from types import FrameType
from typing import NoReturn

from polcmp.errors import DocumentError

_NEVER = float("inf")
_stop_at: ContextVar[float] = ContextVar("polcmp_stop_at", default=_NEVER)


class _Expired(BaseException):
    """Time is over; no Exception, so that no reader takes it for a fault of the file."""


@contextmanager
def time_limit(seconds: float, where: str) -> Iterator[None]:
    """Stop what runs inside when it takes longer.

    Args:
        seconds: of wall-clock time; 0 for no limit.
        where: the document, for the message.

    Raises:
        DocumentError: P316 it took longer.
    """
    if not seconds:
        yield
        return
    token = _stop_at.set(monotonic() + seconds)
    try:
        if _may_use_timer():
            with _timer(seconds):
                yield
        else:
            yield
    except _Expired:
        raise DocumentError(
            f"it takes longer than {seconds:g} seconds",
            code="P316",
            where=where,
            hint="Leave it out, split it, or raise the limit: --limit seconds=600.",
        ) from None
    finally:
        _stop_at.reset(token)


def check() -> None:
    """Stop the document at hand if its time is over; outside `time_limit` this does nothing."""
    stop_at = _stop_at.get()
    if stop_at != _NEVER and monotonic() > stop_at:
        raise _Expired


def _may_use_timer() -> bool:
    """Whether the process's timer can be had: there is one, no other use of it, and we may handle signals."""
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getitimer(signal.ITIMER_REAL)[0] == 0
    )


@contextmanager
def _timer(seconds: float) -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, _expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before if before is not None else signal.SIG_DFL)


def _expire(number: int, frame: FrameType | None) -> NoReturn:
    raise _Expired
