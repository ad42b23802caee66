"""The command line on a store; golden outputs of rows, pages, rates and first reports (all invented)."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from store_lab import CHECKOUT, make_store

from polcmp import api
from polcmp.api import Result
from polcmp.cli.main import app
from polcmp.model.comparison import RowOptions
from polcmp.render import RenderOptions, render

GOLDEN = Path(__file__).parents[1] / "golden" / "store"

CASES: dict[str, tuple[RowOptions, RenderOptions]] = {
    "by_province": (RowOptions(by="province"), RenderOptions()),
    "by_year_rates": (RowOptions(by="year", rates=True), RenderOptions()),
    "top_first": (RowOptions(sort="first", page_size=3, first=True), RenderOptions(evidence=1)),
    "page_zh": (
        RowOptions(sort="documents", page=2, page_size=4, rates=True, first=True),
        RenderOptions(lang="zh"),
    ),
    "by_county_measure": (RowOptions(by="county", sort="joint", page_size=5), RenderOptions()),
}


@pytest.mark.parametrize("width", [80, 200])
@pytest.mark.parametrize("name", CASES)
def test_golden_rows(direct: Result, name: str, width: int) -> None:
    rows, looks = CASES[name]
    looks = RenderOptions(looks.lang, width, evidence=looks.evidence)
    shown = render(api._arranged(direct.comparison, direct.comparison, rows), "table", looks)
    golden = GOLDEN / f"{name}_{width}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")
    assert all(_columns(line) <= width for line in shown.splitlines())


def _columns(line: str) -> int:
    from rich.cells import cell_len

    return cell_len(line)


@pytest.fixture
def polcmp(monkeypatch: pytest.MonkeyPatch) -> object:
    """Runs `polcmp ARGUMENTS` in this process; returns what typer's runner does."""
    from typer.testing import CliRunner

    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(CHECKOUT)
    return lambda *arguments: CliRunner().invoke(app, [str(one) for one in arguments])


VIEWS = (
    ["show", "region"],
    ["show", "region", "nierong"],
    ["show", "measure", "joint_committee", "--evidence", "2"],
    ["show", "measure", "cadre", "--json"],
    ["show", "document", "007.txt"],
    ["why", "nierong", "cadre"],
    ["why", "城口", "dividend", "--json"],
)


@pytest.mark.parametrize("view", VIEWS, ids=" ".join)
def test_views_are_the_same(polcmp, corpus: Path, store: Path, view: list[str]) -> None:  # type: ignore[no-untyped-def]
    taxonomy = store / "taxonomy.yaml"
    one = polcmp(*view, "-d", corpus, "-t", taxonomy, "-q")
    other = polcmp(*view, "-d", store, "-q")
    assert one.exit_code == other.exit_code == 0, other.output
    assert one.stdout == other.stdout
    assert len(one.stdout) > 100


def test_compare_options(polcmp, store: Path) -> None:  # type: ignore[no-untyped-def]
    data = json.loads(
        polcmp("compare", store, "--by", "province", "--top", 2, "--rates", "--first", "--json").stdout
    )
    assert data["view"] == {
        **{"by": "province", "sort": "", "page": 1, "page_size": 2, "first_row": 1},
        **{key: data["view"][key] for key in ("rows", "documents", "mentions")},
    }
    assert len(data["regions"]) == 2
    assert all({"body_characters", "regions"} <= set(one) for one in data["regions"])
    for cell in data["cells"]:
        assert {"rates", "first"} <= set(cell)
        row = next(one for one in data["regions"] if one["region"] == cell["region"])
        expected = len(cell["mentions"]) / row["documents"]
        assert cell["rates"]["per_document"] == pytest.approx(expected, abs=1e-6)
        if cell["first"]:
            assert cell["first"]["mention"] in cell["mentions"]
            dates = {one["document"]: one["date"] for one in data["documents"]}
            assert dates[cell["first"]["document"]] == cell["first"]["date"]
    assert any(cell["first"] for cell in data["cells"])


def test_json_keeps_to_its_schema(polcmp, store: Path) -> None:  # type: ignore[no-untyped-def]
    from jsonschema import Draft202012Validator

    schema = json.loads((CHECKOUT / "polcmp" / "data" / "compare.schema.json").read_text(encoding="utf-8"))
    for options in ([], ["--by", "year", "--rates", "--first", "--page", "1"]):
        data = json.loads(polcmp("compare", store, "--json", *options).stdout)
        Draft202012Validator(schema).validate(data)


def test_pages_say_what_is_left(polcmp, store: Path) -> None:  # type: ignore[no-untyped-def]
    shown = polcmp("compare", store, "-q", "--page", 2, "--page-size", 5).stdout
    assert re.search(
        r"6-10 of 12 rows, in the order of documents\. \d more: --page 3 --page-size 5, --top N", shown
    )
    assert "--top" not in polcmp("compare", store, "-q").stdout


def test_a_store_whose_documents_are_gone(polcmp, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text("虚构的报告\n\n聂荣县选派第一书记29名。", encoding="utf-8")
    store = make_store(tmp_path / "store", folder)
    before = polcmp("why", "nierong", "cadre", "-d", store)
    assert "聂荣县选派第一书记29名" in before.stdout
    (folder / "a.txt").unlink()
    after = polcmp("why", "nierong", "cadre", "-d", store)
    assert after.exit_code == 0
    assert "聂荣县选派第一书记29名" in after.stdout
    assert "near misses and what the cell rests on are left out" in after.stderr
    assert polcmp("compare", store).exit_code == 0
