"""`polcmp evaluate`: results set against gold labels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polcmp.cli import options as o
from polcmp.cli import session
from polcmp.cli.endings import wants_json
from polcmp.cli.help import EXIT, OUTPUT
from polcmp.cli.output import payload, tell, warn
from polcmp.cli.paths import local_file

if TYPE_CHECKING:
    from polcmp.api import Result
    from polcmp.model.evaluation import Evaluation
    from polcmp.render import RenderOptions

UNDER = 1
"""Exit code when `--fail-under` finds a figure under its floor."""

GoldArgument = Annotated[
    Path,
    typer.Argument(
        metavar="GOLD",
        parser=local_file("GOLD", "Save the labels here and name their folder or file."),
        help="Labels: a folder with mentions.jsonl, or a Label Studio or doccano export (JSON, JSON Lines).",
    ),
]
Documents = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="DOCUMENTS",
        help="The labelled documents. Default: the folder documents beside the labels, else as for compare.",
        show_default=False,
    ),
]
Errors = Annotated[
    int,
    typer.Option(
        "--errors",
        metavar="N",
        min=-1,
        help="List this many mistakes of each kind; -1 for all.",
        rich_help_panel=OUTPUT,
    ),
]
FailUnder = Annotated[
    Path | None,
    typer.Option(
        "--fail-under",
        metavar="FILE",
        parser=local_file("--fail-under", "Save it here, as in: --fail-under floors.yaml."),
        help="Exit with 1 if a figure is under its floor. YAML: a line such as `f1: 0.9` for each figure, "
        "by themselves or under the name of GOLD.",
        rich_help_panel=EXIT,
    ),
]


def evaluate(
    gold: GoldArgument,
    documents: Documents = None,
    taxonomy: o.TaxonomyFile = None,
    min_score: o.MinScore = None,
    errors: Errors = 0,
    fail_under: FailUnder = None,
    json: o.Json = False,
    output: o.Output = None,
    lang: o.Language = o.Lang.en,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> None:
    """Measure how well mentions are found: precision, recall and more, against labels.

    Examples:
      polcmp evaluate gold/
      polcmp evaluate export.json texts/ --errors 5
      polcmp evaluate gold/ --fail-under floors.yaml

    Exit codes: 0 done; 1 a figure is under its floor; 2 usage, taxonomy or input error; 3 some documents
    failed.
    """
    from polcmp.evaluate import evaluate as judged
    from polcmp.evaluate import load_floors, load_gold, shortfalls

    json = wants_json(output, json, quiet)
    labels = load_gold(gold)
    floors = load_floors(fail_under, labels.name) if fail_under else {}
    inputs = documents or labels.inputs()
    request = session.Request(inputs, taxonomy, min_score=min_score, quiet=quiet, verbose=verbose)
    result = session.run(request)
    evaluation = judged(labels, result.documents, [one.id for one in result.measures])
    text = _rendered(evaluation, result, errors, json, session.looks(lang.value, output=output))
    payload(
        text,
        output,
        inputs=[
            *session.inputs(result, request),
            *labels.files(),
            *([str(fail_under)] if fail_under else []),
        ],
    )
    session.report(result, request)
    _finish(evaluation, result, shortfalls(evaluation, floors), quiet)


def _rendered(evaluation: Evaluation, result: Result, errors: int, json: bool, looks: RenderOptions) -> str:
    if json:
        from polcmp.render.evaluation_json import evaluation_json

        return evaluation_json(evaluation, result.comparison, errors)
    from polcmp.render.evaluation_view import evaluation_view

    return evaluation_view(evaluation, result.measures, looks, errors)


def _finish(evaluation: Evaluation, result: Result, short: list[str], quiet: bool) -> None:
    """Warnings and figures under their floors, on standard error; then the exit code."""
    if not quiet:
        for warning in evaluation.warnings:
            warn(warning)
    for one in short:
        tell(one)
    if short:
        raise typer.Exit(UNDER)
    session.finish(result)
