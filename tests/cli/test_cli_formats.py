"""Formats on the command line: by option and ending, with and without a mark; citations and drawings."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import zipfile
from pathlib import Path

import pytest
from cli_lab import SEEDS, Polcmp, program


def on_terminal(*arguments: object) -> tuple[int, str]:
    """Exit code and output of a program whose standard output is a terminal."""
    main, side = pty.openpty()
    started = program(*arguments, stdout=side, stderr=subprocess.STDOUT)
    os.close(side)
    said = b""
    while True:
        try:
            data = os.read(main, 65_536)
        except OSError:
            break
        if not data:
            break
        said += data
    os.close(main)
    return started.wait(), said.decode()


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("out.html", b'<meta charset="utf-8">\n<section'),
        ("out.htm", b'<meta charset="utf-8">\n<section'),
        ("out.tex", b"% Made by polcmp"),
        ("out.markdown", b"2 regions"),
        ("out.ndjson", b'{"id"'),
        ("OUT.XLSX", b"PK"),
    ],
)
def test_the_ending_of_a_file_names_its_format(
    polcmp: Polcmp, reports: Path, name: str, begins: bytes
) -> None:
    done = polcmp("compare", "good", "-o", name, "-q")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert (reports / name).read_bytes().startswith(begins)


def test_a_workbook_goes_into_a_pipe_but_not_to_a_terminal(polcmp: Polcmp, reports: Path) -> None:
    piped = program("compare", "good", "-f", "xlsx", "-q", cwd=reports).communicate()[0]
    assert "xl/worksheets/sheet6.xml" in zipfile.ZipFile(io.BytesIO(piped)).namelist()
    for format, command in (("xlsx", ["compare", "-f", "xlsx"]), ("png", ["plot", "heatmap", "-f", "png"])):
        code, said = on_terminal(*command, SEEDS)
        assert code == 2 and "P430" in said and f".{format}" in said and "-o" in said
        assert "\x1b" not in said and "PK" not in said


def test_links_lead_from_where_the_workbook_stands(polcmp: Polcmp, reports: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    (reports / "a b").mkdir()
    assert polcmp("compare", "good", "-o", "a b/out.xlsx", "-q").code == 0
    sheet = openpyxl.load_workbook(reports / "a b" / "out.xlsx")["Documents"]
    targets = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert [target.replace("\\", "/") for target in targets] == ["../good/a.txt", "../good/b.txt"]
    assert all((reports / "a b" / target.replace("\\", "/")).is_file() for target in targets)


MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("options", "marked"),
    [
        (["-o", "x.csv"], True),
        (["-o", "x.csv", "--bom"], True),
        (["-o", "x.csv", "--no-bom"], False),
        (["-o", "x.tsv", "--no-bom"], False),
        (["-f", "csv"], False),
        (["-f", "csv", "--bom"], True),
        (["-f", "tsv", "-o", "-"], False),
        (["-o", "x.md"], False),
        (["-o", "x.html", "--no-bom"], False),
    ],
)
def test_a_byte_order_mark_where_it_is_wanted(
    polcmp: Polcmp, reports: Path, options: list[str], marked: bool
) -> None:
    done = polcmp("compare", "good", "-q", *options)
    assert done.code == 0
    written = reports / options[options.index("-o") + 1] if "-o" in options else Path("-")
    data = done.bytes if str(written).endswith("-") else written.read_bytes()
    assert data.startswith(MARK) is marked and data.count(MARK) == marked


def test_a_byte_order_mark_where_there_is_no_place_for_it(polcmp: Polcmp, reports: Path) -> None:
    done = polcmp("compare", "good", "--bom", "-f", "json")
    assert done.code == 2 and "P433" in done.err and "csv and tsv" in done.err


VIEWS = (
    ["show", "region", "甲县", "-d", "good"],
    ["show", "measure", "-d", "good"],
    ["why", "甲县", "cadre_dispatch", "-d", "good"],
    ["taxonomy", "list"],
)


@pytest.mark.parametrize("command", VIEWS, ids=" ".join)
def test_views_are_text_or_json_by_the_ending(polcmp: Polcmp, reports: Path, command: list[str]) -> None:
    text, data = polcmp(*command, "-q" if command[0] != "taxonomy" else "--lang=en").out, ""
    assert polcmp(*command, "-o", "out.txt").code == 0
    assert (reports / "out.txt").read_text(encoding="utf-8") == text
    assert polcmp(*command, "-o", "out.json").code == 0
    data = (reports / "out.json").read_text(encoding="utf-8")
    assert data == polcmp(*command, "--json").out and json.loads(data)
    for name in ("out.xlsx", "out.md", "out.csv", "out.html", "out.png"):
        done = polcmp(*command, "-o", name)
        assert done.code == 2 and "P412" in done.err and ".json" in done.err
        assert not (reports / name).exists()


def test_an_evaluation_is_text_or_json_by_the_ending(polcmp: Polcmp, reports: Path) -> None:
    gold = Path(__file__).parents[1] / "gold" / "seeds"
    assert polcmp("evaluate", gold, SEEDS, "-q", "-o", "out.json").code == 0
    assert json.loads((reports / "out.json").read_text(encoding="utf-8"))
    assert "P412" in polcmp("evaluate", gold, SEEDS, "-q", "-o", "out.xlsx").err


# ── citations ────────────────────────────────────────────────────────────────────────────────────


def test_cite(polcmp: Polcmp, reports: Path) -> None:
    sidecar = "a.txt: {region: 甲县, title: 甲县情况, source: 'https://a.example/1', date: 2022-04-12}\n"
    (reports / "good" / "documents.yaml").write_text(sidecar, encoding="utf-8")
    where = ["-d", "good"]
    done = polcmp("cite", "甲", "dispatch", *where)
    assert done.code == 0 and done.err == ""
    assert done.out.startswith("[^polcmp-") and "「选派第一书记29名」" in done.out
    assert "*甲县情况*. <https://a.example/1>. 2022-04-12. a.txt, characters 8–17. sha256 " in done.out
    gbt = polcmp("cite", "甲", "dispatch", *where, "--style", "gbt7714", "--accessed", "2024-05-31").out
    assert gbt.startswith(
        "甲县情况[EB/OL]. (2022-04-12)[2024-05-31]. https://a.example/1. 引文：「选派第一书记29名」"
    )
    assert polcmp("cite", "甲", "dispatch", *where, "-o", "out.bib").code == 0
    bib = (reports / "out.bib").read_text(encoding="utf-8")
    assert bib == polcmp("cite", "甲", "dispatch", *where, "--style", "bibtex").out
    assert bib.startswith("@misc{polcmp-")


def test_cite_every_mention(polcmp: Polcmp) -> None:
    one, every = (polcmp("cite", "nierong", "joint", "-d", SEEDS, *more).out for more in ([], ["-n", "all"]))
    assert every.startswith(one) and every.count("\n[^") > 3
    assert polcmp("cite", "nierong", "joint", "-d", SEEDS, "-n", "2").out == every.splitlines()[1] + "\n"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["cadre", "-n", "9"], "P434"),
        (["cadre", "-n", "0"], "P434"),
        (["cadre", "-n", "x"], "P434"),
        (["joint"], "P434"),
        (["cadre", "--accessed", "yesterday"], "P435"),
        (["cadre", "-o", "x.json"], "P412"),
        (["nothing_such"], "P404"),
    ],
)
def test_cite_says_what_is_wrong(polcmp: Polcmp, reports: Path, more: list[str], code: str) -> None:
    done = polcmp("cite", "甲县", *more, "-d", "good")
    assert done.code == 2 and code in done.err


# ── drawings ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("name", "begins"), [("x.svg", b"<?xml"), ("x.PNG", b"\x89PNG"), ("x.pdf", b"%PDF")])
def test_drawings_by_the_ending(polcmp: Polcmp, reports: Path, name: str, begins: bytes) -> None:
    pytest.importorskip("matplotlib")
    done = polcmp("plot", "heatmap", "good", "-o", name, "-q")
    assert (done.code, done.err) == (0, "")
    assert (reports / name).read_bytes().startswith(begins)


def test_a_drawing_goes_into_a_pipe(polcmp: Polcmp, reports: Path) -> None:
    pytest.importorskip("matplotlib")
    assert polcmp("plot", "similarity", "good", "-q").bytes.startswith(b"<?xml")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["heatmap", "good", "-o", "x.xlsx"], "P412"),
        (["timeline", "good", "-o", "x.svg"], "P438"),
        (["heatmap", "good", "-o", "x.svg", "--font", "No Such Font"], "P437"),
        (["heatmap", "good", "-o", "x.svg", "--font", "good/a.txt"], "P437"),
        (["heatmap", "good", "-o", "good/a.txt"], "P408"),
    ],
)
def test_drawings_say_what_is_wrong(polcmp: Polcmp, reports: Path, arguments: list[str], code: str) -> None:
    pytest.importorskip("matplotlib")
    done = polcmp("plot", *arguments, "-q")
    assert done.code == 2 and code in done.err
    assert not (reports / "x.svg").exists()
