"""`polcmp report`: the comparison as one web page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polcmp.cli import options as o
from polcmp.cli import session
from polcmp.cli.choice import one_of
from polcmp.cli.endings import by_ending
from polcmp.cli.help import OUTPUT, ROWS
from polcmp.cli.output import payload, refuse_terminal
from polcmp.errors import UsageError

if TYPE_CHECKING:
    from polcmp.api import Result
    from polcmp.model.comparison import RowOptions

STORE_QUOTATIONS = 20
"""Most quotations of each cell where a store answers and no number is given: it may hold millions of them."""

PLACES = ("region", "province", "city", "county")
"""What a row of the page can stand for."""

ALL_QUOTATIONS = 30_000
"""Quotations of all cells together, at most, in the same case: of a million mentions in 3,000 regions two a
cell, on a page of less than 15 MB, made in some seconds."""

Title = Annotated[
    str,
    typer.Option(
        "--title",
        metavar="TEXT",
        help="Heading of the page. Default: one made from the regions.",
        rich_help_panel=OUTPUT,
    ),
]
NoTexts = Annotated[
    bool,
    typer.Option(
        "--no-texts",
        help="Leave whole documents out; quotations keep their sentences.",
        rich_help_panel=OUTPUT,
    ),
]
Evidence = Annotated[
    int | None,
    typer.Option(
        "--evidence",
        metavar="N",
        min=-1,
        help="Quotations for each filled cell; -1 for all. "
        f"Default: all, from a store at most {STORE_QUOTATIONS}.",
        rich_help_panel=OUTPUT,
    ),
]


By = Annotated[
    o.By,
    typer.Option(
        "--by",
        metavar="WHAT",
        help=f"What a row stands for: documents of one {', '.join(PLACES[:-1])} or {PLACES[-1]}.",
        parser=one_of(o.By, "--by"),
        autocompletion=lambda incomplete: [one for one in PLACES if one.startswith(incomplete)],
        rich_help_panel=ROWS,
    ),
]


def report(
    documents: o.Documents = None,
    taxonomy: o.TaxonomyFile = None,
    region: o.Regions = None,
    measure: o.Measures = None,
    status: o.Statuses = None,
    min_score: o.MinScore = None,
    output: o.Output = None,
    title: Title = "",
    no_texts: NoTexts = False,
    evidence: Evidence = None,
    by: By = o.By.region,
    lang: o.Language = o.Lang.en,
    encoding: o.Encoding = "",
    region_from: o.RegionFrom = "",
    limit: o.Limit = None,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    r"""Write the comparison as one web page: matrix, quotations, documents.

    Needs pip install 'polcmp\[report]'. The page needs no network and no other file.

    Examples:
      polcmp report reports/ -o report.html
      polcmp report -r 聂荣县 -r 伊金霍洛旗 -o two.html
      polcmp report store/ --lang zh --no-texts -o report.html
      polcmp report store/ --by province -o provinces.html

    Exit codes: 0 done; 2 usage, taxonomy or input error; 3 some documents failed.
    """
    _check(output, by)
    request = session.Request(
        *(documents, taxonomy, region, measure, status, min_score, quiet, verbose),
        *(encoding, region_from, limit),
        quotations=-1 if evidence is None else evidence,
        rows=None if by == o.By.region else _rows(by),
    )
    if session.store_among(documents):
        request = _for_store(request, evidence, by)
    result = _unasked_left_out(session.run(request))
    page = result.report_page(lang=lang.value, title=title, texts=not no_texts, evidence=request.quotations)
    payload(page, output, inputs=session.inputs(result, request))
    session.report(result, request)
    session.finish(result)


def _check(output: Path | None, by: o.By) -> None:
    """Before documents are read: can the page be written where it is to go, with these rows?

    Raises:
        UsageError: P412 the ending promises another format, P430 it would go to a terminal, P442 rows that
            are no places: the page compares places, and has a timeline for dates.
    """
    if by.value not in PLACES:
        hint = f"Known: {', '.join(PLACES)}. For years and months: polcmp compare --by {by.value}."
        raise UsageError("rows of a report are places", code="P442", where="--by", hint=hint)
    by_ending(output, ("html",), "html", "A report is an HTML page: name it .html.")
    refuse_terminal("a web page", output, "report.html")


def _rows(by: o.By) -> RowOptions:
    """Rows with their first reports, which the timeline shows."""
    from polcmp.model.comparison import RowOptions

    return RowOptions(by=by.value, first=True)


def _unasked_left_out(result: Result) -> Result:
    """The result without the warning about first reports: the page has them unasked."""
    from polcmp.matrix.rows import FIRST_LEAVES_OUT

    kept = (one for one in result.comparison.warnings if not one.startswith(FIRST_LEAVES_OUT))
    return replace(result, comparison=replace(result.comparison, warnings=tuple(kept)))


def _for_store(request: session.Request, evidence: int | None, by: o.By) -> session.Request:
    """The same request with first reports, which a store counts, and with quotations that a page can hold."""
    asked = (STORE_QUOTATIONS, ALL_QUOTATIONS) if evidence is None else (evidence, -1)
    return replace(request, quotations=asked[0], quotations_in_all=asked[1], rows=_rows(by))
