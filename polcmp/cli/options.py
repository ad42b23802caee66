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


class Lang(StrEnum):
    """Languages of labels."""

    en = "en"
    zh = "zh"


class Rows(StrEnum):
    """What stands in the rows of the matrix."""

    auto = "auto"
    measures = "measures"
    regions = "regions"


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
RowsOption = Annotated[Rows, typer.Option("--rows", help="What stands in the rows of the matrix.")]
Evidence = Annotated[
    int, typer.Option("--evidence", metavar="N", min=-1, help="Quotations for each filled cell; -1 for all.")
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No warnings and no progress on standard error.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Say more on standard error.")]
