"""Comparisons answered from a store instead of documents: names looked up in it, one question, one result.

Needs the extra ``scan``; imported only when an input is a store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from polcmp.errors import UsageError
from polcmp.load import ReadOptions, Source
from polcmp.load.source import DEFAULT_OPTIONS
from polcmp.model.comparison import AS_THEY_COME, Comparison, DocumentResult, RowOptions
from polcmp.model.mention import STATUSES
from polcmp.names import find_measure, find_region, find_rows, find_status
from polcmp.result import Result
from polcmp.settings import Settings, checked
from polcmp.store.answer import answer, list_regions
from polcmp.store.fetched import fetched, told_by_url
from polcmp.store.layout import MANIFEST, PARTS, Manifest, is_begun, is_store, read_manifest
from polcmp.store.question import Question
from polcmp.store.reader import Store, opened
from polcmp.store.remote import is_remote, local_path
from polcmp.store.summary import SummaryLost
from polcmp.store.writer import is_ours


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a store, in the words of the person who asks.

    Attributes:
        taxonomy: sha256 of a taxonomy that was named; ``""`` for none.
        settings: settings that were given; None for none.
        quotations: as `Question.evidence`.
        quotations_in_all: as `Question.evidence_in_all`.
        document: name, path or part of a name of the one document to keep.
    """

    regions: Sequence[str] = ()
    measures: Sequence[str] = ()
    statuses: Sequence[str] = ()
    min_score: float | None = None
    taxonomy: str = ""
    settings: dict[str, object] | None = None
    rows: RowOptions = AS_THEY_COME
    quotations: int = -1
    quotations_in_all: int = -1
    document: str = ""


def store_among(inputs: Sequence[str]) -> Path | None:
    """The store among the inputs, None when there is none; of one at a URL a copy on this machine.

    Raises:
        UsageError: P416 there is something beside it; P452 it has lost its manifest; as for
            `polcmp.store.fetched.fetched`.
    """
    stores = [one for one in inputs if is_remote(one) or _is_here(one)]
    if stores and len(inputs) > 1:
        raise UsageError(
            "a store is compared by itself",
            code="P416",
            where=stores[0],
            hint="Scan everything into one store, or name the store alone.",
        )
    if not stores:
        return None
    return fetched(stores[0]) if is_remote(stores[0]) else Path(local_path(stores[0]))


def _is_here(name: str) -> bool:
    """Whether an input is a store on this machine.

    Raises:
        UsageError: P452 it was one, and has no manifest any more: its parts must not be read as documents; or
            a scan has only begun.
    """
    try:
        folder = Path(local_path(name))
    except UsageError:  # not even a path; whoever reads documents says so
        return False
    if name == "-" or is_store(folder):
        return name != "-"
    if is_begun(folder):
        hint = "Wait for its first part, or run the scan again if it has ended."
        message = "a scan has begun here and has committed nothing so far"
        raise UsageError(message, code="P452", where=name, hint=hint)
    try:
        lost = not (folder / MANIFEST).exists() and any(
            is_ours(one.name) for one in (folder / PARTS).iterdir()
        )
    except OSError:
        return False
    if not lost:
        return False
    raise UsageError(
        "this store has lost its manifest.json",
        code="P452",
        where=name,
        hint=f"Put it back, or scan again: polcmp scan CORPUS -o {name} --restart.",
    )


def compare_store(folder: Path, wanted: Wanted) -> Result:
    """The comparison of what a scan found; no document is read.

    Raises:
        UsageError: P402 to P406 names that fit nothing, P413 the extra is missing, P414 no such page, P417
            the store was made with another taxonomy or other settings, P418 with a higher cut-off, P451 to
            P453 the store cannot be read, P456 too little memory.
    """
    with told_by_url():
        try:
            comparison = _answered(folder, wanted)
        except SummaryLost:  # a scan has put another one in its place, or it is damaged
            comparison = _answered(folder, wanted, summary=False)
    results = _results(comparison) if wanted.quotations < 0 else ()
    options = _reading_of(folder) if comparison.documents else DEFAULT_OPTIONS
    sources = {one.name: Source(one.name, one.path, options=options) for one in comparison.documents}
    return Result(comparison, results, sources, (str(folder / "manifest.json"),), store=str(folder))


def _reading_of(folder: Path) -> ReadOptions:
    """How the documents of a store were read, so that one that is read again has the same text."""
    return ReadOptions(encoding=str(read_manifest(folder).reading.get("encoding") or ""))


def _answered(folder: Path, wanted: Wanted, *, summary: bool = True) -> Comparison:
    with opened(folder, summary=summary) as store:
        _check(store.manifest, folder, wanted)
        return answer(store, _question(store, wanted))


def compare_as_asked(
    folder: Path,
    kept: tuple[Sequence[str], Sequence[str], Sequence[str]],
    taxonomy: str,
    min_score: float | None,
    settings: Settings | None,
    rows: RowOptions | None,
    quotations: tuple[int, int],
    reading: ReadOptions | None = None,
) -> Result:
    """`compare_store` with the arguments of `polcmp.compare`.

    Args:
        folder: the store.
        kept: names of regions, measures and statuses.
        taxonomy: as in `Wanted`.
        min_score: as for `polcmp.compare`.
        settings: as for `polcmp.compare`.
        rows: as for `polcmp.compare`.
        quotations: of each cell and in all, as in `Wanted`.
        reading: how documents were asked to be read.

    Raises:
        UsageError: P407 a number out of its range; P462 documents were asked to be read in a certain way; as
            for `compare_store`.
    """
    _check_reading(folder, reading or DEFAULT_OPTIONS)
    given, low = None, None
    if settings or min_score is not None:
        low = checked(settings, min_score).min_score
    if settings:
        given = {name: getattr(settings, name) for name in Settings.__slots__}
    return compare_store(folder, Wanted(*kept, low, taxonomy, given, rows or AS_THEY_COME, *quotations))


def _question(store: Store, wanted: Wanted) -> Question:
    """The same with the names that the store uses."""
    manifest = store.manifest
    regions = list_regions(store) if wanted.regions else ()
    return Question(
        regions=tuple(dict.fromkeys(find_region(name, regions, "-r") for name in wanted.regions)),
        measures=tuple(
            dict.fromkeys(find_measure(name, manifest.measures, "-m") for name in wanted.measures)
        ),
        statuses=tuple(dict.fromkeys(find_status(name, STATUSES) for name in wanted.statuses)),
        min_score=wanted.min_score,
        document=_document(store, wanted.document) if wanted.document else "",
        rows=find_rows(wanted.rows, manifest.measures),
        evidence=wanted.quotations,
        evidence_in_all=wanted.quotations_in_all,
    )


def _document(store: Store, name: str) -> str:
    """The one document that a name, path or part of a name fits.

    Raises:
        UsageError: P411 none or several do.
    """
    for test in ("? IN (document, path)", "parse_filename(path) = ?", "contains(document, ?)"):
        sql = f"SELECT document FROM documents WHERE {test} ORDER BY document LIMIT 9"
        fitting = [one for (one,) in store.run(sql, (name,))]
        if len(fitting) == 1:
            return str(fitting[0])
        if fitting:
            break
    some = fitting or [one for (one,) in store.run("SELECT document FROM documents ORDER BY ALL LIMIT 8")]
    problem = "several documents fit" if fitting else "there is no document"
    raise UsageError(f"{problem} {name!r}", code="P411", hint=f"Name one of: {', '.join(some[:8])} …")


def _check(manifest: Manifest, folder: Path, wanted: Wanted) -> None:
    """Refuse what the scan has settled otherwise."""
    if wanted.taxonomy and wanted.taxonomy != manifest.taxonomy.sha256:
        raise _settled(folder, "another taxonomy", "--taxonomy")
    for name, value in (wanted.settings or {}).items():
        if name != "min_score" and manifest.settings.get(name) != value:
            raise _settled(folder, f"{name} {manifest.settings.get(name)!r}", f"Settings.{name}")
    scanned = manifest.settings.get("min_score")
    if wanted.min_score is not None and isinstance(scanned, int | float) and wanted.min_score < scanned:
        raise UsageError(
            f"this store was scanned with the cut-off {scanned:g}: lower scores were not looked for",
            code="P418",
            where="--min-score",
            hint=f"Scan again with --min-score {wanted.min_score:g} into another directory; this store has "
            f"{scanned:g} and more.",
        )


_READING = {
    "encoding": "--encoding",
    "region_from": "--region-from",
    "limits": "--limit",
    "columns": "--text-column",
}
"""Options of `ReadOptions` by the options of the command line that set them."""


def _check_reading(folder: Path, reading: ReadOptions) -> None:
    """Refuse options that would change how documents are read: no document is."""
    asked = [option for name, option in _READING.items() if _differs(reading, name)]
    if asked:
        some = asked[0] if len(asked) == 1 else "them"
        raise UsageError(
            f"{', '.join(asked)} cannot act on a store: its documents were read when it was made",
            code="P462",
            where=str(folder),
            hint=f"Leave {some} out, or scan with {some} into another directory: polcmp scan CORPUS -o DIR.",
        )


def _differs(reading: ReadOptions, name: str) -> bool:
    return bool(getattr(reading, name) != getattr(DEFAULT_OPTIONS, name))


def _settled(folder: Path, made_with: str, where: str) -> UsageError:
    return UsageError(
        f"this store was made with {made_with}",
        code="P417",
        where=where,
        hint=f"Leave it out to compare what is in {folder}, or scan again into another directory.",
    )


def _results(comparison: Comparison) -> tuple[DocumentResult, ...]:
    """The documents one by one."""
    mentions = {name: tuple(some) for name, some in groupby(comparison.mentions, lambda one: one.document)}
    dropped = {name: tuple(some) for name, some in groupby(comparison.dropped, lambda one: one.document)}
    return tuple(
        DocumentResult(one, mentions.get(one.name, ()), dropped.get(one.name, ()))
        for one in comparison.documents
    )


def sentences(folder: Path, region: str, measure: str) -> dict[str, str]:
    """Texts of a cell's documents, empty but for the sentences of its mentions, which stand at their places.

    Raises:
        UsageError: as for `compare_store`.
    """
    sql = "SELECT document, sentence_start, sentence_text FROM mentions WHERE region = ? AND measure = ?"
    texts: dict[str, list[str]] = {}
    with opened(folder) as store:
        for document, start, text in store.run(sql, (region, measure)):
            characters = texts.setdefault(document, [])
            characters += " " * (start + len(text) - len(characters))
            characters[start : start + len(text)] = text
    return {document: "".join(characters) for document, characters in texts.items()}
