"""Drawings: what they show, in which signs, always the same, and what they say when they cannot be made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from render_samples import MEASURES, TEXTS, Found, Text, compare, sample

from polcmp.errors import UsageError
from polcmp.model.comparison import Comparison
from polcmp.model.mention import STATUSES
from polcmp.plot import FORMATS, KINDS, draw
from polcmp.plot.figures import panels_of
from polcmp.plot.paper import MARKERS, wrapped
from polcmp.plot.timeline import dated, span_of
from polcmp.render.labels import MARKS, status_word
from polcmp.render.palette import EDGES, FILLS

pytest.importorskip("matplotlib")

RENDER = Path(__file__).parents[1] / "render"

DATES = ("2021-03-05", "2022", "2022-11", "", "2023-06-01")


def dated_sample() -> Comparison:
    comparison = sample()
    documents = [replace(one, date=day) for one, day in zip(comparison.documents, DATES, strict=False)]
    return replace(comparison, documents=(*documents, *comparison.documents[len(documents) :]))


def figure(kind: str, comparison: Comparison, lang: str = "en") -> Any:
    """A drawing before it is saved, in the style it is saved in."""
    import matplotlib

    from polcmp.plot.draw import _style
    from polcmp.plot.fonts import chinese_font

    module = __import__(KINDS[kind], fromlist=["draw"])
    with matplotlib.rc_context(_style(chinese_font())):
        return module.draw(comparison, lang)


def texts(drawn: Any) -> list[str]:
    from matplotlib.text import Text as Words

    return [one.get_text() for one in drawn.findobj(Words) if one.get_text()]


def boxes(drawn: Any) -> list[Any]:
    from matplotlib.patches import Rectangle

    return [one for axes in drawn.axes for one in axes.patches if isinstance(one, Rectangle)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_bytes_in_another_process(kind: str) -> None:
    code = (
        f"import sys; sys.path[:0] = [{str(Path(__file__).parent)!r}, {str(RENDER)!r}];"
        "from test_plot_drawings import dated_sample; from polcmp.plot import draw;"
        f"sys.stdout.buffer.write(draw(dated_sample(), {kind!r}, sys.argv[1]))"
    )
    environ = {**os.environ, "PYTHONHASHSEED": "11", "TZ": "Asia/Shanghai", "SOURCE_DATE_EPOCH": "1"}
    for format in FORMATS if kind == "heatmap" else ("svg",):
        command = [sys.executable, "-c", code, format]
        done = subprocess.run(command, capture_output=True, check=True, env=environ)
        assert done.stdout == draw(dated_sample(), kind, format)
        assert b"Date>" not in done.stdout and b"CreationDate" not in done.stdout


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_region_is_named_in_letters_that_are_there(kind: str, lang: str) -> None:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = figure(kind, dated_sample(), lang)
        drawn.canvas.draw()  # a missing letter is a warning
    shown = "\n".join(texts(drawn)).replace("\n", "")
    regions = sample().regions
    if kind == "figures":  # only of regions that share a measure and a unit with another
        points = {point.region for one in panels_of(sample()) if len(one.points) > 1 for point in one.points}
        regions = tuple(regions[at] for at in sorted(points))
    assert len(regions) >= 3
    for region in regions:
        assert region.name in shown


def test_the_heatmap_says_what_the_comparison_says() -> None:
    comparison = sample()
    drawn = figure("heatmap", comparison)
    shown = texts(drawn)
    for status in ("implemented", "planned", "called_for", "lacking"):
        wanted = sum(cell.status == status for cell in comparison.cells)
        cells = [one for one in shown if one.startswith(MARKS[status]) and " x" in one]
        assert len(cells) == wanted > 0
    colours = [tuple(round(255 * part) for part in box.get_facecolor()[:3]) for box in boxes(drawn)]
    assert len(colours) == len(comparison.cells)
    for status, (fill, _) in FILLS.items():
        wanted = sum((cell.status or cell.zero) == status for cell in comparison.cells)
        assert colours.count(tuple(bytes.fromhex(fill[1:]))) == wanted


def test_the_similarity_is_that_of_the_comparison() -> None:
    from polcmp.matrix import region_similarity

    numbers = [one for one in texts(figure("similarity", sample())) if one.isdecimal()]
    assert sorted(numbers) == sorted(f"{100 * value:.0f}" for _, _, value in region_similarity(sample()))


def test_units_never_share_an_axis() -> None:
    comparison = sample()
    panels = panels_of(comparison)
    assert len({(one.measure, one.unit) for one in panels}) == len(panels)
    for panel in panels:
        assert {point.figure.unit for point in panel.points} == {panel.unit}
        assert len({point.region for point in panel.points}) == len(panel.points)
        for point in panel.points:
            cell = comparison.cells[point.region * len(comparison.measures) + panel.measure]
            of_unit = [one for one in cell.figures if one.unit == panel.unit]
            assert (point.figure, point.status) == (of_unit[0], cell.status)
    drawn = figure("figures", comparison)
    shared = [one for one in panels if len(one.points) > 1]
    assert len(drawn.axes) == len(shared)
    for axes, panel in zip(drawn.axes, shared, strict=True):
        low, high = axes.get_xlim()
        ends = [end for one in panel.points for end in (one.figure.value, one.figure.high) if end is not None]
        assert low <= min(ends) and max(ends) <= high
        assert axes.get_title(loc="left").split(" (")[0].endswith(panel.unit)


def test_what_is_left_out_is_said() -> None:
    alone = sum(len(one.points) == 1 for one in panels_of(sample()))
    assert alone and any(f"{alone} figure" in one for one in texts(figure("figures", sample())))
    many = compare([replace(TEXTS[at % 5], name=f"{at}", region=f"第{at}县") for at in range(310)])
    assert any("300 of 310" in one for one in texts(figure("heatmap", many)))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-04-12", date(2022, 4, 12), date(2022, 4, 12)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-12", date(2022, 12, 1), date(2022, 12, 31)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("", None, None),
        ("0000", None, None),
        ("2022-13", None, None),
        ("soon", None, None),
    ],
)
def test_what_a_date_may_mean(text: str, first: date | None, last: date | None) -> None:
    assert span_of(text) == (first, last)


def test_the_timeline_counts_every_mention_once() -> None:
    comparison = dated_sample()
    rows = [one.name for one in comparison.regions]
    documents = dated(comparison, rows)
    assert sum(sum(one.counts) for one in documents) == len(comparison.mentions)
    assert any(one.first is None for one in documents)
    twice = replace(comparison, documents=tuple(replace(one, date="2022") for one in comparison.documents))
    assert len(dated(twice, rows)) == len({one.location.name for one in comparison.documents})


@pytest.mark.parametrize(("lang", "name"), [("en", "Date of the document"), ("zh", "文档日期")])
def test_the_axis_of_time_says_whose_dates_it_has(lang: str, name: str) -> None:
    labels = [axes.get_xlabel() for axes in figure("timeline", dated_sample(), lang).axes]
    assert [one for one in labels if one.startswith(name)]


def test_signs_differ_in_shape_and_colour() -> None:
    from matplotlib.markers import MarkerStyle

    assert set(MARKERS) == set(STATUSES)
    assert len(set(MARKERS.values())) == len(MARKERS)
    assert len(set(EDGES.values())) == len(EDGES)
    drawn = figure("timeline", dated_sample())
    lines = [line for axes in drawn.axes for line in axes.lines]
    signs = {
        status: [one for one in lines if one.get_label() == status_word(status, "en")] for status in STATUSES
    }
    signs = {status: found[0] for status, found in signs.items()}
    for status, one in signs.items():
        assert one.get_color() == EDGES[status]
    shapes = {
        name: (
            MarkerStyle(one.get_marker()).get_path().vertices.tobytes(),
            str(one.get_markerfacecolor()) in ("none", "white"),
        )
        for name, one in signs.items()
    }
    assert len(set(shapes.values())) == len(STATUSES)


def test_a_name_is_no_formula_and_no_command() -> None:
    evil = "$\\frac{1}{0}$ <script>&\x1b[31m\u202e"
    text = Text("a.txt", evil, evil, "选派干部29名。", [Found("选派干部29名", "cadre_dispatch")])
    text.found[0].figures = (("29名", 29, evil, evil, "exact"),)
    named = compare([text, *TEXTS], (replace(MEASURES[0], name=evil, name_en=evil), *MEASURES[1:]))
    named = replace(named, documents=tuple(replace(one, date="2022") for one in named.documents))
    for kind in KINDS:
        data = draw(named, kind, "svg").decode()
        assert "<script" not in data and "\x1b" not in data
        assert "$\\frac{1}{0}$" in "".join(re.findall("<!--(.*?)-->", data, re.DOTALL)).replace("&lt;", "<")


def test_every_kind_takes_many_regions() -> None:
    many = compare([replace(TEXTS[at % 5], name=f"{at}", region=f"第{at}县") for at in range(70)])
    for kind in ("heatmap", "similarity", "figures"):
        assert draw(many, kind, "png").startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("kind", "format", "font", "code"),
    [
        ("pie", "svg", "", "P439"),
        ("heatmap", "gif", "", "P439"),
        ("heatmap", "svg", "DejaVu Sans", "P437"),
        ("heatmap", "svg", "No Such Font", "P437"),
        ("timeline", "svg", "", "P438"),
    ],
)
def test_what_cannot_be_drawn(kind: str, format: str, font: str, code: str) -> None:
    undated = replace(sample(), documents=tuple(replace(one, date="") for one in sample().documents))
    with pytest.raises(UsageError) as caught:
        draw(undated, kind, format, font=font)
    assert caught.value.code == code and caught.value.hint


@pytest.mark.parametrize("kind", ["heatmap", "similarity", "figures", "timeline"])
def test_nothing_compared(kind: str) -> None:
    with pytest.raises(UsageError, match="P438"):
        draw(compare([]), kind)


def test_without_a_chinese_font_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib import font_manager

    latin = [one for one in font_manager.fontManager.ttflist if one.name.startswith("DejaVu")]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", latin)
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [])
    with pytest.raises(UsageError, match=r"P437(.|\n)*fonts-noto-cjk"):
        draw(sample(), "heatmap")


def test_a_font_installed_since_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib import font_manager

    from polcmp.plot.fonts import chinese_font

    name = chinese_font()
    latin = [one for one in font_manager.fontManager.ttflist if one.name.startswith("DejaVu")]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", latin)
    assert chinese_font() == name


def test_a_font_file_may_be_named() -> None:
    from matplotlib import font_manager

    from polcmp.plot.fonts import chinese_font

    name = chinese_font()
    path = next(one.fname for one in font_manager.fontManager.ttflist if one.name == name)
    assert chinese_font(path) in {one.name for one in font_manager.fontManager.ttflist if one.fname == path}
    assert draw(sample(), "heatmap", "svg", font=path).startswith(b"<?xml")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"P436(.|\n)*pip install 'polcmp\[plot\]'"):
        draw(sample(), "heatmap")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 0.5, ["one two", "three"]),
        ("甲乙丙，丁", 0.54, ["甲乙丙，", "丁"]),
        ("甲乙（AB）", 0.4, ["甲乙", "（AB）"]),
        ("", 1, []),
    ],
)
def test_texts_are_broken_where_they_may_be(text: str, width: float, lines: list[str]) -> None:
    assert wrapped(text, width) == lines
