"""Help of every command: as it looks at 80 columns, and that its examples do what they say.

The golden files are written anew by ``UPDATE_GOLDEN=1 pytest``; they hold the looks of the typer that
`constraints.txt` names.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import unicodedata
import zipfile
from collections.abc import Iterator
from json import dumps
from pathlib import Path

import pytest
from cli_lab import CHECKOUT, SEEDS, Polcmp
from typer.main import get_command

from polcmp.cli.main import app

GOLDEN = CHECKOUT / "tests" / "golden" / "help"


def commands() -> Iterator[tuple[tuple[str, ...], object]]:
    """The words of each command, groups included, with the command."""
    stack: list[tuple[tuple[str, ...], object]] = [((), get_command(app))]
    while stack:
        words, command = stack.pop()
        yield words, command
        stack += [((*words, name), one) for name, one in getattr(command, "commands", {}).items()]


ALL = sorted(commands(), key=lambda one: one[0])
NAMES = ["-".join(("polcmp", *words)) for words, _ in ALL]


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@pytest.mark.parametrize("words", [words for words, _ in ALL], ids=NAMES)
def test_help_looks_as_it_should(words: tuple[str, ...], polcmp: Polcmp) -> None:
    done = polcmp(*words, "--help", COLUMNS="80", TERMINAL_WIDTH="80", TERM="dumb", NO_COLOR="1")
    got = "\n".join(line.rstrip() for line in done.out.splitlines()).strip() + "\n"
    assert (done.code, done.err) == (0, "")
    assert max(map(columns, got.splitlines())) <= 80
    path = GOLDEN / f"{'-'.join(('polcmp', *words))}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(got, encoding="utf-8", newline="")
    assert got == path.read_text("utf-8")


def test_no_golden_help_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(NAMES)


def test_the_same_option_is_said_in_the_same_words() -> None:
    """But for those that say what the command makes: --output of a scan, --by of a report, --json …"""
    own = {"--output", "--json", "--evidence", "--format", "--quiet", "--by"}
    said: dict[str, set[tuple[str, str, str]]] = {}
    for _, command in ALL:
        for param in command.params:  # type: ignore[attr-defined]
            if param.param_type_name == "option" and (name := max(param.opts, key=len)) not in own:
                panel = getattr(param, "rich_help_panel", "")
                said.setdefault(name, set()).add((param.help, panel, " ".join(param.opts)))
    assert len(said) > 20
    assert {name: words for name, words in said.items() if len(words) > 1} == {}


def examples() -> list[str]:
    """The lines below `Examples:` of every help."""
    found: list[str] = []
    for words, command in ALL:
        text = command.help or ""  # type: ignore[attr-defined]
        lines = [line.strip() for line in text.splitlines() if line.startswith("  ")]
        assert all(line.startswith(" ".join(("polcmp", *words))) for line in lines)
        is_group = hasattr(command, "commands")
        assert is_group or lines, f"polcmp {' '.join(words)} has no examples"
        assert "Exit codes:" in text or words == ("taxonomy",)
        found += lines
    return found


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the examples name, made from the seeds."""
    root = tmp_path_factory.mktemp("shelf")
    texts = sorted(SEEDS.glob("*.txt"))
    for name in ("seeds", "reports", "texts"):
        (root / name).symlink_to(SEEDS)
    (root / "a.txt").write_bytes(texts[0].read_bytes())
    (root / "b.txt").write_bytes(texts[1].read_bytes())
    (root / "own.yaml").write_bytes((CHECKOUT / "measures.yaml").read_bytes())
    (root / "gold").symlink_to(CHECKOUT / "tests" / "gold" / "seeds")
    (root / "floors.yaml").write_text("f1: 0.1\n", encoding="utf-8")
    task = {"text": texts[0].read_bytes().decode(), "document": texts[0].name}
    mark = {"start": 0, "end": 2, "labels": ["cadre_dispatch:implemented"], "text": task["text"][:2]}
    labels = [{"result": [{"type": "labels", "value": mark}]}]
    (root / "export.json").write_text(dumps([{"data": task, "annotations": labels}]), encoding="utf-8")
    with zipfile.ZipFile(root / "2021.zip", "w") as one:
        one.write(texts[0], texts[0].name)
    with tarfile.open(root / "2022.tar.gz", "w:gz") as other:
        other.add(texts[1], texts[1].name)
    record = dumps({"id": "1", "content": task["text"]}, ensure_ascii=False)
    (root / "national.jsonl").write_text(record + "\n", encoding="utf-8")
    from docx import Document

    page = Document()
    page.add_paragraph("甲县选派第一书记29名。")
    page.save(str(root / "report.docx"))
    (root / "bin").mkdir()
    (root / "bin" / "polcmp").write_text(
        f"#!/bin/sh\nexec '{sys.executable}' -m polcmp.cli.main \"$@\"\n", encoding="utf-8"
    )
    (root / "bin" / "polcmp").chmod(0o755)
    subprocess.run([root / "bin" / "polcmp", "scan", "-q", str(SEEDS), "-o", "store"], cwd=root, check=True)
    return root


@pytest.mark.parametrize("example", examples())
def test_examples_run(example: str, shelf: Path, tmp_path: Path) -> None:
    if re.search(r"\bjq\b", example) and not shutil.which("jq"):
        pytest.skip("jq is not installed")
    for one in shelf.iterdir():
        if one.name == "store":
            if " scan " not in example:
                shutil.copytree(one, tmp_path / "store")
        else:
            (tmp_path / one.name).symlink_to(one)
    environ = {**os.environ, "PATH": f"{shelf / 'bin'}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["/bin/sh", "-c", example], cwd=tmp_path, env=environ, capture_output=True, timeout=120, check=False
    )
    err = done.stderr.decode()
    if "ray://" in example:  # no cluster here: the line is understood, and its want is named
        assert (done.returncode, "P458" in err or "P413" in err) == (2, True), err
        return
    assert done.returncode == 0, err
    assert "Traceback" not in err
    if output := re.search(r" -o (\S+)", example):
        assert (tmp_path / output[1]).exists()
    else:
        assert done.stdout or "taxonomy check" in example or " > " in example
