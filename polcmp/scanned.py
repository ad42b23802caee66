"""The library's way to scan: a corpus of any size into a store.

Needs the extra ``scan``; imported only when something is scanned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from polcmp.defaults import default_taxonomy
from polcmp.load import ReadOptions
from polcmp.scan import ScanProgress, ScanReport, plan_scan, run_scan
from polcmp.settings import Settings, checked
from polcmp.taxonomy import load_taxonomy


def scan_corpus(
    corpus: str | Path | Iterable[str | Path],
    output: str | Path,
    *,
    taxonomy: str | Path | None = None,
    min_score: float | None = None,
    settings: Settings | None = None,
    options: ReadOptions | None = None,
    workers: int | None = None,
    restart: bool = False,
    prune: bool = False,
    engine: str = "",
    address: str = "",
    progress: Callable[[ScanProgress], None] | None = None,
) -> ScanReport:
    """Read a corpus of any size into a store; goes on where a scan stopped, reads later what has changed.

    Starts processes: in a script, call it under ``if __name__ == "__main__":``.

    Args:
        corpus: files, folders, globs, ``@list.txt``, URLs of object stores (extra ``cluster``); archives and
            files of records are read as streams.
        output: directory of the store, or a URL (``s3://bucket/folder``); made if it is not there.
        taxonomy: a file; None: as for `compare`.
        min_score: as for `compare`.
        settings: as for `compare`.
        options: names of columns, encoding, limits; None: the defaults.
        workers: processes that read; 0: this one alone; None: one for each processor this process may use.
        restart: throw away what the store holds, and begin afresh.
        prune: take out documents that the corpus no longer has.
        engine: ``pool``, processes of this machine, or ``daft`` (extra ``cluster``); the rows are the same.
        address: of a Ray cluster for Daft to work on: ``ray://host:10001``, ``host:6379`` or ``auto``.
        progress: called after each batch.

    Returns:
        How many documents were read, failed, unchanged or gone.

    Raises:
        TaxonomyError: the taxonomy has faults.
        UsageError: P401 nothing to read, P407 a number out of its range or no such engine, P409 the store
            cannot be written, P413 a library is missing, P452 to P457, P459 and P460 the store cannot be
            used as asked, P458 no cluster answers.
        InternalError: P121 to P123 a worker cannot start, or is lost.
    """
    settings = checked(settings, min_score)
    file, shown = (Path(taxonomy), str(taxonomy)) if taxonomy else default_taxonomy()
    loaded = load_taxonomy(
        file,
        default_gap=settings.gap_characters,
        longest_match=settings.max_match_characters,
        shown_as=shown,
        limits=(options or ReadOptions()).limits,
    )
    request = plan_scan(
        corpus,
        output,
        loaded,
        file.read_bytes(),
        settings,
        options,
        workers,
        restart=restart,
        prune=prune,
        engine=engine,
        address=address,
    )
    return run_scan(request, progress)
