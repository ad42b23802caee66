"""The workbook: what other programs read in it, that nothing in it runs, and that it is always the same."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from render_samples import MEASURES, TEXTS, Found, Text, compare, sample

from polcmp.errors import UsageError
from polcmp.matrix import filter_comparison
from polcmp.model.comparison import Comparison
from polcmp.render import RenderOptions, render, render_bytes
from polcmp.render.labels import MARKS
from polcmp.render.xlsx_book import MOST_UNITS, Book, cell_name, units

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

SHEETS = ["Matrix", "Evidence", "Figures", "Documents", "Measures", "About"]


def book(comparison: Comparison, **options: Any) -> Any:
    data = render_bytes(comparison, "xlsx", RenderOptions(**options))
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(sheet: Any) -> list[dict[str, Any]]:
    heads, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in lines]


def with_source(source: str, path: str = "seeds/a.txt") -> Comparison:
    comparison = compare(TEXTS[:1])
    facts = replace(comparison.documents[0], source=source, path=path)
    return replace(comparison, documents=(facts,))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_sheet_is_set_up_for_paper(lang: str) -> None:
    for sheet in book(sample(), lang=lang).worksheets:
        setup = sheet.page_setup
        paper = (setup.orientation, setup.fitToWidth or 1, setup.fitToHeight)
        assert paper == ("landscape", 1, 0), sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert sheet.print_title_rows == "$1:$1", sheet.title
        assert sheet.freeze_panes.endswith("2"), sheet.title
        heads = [cell.value for cell in sheet[1] if cell.value]
        assert all(head[:1] == head[:1].upper() for head in heads), heads


def test_every_list_is_whole() -> None:
    comparison = sample()
    wanted = book(comparison)
    assert wanted.sheetnames == SHEETS
    evidence = rows(wanted["Evidence"])
    assert [one["Mention id"] for one in evidence] == [one.id for one in comparison.mentions]
    assert [one["Quotation"] for one in evidence] == [one.quote for one in comparison.mentions]
    assert [(one["Start"], one["End"]) for one in evidence] == [
        tuple(one.raw_span) for one in comparison.mentions
    ]
    assert len(rows(wanted["Figures"])) == sum(len(one.figures) for one in comparison.mentions)
    assert [one["Document"] for one in rows(wanted["Documents"])] == [
        one.name for one in comparison.documents
    ]
    assert [one["Measure id"] for one in rows(wanted["Measures"])] == [one.id for one in MEASURES]
    about = {row[0]: row[1] for row in wanted["About"].iter_rows(values_only=True)}
    assert about["SHA-256 of the taxonomy"] == comparison.taxonomy.sha256
    assert about["Mentions"] == len(comparison.mentions)
    assert about["Characters, boilerplate included"] == sum(one.characters for one in comparison.documents)


def test_numbers_are_numbers() -> None:
    figures = rows(book(sample())["Figures"])
    assert {type(one["Value"]) for one in figures} <= {int, float}
    assert any(one["Value"] == 2_700_000 and one["Unit"] == "元" for one in figures)


@pytest.mark.parametrize("rows_down", ["measures", "regions"])
def test_the_matrix_says_what_the_comparison_says(rows_down: str) -> None:
    comparison = sample()
    sheet = book(comparison, rows=rows_down)["Matrix"]
    assert sheet.freeze_panes == "B2"
    grid = [list(row) for row in sheet.iter_rows(values_only=True)]
    if rows_down == "regions":
        grid = [list(row) for row in zip(*grid, strict=True)]
    labels = {row[0]: row[1:] for row in grid}
    for at, measure in enumerate(comparison.measures):
        for cell, text in zip(
            comparison.cells[at :: len(comparison.measures)], labels[measure.name_en], strict=False
        ):
            assert text.startswith(MARKS[cell.status or cell.zero])
            assert (f" x{len(cell.mentions)}" in text) is bool(cell.mentions)
    numbers = [one for one in labels["Documents"] if isinstance(one, int)]
    assert numbers == [one.documents for one in comparison.regions]


def test_statuses_have_colours_and_words() -> None:
    sheet = book(sample())["Matrix"]
    rules = [rule for group in sheet.conditional_formatting for rule in group.rules]
    assert {rule.text for rule in rules} >= {
        MARKS[one] for one in ("implemented", "planned", "called_for", "lacking")
    }
    fills = {rule.dxf.fill.bgColor.rgb for rule in rules}
    assert len(fills) == len(rules)


def test_lists_filter_and_their_heads_stay() -> None:
    wanted = book(sample())
    for name in SHEETS[1:-1]:
        assert wanted[name].auto_filter.ref.startswith("A1:")
        assert wanted[name].freeze_panes is not None


def test_columns_are_wide_enough_for_chinese() -> None:
    sheet = book(sample())["Evidence"]
    assert sheet.column_dimensions["A"].width >= 2 * len("阿拉善高新区")


HOSTILE = (
    *(
        "=1+1",
        '=HYPERLINK("http://e.example","x")',
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "'=1",
        "http://e.example",
    ),
    *(
        "mailto:a@e.example",
        "internal:About!A1",
        "external:\\\\e.example\\x",
        "\x1b[31m红\x1b[0m",
        "_x0041_",
        "𠮷" * 9,
    ),
)


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_stay_texts(text: str) -> None:
    quote = f"{text}选派干部"
    document = Text(f"{text}.txt", text, text, f"{quote}。", [Found(quote, "cadre_dispatch", form=text)])
    comparison = compare([document], (replace(MEASURES[0], name=text, name_en=text, definition=text),))
    wanted = book(comparison, folder=None)
    for sheet in wanted:
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type in ("s", "n", "inlineStr"), cell.value
                assert cell.hyperlink is None
                if isinstance(cell.value, str):
                    assert "\x1b" not in cell.value
    shown = rows(wanted["Evidence"])[0]["Quotation"].replace("_x005F_", "_")
    assert shown == quote.replace("\x1b", "\ufffd")


def test_only_chosen_links_are_links() -> None:
    source = "乡村干部报 http://news.example/a?b=1&c=%20，转载"
    sheet = book(with_source(source, "seeds/甲 乙#1.txt"), folder="out")["Documents"]
    cells = [cell for line in sheet.iter_rows() for cell in line]
    links = {cell.value: cell.hyperlink.target for cell in cells if cell.hyperlink}
    assert links == {
        source: "http://news.example/a?b=1&c=%20",
        "000_chenbaerhu.txt": r"..\seeds\甲%20乙%231.txt",  # as Excel writes them; LibreOffice turns them,
    }


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("javascript:alert(1)", "(sample)/a.txt"),
        ("file:///etc/passwd", "-"),
        ("ftp://e.example/a", "(stdin)"),
        ("http://e.example/" + "a" * 3000, ""),
    ],
)
def test_nothing_else_is_a_link(source: str, path: str) -> None:
    wanted = book(with_source(source, path), folder="")
    assert all(cell.hyperlink is None for sheet in wanted for line in sheet.iter_rows() for cell in line)
    assert source in {cell for line in wanted["Documents"].iter_rows(values_only=True) for cell in line}


def test_a_cell_holds_no_more_than_excel_reads() -> None:
    for text in ("长" * 40_000, "𠮷" * 20_000, "甲𠮷" * 30_000):
        quote = f"选派{text}干部"
        wanted = book(compare([Text("a.txt", "甲县", "", f"{quote}。", [Found(quote, "cadre_dispatch")])]))
        cell = rows(wanted["Evidence"])[0]["Quotation"]
        assert MOST_UNITS - 2 <= units(cell) <= MOST_UNITS
        assert cell.startswith(quote[:10_000]) and cell.endswith(f"[…{len(quote):,} characters, cut]")
        about = {row[0]: row[1] for row in wanted["About"].iter_rows(values_only=True)}
        assert about["Cut at 32,767 characters"].startswith("Evidence!D2")


def test_the_same_bytes_whenever_it_is_written() -> None:
    one = render_bytes(sample(), "xlsx")
    code = (
        "import sys, time; sys.path.insert(0, sys.argv[1]); from render_samples import sample;"
        "from polcmp.render import render_bytes; time.sleep(1.1);"
        "sys.stdout.buffer.write(render_bytes(sample(), 'xlsx'))"
    )
    environ = {**os.environ, "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-c", code, str(Path(__file__).parent)]
    assert subprocess.run(command, env=environ, capture_output=True, check=True).stdout == one
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_nothing_compared() -> None:
    assert book(compare([])).sheetnames == SHEETS
    assert book(filter_comparison(sample(), statuses=["lacking"])).sheetnames == SHEETS


def test_labels_in_chinese() -> None:
    wanted = book(sample(), lang="zh")
    assert wanted.sheetnames == ["矩阵", "证据", "数字", "文档", "措施", "说明"]
    assert wanted["证据"]["C2"].value in ("已实施", "拟实施", "要求实施", "缺失")


def test_more_rows_than_a_sheet_holds() -> None:
    class Many(list[Any]):
        def __len__(self) -> int:
            return 1_048_576

    with pytest.raises(UsageError, match="P432"):
        Book().sheet("x").table(["a"], Many())


def test_names_of_cells() -> None:
    assert [cell_name(0, at) for at in (0, 25, 26, 701, 702)] == ["A1", "Z1", "AA1", "ZZ1", "AAA1"]


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"P431(.|\n)*pip install 'polcmp\[report\]'"):
        render_bytes(sample(), "xlsx")


def test_a_workbook_is_no_text() -> None:
    with pytest.raises(UsageError, match="P410"):
        render(sample(), "xlsx")
    with pytest.raises(UsageError, match="P410"):
        render_bytes(sample(), "docx")


def test_pandas_reads_the_lists() -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.read_excel(io.BytesIO(render_bytes(sample(), "xlsx")), sheet_name="Evidence")
    assert list(table["Quotation"]) == [one.quote for one in sample().mentions]
    assert list(table["Score"]) == [round(one.score, 4) for one in sample().mentions]


@pytest.mark.skipif(
    not shutil.which("soffice") and os.environ.get("POLCMP_OFFICE_TESTS") != "required",
    reason="LibreOffice is not installed (POLCMP_OFFICE_TESTS=required makes this a failure)",
)
def test_libreoffice_reads_every_row(tmp_path: Path) -> None:
    import csv

    (tmp_path / "a.xlsx").write_bytes(render_bytes(sample(), "xlsx", RenderOptions(folder="")))
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        every_sheet,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    comparison = sample()
    read = {}
    for name in SHEETS:
        with (tmp_path / f"a-{name}.csv").open(encoding="utf-8", newline="") as file:
            read[name] = list(csv.reader(file))
    heads, *lines = read["Evidence"]
    assert [line[heads.index("Mention id")] for line in lines] == [one.id for one in comparison.mentions]
    assert [line[heads.index("Quotation")] for line in lines] == [one.quote for one in comparison.mentions]
    assert len(read["Figures"]) - 1 == sum(len(one.figures) for one in comparison.mentions)
    assert len(read["Documents"]) - 1 == len(comparison.documents)
    assert len(read["Measures"]) - 1 == len(comparison.measures)
    assert read["Matrix"][0][1:] == [one.name for one in comparison.regions]
    assert not any(
        "Err:" in field or "#NAME?" in field for table in read.values() for line in table for field in line
    )


def test_what_was_said_is_in_chinese_too() -> None:
    undecoded, alone = "3 characters could not be decoded (U+FFFD)", "there is no document in this folder"
    facts = replace(sample().documents[0], warnings=(undecoded,))
    spoken = replace(sample(), documents=(facts, *sample().documents[1:]), warnings=(alone,))

    def told(*sheets: str, lang: str) -> set[str]:
        pages = [book(spoken, lang=lang)[name] for name in sheets]
        return {str(value) for page in pages for row in page.iter_rows(values_only=True) for value in row}

    assert told("Documents", "About", lang="en") >= {undecoded, alone}
    chinese = told("文档", "说明", lang="zh")
    assert chinese >= {"有3个字符无法解码（U+FFFD）", "该文件夹中没有文档", "broken.pdf: P301 文件是空的"}
    assert not chinese & {undecoded, alone}
