"""Habits that no linter checks: how long modules and functions are, and no word of download hosts."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
MODULES = sorted((CHECKOUT / "polcmp").rglob("*.py"))

LONGEST_MODULE, LONGEST_FUNCTION = 350, 50
"""In lines; of a function from the line of its name, without its docstring: the help of a
command, with its examples, is no code to be followed."""

HOSTS = (
    *(
        "hugging" + "face",
        "hf" + ".co/",
        "hf" + "-mirror",
        "model" + "scope",
        "kag" + "gle.com",
        "zeno" + "do",
    ),
    *("python" + "hosted", "pypi" + ".org", "artifact" + "ory", "tuna." + "tsinghua", "mirrors" + ".aliyun"),
)
"""Written in halves, so that this file may be searched too."""


def name(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_and_functions_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    functions = [
        one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = {one.name: size for one in functions if (size := _lines(one)) > LONGEST_FUNCTION}
    assert not long


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[0]
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    words = (first.end_lineno or first.lineno) - first.lineno + 1 if said else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - words


def test_no_file_names_a_download_host() -> None:
    """Documents in `seeds` and `tests/gold` apart: what they say is theirs."""
    endings = (".py", ".md", ".toml", ".txt", ".tsv", ".yaml", ".json", ".cfg", ".yml")
    folders = ("polcmp", "docs", "benchmarks", "tests")
    files = [path for folder in folders for path in (CHECKOUT / folder).rglob("*") if path.suffix in endings]
    files += [path for path in CHECKOUT.iterdir() if path.suffix in endings or path.name == "Makefile"]
    files = [path for path in files if not path.is_relative_to(CHECKOUT / "tests" / "gold")]
    found = {
        name(path): host
        for path in files
        for host in HOSTS
        if host in path.read_text(encoding="utf-8", errors="replace").lower()
    }
    assert not found
