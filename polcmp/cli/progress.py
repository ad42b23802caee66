"""A progress line for runs that take longer than a second, on a terminal only."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import Any

from polcmp.cli.output import said

PATIENCE_SECONDS = 1.0
"""Shorter runs stay silent."""


class Progress:
    """Call it with each finished document's name and the number of documents; use it in a ``with``."""

    def __init__(self, quiet: bool) -> None:
        self._wanted = not quiet and sys.stderr is not None and sys.stderr.isatty()
        self._started = monotonic()
        self._done = 0
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        return self

    def __call__(self, name: str, total: int) -> None:
        """Count one document."""
        self._done += 1
        if self._bar is None and self._wanted and monotonic() - self._started > PATIENCE_SECONDS:
            self._open(total)
        if self._bar is not None:
            self._bar.update(self._task, completed=self._done)

    def _open(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
        self._bar.start()
        self._task = self._bar.add_task(said("documents"), total=total)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
