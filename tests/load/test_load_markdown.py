"""Markdown: markup off, words kept, front matter read. All texts are invented."""

from __future__ import annotations

import random
import re

import pytest

import polcmp.load.markdown
from polcmp.load import Source, read

LINE = "全县选派第一书记12名，驻村开展帮扶。"


def document(text: str, name: str = "a.md"):
    return read(Source(name, name, data=text.encode()))


def lines(text: str) -> list[str]:
    return document(text).raw.split("\n")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# 标题 #\n\n正文。", ["标题", "正文。"]),
        ("标题\n===\n正文。", ["标题", "正文。"]),
        ("**选派**_第一_`书记`~~十~~名", ["选派第一书记十名"]),
        ("推动**“联建”**工作", ["推动“联建”工作"]),
        ("[驻村](http://x.invalid/a)帮扶![图](a.png)", ["驻村帮扶"]),
        ("[驻村][1]帮扶\n\n[1]: http://x.invalid/a", ["驻村帮扶"]),
        ("[注]: 说明不是链接", ["[注]: 说明不是链接"]),
        ("一行\n二行\n\n三行", ["一行", "二行", "三行"]),
        ("- 甲\n- 乙\n  - 丙", ["甲", "乙", "丙"]),
        ("1. 甲\n2. 乙\n\n5. 丙", ["1. 甲", "2. 乙", "5. 丙"]),
        ("一、做法\n（一）甲\n1．乙", ["一、做法", "（一）甲", "1．乙"]),
        ("| 乡镇 | 书记 |\n|---|:--:|\n| **甲** | 3名 |\n| 乙 | |", ["乡镇\t书记", "甲\t3名", "乙"]),
        ("> 引文\n> 再", ["引文", "再"]),
        ("正文[^1]。\n\n[^1]: 注释。", ["正文。", "注释。"]),
        ("    缩进的正文。", ["缩进的正文。"]),
        ("　　全角缩进。", ["全角缩进。"]),
        ("```\n代码块\n```\n正文", ["代码块", "正文"]),
        ("<div>甲<br>乙</div>\n\n正<b>文</b><!-- 评 -->", ["甲", "乙", "正文"]),
        ("甲\n\n---\n\n乙", ["甲", "乙"]),
        ("5 < 6，《关于<某>的通知》\\*星", ["5 < 6，《关于<某>的通知》*星"]),
        ("&amp;&lt;", ["&<"]),
        ("甲\r\n\r\n乙\r丙", ["甲", "乙", "丙"]),
    ],
)
def test_markup(text, wanted):
    assert lines(text) == wanted


def test_front_matter_is_read_and_taken_off():
    found = document(f"---\ntitle: 某题\nregion: 云溪县\nlayout: post\ntags:\n  - 甲\n---\n# 题\n\n{LINE}\n")
    assert found.raw.split("\n") == ["题", LINE]
    stated = found.stated
    assert (stated.title, stated.region, stated.region_from) == ("某题", "云溪县", "front matter")
    assert found.warnings == () and found.extracted_from == "markdown" and found.encoding == "utf-8"


def test_a_rule_at_the_top_is_no_front_matter():
    assert lines(f"---\n{LINE}\n---\n{LINE}") == [LINE, LINE]
    assert lines(f"---\n\n{LINE}") == [LINE]


def test_places_and_offsets():
    found = document(f"# 题目\n\n{LINE}\n\n{LINE}\n")
    second = found.raw.rindex("全县")
    place = found.place_at(second)
    assert (place.offset, place.unit, place.number) == (second, "paragraph", 3)


def test_empty_and_in_another_encoding():
    assert document("").warnings == ("the document is empty",)
    found = read(Source("a.md", "a.md", data=f"# 题\n\n{LINE}{LINE}".encode("gb18030")))
    assert found.raw.split("\n") == ["题", LINE + LINE] and found.encoding == "gb18030"


@pytest.mark.parametrize(
    "text", ["[" * 3000, "*" * 5000, "> " * 500 + "甲", "|" * 4000, "`" * 3000, "<" * 3000]
)
def test_odd_markup_is_no_crash(text):
    document(text + f"\n\n{LINE}")


BITS = [
    *(
        "村",
        "选派第一书记3名。",
        "　　近年来",
        "1. ",
        "1) ",
        "2、",
        "- ",
        "* ",
        "+ ",
        "> ",
        "# ",
        "## ",
        "    ",
    ),
    *("  ", "\t", "\n", "\n\n", "\n\n", "\n\n", "\n \n", "\n\n\n", "|", "|-|-|", "甲|乙", "---", "===", "**"),
    *("*", "_", "`", "~~", "<b>", "</b>", "<div>", "</div>", "<br>", "&amp;", "&", "\\", "[甲](u)", "[^1]"),
    *(
        "[^1]: 注",
        "[注]: http://x",
        "![x](y)",
        "1.",
        "-",
        "a",
        "  \n",
        "\u3000",
        "\xa0",
        "：",
        ":",
        "!",
        "12",
    ),
    *("\x85", "\u2028", '"', "(", ")", "}", "$", "。", "```", "~~~", "<!--", "-->", "<pre>", "</pre>", "<?"),
]


def test_plain_paragraphs_are_what_the_parser_would_make_of_them(monkeypatch):
    chance = random.Random(4)
    texts = [
        "".join(chance.choice(BITS[:-8] if n % 5 else BITS) for _ in range(n % 37 + 2)) for n in range(600)
    ]
    found = [document(text).raw for text in texts]
    monkeypatch.setattr(polcmp.load.markdown, "_OVER_BLANK_LINES", re.compile(""))  # all of it is parsed
    for text, words in zip(texts, found, strict=True):
        assert document(text).raw == words, repr(text)


def test_many_short_paragraphs_take_no_time(monkeypatch):
    from markdown_it import MarkdownIt

    parsed: list[str] = []
    parse = MarkdownIt.parse
    monkeypatch.setattr(MarkdownIt, "parse", lambda self, text: (parsed.append(text), parse(self, text))[1])
    text = "# 标题\n\n" + "村\n\n" * 5_000 + "- 甲\n"
    assert lines(text) == ["标题", *["村"] * 5_000, "甲"]
    assert sum(map(len, parsed)) < 20
