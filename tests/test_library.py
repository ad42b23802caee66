"""The library: light to import, and a result that answers by name."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import jsonschema
import pytest

import polcmp
from polcmp.api import Result, check_taxonomy, load_taxonomy
from polcmp.errors import PolcmpError, TaxonomyError, UsageError
from polcmp.model.document import Document
from polcmp.pipeline import Reader
from polcmp.render import FORMATS
from polcmp.render.schema import compare_schema
from polcmp.settings import RANGES

CHECKOUT = Path(__file__).parent.parent
HEAVY = ("typer", "click", "rich", "yaml", "rapidfuzz", "ahocorasick_rs", "opencc", "pypinyin", "json")


def modules_after(code: str) -> set[str]:
    """Top-level modules loaded by a program that runs `code`, those of an empty program apart."""
    shown = "import sys; print(' '.join({name.split('.')[0] for name in sys.modules}))"

    def loaded(text: str) -> set[str]:
        command = [sys.executable, "-c", f"{text}\n{shown}"]
        return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())

    return loaded(code) - loaded("pass")


def test_importing_is_light() -> None:
    assert modules_after("import polcmp; polcmp.__version__").isdisjoint(HEAVY)


def test_the_library_needs_no_terminal_libraries() -> None:
    code = "import polcmp; polcmp.compare('seeds').to_json()"
    command = [
        sys.executable,
        "-c",
        code + "\nimport sys; print(sorted({'typer', 'click', 'rich'} & set(sys.modules)))",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=CHECKOUT)
    assert done.stdout.strip() == "[]"


def test_public_names() -> None:
    for name in polcmp.__all__:
        assert getattr(polcmp, name) is not None
    assert polcmp.compare.__module__ == "polcmp.api"
    with pytest.raises(AttributeError, match="nothing_such"):
        polcmp.nothing_such  # noqa: B018


def test_compare_takes_a_folder_or_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    folder = polcmp.compare("seeds")
    assert len(folder.comparison.documents) == 5
    assert polcmp.compare().to_json() == folder.to_json()
    assert polcmp.compare(Path("seeds")).to_json() == folder.to_json()
    files = polcmp.compare(sorted(Path("seeds").glob("*.txt")))
    assert files.to_json() == folder.to_json()


def test_the_default_outside_a_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    result = polcmp.compare()
    assert len(result.regions) == 5
    assert all(d.path.startswith("(sample)/") for d in result.comparison.documents)
    assert result.comparison.taxonomy.path == "(packaged)"
    assert str(CHECKOUT) not in result.to_json()
    name = result.comparison.documents[0].name
    assert result.raw(name)


def test_cells_and_evidence(seeds_result: Result) -> None:
    cell = seeds_result.cell("聂荣县", "joint_committee")
    assert cell.status == "implemented"
    evidence = seeds_result.evidence("聂荣县", "joint_committee")
    assert tuple(m.id for m in evidence) == cell.mentions
    for mention in evidence:
        assert (mention.region, mention.measure) == ("聂荣县", "joint_committee")
        assert seeds_result.raw(mention.document)[slice(*mention.raw_span)] == mention.quote
    order = ("implemented", "planned", "called_for", "lacking")
    keys = [(order.index(m.status), -min(3, sum(p.points > 0 for p in m.parts)), -m.score) for m in evidence]
    assert keys == sorted(keys)
    assert seeds_result.evidence("陈巴尔虎旗", "guaranteed_dividend") == ()


@pytest.mark.parametrize(
    "region", ["聂荣县", "聶榮縣", "荣", "nierong", "Nierong Xian", "nrx", "那曲市聂荣县"]
)
@pytest.mark.parametrize(
    "measure", ["joint_committee", "Joint-committee", "joint", "联合党委", "聯席", "lianhedangwei"]
)
def test_names_are_forgiving(seeds_result: Result, region: str, measure: str) -> None:
    assert seeds_result.cell(region, measure) is seeds_result.cell("聂荣县", "joint_committee")


@pytest.mark.parametrize(
    ("region", "measure", "code", "says"),
    [
        ("聂荣现", "joint_committee", "P402", "聂荣县"),
        ("Paris", "joint_committee", "P402", "Known: 陈巴尔虎旗, "),
        ("旗", "joint_committee", "P403", "陈巴尔虎旗"),
        ("", "joint_committee", "P402", ""),
        ("聂荣县", "joint_comittee", "P404", "joint_committee"),
        ("聂荣县", "co", "P405", "shareholding_cooperative"),
    ],
)
def test_names_that_fit_nothing(
    seeds_result: Result, region: str, measure: str, code: str, says: str
) -> None:
    with pytest.raises(UsageError) as caught:
        seeds_result.cell(region, measure)
    assert caught.value.code == code
    assert says in str(caught.value)


def test_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    few = polcmp.compare("seeds", regions=["nierong", "扎赉特旗"], measures="shareholding")
    assert {one.name for one in few.regions} == {"聂荣县", "扎赉特旗"}
    assert [one.id for one in few.measures] == ["shareholding_cooperative"]
    assert len(few.comparison.cells) == 2
    assert {m.region for m in few.mentions} <= {"聂荣县", "扎赉特旗"}
    called = polcmp.compare("seeds", statuses="called")
    assert {m.status for m in called.mentions} == {"called_for"}
    assert called.cell("扎赉特旗", "shareholding_cooperative").status == "called_for"
    assert called.cell("聂荣县", "joint_committee").zero == "other_status"


def test_the_lowest_score(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    everything, verbatim = polcmp.compare("seeds"), polcmp.compare("seeds", min_score=1.0)
    assert {m.score for m in verbatim.mentions} == {1.0}
    assert len(verbatim.mentions) < len(everything.mentions)
    assert verbatim.comparison.settings["min_score"] == 1.0
    assert any(d.reason == "below_cutoff" for d in verbatim.comparison.dropped)


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan")])
def test_scores_that_are_none(score: float) -> None:
    with pytest.raises(UsageError) as caught:
        polcmp.compare(CHECKOUT / "seeds", min_score=score)
    assert caught.value.code == "P407"


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        polcmp.compare(tmp_path / "missing.txt")
    assert caught.value.code == "P401"
    assert "P301" in str(caught.value)


def test_one_bad_document_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲县选派第一书记29名。", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(bytes(range(256)) * 40)
    result = polcmp.compare(tmp_path)
    assert [d.name for d in result.comparison.documents] == ["a.txt"]
    assert [e.path for e in result.comparison.errors] == [str(tmp_path / "b.txt")]


def test_a_taxonomy_with_faults(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(
        "measures:\n  - id: a\n    pattern: 选派\n  - id: a\n    patterns: []\n", encoding="utf-8"
    )
    with pytest.raises(TaxonomyError) as caught:
        polcmp.compare(CHECKOUT / "seeds", taxonomy=path)
    assert len(caught.value.faults) >= 2
    assert f"{path}:3:5" in str(caught.value)
    assert isinstance(caught.value, PolcmpError)


def test_a_loaded_taxonomy_may_be_given(seeds_result: Result) -> None:
    taxonomy = load_taxonomy(CHECKOUT / "measures.yaml")
    assert polcmp.compare(CHECKOUT / "seeds", taxonomy=taxonomy).to_json() == seeds_result.to_json()


def test_progress(seeds_result: Result) -> None:
    seen: list[tuple[str, int]] = []
    polcmp.compare(CHECKOUT / "seeds", progress=lambda name, total: seen.append((name, total)))
    assert seen == [(d.name, 5) for d in seeds_result.comparison.documents]


def test_every_format(seeds_result: Result) -> None:
    for name in FORMATS:
        text = seeds_result.render(name)
        assert "聂荣县" in text and text.endswith("\n"), name
    assert str(seeds_result) == seeds_result.render("table")
    assert "已" in seeds_result.render("table", lang="zh") or "实施" in seeds_result.render(
        "table", lang="zh"
    )
    with pytest.raises(UsageError) as caught:
        seeds_result.render("docx")
    assert caught.value.code == "P410"


def test_every_format_as_bytes(seeds_result: Result) -> None:
    pytest.importorskip("xlsxwriter")
    for name in FORMATS:
        assert seeds_result.render_bytes(name) == seeds_result.render(name).encode()
    assert seeds_result.render_bytes("csv", bom=True).startswith(b"\xef\xbb\xbfid")
    assert seeds_result.render_bytes("xlsx", lang="zh").startswith(b"PK")


def test_citations(seeds_result: Result) -> None:
    every = seeds_result.cite("nierong", "joint_committee", 0)
    assert every.count("[^polcmp-") == len(seeds_result.evidence("nierong", "joint_committee"))
    (mention, *_) = seeds_result.evidence("alashan", "dividend")
    text = seeds_result.cite("alashan", "dividend", style="gbt7714", accessed="2024-05-31")
    assert mention.quote in text and "[R]. 乡村干部报网, 2022-04-12" in text
    with pytest.raises(UsageError, match="P434"):
        seeds_result.cite("nierong", "dividend")


def test_drawings(seeds_result: Result) -> None:
    pytest.importorskip("matplotlib")
    assert seeds_result.plot("similarity", "png").startswith(b"\x89PNG")


def test_a_stated_source_is_told(seeds_result: Result) -> None:
    sources = [one["source"] for one in seeds_result.to_dict()["documents"]]
    assert sources == ["", "乡村干部报网", "张文东（作者）", "", ""]


def test_as_data(seeds_result: Result) -> None:
    data = seeds_result.to_dict()
    assert data == json.loads(seeds_result.to_json())
    assert data["schema"] == "polcmp/compare/1"
    for key in ("documents", "regions", "measures", "mentions", "cells", "errors"):
        assert isinstance(data[key], list)
    jsonschema.validate(data, json.loads(compare_schema()))
    assert len(data["mentions"]) == len(seeds_result.mentions)


def test_in_a_notebook(seeds_result: Result) -> None:
    html = seeds_result._repr_html_()
    assert html.count("<table") == 1
    for region in seeds_result.regions:
        assert region.name in html
    assert "<script" not in html


def test_a_notebook_obeys_no_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲县选派第一书记29名<img src=x onerror=alert(1)>。", encoding="utf-8")
    (tmp_path / "documents.yaml").write_text("a.txt: {region: '<script>甲县</script>'}", encoding="utf-8")
    html = polcmp.compare(tmp_path)._repr_html_()
    assert "<script" not in html and "<img" not in html


def test_results_are_frozen(seeds_result: Result) -> None:
    with pytest.raises(FrozenInstanceError):
        seeds_result.comparison.mentions[0].score = 0  # type: ignore[misc]


def test_settings_change_the_result_and_are_recorded() -> None:
    settings = polcmp.Settings(no_edits_up_to=40, one_edit_up_to=40, homophone_from=40)
    strict = polcmp.compare(CHECKOUT / "seeds", settings=settings)
    assert strict.comparison.settings["no_edits_up_to"] == 40
    assert not any("edits" in t or t == "homophone" for m in strict.mentions for t in m.transforms)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("min_score", 1.5),
        ("min_score", float("nan")),
        ("gap_characters", -1),
        ("gap_characters", 2.5),
        ("one_edit_up_to", 201),
        ("homophone_from", 0),
        ("missing_piece_charge", "much"),
        ("max_match_characters", 0),
    ],
)
def test_settings_out_of_their_range(field: str, value: object) -> None:
    settings = polcmp.Settings(**{field: value})  # type: ignore[arg-type]
    for call in (polcmp.compare, polcmp.load_taxonomy, check_taxonomy):
        with pytest.raises(polcmp.PolcmpError, match=field) as fault:
            call(settings=settings)
        assert fault.value.code == "P407"


def test_every_setting_has_a_range() -> None:
    assert list(RANGES) == [one.name for one in fields(polcmp.Settings)]
    for name, (low, high) in RANGES.items():
        assert low <= getattr(polcmp.Settings(), name) <= high


def test_edits_in_the_shortest_phrases() -> None:
    settings = polcmp.Settings(no_edits_up_to=0, one_edit_up_to=1)
    assert polcmp.compare(CHECKOUT / "seeds", settings=settings).mentions


def test_a_document_built_in_code_may_hold_half_a_character() -> None:
    reader = Reader.of(polcmp.load_taxonomy(CHECKOUT / "measures.yaml"), polcmp.Settings())
    raw = "甲县\ud83d情况\n\n甲县选派第一书记29名\udc00。"
    result = reader.read(Document("a", "a", raw, "", "utf-8"))
    (mention,) = result.mentions
    assert raw[slice(*mention.raw_span)] == mention.quote == "选派第一书记29名"


def test_a_sidecar_in_traditional_script(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("全縣選派第一書記29名。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("---\nregion: 聶榮縣\n---\n全縣選派第一書記29名。", encoding="utf-8")
    sidecar = "a.txt: {region: 聶榮縣, title: 選派幹部}"
    (tmp_path / "documents.yaml").write_text(sidecar, encoding="utf-8")
    result = polcmp.compare(tmp_path, taxonomy=CHECKOUT / "measures.yaml")
    assert [one.name for one in result.regions] == ["聂荣县"]
    documents = result.comparison.documents
    assert [one.location.found_by for one in documents] == ["sidecar", "front matter"]
    assert documents[0].title == "選派幹部"  # as it was stated: only matching folds
    assert [one.rule for one in documents[1].masks] == ["front matter"]
