"""What the shell offers after Tab, asked as shells ask: through the environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_lab import SEEDS, Polcmp

REGIONS = ["伊金霍洛旗", "扎赉特旗", "聂荣县", "阿拉善高新区", "陈巴尔虎旗"]
MEASURES = [
    *("cadre_dispatch", "unit_village_pairing", "shareholding_cooperative"),
    *("guaranteed_dividend", "joint_committee"),
]


@pytest.fixture
def offered(polcmp: Polcmp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Asks in an empty folder, as fish does: (value, help) of each offer."""
    monkeypatch.chdir(tmp_path)

    def ask(line: str) -> list[list[str]]:
        done = polcmp(
            _POLCMP_COMPLETE="complete_fish",
            _TYPER_COMPLETE_FISH_ACTION="get-args",
            _TYPER_COMPLETE_ARGS=f"polcmp {line}",
        )
        assert done.err == ""
        return [row.split("\t") for row in done.out.splitlines() if row]

    return ask


def values(rows: list[list[str]]) -> list[str]:
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    "line",
    ["compare -m ", "compare --measure ", "plot heatmap -m ", "report -m ", "show measure ", "why 聂荣县 "],
)
def test_measures(offered, line: str) -> None:  # type: ignore[no-untyped-def]
    rows = offered(line)
    assert values(rows) == MEASURES
    assert rows[3][1] == "保底分红 Guaranteed dividend"


def test_a_measure_by_the_beginning_of_its_id_or_name(offered) -> None:  # type: ignore[no-untyped-def]
    assert values(offered("compare -m j")) == ["joint_committee"]
    assert values(offered("compare -m 保")) == ["保底分红"]
    assert offered("compare -m zzz") == []


def test_measures_of_the_taxonomy_that_is_named(offered, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "own.yaml").write_text(
        "version: 1\nmeasures:\n- {id: wells, name: 打井, patterns: [打井]}\n", encoding="utf-8"
    )
    assert offered("compare -t own.yaml -m ") == [["wells", "打井"]]
    (tmp_path / "measures.yaml").write_text(
        "version: 1\nmeasures:\n- {id: dams, patterns: [筑坝]}\n", encoding="utf-8"
    )
    assert values(offered("compare -m ")) == ["dams"]


@pytest.mark.parametrize("line", ["compare -r ", "why ", "cite ", "show region ", f"why -d '{SEEDS}' "])
def test_regions(offered, line: str) -> None:  # type: ignore[no-untyped-def]
    rows = offered(line)
    assert values(rows) == REGIONS
    assert rows[2][1] == "西藏自治区那曲市聂荣县"


def test_regions_of_the_documents_that_are_named(offered, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "documents.yaml").write_text(
        "a.txt: {region: 云溪县}\nb.txt: {region: 青禾县}\n", encoding="utf-8"
    )
    (tmp_path / "in" / "a.txt").write_text("打井。", encoding="utf-8")
    assert values(offered("compare in -r ")) == ["云溪县", "青禾县"]
    assert values(offered("compare in -r 青")) == ["青禾县"]
    assert values(offered("compare in/a.txt -r ")) == ["云溪县"]


def test_regions_and_measures_of_a_store(offered, polcmp: Polcmp, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    pytest.importorskip("pyarrow")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("甲县情况\n\n甲县选派第一书记29名。", encoding="utf-8")
    (tmp_path / "in" / "documents.yaml").write_text("a.txt: {region: 甲县}\n", encoding="utf-8")
    own = "version: 1\nmeasures:\n- {id: sent, name: 选派, patterns: [选派]}\n"
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    done = polcmp("scan", "in", "-t", "own.yaml", "-o", "store", "-q", "--workers", "0")
    assert done.code == 0, done.err
    assert values(offered("compare store -r ")) == ["甲县"]
    assert values(offered("plot heatmap store -r ")) == ["甲县"]
    assert offered("compare store -m ") == [["sent", "选派"]]


def test_words_of_show_statuses_orders_and_files(offered, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "own.yaml").touch()
    (tmp_path / "other.txt").touch()
    (tmp_path / "folder").mkdir()
    assert values(offered("show ")) == ["region", "measure", "document", *REGIONS]
    assert values(offered("show document o")) == ["other.txt", "own.yaml"]
    assert values(offered("compare -s ")) == ["implemented", "planned", "called_for", "lacking"]
    assert values(offered("compare --sort f")) == ["first"]
    assert values(offered("compare -t ")) == ["folder/", "own.yaml"]
    assert values(offered("taxonomy check o")) == ["own.yaml"]


@pytest.mark.parametrize(
    "line", ["compare -t nowhere.yaml -m ", "compare -t broken.yaml -m ", "compare nowhere -r "]
)
def test_errors_are_never_told(offered, tmp_path: Path, line: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "broken.yaml").write_text("measures: [{id: [", encoding="utf-8")
    assert offered(line) == []


def test_it_is_quick(tmp_path: Path) -> None:
    """Half a second of work: what a busy machine adds is not ours."""
    environ = {**os.environ, "_POLCMP_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "polcmp why "}
    before = os.times()
    done = subprocess.run(
        [sys.executable, "-m", "polcmp.cli.main"], cwd=tmp_path, env=environ, capture_output=True, check=False
    )
    after = os.times()
    assert "聂荣县" in done.stdout.decode() and done.stderr == b""
    assert after.children_user + after.children_system - before.children_user - before.children_system < 0.5


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("compare --format x", ["xlsx"]),
        ("compare --by c", ["city", "county"]),
        ("compare -f wrong --lang ", ["en", "zh"]),
        ("report --by p", ["province"]),
        ("plot h", ["heatmap"]),
        ("cite a b --style b", ["bibtex"]),
    ],
)
def test_values_of_options(offered, line: str, wanted: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert values(offered(line)) == wanted
