"""`show`, `why`, `taxonomy`, and the help of every command."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer
from cli_lab import CHECKOUT, SEEDS, Polcmp
from typer.testing import CliRunner

from polcmp.cli.main import app

MEASURES = [
    "cadre_dispatch",
    "unit_village_pairing",
    "shareholding_cooperative",
    "guaranteed_dividend",
    "joint_committee",
]


def commands() -> list[list[str]]:
    """Every command, as its words."""
    top = typer.main.get_command(app)
    found = []
    for name, command in top.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found += [[name, one] for one in inner] if inner else [[name]]
    return found


def test_the_commands() -> None:
    assert {" ".join(one) for one in commands()} >= {
        "compare", "show", "why", "taxonomy check", "taxonomy list", "taxonomy schema"
    }  # fmt: skip


@pytest.mark.parametrize("words", commands(), ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_has_an_example(words: list[str], option: str) -> None:
    done = CliRunner().invoke(app, [*words, option], env={"COLUMNS": "200", "TERMINAL_WIDTH": "200"})
    assert done.exit_code == 0
    plain = re.sub(r"\s+", " ", done.output)
    assert f"Usage: polcmp {' '.join(words)}" in plain or "Usage: root" in plain
    assert re.search(rf"Examples?: `?polcmp {' '.join(words)}", plain), plain[:400]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_help_tells_every_option(words: list[str]) -> None:
    command = typer.main.get_command(app)
    for word in words:
        command = command.commands[word]  # type: ignore[attr-defined]
    for parameter in command.params:
        assert getattr(parameter, "help", None), (words, parameter.name)


def test_version() -> None:
    done = CliRunner().invoke(app, ["--version"])
    assert done.exit_code == 0 and re.fullmatch(r"polcmp \d+\.\d+\.\d+\S*\n", done.output)


# ── show ─────────────────────────────────────────────────────────────────────────────────────────


def test_show_regions(polcmp: Polcmp) -> None:
    for words in (["show"], ["show", "region"]):
        out = polcmp(*words, "-d", SEEDS).out
        assert all(name in out for name in ("陈巴尔虎旗", "阿拉善高新区", "聂荣县"))
    assert len(json.loads(polcmp("show", "region", "-d", SEEDS, "--json").out)["regions"]) == 5


@pytest.mark.parametrize(
    "words", [["聂荣县"], ["region", "聂荣县"], ["聶榮縣"], ["nierong"], ["nie", "rong"]]
)
def test_show_a_region(polcmp: Polcmp, words: list[str]) -> None:
    done = polcmp("show", *words, "-d", SEEDS)
    assert done.code == 0
    assert done.out.startswith("聂荣县") and "29个" in done.out and "聯村黨" in done.out
    assert done.out == polcmp("show", "region", "聂荣县", "-d", SEEDS).out


def test_show_measures(polcmp: Polcmp) -> None:
    done = polcmp("show", "measure", "-d", SEEDS)
    assert all(one in done.out for one in MEASURES)


def test_show_a_measure(polcmp: Polcmp) -> None:
    out = polcmp("show", "measure", "dividend", "-d", SEEDS).out
    assert "阿拉善高新区" in out and "8%" in out and "保底分紅" in out


def test_show_a_document(polcmp: Polcmp) -> None:
    path = SEEDS / "004_385cd5e5a16021b1.txt"
    by_path = polcmp("show", "document", path)
    assert by_path.code == 0 and "  joint_committee  ✓ implemented\n    「" in by_path.out
    by_name = polcmp("show", "document", path.name, "-d", SEEDS)
    by_part = polcmp("show", "document", "004", "-d", SEEDS)
    assert by_name.out == by_part.out
    assert polcmp("show", "document", "0", "-d", SEEDS).code == 2


def test_show_marks_boilerplate(polcmp: Polcmp) -> None:
    data = json.loads(polcmp("show", "document", "003", "-d", SEEDS, "--json").out)
    assert data


def test_show_in_chinese(polcmp: Polcmp) -> None:
    out = polcmp("show", "聂荣县", "-d", SEEDS, "--lang", "zh").out
    assert "联合党委" in out and "Joint" not in out


# ── why ──────────────────────────────────────────────────────────────────────────────────────────


def test_why_a_filled_cell(polcmp: Polcmp) -> None:
    out = polcmp("why", "阿拉善高新区", "dividend", "-d", SEEDS).out
    assert "Guaranteed dividend" in out and "保底分紅" in out
    data = json.loads(polcmp("why", "阿拉善高新区", "dividend", "-d", SEEDS, "--json").out)
    for mention in data["mentions"]:
        assert sum(part["points"] for part in mention["parts"]) == pytest.approx(mention["score"], abs=1e-3)


def test_why_an_empty_cell(polcmp: Polcmp) -> None:
    out = polcmp("why", "陈巴尔虎旗", "dividend", "-d", SEEDS).out
    assert "not mentioned" in out


def test_why_tells_what_was_dropped(polcmp: Polcmp, reports: Path) -> None:
    (reports / "good" / "a.txt").write_text(
        "甲县情况\n\n甲县学习借鉴武川县经验，武川县选派第一书记29名。", encoding="utf-8"
    )
    data = json.loads(polcmp("why", "甲县", "cadre_dispatch", "-d", "good", "--json").out)
    assert data["mentions"] == []
    assert [one["reason"] for one in data["dropped"]] == ["other_place"]
    assert "武川县" in polcmp("why", "甲县", "cadre_dispatch", "-d", "good").out


# ── taxonomy ─────────────────────────────────────────────────────────────────────────────────────


def test_the_default_taxonomy_is_fine(polcmp: Polcmp) -> None:
    done = polcmp("taxonomy", "check", CHECKOUT / "measures.yaml")
    assert done.code == 0, done.out
    assert "error" not in done.out


def test_check_tells_every_fault(polcmp: Polcmp, reports: Path) -> None:
    (reports / "t.yaml").write_text(
        "version: 1\nmeasures:\n  - id: a\n    pattern: 选派\n  - id: b\n    patterns: ['(选派']\n",
        encoding="utf-8",
    )
    done = polcmp("taxonomy", "check", "t.yaml")
    assert done.code == 1
    assert "t.yaml:4:5: P204" in done.out and "t.yaml:6:" in done.out
    assert re.search(r"[2-9] errors", done.err)
    assert polcmp("taxonomy", "check", "t.yaml", "-q").err == ""


def test_check_tries_the_examples(polcmp: Polcmp, reports: Path) -> None:
    (reports / "t.yaml").write_text(
        "version: 1\nmeasures:\n  - id: a\n    patterns: [第一书记]\n"
        "    examples: {match: [选派了工作队], no_match: [第一书记到村]}\n",
        encoding="utf-8",
    )
    done = polcmp("taxonomy", "check", "t.yaml")
    assert done.code == 1
    assert done.out.count("P246") == 2


def test_warnings_fail_only_when_asked(polcmp: Polcmp, reports: Path) -> None:
    (reports / "t.yaml").write_text(
        "version: 1\nmeasures:\n  - id: a\n    patterns: [第一书记]\n", encoding="utf-8"
    )
    assert polcmp("taxonomy", "check", "t.yaml").code == 0
    assert polcmp("taxonomy", "check", "t.yaml", "--strict").code == 1


def test_a_taxonomy_that_is_not_there(polcmp: Polcmp, reports: Path) -> None:
    done = polcmp("taxonomy", "check", "missing.yaml")
    assert done.code in (1, 2) and "missing.yaml" in done.out + done.err
    assert polcmp("taxonomy", "list", "missing.yaml").code == 2


def test_list(polcmp: Polcmp, reports: Path) -> None:
    out = polcmp("taxonomy", "list").out
    assert all(one in out for one in MEASURES)
    data = json.loads(polcmp("taxonomy", "list", "--json").out)
    assert [one["measure"] for one in data["measures"]] == MEASURES


def test_schema(polcmp: Polcmp) -> None:
    import jsonschema
    import yaml

    schema = json.loads(polcmp("taxonomy", "schema").out)
    data = yaml.safe_load((CHECKOUT / "measures.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)


def test_a_document_alone_says_nothing_of_dead_measures(polcmp: Polcmp) -> None:
    path = next(iter(sorted((CHECKOUT / "seeds").glob("004*.txt"))))
    assert "matched nothing" not in polcmp("compare", path).err
    assert "matched nothing" not in polcmp("show", "document", path).err


def test_an_empty_document_says_nothing_of_dead_measures(polcmp: Polcmp, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    done = polcmp("compare", empty)
    assert done.code == 0
    assert "the document is empty" in done.err and "matched nothing" not in done.err
