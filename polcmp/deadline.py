"""A limit on the time that one document may take, so that a hostile one costs itself and not the run.

In the main thread of a process with interval timers (not Windows) the document is stopped wherever it is, as
soon as Python runs again: a library that computes for long in C is stopped when it returns. Elsewhere it is
stopped at the next call of `check`, between two stages or matches. A limit may stand inside another; the
nearer end counts. What was stopped never counts as read, even where something on the way drops what is raised
or makes an error of its own of it. Must not decide what the limit is.
"""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar, Token
from time import monotonic
from types import FrameType, TracebackType
from typing import Any

from polcmp.errors import DocumentError

LEAVE_OUT = "Leave it out, split it, or raise the limit: --limit seconds=600."

_AGAIN_SECONDS = 0.5
"""Time between two signals. One is lost where a library calls back and drops what is raised there."""

_SOON_SECONDS = 0.02
"""Time till the next signal after one that came where nothing may be broken off."""

_NO_TIME = 1e-4
"""What a timer is set to where time is over already; 0 would take it off."""

_WHOLE_MODULES = (__name__, "importlib._bootstrap", "_frozen_importlib")
"""Nothing that these call is broken off: limits are set and taken off whole, and a module imported by halves
would harm the next document."""


class _Expired(BaseException):
    """Time is over; no Exception, so that no reader takes it for a fault of the file."""


def time_limit(
    seconds: float, where: str, *, message: str = "it takes longer than {}", hint: str = LEAVE_OUT
) -> AbstractContextManager[None]:
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
        return nullcontext()
    spoken = f"{seconds:g} second{'s' * (seconds != 1)}"
    return _Limit(seconds, DocumentError(message.format(spoken), code="P316", where=where, hint=hint))


def check() -> None:
    """Stop the document at hand if its time is over; outside `time_limit` this does nothing."""
    limit = _innermost.get()
    if limit is not None and monotonic() > limit.stop_at:
        limit.stop()


def can_interrupt() -> bool:
    """Whether a limit stops what runs wherever it is: there is a timer that nobody else uses, and it is ours.

    Only the main thread may handle signals, and Windows has no timer.
    """
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and (signal.getitimer(signal.ITIMER_REAL)[0] == 0 or signal.getsignal(signal.SIGALRM) is _expire)
    )


class _Limit:
    """A limit in force, from `__enter__` to `__exit__`; no generator, which could be broken off."""

    def __init__(self, seconds: float, error: DocumentError) -> None:
        self._seconds, self._error = seconds, error
        self._stopped = self._has_timer = False
        self.frame: FrameType | None = None

    def __enter__(self) -> None:
        outer = self._outer = _innermost.get()
        self.stop_at = monotonic() + self._seconds
        if outer is not None:
            self.stop_at = min(self.stop_at, outer.stop_at)
        self._token: Token[_Limit | None] = _innermost.set(self)
        if can_interrupt():
            self.frame = sys._getframe(1)
            self._take_timer()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._has_timer:
            self._leave_timer()
        _innermost.reset(self._token)
        over = self._stopped or isinstance(error, _Expired)
        if not over or not (error is None or isinstance(error, Exception | _Expired)):
            return
        if self._outer is not None and monotonic() >= self._outer.stop_at:
            self._outer.stop()  # it is the limit around this one that is reached
        raise self._error from None

    def stop(self) -> None:
        """Break off what runs, and remember it."""
        self._stopped = True
        raise _Expired

    def _take_timer(self) -> None:
        self._has_timer = True
        self._handler = signal.signal(signal.SIGALRM, _expire)
        self.unraisable, sys.unraisablehook = sys.unraisablehook, _drop
        _timed.append(self)
        _set_timer(self.stop_at)

    def _leave_timer(self) -> None:
        """Give the timer back to the limit around this one, or take it off."""
        if sys.unraisablehook is _drop:
            sys.unraisablehook = self.unraisable
        _timed.remove(self)
        self.frame = None
        if _timed:
            _set_timer(_timed[-1].stop_at)
        else:
            signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if self._handler is None else self._handler)


_innermost: ContextVar[_Limit | None] = ContextVar("polcmp_time_limit", default=None)
_timed: list[_Limit] = []
"""The limits that the timer serves, from the outermost to the innermost: those of the main thread."""


def _set_timer(stop_at: float) -> None:
    signal.setitimer(signal.ITIMER_REAL, max(stop_at - monotonic(), _NO_TIME), _AGAIN_SECONDS)


def _expire(number: int, frame: FrameType | None) -> None:
    """Stop what runs; but not what must be done whole, after which the signal comes again."""
    if not _timed:
        return
    limit = _timed[-1]
    if monotonic() < limit.stop_at:
        _set_timer(limit.stop_at)
    elif frame is None or _is_whole(frame, limit.frame):
        signal.setitimer(signal.ITIMER_REAL, _SOON_SECONDS, _AGAIN_SECONDS)
    else:
        limit.stop()


def _is_whole(frame: FrameType, outermost: FrameType | None) -> bool:
    """Whether what runs must not be broken off: what `_WHOLE_MODULES` do, or a block that is being left.

    Args:
        frame: what runs.
        outermost: what set the limit; who called that is of no account.
    """
    if frame.f_globals.get("__name__") == "contextlib":
        return True
    caller: FrameType | None = frame
    while caller is not None and caller is not outermost:
        if caller.f_globals.get("__name__") in _WHOLE_MODULES:
            return True
        caller = caller.f_back
    return False


def _drop(unraisable: Any) -> None:
    """Say nothing of a stop that came where nothing can be raised: in `__del__`, or called back from C."""
    if unraisable.exc_type is not _Expired and _timed:
        _timed[0].unraisable(unraisable)
