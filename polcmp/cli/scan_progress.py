"""How far a scan is, on standard error: one line rewritten on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING

from polcmp.cli.output import note, said

if TYPE_CHECKING:
    from polcmp.scan import ScanProgress

TERMINAL_SECONDS, FILE_SECONDS = 0.5, 30.0
"""Time between two lines."""


class ScanLine:
    """Call it with each `ScanProgress`; use it in a ``with``."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._terminal = sys.stderr is not None and sys.stderr.isatty()
        self._last = monotonic()
        self._shown = False

    def __enter__(self) -> ScanLine:
        return self

    def __call__(self, state: ScanProgress) -> None:
        """Show the state, unless that was done a moment ago."""
        now = monotonic()
        if self._quiet or now - self._last < (TERMINAL_SECONDS if self._terminal else FILE_SECONDS):
            return
        self._last = now
        if self._terminal:
            sys.stderr.write(f"\r\x1b[K{said(line(state))}")
            sys.stderr.flush()
            self._shown = True
        else:
            note(line(state))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def line(state: ScanProgress) -> str:
    """``1,200 of 5,000 documents, 24 %, 310 documents/s, 2.4 MB/s, 1:02 left``."""
    seconds = max(state.seconds, 1e-6)
    done = state.documents + state.unchanged
    of = f" of {state.total_documents:,}" if state.total_documents is not None else ""
    parts = [f"{done:,}{of} documents"]
    if state.total_bytes:
        parts.append(f"{min(1.0, state.passed / state.total_bytes):.0%}")
    parts += [f"{state.documents / seconds:,.0f} documents/s", f"{state.bytes / seconds / 1e6:.1f} MB/s"]
    if state.failed:
        parts.append(f"{state.failed:,} failed")
    if state.total_bytes and state.bytes:
        parts.append(f"{_clock((state.total_bytes - state.passed) * seconds / state.passed)} left")
    return ", ".join(parts)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(max(0.0, seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
