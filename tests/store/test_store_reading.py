"""What is told of a store that cannot do as asked, of rows nothing sorts, and of what has no name or date."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from store_lab import make_store

from polcmp import api, scan_corpus
from polcmp.api import Result, compare
from polcmp.cli.main import app
from polcmp.errors import UsageError
from polcmp.load import ReadOptions
from polcmp.model.comparison import RowOptions
from polcmp.render import render
from polcmp.settings import Limits

MEASURE = """
version: 1
measures:
  - id: cadre_dispatch
    name: 干部选派
    patterns: [选派 … 第一书记]
  - id: moon_landing
    name: 登月
    patterns: [登上月球]
"""


@pytest.fixture(scope="module")
def undated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Documents of two regions and an unknown one, one of them dated (invented); taxonomy; store."""
    top = tmp_path_factory.mktemp("undated")
    folder, taxonomy = top / "documents", top / "measures.yaml"
    folder.mkdir()
    taxonomy.write_text(MEASURE, encoding="utf-8")
    (folder / "a.txt").write_text("本地已选派67名第一书记。又选派3名第一书记。", encoding="utf-8")
    (folder / "b.txt").write_text("本地已选派5名第一书记。", encoding="utf-8")
    (folder / "c.txt").write_text("全乡已选派12名第一书记。", encoding="utf-8")
    (folder / "documents.yaml").write_text(
        "a.txt: {region: 聂荣县}\nb.txt: {region: 伊金霍洛旗, date: 2021-03-04}\n", encoding="utf-8"
    )
    return folder, taxonomy, make_store(top / "store", folder, taxonomy=taxonomy)


@pytest.fixture(params=["documents", "store"])
def asked(request: pytest.FixtureRequest, undated: tuple[Path, Path, Path]) -> tuple[Path, Path]:
    """What to compare, both ways, and the taxonomy."""
    folder, taxonomy, store = undated
    return (folder if request.param == "documents" else store), taxonomy


def rows(asked: tuple[Path, Path], **options: object) -> Result:
    return compare(asked[0], taxonomy=asked[1], rows=RowOptions(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reading", "option"),
    [
        (ReadOptions(encoding="gb18030"), "--encoding"),
        (ReadOptions(region_from="([^/]+)/"), "--region-from"),
        (ReadOptions(limits=Limits(seconds=3)), "--limit"),
    ],
)
def test_options_of_reading_are_refused(store: Path, reading: ReadOptions, option: str) -> None:
    with pytest.raises(UsageError, match=f"{option} cannot act on a store") as error:
        compare(store, options=reading)
    assert error.value.code == "P462"
    assert "scan with" in error.value.hint
    assert compare(store, options=ReadOptions()).mentions


def test_the_command_line_refuses_them_too(store: Path) -> None:
    from typer.testing import CliRunner

    for command in (["compare", str(store)], ["show", "region", "-d", str(store)], ["report", str(store)]):
        done = CliRunner().invoke(app, [*command, "--encoding", "gbk", "--limit", "seconds=9"])
        assert getattr(done.exception, "code", "") == "P462"
        assert "--encoding, --limit" in str(done.exception)


@pytest.mark.parametrize("by", ["province", "city", "county"])
def test_the_row_of_unknown_places_is_called_by_what_it_is(asked: tuple[Path, Path], by: str) -> None:
    comparison = rows(asked, by=by).comparison
    english, chinese = render(comparison, "md"), api.Result(comparison).render("md", lang="zh")
    word = {"province": "省份", "city": "城市", "county": "县区"}[by]
    plural = {"province": "provinces", "city": "cities", "county": "counties"}[by]
    assert english.startswith(f"2 {plural} and ({by} unknown), ")
    assert f"| ({by} unknown) |" in english
    assert chinese.startswith(f"2个{word}及（{word}不明），")
    assert "region unknown" not in english
    assert "地区不明" not in chinese


def test_the_row_without_a_name_is_told_apart(asked: tuple[Path, Path]) -> None:
    assert render(rows(asked, page_size=9).comparison, "table").startswith("2 regions and (region unknown), ")
    assert render(rows(asked, by="year").comparison, "table").startswith("1 year and (no date), ")
    part = render(rows(asked, page_size=1).comparison, "md")
    assert "1-1 of 3 rows, in the order of documents. 2 more" in part
    known = compare(asked[0], taxonomy=asked[1], regions=["聂荣县"]).comparison
    assert render(known, "table").startswith("1 region, ")


def test_first_reports_tell_what_has_no_date(asked: tuple[Path, Path]) -> None:
    told = (
        "first reports leave out documents without a date: 2 of 3, "
        "with 3 mentions of measures as implemented",
    )
    assert rows(asked, first=True).comparison.warnings[-1:] == told
    assert not set(told) & set(rows(asked, rates=True).comparison.warnings)
    one = compare(asked[0], taxonomy=asked[1], regions=["伊金霍洛旗"], rows=RowOptions(first=True))
    assert not any("without a date" in warning for warning in one.comparison.warnings)


@pytest.mark.parametrize(("by", "kept"), [("region", "in the order of documents"), ("county", "by name")])
def test_a_measure_that_is_nowhere_sorts_nothing(asked: tuple[Path, Path], by: str, kept: str) -> None:
    told = f"--sort moon_landing: nothing of this measure was found; rows stay {kept}"
    assert told in rows(asked, by=by, sort="moon").comparison.warnings
    assert not any("--sort" in one for one in rows(asked, by=by, sort="dispatch").comparison.warnings)


def test_no_first_report_sorts_nothing(asked: tuple[Path, Path]) -> None:
    some = compare(asked[0], taxonomy=asked[1], regions=["聂荣县"], rows=RowOptions(sort="first"))
    assert any(one.startswith("--sort first: no dated document") for one in some.comparison.warnings)
    assert not any("--sort" in one for one in rows(asked, sort="first").comparison.warnings)


def test_a_store_without_its_manifest_is_no_folder_of_documents(store: Path, tmp_path: Path) -> None:
    broken = tmp_path / "top" / "broken"
    shutil.copytree(store, broken)
    (broken / "manifest.json").unlink()
    for inputs in ([broken], [broken, tmp_path]):
        with pytest.raises(UsageError, match="lost its manifest") as error:
            compare(inputs)
        assert (error.value.code, error.value.where) == ("P452", str(broken))
        assert f"-o {broken} --restart" in error.value.hint
    (tmp_path / "top" / "a.txt").write_text("甲县选派第一书记29名。", encoding="utf-8")
    assert [one.facts.name for one in compare(tmp_path / "top").documents] == ["a.txt"]


def test_a_folder_called_parts_makes_no_store(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "one.txt").write_text("甲县选派第一书记29名。", encoding="utf-8")
    assert len(compare(tmp_path).documents) == 1


@pytest.mark.parametrize("url", ["file://{}", "file://localhost{}", "file:{}", "FILE://{}"])
def test_file_urls_of_stores(store: Path, url: str) -> None:
    assert compare(url.format(store)).to_json() == compare(store).to_json()


def test_documents_are_read_again_in_the_encoding_of_the_scan(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_bytes("甲县选派第一书记29名。".encode("utf-16-le"))
    scan_corpus(folder, tmp_path / "store", options=ReadOptions(encoding="utf-16-le"), workers=0)
    assert compare(tmp_path / "store").raw("a.txt").startswith("甲县")


def test_all_cells_together_are_quoted_within_a_number(store: Path) -> None:
    free = compare(store, quotations=20).comparison
    filled = sum(bool(cell.status) for cell in free.cells)
    tight = compare(store, quotations=20, quotations_in_all=2 * filled).comparison
    assert max(len(cell.mentions) for cell in tight.cells) == 2
    assert [cell._replace(mentions=()) for cell in tight.cells] == [
        cell._replace(mentions=()) for cell in free.cells
    ]
    least = compare(store, quotations=20, quotations_in_all=1).comparison
    assert {len(cell.mentions) for cell in least.cells if cell.status} == {1}


def test_a_page_of_a_store_names_documents_it_quotes_only(
    store: Path, direct: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("jinja2")
    asked = {"rows": RowOptions(first=True), "quotations": 1}
    monkeypatch.setattr("polcmp.result.MOST_READ_AGAIN", 0)
    found = compare(store, **asked)  # type: ignore[arg-type]
    page = found.report_page(evidence=1)
    core = json.loads(page.partition('id="core">')[2].partition("</script>")[0])
    named = {row[core["fields"]["document"].index("name")] for row in core["documents"]}
    shown = {one.document for one in found.mentions}
    assert shown <= named < {one.facts.name for one in direct.documents}
    assert (core["kept"]["per_cell"], core["kept"]["texts"], core["from"], core["by"]) == (
        *(1, [], "STORE", "region"),
    )
    assert core["made"]["mentions"] == len(direct.mentions)
    one = next(one for one in found.mentions if one.raw_span.end + 3 < one.raw_sentence.end)
    words = direct.raw(one.document)[one.raw_span.end : one.raw_span.end + 3]
    assert words in page.partition('id="evidence-0"')[2]


def test_a_page_quotes_no_more_than_it_is_asked_for(store: Path) -> None:
    pytest.importorskip("jinja2")
    found = compare(store, quotations=3)
    most = max(len(cell.mentions) for cell in found.comparison.cells)
    assert most == 3 and any(cell.total > 3 for cell in found.comparison.cells)
    for asked, kept in ((-1, 3), (5, 3), (2, 2), (1, 1), (0, 0)):
        page = found.report_page(evidence=asked)
        core = json.loads(page.partition('id="core">')[2].partition("</script>")[0])
        assert core["kept"]["per_cell"] == kept
