"""What goes wrong, what it says, and how it exits; good documents still go through."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_lab import CHECKOUT, SEEDS, Polcmp, program

from polcmp.cli.output import payload
from polcmp.errors import UsageError

GOOD = "甲县选派第一书记29名。"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["compare", SEEDS, "-r", "聂荣现"], "P402", "Did you mean 聂荣县?"),
        (["compare", SEEDS, "-r", "nierung"], "P402", "Did you mean 聂荣县? Known: "),
        (["compare", SEEDS, "-r", "旗"], "P403", "陈巴尔虎旗, 扎赉特旗, 伊金霍洛旗"),
        (["compare", SEEDS, "-r", "旗"], "P403", "repeat -r for each of them"),
        (["why", "旗", "dividend", "-d", SEEDS], "P403", "Give more of the name."),
        (["compare", "good", "-r", "丙州"], "P402", "Known: "),
        (["compare", "letter.odt"], "P401", "Save the document as"),
        (["show", "document", "-d", SEEDS], "P411", "no document is named"),
        (["show", "document", "-d", SEEDS], "P411", "000_6238df3fb5925b77.txt"),
        (["compare", SEEDS, "-m", "joint_comittee"], "P404", "Did you mean joint_committee?"),
        (["compare", SEEDS, "-m", "co"], "P405", "shareholding_cooperative"),
        (["compare", SEEDS, "-s", "finished"], "P406", "implemented, planned, called_for, lacking"),
        (["compare", SEEDS, "--min-score", "2"], "P407", "between 0 and 1"),
        (["compare", SEEDS, "--min-score", "nan"], "P407", "between 0 and 1"),
        (["show", "聂荣现", "-d", SEEDS], "P402", "Did you mean 聂荣县?"),
        (["show", "nierng", "-d", SEEDS], "P402", "Did you mean 聂荣县?"),
        (["show", "measure", "joint_comittee", "-d", SEEDS], "P404", "Did you mean joint_committee?"),
        (["show", "document", "nothing.txt", "-d", SEEDS], "P411", "000_6238df3fb5925b77.txt"),
        (["why", "聂荣县", "joint_comittee", "-d", SEEDS], "P404", "Did you mean joint_committee?"),
        (["compare", "missing.txt"], "P301", "missing.txt: P301 there is no such file or folder"),
        (["compare", "missing*.txt"], "P301", "nothing matches"),
        (["compare", "@missing"], "P301", "missing: P301 there is no such file"),
        (["compare", "x" * 5000], "P302", "File name too long"),
        (["compare", "empty"], "P303", "there is no document in this folder"),
        (["compare", "mixed/b.txt"], "P304", "this is no text"),
        (["compare", "good", "-t", "missing.yaml"], "P201", "missing.yaml"),
        (["taxonomy", "check", "missing.yaml"], "P201", "missing.yaml"),
        (["compare", ""], "P401", "Name a file or folder"),
        (["compare", "good", ""], "P401", "Name a file or folder"),
        (["show", "-d", ""], "P401", "Name a file or folder"),
        (["compare", "good", "-t", "broken.yaml"], "P205", "broken.yaml:"),
        (["compare", "good", "-t", "faulty.yaml"], "P204", "did you mean `patterns`?"),
        (["compare", "good", "-t", "mixed/b.txt"], "P2", "mixed/b.txt"),
        (["compare", "good", "-o", "good/a.txt"], "P408", "overwrite an input"),
        (["compare", "good", "-o", "./good/../good/a.txt"], "P408", "overwrite an input"),
        (["compare", "good", "-o", "nowhere/out.md"], "P409", "nowhere/out.md"),
        (["compare", "good", "-o", "empty"], "P409", "empty"),
    ],
)  # fmt: skip
def test_errors(polcmp: Polcmp, reports: Path, arguments: list[object], code: str, says: str) -> None:
    (reports / "broken.yaml").write_text("version: 1\nmeasures: [\n", encoding="utf-8")
    (reports / "faulty.yaml").write_text(
        "version: 1\nmeasures:\n  - id: a\n    pattern: 选派\n", encoding="utf-8"
    )
    (reports / "letter.odt").write_bytes(b"x")
    done = polcmp(*arguments)
    assert (done.code, done.out) == (2, "")
    assert code in done.err and says in done.err
    assert done.err.startswith("polcmp: ") and "Traceback" not in done.err
    assert (reports / "good" / "a.txt").read_text(encoding="utf-8").endswith(GOOD)
    assert not list(reports.glob(".*")) and not list((reports / "good").glob(".*"))


def test_many_failures_are_counted_and_a_shared_hint_stands_once(polcmp: Polcmp, reports: Path) -> None:
    names = [f"letter{n:02}.odt" for n in range(12)]
    for name in names:
        (reports / name).write_bytes(b"x")
    done = polcmp("compare", *names)
    assert done.code == 2 and done.err.count("P307") == 10 and "\n  … 2 more\n" in done.err
    assert done.err.count("Save the document as") == 1 and "Name text files" not in done.err


def test_a_full_disk_says_make_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("polcmp.cli.output._replace", full)
    with pytest.raises(UsageError) as caught:
        payload("x", tmp_path / "out.md")
    assert (caught.value.code, caught.value.hint) == ("P409", "Make room there.")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["compare", "--nothing"],
        ["compare", "-f", "docx"],
        ["compare", "--lang", "fr"],
        ["why"],
        [],
    ],
)
def test_usage(polcmp: Polcmp, reports: Path, arguments: list[str]) -> None:
    done = polcmp(*arguments)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_good_documents_go_through(polcmp: Polcmp, reports: Path) -> None:
    done = polcmp("compare", "mixed", "missing.txt", "--json")
    assert done.code == 3
    data = json.loads(done.out)
    assert [one["document"] for one in data["documents"]] == ["a.txt"]
    assert len(data["mentions"]) == 1
    assert [(one["path"], one["code"]) for one in data["errors"]] == [
        ("missing.txt", "P301"),
        ("mixed/b.txt", "P304"),
    ]
    assert "mixed/b.txt: P304" in done.err and "missing.txt: P301" in done.err
    assert "P304" in polcmp("compare", "mixed", "-q").err  # an error is no chatter


def test_a_broken_sidecar(polcmp: Polcmp, reports: Path) -> None:
    (reports / "good" / "documents.yaml").write_text("a.txt: {region: 甲县\n", encoding="utf-8")
    done = polcmp("compare", "good", "--json")
    assert done.code == 3
    assert "documents.yaml:" in done.err and "P306" in done.err
    assert len(json.loads(done.out)["documents"]) == 2
    assert "could not be read" not in polcmp("compare", "good").out
    assert "1 document could not be read" in polcmp("compare", "mixed").out


def test_other_commands_exit_alike(polcmp: Polcmp, reports: Path) -> None:
    (reports / "mixed" / "documents.yaml").write_text("a.txt: {region: 甲县}\n", encoding="utf-8")
    assert polcmp("show", "甲县", "-d", "mixed").code == 3
    assert polcmp("why", "甲县", "cadre_dispatch", "-d", "mixed").code == 3
    assert polcmp("show", "甲县", "-d", "good").code == 0


def test_an_output_that_is_an_input_by_a_link(polcmp: Polcmp, reports: Path) -> None:
    (reports / "link.txt").symlink_to(reports / "good" / "a.txt")
    assert polcmp("compare", "good", "-o", "link.txt").code == 2
    assert (reports / "good" / "a.txt").read_text(encoding="utf-8").endswith(GOOD)


@pytest.mark.parametrize("name", ["own.yaml", "measures.yaml", "good/documents.yaml", "lists/all.txt"])
@pytest.mark.parametrize(
    "command",
    [
        ["compare", "good", "@lists/all.txt"],
        ["show", "-d", "good", "-d", "@lists/all.txt"],
        ["why", "甲县", "cadre_dispatch", "-d", "good", "-d", "@lists/all.txt"],
    ],
)
def test_what_else_was_read_is_never_overwritten(
    polcmp: Polcmp, reports: Path, command: list[str], name: str
) -> None:
    shutil.copy(CHECKOUT / "measures.yaml", reports / "own.yaml")
    shutil.copy(CHECKOUT / "measures.yaml", reports / "measures.yaml")
    before = (reports / name).read_bytes()
    taxonomy = ["-t", "own.yaml"] if name == "own.yaml" else []
    more = ["-f", "json"] if command[0] == "compare" else []
    done = polcmp(*command, *more, *taxonomy, "-o", name)
    views_write_no_yaml = command[0] != "compare" and name.endswith(".yaml")
    assert done.code == 2 and ("P412" if views_write_no_yaml else "P408") in done.err
    assert (reports / name).read_bytes() == before


def test_a_sidecar_that_applies_from_above_is_never_overwritten(polcmp: Polcmp, reports: Path) -> None:
    (reports / "f2" / "sub").mkdir(parents=True)
    (reports / "f2" / "sub" / "a.txt").write_text(GOOD, encoding="utf-8")
    sidecar = reports / "f2" / "documents.yaml"
    sidecar.write_text("sub/a.txt: {region: 甲县}\n", encoding="utf-8")
    before = sidecar.read_bytes()
    done = polcmp("compare", "f2", "-f", "json", "-o", "f2/documents.yaml")
    assert done.code == 2 and "P408" in done.err
    assert sidecar.read_bytes() == before


def test_what_was_asked_for_goes_before_failed_documents(polcmp: Polcmp, reports: Path) -> None:
    assert polcmp("compare", "mixed").code == 3
    assert polcmp("compare", "mixed", "--fail-on", "empty").code == 1


@pytest.mark.parametrize(
    "command",
    [["taxonomy", "list"], ["taxonomy", "list", "measures.yaml"], ["taxonomy", "schema"]],
)
def test_a_taxonomy_is_not_written_over_itself(polcmp: Polcmp, reports: Path, command: list[str]) -> None:
    shutil.copy(CHECKOUT / "measures.yaml", reports / "measures.yaml")
    assert polcmp(*command, "-o", "measures.yaml").code == 2
    assert (reports / "measures.yaml").read_bytes() == (CHECKOUT / "measures.yaml").read_bytes()


@pytest.mark.parametrize("name", ["out.docx", "out.XLS", "out.pdf"])
def test_an_ending_of_a_format_that_is_not_written(polcmp: Polcmp, reports: Path, name: str) -> None:
    done = polcmp("compare", "good", "-o", name)
    assert done.code == 2 and "P412" in done.err
    assert "table, json, jsonl, csv, tsv, md, html, tex, xlsx" in done.err
    assert not (reports / name).exists()
    assert polcmp("compare", "good", "-o", name, "-f", "md").code == 0
    assert polcmp("compare", "good", "-o", "out.txt").code == 0


def test_an_output_that_is_a_link_stays_one(polcmp: Polcmp, reports: Path) -> None:
    (reports / "latest.json").symlink_to("real.json")
    (reports / "real.json").write_text("old", encoding="utf-8")
    assert polcmp("compare", "good", "-o", "latest.json", "-q").code == 0
    assert (reports / "latest.json").is_symlink()
    assert json.loads((reports / "real.json").read_text(encoding="utf-8"))["schema"]


def test_an_output_that_is_no_plain_file_is_written_to(polcmp: Polcmp, reports: Path) -> None:
    """A named pipe here; `-o /dev/null` and `-o /dev/stdout` are alike, and must never be replaced."""
    os.mkfifo(reports / "pipe")
    reader = os.open(reports / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert polcmp("compare", "good", "-o", "pipe", "-q").code == 0
        assert stat.S_ISFIFO((reports / "pipe").stat().st_mode)
        assert "甲县" in os.read(reader, 60_000).decode("utf-8")
    finally:
        os.close(reader)


def test_a_document_with_control_characters_commands_no_terminal(polcmp: Polcmp, reports: Path) -> None:
    (reports / "good" / "a.txt").write_text("甲县选派\x1b[31m第一书记\x9b2J29名。", encoding="utf-8")
    for command in (
        ["compare", "good", "--evidence", "-1"],
        ["show", "document", "good/a.txt"],
        ["compare", "good", "--json"],
    ):
        out = polcmp(*command).out
        assert "\x1b" not in out and "\x9b" not in out


# ── as a program ─────────────────────────────────────────────────────────────────────────────────


def test_interrupted(tmp_path: Path) -> None:
    """Ctrl-C while it waits for its standard input."""
    for patience in (0.6, 1.5, 4.0):
        process = program("compare", "-", stdin=subprocess.PIPE, cwd=tmp_path)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(patience)
        process.send_signal(2)
        out, err = process.communicate(timeout=20)
        if process.returncode == 130:
            break
    assert process.returncode == 130
    assert (out, err) == (b"", b"polcmp: interrupted\n")


def _obey_permissions() -> None:
    """In the child, before it begins: let root's program obey permissions as any other does (Linux)."""
    drop_from_bounding_set, override, read_search = 24, 1, 2  # linux/prctl.h, linux/capability.h
    for capability in (override, read_search):
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


def obedient() -> dict[str, object]:
    """Options of a program that may not read what is closed to it; skips where that cannot be had."""
    if os.getuid() != 0:
        return {}
    if sys.platform != "linux":
        pytest.skip("root may read everything here")
    return {"preexec_fn": _obey_permissions}


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A folder with a folder and a file that may not be read, and a file that may."""
    (tmp_path / "closed").mkdir()
    for name in ("closed/a.txt", "good.txt", "secret.txt"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    for name in ("closed", "secret.txt"):
        (tmp_path / name).chmod(0)
    yield tmp_path
    for path in (tmp_path, tmp_path / "closed"):
        path.chmod(0o755)


def test_a_folder_and_a_file_that_may_not_be_read(closed: Path) -> None:
    process = program("compare", ".", "--json", cwd=closed, **obedient())
    out, err = process.communicate(timeout=30)
    assert process.returncode == 3, err
    data = json.loads(out)
    assert [one["document"] for one in data["documents"]] == ["good.txt"]
    assert [(one["path"], one["code"]) for one in data["errors"]] == [
        ("closed", "P302"),
        ("secret.txt", "P302"),
    ]


@pytest.mark.parametrize("name", ["closed", "secret.txt", "closed/a.txt"])
def test_nothing_may_be_read(closed: Path, name: str) -> None:
    process = program("compare", name, cwd=closed, **obedient())
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (2, b"")
    assert b"P302" in err and b"Traceback" not in err


def test_a_folder_that_may_not_be_written(closed: Path) -> None:
    closed.chmod(0o555)
    process = program("compare", "good.txt", "-o", "out.md", cwd=closed, **obedient())
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (2, b"")
    assert b"P409" in err and b"Permission denied" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["compare", "-f", "wrong"],
            "polcmp: --format: P442 'wrong' is not one of its values\n  Known: table, json",
        ),
        (["compare", "-f", "latex"], "Did you mean tex? Known: "),
        (["compare", "--lang", "fr"], "P442 'fr' is not one of its values\n  Known: en, zh."),
        (["compare", "--by", "week"], "--by: P442 'week' is not one of its values"),
        (["compare", "--by", "provinces"], "Did you mean province?"),
        (["compare", "--rows", "x"], "Known: auto, measures, regions."),
        (["compare", "--fail-on", "warnings"], "--fail-on: P442"),
        (["plot", "heat"], "KIND: P442 'heat' is not one of its values\n  Did you mean heatmap?"),
        (["plot", "heatmap", "-f", "jpg"], "Known: svg, png, pdf."),
        (["cite", "a", "b", "--style", "apa"], "Known: footnote, bibtex, gbt7714."),
        (
            ["report", "--by", "year", "-o", "x.html"],
            "Known: region, province, city, county. For years and months",
        ),
        (["compare", "--json", "-f", "csv"], "P443 --json and --format csv name two formats"),
        (["compare", "-f", "wrong", "--lang", "zh"], "P442 没有 'wrong' 这个值\n  已知：table"),
    ],
)
def test_values_that_there_are_not(polcmp: Polcmp, reports: Path, arguments: list[str], says: str) -> None:
    done = polcmp(*arguments)
    assert done.code == 2 and done.out == ""
    assert says in done.err


def test_a_language_of_the_environment_that_there_is_not(
    polcmp: Polcmp, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLCMP_LANG", "fr")
    done = polcmp("compare", "good")
    assert done.code == 2 and "POLCMP_LANG: P442 'fr'" in done.err


@pytest.mark.parametrize(
    ("arguments", "option", "format"),
    [
        (["show", "measure", "dividend", "-d", SEEDS, "--json", "-o", "x.csv"], "--json", "json"),
        (["compare", "good", "-f", "json", "-o", "x.csv"], "--format", "json"),
        (["compare", "good", "--json", "-o", "x.csv"], "--json", "json"),
        (["compare", "good", "-f", "table", "-o", "x.csv"], "--format", "table"),
        (["cite", "聂荣县", "joint", "-d", SEEDS, "--style", "gbt7714", "-o", "x.bib"], "--style", "gbt7714"),
    ],
)
def test_an_option_wins_over_the_ending_and_says_so(
    polcmp: Polcmp, reports: Path, arguments: list[str], option: str, format: str
) -> None:
    name = arguments[-1]
    done = polcmp(*arguments)
    assert done.code == 0
    assert f"{name}: {option} writes {format} into a file that ends in .{name[2:]}" in done.err
    written = (reports / name).read_text(encoding="utf-8")
    assert (written[:1] == "{") is (format == "json")
    assert "writes" not in polcmp(*arguments, "-q").err


@pytest.mark.parametrize("arguments", [["-f", "csv", "-o", "x.csv"], ["-f", "md", "-o", "notes"], ["--json"]])
def test_an_ending_that_fits_is_not_spoken_of(polcmp: Polcmp, reports: Path, arguments: list[str]) -> None:
    assert "writes" not in polcmp("compare", "good", *arguments).err
