"""Citations: everything that is known of a quotation, nothing that is not, in three styles."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from render_samples import TEXTS, compare

from polcmp.errors import UsageError
from polcmp.model.comparison import Cell, Comparison
from polcmp.render.citation import ALL, STYLES, cite


def stated(**facts: str) -> tuple[Comparison, Cell]:
    """Cadre dispatch in 陈巴尔虎旗, of a document with these facts."""
    comparison = compare(TEXTS[:1])
    document = replace(comparison.documents[0], **facts)  # type: ignore[arg-type]
    comparison = replace(comparison, documents=(document,))
    (cell,) = [one for one in comparison.cells if one.measure == "cadre_dispatch"]
    return comparison, cell


WEB = {
    "title": "甲县 100% 经验 {x}_y*",
    "date": "2022-04-12",
    "source": "乡村干部报网（https://news.example/a_1?b=%E4&c=2）",
}


@pytest.mark.parametrize("style", STYLES)
def test_everything_known_is_said(style: str) -> None:
    comparison, cell = stated(**WEB)
    (facts,) = comparison.documents
    for which, mention_id in enumerate(cell.mentions, 1):
        (mention,) = [one for one in comparison.mentions if one.id == mention_id]
        text = cite(comparison, cell, style, which, "2024-05-31")
        assert text.endswith("\n")
        for part in (
            mention.quote,
            "乡村干部报网",
            facts.sha256,
            "https://news.example/a_1?b=%E4&c=2",
            "2024-05-31",
        ):
            assert part in text
        start, end = mention.raw_span
        assert re.search(rf"{start}(–|--|—){end}", text)
        assert "2022-04-12" in text
        assert re.sub(r"\\", "", text).find("000_chenbaerhu.txt") >= 0


def test_all_mentions_of_a_cell() -> None:
    comparison, cell = stated(**WEB)
    every = cite(comparison, cell, "footnote", ALL)
    assert every == "".join(cite(comparison, cell, "footnote", at) for at in range(1, len(cell.mentions) + 1))
    assert (
        len(set(re.findall(r"^\[\^(polcmp-[0-9a-f]{16})\]: ", every, re.MULTILINE))) == len(cell.mentions) > 1
    )


def test_markdown_is_escaped_and_its_address_linked() -> None:
    text = cite(*stated(**WEB))
    assert r"*甲县 100% 经验 {x}\_y\**" in text
    assert "<https://news.example/a_1?b=%E4&c=2>" in text
    assert "（" not in text.split("<")[0].split("*")[-1]  # the brackets went with the address


@pytest.mark.parametrize(
    ("facts", "accessed", "reference"),
    [
        (
            WEB,
            "2024-05-31",
            "[EB/OL]. 乡村干部报网(2022-04-12)[2024-05-31]. https://news.example/a_1?b=%E4&c=2. 引文",
        ),
        (WEB, "", "[EB/OL]. 乡村干部报网(2022-04-12). https://news.example/a_1?b=%E4&c=2. 引文"),
        ({**WEB, "source": "http://a.example/b.", "date": ""}, "", "[EB/OL]. http://a.example/b. 引文"),
        ({**WEB, "source": "县委办"}, "2024-05-31", "[R]. 县委办, 2022-04-12. 引文"),
        ({**WEB, "source": "", "date": ""}, "", "[R]. 引文"),
    ],
)
def test_gbt_7714(facts: dict[str, str], accessed: str, reference: str) -> None:
    text = cite(*stated(**facts), "gbt7714", 1, accessed)
    assert text.startswith(f"{WEB['title']}{reference}：「")


@pytest.mark.parametrize(
    ("style", "page", "extracted"),
    [
        ("footnote", "pdf, page 3, characters ", " of its extracted text. sha256"),
        ("bibtex", "  pages = {3},\n", " of its extracted text, 000"),
        ("gbt7714", "[R]. 县委办, 2022-04-12: 3. 引文", "提取文本第"),
    ],
)
def test_pages_and_extracted_text(style: str, page: str, extracted: str) -> None:
    comparison, cell = stated(**{**WEB, "source": "县委办", "format": "pdf", "name": "000_chenbaerhu.pdf"})
    mentions = tuple(replace(one, page=3, document="000_chenbaerhu.pdf") for one in comparison.mentions)
    text = cite(replace(comparison, mentions=mentions), cell, style)
    assert page in text and extracted in text


def test_without_a_title_the_file_is_named() -> None:
    assert cite(*stated(title=""), "gbt7714").startswith("000_chenbaerhu.txt[R]")
    assert "{{000\\_chenbaerhu.txt}}" in cite(*stated(title=""), "bibtex")


@pytest.mark.parametrize(
    "hostile", ["a}b{", "\\", "}}", "{", "a%b", "@x{", '"', "\x1b[31m\u202e", "甲\n\n乙", "\\end{document}"]
)
def test_bibtex_stays_one_entry(hostile: str) -> None:
    text = cite(*stated(title=hostile, source=f"{hostile} http://e.example/{{}}\\x"), "bibtex")
    depth = 0
    for at, one in enumerate(text):
        depth += (one == "{") - (one == "}")
        assert depth > 0 or at < text.index("{") or at >= len(text) - 2
    assert depth == 0
    assert len(re.findall(r"^@\w+\{", text, re.MULTILINE)) == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert not re.search(r"(?<!\\)%", re.sub(r"  url = .*", "", text))


@pytest.mark.parametrize(
    ("date", "wanted"), [("2022", ("2022", None)), ("2022-04", ("2022", "4")), ("", (None, None))]
)
def test_years_and_months_of_bibtex(date: str, wanted: tuple[str | None, str | None]) -> None:
    text = cite(*stated(date=date), "bibtex")
    found = (re.search(rf"^  {name} = {{(\d+)}},$", text, re.MULTILINE) for name in ("year", "month"))
    assert tuple(one and one[1] for one in found) == wanted


def test_what_cannot_be_cited() -> None:
    comparison, cell = stated()
    empty = next(one for one in comparison.cells if not one.mentions)
    for bad, code in (
        ((comparison, empty), "P434"),
        ((comparison, cell, "footnote", 99), "P434"),
        ((comparison, cell, "footnote", -1), "P434"),
        ((comparison, cell, "apa"), "P435"),
        ((comparison, cell, "footnote", 1, "May"), "P435"),
    ):
        with pytest.raises(UsageError) as caught:
            cite(*bad)  # type: ignore[arg-type]
        assert caught.value.code == code and caught.value.hint


@pytest.mark.parametrize("style", STYLES)
def test_chinese_has_no_english_words(style: str) -> None:
    comparison, cell = stated(**WEB, format="pdf")
    mentions = tuple(replace(one, page=3) for one in comparison.mentions)
    comparison = replace(comparison, mentions=mentions)
    text = cite(comparison, cell, style, 1, "2024-05-31", "zh")
    said = re.search(r"note = .*", text)[0] if style == "bibtex" else text  # type: ignore[index]
    assert "提取文本第" in said
    assert not re.search(r"characters|accessed|\bpage\b|extracted", said)
    if style == "footnote":
        assert "第3页" in said and "访问日期：2024-05-31。" in said
