"""What the README prints is what happens: its commands run, its outputs are theirs, its Python runs.

In blocks marked `console` a line that begins with `$ ` is a command, and the lines below it, if any, are its
output at 100 columns; a line that is only `…` stands for any number of lines. In blocks marked `sh` the lines
that begin with `polcmp` are run. After a change that is meant, write the outputs anew and look at them:

    UPDATE_README=1 python -m pytest tests/test_readme.py
    git diff README.md
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
README = CHECKOUT / "README.md"
TEXT = README.read_text(encoding="utf-8")
ELLIPSIS = ("…", "...")


@dataclass(frozen=True)
class Command:
    """A command of the README: its words, the output printed below it, and the line it stands on."""

    words: str
    output: tuple[str, ...]
    line: int


def blocks(language: str) -> list[tuple[int, list[str]]]:
    """Code blocks of a language: (number of the line before the first, lines)."""
    found = []
    for block in re.finditer(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE):
        found.append((TEXT.count("\n", 0, block.start(1)), block.group(1).splitlines()))
    return found


def console() -> list[Command]:
    commands = []
    for before, lines in blocks("console"):
        starts = [n for n, line in enumerate(lines) if line.startswith("$ ")]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            output = lines[start + 1 : end]
            while output and not output[-1].strip():
                output.pop()
            commands.append(Command(lines[start][2:], tuple(output), before + start + 1))
    return commands


def scripts() -> list[Command]:
    return [
        Command(line, (), before + n)
        for before, lines in blocks("sh")
        for n, line in enumerate(lines, 1)
        if line.startswith("polcmp ")
    ]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """What a reader has at hand in the checkout, in a folder that may be written to."""
    for name in ("seeds", "measures.yaml", "tests", "docs", "README.md"):
        (tmp_path / name).symlink_to(CHECKOUT / name)
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "polcmp"
    command.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m polcmp.cli.main \"$@\"\n", encoding="utf-8")
    command.chmod(0o755)
    return tmp_path


def run(command: str, root: Path) -> tuple[int, str]:
    """Exit code and output, standard error included, at 100 columns and without colour."""
    environ = {
        **os.environ,
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "PATH": f"{root / 'bin'}:{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=root,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout.decode("utf-8")


def agrees(printed: tuple[str, ...], output: str) -> bool:
    """Whether the output is as printed, blank lines at its end and blanks at line ends apart."""
    pieces = [".*" if line.strip() in ELLIPSIS else re.escape(line.rstrip()) for line in printed]
    lines = "\n".join(line.rstrip() for line in output.rstrip().splitlines())
    return re.fullmatch("\n".join(pieces), lines, re.DOTALL) is not None


def name(command: Command) -> str:
    return f"line-{command.line}"


COMMANDS = console()
WITH_OUTPUT = [command for command in COMMANDS if command.output]


def test_there_are_commands() -> None:
    assert WITH_OUTPUT and blocks("python")
    assert all(command.words.startswith("polcmp ") for command in COMMANDS)


@pytest.mark.parametrize("command", [*COMMANDS, *scripts()], ids=name)
def test_commands(command: Command, root: Path) -> None:
    if "jq" in command.words.split() and not shutil.which("jq"):
        pytest.skip("jq is not installed")
    code, output = run(command.words, root)
    assert code == 0, output
    assert "Traceback" not in output
    if not command.output or agrees(command.output, output):
        return
    if os.environ.get("UPDATE_README"):
        update(command, output)
    else:
        assert output.rstrip().splitlines() == list(command.output)


def update(command: Command, output: str) -> None:
    """Write the output of one command anew; one with an ellipsis is left to its author."""
    assert not any(line.strip() in ELLIPSIS for line in command.output), "update this one by hand"
    printed = "\n".join([f"$ {command.words}", *command.output])
    text = README.read_text(encoding="utf-8")
    assert text.count(printed) == 1
    fresh = "\n".join([f"$ {command.words}", *(line.rstrip() for line in output.rstrip().splitlines())])
    README.write_text(text.replace(printed, fresh), encoding="utf-8")


@pytest.mark.parametrize("block", blocks("python"), ids=lambda block: f"line-{block[0]}")
def test_python(block: tuple[int, list[str]], root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, lines = block
    monkeypatch.chdir(root)
    code = compile("\n" * before + "\n".join(lines), str(README), "exec")
    exec(code, {"__name__": "__main__"})


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!https?:|#|mailto:)([^)\s#]+)", TEXT))))
def test_links_lead_somewhere(link: str) -> None:
    assert (CHECKOUT / link).exists()
