"""`polcmp cite`: quotations of a cell, ready for a paper."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from polcmp.cli import options as o
from polcmp.cli import session
from polcmp.cli.choice import offers, one_of
from polcmp.cli.endings import by_ending
from polcmp.cli.help import OUTPUT, SELECTION
from polcmp.cli.output import payload, warn
from polcmp.errors import UsageError


class Style(StrEnum):
    """Styles of citations."""

    footnote = "footnote"
    bibtex = "bibtex"
    gbt7714 = "gbt7714"


StyleOption = Annotated[
    Style | None,
    typer.Option(
        "--style",
        metavar="STYLE",
        parser=one_of(Style, "--style"),
        autocompletion=offers(Style),
        help="One of footnote, bibtex, gbt7714. Default: footnote; bibtex where --output ends with .bib.",
        rich_help_panel=OUTPUT,
    ),
]
Number = Annotated[
    str,
    typer.Option(
        "-n",
        "--number",
        metavar="N|all",
        help="Which mention, in the order of `polcmp why`.",
        rich_help_panel=SELECTION,
    ),
]
Accessed = Annotated[
    str,
    typer.Option(
        "--accessed",
        metavar="DATE",
        help="Day (YYYY-MM-DD) on which you read an online source.",
        rich_help_panel=OUTPUT,
    ),
]


def cite(
    region: o.RegionName,
    measure: o.MeasureName,
    number: Number = "1",
    style: StyleOption = None,
    accessed: Accessed = "",
    documents: o.DocumentsOption = None,
    taxonomy: o.TaxonomyFile = None,
    min_score: o.MinScore = None,
    output: o.Output = None,
    lang: o.Language = o.Lang.en,
    encoding: o.Encoding = "",
    region_from: o.RegionFrom = "",
    limit: o.Limit = None,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    """Cite the words behind a cell: quotation, title, source, date, offsets and sha256.

    Examples:
      polcmp cite 聂荣县 joint_committee
      polcmp cite nierong joint -n all -o notes.md
      polcmp cite alashan dividend --style gbt7714 -d reports/

    Exit codes: 0 done; 2 usage, taxonomy or input error; 3 some documents failed.
    """
    named = by_ending(output, ("md", "bib", "txt"), "txt", "Name it .md, .bib or .txt.")
    chosen = style or (Style.bibtex if named == "bib" else Style.footnote)
    if named == "bib" and chosen != Style.bibtex and not quiet:
        warn(f"--style writes {chosen} into a file that ends in .bib", str(output))
    which = _which(number)
    request = session.Request(
        documents,
        taxonomy,
        min_score=min_score,
        quiet=quiet,
        verbose=verbose,
        encoding=encoding,
        region_from=region_from,
        limits=limit,
    )
    result = session.run(request)
    text = result.cite(region, measure, which, style=chosen.value, accessed=accessed, lang=lang.value)
    payload(text, output, inputs=session.inputs(result, request))
    session.report(result, request, whole=False)
    session.finish(result)


def _which(number: str) -> int:
    """The number of a mention; 0 for all.

    Raises:
        UsageError: P434 it is neither.
    """
    if number.lower() == "all":
        return 0
    if number.isdecimal() and int(number) > 0:
        return int(number)
    raise UsageError(
        f"{number!r} is no number of a mention", code="P434", where="-n", hint="Give 1, 2 … or all."
    )
