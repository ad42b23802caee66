"""Options that several commands share, so that they mean the same everywhere. Only typer is imported."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


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


Documents = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[DOCUMENTS]...",
        help="Files, folders, globs, - for standard input, @list.txt. "
        "Default: ./seeds, else the packaged sample.",
    ),
]
DocumentsOption = Annotated[
    list[str] | None,
    typer.Option(
        "-d", "--documents", metavar="PATH", help="Documents to read; as for `compare`. Repeatable."
    ),
]
TaxonomyFile = Annotated[
    Path | None,
    typer.Option(
        "-t", "--taxonomy", metavar="FILE", help="Taxonomy. Default: ./measures.yaml, else the packaged one."
    ),
]
Regions = Annotated[
    list[str] | None, typer.Option("-r", "--region", metavar="NAME", help="Keep this region. Repeatable.")
]
Measures = Annotated[
    list[str] | None, typer.Option("-m", "--measure", metavar="NAME", help="Keep this measure. Repeatable.")
]
Statuses = Annotated[
    list[str] | None,
    typer.Option(
        "-s",
        "--status",
        metavar="STATUS",
        help="Keep mentions of this status: implemented, planned, called_for, lacking. Repeatable.",
    ),
]
MinScore = Annotated[
    float | None, typer.Option("--min-score", metavar="0..1", help="Lowest score of a mention that counts.")
]
OutputFormat = Annotated[
    Format | None,
    typer.Option("-f", "--format", help="Format; by default by the ending of --output, else a table."),
]
Json = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write there instead of to standard output."),
]
Language = Annotated[Lang, typer.Option("--lang", help="Language of labels.")]
Bom = Annotated[
    bool | None,
    typer.Option(
        "--bom/--no-bom",
        help="Begin csv and tsv with a byte order mark, by which Excel knows UTF-8. Default: in files, not "
        "on standard output.",
    ),
]
RowsOption = Annotated[Rows, typer.Option("--rows", help="What stands in the rows of the matrix.")]
Evidence = Annotated[
    int, typer.Option("--evidence", metavar="N", min=-1, help="Quotations for each filled cell; -1 for all.")
]
RowsBy = Annotated[
    By, typer.Option("--by", help="What a row stands for: documents of one region, province … or year.")
]
Sort = Annotated[
    str,
    typer.Option(
        "--sort",
        metavar="ORDER",
        help="Order of the rows: documents, mentions, name, first (date first reported), or a measure.",
    ),
]
Top = Annotated[
    int | None, typer.Option("--top", metavar="N", min=0, help="Only the first N rows; 0 for all.")
]
Page = Annotated[int | None, typer.Option("--page", metavar="N", min=1, help="The N-th page of rows.")]
PageSize = Annotated[
    int | None, typer.Option("--page-size", metavar="N", min=1, help="Rows of a page. Default: 20.")
]
RatesOption = Annotated[
    bool,
    typer.Option("--rates", help="Mentions per document and per 10,000 characters outside boilerplate."),
]
First = Annotated[
    bool, typer.Option("--first", help="Date of the earliest document that reports a measure as implemented.")
]
Encoding = Annotated[
    str,
    typer.Option(
        "--encoding", metavar="NAME", help="Encoding of all documents, such as gb18030. Default: found."
    ),
]
RegionFrom = Annotated[
    str,
    typer.Option(
        "--region-from",
        metavar="REGEX",
        help="Take the region of a document from its path: the first group of this regular expression, "
        "as in 'reports/([^/]+)/'. What a sidecar or the document states goes first.",
    ),
]
Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=NUMBER",
        help="Raise or lower a limit of what a document may cost, as in file_bytes=200M. Repeatable.",
    ),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No warnings and no progress on standard error.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Say more on standard error.")]
