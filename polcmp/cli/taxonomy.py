"""`polcmp taxonomy`: check a taxonomy file, list what is in it, print its JSON Schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from polcmp.cli import completion
from polcmp.cli import options as o
from polcmp.cli.endings import wants_json
from polcmp.cli.help import EXIT, MESSAGES, Command, Group
from polcmp.cli.output import note, payload, said
from polcmp.cli.paths import local_file

app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    help="Check, list and describe taxonomy files; docs/taxonomy.md is the guide.",
)

File = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE",
        parser=local_file("FILE", "Save it here and name the file."),
        help="Taxonomy. Default: ./measures.yaml, else the packaged one.",
        autocompletion=completion.taxonomies,
        show_default=False,
    ),
]

FAULTY = 1
"""Exit code of `check` when the file has errors (or warnings, with --strict)."""


@app.command(cls=Command)
def check(
    file: File = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Let warnings fail too.", rich_help_panel=EXIT)
    ] = False,
    limit: o.Limit = None,
    lang: o.Language = o.Lang.en,
    quiet: Annotated[
        bool,
        typer.Option(
            "-q", "--quiet", help="Do not count the faults on standard error.", rich_help_panel=MESSAGES
        ),
    ] = False,
) -> None:
    """Tell every fault of a taxonomy, with its place and what to do, and try its examples.

    Examples:
      polcmp taxonomy check
      polcmp taxonomy check own.yaml --strict

    Exit codes: 0 sound; 1 there are errors (with --strict: or warnings).
    """
    from polcmp.api import check_taxonomy
    from polcmp.settings import limits_of

    faults = check_taxonomy(file, limits=limits_of(limit or ()))
    if faults:
        payload("\n".join(fault.format(said) for fault in faults) + "\n")
    errors = sum(fault.severity == "error" for fault in faults)
    warnings = len(faults) - errors
    if not quiet:
        note(f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}")
    if errors or (strict and warnings):
        raise typer.Exit(FAULTY)


@app.command("list", cls=Command)
def list_measures(
    file: File = None,
    json: o.Json = False,
    limit: o.Limit = None,
    output: o.Output = None,
    lang: o.Language = o.Lang.en,
) -> None:
    """List the measures with their definitions.

    Examples:
      polcmp taxonomy list
      polcmp taxonomy list own.yaml --lang zh
      polcmp taxonomy list own.yaml --json

    Exit codes: 0 done; 2 the taxonomy cannot be used.
    """
    from polcmp.api import load_taxonomy
    from polcmp.cli.session import looks, taxonomy_file
    from polcmp.pipeline import measure_infos
    from polcmp.render.views_json import measures_json
    from polcmp.settings import limits_of

    wanted = wants_json(output, json)
    measures = measure_infos(load_taxonomy(file, limits=limits_of(limit or ())))
    if wanted:
        text = measures_json(measures)
    else:
        from polcmp.render.measure_view import measure_list  # with rich, which JSON needs not wait for

        text = measure_list(measures, looks(lang.value, output=output))
    payload(text, output, inputs=[taxonomy_file(file)])


@app.command(cls=Command)
def schema(output: o.Output = None) -> None:
    """Print the JSON Schema of taxonomy files, for editors.

    Examples:
      polcmp taxonomy schema -o taxonomy.schema.json

    Exit codes: 0 done; 2 the file cannot be written.
    """
    import json

    from polcmp.cli.session import taxonomy_file
    from polcmp.taxonomy import json_schema

    text = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
    payload(text, output, inputs=[taxonomy_file(None)])
