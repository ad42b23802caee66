"""`polcmp compare`: the matrix."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polcmp.cli import options as o
from polcmp.cli import session
from polcmp.cli.endings import by_ending, named
from polcmp.cli.help import OUTPUT
from polcmp.cli.output import is_stdout, payload, refuse_terminal, tell, warn
from polcmp.errors import UsageError

if TYPE_CHECKING:
    from polcmp.model.comparison import Comparison
    from polcmp.render import RenderOptions

FOUND = 1
"""Exit code when `--fail-on` finds what it was asked to find."""

FOR_READING = ("table", "md", "html", "tex")
"""Formats that show as many rows as can be read, and of a store need only those."""

LISTS = ("csv", "tsv", "jsonl")
"""Formats that list mentions and have no rows of a matrix."""

QUOTED_IN_MARKDOWN = 3
"""Quotations of a cell that Markdown shows unasked (`polcmp.render.options.EVIDENCE`)."""

WITH_MARK = ("csv", "tsv")
"""Formats that spreadsheet programs take for UTF-8 only if a byte order mark goes before them."""

HINT = (
    f"Formats: {', '.join(one.value for one in o.Format)}. Choose one by the ending of --output, "
    "or with --format."
)

Schema = Annotated[
    bool,
    typer.Option(
        "--schema", help="Print the JSON Schema of the JSON output and stop.", rich_help_panel=OUTPUT
    ),
]


def compare(
    documents: o.Documents = None,
    taxonomy: o.TaxonomyFile = None,
    region: o.Regions = None,
    measure: o.Measures = None,
    status: o.Statuses = None,
    min_score: o.MinScore = None,
    format: o.OutputFormat = None,
    json: o.Json = False,
    output: o.Output = None,
    evidence: o.Evidence = 0,
    rows: o.RowsOption = o.Rows.auto,
    by: o.RowsBy = o.By.region,
    sort: o.Sort = "",
    top: o.Top = None,
    page: o.Page = None,
    page_size: o.PageSize = None,
    rates: o.RatesOption = False,
    first: o.First = False,
    lang: o.Language = o.Lang.en,
    bom: o.Bom = None,
    fail_on: o.FailOnOption = None,
    schema: Schema = False,
    encoding: o.Encoding = "",
    region_from: o.RegionFrom = "",
    limit: o.Limit = None,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    """Set the regions side by side: which measure does each carry out, plan, call for or lack?

    Examples:
      polcmp compare
      polcmp compare reports/ --evidence 2
      polcmp compare a.txt b.txt --lang zh
      polcmp compare -m dividend -r 聂荣县 -o table.md
      polcmp compare reports/ -o comparison.xlsx
      polcmp compare --json | jq '.cells[]'
      polcmp compare store/ --by province --rates

    Exit codes: 0 done; 1 --fail-on found something; 2 usage, taxonomy or input error; 3 some documents
    failed.
    """
    if schema:
        return _print_schema(output, taxonomy)
    chosen = _chosen(format, json, output, bom, quiet)
    wanted = session.row_options(by.value, sort, (top, page, page_size), rates, first, chosen in FOR_READING)
    if chosen in LISTS and not quiet:
        part = top is not None or page is not None or page_size is not None
        _tell_idle(chosen, rates, first, sort and not part, by != o.By.region and not part)
    kept = (documents, taxonomy, region, measure, status, min_score, quiet, verbose)
    quoted = quotations(chosen, evidence)
    request = session.Request(*kept, encoding, region_from, limit, quoted, wanted)
    result = session.run(request)
    looks = session.looks(lang.value, evidence, rows.value, output)
    data = _rendered(result.comparison, chosen, looks, not is_stdout(output) if bom is None else bom)
    payload(data, output, inputs=session.inputs(result, request))
    session.report(result, request)
    _fail(result.comparison, fail_on or [], quiet)
    return session.finish(result)


def quotations(format: str, evidence: int) -> int:
    """How many quotations of a cell a format shows; -1: it needs everything.

    Args:
        format: name.
        evidence: as asked for; -1 for all.
    """
    if format not in FOR_READING:
        return -1
    if evidence < 0:
        return sys.maxsize
    return evidence or (QUOTED_IN_MARKDOWN if format == "md" else 0)


def _chosen(format: o.Format | None, json: bool, output: Path | None, bom: bool | None, quiet: bool) -> str:
    """The format asked for, by option or by the ending of the file.

    Raises:
        UsageError: P412 the ending promises another, P430 it is not for a terminal, P433 it has no place
            for a byte order mark, P443 two options name two formats.
    """
    formats = [one.value for one in o.Format]
    if json and format not in (None, o.Format.json):
        raise UsageError(
            f"--json and --format {format} name two formats",
            code="P443",
            where="--json",
            hint="Give one of them.",
        )
    if json or format:
        option = "--json" if json else "--format"
        chosen = named(format.value if format else "json", option, output, quiet)
    else:
        chosen = by_ending(output, formats, "table", HINT)
    if chosen == o.Format.xlsx.value:
        refuse_terminal(chosen, output, "comparison.xlsx")
    if bom and chosen not in WITH_MARK:
        raise UsageError(
            f"{chosen} has no place for a byte order mark",
            code="P433",
            where="--bom",
            hint=f"It goes with {' and '.join(WITH_MARK)}.",
        )
    return chosen


def _tell_idle(format: str, *given: object) -> None:
    """A warning about options that a list of mentions has no place for.

    Args:
        format: one of `LISTS`.
        given: whether each of --rates, --first, --sort and --by was given and changes nothing.
    """
    names = ("--rates", "--first", "--sort", "--by")
    idle = ", ".join(name for name, one in zip(names, given, strict=True) if one)
    if idle:
        others = ", ".join(one.value for one in o.Format if one.value not in LISTS)
        warn(f"no effect on {format}, which lists mentions: {idle}; of use with {others}")


def _rendered(comparison: Comparison, format: str, looks: RenderOptions, bom: bool) -> bytes:
    from polcmp.render import render_bytes  # engines are imported by the commands that need them

    return render_bytes(comparison, format, looks, bom=bom and format in WITH_MARK)


def _print_schema(output: Path | None, taxonomy: Path | None) -> None:
    from polcmp.render.schema import compare_schema

    payload(compare_schema(), output, inputs=[session.taxonomy_file(taxonomy)])


def _fail(comparison: Comparison, wanted: list[o.FailOn], quiet: bool) -> None:
    """Leave with `FOUND` if what was asked for is there, and say what it is."""
    found = [one for one in dict.fromkeys(wanted) if _tell_found(comparison, one, quiet)]
    if found:
        raise typer.Exit(FOUND)


def _tell_found(comparison: Comparison, wanted: o.FailOn, quiet: bool) -> bool:
    """Whether `wanted` is there; with a line that counts it and names the first, unless `quiet`."""
    if wanted == o.FailOn.warning:
        n = len(comparison.warnings) + sum(len(one.warnings) for one in comparison.documents)
        if n and not quiet:
            tell(f"--fail-on warning: {n:,} warning{'s' * (n != 1)}")
        return n > 0
    from polcmp.render.labels import region_label, row_kind

    status = "lacking" if wanted == o.FailOn.lacking else ""
    cells = [cell for cell in comparison.cells if cell.status == status]
    if cells and not quiet:
        n, kind = len(cells), status or "empty"
        first = f"{region_label(cells[0].region, 'en', row_kind(comparison))} × {cells[0].measure}"
        tell(f"--fail-on {kind}: {n:,} {kind} cell{'s' * (n != 1)}, first {first}")
    return bool(cells)
