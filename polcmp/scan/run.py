"""A whole scan: lock, manifest, what is settled, the pool, the parts. Prints nothing and analyses nothing.

A part is written when its last batch is through; a scan that is stopped at any moment leaves whole parts
behind, and the next one goes on after them.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from polcmp.errors import DocumentError, UsageError, reasons
from polcmp.model.comparison import Failure, TaxonomyInfo
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
from polcmp.scan.total import Total
from polcmp.store.home import Home
from polcmp.store.layout import PARTS, Manifest, Part, committed_parts, read_manifest
from polcmp.store.remote_home import home_of
from polcmp.store.schema import CONTAINER, TABLES, arrow_schema, failure_of

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
    with home.held():
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
        self._damaged: list[str] = []
        self._failures: list[Failure] = []
        self._counts: Counter[str] = Counter()
        self._tables: dict[str, list[pa.Table]] = {table: [] for table in TABLES}
        self._number = 0
        self._started = monotonic()
        self._total = Total(request.inputs, home.folder) if progress else None

    def run(self) -> ScanReport:
        request = self._request
        manifest = self._manifest()
        parts = self._usable_parts()
        self._home.write_taxonomy(request.taxonomy_file)
        self._home.write_manifest(manifest)
        self._number = int(parts[-1].id[:6]) + 1 if parts else 0
        with Index() as index:
            index.load(parts)
            plan = Plan(self._corpus, index, request.options, request.sizes)
            with _engine(request) as engine:
                self._write(engine.read(plan.batches()))
            vanished = sum(one.code != CONTAINER for one in index.vanished())
            prune = request.prune and vanished > 0 and not self._corpus.errors
            if prune:
                self._write((batch, []) for batch in plan.removals())
        self._refuse_nothing(plan, parts)
        self._home.summarise()
        errors = tuple(failure(error) for error in self._corpus.errors)
        self._home.write_manifest(replace(manifest, complete=True, errors=errors))
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
            parts=self._counts["parts"],
            damaged=tuple(self._damaged),
            errors=errors,
            failures=tuple(self._failures),
        )

    def _manifest(self) -> Manifest:
        """The manifest of this scan, which agrees with the one that is there."""
        request, from_before = self._request, None
        committed = _ids(self._home.folder)
        if request.restart:
            corpus = Corpus(request.inputs, self._home.folder)
            if committed and not any(True for _ in corpus.files()):
                raise nothing_to_read(request.inputs, corpus.errors)  # a slip: what is there stays
            for part in committed:
                self._home.remove_part(part)
        elif committed:
            from_before = read_manifest(self._home.folder)
        taxonomy = request.taxonomy
        from polcmp import __version__

        options = request.options
        manifest = Manifest(
            taxonomy=TaxonomyInfo(taxonomy.path, taxonomy.version, taxonomy.sha256),
            settings=asdict(request.settings),
            measures=request.measures,
            corpus=request.inputs,
            reading={
                "columns": dict(options.columns._asdict()),
                "encoding": options.encoding,
                "region_from": options.region_from,
            },
            version=__version__,
        )
        if from_before is None:
            return manifest
        check_agreement(from_before, manifest, self._home.name)
        return replace(manifest, corpus=tuple(dict.fromkeys((*from_before.corpus, *request.inputs))))

    def _usable_parts(self) -> list[Part]:
        """The committed parts whose files are what was written; all others are removed."""
        usable = []
        for part in committed_parts(self._home.folder, self._drop):
            fault = self._home.fault(part)
            if fault:
                self._drop(part.folder / f"{part.id}.json", fault)
            else:
                usable.append(part)
        self._home.remove_leftovers({part.id for part in usable})
        return usable

    def _drop(self, record: Path, reason: str) -> None:
        part = record.name.removesuffix(".json")
        self._damaged.append(f"{part}: {reason}")
        self._home.remove_part(part)

    def _write(self, batches: Iterator[tuple[Batch, list[Encoded]]]) -> None:
        for batch, results in batches:
            if batch.settled.sources:
                results = [*results, encode(batch.settled)]
            for encoded in results:
                for table, rows in decode(encoded).items():
                    self._tables[table].append(rows)
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
        import pyarrow as pa

        tables = {
            # Not `empty_table`: it makes an array of a list, for which pyarrow imports pandas if it is there.
            name: pa.concat_tables([pa.Table.from_batches([], arrow_schema(name)), *parts])
            for name, parts in self._tables.items()
        }
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

    def _refuse_nothing(self, plan: Plan, parts: Sequence[Part]) -> None:
        """An empty corpus is a slip, unless the store knows better."""
        if parts or self._counts["parts"] or any(plan.counts.values()):
            return
        raise nothing_to_read(self._request.inputs, self._corpus.errors)


def nothing_to_read(inputs: Sequence[str], errors: Sequence[DocumentError]) -> UsageError:
    """P401: the corpus holds no document."""
    failed = [(one.where, one.code, one.message, one.hint) for one in errors]
    hint = "Name files, folders, globs, archives or @lists."
    return UsageError(f"no document to read in {' '.join(inputs)}", code="P401", hint=reasons(failed, hint))


def check_agreement(before: Manifest, now: Manifest, output: str) -> None:
    """See that a scan may go on in a store.

    Raises:
        UsageError: P457 the store was made with another taxonomy, other settings or another version.
    """
    differences = []
    if before.taxonomy.sha256 != now.taxonomy.sha256:
        differences.append(f"taxonomy: {_taxonomy(before)} then, {_taxonomy(now)} now")
    if before.version != now.version:
        differences.append(f"polcmp: {before.version} then, {now.version} now")
    for then, here in ((before.settings, now.settings), (before.reading, now.reading)):
        differences += [
            f"{name}: {_shown(then.get(name))} then, {_shown(here.get(name))} now"
            for name in sorted({*then, *here})
            if then.get(name) != here.get(name)
        ]
    if differences:
        listed = "\n  ".join(differences)
        raise UsageError(
            "this store was made in another way, and its parts would not agree",
            code="P457",
            where=output,
            hint=f"{listed}\n  Scan into another directory, or begin afresh with --restart.",
        )


def _taxonomy(manifest: Manifest) -> str:
    return f"{manifest.taxonomy.path} ({manifest.taxonomy.sha256[:12]})"


def _shown(value: Any) -> str:
    return ", ".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else repr(value)


def _ids(output: Path) -> list[str]:
    return sorted(path.name.removesuffix(".json") for path in (output / PARTS).glob("*-*.json"))
