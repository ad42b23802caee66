"""The Chinese of the program: one word for one thing, and Chinese punctuation in Chinese sentences."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from pathlib import Path

import pytest

import polcmp
from polcmp import plot, render
from polcmp.render.messages import templates
from polcmp.render.reasons import RULES
from polcmp.report.words import page_words

ROOT = Path(polcmp.__file__).parents[1]

INSTEAD = {
    "分类体系": "分类表",
    "分类法": "分类表",
    "模式": "句式",
    "数据库": "结果库",
    "存储库": "结果库",
    "(?<!对象)存储": "结果库",
    "排除语": "排除项",
    "边车": "附带的 documents.yaml",
    "引述": "引文",
    "出处": "来源",
    "文件头": "文首元数据",
    "警示|注意[:：]?$": "警告",
}
"""Variants that must not come back, and the word that is used."""

CODE = re.compile(r"`[^`]*`|\{[^}]*\}|ray://[^\s，。、；]+|主机:\d+|\(a\+\)\+")
"""What a sentence only names: code, slots, addresses."""

HALF = re.compile(
    r"[一-鿿][,;:?!](?![0-9])|[,;:?!] ?[一-鿿]|[一-鿿] ?\(|\) ?[一-鿿]|[一-鿿]\.(?:\s|$)|[一-鿿]\""
)
"""Punctuation of half width that touches a Chinese character."""


def chinese() -> dict[str, str]:
    """Every Chinese text that the program can say, by where it stands."""
    found = {f"messages: {one.english}": one.chinese for one in templates()}
    for package in (render, plot):
        for module in pkgutil.iter_modules(package.__path__):
            name = f"{package.__name__}.{module.name}"
            for words in (vars(importlib.import_module(name)).get(key) for key in ("_WORDS", "WORDS")):
                if isinstance(words, dict):
                    found |= {f"{name}: {key}": text for key, text in _of(words)}
    found |= {f"page: {key}": text for key, text in page_words()["zh"].items()}
    return found | {f"rule: {key}": text for key, text in RULES.items()}


def _of(words: dict[str, object]) -> list[tuple[str, str]]:
    """The Chinese side of a list of words, whichever way it is laid out."""
    inner = words.get("zh")
    if isinstance(inner, dict):
        return [(key, str(text)) for key, text in inner.items()]
    return [(key, str(pair[1])) for key, pair in words.items() if isinstance(pair, tuple)]


TEXTS = chinese()


def test_all_lists_of_words_are_looked_at() -> None:
    sources = {key.split(": ")[0] for key in TEXTS}
    assert sources >= {
        *("messages", "page", "rule", "polcmp.render.labels", "polcmp.render.view_words"),
        *("polcmp.render.xlsx_words", "polcmp.render.why_words", "polcmp.render.evaluation_words"),
        *("polcmp.render.health_view", "polcmp.plot.words"),
    }
    assert len(TEXTS) > 800


@pytest.mark.parametrize("variant", INSTEAD)
def test_one_word_for_one_thing(variant: str) -> None:
    found = {key: text for key, text in TEXTS.items() if re.search(variant, CODE.sub("", text))}
    assert found == {}, f"write {INSTEAD[variant]}"


def test_chinese_sentences_have_chinese_punctuation() -> None:
    assert HALF.search("一处,两处") and HALF.search("警告: 无") and HALF.search("三份(共)")
    found = {key: text for key, text in TEXTS.items() if HALF.search(CODE.sub("X", text))}
    assert found == {}


def test_the_docs_say_the_same_words() -> None:
    for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        text = path.read_text("utf-8")
        for variant in ("分类体系", "(?<!对象)存储", "排除语"):
            assert not re.search(variant, text), f"{path.name}: write {INSTEAD[variant]}"


def test_both_languages_of_the_page_have_the_same_words() -> None:
    assets = ROOT / "polcmp" / "report" / "assets"
    english, chinese = (
        json.loads((assets / f"words.{lang}.json").read_text("utf-8")) for lang in ("en", "zh")
    )
    assert english.keys() == chinese.keys()
    for key, text in english.items():
        slots = set(re.findall(r"\{(\w+)\}", text))
        assert set(re.findall(r"\{(\w+)\}", chinese[key])) == slots, key
