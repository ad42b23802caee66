"""What docs/formats.md says is what happens: its list of formats, its Python, its numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from render_samples import Found, Text, compare

from polcmp.plot import FORMATS as DRAWN
from polcmp.plot import KINDS
from polcmp.plot.figures import MOST_PANELS
from polcmp.plot.heatmap import MOST_REGIONS
from polcmp.render import BINARY, FORMATS, render_bytes
from polcmp.render.as_tex import LONGEST
from polcmp.render.citation import STYLES
from polcmp.render.xlsx_book import MOST_ROWS, MOST_UNITS

GUIDE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def test_every_format_is_told_of() -> None:
    table = GUIDE.split("## What all")[0]
    told = {
        name
        for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for name in re.findall("`(.*?)`", row)
    }
    assert told == {*FORMATS, *BINARY, *DRAWN, "bib", "txt"}


def test_every_drawing_and_style_is_told_of() -> None:
    assert re.findall(
        r"^\| `(\w+)` \| ", GUIDE.split("## Drawings")[1].split("## Citations")[0], re.MULTILINE
    ) == list(KINDS)
    assert all(f"`{style}`" in GUIDE for style in STYLES)


def test_numbers_are_those_of_the_code() -> None:
    assert f"{MOST_UNITS:,} characters" in GUIDE and f"({MOST_ROWS - 1:,})" in GUIDE
    assert f"more than {LONGEST} rows" in GUIDE
    assert f"beyond {MOST_REGIONS}, panels beyond {MOST_PANELS}" in GUIDE


def test_the_python_gives_texts_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    quotes = ["=1选派干部", "'=1选派干部", "@选派干部", "选派'干部", "'选派干部", '\t"选派"\r\n干部']
    texts = [
        Text(f"{at}.txt", "-甲县", "", f"{quote}。", [Found(quote, "cadre_dispatch")])
        for at, quote in enumerate(quotes)
    ]
    comparison = compare(texts)
    (tmp_path / "mentions.csv").write_bytes(render_bytes(comparison, "csv", bom=True))
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    exec(code, names)
    table: object = names["mentions"]
    assert list(table["quote"]) == [one.quote for one in comparison.mentions]  # type: ignore[index]
    assert set(table["region"]) == {"-甲县"}  # type: ignore[index]
    assert set(table["form"]) == {""}  # type: ignore[index]
