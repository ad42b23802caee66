"""Batches read by Daft, on this machine or on a Ray cluster, with the interface of `polcmp.scan.pool.Pool`.

Batches go in waves, each a Daft query: a wave bounds what is under way, and with it memory. The rows are
those of the pool, bit for bit, in the order of the batches. Daft is imported when a scan begins.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any

from polcmp.errors import InternalError, PolcmpError
from polcmp.model.taxonomy import Taxonomy
from polcmp.scan import quiet_daft
from polcmp.scan.encoded import Encoded
from polcmp.scan.items import Batch
from polcmp.scan.shipment import shipped
from polcmp.scan.worker import Refused
from polcmp.settings import Settings

PER_PROCESSOR = 8
"""Batches of a wave for each processor, at least: a wave costs a second or two to begin."""

WAVE_BATCHES = 4096
"""Most batches of a wave, those that need no reading included."""

WAVE_BYTES = 256 * 1024**2
"""Most bytes of documents in a wave, but for the last batch."""

TASKS_PER_PROCESSOR = 4
"""Pieces that a wave is cut into on a cluster, for each processor: they end at different times."""

WORKER_LOST, REFUSED = "P122", "P123"

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class DaftEngine:
    """Daft's workers that read batches. Use it in a ``with``.

    Args:
        workers: processes; a cluster has one for each of its processors.
        taxonomy: what to look for.
        settings: cut-offs and windows.
        address: of a Ray cluster, see `polcmp.scan.quiet_daft.run_on_ray`; ``""`` for this machine.

    Raises:
        UsageError: P413 a library is missing, P458 the cluster cannot be reached.
    """

    def __init__(self, workers: int, taxonomy: Taxonomy, settings: Settings, address: str = "") -> None:
        self._size, self._address = workers, address
        self._made_with = pickle.dumps((taxonomy, settings), pickle.HIGHEST_PROTOCOL)

    def __enter__(self) -> DaftEngine:
        if self._address:
            self._size = quiet_daft.run_on_ray(self._address)
        else:
            quiet_daft.run_here()
            self._size = max(1, self._size)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is left to end: Daft's workers end with each wave."""

    def read(self, batches: Iterator[Batch]) -> Iterator[tuple[Batch, list[Encoded]]]:
        """The rows of batches, in the order of the batches.

        Raises:
            InternalError: P122 a worker was lost, P123 the workers cannot read.
        """
        wave: list[Batch] = []
        payloads: list[bytes | None] = []
        reading = length = 0
        for batch in batches:
            wave.append(batch)
            payloads.append(self._payload(batch))
            reading, length = reading + bool(batch.items), length + batch.bytes
            whole = batch.closes_part and reading >= PER_PROCESSOR * self._size
            if whole or len(wave) >= WAVE_BATCHES or length >= WAVE_BYTES:
                yield from self._read(wave, payloads)
                wave, payloads, reading, length = [], [], 0, 0
        yield from self._read(wave, payloads)

    def _payload(self, batch: Batch) -> bytes | None:
        if not batch.items:
            return None
        return pickle.dumps(shipped(batch.items, with_bytes=bool(self._address)), pickle.HIGHEST_PROTOCOL)

    def _read(
        self, wave: Sequence[Batch], payloads: Sequence[bytes | None]
    ) -> Iterator[tuple[Batch, list[Encoded]]]:
        """A wave's rows in order: a batch is yielded as soon as it and all before it are through."""
        due = 0
        done: dict[int, Encoded] = {}
        answers = self._answers([(n, one) for n, one in enumerate(payloads) if one is not None])
        while due < len(wave):
            if payloads[due] is None or due in done:
                yield wave[due], [done.pop(due)] if due in done else []
                due += 1
            else:
                number, encoded = next(answers)
                done[number] = encoded

    def _answers(self, numbered: Sequence[tuple[int, bytes]]) -> Iterator[tuple[int, Encoded]]:
        """The rows of batches as they come, with the numbers of the batches."""
        answers = iter(self._query(numbered))
        for _ in numbered:
            try:
                row = next(answers)
                answer = pickle.loads(row["rows"])
            except Exception as error:  # whatever Daft, Ray or their workers raise
                raise _lost(error, self._address) from error
            if isinstance(answer, Refused):
                raise _refused(answer.reason, self._address)
            yield row["number"], answer

    def _query(self, numbered: Sequence[tuple[int, bytes]]) -> Iterator[dict[str, Any]]:
        daft = quiet_daft.daft()
        from polcmp import __version__
        from polcmp.scan.daft_udf import Batches

        size = min(self._size, len(numbered))
        # On a cluster not as actors: the query would wait for one that has died for ever.
        made = daft.cls(max_concurrency=None if self._address else size, use_process=True)(Batches)
        frame = daft.from_pydict({"number": [n for n, _ in numbered], "batch": [one for _, one in numbered]})
        if self._address:
            frame = frame.into_partitions(min(len(numbered), TASKS_PER_PROCESSOR * size))
        reader = made(__version__, self._made_with)
        rows: Iterator[dict[str, Any]] = frame.select(
            frame["number"], reader.rows(frame["batch"]).alias("rows")
        ).iter_rows()
        yield from rows


def _lost(error: BaseException, address: str) -> PolcmpError:
    """The error for what Daft raises when its workers cannot go on."""
    lines = [line.strip() for line in _COLOURS.sub("", str(error)).splitlines() if line.strip()]
    said = next((line for line in lines if "No module named" in line), "")
    if said:
        return _refused(said[:200], address)
    last = lines[-1] if lines else type(error).__name__
    hint = (
        "What was committed stays: run the same command again. If it ends here again, use --engine pool: it "
        "reads documents one by one, and names the one that ends its worker."
    )
    where = f"--address {address}" if address else "--engine daft"
    return InternalError(f"a worker of Daft was lost: {last[:300]}", code=WORKER_LOST, where=where, hint=hint)


def _refused(reason: str, address: str) -> InternalError:
    hint = (
        "Install the same polcmp on every machine of the cluster: pip install 'polcmp[cluster]'."
        if address
        else "Use --engine pool."
    )
    where = f"--address {address}" if address else "--engine daft"
    return InternalError(f"Daft's workers cannot read: {reason}", code=REFUSED, where=where, hint=hint)
