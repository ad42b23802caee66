"""What the package imports is declared; what is declared is used, and justified in docs/dependencies.md."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PAGE = (CHECKOUT / "docs" / "dependencies.md").read_text(encoding="utf-8")

BUILD_ONLY = {"pypinyin"}
"""Imported by data/build.py alone, which makes packaged tables and is run by hand."""


BROUGHT = {"markupsafe": "jinja2"}
"""Imported, and brought by another library, which must still need it."""

NOT_BY_NAME = {"opencc-python-reimplemented", "daft", "ray", "lxml-html-clean"}
"""Found by name: OpenCC's tables are read as files, engines of clusters are chosen when asked for,
trafilatura needs lxml-html-clean."""


def name(requirement: str) -> str:
    return re.split(r"[\s\[<>=~!;]", requirement)[0].lower().replace("_", "-")


CORE = {name(one) for one in PROJECT["dependencies"]}
EXTRAS = {
    extra: {name(one) for one in lines if not one.startswith("polcmp[")}
    for extra, lines in PROJECT["optional-dependencies"].items()
    if extra not in ("all", "dev")
}


def imported() -> dict[str, set[str]]:
    """Libraries that the package imports, and the modules that do."""
    owners = metadata.packages_distributions()
    found: dict[str, set[str]] = {}
    for path in sorted((CHECKOUT / "polcmp").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names = [node.module]
            for top in {one.partition(".")[0] for one in names} - set(sys.stdlib_module_names) - {"polcmp"}:
                library = owners.get(top, [top])[0].lower().replace("_", "-")
                found.setdefault(library, set()).add(path.relative_to(CHECKOUT).as_posix())
    return found


def test_what_is_imported_is_declared() -> None:
    declared = CORE.union(*EXTRAS.values(), BUILD_ONLY, BROUGHT)
    assert not {library: where for library, where in imported().items() if library not in declared}


def test_what_is_declared_is_imported() -> None:
    assert CORE.union(*EXTRAS.values()) - NOT_BY_NAME <= set(imported())


def test_what_others_bring_is_still_brought() -> None:
    for library, bringer in BROUGHT.items():
        assert library in {name(one) for one in metadata.requires(bringer) or []}, library


def test_every_library_is_justified_and_no_other() -> None:
    rows = [
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in PAGE.splitlines()
        if line[:1] == "|"
    ]
    core = {row[0] for row in rows if len(row) == 4} - {"library", "---"}
    extras = {(row[0], row[1]) for row in rows if len(row) == 5} - {("extra", "library"), ("---", "---")}
    assert core == CORE
    assert extras == {(extra, one) for extra, names in EXTRAS.items() for one in names}
    assert all(row[-1] for row in rows)


def test_every_library_is_pinned() -> None:
    lines = (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {name(line) for line in lines if line and line[0] != "#"}
    assert CORE.union(*EXTRAS.values()) <= pinned
