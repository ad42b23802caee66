"""What a store answers is what the documents themselves would have answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from polcmp import api
from polcmp.api import Result, compare
from polcmp.errors import UsageError
from polcmp.matrix import filter_comparison
from polcmp.matrix.select import region_similarity
from polcmp.model.comparison import AUTO_SIZE, ROW_KINDS, ROW_ORDERS, Comparison, RowOptions
from polcmp.render import RenderOptions, render
from polcmp.scanned import scan_corpus

FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"regions": ["鼓楼区", "扎赉特旗"]},
    {"measures": ["joint_committee", "dividend"]},
    {"statuses": ["planned", "lacking"]},
    {"regions": ["nierong"], "measures": ["cadre"], "statuses": ["implemented"]},
)

ROWS = (
    *(RowOptions(by=by, rates=True, first=True) for by in ROW_KINDS),
    *(RowOptions(sort=sort) for sort in (*ROW_ORDERS, "cadre")),
    *(RowOptions(by="year", sort=sort) for sort in ("mentions", "joint")),
    RowOptions(page=2, page_size=3),
    RowOptions(by="county", sort="mentions", page=2, page_size=4, first=True),
)


def of_documents(direct: Result, rows: RowOptions | None = None, **filters: Any) -> Comparison:
    """What `compare` makes of the documents, which were analysed once for all tests."""
    kept = [filters.get(one, ()) for one in ("regions", "measures", "statuses")]
    return api._arranged(api._filtered(direct.comparison, *kept), direct.comparison, rows)


def data_of(comparison: Comparison) -> dict[str, Any]:
    """The JSON without the taxonomy's path, which is as it was given to each."""
    data: dict[str, Any] = json.loads(render(comparison, "json"))
    data["taxonomy"].pop("path")
    return data


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_json_is_the_same(direct: Result, store: Path, filters: dict[str, Any]) -> None:
    found = compare(store, **filters)
    assert data_of(of_documents(direct, **filters)) == data_of(found.comparison)
    assert found.comparison.cells
    if not filters:
        assert [one.facts for one in found.documents] == [one.facts for one in direct.documents]


@pytest.mark.parametrize("rows", ROWS, ids=str)
def test_rows_are_the_same(direct: Result, store: Path, rows: RowOptions) -> None:
    """Loaded whole, and counted in SQL: formats that show a few quotations load no more than these."""
    for filters in ({}, {"statuses": ["planned"]}):
        wanted = of_documents(direct, rows, **filters)
        found = compare(store, rows=rows, **filters).comparison
        assert data_of(wanted) == data_of(found)
        counted = compare(store, rows=rows, quotations=3, **filters).comparison
        assert not counted.documents
        looks = RenderOptions(width=120, evidence=3)
        for format in ("table", "md"):
            assert render(wanted, format, looks) == render(counted, format, looks)


def test_cells_counted_in_sql_are_those_of_the_matrix(direct: Result, store: Path) -> None:
    """Every field of a cell but the ids, and its leading figures as far as they are fetched."""
    counted = compare(store, quotations=0).comparison
    assert counted.regions == direct.regions
    for one, other in zip(direct.comparison.cells, counted.cells, strict=True):
        assert one._replace(mentions=(), figures=one.figures[:4]) == other
    assert any(len(one.figures) > 1 for one in direct.comparison.cells)
    assert {one.zero for one in direct.comparison.cells} >= {"", "not_mentioned", "dropped_only"}
    assert any(one.sources < one.documents for one in counted.cells)
    assert region_similarity(counted) == region_similarity(direct.comparison)


def test_a_raised_cut_off_is_that_of_filter_comparison(direct: Result, store: Path) -> None:
    wanted = filter_comparison(direct.comparison, min_score=0.97)
    found = compare(store, min_score=0.97).comparison
    assert found.cells == wanted.cells
    assert found.dropped == wanted.dropped
    assert found.settings == wanted.settings
    assert any(cell.zero == "near_miss" for cell in found.cells)
    counted = compare(store, min_score=0.97, quotations=1).comparison
    assert [(one.zero, one.total) for one in counted.cells] == [(one.zero, one.total) for one in found.cells]
    looks = RenderOptions(width=100)
    assert render(counted, "table", looks) == render(wanted, "table", looks)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"min_score": 0.5}, "P418"),
        ({"min_score": 1.5}, "P407"),
        ({"regions": ["没有这个县"]}, "P402"),
        ({"measures": ["nothing at all"]}, "P404"),
        ({"rows": RowOptions(page=9, page_size=5)}, "P414"),
        ({"rows": RowOptions(page=0, page_size=5)}, "P414"),
        ({"rows": RowOptions(by="continent")}, "P407"),
        ({"rows": RowOptions(sort="nothing at all")}, "P404"),
    ],
    ids=str,
)
def test_requests_that_fit_nothing(store: Path, asked: dict[str, Any], code: str) -> None:
    with pytest.raises(UsageError) as raised:
        compare(store, **asked)
    assert raised.value.code == code
    assert raised.value.hint


def test_a_store_stands_alone(corpus: Path, store: Path) -> None:
    with pytest.raises(UsageError) as raised:
        compare([store, corpus])
    assert raised.value.code == "P416"


def test_another_taxonomy_is_refused(store: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    text = (store / "taxonomy.yaml").read_text(encoding="utf-8")
    other.write_text(f"{text}\n# changed\n", encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        compare(store, taxonomy=other)
    assert raised.value.code == "P417"
    assert compare(store, taxonomy=store / "taxonomy.yaml", quotations=0).comparison.cells


def test_many_rows_are_cut_for_reading(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polcmp.matrix.rows.MOST_WHOLE", 5)
    monkeypatch.setattr("polcmp.matrix.rows.PAGE", 4)
    found = compare(store, rows=RowOptions(page_size=AUTO_SIZE), quotations=0).comparison
    assert found.view is not None
    assert (len(found.regions), found.view.options.sort, found.view.options.page_size) == (4, "mentions", 4)
    totals = [sum(one.total for one in found.cells if one.region == row.name) for row in found.regions]
    assert totals == sorted(totals, reverse=True)
    assert found.view.mentions == len(compare(store).mentions)
    assert "--page 2 --page-size 4, --top N, --by province" in render(found, "table")


def test_similar_names_of_counties_are_told_apart(store: Path) -> None:
    counties = [one.name for one in compare(store, rows=RowOptions(by="county"), quotations=0).regions]
    assert {"南京市鼓楼区", "福州市鼓楼区", "六合区"} <= set(counties)
    cities = [one.name for one in compare(store, rows=RowOptions(by="city"), quotations=0).regions]
    assert {"南京市", "北京市", "重庆市", "琼中黎族苗族自治县"} <= set(cities)
    years = [one.name for one in compare(store, rows=RowOptions(by="year"), quotations=0).regions]
    assert years == sorted(years)
    assert years[-1] == "undated"


def test_a_scan_of_the_seeds_compares_as_the_seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scanned from where they are compared, nothing differs: not one byte of the JSON."""
    checkout = Path(__file__).parent.parent.parent
    taxonomy = tmp_path / "measures.yaml"
    taxonomy.write_bytes((checkout / "measures.yaml").read_bytes())
    monkeypatch.chdir(checkout)
    scan_corpus("seeds", tmp_path / "store", taxonomy=taxonomy, workers=0)
    assert compare(tmp_path / "store").to_json() == compare("seeds", taxonomy=taxonomy).to_json()
