"""The page as a file: what is in it, how large it is, what it forbids. No browser needed."""

from __future__ import annotations

import builtins
import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from report_lab import Invented, large_comparison

import polcmp.report.page as page_module
from polcmp.api import Result
from polcmp.errors import DocumentError, UsageError
from polcmp.model.comparison import Failure
from polcmp.report import ReportOptions, report_page
from polcmp.report.alike import MOST_REGIONS, cluster, likeness
from polcmp.report.embed import embedded
from polcmp.report.words import page_words

ASSETS = Path(page_module.__file__).parent / "assets"


def data(page: str, name: str = "core") -> Any:
    """A block of JSON of the page."""
    (text,) = re.findall(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    return json.loads(text)


def blocks(page: str, kind: str) -> list[Any]:
    """All blocks of a kind (`evidence`, `text`)."""
    return [data(page, name) for name in re.findall(rf'id="({kind}-\d+)"', page)]


@pytest.fixture(scope="module")
def small() -> Invented:
    return large_comparison(12, 6)


def test_the_policy_lets_in_what_is_inlined_and_nothing_else(seeds_html: str) -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', seeds_html)
    policy = policy.replace("&#39;", "'")
    (script,) = re.findall(r"<script>(.*?)</script>", seeds_html, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", seeds_html, re.DOTALL)
    for directive, text in (("script-src", script), ("style-src", style)):
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_nothing_is_loaded_and_no_handler_stands_in_the_markup(seeds_html: str) -> None:
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", seeds_html, flags=re.DOTALL)
    assert not re.search(r"\son\w+\s*=|\ssrc\s*=|style=|javascript:|<link|<iframe|https?://", markup)


def test_scripts_write_text_only() -> None:
    for path in ASSETS.glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc",
            path.read_text("utf-8"),
        ), path.name


def test_sources_are_small() -> None:
    for path in [*ASSETS.glob("*.js"), *ASSETS.glob("*.css")]:
        lines = path.read_text("utf-8").splitlines()
        assert len(lines) <= 250, path.name
        assert lines[0].startswith(("//", "/*")), f"{path.name} does not say what it is for"


@pytest.mark.parametrize("text", ["</script>", "<!--", "]]>", "&amp;", "\u2028", "\ud800", "\x7f", "甲"])
def test_embedded_json_cannot_end_its_element(text: str) -> None:
    written = embedded({text: [text]})
    assert not re.search("[<>&\u2028\x7f\ud800-\udfff]", written)
    assert json.loads(written) == {text: [text]}


def test_every_quotation_stands_in_its_sentence(seeds_result: Result, seeds_html: str) -> None:
    core = data(seeds_html)
    fields = core["row_fields"]["mention"]
    found = [
        dict(zip(fields, row, strict=True))
        for chunk in blocks(seeds_html, "evidence")
        for cells in chunk.values()
        for mentions, _ in cells.values()
        for row in mentions
    ]
    assert len(found) == len(seeds_result.mentions) == core["kept"]["shown"]
    for one in found:
        raw = seeds_result.raw(core["documents"][one["document"]][0])
        assert raw[one["start"] :].startswith(one["quote"])
        assert f"{one['before'].lstrip('…')}{one['quote']}{one['after'].rstrip('…')}" in raw


def test_whole_texts_are_the_documents(seeds_result: Result, seeds_html: str) -> None:
    core = data(seeds_html)
    assert core["kept"]["texts"] == [0, 1, 2, 3, 4]
    for number, held in zip(core["kept"]["texts"], blocks(seeds_html, "text"), strict=True):
        assert held["text"] == seeds_result.raw(core["documents"][number][0])
        assert held["mentions"]
        assert all(held["text"][start:end].strip() for _, start, end in held["headings"])
    assert any(one["headings"] for one in blocks(seeds_html, "text"))


def test_the_same_arguments_give_the_same_page(small: Invented) -> None:
    options = ReportOptions(lang="zh", title="虚构")
    assert report_page(small.comparison, options, small.raw) == report_page(
        small.comparison, options, small.raw
    )


def test_texts_can_be_left_out(small: Invented) -> None:
    core = data(report_page(small.comparison, ReportOptions(texts=False), small.raw))
    assert core["kept"]["texts"] == [] and core["kept"]["texts_wanted"] is False
    assert core["kept"]["shown"] == len(small.comparison.mentions)


def test_quotations_can_be_limited(small: Invented) -> None:
    page = report_page(small.comparison, ReportOptions(evidence=1), small.raw)
    assert data(page)["kept"]["per_cell"] == 1
    cells = [
        cell for chunk in blocks(page, "evidence") for cells in chunk.values() for cell in cells.values()
    ]
    assert cells and all(len(mentions) <= 1 for mentions, _ in cells)
    counted = sum(cell[1] for cells in data(page)["cells"] for cell in cells)
    assert counted == len(small.comparison.mentions), "the numbers in the cells stay true"


def test_a_report_without_texts_still_quotes(small: Invented) -> None:
    def gone(name: str) -> str:
        raise DocumentError("is gone", code="P301", where=name)

    def sentence(mention: Any) -> str:
        start, end = mention.raw_sentence
        return small.texts[mention.document][start:end]

    with_sentences = report_page(small.comparison, None, gone, sentence)
    assert "结合实际," in str(blocks(with_sentences, "evidence"))
    assert data(with_sentences)["kept"]["texts"] == []
    bare = report_page(small.comparison)
    assert "结合实际" not in str(blocks(bare, "evidence"))
    assert data(bare)["kept"]["shown"] == len(small.comparison.mentions)


def test_size_is_kept(large: Invented, large_html: str) -> None:
    assert 5_000_000 < len(large_html.encode()) <= 20_000_000
    kept = data(large_html)["kept"]
    assert kept["per_cell"] >= 1
    assert kept["shown"] < len(large.comparison.mentions)
    assert len(kept["texts"]) < len(large.comparison.documents)


def test_a_small_limit_drops_texts_first_then_quotations(small: Invented) -> None:
    whole = report_page(small.comparison, None, small.raw)
    texts = sum(len(json.dumps(one, ensure_ascii=False).encode()) for one in blocks(whole, "text"))
    fixed = len(whole.encode()) + 100_000
    squeezed = data(report_page(small.comparison, ReportOptions(max_bytes=fixed - texts // 2), small.raw))
    assert 0 < len(squeezed["kept"]["texts"]) < 12
    assert squeezed["kept"]["per_cell"] == -1
    least = data(report_page(small.comparison, ReportOptions(max_bytes=1), small.raw))
    assert least["kept"] | {"texts_wanted": True} == {
        "shown": sum(cell.total > 0 for cell in small.comparison.cells),
        "per_cell": 1,
        "texts": [],
        "texts_wanted": True,
    }


def test_words_are_there_in_both_languages() -> None:
    words = page_words()
    assert set(words["en"]) == set(words["zh"])
    for key, english in words["en"].items():
        holes = {name for form in english.split("|") for name in re.findall(r"\{(\w+)\}", form)}
        assert holes == set(re.findall(r"\{(\w+)\}", words["zh"][key])), key


def test_messages_are_there_in_both_languages(small: Invented) -> None:
    undecoded = "3 characters could not be decoded (U+FFFD)"
    first, *others = small.comparison.documents
    failure = Failure("a.txt", "P301", "the file is empty", "nobody knows what to do")
    said = replace(
        small.comparison,
        documents=(replace(first, warnings=(undecoded,)), *others),
        warnings=(undecoded, "nobody wrote this"),
        errors=(failure,),
    )
    core = data(report_page(said))
    both = [undecoded, "有3个字符无法解码（U+FFFD）"]
    assert core["made"]["warnings"] == [both, ["nobody wrote this"]]
    assert core["made"]["errors"] == [
        ["a.txt", "P301", ["the file is empty", "文件是空的"], ["nobody knows what to do"]]
    ]
    fields = core["fields"]["document"]
    assert core["documents"][0][fields.index("warnings")] == [both]


def test_regions_are_called_by_what_they_are() -> None:
    words = page_words("province")
    assert words["en"]["region"] == "Province" and words["zh"]["region"] == "省份"
    assert words["en"]["shown"] == "{shown} of {of} provinces"
    assert words["en"]["title_regions"].startswith("{regions}: "), "what is filled in keeps its name"
    assert words["en"]["region_of_document"] == "Region", "a document has its own"
    assert words["en"].keys() == page_words()["en"].keys()
    assert page_words("region") == page_words()


def test_every_word_that_scripts_ask_for_exists() -> None:
    words = page_words()["en"]
    asked = {
        key
        for path in ASSETS.glob("*.js")
        for key in re.findall(r"\bsay\('([\w.]+)'", path.read_text("utf-8"))
    }
    assert len(asked) > 80
    assert asked <= set(words)


def test_like_regions_stand_together() -> None:
    alike = [[1, 0.1, 0.9, 0.1], [0.1, 1, 0.1, 0.8], [0.9, 0.1, 1, 0.1], [0.1, 0.8, 0.1, 1]]
    order, tree = cluster(alike)
    assert order == [0, 2, 1, 3]
    assert tree == [[0, 2, 0.9], [1, 3, 0.8], 0.1]
    assert cluster([]) == ([], None)
    assert cluster([[1]]) == ([0], 0)


def test_the_similarity_map_is_bounded(small: Invented) -> None:
    many = likeness(large_comparison(MOST_REGIONS + 20, 4).comparison)
    assert len(many["regions"]) == MOST_REGIONS and many["of"] == MOST_REGIONS + 20
    few = likeness(small.comparison)
    assert sorted(few["regions"]) == list(range(12))
    for row, line in enumerate(few["values"]):
        assert line[row] == 100 and [few["values"][n][row] for n in range(12)] == line


def test_first_dates_are_the_earliest(small: Invented) -> None:
    core = data(report_page(small.comparison))
    dates = {one.name: one.date for one in small.comparison.documents}
    expected = {
        (one.measure, one.region): dates[one.document]
        for one in small.comparison.mentions
        if one.status == "implemented" and dates[one.document]
    }  # one document a region
    found = {
        (core["measures"][measure]["id"], core["regions"][region][0]): date
        for measure, region, date in core["first"]
    }
    assert found == expected and len(found) > 5


def test_without_jinja2_the_error_says_what_to_install(
    small: Invented, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("jinja2"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError) as error:
        report_page(small.comparison)
    assert error.value.code == "P440" and "polcmp[report]" in error.value.hint


def test_an_unknown_language_is_refused(small: Invented) -> None:
    with pytest.raises(UsageError) as error:
        report_page(small.comparison, ReportOptions(lang="fr"))
    assert error.value.code == "P441"


def test_nothing_at_all_is_a_page_too() -> None:
    nothing = large_comparison(0, 0)
    core = data(report_page(nothing.comparison))
    assert core["regions"] == [] and core["alike"]["tree"] is None


def test_the_page_says_which_regions_the_map_shows_and_why() -> None:
    words = page_words()
    for lang in ("en", "zh"):
        for hole in ("{n}", "{of}", "{least}"):
            assert hole in words[lang]["alike_most"]
    assert "since more could not be read" in words["en"]["alike_most"]
    script = (ASSETS / "alike.js").read_text("utf-8")
    assert script.index("alikeRest(order.length, of)") < script.index("alikeMap(order, values)"), (
        "above the map"
    )
