"""`polcmp why`: how a cell came about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polcmp.cli import options as o
from polcmp.cli import session
from polcmp.cli.endings import wants_json
from polcmp.cli.help import OUTPUT
from polcmp.cli.output import payload, warn
from polcmp.errors import DocumentError

if TYPE_CHECKING:
    from polcmp.model.explanation import Explanation
    from polcmp.render import RenderOptions
    from polcmp.result import Result

Nearest = Annotated[
    int | None,
    typer.Option(
        "-n",
        "--nearest",
        metavar="N",
        min=0,
        help="Near misses at most. Default: 5 where two mentions or fewer carry the cell, else 0; "
        "with --verbose always 5.",
        rich_help_panel=OUTPUT,
    ),
]
MOST_NEAR = 5

GONE = "P301"
"""Code of the error for a document that is not where it was."""

MOST_READ_AGAIN = 200
"""Documents that a store's cell may have for them to be read again: some seconds."""


def why(
    region: o.RegionName,
    measure: o.MeasureName,
    documents: o.DocumentsOption = None,
    taxonomy: o.TaxonomyFile = None,
    min_score: o.MinScore = None,
    evidence: o.MentionsShown = 0,
    nearest: Nearest = None,
    json: o.Json = False,
    output: o.Output = None,
    lang: o.Language = o.Lang.en,
    encoding: o.Encoding = "",
    region_from: o.RegionFrom = "",
    limit: o.Limit = None,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    """Show how a cell came about, what nearly filled it, and the smallest change that would flip it.

    Examples:
      polcmp why 聂荣县 joint_committee
      polcmp why nierong dividend -d reports/ -n 10
      polcmp why 阿拉善 dividend --json

    Exit codes: 0 done; 2 usage, taxonomy or input error; 3 some documents failed.
    """
    from polcmp.names import find_measure, find_region

    json = wants_json(output, json, quiet)
    request = session.Request(
        *(documents, taxonomy, None, None, None, min_score, quiet, verbose, encoding, region_from, limit)
    )
    if session.store_among(documents):  # one cell of it is enough
        request = replace(request, regions=[region], measures=[measure])
    result = session.run(request)
    place, about = find_region(region, result.regions), find_measure(measure, result.measures)
    most = MOST_NEAR if nearest is None and verbose else nearest
    explanation = _explained(result, region, measure, request, most)
    if json:
        from polcmp.render.views_json import why_json

        text = why_json(result.comparison, place, about, explanation)
    else:
        text = _view(result, place, about, session.looks(lang.value, evidence, output=output), explanation)
    payload(text, output, inputs=session.inputs(result, request))
    session.report(result, request)
    session.finish(result)


def _explained(
    result: Result, region: str, measure: str, request: session.Request, nearest: int | None
) -> Explanation | None:
    """What nearly filled the cell; None where a store answers whose documents cannot be read any more."""
    from polcmp.api import load_taxonomy

    taxonomy, limits = request.taxonomy, request.read_options().limits
    if result.store:
        taxonomy = Path(result.store) / "taxonomy.yaml"
        if (count := len(result.comparison.documents)) > MOST_READ_AGAIN:
            warn(
                f"near misses and what the cell rests on are left out: {count:,} documents would have to be "
                "read again"
            )
            return None
    try:
        return result.explain(region, measure, load_taxonomy(taxonomy, limits=limits), nearest)
    except (DocumentError, KeyError) as error:
        if not result.store:
            raise
        if getattr(error, "code", "") == GONE:
            warn(
                "near misses and what the cell rests on are left out: the documents are not there; "
                "their paths count from the folder where the scan ran",
                getattr(error, "where", ""),
            )
        else:
            warn(f"near misses and what the cell rests on are left out: {error}")
        return None


def _view(
    result: Result, region: str, measure: str, looks: RenderOptions, explanation: Explanation | None
) -> str:
    from polcmp.render.why_view import why_cell  # with rich, which takes its time

    if result.store:
        from polcmp.stored import sentences

        texts = sentences(Path(result.store), region, measure)
    else:
        documents = [one.name for one in result.comparison.documents if one.location.name == region]
        texts = {name: result.raw(name) for name in documents}
    return why_cell(result.comparison, region, measure, looks, texts, explanation)
