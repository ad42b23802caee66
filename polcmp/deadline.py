"""A limit on the time that one document may take, so that a hostile one costs itself and not the run.

In the main thread of a process with interval timers (not Windows) the document is stopped wherever it is, as
soon as Python runs again: a library that computes for long in C is stopped when it returns. Elsewhere it is
stopped at the next call of `check`, between two stages or matches. A limit may stand inside another; the
nearer end counts. Must not decide what the limit is.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from types import FrameType

from polcmp.errors import DocumentError

LEAVE_OUT = "Leave it out, split it, or raise the limit: --limit seconds=600."

_AGAIN_SECONDS = 0.5
"""Time between two signals. One is lost where a library calls back and drops what is raised there, and where
a limit is being set or taken off."""

_NEVER = float("inf")
_stop_at: ContextVar[float] = ContextVar("polcmp_stop_at", default=_NEVER)


class _Expired(BaseException):
    """Time is over; no Exception, so that no reader takes it for a fault of the file."""


@contextmanager
def time_limit(
    seconds: float, where: str, *, message: str = "it takes longer than {}", hint: str = LEAVE_OUT
) -> Iterator[None]:
    """Stop what runs inside when it takes longer.

    Args:
        seconds: of wall-clock time; 0 for no limit.
        where: the document, for the message.
        message: what is wrong; ``{}`` is the limit with its unit.
        hint: what to do about it.

    Raises:
        DocumentError: P316 it took longer.
    """
    if not seconds:
        yield
        return
    outer = _stop_at.get()
    token = _stop_at.set(min(outer, monotonic() + seconds))
    try:
        if can_interrupt():
            with _timer(outer):
                yield
        else:
            yield
    except _Expired:
        if monotonic() >= outer:
            raise  # it is the limit around this one that is reached
        spoken = f"{seconds:g} second{'s' * (seconds != 1)}"
        raise DocumentError(message.format(spoken), code="P316", where=where, hint=hint) from None
    finally:
        _stop_at.reset(token)


def check() -> None:
    """Stop the document at hand if its time is over; outside `time_limit` this does nothing."""
    stop_at = _stop_at.get()
    if stop_at != _NEVER and monotonic() > stop_at:
        raise _Expired


def can_interrupt() -> bool:
    """Whether a limit stops what runs wherever it is: there is a timer that nobody else uses, and it is ours.

    Only the main thread may handle signals, and Windows has no timer.
    """
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and (signal.getitimer(signal.ITIMER_REAL)[0] == 0 or signal.getsignal(signal.SIGALRM) is _expire)
    )


@contextmanager
def _timer(outer: float) -> Iterator[None]:
    """The process's timer, set to the limit in force; behind it, to the one around it."""
    before = signal.signal(signal.SIGALRM, _expire)
    try:
        _set_timer(_stop_at.get())
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before if before is not None else signal.SIG_DFL)
        if before is _expire and outer != _NEVER:
            _set_timer(outer)


def _set_timer(stop_at: float) -> None:
    left = stop_at - monotonic()
    if left <= 0:
        raise _Expired
    signal.setitimer(signal.ITIMER_REAL, left, _AGAIN_SECONDS)


def _expire(number: int, frame: FrameType | None) -> None:
    """Stop what runs; but not where a limit is being set or taken off, which must be done whole."""
    if frame is None or frame.f_globals.get("__name__") not in (__name__, "contextlib"):
        raise _Expired
