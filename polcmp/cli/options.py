"""Options that several commands share, so that they mean the same everywhere. No engine is imported."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from polcmp.cli import completion
from polcmp.cli.choice import offers, one_of
from polcmp.cli.help import EXIT, INPUT, MESSAGES, OUTPUT, ROWS, SELECTION
from polcmp.cli.paths import local_file


class Format(StrEnum):
    """Output formats of `compare`."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    tsv = "tsv"
    md = "md"
    html = "html"
    tex = "tex"
    xlsx = "xlsx"


class Lang(StrEnum):
    """Languages of labels."""

    en = "en"
    zh = "zh"


class Rows(StrEnum):
    """What stands in the rows of the matrix."""

    auto = "auto"
    measures = "measures"
    regions = "regions"


class By(StrEnum):
    """What a row of the matrix can stand for."""

    region = "region"
    province = "province"
    city = "city"
    county = "county"
    year = "year"
    month = "month"


class FailOn(StrEnum):
    """Findings that `--fail-on` turns into exit code 1."""

    warning = "warning"
    empty = "empty"
    lacking = "lacking"


def _writable(context: typer.Context, output: Path | None) -> Path | None:
    """Where nothing can be written, nothing need be read."""
    from polcmp.cli.output import check_output

    if not context.resilient_parsing:
        check_output(output)
    return output


def _speak(lang: Lang) -> Lang:
    """Messages are in the language of the labels, from here on."""
    from polcmp.cli.output import speak

    speak(lang.value)
    return lang


Documents = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="DOCUMENTS",
        help="Files, folders, globs, - for standard input, @list.txt, or a store that `polcmp scan` made. "
        "Default: ./seeds, else the packaged sample.",
        show_default=False,
    ),
]
DocumentsOption = Annotated[
    list[str] | None,
    typer.Option(
        "-d",
        "--documents",
        metavar="PATH",
        help="Documents to read: a file, folder, glob, -, @list.txt or store. Repeatable. "
        "Default: ./seeds, else the packaged sample.",
        rich_help_panel=INPUT,
    ),
]
RegionName = Annotated[
    str,
    typer.Argument(
        metavar="REGION", help="Region, by any name that only it has.", autocompletion=completion.regions
    ),
]
MeasureName = Annotated[
    str,
    typer.Argument(
        metavar="MEASURE", help="Measure, by id, name or part of it.", autocompletion=completion.measures
    ),
]
TaxonomyFile = Annotated[
    Path | None,
    typer.Option(
        "-t",
        "--taxonomy",
        metavar="FILE",
        parser=local_file("--taxonomy", "Save it here, as in: --taxonomy measures.yaml."),
        help="Taxonomy. Default: ./measures.yaml, else the packaged one.",
        autocompletion=completion.taxonomies,
        rich_help_panel=INPUT,
    ),
]
Regions = Annotated[
    list[str] | None,
    typer.Option(
        "-r",
        "--region",
        metavar="NAME",
        help="Keep this region. Repeatable.",
        autocompletion=completion.regions,
        rich_help_panel=SELECTION,
    ),
]
Measures = Annotated[
    list[str] | None,
    typer.Option(
        "-m",
        "--measure",
        metavar="NAME",
        help="Keep this measure. Repeatable.",
        autocompletion=completion.measures,
        rich_help_panel=SELECTION,
    ),
]
Statuses = Annotated[
    list[str] | None,
    typer.Option(
        "-s",
        "--status",
        metavar="STATUS",
        help="Keep mentions of this status: implemented, planned, called_for, lacking. Repeatable.",
        autocompletion=completion.statuses,
        rich_help_panel=SELECTION,
    ),
]
MinScore = Annotated[
    float | None,
    typer.Option(
        "--min-score",
        metavar="0..1",
        help="Lowest score of a mention that counts. Default: 0.6.",
        rich_help_panel=SELECTION,
    ),
]
OutputFormat = Annotated[
    Format | None,
    typer.Option(
        "-f",
        "--format",
        metavar="FORMAT",
        parser=one_of(Format, "--format"),
        autocompletion=offers(Format),
        help=f"One of {', '.join(Format)}. Default: by the ending of --output, else table.",
        rich_help_panel=OUTPUT,
    ),
]
Json = Annotated[
    bool, typer.Option("--json", help="Write JSON, as --output FILE.json does.", rich_help_panel=OUTPUT)
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        parser=local_file("--output", "Write it here, as in -o comparison.csv, and copy it there."),
        help="Write there instead of to standard output.",
        rich_help_panel=OUTPUT,
        callback=_writable,
    ),
]
Language = Annotated[
    Lang,
    typer.Option(
        "--lang",
        metavar="en|zh",
        parser=one_of(Lang, "--lang, POLCMP_LANG"),
        autocompletion=offers(Lang),
        envvar="POLCMP_LANG",
        callback=_speak,
        is_eager=True,
        help="Language of labels and messages.",
        rich_help_panel=OUTPUT,
    ),
]
Bom = Annotated[
    bool | None,
    typer.Option(
        "--bom/--no-bom",
        help="Begin csv and tsv with a byte order mark, by which Excel knows UTF-8. Default: in files, not "
        "on standard output.",
        rich_help_panel=OUTPUT,
    ),
]


def _evidence(words: str, *, tells_default: bool) -> Any:
    return typer.Option(
        "--evidence", metavar="N", min=-1, help=words, show_default=tells_default, rich_help_panel=OUTPUT
    )


Evidence = Annotated[int, _evidence("Quotations for each filled cell; -1 for all.", tells_default=True)]
MentionsShown = Annotated[
    int, _evidence("Mentions shown for each filled cell; -1 for all. Default: 3.", tells_default=False)
]
"""Where cells stand one below the other, with 0 for the default: `show`, `why`."""
RowsOption = Annotated[
    Rows,
    typer.Option(
        "--rows",
        metavar="WHAT",
        parser=one_of(Rows, "--rows"),
        autocompletion=offers(Rows),
        help="What stands in the rows of the matrix: measures, regions, or auto, by the width.",
        rich_help_panel=ROWS,
    ),
]
RowsBy = Annotated[
    By,
    typer.Option(
        "--by",
        metavar="WHAT",
        parser=one_of(By, "--by"),
        autocompletion=offers(By),
        help=f"What a row stands for: documents of one {', '.join(list(By)[:-1])} or {list(By)[-1]}.",
        rich_help_panel=ROWS,
    ),
]
Sort = Annotated[
    str,
    typer.Option(
        "--sort",
        metavar="ORDER",
        help="Order of the rows: documents, mentions, name, first (date first reported), or a measure.",
        autocompletion=completion.orders,
        rich_help_panel=ROWS,
    ),
]
Top = Annotated[
    int | None,
    typer.Option("--top", metavar="N", min=0, help="Only the first N rows; 0 for all.", rich_help_panel=ROWS),
]
Page = Annotated[
    int | None,
    typer.Option("--page", metavar="N", min=1, help="The N-th page of rows.", rich_help_panel=ROWS),
]
PageSize = Annotated[
    int | None,
    typer.Option(
        "--page-size", metavar="N", min=1, help="Rows of a page. Default: 20.", rich_help_panel=ROWS
    ),
]
RatesOption = Annotated[
    bool,
    typer.Option(
        "--rates",
        help="Mentions per document and per 10,000 characters outside boilerplate.",
        rich_help_panel=ROWS,
    ),
]
First = Annotated[
    bool,
    typer.Option(
        "--first",
        help="Date of the earliest document that reports a measure as implemented.",
        rich_help_panel=ROWS,
    ),
]
Encoding = Annotated[
    str,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="Encoding of all documents, such as gb18030. Default: found.",
        rich_help_panel=INPUT,
    ),
]
RegionFrom = Annotated[
    str,
    typer.Option(
        "--region-from",
        metavar="REGEX",
        help="Take the region of a document from its path: what the group named region of this regular "
        "expression matched, else its first group that matched anything, as in 'reports/([^/]+)/'. "
        "What a sidecar or the document states goes first.",
        rich_help_panel=INPUT,
    ),
]
Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=NUMBER",
        help="Raise or lower a limit of what a document, sidecar or taxonomy may cost, as in "
        "file_bytes=200M. Repeatable.",
        rich_help_panel=INPUT,
    ),
]
FailOnOption = Annotated[
    list[FailOn] | None,
    typer.Option(
        "--fail-on",
        metavar="FINDING",
        parser=one_of(FailOn, "--fail-on"),
        autocompletion=offers(FailOn),
        help="Exit with 1 if there is a warning, an empty cell (empty), or a cell whose best status is "
        "lacking. Repeatable.",
        rich_help_panel=EXIT,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "-q", "--quiet", help="No warnings and no progress on standard error.", rich_help_panel=MESSAGES
    ),
]
Verbose = Annotated[
    bool, typer.Option("-v", "--verbose", help="Say more on standard error.", rich_help_panel=MESSAGES)
]
