"""`polcmp compare`: the matrix."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polcmp.cli import options as o
from polcmp.cli import session
from polcmp.cli.output import payload
from polcmp.errors import UsageError

if TYPE_CHECKING:
    from polcmp.model.comparison import Comparison
    from polcmp.render import RenderOptions

FOUND = 1
"""Exit code when `--fail-on` finds what it was asked to find."""

OTHER_FORMATS = (
    *("html", "htm", "xhtml", "xml", "xls", "xlsx", "ods", "doc", "docx", "odt", "rtf", "pdf", "tex"),
    *("yaml", "yml", "toml", "parquet", "feather", "arrow", "sqlite", "db", "png", "svg", "zip", "gz"),
)
"""Endings that promise a format which is not written: a table under such a name would open nowhere."""

FailOnOption = Annotated[
    list[o.FailOn] | None,
    typer.Option(
        "--fail-on",
        help="Exit with 1 if there is a warning, an empty cell, or a cell whose best status is lacking. "
        "Repeatable.",
    ),
]
Schema = Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of the JSON output and stop.")]


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
    lang: o.Language = o.Lang.en,
    fail_on: FailOnOption = None,
    schema: Schema = False,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    """Set the regions side by side: which measure does each carry out, plan, call for or lack?

    Examples: `polcmp compare reports/`; `polcmp compare a.txt b.txt --evidence 2`;
    `polcmp compare --json | jq '.cells[]'`; `polcmp compare -m dividend -r 聂荣县 -o table.md`.
    """
    if schema:
        return _print_schema(output, taxonomy)
    chosen = "json" if json else format.value if format else _by_suffix(output)
    request = session.Request(documents, taxonomy, region, measure, status, min_score, quiet, verbose)
    result = session.run(request)
    text = _rendered(result.comparison, chosen, session.looks(lang.value, evidence, rows.value, output))
    payload(text, output, inputs=session.inputs(result, request), bom=chosen in ("csv", "tsv"))
    session.report(result, request)
    _fail(result.comparison, fail_on or [])
    return session.finish(result)


def _rendered(comparison: Comparison, format: str, looks: RenderOptions) -> str:
    from polcmp.render import render  # engines are imported by the commands that need them

    return render(comparison, format, looks)


def _by_suffix(output: Path | None) -> str:
    """The format that a file's ending names; a table when it names none.

    Raises:
        UsageError: P412 it names one that is not written.
    """
    suffix = output.suffix.lstrip(".").lower() if output else ""
    if suffix in OTHER_FORMATS:
        known = ", ".join(one.value for one in o.Format)
        raise UsageError(
            f"{suffix} is not a format that is written",
            code="P412",
            where=str(output),
            hint=f"Formats: {known}. Choose one by the ending of --output, or with --format.",
        )
    return suffix if suffix in {one.value for one in o.Format} else "table"


def _print_schema(output: Path | None, taxonomy: Path | None) -> None:
    from polcmp.render.schema import compare_schema

    payload(compare_schema(), output, inputs=[session.taxonomy_file(taxonomy)])


def _fail(comparison: Comparison, wanted: list[o.FailOn]) -> None:
    found = {
        o.FailOn.warning: bool(comparison.warnings),
        o.FailOn.empty: any(not cell.status for cell in comparison.cells),
        o.FailOn.lacking: any(cell.status == "lacking" for cell in comparison.cells),
    }
    if any(found[one] for one in wanted):
        raise typer.Exit(FOUND)
