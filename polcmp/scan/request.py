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
from polcmp.settings import Settings

MOST_WORKERS = 256
"""Beyond this the one process that writes the parts is what the others wait for."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a scan is asked to do.

    Attributes:
        inputs: files, folders, globs, ``@list`` files.
        output: the store.
        taxonomy: loaded.
        taxonomy_file: its bytes, which are copied into the store.
        measures: its measures.
        settings: cut-offs and windows.
        options: how documents are read.
        workers: processes, 0 for none beside this one.
        restart: throw away what an earlier scan left.
        prune: take out what is not in the corpus any more.
        sizes: of batches and parts.
    """

    inputs: tuple[str, ...]
    output: Path
    taxonomy: Taxonomy
    taxonomy_file: bytes
    measures: tuple[MeasureInfo, ...]
    settings: Settings
    options: ReadOptions
    workers: int
    restart: bool = False
    prune: bool = False
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
) -> Request:
    """The request for a scan; see `polcmp.scanned.scan_corpus`.

    Raises:
        UsageError: P401 no input, or one that cannot be scanned; P407 workers out of range.
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
    if workers is not None and not 0 <= workers <= MOST_WORKERS:
        message = f"a scan takes 0 to {MOST_WORKERS} workers, not {workers}"
        raise UsageError(
            message, code="P407", where="--workers", hint="Leave it out: one for each processor."
        )
    return Request(
        inputs=inputs,
        output=Path(output),
        taxonomy=taxonomy,
        taxonomy_file=taxonomy_file,
        measures=measure_infos(taxonomy),
        settings=settings,
        options=(options or ReadOptions()).checked(),
        workers=_processors() if workers is None else workers,
        restart=restart,
        prune=prune,
    )


def _processors() -> int:
    """Processors this process may use, which in a container are fewer than the machine has."""
    try:
        return min(MOST_WORKERS, len(os.sched_getaffinity(0)))
    except AttributeError:
        return min(MOST_WORKERS, os.cpu_count() or 1)
