"""A pool of processes that reads batches and gives their rows in the order of the batches.

At most a fixed number of batches is under way, so that memory does not grow with the corpus. A worker that
dies (killed for taking too much memory, crashed in a library) takes no other document with it: its batch
is read again one document at a time, and the one that kills its worker again becomes an error.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from threading import current_thread, main_thread
from time import monotonic
from types import FrameType, TracebackType

from polcmp.errors import InternalError
from polcmp.model.comparison import Failure
from polcmp.model.taxonomy import Taxonomy
from polcmp.pipeline import Reader
from polcmp.scan.batch import failed_rows, scan_batch
from polcmp.scan.encoded import Encoded, encode
from polcmp.scan.items import Batch, Item
from polcmp.scan.worker import INTERRUPTS, Refused, Started, work
from polcmp.settings import Settings

AHEAD = 3
"""Batches under way for each worker: one that it reads, and some that are done and wait for a slow one."""

STEP_SECONDS = 600.0
"""Longest time a worker may take for what it is given, a batch or one document of it: thousands of times
what a document takes. A worker that takes longer is ended."""

_LOOK_SECONDS = 5.0

KILLED_EARLY = 3
"""Workers killed from outside before they were ready (want of memory) that are replaced without a word."""

WORKER_DIED = "P315"


@dataclass(slots=True)
class _Job:
    """A batch under way: what is still to be read, in steps, and what was read.

    `one_by_one` is set after its worker's death: each step is one document then.
    """

    batch: Batch
    steps: deque[list[Item]]
    results: list[Encoded] = field(default_factory=list)
    one_by_one: bool = False


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    ready: bool = False
    job: _Job | None = None
    since: float = 0.0
    overdue: bool = False


class Pool:
    """Processes that read batches. Use it in a ``with``; leaving it ends them.

    Args:
        workers: number of processes, 1 or more; 0 reads in this process.
        taxonomy: what to look for.
        settings: cut-offs and windows.
    """

    def __init__(self, workers: int, taxonomy: Taxonomy, settings: Settings) -> None:
        self._size, self._taxonomy, self._settings = workers, taxonomy, settings
        self._workers: list[_Worker] = []
        self._todo: deque[_Job] = deque()
        self._killed_early = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.connection.close()
        self._workers.clear()

    def read(self, batches: Iterator[Batch]) -> Iterator[tuple[Batch, list[Encoded]]]:
        """The rows of batches, in the order of the batches; processes start when there is work for them.

        Raises:
            InternalError: P121 a worker cannot start.
        """
        if self._size == 0:
            yield from self._read_here(batches)
            return
        jobs: deque[_Job] = deque()
        more = True
        while more or jobs:
            while more and len(jobs) < AHEAD * self._size:
                batch = next(batches, None)
                if batch is None:
                    more = False
                    break
                jobs.append(_Job(batch, deque([batch.items] if batch.items else [])))
                if batch.items:
                    self._todo.append(jobs[-1])
                self._hand_out()
            while jobs and not jobs[0].steps:
                job = jobs.popleft()
                yield job.batch, job.results
            if jobs and (not more or len(jobs) >= AHEAD * self._size):
                self._listen()

    def _read_here(self, batches: Iterator[Batch]) -> Iterator[tuple[Batch, list[Encoded]]]:
        reader = Reader.of(self._taxonomy, self._settings)
        for batch in batches:
            yield batch, [encode(scan_batch(batch.items, reader))] if batch.items else []

    def _hand_out(self) -> None:
        """Give what is to be done to workers that have nothing to do."""
        for worker in [one for one in self._workers if one.ready and one.job is None]:
            if not self._todo:
                return
            job = self._todo.popleft()
            worker.job, worker.since = job, monotonic()
            try:
                worker.connection.send(job.steps[0])
            except (BrokenPipeError, ConnectionResetError):
                self._bury(worker)
        starting = sum(not one.ready for one in self._workers)
        if len(self._todo) > starting and len(self._workers) < self._size:
            self._start()

    def _start(self) -> None:
        """Add a new process; Ctrl-C and SIGTERM wait while it starts, so that it is known or not there."""
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=work, args=(theirs, self._taxonomy, self._settings), name="polcmp-scan", daemon=True
        )
        with _interrupts_put_off():
            process.start()
            theirs.close()
            self._workers.append(_Worker(process, ours))

    def _listen(self) -> None:
        """Wait until some worker says something, or dies, or has taken too long."""
        by_connection = {one.connection: one for one in self._workers}
        for connection in wait(list(by_connection), _LOOK_SECONDS):
            worker = by_connection[connection]  # type: ignore[index]
            try:
                self._heard(worker, worker.connection.recv())
            except (EOFError, OSError):
                self._bury(worker)
        for worker in self._workers:
            if worker.job is not None and monotonic() - worker.since > STEP_SECONDS:
                worker.overdue = True
                worker.process.kill()
        self._hand_out()

    def _heard(self, worker: _Worker, message: object) -> None:
        if isinstance(message, Started):
            worker.ready = True
        elif isinstance(message, Refused):
            raise _cannot_start(message.reason)
        elif isinstance(message, Encoded) and worker.job is not None:
            job, worker.job = worker.job, None
            job.steps.popleft()
            job.results.append(message)
            if job.steps:  # one of the documents of a batch that is read one by one
                self._todo.appendleft(job)

    def _bury(self, worker: _Worker) -> None:
        """A worker is gone: what it had is read again one by one, or was one document and is given up."""
        worker.process.join()
        worker.connection.close()
        self._workers.remove(worker)
        code, job = worker.process.exitcode or 0, worker.job
        if not worker.ready:
            self._killed_early += 1
            if code >= 0 or self._killed_early > KILLED_EARLY:
                raise _cannot_start(f"exit code {code}")
        if job is None:
            return
        step = job.steps.popleft()
        if not job.one_by_one:
            job.one_by_one = True
            job.steps.extendleft([item] for item in reversed(step))
        else:
            job.results.append(encode(failed_rows(step[0], _cause(step[0], code, overdue=worker.overdue))))
        if job.steps:
            self._todo.appendleft(job)


@contextmanager
def _interrupts_put_off() -> Iterator[None]:
    """Put off Ctrl-C and SIGTERM to the end of the block; a process started in it begins with them blocked.

    Blocking alone would not do: the signal goes to whatever thread does not block it, and Python then
    interrupts this one all the same.
    """
    caught: list[tuple[int, FrameType | None]] = []
    handlers: dict[int, Callable[[int, FrameType | None], object]] = {}
    if current_thread() is main_thread():
        handlers = {one: found for one in INTERRUPTS if callable(found := signal.getsignal(one))}
    for one in handlers:
        signal.signal(one, lambda *signalled: caught.append(signalled))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for one, handler in handlers.items():
            signal.signal(one, handler)
    for number, frame in caught[:1]:
        handlers[number](number, frame)


def _cause(item: Item, code: int, *, overdue: bool) -> Failure:
    """Why a document has no result: its worker died of it."""
    if overdue:
        how, hint = f"took more than {STEP_SECONDS:.0f} seconds", "Leave the document out, or divide it."
    elif code == -signal.SIGKILL:
        how, hint = "was killed", "It may have taken too much memory: leave the document out, or divide it."
    else:
        how = f"ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        hint = "Leave the document out, and please report it."
    return Failure(item.source.path, WORKER_DIED, f"the process that read this document {how}, twice", hint)


def _cannot_start(reason: str) -> InternalError:
    hint = "In a script, call the scan under `if __name__ == '__main__':`."
    return InternalError(f"a worker process cannot start: {reason}", code="P121", hint=hint)
