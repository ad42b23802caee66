"""What the commands that read documents share: one comparison, its looks, its report and exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from polcmp.cli.output import fail, note, tell, warn
from polcmp.cli.progress import Progress
from polcmp.defaults import default_taxonomy, may_be_stores

if TYPE_CHECKING:
    from polcmp.api import Result
    from polcmp.load import ReadOptions
    from polcmp.model.comparison import Comparison, RowOptions
    from polcmp.render import RenderOptions

PAGE = 20
"""Rows of a page, where it is not said."""

MOST_ERRORS = 100
"""Errors that are told one by one: a store of a large corpus may have thousands."""

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
    encoding: str = ""
    region_from: str = ""
    limits: Sequence[str] | None = None
    quotations: int = -1
    rows: RowOptions | None = None
    quotations_in_all: int = -1

    def read_options(self) -> ReadOptions:
        """How the documents are to be read."""
        from polcmp.load import ReadOptions
        from polcmp.settings import limits_of

        return ReadOptions(self.encoding, self.region_from, limits_of(self.limits or ()))


def row_options(
    by: str, sort: str, part: tuple[int | None, int | None, int | None], rates: bool, first: bool, brief: bool
) -> RowOptions | None:
    """The rows that were asked for; None for all regions as they come.

    Args:
        by: what rows are.
        sort: their order, ``""`` for none.
        part: how many rows from the first on (0: all); number of a page; rows of a page.
        rates: whether rates are wanted.
        first: whether first reports are wanted.
        brief: whether as many rows are to be shown as can be read, where nothing is said of it.

    Raises:
        UsageError: P419 both the first rows and a page.
    """
    from polcmp.errors import UsageError
    from polcmp.model.comparison import AUTO_SIZE, RowOptions

    top, page, size = part
    if top is not None and (page is not None or size is not None):
        hint = "Give one of them: --top 20 is --page 1 --page-size 20."
        raise UsageError("the first rows and a page are two things", code="P419", where="--top", hint=hint)
    auto = AUTO_SIZE if brief else 0
    if page is not None and size is None:
        size = PAGE
    wanted = RowOptions(by, sort, page or 1, auto, rates, first)
    if top is not None or size is not None:
        wanted = wanted._replace(page_size=(top or 0) if size is None else size)
    return None if wanted == RowOptions() else wanted


def run(request: Request) -> Result:
    """The comparison that a request asks for, with a progress line if it takes long."""
    from polcmp.api import compare  # engines are imported by the commands that need them

    store = store_among(request.documents)
    with Progress(request.quiet) as progress:
        return compare(
            [store] if store else request.documents or (),
            taxonomy=request.taxonomy,
            regions=request.regions or (),
            measures=request.measures or (),
            statuses=request.statuses or (),
            min_score=request.min_score,
            progress=progress,
            options=request.read_options(),
            quotations=request.quotations,
            quotations_in_all=request.quotations_in_all,
            rows=request.rows,
        )


def store_among(documents: Sequence[str] | None) -> Path | None:
    """The store that is named, None when documents are."""
    key = tuple(documents or ())
    return _store_of(key) if may_be_stores(key) else None


@cache
def _store_of(documents: tuple[str, ...]) -> Path | None:
    """The same; one at a URL is fetched once for a command, so that all of it sees the same."""
    from polcmp.stored import store_among as found  # only stores need it

    return found(documents)


def inputs(result: Result, request: Request) -> list[str]:
    """Every file the result was made from: documents, their sidecars, lists of them, the taxonomy."""
    documents = [source.path for source in result.sources.values()]
    return [*documents, *result.beside, taxonomy_file(request.taxonomy)]


def taxonomy_file(named: Path | None) -> str:
    """The taxonomy file in use: the one that was named, else the default one."""
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
        folder=None if output is None or str(output) == "-" else str(output.parent),
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
    for error in comparison.errors[:MOST_ERRORS]:
        fail(error.path, error.code, error.message, error.hint)
    if len(comparison.errors) > MOST_ERRORS:
        tell(f"and {len(comparison.errors) - MOST_ERRORS:,} more; --json lists them all")
    if request.quiet:
        return
    for warning in comparison.warnings if whole else ():
        warn(warning)
    _report_documents(comparison)
    if request.verbose:
        for facts in comparison.documents:
            place = facts.location
            note(f"{facts.name}: {place.name or '(region unknown)'}, found by {place.found_by or 'nothing'}")


def _report_documents(comparison: Comparison) -> None:
    """Warnings of single documents; of many only how many more there are."""
    from polcmp.matrix.warned import MOST_WARNED, more_warned

    warned = [facts for facts in comparison.documents if facts.warnings]
    for facts in warned[:MOST_WARNED]:
        for warning in facts.warnings:
            warn(warning, facts.path)
    for rest in more_warned(len(warned) - MOST_WARNED):
        warn(rest)


def finish(result: Result) -> None:
    """Leave with the exit code that the result deserves."""
    if result.comparison.errors:
        raise typer.Exit(SOME_FAILED)
