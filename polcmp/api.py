"""The library: what the command line can do, in a few functions.

>>> import polcmp
>>> result = polcmp.compare("seeds")          # doctest: +SKIP
>>> result.cell("聂荣县", "joint_committee").status   # doctest: +SKIP
'implemented'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polcmp.defaults import default_documents, default_taxonomy, may_be_stores
from polcmp.errors import UsageError, reasons
from polcmp.load import Collected, ReadOptions, Source, collect
from polcmp.load.paths_told import STATED, no_path
from polcmp.matrix import build_comparison, filter_comparison
from polcmp.model.comparison import (
    AUTO_SIZE,
    MOST_WHOLE,
    Comparison,
    DocumentResult,
    Failure,
    RowOptions,
    TaxonomyInfo,
)
from polcmp.model.mention import STATUSES
from polcmp.model.taxonomy import Taxonomy
from polcmp.names import find_measure, find_region, find_status
from polcmp.pipeline import Reader, failure, measure_infos, read_all
from polcmp.result import Result as Result
from polcmp.settings import Limits, Settings, checked
from polcmp.taxonomy import Fault
from polcmp.taxonomy import check as _check
from polcmp.taxonomy import load_taxonomy as _load_taxonomy
from polcmp.taxonomy.codes import UNREADABLE
from polcmp.taxonomy.fault import faulty

if TYPE_CHECKING:
    from polcmp.evaluate import Gold
    from polcmp.model.evaluation import Evaluation

Names = str | Iterable[str]


def load_taxonomy(
    path: str | Path | None = None, settings: Settings | None = None, limits: Limits | None = None
) -> Taxonomy:
    """A taxonomy from a file; without one ``./measures.yaml``, else the packaged one.

    Args:
        path: the file.
        settings: cut-offs and windows; None: the defaults.
        limits: of the file's size, nesting and entries; None: the defaults.

    Raises:
        TaxonomyError: P2xx, with every fault of the file.
        UsageError: P407 a setting is out of its range.
    """
    settings = checked(settings)
    file, shown = (Path(path), str(path)) if path else default_taxonomy()
    return _load_taxonomy(
        file,
        default_gap=settings.gap_characters,
        longest_match=settings.max_match_characters,
        shown_as=shown,
        limits=limits or Limits(),
    )


def compare(
    documents: str | Path | Iterable[str | Path] = (),
    *,
    taxonomy: str | Path | Taxonomy | None = None,
    regions: Names = (),
    measures: Names = (),
    statuses: Names = (),
    min_score: float | None = None,
    settings: Settings | None = None,
    progress: Callable[[str, int], None] | None = None,
    rows: RowOptions | None = None,
    quotations: int = -1,
    quotations_in_all: int = -1,
    options: ReadOptions | None = None,
) -> Result:
    """Read documents, or what a scan found in them, and set their regions side by side.

    Args:
        documents: files, folders, globs, ``-`` for standard input, ``@list.txt``; none: ``./seeds``,
            else the packaged sample. Or one store that a scan made, also by URL: no document is read then.
        taxonomy: a file or a loaded taxonomy; None: ``./measures.yaml``, else the packaged one.
        regions: keep these regions (forgiving names); none: all.
        measures: keep these measures (forgiving names); none: all.
        statuses: keep mentions of these statuses; none: all.
        min_score: lowest score that counts, 0 to 1; None: that of `settings`.
        settings: cut-offs and windows; None: the defaults.
        progress: called with each document's name when it is through, and the number of documents.
        rows: what the rows of the matrix are, their order and how many; None: every region.
        quotations: mentions of a cell to load from a store, the most telling first; -1: everything.
        quotations_in_all: most such mentions of all cells together, as far as each keeps one; -1: no limit.
        options: how documents are read: encoding, region in the path, limits of size; None: the defaults.
            A store takes none: its documents were read when it was made.

    Returns:
        The comparison. Documents that failed are in ``comparison.errors``.

    Raises:
        TaxonomyError: the taxonomy has faults.
        UsageError: P401 nothing to read, P402 to P407 names and numbers that fit nothing, P414 no such page
            of rows; and those of `polcmp.stored.compare_store`.
    """
    named = [documents] if isinstance(documents, str | Path) else list(documents)
    kept = _names(regions), _names(measures), _names(statuses)
    if store := _store_in(named):
        quoted = quotations, quotations_in_all
        return _of_store(store, kept, taxonomy, min_score, settings, rows, quoted, options)
    return _of_documents(named, kept, taxonomy, checked(settings, min_score), progress, rows, options)


_Kept = tuple[list[str], list[str], list[str]]
"""Names of regions, measures and statuses."""


def _of_documents(
    documents: list[str | Path],
    kept: _Kept,
    taxonomy: str | Path | Taxonomy | None,
    settings: Settings,
    progress: Callable[[str, int], None] | None,
    rows: RowOptions | None,
    options: ReadOptions | None,
) -> Result:
    limits = options.limits if options else None
    loaded = taxonomy if isinstance(taxonomy, Taxonomy) else load_taxonomy(taxonomy, settings, limits)
    inputs, collected = _collected(documents, options)
    results, failures = _analysed(collected, Reader.of(loaded, settings), progress)
    if not results:
        raise nothing_read(inputs, failures)
    comparison = build_comparison(
        results,
        failures,
        TaxonomyInfo(loaded.path, loaded.version, loaded.sha256),
        measure_infos(loaded),
        _recorded(settings, options),
    )
    told = (*collected.warnings, *_without_path(results, options))
    comparison = replace(comparison, warnings=(*comparison.warnings, *told))
    return Result(
        _arranged(_filtered(comparison, *kept), comparison, rows),
        tuple(results),
        {source.name: source for source in collected.sources},
        tuple(collected.beside),
    )


def _without_path(results: Sequence[DocumentResult], options: ReadOptions | None) -> tuple[str, ...]:
    """A warning where `ReadOptions.region_from` gave no document its region and was needed for some."""
    found = [(one.facts.location.found_by, one.facts.path) for one in results]
    needed = next((path for by, path in found if by not in STATED), "")
    if not (options and options.region_from and needed) or any(by == "path" for by, _ in found):
        return ()
    return (no_path(needed),)


def _of_store(
    store: Path,
    kept: _Kept,
    taxonomy: str | Path | Taxonomy | None,
    *asked: Any,
) -> Result:
    from polcmp.stored import compare_as_asked  # only stores need it

    loaded = load_taxonomy(taxonomy) if isinstance(taxonomy, str | Path) else taxonomy
    return compare_as_asked(store, kept, loaded.sha256 if loaded else "", *asked)


def nothing_read(inputs: Sequence[str], failures: Sequence[Failure]) -> UsageError:
    """The error for a run that found no readable document at all."""
    hint = "Name text files, folders of them, globs, or - for standard input."
    message = f"no document to read in {' '.join(inputs)}"
    return UsageError(message, code="P401", hint=reasons(failures, hint))


def _collected(
    documents: str | Path | Iterable[str | Path], options: ReadOptions | None = None
) -> tuple[list[str], Collected]:
    """Inputs as strings, and what they name; the packaged sample shows no path of this machine.

    Raises:
        UsageError: P401 an input is empty (it would stand for the working folder), P407 options of reading
            that cannot be used.
    """
    inputs = [str(one) for one in ([documents] if isinstance(documents, str | Path) else documents)]
    if not all(inputs):
        raise UsageError(
            "a document's name is empty", code="P401", hint="Name a file or folder, . for this one."
        )
    default, packaged = default_documents() if not inputs else ("", False)
    inputs = inputs or [default]
    found = collect(inputs, (options or ReadOptions()).checked())
    if packaged:
        sources = [replace(one, path=f"(sample)/{one.name}", data=_bytes(one)) for one in found.sources]
        found = found._replace(sources=sources)
    return inputs, found


def _analysed(
    collected: Collected, reader: Reader, progress: Callable[[str, int], None] | None
) -> tuple[list[DocumentResult], list[Failure]]:
    """Documents analysed, and every document or input that failed."""
    total = len(collected.sources)
    done = (lambda name: progress(name, total)) if progress else (lambda name: None)
    results, failures = read_all(collected.sources, reader, done)
    return results, failures + [failure(error) for error in collected.errors]


def _bytes(source: Source) -> bytes:
    return source.data if source.data is not None else Path(source.path).read_bytes()


def _recorded(settings: Settings, options: ReadOptions | None = None) -> dict[str, object]:
    """Settings as results record them; options of reading only where they were used."""
    recorded = {name: getattr(settings, name) for name in settings.__slots__}
    asked = {"encoding": options.encoding, "region_from": options.region_from} if options else {}
    return recorded | {name: value for name, value in asked.items() if value}


def _names(names: Names) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _filtered(comparison: Comparison, regions: Names, measures: Names, statuses: Names) -> Comparison:
    kept_regions = [find_region(name, comparison.regions, "-r") for name in _names(regions)]
    kept_measures = [find_measure(name, comparison.measures, "-m") for name in _names(measures)]
    kept_statuses = [find_status(name, STATUSES) for name in _names(statuses)]
    if not (kept_regions or kept_measures or kept_statuses):
        return comparison
    return filter_comparison(comparison, regions=kept_regions, measures=kept_measures, statuses=kept_statuses)


def _arranged(comparison: Comparison, whole: Comparison, rows: RowOptions | None) -> Comparison:
    """The rows that were asked for; a few regions as they come are left as they are."""
    if not rows or (rows == RowOptions(page_size=AUTO_SIZE) and len(comparison.regions) <= MOST_WHOLE):
        return comparison
    from polcmp.arranged import arranged  # only other rows need it

    return arranged(comparison, whole, rows)


def _store_in(inputs: Sequence[str | Path]) -> Path | None:
    """The store among the inputs, if there is one."""
    if not may_be_stores(inputs):
        return None
    from polcmp.stored import store_among

    return store_among([str(one) for one in inputs])


def evaluate_gold(
    gold: str | Path | Gold,
    documents: str | Path | Iterable[str | Path] = (),
    *,
    taxonomy: str | Path | Taxonomy | None = None,
    min_score: float | None = None,
    settings: Settings | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Evaluation:
    """Measure how well mentions are found, against gold labels.

    Args:
        gold: a folder with ``mentions.jsonl``, a Label Studio or doccano export, or loaded labels.
        documents: the labelled documents; none: the folder ``documents`` beside the labels, else as for
            `compare`.
        taxonomy: as for `compare`.
        min_score: as for `compare`.
        settings: as for `compare`.
        progress: as for `compare`.

    Returns:
        Figures with their intervals, whole and in parts, and the mistakes behind them.

    Raises:
        TaxonomyError: the taxonomy has faults.
        UsageError: P401 nothing to read, P407 no such score, P420 and P421 labels that cannot be used.
    """
    from polcmp.evaluate import Gold, evaluate, load_gold  # only evaluations need it

    labels = gold if isinstance(gold, Gold) else load_gold(gold)
    inputs = [documents] if isinstance(documents, str | Path) else list(documents)
    result = compare(
        inputs or labels.inputs(),
        taxonomy=taxonomy,
        min_score=min_score,
        settings=settings,
        progress=progress,
    )
    return evaluate(labels, result.documents, [one.id for one in result.measures])


def check_taxonomy(
    path: str | Path | None = None, settings: Settings | None = None, limits: Limits | None = None
) -> list[Fault]:
    """Every fault and warning of a taxonomy file, its examples tried with the matcher.

    Args:
        path: the file; None: ``./measures.yaml``, else the packaged one.
        settings: cut-offs and windows; None: the defaults.
        limits: as for `load_taxonomy`.

    Returns:
        Faults in file order; none when the file is fine.

    Raises:
        TaxonomyError: P201 the file cannot be read.
        UsageError: P407 a setting is out of its range.
    """
    settings = checked(settings)
    file, shown = (Path(path), str(path)) if path else default_taxonomy()
    gap, longest = settings.gap_characters, settings.max_match_characters
    limits = limits or Limits()
    faults = _check(file, shown_as=shown, default_gap=gap, longest_match=longest, limits=limits)
    if any(fault.code == UNREADABLE for fault in faults):
        raise faulty(faults)
    if any(fault.severity == "error" for fault in faults):
        return faults
    tried = Reader.of(load_taxonomy(path, settings, limits), settings).measures_in
    return _check(file, tried, shown_as=shown, default_gap=gap, longest_match=longest, limits=limits)
