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
        help="`region NAME` (or just NAME): one region; `measure ID`: one measure; `document FILE`: a text "
        "with its mentions and masks marked. Without a name: the list.",
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
    payload(text, output, inputs=session.inputs(result, request))
    session.report(result, request, whole=kind != "document")
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

    region = find_region(name, result.regions) if name else ""
    if json:
        from polcmp.render.views_json import region_json, regions_json

        return region_json(result.comparison, region) if name else regions_json(result.comparison)
    from polcmp.render.region_view import region_list, region_profile  # with rich, which takes its time

    return region_profile(result.comparison, region, looks) if name else region_list(result.comparison, looks)


def _measure(result: Result, name: str, json: bool, looks: RenderOptions) -> str:
    from polcmp.names import find_measure

    measure = find_measure(name, result.measures) if name else ""
    if json:
        from polcmp.render.views_json import measure_json, measures_json

        return measure_json(result.comparison, measure) if name else measures_json(result.measures)
    from polcmp.render.measure_view import measure_list, measure_profile

    return (
        measure_profile(result.comparison, measure, looks) if name else measure_list(result.measures, looks)
    )


def _document(result: Result, name: str, json: bool, looks: RenderOptions) -> str:
    fitting = [d for d in result.documents if name in (d.facts.name, d.facts.path, Path(d.facts.path).name)]
    fitting = fitting or [d for d in result.documents if name and name in d.facts.name]
    if len(fitting) != 1:
        names = ", ".join(d.facts.name for d in (fitting or result.documents)[:8])
        problem = "several documents fit" if fitting else "there is no document"
        raise UsageError(f"{problem} {name!r}", code="P411", hint=f"Name one of: {names}; or a file.")
    raw = result.raw(fitting[0].facts.name)
    if json:
        from polcmp.render.views_json import document_json

        return document_json(fitting[0], raw)
    from polcmp.render.document_view import document_text

    return document_text(fitting[0], raw, looks)
