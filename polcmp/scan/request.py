"""What a scan is asked to do, checked before anything is opened."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from polcmp.errors import UsageError
from polcmp.load import ReadOptions
from polcmp.model.comparison import MeasureInfo
from polcmp.model.taxonomy import Taxonomy
from polcmp.pipeline import measure_infos
from polcmp.scan.plan import Sizes
from polcmp.scan.quiet_daft import checked_address
from polcmp.settings import Settings
from polcmp.store.layout import is_store
from polcmp.store.remote import checked_url, is_path, local_path

MOST_WORKERS = 256
"""Beyond this the one process that writes the parts is what the others wait for."""


POOL, DAFT = "pool", "daft"
"""Engines: processes of this machine, or Daft's workers here or on a Ray cluster."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a scan is asked to do.

    Attributes:
        inputs: files, folders, globs, ``@list`` files, URLs of object stores.
        output: the store: a directory, or a URL.
        taxonomy: loaded.
        taxonomy_file: its bytes, which are copied into the store.
        measures: its measures.
        settings: cut-offs and windows.
        options: how documents are read.
        workers: processes, 0 for none beside this one.
        restart: throw away what an earlier scan left.
        prune: take out what is not in the corpus any more.
        engine: what reads: ``pool`` or ``daft``.
        address: of the Ray cluster that Daft works on, ``""`` for this machine.
        sizes: of batches and parts.
    """

    inputs: tuple[str, ...]
    output: str
    taxonomy: Taxonomy
    taxonomy_file: bytes
    measures: tuple[MeasureInfo, ...]
    settings: Settings
    options: ReadOptions
    workers: int
    restart: bool = False
    prune: bool = False
    engine: str = POOL
    address: str = ""
    sizes: Sizes = Sizes()  # noqa: RUF009 - a NamedTuple of numbers


def plan_scan(
    corpus: str | Path | Iterable[str | Path],
    output: str | Path,
    taxonomy: Taxonomy,
    taxonomy_file: bytes,
    settings: Settings,
    options: ReadOptions | None = None,
    workers: int | None = None,
    *,
    restart: bool = False,
    prune: bool = False,
    engine: str = "",
    address: str = "",
) -> Request:
    """The request for a scan; see `polcmp.scanned.scan_corpus`.

    Raises:
        UsageError: P401 no input, or one that cannot be scanned; P407 workers out of range, no
            such engine or address; P413, P459 and P460 the output is a URL that cannot be used.
    """
    inputs = tuple(str(one) for one in ([corpus] if isinstance(corpus, str | Path) else corpus))
    if not inputs or not all(inputs):
        hint = "Name files, folders, globs, archives or @lists; . for this folder."
        raise UsageError(
            "there is nothing to scan" if not inputs else "an input is empty", code="P401", hint=hint
        )
    if "-" in inputs:
        hint = "Put the text into a file."
        raise UsageError("standard input cannot be scanned", code="P401", where="-", hint=hint)
    for one in inputs:
        if is_path(one) and is_store(Path(local_path(one))):
            hint = f"Scan the documents that it was made of; to see what is in it: polcmp compare {one}."
            raise UsageError("this is a store, not a corpus", code="P401", where=one, hint=hint)
    if not is_path(str(output)):
        checked_url(str(output))
    if workers is not None and not 0 <= workers <= MOST_WORKERS:
        message = f"a scan takes 0 to {MOST_WORKERS} workers, not {workers}"
        raise UsageError(
            message, code="P407", where="--workers", hint="Leave it out: one for each processor."
        )
    return Request(
        inputs=inputs,
        output=str(output),
        taxonomy=taxonomy,
        taxonomy_file=taxonomy_file,
        measures=measure_infos(taxonomy),
        settings=settings,
        options=(options or ReadOptions()).checked(),
        workers=workers if workers is not None else 0 if address else _processors(),
        restart=restart,
        prune=prune,
        engine=_engine(engine, address, workers),
        address=address,
    )


def _engine(name: str, address: str, workers: int | None) -> str:
    """The engine that is meant; an address alone means Daft.

    Raises:
        UsageError: P407 there is no such engine or address, or what was asked for does not go together.
    """
    name = name or (DAFT if address else POOL)
    if name not in (POOL, DAFT):
        hint = f"Choose {POOL} or {DAFT}."
        raise UsageError(f"there is no engine {name!r}", code="P407", where="--engine", hint=hint)
    if address and name == POOL:
        hint = f"Use --engine {DAFT}, or leave the address out."
        raise UsageError("the pool works on this machine only", code="P407", where="--address", hint=hint)
    if address:
        checked_address(address)
        if workers:
            hint = "Leave --workers out."
            raise UsageError(
                "a cluster works with all its processors", code="P407", where="--workers", hint=hint
            )
    return name


def _processors() -> int:
    """Processors this process may use, which in a container are fewer than the machine has."""
    try:
        return min(MOST_WORKERS, len(os.sched_getaffinity(0)))
    except AttributeError:
        return min(MOST_WORKERS, os.cpu_count() or 1)
