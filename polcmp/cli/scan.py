"""`polcmp scan`: a corpus of any size into a store."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from polcmp.cli import options as o
from polcmp.cli.help import OUTPUT
from polcmp.cli.output import fail, note, payload, tell, warn
from polcmp.cli.session import MOST_ERRORS, SOME_FAILED

if TYPE_CHECKING:
    from polcmp.scan import ScanReport

WORK = "Work"
"""Panel of options on how the scan goes."""

Corpus = Annotated[
    list[str],
    typer.Argument(
        metavar="CORPUS",
        help="Folders, files, globs, @list.txt; .jsonl .csv .tsv .parquet (one document a record); .zip .tar "
        ".tar.gz .tgz .gz (read as streams, never unpacked); URLs of object stores (s3://bucket/**).",
        show_default=False,
    ),
]
Store = Annotated[
    str,
    typer.Option(
        "-o",
        "--output",
        metavar="DIR",
        help="Directory of the store, or a URL (s3://bucket/folder); made if it is not there.",
        rich_help_panel=OUTPUT,
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        help="Processes that read. Default: one for each processor; 0: no other process. A cluster uses "
        "all it has.",
        rich_help_panel=WORK,
    ),
]
Prune = Annotated[
    bool,
    typer.Option("--prune", help="Take out documents that the corpus no longer has.", rich_help_panel=WORK),
]
Restart = Annotated[
    bool,
    typer.Option(
        "--restart", help="Throw away what the store holds, and begin afresh.", rich_help_panel=WORK
    ),
]

Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="What reads: pool, processes of this machine (default), or daft, here or on a Ray cluster; the "
        "store is the same.",
        rich_help_panel=WORK,
    ),
]
Address = Annotated[
    str,
    typer.Option(
        "--address",
        metavar="ADDRESS",
        help="Ray cluster for daft: ray://HOST:10001, HOST:6379 on a machine of the cluster, or auto.",
        rich_help_panel=WORK,
    ),
]


def _column(of: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{of}-column",
        metavar="NAME",
        help=f"Column or key of a record's {of}.",
        rich_help_panel="Records",
    )
    return option


def scan(
    corpus: Corpus,
    output: Store,
    taxonomy: o.TaxonomyFile = None,
    min_score: o.MinScore = None,
    workers: Workers = None,
    text_column: Annotated[str, _column("text")] = "text",
    id_column: Annotated[str, _column("id")] = "id",
    region_column: Annotated[str, _column("region")] = "region",
    date_column: Annotated[str, _column("date")] = "date",
    title_column: Annotated[str, _column("title")] = "title",
    encoding: o.Encoding = "",
    region_from: o.RegionFrom = "",
    limit: o.Limit = None,
    prune: Prune = False,
    restart: Restart = False,
    engine: Engine = "",
    address: Address = "",
    json: Annotated[
        bool, typer.Option("--json", help="Print the counts as JSON.", rich_help_panel=OUTPUT)
    ] = False,
    lang: o.Language = o.Lang.en,
    quiet: o.Quiet = False,
) -> None:
    r"""Read a corpus of any size into a store, on all processors.

    Needs pip install 'polcmp\[scan]'.

    What is read is committed part by part: a scan that was stopped, even by force, goes on where it stood
    when it is started again, and a later one reads only what is new or has changed.

    Examples:
      polcmp scan reports/ -o store
      polcmp scan 2021.zip 2022.tar.gz -o store --workers 8
      polcmp scan national.jsonl --text-column content -o store
      polcmp scan reports/ -o store --prune
      polcmp scan reports/ -o store --engine daft --address ray://head:10001

    Exit codes: 0 done; 2 usage, taxonomy or input error; 3 some documents could not be read; 130 stopped, 143
    by SIGTERM.
    """
    from polcmp.load.source import Columns, ReadOptions
    from polcmp.settings import limits_of

    columns = Columns(text_column, id_column, region_column, date_column, title_column)
    reading = ReadOptions(encoding, region_from, limits_of(limit or ()), columns)
    asked: dict[str, Any] = {
        "taxonomy": taxonomy,
        "min_score": min_score,
        "options": reading,
        "workers": workers,
    }
    asked |= {"engine": engine, "address": address, "restart": restart, "prune": prune}
    report = _scanned(corpus, output, quiet, **asked)
    _tell(report, json=json, quiet=quiet, prune=prune)


def _scanned(corpus: list[str], output: str, quiet: bool, **asked: Any) -> ScanReport:
    """The scan, with its progress, and a word on how to go on if it is stopped."""
    from polcmp.cli.scan_progress import ScanLine
    from polcmp.scanned import scan_corpus

    try:
        with ScanLine(quiet) as line:
            return scan_corpus(corpus, output, progress=line, **asked)
    except Exception:
        raise
    except BaseException:  # Ctrl-C or SIGTERM, by whatever name
        if _has_parts(output):
            tell(f"what was committed stays in {output}. The same command goes on from there.")
        else:
            tell("nothing was committed yet. The same command begins anew.")
        raise


def _has_parts(output: str) -> bool:
    """Whether a store holds what was committed; of one at a URL that is not asked."""
    from pathlib import Path

    from polcmp.store.layout import part_ids
    from polcmp.store.remote import is_path, local_path

    return not is_path(output) or bool(part_ids(Path(local_path(output))))


def _tell(report: ScanReport, *, json: bool, quiet: bool, prune: bool) -> None:
    """The counts, what is the matter, and the exit code."""
    from shlex import quote  # start-up need not wait for it

    if json:
        from json import dumps

        payload(dumps(_row(report), ensure_ascii=False, indent=2) + "\n")
    for error in (*report.errors[:MOST_ERRORS], *report.failures):
        fail(error.path, error.code, error.message, error.hint)
    if not quiet:
        for one in report.warnings:
            warn(one)
        for one in report.damaged:
            warn(f"part {one}; its documents were read again")
        note(summary(report))
        shown_by = f"polcmp compare {quote(report.output)}"
        if report.warned == 1:
            warn(f"1 of the documents read has warnings: {shown_by}")
        elif report.warned:
            warn(f"{report.warned:,} of the documents read have warnings: {shown_by}")
        _tell_vanished(report, prune=prune)
        failed = report.failed + report.standing + len(report.errors)
        if failed > len(report.failures) + min(len(report.errors), MOST_ERRORS):
            _tell_unread(failed, f"{shown_by} --json --top 1")
    if report.failed or report.standing or report.errors:
        raise typer.Exit(SOME_FAILED)


def _tell_unread(failed: int, command: str) -> None:
    """How many documents could not be read, and the command that shows why."""
    if failed == 1:
        warn(f'1 could not be read; its reason, under "errors": {command}')
    else:
        warn(f'{failed:,} could not be read; all of them with their reasons, under "errors": {command}')


def _tell_vanished(report: ScanReport, *, prune: bool) -> None:
    """What the store has and the corpus has not."""
    if not report.vanished or report.removed:
        return
    why = " (not while an input cannot be read)" if prune else ""
    if report.vanished == 1:
        warn("1 in the store is not in this corpus; --prune takes it out" + why)
    else:
        gone = f"{report.vanished:,} in the store are not in this corpus"
        warn(f"{gone}; --prune takes them out{why}")


def summary(report: ScanReport) -> str:
    """One line: what the scan did."""
    read = f"{report.documents:,} document{'s' * (report.documents != 1)} read, {report.mentions:,} mention"
    read += "s" * (report.mentions != 1)
    counts = ((report.failed, "failed"), (report.unchanged, "unchanged"), (report.removed, "removed"))
    more = "".join(f", {number:,} {word}" for number, word in counts if number)
    return f"{read}{more}; store: {report.output}"


def _row(report: ScanReport) -> dict[str, object]:
    rows = {name: [one._asdict() for one in getattr(report, name)] for name in ("failures", "errors")}
    return {**asdict(report), **rows}
