"""Every renderer against its golden file; ``UPDATE_GOLDEN=1 pytest`` writes them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from render_samples import MEASURES, RAW, TEXTS, analyse, compare, sample

from polcmp.matrix import filter_comparison
from polcmp.render import RenderOptions, render
from polcmp.render.document_view import document_text
from polcmp.render.measure_view import measure_list, measure_profile
from polcmp.render.region_view import region_list, region_profile
from polcmp.render.schema import compare_schema
from polcmp.render.views_json import (
    document_json,
    measure_json,
    measures_json,
    region_json,
    regions_json,
    why_json,
)
from polcmp.render.why_view import why_cell

GOLDEN = Path(__file__).parents[1] / "golden" / "render"

EN = RenderOptions(width=80)
ZH = RenderOptions(width=80, lang="zh")


def many() -> str:
    texts = [
        replace(text, name=f"{number:02}_{at}.txt", region=f"{text.region[:-1]}{name}{text.region[-1]}")
        for number, name in enumerate("甲乙丙丁戊己庚辛")
        for at, text in enumerate(TEXTS)
    ]
    return render(compare(texts), "table", EN)


CASES: dict[str, Callable[[], str]] = {
    "table_80.txt": lambda: render(sample(), "table", EN),
    "table_80_zh.txt": lambda: render(sample(), "table", ZH),
    "table_80_regions.txt": lambda: render(sample(), "table", replace(EN, rows="regions")),
    "table_80_evidence.txt": lambda: render(sample(), "table", replace(EN, evidence=2)),
    "table_80_planned.txt": lambda: render(filter_comparison(sample(), statuses=["planned"]), "table", EN),
    "table_60.txt": lambda: render(sample(), "table", replace(EN, width=60)),
    "table_120.txt": lambda: render(sample(), "table", replace(EN, width=120)),
    "table_120_color.txt": lambda: render(sample(), "table", replace(EN, width=120, color=True)),
    "table_200_zh.txt": lambda: render(sample(), "table", replace(ZH, width=200)),
    "table_40_regions.txt": many,
    "table_nothing.txt": lambda: render(compare([]), "table", EN),
    "compare.json": lambda: render(sample(), "json"),
    "compare.jsonl": lambda: render(sample(), "jsonl"),
    "compare.csv": lambda: render(sample(), "csv"),
    "compare.tsv": lambda: render(sample(), "tsv"),
    "compare.md": lambda: render(sample(), "md"),
    "compare_zh.md": lambda: render(sample(), "md", replace(ZH, rows="regions", evidence=-1)),
    "compare.html": lambda: render(sample(), "html"),
    "compare_zh.html": lambda: render(sample(), "html", replace(ZH, rows="regions", evidence=1)),
    "compare.tex": lambda: render(sample(), "tex"),
    "compare_zh.tex": lambda: render(sample(), "tex", replace(ZH, rows="regions", evidence=1)),
    "region.txt": lambda: region_profile(sample(), "陈巴尔虎旗", EN),
    "region_zh.txt": lambda: region_profile(sample(), "陈巴尔虎旗", replace(ZH, evidence=1)),
    "region.json": lambda: region_json(sample(), "聂荣县"),
    "regions.txt": lambda: region_list(sample(), EN),
    "regions.json": lambda: regions_json(sample()),
    "measure.txt": lambda: measure_profile(sample(), "cadre_dispatch", EN),
    "measure.json": lambda: measure_json(sample(), "guaranteed_dividend"),
    "measures.txt": lambda: measure_list(MEASURES, EN),
    "measures_zh.txt": lambda: measure_list(MEASURES, ZH),
    "measures.json": lambda: measures_json(MEASURES),
    "document.txt": lambda: document_text(analyse(TEXTS[1]), TEXTS[1].raw, EN),
    "document_color.txt": lambda: document_text(analyse(TEXTS[0]), TEXTS[0].raw, replace(EN, color=True)),
    "document.json": lambda: document_json(analyse(TEXTS[1]), TEXTS[1].raw),
    "why.txt": lambda: why_cell(sample(), "扎赉特旗", "cadre_dispatch", EN, RAW),
    "why_dropped.txt": lambda: why_cell(sample(), "阿拉善高新区", "cadre_dispatch", EN, RAW),
    "why_near_miss_zh.txt": lambda: why_cell(sample(), "聂荣县", "guaranteed_dividend", ZH, RAW),
    "why_nothing.txt": lambda: why_cell(sample(), "聂荣县", "unit_village_pairing", EN),
    "why.json": lambda: why_json(sample(), "聂荣县", "guaranteed_dividend"),
    "schema.json": compare_schema,
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    got = CASES[name]()
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(got, encoding="utf-8", newline="")
    assert got == path.read_bytes().decode("utf-8")
    assert got.endswith("\n")
    assert got == CASES[name]()


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(CASES)
