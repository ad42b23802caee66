"""What every view for a terminal promises: its width, its marks, no colour unless asked, no obeyed text."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_samples import MEASURES, RAW, TEXTS, Found, Text, analyse, compare, sample
from rich.cells import cell_len

from polcmp.model.comparison import Comparison
from polcmp.model.mention import Figure
from polcmp.render import RenderOptions, detect_color, detect_width, render
from polcmp.render.canvas import Prose, balanced, line_starts, paint
from polcmp.render.cells import cell_content
from polcmp.render.document_view import document_text
from polcmp.render.labels import _WORDS, MARKS, STYLES
from polcmp.render.measure_view import measure_list, measure_profile
from polcmp.render.plain import amount, figure_text, harmless, one_line
from polcmp.render.region_view import region_list, region_profile
from polcmp.render.why_view import why_cell
from polcmp.text.span import Span

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def views(comparison: Comparison, options: RenderOptions) -> list[str]:
    texts = [
        render(comparison, "table", replace(options, evidence=evidence, rows=rows))
        for evidence in (0, 1, -1)
        for rows in ("auto", "measures", "regions")
    ]
    texts += [region_list(comparison, options), measure_list(comparison.measures, options)]
    texts += [region_profile(comparison, one.name, options) for one in comparison.regions]
    texts += [measure_profile(comparison, one.id, options) for one in comparison.measures]
    texts += [why_cell(comparison, one.region, one.measure, options) for one in comparison.cells]
    return texts


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_line_is_wider_than_asked(width: int, lang: str) -> None:
    options = RenderOptions(width=width, lang=lang)
    texts = views(sample(), options)
    texts += [document_text(analyse(text), text.raw, options) for text in TEXTS]
    for text in texts:
        for line in text.splitlines():
            assert cell_len(line) <= width, line


def test_colour_changes_nothing_but_colour() -> None:
    plain, coloured = RenderOptions(width=80), RenderOptions(width=80, color=True)
    for one, other in zip(views(sample(), plain), views(sample(), coloured), strict=True):
        assert "\x1b" not in one
        assert "\x1b" in other
        assert ESCAPE.sub("", other) == one


def test_marks_are_one_column_in_every_terminal() -> None:
    assert set(MARKS) == set(STYLES)
    assert len(set(MARKS.values())) == len(MARKS)
    for mark in MARKS.values():
        assert unicodedata.east_asian_width(mark) in ("N", "Na")
        assert cell_len(mark) == 1


def test_both_languages_have_every_word() -> None:
    assert set(_WORDS["en"]) == set(_WORDS["zh"])


def test_the_legend_names_only_what_occurs() -> None:
    text = render(compare([TEXTS[4]]), "table", RenderOptions(width=60))
    assert "near miss" in text
    assert "lacking" not in text
    assert "dropped only" not in text


def test_hostile_names_and_texts_are_neutralised() -> None:
    evil = "\x1b[2J\x07[bold red]县\u202e\r\nx"
    raw = f"首页{evil}选派干部{evil}到村。\n"
    text = Text(f"{evil}.txt", evil, evil, raw, [Found(f"选派干部{evil}", "cadre_dispatch", form=evil)])
    text.found[0].figures = ((evil, 3, evil, evil, "exact"),)
    text.masks = ((f"首页{evil}", evil),)
    measure = replace(
        MEASURES[0], name=evil, name_en=evil, definition=evil, definition_en="", counts_not=evil
    )
    comparison = compare([text], (measure, *MEASURES[1:]))
    for lang in ("en", "zh"):
        for color in (False, True):
            options = RenderOptions(width=80, lang=lang, color=color)
            shown = [*views(comparison, options), document_text(analyse(text), raw, options)]
            shown += [render(comparison, "md", options)]
            for one in shown:
                left = ESCAPE.sub("", one) if color else one
                assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", left)
            assert "[bold red]" in shown[0]


def test_hostile_markdown_is_escaped() -> None:
    evil = "a|b<script>`x`*y*_z_[t](http://e.example)&amp;~~s~~"
    text = Text(
        "e.txt", evil, "", f"选派{evil}\n第二行。\n", [Found(f"选派{evil}\n第二行", "cadre_dispatch")]
    )
    page = render(compare([text]), "md")
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {3}
    assert not re.search(r"(?<!\\)[<`*\[]", page.replace("<br>", "").replace("<!-- -->", ""))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_no_field_is_a_formula(start: str, name: str) -> None:
    import csv

    quote = f'{start}SUM(A1)选派\n干部,"引"'
    text = Text(f"{start}e.txt", f"{start}县", "", f"{quote}。\n", [Found(quote, "cadre_dispatch")])
    table = render(compare([text]), name)
    (row,) = csv.DictReader(io.StringIO(table, newline=""), delimiter="," if name == "csv" else "\t")
    assert row["quote"] == f"'{quote}"
    assert row["region"] == f"'{start}县"
    assert row["start"] == "0"
    assert all(not value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in row.values())


TEXT = st.text(alphabet=st.sampled_from("中文，。”“ab cd,1…（）\u3000 \x1b\u200b"), max_size=80)


def lines_of(text: str, width: int) -> list[str]:
    return paint([Prose(text)], RenderOptions(width=width)).splitlines()


@given(TEXT, st.integers(2, 40))
def test_broken_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    text = one_line(text)
    starts = [0, *line_starts(text, width), len(text)]
    whole = [text[start:end].rstrip() for start, end in pairwise(starts)]
    for lines in (whole, balanced(text, width).plain.split("\n")):
        assert "".join("".join(lines).split()) == "".join(text.split())
        assert all(cell_len(line) <= width for line in lines)
        assert all(line.strip() for line in lines) or lines == [""]


@given(TEXT, st.integers(40, 60))
def test_prose_is_painted_as_it_was_broken(text: str, width: int) -> None:
    text = one_line(text)
    starts = [0, *line_starts(text, width), len(text)]
    assert lines_of(text, width) == [text[start:end].rstrip() for start, end in pairwise(starts)]


@given(st.text())
def test_harmless_text_has_no_control_characters(text: str) -> None:
    shown = harmless(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", shown)


def test_closing_marks_do_not_begin_a_line() -> None:
    text = "任“第一书记”，并配备干部组成驻村工作队。要求（一）组织；（二）实施。"
    for width in range(6, 40):
        starts = line_starts(text, width)
        assert not any(text[at] in "”，。；）" or text[at - 1] in "“（" for at in starts), (width, starts)


def test_chinese_is_broken_where_the_line_is_full() -> None:
    assert lines_of("the floor 按入股资金8%的比例向嘎查集体支付保底分红，年分红270万元", 40) == [
        "the floor 按入股资金8%的比例向嘎查集体支",
        "付保底分红，年分红270万元",
    ]


def test_names_are_balanced() -> None:
    assert balanced("阿拉善高新区", 10).plain == "阿拉善\n高新区"
    assert balanced("Shareholding cooperative", 20).plain == "Shareholding\ncooperative"


def test_formats_for_machines_do_not_import_rich() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from render_samples import sample; from polcmp.render import render, views_json;"
        "[render(sample(), name) for name in ('json', 'jsonl', 'csv', 'tsv', 'md')];"
        "views_json.why_json(sample(), '聂荣县', 'guaranteed_dividend');"
        "sys.exit(any(name.split('.')[0] == 'rich' for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(Path(__file__).parent)], check=False)
    assert done.returncode == 0


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    options = RenderOptions(width=80, color=True)
    before = render(sample(), "table", options)
    for name, value in {"NO_COLOR": "1", "COLUMNS": "50", "TERM": "dumb", "FORCE_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    assert render(sample(), "table", options) == before
    assert "\x1b" not in render(sample(), "table", replace(options, color=False))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (196, "196"),
        (24_021, "24,021"),
        (18_750_000, "1,875万"),
        (128_000, "12.8万"),
        (123_456, "123,456"),
        (350_000_000, "3.5亿"),
        (0.5, "0.5"),
        (8.25, "8.25"),
    ],
)
def test_amounts(value: float, text: str) -> None:
    assert amount(value) == text


@pytest.mark.parametrize(
    ("figure", "en", "zh"),
    [
        (
            Figure("196名优秀后备干部", 196, None, "名", "优秀后备干部", "exact", Span(0, 1)),
            "196名 优秀后备干部",
            ...,
        ),
        (Figure("百余家", 100, None, "家", "企业", "at_least", Span(0, 1)), ">=100家 企业", "百余家 企业"),
        (Figure("6%", 6, None, "%", "", "at_least", Span(0, 1)), ">=6%", "至少6%"),
        (Figure("3至5名", 3, 5, "名", "", "exact", Span(0, 1)), "3-5名", "3至5名"),
        (Figure("近两万", 20_000, None, "", "", "at_most", Span(0, 1)), "<=20,000", "近两万"),
        (Figure("6:3:1", 6, None, "ratio", "", "exact", Span(0, 1)), "6:3:1", "6:3:1"),
        (Figure("1名", 1, None, "名", "干部", "exact", Span(0, 1), True), "1名 干部 each", "各1名 干部"),
        (Figure("3头", 3, None, "头", "", "about", Span(0, 1), True), "~3头 each", "各约3头"),
    ],
)
def test_figures(figure: Figure, en: str, zh: str) -> None:
    assert figure_text(figure) == en
    assert figure_text(figure, "zh") == (en if zh is ... else zh)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environ", "wanted"),
    [
        (io.StringIO, {}, False),
        (io.StringIO, {"FORCE_COLOR": "1"}, True),
        (Terminal, {}, True),
        (Terminal, {"NO_COLOR": "1"}, False),
        (Terminal, {"NO_COLOR": ""}, True),
        (Terminal, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (Terminal, {"TERM": "dumb"}, False),
    ],
)
def test_colour_is_detected(stream: Callable[[], io.StringIO], environ: dict[str, str], wanted: bool) -> None:
    assert detect_color(stream(), environ) is wanted


def test_width_is_detected() -> None:
    assert detect_width(io.StringIO(), {"COLUMNS": "77"}) == 77
    assert detect_width(io.StringIO(), {"COLUMNS": "wide"}) > 0
    assert detect_width(io.StringIO(), {"COLUMNS": "0"}) > 0


def test_views_of_unknown_things_are_refused() -> None:
    with pytest.raises(KeyError):
        region_profile(sample(), "无此县", RenderOptions())
    with pytest.raises(KeyError):
        measure_profile(sample(), "none", RenderOptions())
    with pytest.raises(KeyError):
        why_cell(sample(), "聂荣县", "none", RenderOptions())


def test_the_marked_text_is_the_text() -> None:
    for text in TEXTS:
        shown = document_text(analyse(text), text.raw, RenderOptions(width=10_000))
        body = shown.split("\n\n")[1].split("\n\nMentions")[0]
        body = re.sub(r"⟦\d+ |( \d+)?⟧|\{[a-z_]+: |\}", "", body)
        assert body.strip() == RAW[text.name].strip()


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([(0, 4), (6, 8)], "⟦1 入股资金⟧按年⟦2 分红⟧"),
        ([(0, 8), (2, 4)], "⟦1 入股⟦2 资金⟧按年分红⟧"),
        ([(0, 6), (4, 8)], "⟦1 入股资金⟦2 按年 1⟧分红⟧"),
        ([(0, 4), (0, 4)], "⟦1 ⟦2 入股资金⟧⟧按年分红"),
        ([(4, 8), (0, 4)], "⟦1 入股资金⟧⟦2 按年分红⟧"),
    ],
)
def test_mentions_are_numbered_in_the_text(spans: list[tuple[int, int]], shown: str) -> None:
    raw, result = "入股资金按年分红", analyse(TEXTS[0])
    one = result.mentions[0]
    mentions = tuple(replace(one, raw_span=Span(*span), quote=raw[slice(*span)]) for span in spans)
    facts = replace(result.facts, masks=())
    text = document_text(replace(result, facts=facts, mentions=mentions), raw, RenderOptions(width=80))
    assert f"\n\n{shown}\n\nMentions\n" in text
    listed = text.split("Mentions\n")[1]
    for number, (start, end) in enumerate(sorted(spans), 1):
        assert f"  {number}  {one.measure}  ✓ implemented\n    「{raw[start:end]}」" in listed


@pytest.mark.parametrize("regions", [1, 2, 7, 41])
@pytest.mark.parametrize("measures", [1, 3, 17])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_any_number_of_regions_and_measures_fits(regions: int, measures: int, width: int) -> None:
    texts = [
        replace(TEXTS[at % 5], name=f"{at}.txt", region="" if at == 3 else f"第{at}{TEXTS[at % 5].region}")
        for at in range(regions)
    ]
    infos = tuple(
        replace(MEASURES[at % 5], id=MEASURES[at % 5].id + (f"_{at}" if at > 4 else ""))
        for at in range(measures)
    )
    comparison = compare(texts, infos)
    for rows in ("auto", "measures", "regions"):
        text = render(comparison, "table", RenderOptions(width=width, rows=rows))
        assert all(cell_len(line) <= width for line in text.splitlines())
        marks = sum(text.count(f"{MARKS[status]} ") for status in ("planned", "lacking"))
        wanted = sum(cell.status in ("planned", "lacking") for cell in comparison.cells)
        assert marks >= wanted


def test_many_regions_stand_down_and_few_stand_across() -> None:
    few = render(sample(), "table", RenderOptions(width=80))
    assert few.splitlines()[3].startswith("Measure")
    many = compare([replace(TEXTS[at % 5], name=f"{at}", region=f"{at}县") for at in range(40)])
    assert render(many, "table", RenderOptions(width=80)).splitlines()[2].startswith("Region")


LONG_WORDS = ("Telecommunications infrastructure", "Counterrevolutionary measures", "Interdepartmental work")


@pytest.mark.parametrize("rows", ["measures", "regions"])
@pytest.mark.parametrize("width", [160, 200])
def test_no_word_is_broken_where_there_is_room(width: int, rows: str) -> None:
    names = [*LONG_WORDS, *(one.name_en for one in MEASURES[3:])]
    measures = tuple(replace(one, name_en=name) for one, name in zip(MEASURES, names, strict=True))
    shown = render(compare(TEXTS, measures), "table", RenderOptions(width=width, rows=rows))
    words = set(re.findall(r"[A-Za-z–]+", shown))
    for name in names:
        assert set(re.findall(r"[A-Za-z–]+", name)) <= words


@pytest.mark.parametrize("width", [80, 100, 120, 200])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_status_and_its_count_stand_on_one_line(width: int, lang: str) -> None:
    for rows in ("measures", "regions"):
        shown = render(sample(), "table", RenderOptions(width=width, rows=rows, lang=lang))
        body = shown.split("\n\n", 1)[1]
        filled = [cell for cell in sample().cells if cell.status]
        assert len(re.findall(r"[✓▸☐✗] \S+(?: \S+)? x\d", body)) == len(filled)


def test_a_number_stays_with_its_unit() -> None:
    text = "全旗选派196名第一书记，投入3.5亿元，20余万人受益，见report1.txt，2022年4月12日。"
    for width in range(10, 40):
        bounds = [0, *line_starts(text, width), len(text)]
        lines = [text[start:end] for start, end in pairwise(bounds)]
        for whole in ("196名", "3.5亿元", "20余万人", "2022年", "12日。"):
            assert any(whole in line for line in lines), (width, lines)


def test_documents_and_sources_are_never_broken_in_the_middle() -> None:
    cell = sample().cells[0]._replace(documents=9, sources=8)
    for width, said in ((40, "9 documents, 8 independent sources"), (22, "8 independent sources")):
        assert said in cell_content(cell, width, "en", False).plain.split("\n")
    assert cell_content(cell, 12, "en", True).plain.split("\n")[-2:] == ["9 documents", "8 sources"]


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("rows", ["regions", "measures"])
def test_no_number_is_broken(rows: str, width: int) -> None:
    whole = sample()
    regions = tuple(
        one._replace(documents=297, characters=characters)
        for one, characters in zip(whole.regions, (874_645, 1_874_645_123, 22_874_645, 7), strict=False)
    )
    whole = replace(whole, regions=regions, cells=whole.cells[: len(regions) * len(whole.measures)])
    shown = render(whole, "table", RenderOptions(width=width, rows=rows))
    for one in regions:
        assert re.search(rf"(?<![0-9,]){one.characters:,}(?![0-9,])", shown), shown
