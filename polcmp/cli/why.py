"""`polcmp why`: how a cell came about."""

from __future__ import annotations

from typing import Annotated

import typer

from polcmp.cli import options as o
from polcmp.cli import session
from polcmp.cli.output import payload

Region = Annotated[str, typer.Argument(help="Region, by any name that only it has.")]
Measure = Annotated[str, typer.Argument(help="Measure, by id, name or part of it.")]


def why(
    region: Region,
    measure: Measure,
    documents: o.DocumentsOption = None,
    taxonomy: o.TaxonomyFile = None,
    min_score: o.MinScore = None,
    evidence: o.Evidence = 0,
    json: o.Json = False,
    output: o.Output = None,
    lang: o.Language = o.Lang.en,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    """Show how a cell came about: parts of each score, what was dropped and why, the nearest misses.

    Examples: `polcmp why 聂荣县 joint_committee`; `polcmp why nierong dividend -d reports/`.
    """
    from polcmp.names import find_measure, find_region

    request = session.Request(documents, taxonomy, None, None, None, min_score, quiet, verbose)
    result = session.run(request)
    place, about = find_region(region, result.regions), find_measure(measure, result.measures)
    if json:
        from polcmp.render.views_json import why_json

        text = why_json(result.comparison, place, about)
    else:
        from polcmp.render.why_view import why_cell  # with rich, which takes its time

        looks = session.looks(lang.value, evidence, output=output)
        texts = {d.name: result.raw(d.name) for d in result.comparison.documents if d.location.name == place}
        text = why_cell(result.comparison, place, about, looks, texts)
    payload(text, output, inputs=session.inputs(result, request))
    session.report(result, request)
    session.finish(result)
