"""Habits that no linter checks: how long modules and functions are, and no word of download hosts."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
MODULES = sorted((CHECKOUT / "polcmp").rglob("*.py"))

LONGEST_MODULE, LONGEST_FUNCTION = 350, 50
"""In lines, docstrings and all."""

WORDY = {"polcmp/cli/compare.py": "compare", "polcmp/cli/scan.py": "scan"}
WORDY |= {"polcmp/scanned.py": "scan_corpus", "polcmp/scan/request.py": "plan_scan"}
"""A dozen options and more, each explained, or a help with examples: held to it without their
docstring."""

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
    long = {one.name: size for one in functions if (size := _lines(one, name(path))) > LONGEST_FUNCTION}
    assert not long


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef, module: str) -> int:
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    if WORDY.get(module) != function.name:
        return whole
    said = function.body[0]
    return whole - ((said.end_lineno or said.lineno) - said.lineno + 1)


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
