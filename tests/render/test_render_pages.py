"""Markdown, HTML and LaTeX as their readers see them: hostile texts stay texts."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from render_samples import MEASURES, TEXTS, Found, Text, compare, sample

from polcmp.model.comparison import Comparison
from polcmp.render import RenderOptions, render
from polcmp.render.as_md import escaped as md
from polcmp.render.as_tex import escaped as tex

EVIL = (
    "a|b \\| \\ <script>alert(1)</script> <img src=x onerror=y> `x` *y* __z__ [t](http://e.example) ![i](x) "
    "&amp; ~~s~~ $x$ http://e.example www.e.example @someone #12 GH-7 :tada: a@b.example # - 1. {{x}} "
    "{% y %} \\input{/etc/passwd} \\write18{x} ^^5c %comment & # _ { } ~ \" ' -- << ?` [opt] \u202e\x1b[31m"
)


def hostile() -> Comparison:
    quote = f"选派{EVIL}干部"
    text = Text(
        f"{EVIL}.txt".replace("/", "_"),
        f"{EVIL}县",
        "",
        f"{quote}。\n",
        [Found(quote, "cadre_dispatch", form=EVIL)],
    )
    text.found[0].figures = ((EVIL, 3, EVIL, EVIL, "exact"),)
    measure = replace(MEASURES[0], name=EVIL, name_en=EVIL, definition=EVIL, definition_en=EVIL)
    return compare([text, *TEXTS], (measure, *MEASURES[1:]))


def shown(source: str) -> str:
    return MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough").render(source)


class Elements(HTMLParser):
    """Names of elements and attributes, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.rows: list[int] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "tr":
            self.rows.append(0)
        elif tag in ("td", "th"):
            self.rows[-1] += 1

    def handle_data(self, data: str) -> None:
        self.text += data


def test_markdown_shows_hostile_texts_as_they_are() -> None:
    page = Elements(shown(render(hostile(), "md", RenderOptions(evidence=-1))))
    table = {"table", "thead", "tbody", "tr", "th", "td"}
    assert page.names == {"p", "br", "ul", "li", "h2", "h3", *table}
    assert set(page.rows) == {7}
    assert "<script>alert(1)</script> <img src=x onerror=y> `x` *y* __z__ [t](http://e.example)" in page.text
    assert "$x$ http://e.example www.e.example @someone #12 GH-7 :tada: a@b.example" in page.text


def test_markdown_leaves_github_nothing_to_make_live() -> None:
    """What GitHub links after rendering is found in the text between two tags or comments."""
    for line in render(hostile(), "md").splitlines():
        for run in re.split(r"<!--.*?-->", line):
            assert not re.search(r"@\w|https?://|www\.|:\w+:|#\d|GH-\d", run.replace("\\", "")), run


@pytest.mark.parametrize("text", ["@a", "见https://e.example/x", "12:30", "甲@乙", "第1号：说明", "a:b"])
def test_markdown_says_the_same_words(text: str) -> None:
    assert Elements(shown(f"| {md(text)} |\n| --- |\n")).text.strip() == text


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("rows", ["measures", "regions"])
def test_html_shows_hostile_texts_as_they_are(lang: str, rows: str) -> None:
    comparison = hostile()
    page = Elements(render(comparison, "html", RenderOptions(lang=lang, rows=rows, evidence=-1)))
    table = {"table", "thead", "tbody", "tr", "th", "td"} | ({"tfoot"} if rows == "measures" else set())
    assert page.names == {"meta", "section", "p", "br", "span", "ul", "li", "q", "h3", "h4", *table}
    assert page.attributes <= {"charset", "class", "lang", "scope", "style", "title"}
    across = len(comparison.measures) + 2 if rows == "regions" else len(comparison.regions)
    assert set(page.rows) == {across + 1}
    assert "<script>alert(1)</script>" in page.text and "\x1b" not in page.text and "\u202e" not in page.text
    for mention in sample().mentions:
        assert " ".join(mention.quote.split()) in page.text


def test_html_shows_no_more_than_asked_for() -> None:
    assert "<q" not in render(sample(), "html")
    one = render(sample(), "html", RenderOptions(evidence=1))
    assert one.count("<q") == sum(bool(cell.mentions) for cell in sample().cells)


def tokens(source: str) -> set[str]:
    """Commands of a LaTeX source, comments apart."""
    lines = [re.sub(r"(?<!\\)%.*", "", line) for line in source.splitlines()]
    return set(re.findall(r"\\([A-Za-z]+|.)", "\n".join(lines).replace("\\\\", "")))


@pytest.mark.parametrize("rows", ["measures", "regions"])
@pytest.mark.parametrize("of", ["sample", "hostile", "many"])
def test_latex_runs_no_command_of_a_document(of: str, rows: str) -> None:
    many = [replace(TEXTS[at % 5], name=f"{at}", region=f"{at}县") for at in range(40)]
    comparison = {"sample": sample, "hostile": hostile, "many": lambda: compare(many)}[of]()
    source = render(comparison, "tex", RenderOptions(rows=rows, evidence=-1))
    ours = {
        "begin",
        "end",
        "centering",
        "caption",
        "label",
        "raggedright",
        "arraybackslash",
        "linewidth",
    }
    ours |= {
        "dimexpr",
        "tabcolsep",
        "relax",
        "toprule",
        "midrule",
        "bottomrule",
        "newline",
        "times",
        "paragraph",
    }
    ours |= {"item", "texttt", "endfirsthead", "endhead", "addlinespace", "allowbreak", "sloppy", "quad"}
    ours |= {"footnotesize", "setlength", "medskip", "smallskip", "geq", "leq"}
    characters = {"textbackslash", "textasciicircum", "textasciitilde", "textless", "textgreater", "textbar"}
    characters |= {"textquotedbl", "textquotesingle", "textasciigrave", "{", "}", "$", "&", "#", "%", "_"}
    assert tokens(source) <= ours | characters
    bare = re.sub(r"\\[{}]", "", source)
    assert bare.count("{") == bare.count("}")
    begun, ended = (re.findall(rf"\\{one}{{(\w+)}}", source) for one in ("begin", "end"))
    assert sorted(begun) == sorted(ended)
    body = source.split("\\toprule")[1].split("\\bottomrule")[0]
    lines = [line for line in body.splitlines() if line.endswith("\\\\")]
    assert len({len(re.findall(r"(?<!\\)&", line)) for line in lines}) == 1
    assert "\x1b" not in source and "\u202e" not in source


def test_latex_has_room_between_rows_and_says_what_its_signs_mean() -> None:
    source = render(sample(), "tex", RenderOptions(evidence=1))
    assert source.count("\\addlinespace\n") == len(sample().measures) - 1
    assert "-{} not mentioned" in source and "x2: number of mentions" in source
    assert "chenbaerhu.\\allowbreak{}txt:\\allowbreak{}" in source, "a path may be broken between its parts"
    down = render(sample(), "tex", RenderOptions(rows="regions"))
    for region in sample().regions:
        assert f"{region.name} \\newline {region.documents}/{region.characters} &" in down
    assert "Region \\newline docs/chars &" in down


def test_latex_says_what_it_needs() -> None:
    head = render(sample(), "tex").split("\\begin")[0]
    assert all(line.startswith("%") for line in head.splitlines())
    assert "ctex" in head and "xeCJK" in head and "booktabs" in head
    assert "XeLaTeX" in head


def test_latex_escapes_each_special_character() -> None:
    assert tex("100% & #1_a {b} $c$ ~^ \\d") == (
        r"100\% \& \#1\_a \{b\} \$c\$ \textasciitilde{}\textasciicircum{} \textbackslash{}d"
    )
    assert tex("a--b ``c'' [d] *") == (
        r"a-{}-{}b \textasciigrave{}\textasciigrave{}c\textquotesingle{}\textquotesingle{} {[}d{]} {*}"
    )
