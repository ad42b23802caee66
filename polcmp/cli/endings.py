"""What the ending of --output promises, and whether it can be kept. Imports no engine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from polcmp.cli.output import warn
from polcmp.errors import UsageError

PROMISES = frozenset(
    (
        *("csv", "tsv", "md", "markdown", "json", "jsonl", "ndjson", "html", "htm", "xhtml", "xml", "tex"),
        *("xls", "xlsx", "ods", "doc", "docx", "odt", "rtf", "pdf", "yaml", "yml", "toml", "parquet"),
        *("feather", "arrow", "sqlite", "db", "png", "jpg", "jpeg", "gif", "svg", "eps", "zip", "gz", "bib"),
    )
)
"""Endings that promise a format: other words under such a name would open nowhere."""

SAME = {"htm": "html", "markdown": "md", "ndjson": "jsonl"}
"""Other endings of formats."""


def by_ending(output: Path | None, known: Iterable[str], usual: str, hint: str = "") -> str:
    """The format that a file's ending names.

    Args:
        output: file to be written, None for standard output.
        known: formats the command writes.
        usual: the format where the ending names none.
        hint: what to do next, where the formats alone do not say it.

    Raises:
        UsageError: P412 it names one that the command does not write.
    """
    suffix = _promised(output)
    known = list(known)
    if suffix in PROMISES and suffix not in known:
        raise UsageError(
            f"{suffix} is not a format that is written",
            code="P412",
            where=str(output),
            hint=hint or f"Formats: {', '.join(known)}. Choose one by the ending of --output.",
        )
    return suffix if suffix in known else usual


def _promised(output: Path | None) -> str:
    """The format that the ending of a file names, ``""`` for none."""
    suffix = output.suffix.lstrip(".").lower() if output else ""
    return SAME.get(suffix, suffix)


def named(format: str, option: str, output: Path | None, quiet: bool) -> str:
    """The format that an option names; with a warning where the ending of the file promises another.

    The option wins: whoever gives both may want it so (JSON in a file that another program wants called
    .txt is no promise broken, JSON under .csv may be a slip).

    Args:
        format: that was named.
        option: that named it, as typed.
        output: file to be written, None for standard output.
        quiet: whether to leave the warning out.
    """
    promised = _promised(output)
    if promised in PROMISES and promised != format and not quiet:
        warn(f"{option} writes {format} into a file that ends in .{promised}", str(output))
    return format


def wants_json(output: Path | None, json: bool, quiet: bool = False) -> bool:
    """Whether a view is to be written as JSON: by --json, or by the ending of its file.

    Args:
        output: file to be written, None for standard output.
        json: whether --json was given; it wins over the ending, with a warning.
        quiet: whether to leave the warning out.

    Raises:
        UsageError: P412 the ending promises a format that views are not written in.
    """
    hint = "A view is written as text (.txt) or JSON (.json); polcmp compare writes the other formats."
    if json:
        return bool(named("json", "--json", output, quiet))
    return by_ending(output, ("json", "txt"), "txt", hint) == "json"
