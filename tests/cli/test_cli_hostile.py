"""Documents and files with hostile names and texts: nothing reaches a terminal that it would obey."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from cli_lab import CHECKOUT, Polcmp

EVIL = "\x1b[2J\x1b]0;x\x07\x9b31m\x85[bold red]\u202e\u2066\u200b\u2028\x00"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")

TAXONOMY = ("-t", CHECKOUT / "measures.yaml")


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an (invented) document, hostile by its name, front matter and text."""
    folder = tmp_path / "in"
    folder.mkdir()
    name = EVIL.replace("\x00", "").replace("/", "") + ".txt"
    front = '---\ntitle: "情况\\x1b[31m\\u202e"\nregion: "甲县\\x1b[5m\\u202e"\n'
    front += 'source: "http://a.example/\\x1b[7m"\n---\n'
    text = f"{front}{EVIL}首页 | {EVIL}新闻\n甲县情况{EVIL}\n\n"
    text += f"甲县选派第一书记{EVIL}29名，{EVIL}建立联合党委3个。\n"
    text += "各项工作平稳有序，群众反映良好。\n" * 300  # with fewer other characters it would be no text
    (folder / name).write_text(text, encoding="utf-8")
    unreadable = folder / f"{name}.bin.txt"  # named on standard error
    unreadable.write_bytes(bytes(range(256)) * 40)
    monkeypatch.chdir(tmp_path)
    return folder


FORMATS = ("table", "json", "jsonl", "csv", "tsv", "md", "html", "tex")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("format", FORMATS)
def test_every_format(polcmp: Polcmp, hostile: Path, format: str, lang: str) -> None:
    done = polcmp("compare", "in", *TAXONOMY, "-f", format, "--lang", lang, "--evidence", "-1", "-v")
    assert done.code == 3 and "P304" in done.err
    assert "第一书记" in done.out and "甲县" in done.out
    assert not OBEYED.search(done.out.replace("\t", "") if format == "tsv" else done.out)
    assert not OBEYED.search(done.err)


@pytest.mark.parametrize(
    "command",
    [
        ["show"],
        ["show", "region", "甲县"],
        ["show", "measure", "cadre_dispatch"],
        ["why", "甲县", "cadre_dispatch"],
        ["cite", "甲县", "cadre_dispatch", "-n", "all"],
        ["cite", "甲县", "cadre_dispatch", "-n", "all", "--style", "bibtex"],
        ["cite", "甲县", "cadre_dispatch", "-n", "all", "--style", "gbt7714"],
        ["show", "document", "[bold red].txt"],
        ["show", "document", "no such document"],
    ],
    ids=" ".join,
)
def test_every_view(polcmp: Polcmp, hostile: Path, command: list[str]) -> None:
    more = [[]] if command[0] == "cite" else [[], ["--json"]]
    for options in more:
        if command[1:2] == ["document"] and command[2].startswith("["):
            (name,) = [one.name for one in hostile.iterdir() if not one.name.endswith(".bin.txt")]
            command = ["show", "document", f"in/{name}"]
        done = polcmp(*command, "-d", "in", *TAXONOMY, *options, "-v")
        assert done.out or "P411" in done.err
        assert not OBEYED.search(done.out)
        assert not OBEYED.search(done.err)


def test_colour_is_ours_alone(polcmp: Polcmp, hostile: Path) -> None:
    done = polcmp("compare", "in", *TAXONOMY, "--evidence", "-1", FORCE_COLOR="1")
    assert not OBEYED.search(re.sub(r"\x1b\[[0-9;]*m", "", done.out))
    assert "\x1b[5m" not in done.out and "[bold red]" in polcmp("show", "-d", "in", *TAXONOMY, "-v").err


@pytest.mark.parametrize(("command", "tens"), [(["compare"], 330_000), (["show", "document"], 60_000)])
def test_one_endless_line(polcmp: Polcmp, tmp_path: Path, command: list[str], tens: int) -> None:
    """Ten and two megabytes, in seconds: time grows with the length of a line, not with its square."""
    name = tmp_path / "long.txt"
    name.write_text("甲县选派第一书记29名，" * 500 + "一二三四五六七八九十" * tens, encoding="utf-8")
    assert name.stat().st_size > 30 * tens
    began = time.monotonic()
    done = polcmp(*command, name, *TAXONOMY, "-q")
    assert done.code == 0 and done.out.count("\n") > 3
    assert time.monotonic() - began < 60
