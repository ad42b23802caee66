"""`polcmp doctor`: is everything there, and what is to be installed for what."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from polcmp.cli import options as o
from polcmp.cli.endings import wants_json
from polcmp.cli.help import MESSAGES
from polcmp.cli.output import payload

BROKEN = 1
"""Exit code when something that is required is broken."""


Quiet = Annotated[
    bool,
    typer.Option("-q", "--quiet", help="Print only what is not in order.", rich_help_panel=MESSAGES),
]


def doctor(
    json: o.Json = False, output: o.Output = None, lang: o.Language = o.Lang.en, quiet: Quiet = False
) -> None:
    """Look the installation over: versions, extras and how to install them, data, encodings, fonts, terminal.

    Examples:
      polcmp doctor
      polcmp doctor --lang zh
      polcmp doctor --json

    Exit codes: 0 all that is required is there; 1 something required is broken.
    """
    from polcmp.doctor import examine, healthy
    from polcmp.model.health import Terminal
    from polcmp.render import detect_color, detect_width
    from polcmp.render.health_view import health_json, health_text

    json = wants_json(output, json)
    stream = sys.stdout
    findings = examine(
        Terminal(
            is_terminal=stream is not None and stream.isatty(),
            columns=detect_width(stream),
            color=detect_color(stream),
            encoding=getattr(stream, "encoding", None) or "",
        )
    )
    shown = [one for one in findings if one.state in ("broken", "doubtful")] if quiet else findings
    text = health_text(shown, lang.value) if shown else ""
    payload(health_json(findings) if json else text, output)
    if not healthy(findings):
        raise typer.Exit(BROKEN)
