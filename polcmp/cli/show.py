"""`polcmp show`: one region, one measure, one document."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polcmp.cli import completion, session
from polcmp.cli import options as o
from polcmp.cli.endings import wants_json
from polcmp.cli.help import OUTPUT
from polcmp.cli.output import payload
from polcmp.errors import UsageError
from polcmp.urls import local_path

if TYPE_CHECKING:
    from polcmp.api import Result
    from polcmp.model.comparison import DocumentResult
    from polcmp.render import RenderOptions

KINDS = ("region", "measure", "document")

What = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="WHAT",
        help="region NAME, or just NAME: one region; measure ID: one measure; document FILE: a text with its "
        "mentions and masks marked. region or measure without a name: the list.",
        autocompletion=completion.shown,
        show_default=False,
    ),
]


Text = Annotated[
    bool,
    typer.Option(
        "--text",
        help="Only the document's text as it was read, in which offsets count.",
        rich_help_panel=OUTPUT,
    ),
]


def show(
    what: What = None,
    documents: o.DocumentsOption = None,
    taxonomy: o.TaxonomyFile = None,
    status: o.Statuses = None,
    min_score: o.MinScore = None,
    evidence: o.MentionsShown = 0,
    text: Text = False,
    json: o.Json = False,
    output: o.Output = None,
    lang: o.Language = o.Lang.en,
    encoding: o.Encoding = "",
    region_from: o.RegionFrom = "",
    limit: o.Limit = None,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    """Show one region, one measure or one document.

    Examples:
      polcmp show region
      polcmp show nierong
      polcmp show 聂荣县 --lang zh
      polcmp show measure joint_committee
      polcmp show document seeds/004_385cd5e5a16021b1.txt
      polcmp show document report.docx --text

    Exit codes: 0 done; 2 usage, taxonomy or input error; 3 some documents failed.
    """
    kind, name = _asked(what or [])
    if text and (kind != "document" or not name or json):
        hint = "As in: polcmp show document FILE --text"
        raise UsageError("--text prints one document's text", code="P411", where="--text", hint=hint)
    json = wants_json(output, json, quiet) and not text
    name = local_path(name) if kind == "document" else name
    if kind == "document" and name and Path(name).exists() and not session.store_among(documents):
        documents = [name]
    reading = encoding, region_from, limit
    request = session.Request(documents, taxonomy, None, None, status, min_score, quiet, verbose, *reading)
    result = _of_store(request, kind, name, json, evidence) or session.run(request)
    if text:
        shown = result.raw(_found(result, name).facts.name)
    else:
        view = {"region": _region, "measure": _measure, "document": _document}[kind]
        shown = view(result, name, json, session.looks(lang.value, evidence, output=output))
    payload(shown, output, inputs=session.inputs(result, request))
    session.report(result, request, whole=kind != "document")
    session.finish(result)


def _of_store(request: session.Request, kind: str, name: str, json: bool, evidence: int) -> Result | None:
    """What a view shows of a store, and no more; None when there is none."""
    store = session.store_among(request.documents)
    if store is None:
        return None
    from polcmp.model.comparison import AUTO_SIZE, RowOptions
    from polcmp.render.options import EVIDENCE
    from polcmp.stored import Wanted, compare_store

    if kind == "document":
        return compare_store(store, Wanted(document=name, min_score=request.min_score))
    if kind == "region":
        kept, quoted = replace(request, regions=[name] if name else None), -1 if name else 0
    elif not name:
        kept, quoted = replace(request, rows=RowOptions(page_size=1)), 0
    elif json:
        kept, quoted = replace(request, measures=[name]), -1
    else:
        kept = replace(request, measures=[name], rows=RowOptions(page_size=AUTO_SIZE))
        quoted = evidence or EVIDENCE if evidence >= 0 else sys.maxsize
    return session.run(replace(kept, quotations=quoted))


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


def _found(result: Result, name: str) -> DocumentResult:
    """The one document that a name fits.

    Raises:
        UsageError: P411 none, or several.
    """
    fitting = [d for d in result.documents if name in (d.facts.name, d.facts.path, Path(d.facts.path).name)]
    fitting = fitting or [d for d in result.documents if name and name in d.facts.name]
    if len(fitting) != 1:
        names = ", ".join(d.facts.name for d in (fitting or result.documents)[:8])
        hint = f"Name one of: {names}; or a file."
        if not name:
            raise UsageError("no document is named", code="P411", hint=hint)
        problem = "several documents fit" if fitting else "there is no document"
        raise UsageError(f"{problem} {name!r}", code="P411", hint=hint)
    return fitting[0]


def _document(result: Result, name: str, json: bool, looks: RenderOptions) -> str:
    found = _found(result, name)
    raw = result.raw(found.facts.name)
    if json:
        from polcmp.render.views_json import document_json

        return document_json(found, raw)
    from polcmp.render.document_view import document_text

    return document_text(found, raw, looks)
