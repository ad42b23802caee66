"""What the commands that read documents share: one comparison, its looks, its report and exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from polcmp.cli.output import note
from polcmp.cli.progress import Progress

if TYPE_CHECKING:
    from polcmp.api import Result
    from polcmp.render import RenderOptions

SOME_FAILED = 3
"""Exit code when some documents failed and the rest was done."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, as the options say."""

    documents: Sequence[str] | None = None
    taxonomy: Path | None = None
    regions: Sequence[str] | None = None
    measures: Sequence[str] | None = None
    statuses: Sequence[str] | None = None
    min_score: float | None = None
    quiet: bool = False
    verbose: bool = False


def run(request: Request) -> Result:
    """The comparison that a request asks for, with a progress line if it takes long."""
    from polcmp.api import compare  # engines are imported by the commands that need them

    with Progress(request.quiet) as progress:
        return compare(
            request.documents or (),
            taxonomy=request.taxonomy,
            regions=request.regions or (),
            measures=request.measures or (),
            statuses=request.statuses or (),
            min_score=request.min_score,
            progress=progress,
        )


def inputs(result: Result, request: Request) -> list[str]:
    """Every file the result was made from: documents, their sidecars, lists of them, the taxonomy."""
    documents = [source.path for source in result.sources.values()]
    return [*documents, *result.beside, taxonomy_file(request.taxonomy)]


def taxonomy_file(named: Path | None) -> str:
    """The taxonomy file in use: the one that was named, else the default one."""
    from polcmp.defaults import default_taxonomy

    return str(named or default_taxonomy()[0])


def looks(lang: str, evidence: int = 0, rows: str = "auto", output: Path | None = None) -> RenderOptions:
    """How the result is to look on this terminal, or in a file."""
    from polcmp.render import RenderOptions, detect_color, detect_width

    return RenderOptions(
        lang=lang,
        width=detect_width(sys.stdout),
        color=output is None and detect_color(sys.stdout),
        evidence=evidence,
        rows=rows,
    )


def report(result: Result, request: Request, *, whole: bool = True) -> None:
    """Failed documents and warnings, and with --verbose how each region was found, on standard error.

    Args:
        result: what was done.
        request: what was asked for.
        whole: whether the view shows the whole run; if not, warnings about all of it (a measure that
            matched nothing) are left out, since they say nothing of what is shown.
    """
    comparison = result.comparison
    for error in comparison.errors:
        hint = f"\n  {error.hint}" if error.hint else ""
        note(f"polcmp: {error.path}: {error.code} {error.message}{hint}")
    if request.quiet:
        return
    for warning in comparison.warnings if whole else ():
        note(f"warning: {warning}")
    for facts in comparison.documents:
        for warning in facts.warnings:
            note(f"warning: {facts.path}: {warning}")
    if request.verbose:
        for facts in comparison.documents:
            place = facts.location
            note(f"{facts.name}: {place.name or '(unknown region)'}, found by {place.found_by or 'nothing'}")


def finish(result: Result) -> None:
    """Leave with the exit code that the result deserves."""
    if result.comparison.errors:
        raise typer.Exit(SOME_FAILED)
