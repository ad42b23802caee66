"""`polcmp show`: one region, one measure, one document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polcmp.cli import options as o
from polcmp.cli import session
from polcmp.cli.output import payload
from polcmp.errors import UsageError

if TYPE_CHECKING:
    from polcmp.api import Result
    from polcmp.render import RenderOptions

KINDS = ("region", "measure", "document")

What = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[region|measure|document] [NAME]",
        help="`region NAME` (or just NAME): one region; `measure ID`: one measure; `document FILE`: a text with "
        "its mentions and masks marked. Without a name: the list.",
    ),
]


def show(
    what: What = None,
    documents: o.DocumentsOption = None,
    taxonomy: o.TaxonomyFile = None,
    status: o.Statuses = None,
    min_score: o.MinScore = None,
    evidence: o.Evidence = 0,
    json: o.Json = False,
    output: o.Output = None,
    lang: o.Language = o.Lang.en,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    """Show one region, one measure or one document.

    Examples: `polcmp show region`; `polcmp show nierong`; `polcmp show measure joint_committee`;
    `polcmp show document seeds/004_385cd5e5a16021b1.txt`.
    """
    kind, name = _asked(what or [])
    if kind == "document" and name and Path(name).exists():
        documents = [name]
    request = session.Request(documents, taxonomy, None, None, status, min_score, quiet, verbose)
    result = session.run(request)
    view = {"region": _region, "measure": _measure, "document": _document}[kind]
    text = view(result, name, json, session.looks(lang.value, evidence, output=output))
    payload(text, output, inputs=[s.path for s in result.sources.values()])
    session.report(result, request)
    session.finish(result)


def _asked(what: list[str]) -> tuple[str, str]:
    """Kind and name; a name alone is a region's."""
    if not what:
        return "region", ""
    if what[0] in KINDS:
        return what[0], " ".join(what[1:])
    return "region", " ".join(what)


def _region(result: Result, name: str, json: bool, looks: RenderOptions) -> str:
    from polcmp.names import find_region
    from polcmp.render import region_view, views_json

    if not name:
        return (
            views_json.regions_json(result.comparison)
            if json
            else region_view.region_list(result.comparison, looks)
        )
    region = find_region(name, result.regions)
    if json:
        return views_json.region_json(result.comparison, region)
    return region_view.region_profile(result.comparison, region, looks)


def _measure(result: Result, name: str, json: bool, looks: RenderOptions) -> str:
    from polcmp.names import find_measure
    from polcmp.render import measure_view, views_json

    if not name:
        return (
            views_json.measures_json(result.measures)
            if json
            else measure_view.measure_list(result.measures, looks)
        )
    measure = find_measure(name, result.measures)
    if json:
        return views_json.measure_json(result.comparison, measure)
    return measure_view.measure_profile(result.comparison, measure, looks)


def _document(result: Result, name: str, json: bool, looks: RenderOptions) -> str:
    from polcmp.render import document_view, views_json

    fitting = [d for d in result.documents if name in (d.facts.name, d.facts.path, Path(d.facts.path).name)]
    fitting = fitting or [d for d in result.documents if name and name in d.facts.name]
    if len(fitting) != 1:
        names = ", ".join(d.facts.name for d in (fitting or result.documents)[:8])
        problem = "several documents fit" if fitting else "there is no document"
        raise UsageError(f"{problem} {name!r}", code="P411", hint=f"Name one of: {names}; or a file.")
    raw = result.raw(fitting[0].facts.name)
    if json:
        return views_json.document_json(fitting[0], raw)
    return document_view.document_text(fitting[0], raw, looks)
