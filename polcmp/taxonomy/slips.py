"""What YAML makes of a pattern that should have stood in quotes, told in words.

Writes hints and messages only; decides nothing.
"""

from __future__ import annotations

import re

import yaml

from polcmp.model.taxonomy import Place

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that YAML 1.1 forbids in a file."""

_ENTRY = re.compile(r"^\s*(?:-\s+)*(?:[A-Za-z_][\w-]*:\s+)?(?:-\s+)*(?P<entry>.*)$")
"""A line without the space at its end; what is written in it after its dashes and its key."""

_KEYED = re.compile(r"\{\s*[A-Za-z_]+:\s")
_WORDS = {
    "[": "a list",
    "{": "a mapping",
    "&": "an anchor",
    "*": "an alias",
    "!": "a tag",
    "|": "a block of text",
    ">": "a block of text",
    "%": "a directive",
    "@": "a reserved mark",
    "`": "a reserved mark",
    "'": "a quoted text that ends at the next quote",
    '"': "a quoted text that ends at the next quote",
    "]": "the end of a list",
    "}": "the end of a mapping",
    "?": "a key",
    ",": "a separator",
}


def quoted(pattern: str) -> str:
    """The pattern in single quotes, as YAML wants them."""
    return "'" + pattern.replace("'", "''") + "'"


def quote_hint(entry: str) -> str:
    """The hint to put a pattern in quotes that begins with a mark of YAML; ``""`` when it does not."""
    meaning = _WORDS.get(entry[:1])
    if not meaning:
        return ""
    shown = f": {quoted(entry)}" if len(entry) <= 40 else ""
    return f"YAML reads text that begins with `{entry[0]}` as {meaning}: put it in quotes{shown}"


def mapping_hint() -> str:
    """The hint for a pattern that YAML split at ``: ``."""
    return "YAML reads `: ` as a key and its value: put the pattern in quotes"


def telling_mark(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Where a YAML error is best shown: what was never closed is shown where it was opened."""
    problem, context = error.problem_mark, error.context_mark
    if problem is None or context is None:
        return problem or context
    opened = "quoted scalar" in (error.context or "") or "flow" in (error.context or "")
    return context if opened and context.line != problem.line else problem


def yaml_message(error: yaml.MarkedYAMLError, place: Place) -> str:
    """What the YAML parser says, in one line."""
    problem = error.problem or "it cannot be read"
    if problem.startswith("but "):  # the pure-Python composer splits its sentence in two
        return f"broken YAML: {error.context} {problem}"
    context = error.context or ""
    start = error.context_mark
    if context and start is not None and start.line + 1 != place.line:
        context += f" that starts in line {start.line + 1}"
    return f"broken YAML: {problem}" + (f" {context}" if context else "")


def yaml_hint(lines: list[str], place: Place, same_line: bool, problem: str, context: str) -> str:
    """The likely slip behind a YAML error.

    Args:
        lines: the file.
        place: where the error is shown.
        same_line: whether the parser stopped in the line in which what it was reading starts.
        problem: the parser's words for what is wrong.
        context: the parser's words for what it was reading.
    """
    line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
    if "single document" in context or "another document" in problem:
        return "one file holds one taxonomy: take the `---` away"
    if "quoted scalar" in context:
        return "a quotation mark is opened and never closed"
    if re.match(r"\s*\t", line):
        return "indent with spaces: YAML allows no tab there"
    if "undefined alias" in problem or "scanning an a" in context or "scanning a tag" in context:
        return quote_hint(_at(line, place))
    if "mapping values" in problem:
        return mapping_hint()
    if "flow sequence" in context:
        return _flow_hint(line, same_line)
    if "flow mapping" in context and _KEYED.search(line):
        return "inside `{…}` a pattern with `[ ] { } ,` must stand in quotes"
    match = _ENTRY.match(line.rstrip())
    entry = match["entry"] if match else ""
    return quote_hint(entry) or "is the line indented like its neighbours?"


def _at(line: str, place: Place) -> str:
    """The entry around the parser's position: from its mark to the end of the entry."""
    match = _ENTRY.match(line.rstrip())
    entry = match["entry"] if match else ""
    if entry[:1] in _WORDS and not entry.startswith("["):
        return entry
    start = max(line.rfind(mark, 0, place.column) for mark in "&*!")
    return re.split(r"[,\]]", line[start:])[0].strip() if start >= 0 else entry


def _flow_hint(line: str, same_line: bool) -> str:
    if not same_line:
        return "a list opened with `[` is never closed with `]`"
    match = _ENTRY.match(line.rstrip())
    entry = match["entry"] if match else ""
    if line.lstrip().startswith("- ") and entry.startswith("["):
        return quote_hint(entry)
    return "inside `[a, b]` a pattern with `[ ] { } ,` must stand in quotes"
