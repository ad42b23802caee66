"""Messages in Chinese: the list itself, and that what the package says stands in it."""

from __future__ import annotations

import ast
import errno
import os
import re
from collections import Counter
from pathlib import Path

import pytest

import polcmp
from polcmp import errors
from polcmp.render.messages import in_language, templates

PACKAGE = Path(polcmp.__file__).parent
SLOT = re.compile(r"\{([a-z][a-z0-9]*)(?:!|,|:code)?\}")
ERRORS = {name for name in vars(errors) if name.endswith("Error")}
TAKERS = {"fault", "_fail", "_note", "tell", "warn", "_broken", "_damaged", "refuse_terminal"}
"""Functions that take a message or a hint."""
NAMES = {"message", "hint", "problem", "why", "_NEEDS_TEXT", "HINT", "_SAVE", "INSTALL"}
"""Variables that hold one."""

IN_ENGLISH = {
    # Faults of the program itself: they are for those who mend it.
    "data/cues.txt has words before its first list",
    "offset map ends at x, beyond x",
    "offset map is not increasing at raw offset x",
    "A line needs x columns",
}

IN_PIECES = {
    "x x can mean x": ["region 'x' can mean y", "measure 'x' can mean y"],
    "there is no x x": ["there is no region 'x'", "there is no measure 'x'"],
    "Did you mean x? ": ["Did you mean x? Known: x, y.", "Did you mean x? Known, 10 of 12: x, y."],
    "--fail-on x: x x cells, first x": [
        "--fail-on empty: 11 empty cells, first 甲旗 × dividend",
        "--fail-on lacking: 1 lacking cell, first 甲旗 × dividend",
    ],
    "several documents fit": ["several documents fit 'x'"],
    "there is no document": ["there is no document 'x'"],
    "there is no x": ["there is no drawing 'x'", "there is no format 'x' of drawings"],
    "the font x x": [
        "the font 'x' is no font file",
        "the font 'x' is not installed or has no Chinese characters",
    ],
    "x; --prune takes them outx": ["5 in the store are not in this corpus; --prune takes them out"],
    " (not while an input cannot be read)": [
        "5 in the store are not in this corpus; --prune takes them out (not while an input cannot be read)"
    ],
    "a web page": ["a web page is not text that a terminal can show"],
    "pattern `x` can never match: x every match of it": [
        "pattern `x` can never match: the exclusion `y` drops every match of it",
        "pattern `x` can never match: the exclusions drop every match of it",
    ],
    "a gap stands between two pieces; x": [
        "a gap stands between two pieces; move it out of the brackets",
        "a gap stands between two pieces; take it away",
    ],
}
"""What the code puts together, and what comes of it."""

FILES = {"comparison.xlsx", "report.html"}


def words(node: ast.AST) -> list[str]:
    """The texts an expression can be, each slot filled with ``x``; none if that cannot be told."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        found = [""]
        for part in node.values:
            options = words(part) if isinstance(part, ast.Constant) else words(getattr(part, "value", part))
            found = [head + tail for head in found for tail in options or ["x"]]
        return found
    if isinstance(node, ast.BinOp):  # the ending of a plural
        return words(node.left)
    if isinstance(node, ast.IfExp):
        return words(node.body) + words(node.orelse)
    if isinstance(node, ast.BoolOp):
        return [text for value in node.values for text in words(value)]
    return []


def said() -> dict[str, str]:
    """Every message and hint that can be told from the code, with a place where it stands."""
    found: dict[str, str] = {}

    def take(node: ast.AST | None, place: str) -> None:
        for text in words(node) if node else ():
            if len(re.findall(r"[A-Za-z]{2,}", text)) > 1:  # no codes, keys or names
                found.setdefault(text, place)

    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            place = f"{path.relative_to(PACKAGE)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func).rpartition(".")[2]
                ledger = name == "add" and "ledger" in ast.unparse(node.func)
                if name in ERRORS or name in TAKERS or ledger:
                    for one in node.args:
                        take(one, place)
                    for keyword in node.keywords:
                        if keyword.arg in ("hint", "message"):
                            take(keyword.value, place)
            elif isinstance(node, ast.Assign) and any(
                isinstance(one, ast.Name) and one.id in NAMES for one in ast.walk(node.targets[0])
            ):
                values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
                for one in values:
                    take(one, place)
    return found


SAID = said()


def test_messages_are_found_in_the_code() -> None:
    assert len(SAID) > 250


@pytest.mark.parametrize("text", sorted(SAID.keys() - IN_ENGLISH - IN_PIECES.keys() - FILES))
def test_every_message_has_its_chinese(text: str) -> None:
    assert in_language(text, "zh") != text, f"{SAID[text]}: add a line to polcmp/data/messages_zh.tsv"


def test_what_is_said_in_english_only_is_still_said() -> None:
    assert SAID.keys() >= IN_ENGLISH
    for text in IN_ENGLISH:
        assert in_language(text, "zh") == text


@pytest.mark.parametrize("whole", [text for texts in IN_PIECES.values() for text in texts])
def test_what_is_put_together_has_its_chinese(whole: str) -> None:
    assert IN_PIECES.keys() <= SAID.keys()
    assert in_language(whole, "zh") != whole


def test_the_list_is_sound() -> None:
    english = [one.english for one in templates()]
    assert [text for text, count in Counter(english).items() if count > 1] == []
    for one in templates():
        slots = {name for name in SLOT.findall(one.english) if name != "s"}
        assert set(SLOT.findall(one.chinese)) == slots, one.english
        assert re.search("[一-鿿：]", SLOT.sub("", one.chinese)) or one.chinese in (
            "PDF",
            "RTF",
            "{path}: {code} {message}",
        ), one.english


def test_every_line_of_the_list_is_said_somewhere() -> None:
    """A line whose words stand nowhere in the code any more is dead."""
    code = " ".join(
        re.sub(r'["\']\s*\n\s*[rf]*["\']', "", path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")
    ).replace("\\\\", "\\")
    of_the_system = {os.strerror(number) for number in errno.errorcode}
    dead = [
        one.english
        for one in templates()
        if one.english not in of_the_system and not any(piece in code for piece in _pieces(one.english))
    ]
    assert dead == []


def _pieces(english: str) -> list[str]:
    """Runs of three words of it (shorter texts whole): the code may put the rest together."""
    found = []
    for text in SLOT.split(english)[::2]:
        parts = text.split(" ")
        found += [" ".join(parts[n : n + 3]).strip() for n in range(max(1, len(parts) - 2))]
    return [piece for piece in found if piece]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("there is no region 'foo'", "没有地区 'foo'"),
        (
            "unknown key `pattern` in measure cadre_dispatch",
            "措施 cadre_dispatch 中有未知的键 `pattern`",
        ),
        ("`examples` of measure a must be a list, not text", "措施 a 的 `examples` 须为列表，不能是文本"),
        ("1 error, 2 warnings", "1个错误，2个警告"),
        ("12 characters could not be decoded (U+FFFD)", "有12个字符无法解码（U+FFFD）"),
        ("front matter: 'x' is not a date", "文首元数据：'x' 不是日期"),
        (
            "a.txt: P316 it takes longer than 5 seconds\n  Check the path.",
            "a.txt: P316 所需时间超过5秒\n  请检查路径。",
        ),
        ("nobody wrote this", "nobody wrote this"),
    ],
)
def test_examples(english: str, chinese: str) -> None:
    assert in_language(english, "zh") == chinese
    assert in_language(english, "en") == english


def test_words_that_look_like_slots_or_messages_are_taken_over() -> None:
    assert in_language("there is no region '{name}'", "zh") == "没有地区 '{name}'"
    assert in_language("front matter: " * 40 + "x", "zh").endswith("x")
