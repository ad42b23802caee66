"""What the targets are given: sentences and files that are cut, doubled, mixed and spoilt."""

from __future__ import annotations

import sys
from functools import cache

import yaml
from fuzz_targets import CHECKOUT, FILES, MEASURES, SUFFIXES, TEXTS, tokens_of_measures
from hypothesis import strategies as st

from polcmp.load import collect, read

sys.path.insert(0, str(CHECKOUT / "tests" / "load"))
import load_samples

MARKS = [
    *(
        "\x00",
        "\x1b[31m",
        "\u200b",
        "\ufeff",
        "\u202e",
        "\U0001f600",
        "👨\u200d👩\u200d👧",
        "\r\n",
        "\r",
        "\n",
    ),
    *("\n\n", "\u2028", "\x85", "“", "”", '"', "（", ")", "(", "《", "》", "…", "——", "—", "一、", "1.", "①"),
    *(
        "但",
        "不",
        "将",
        "要",
        "未",
        "等",
        "e\u0301",
        "\U00020000",
        "\ufffd",
        "\ud83d",
        " ",
        "\u3000",
        "\t",
        "",
    ),
    *(
        "(chan) ",
        "(jīng)",
        "?",
        "cè)",
        "锟斤拷",
        "烫烫烫",
        "ä½",
        "百分之",
        "分之",
        "3.5亿",
        "1,200",
        "09:40",
        "6:3:1",
    ),
    *(
        "2021年",
        "2021-2025年",
        "十",
        "百",
        "万",
        "半",
        "几",
        "数",
        "余",
        "约",
        "%",
        "―",
        "|",
        "/",
        ">",
        "<b>",
        "</",
    ),
    *(
        "&nbsp;",
        "![",
        "](",
        "首页",
        "上一篇:",
        "责任编辑:",
        "相关阅读",
        "版权所有",
        "县",
        "市",
        "旗",
        "村",
        "学习",
        "借鉴",
    ),
]
NOISE = st.one_of(st.text(max_size=6), st.sampled_from(MARKS))


@cache
def pieces() -> tuple[str, ...]:
    """Sentences and lines of the seeds and of invented documents, with their noise."""
    folders = [CHECKOUT / "seeds", CHECKOUT / "tests" / "gold" / "invented-a" / "documents"]
    texts = [read(source).raw for folder in folders for source in collect([str(folder)]).sources]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    return tuple(part + "。" for line in lines for part in line.split("。") if part)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Sentences, cut, doubled and spoilt; long runs of one thing now and then."""
    parts: list[str] = []
    for _ in range(draw(st.integers(0, 8))):
        kind = draw(st.integers(0, 5))
        if kind == 0:
            parts.append(draw(NOISE) * draw(st.sampled_from([1, 2, 3, 40, 700])))
        elif kind == 1:
            parts.append("".join(draw(st.lists(st.sampled_from(MARKS), max_size=12))))
        else:
            piece = draw(st.sampled_from(pieces()))
            for _ in range(draw(st.integers(0, 4))):
                at = draw(st.integers(0, len(piece)))
                piece = piece[:at] + draw(NOISE) + piece[at + draw(st.integers(0, 3)) :]
            parts.append(piece)
    return "".join(parts)


KEYS = st.sampled_from(
    [
        *(
            "version",
            "terms",
            "measures",
            "id",
            "name",
            "patterns",
            "pattern",
            "exclude",
            "examples",
            "match",
        ),
        *("no_match", "forms", "gap", "unless", "given", "scope", "definition", "not", "min_score", "x"),
        *("region", "date", "地区"),
    ]
)
PATTERN = st.lists(
    st.one_of(
        st.sampled_from(
            ["…", "&", "|", "<number>", "<percent>", "<money>", "<l>", "(", ")", "[", "]", "!", "=", "~"]
        ),
        st.sampled_from(
            ["...", "…5", "~3", "选派", "第一书记", "党员", "\\", "<", ">", "{", "}", "a" * 40, ""]
        ),
        st.sampled_from(tokens_of_measures()),
    ),
    max_size=9,
).map(" ".join)
VALUE = st.recursive(
    st.one_of(PATTERN, st.integers(-9, 10**20), st.none(), st.booleans(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


@st.composite
def taxonomies(draw: st.DrawFn) -> str:
    """A taxonomy built of keys and pieces of patterns, or lines of the default one moved about and spoilt."""
    if draw(st.booleans()):
        measure = {
            "id": draw(st.sampled_from(["a", "b", "A b", ""])),
            "patterns": draw(st.lists(PATTERN, max_size=4)),
        }
        measure |= draw(st.dictionaries(KEYS, VALUE, max_size=2))
        data = {"version": 1, "terms": {"l": draw(st.lists(PATTERN, max_size=3))}, "measures": [measure]}
        data |= draw(st.dictionaries(KEYS, VALUE, max_size=1))
        return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    lines = MEASURES.splitlines()
    start = draw(st.integers(0, len(lines) - 1))
    chosen = lines[: draw(st.integers(0, 30))] + lines[start : start + draw(st.integers(0, 40))]
    for _ in range(draw(st.integers(0, 5))):
        if chosen:
            at = draw(st.integers(0, len(chosen) - 1))
            line, column = chosen[at], draw(st.integers(0, len(chosen[at])))
            noise = draw(
                st.one_of(
                    NOISE, PATTERN, st.sampled_from(["[", "{", "- ", "  ", ": ", "&a ", "*a", "'", '"', "#"])
                )
            )
            chosen[at] = draw(
                st.sampled_from([line[:column] + noise + line[column:], line[:column], "  " + line, ""])
            )
    return "\n".join(chosen)


@st.composite
def sidecars(draw: st.DrawFn) -> str:
    """YAML-ish lines about files."""
    if draw(st.booleans()):
        return str(yaml.safe_dump(draw(VALUE), allow_unicode=True))
    part = st.sampled_from(
        [
            "a.txt:",
            "region:",
            " 甲县",
            "date: 2021",
            "- ",
            "  ",
            "{",
            "}",
            "[",
            "]",
            "\n",
            "&a",
            "*a",
            ": ",
            "!!",
            "|",
        ]
    )
    return "".join(draw(st.lists(st.one_of(part, NOISE), max_size=20)))


@cache
def files() -> tuple[bytes, ...]:
    """A sound file of each format, the number of its suffix in front."""
    made = {
        "txt": load_samples.TITLE.encode("gb18030"),
        "html": load_samples.as_html().encode("utf-8"),
        "docx": load_samples.as_docx(),
        "pdf": load_samples.as_pdf(),
        "rtf": load_samples.as_rtf(),
        "eml": _mail(),
        "mht": _mail().replace(b"text/plain", b"text/html"),
        "md": "---\n地区: 甲县\n---\n# 标题\n\n- 选派第一书记3名。\n\n| a |\n|---|\n| 1 |\n".encode(),
        "csv": 'id,region,text\n1,甲县,选派第一书记3名。\n2,乙县,"成立联合党委，\n3个。"\n'.encode(
            "utf-8-sig"
        ),
        "jsonl": '{"id": 1, "region": "甲县", "text": "选派第一书记3名。"}\n{"text": null}\n'.encode(),
    }
    return tuple(bytes([SUFFIXES.index(name)]) + data for name, data in made.items())


def _mail() -> bytes:
    head = (
        "From: a@b.c\r\nSubject: =?utf-8?b?5bel5L2c?=\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=gb18030\r\n\r\n"
    )
    return head.encode() + "甲县选派第一书记3名。\r\n".encode("gb18030")


@st.composite
def broken_files(draw: st.DrawFn) -> bytes:
    """A file of some format, bytes of it changed, cut, doubled or taken from another one."""
    data = bytearray(draw(st.sampled_from(files())))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(1, max(1, len(data) - 1)))
        kind = draw(st.integers(0, 4))
        if kind == 0:
            data[at : at + 1] = bytes([draw(st.integers(0, 255))])
        elif kind == 1:
            del data[at : at + draw(st.sampled_from([1, 2, 16, 500, 10**6]))]
        elif kind == 2:
            data[at:at] = data[at : at + draw(st.integers(1, 300))] * draw(st.sampled_from([1, 2, 50]))
        elif kind == 3:
            data[at:at] = draw(st.binary(max_size=8))
        else:
            other = draw(st.sampled_from(files()))
            data[at:at] = other[1 : 1 + draw(st.integers(0, 400))]
    return bytes(data)


def inputs_of(target: str) -> st.SearchStrategy[str] | st.SearchStrategy[bytes]:
    """What a target is given."""
    if target in TEXTS:
        return texts()
    assert target in FILES or target == "readers"
    return {"taxonomy": taxonomies(), "sidecar": sidecars(), "readers": broken_files()}[target]
