"""`polcmp plot`: drawings of a comparison."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from polcmp.cli import options as o
from polcmp.cli import session
from polcmp.cli.choice import offers, one_of
from polcmp.cli.endings import by_ending, named
from polcmp.cli.help import OUTPUT
from polcmp.cli.output import payload, refuse_terminal


class Kind(StrEnum):
    """Drawings that there are."""

    heatmap = "heatmap"
    similarity = "similarity"
    figures = "figures"
    timeline = "timeline"


class PlotFormat(StrEnum):
    """Formats of drawings."""

    svg = "svg"
    png = "png"
    pdf = "pdf"


KindArgument = Annotated[
    Kind,
    typer.Argument(
        metavar="KIND",
        parser=one_of(Kind, "KIND"),
        autocompletion=offers(Kind),
        help="heatmap: the matrix; similarity: which regions use the same measures; figures: leading figures "
        "by measure and unit; timeline: mentions by date.",
    ),
]
FormatOption = Annotated[
    PlotFormat | None,
    typer.Option(
        "-f",
        "--format",
        metavar="FORMAT",
        parser=one_of(PlotFormat, "--format"),
        autocompletion=offers(PlotFormat),
        help="One of svg, png, pdf. Default: by the ending of --output, else svg.",
        rich_help_panel=OUTPUT,
    ),
]
Font = Annotated[
    str,
    typer.Option(
        "--font",
        metavar="NAME|FILE",
        help="Font with Chinese characters. Default: one is found.",
        rich_help_panel=OUTPUT,
    ),
]


def plot(
    kind: KindArgument,
    documents: o.Documents = None,
    taxonomy: o.TaxonomyFile = None,
    region: o.Regions = None,
    measure: o.Measures = None,
    status: o.Statuses = None,
    min_score: o.MinScore = None,
    format: FormatOption = None,
    output: o.Output = None,
    lang: o.Language = o.Lang.en,
    font: Font = "",
    encoding: o.Encoding = "",
    region_from: o.RegionFrom = "",
    limit: o.Limit = None,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    r"""Draw the comparison, as svg, png or pdf.

    Needs pip install 'polcmp\[plot]' (matplotlib).

    Examples:
      polcmp plot heatmap reports/ -o matrix.png
      polcmp plot similarity > similarity.svg
      polcmp plot figures -m dispatch -o figures.svg
      polcmp plot timeline reports/ --lang zh -o timeline.pdf

    Exit codes: 0 done; 2 usage, taxonomy or input error; 3 some documents failed.
    """
    chosen = named(format.value, "--format", output, quiet) if format else _by_ending(output)
    refuse_terminal(chosen, output, f"{kind.value}.{chosen}")
    request = session.Request(
        documents,
        taxonomy,
        region,
        measure,
        status,
        min_score,
        quiet,
        verbose,
        encoding,
        region_from,
        limit,
    )
    result = session.run(request)
    data = result.plot(kind.value, chosen, lang=lang.value, font=font)
    payload(data, output, inputs=session.inputs(result, request))
    session.report(result, request)
    session.finish(result)


def _by_ending(output: Path | None) -> str:
    formats = [one.value for one in PlotFormat]
    return by_ending(output, formats, "svg", f"Drawings are written as {', '.join(formats)}.")
