"""What the pages in docs/ print is what happens, their links lead somewhere, the commands they name exist.

A page's `console` blocks are run in order, in one folder that holds what a reader of the checkout has at
hand. A line that begins with `$ ` is a command; the lines below it, if any, are its output at 100 columns,
and a line that is only `…` stands for any number of lines. A `yaml` block whose first line is `# NAME.yaml`
is a file of that name; the tutorial's and the library's `python` blocks run where they stand. After a
change that is meant, write the outputs anew and look at them:

    UPDATE_DOCS=1 python -m pytest tests/test_docs.py
    git diff docs
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from polcmp.cli.main import app

CHECKOUT = Path(__file__).parent.parent
DOCS = CHECKOUT / "docs"
PAGES = [CHECKOUT / "README.md", *sorted(DOCS.glob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TOLD = [page for page in PAGES[1:] if page.stem == "library" or "```console\n" in page.read_text("utf-8")]

COMMANDS = frozenset(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the seeds, the tests' data and the command `polcmp`."""
    for name in ("seeds", "tests"):
        (tmp_path / name).symlink_to(CHECKOUT / name)
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "polcmp"
    command.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m polcmp.cli.main \"$@\"\n", encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    for name, value in {"COLUMNS": "100", "NO_COLOR": "1", "POLCMP_LANG": "en"}.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def outputs(block: str) -> list[tuple[str, list[str]]]:
    """Commands of a console block, each with the output printed below it."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line.rstrip())
    for _, printed in found:
        while printed and not printed[-1]:
            printed.pop()
    return found


def run(command: str) -> list[str]:
    """What a command prints on both streams; it may end with 0, or with 1 where it was asked to check."""
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=60,
    )
    text = done.stdout.decode("utf-8")
    assert "Traceback" not in text
    assert done.returncode == 0 or (done.returncode == 1 and " check " in command), f"{command}\n{text}"
    return [line.rstrip() for line in text.rstrip().splitlines()]


def agrees(printed: list[str], output: list[str]) -> bool:
    pieces = [".*" if line.strip() in ("…", "...") else re.escape(line) for line in printed]
    return re.fullmatch("\n".join(pieces), "\n".join(output), re.DOTALL) is not None


@pytest.mark.parametrize("page", TOLD, ids=lambda page: page.stem)
def test_what_a_page_prints_is_what_happens(page: Path, desk: Path) -> None:
    text = page.read_text("utf-8")
    fresh, wrong = text, []
    for language, block in BLOCK.findall(text):
        if language == "yaml" and (named := re.match(r"# (\S+\.yaml)\n", block)):
            Path(named[1]).parent.mkdir(parents=True, exist_ok=True)
            Path(named[1]).write_text(block, encoding="utf-8")
        elif language == "python" and page.stem in ("tutorial", "library"):
            exec(compile(block, str(page), "exec"), {"__name__": "__main__"})
        elif language == "console":
            for command, printed in outputs(block):
                output = run(command)
                if printed and not agrees(printed, output):
                    wrong.append((command, output))
                    old = "\n".join([f"$ {command}", *printed])
                    fresh = fresh.replace(old, "\n".join([f"$ {command}", *output]))
    if os.environ.get("UPDATE_DOCS"):
        page.write_text(fresh, encoding="utf-8")
    assert wrong == []


def test_the_tutorial_is_told_in_commands() -> None:
    assert {page.stem for page in TOLD} >= {"tutorial", "taxonomy"}


def test_every_key_of_the_json_is_explained() -> None:
    text = (DOCS / "json.md").read_text("utf-8")
    keys: set[str] = set()

    def walk(node: object) -> None:
        if isinstance(node, dict):
            properties = node.get("properties")
            keys.update(properties if isinstance(properties, dict) else ())
            for one in node.values():
                walk(one)
        elif isinstance(node, list):
            for one in node:
                walk(one)

    walk(json.loads((CHECKOUT / "polcmp" / "data" / "compare.schema.json").read_text("utf-8")))
    assert len(keys) > 60
    assert sorted(key for key in keys if f"`{key}`" not in text and f"`{key}[]`" not in text) == []


def anchors(page: Path) -> set[str]:
    """Anchors of a page's headings, as Markdown viewers make them."""
    text = BLOCK.sub("", page.read_text("utf-8"))
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def links() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        text = BLOCK.sub("", page.read_text("utf-8"))
        targets = re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", text)
        found += [(str(page.relative_to(CHECKOUT)), target) for target in sorted(set(targets))]
    return found


@pytest.mark.parametrize(("page", "link"), links())
def test_links_lead_somewhere(page: str, link: str) -> None:
    path, _, anchor = link.partition("#")
    target = (CHECKOUT / page).parent / path if path else CHECKOUT / page
    assert target.exists()
    if anchor and target.suffix == ".md":
        assert anchor in anchors(target)


def test_every_page_is_in_the_index() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    assert [
        page.name for page in PAGES[1:] if page.name != "README.md" and f"({page.name})" not in index
    ] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_are_named_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    code = [block for _, block in BLOCK.findall(text)] + re.findall(r"`([^`\n]+)`", BLOCK.sub("", text))
    named = {
        word
        for piece in code
        for word in re.findall(r"(?:^|[\s$;&|(])polcmp ([a-z]+)\b(?!\.|:)", piece, re.MULTILINE)
    }
    assert named <= COMMANDS | {"show"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_options_that_are_named_exist(page: Path) -> None:
    """In command lines of polcmp: each long option is one of the command's."""
    for _, block in BLOCK.findall(page.read_text("utf-8")):
        for line in block.splitlines():
            found = re.match(r"(?:\$ )?polcmp (\w+)(?: (check|list|schema)\b)?([^|;&#]*)", line)
            if not found or found[1] not in COMMANDS:
                continue
            command = get_command(app).commands[found[1]]  # type: ignore[attr-defined]
            if found[2] and hasattr(command, "commands"):
                command = command.commands[found[2]]
            known = {name for param in command.params for name in (*param.opts, *param.secondary_opts)}
            known.add("--help")
            assert set(re.findall(r"(?<!\S)--[a-z][a-z-]*", found[3])) <= known, line
