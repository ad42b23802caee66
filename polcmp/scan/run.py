"""A whole scan: lock, manifest, what is settled, the pool, the parts. Prints nothing and analyses nothing.

A part is written when its last batch is through; a scan that is stopped at any moment leaves whole parts
behind, and the next one goes on after them.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from polcmp.errors import UsageError
from polcmp.load.paths_told import NO_PATH, STATED, no_path
from polcmp.model.comparison import Failure
from polcmp.pipeline import failure
from polcmp.scan.corpus import Corpus
from polcmp.scan.daft_engine import DaftEngine
from polcmp.scan.encoded import Encoded, decode, encode
from polcmp.scan.index import Index
from polcmp.scan.items import Batch, ScanProgress, ScanReport
from polcmp.scan.plan import Plan
from polcmp.scan.pool import Pool
from polcmp.scan.quiet_daft import need
from polcmp.scan.records import missing_scan_extra
from polcmp.scan.request import DAFT, Request
from polcmp.scan.standing import nothing_to_read, standing_of
from polcmp.scan.total import Total
from polcmp.store.home import Home
from polcmp.store.remote_home import home_of
from polcmp.store.schema import CONTAINER, LEFT_OUT, TABLES, arrow_schema, failure_of

if TYPE_CHECKING:
    import pyarrow as pa


FAILURES_TOLD = 10
"""Failed documents that a report names; all of them stand in the store."""


def run_scan(request: Request, progress: Callable[[ScanProgress], None] | None = None) -> ScanReport:
    """Read what the store has not got, and commit it part by part.

    Raises:
        UsageError: P413 a library is missing, P409, P451 to P457 and P460 the store cannot
            be used as asked.
        InternalError: P121 to P123 a worker cannot start, or is lost.
    """
    need_libraries(request)
    home = home_of(request.output)
    with home.locked():
        scan = _Scan(request, home, progress)
        try:
            return scan.run()
        except sqlite3.OperationalError as error:
            hint = "Make room in the folder for temporary files (TMPDIR), and run the same command again."
            raise UsageError(f"no temporary file: {error}", code="P409", hint=hint) from error


def need_libraries(request: Request) -> None:
    """See that the libraries of the scan are there.

    Raises:
        UsageError: P413 one is missing.
    """
    from importlib.util import find_spec

    for name in ("pyarrow", "rensa"):
        if find_spec(name) is None:
            raise missing_scan_extra(name)
    if request.engine == DAFT:
        need("daft", *(["ray"] if request.address else []))


def _engine(request: Request) -> Pool | DaftEngine:
    if request.engine == DAFT:
        return DaftEngine(request.workers, request.taxonomy, request.settings, request.address)
    return Pool(request.workers, request.taxonomy, request.settings)


class _Scan:
    """One scan, with the lock held."""

    def __init__(self, request: Request, home: Home, progress: Callable[[ScanProgress], None] | None) -> None:
        self._request, self._home, self._progress = request, home, progress
        self._corpus = Corpus(request.inputs, home.folder)
        self._standing = standing_of(request, home)
        self._begun = False
        self._needs_path = ""
        self._paths_found = 0
        self._failures: list[Failure] = []
        self._counts: Counter[str] = Counter()
        self._tables: dict[str, list[pa.Table]] = {table: [] for table in TABLES}
        parts = self._standing.parts
        self._number = parts[-1].number + 1 if parts else 0
        self._started = monotonic()
        self._total = Total(request.inputs, home.folder) if progress else None

    def run(self) -> ScanReport:
        request = self._request
        with Index() as index:
            index.load(self._standing.parts)
            plan = Plan(self._corpus, index, request.options, request.sizes)
            with _engine(request) as engine:
                self._write(engine.read(plan.batches()))
            self._refuse_nothing(plan)
            vanished = sum(one.code not in (CONTAINER, LEFT_OUT) for one in index.vanished())
            prune = request.prune and vanished > 0 and len(self._corpus.errors) == self._corpus.lost
            if prune:
                self._write((batch, []) for batch in plan.removals())
            warnings = self._warnings(index)
        self._begin()
        self._home.summarise()
        errors = tuple(failure(error) for error in self._corpus.errors)
        done = replace(self._standing.manifest, complete=True, errors=errors, warnings=warnings)
        self._home.write_manifest(done)
        return ScanReport(
            output=self._home.name,
            documents=self._counts["documents"],
            mentions=self._counts["mentions"],
            failed=self._counts["failed"],
            standing=plan.counts["standing"],
            new=plan.counts["new"],
            changed=plan.counts["changed"],
            unchanged=plan.counts["unchanged"],
            vanished=vanished,
            removed=vanished if prune else 0,
            warned=self._counts["warned"],
            parts=self._counts["parts"],
            damaged=self._standing.damaged,
            errors=errors,
            failures=tuple(self._failures),
            warnings=warnings,
        )

    def _begin(self) -> None:
        """Change the store for the first time: not before a scan has something to put into it."""
        if self._begun:
            return
        self._begun = True
        for part in self._standing.removed:
            self._home.remove_part(part)
        self._home.remove_leftovers({part.id for part in self._standing.parts})
        self._home.write_taxonomy(self._request.taxonomy_file)
        self._home.write_manifest(self._standing.manifest)

    def _write(self, batches: Iterator[tuple[Batch, list[Encoded]]]) -> None:
        for batch, results in batches:
            if batch.settled.sources:
                results = [*results, encode(batch.settled)]
            for encoded in results:
                for table, rows in decode(encoded).items():
                    self._tables[table].append(rows)
                    if table == "documents":
                        self._note_paths(rows)
                        self._counts["warned"] += sum(map(bool, rows["warnings"].to_pylist()))
                    if table == "errors" and len(self._failures) < FAILURES_TOLD:
                        self._failures += map(
                            failure_of, rows[: FAILURES_TOLD - len(self._failures)].to_pylist()
                        )
                self._counts["documents"] += encoded.documents
                self._counts["mentions"] += encoded.mentions
                self._counts["failed"] += encoded.failed
            self._counts["bytes"] += batch.bytes
            if batch.closes_part and self._tables["sources"]:
                self._commit()
            if self._progress:
                self._progress(self._state(batch))

    def _commit(self) -> None:
        if not (self._standing.parts or self._counts["documents"] or self._counts["failed"]):
            return  # files of records and archives without any document: nothing to make a store of
        import pyarrow as pa

        tables = {
            # Not `empty_table`: it makes an array of a list, for which pyarrow imports pandas if it is there.
            name: pa.concat_tables([pa.Table.from_batches([], arrow_schema(name)), *parts])
            for name, parts in self._tables.items()
        }
        self._begin()
        self._home.write_part(self._number, tables)
        for parts in self._tables.values():
            parts.clear()
        self._number += 1
        self._counts["parts"] += 1

    def _state(self, batch: Batch) -> ScanProgress:
        total = self._total
        return ScanProgress(
            documents=self._counts["documents"] + self._counts["failed"],
            failed=self._counts["failed"],
            unchanged=batch.unchanged,
            bytes=self._counts["bytes"],
            passed=batch.passed,
            total_documents=total.documents if total else None,
            total_bytes=total.bytes if total else None,
            seconds=monotonic() - self._started,
        )

    def _warnings(self, index: Index) -> tuple[str, ...]:
        """What the reader should know of the corpus; of paths the last scan knows if this one read none."""
        told = [self._corpus.left_out.told(index)]
        if self._request.options.region_from:
            if not self._counts["documents"]:
                told += [one for one in self._standing.warnings if one.startswith(NO_PATH)]
            elif self._needs_path and not self._paths_found:
                told.append(no_path(self._needs_path))
        return tuple(filter(None, told))

    def _note_paths(self, documents: pa.Table) -> None:
        """Count the documents whose path gave their region, and keep the first that needed it."""
        if not self._request.options.region_from:
            return
        for by, path in zip(documents["region_found_by"], documents["path"], strict=True):
            self._paths_found += by.as_py() == "path"
            if by.as_py() not in STATED:
                self._needs_path = self._needs_path or path.as_py()

    def _refuse_nothing(self, plan: Plan) -> None:
        """An empty corpus is a slip, unless the store knows better."""
        if self._standing.parts or self._counts["parts"] or any(plan.counts.values()):
            return
        raise nothing_to_read(self._request.inputs, self._corpus.errors)
