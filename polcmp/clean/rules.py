"""Rules that name page furniture, read once from ``data/boilerplate.tsv``.

This module holds the rules and asks one line at a time; what lines say about each other is decided in
`polcmp.clean.furniture`. Patterns are compiled only when a line could need them, since start-up counts.

Kinds of rules (columns: rule, kind, most characters of the line, words or pattern, example):

- ``label``: one of the words, then a colon or bar: ``责任编辑:…``.
- ``start``: the line begins with one of the words. ``whole``: the line is one of them.
- ``list``: opens a list of headlines that belong to other pages.
- ``headlines``: a short label that ends with one of the words, a colon, and headlines between bars.
- ``regex``: the pattern matches from the line's beginning.
- ``words``: the line is made of such words, nearly all of it (``chrome``), or holds several (``link spam``).
- ``notice``: two or more of the words and a beginning that announces one: copyright and the like.
- ``beside``: only next to other furniture. ``keep``: never furniture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

_DATA = Path(__file__).resolve().parent.parent / "data" / "boilerplate.tsv"

_BRACKETS = " \u3000[]()【】<>〔〕{}·-—*#|/●■◆★☆•○◎□◇►▶»«\"'"

_SEPARATOR = re.compile(r"[|/丨·;]|\s{2,}| - ")

_NUMBER = re.compile(r"^[\d①-⑨一二三四五]{1,2}[、.)]? ?")

_NOTICE_START = (
    *("版权", "免责", "声明", "特别", "郑重", "平台", "法律", "著作权", "转载", "未经", "如", "若", "凡", "本站", "本网", "本文"),
    *("本公众号", "本平台", "以上", "文章", "内容", "原创", "部分", "图片", "注:本", "来源:网络", "网友", "该文", "作者:", "欢迎转载"),
    *("本内容", "素材", "文中", "温馨提示", "说明:", "提示:", "投稿", "*", "我们", "所有", "任何"),
)


@dataclass(frozen=True)
class Rule:
    """One rule; `words` is empty for patterns."""

    name: str
    kind: str
    most: int
    words: tuple[str, ...]
    source: str
    example: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of a ``regex`` rule, or any of the words, longest first."""
        if self.kind == "regex":
            return re.compile(self.source)
        longest_first = sorted(self.words, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)))


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, those that begin with a word filed under its first character."""

    all: tuple[Rule, ...]
    by_first: dict[str, tuple[tuple[str, Rule], ...]]
    patterns: tuple[Rule, ...]
    headlines: Rule
    notice: Rule
    chrome: Rule
    spam: Rule


@cache
def rules() -> Rules:
    """The packaged rules, read once."""
    found = []
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            name, kind, most, source, example = line.split("\t")
            words = () if kind == "regex" else tuple(source.split())
            found.append(Rule(name, kind, int(most), words, source, example))
    by_first: dict[str, list[tuple[str, Rule]]] = {}
    for rule in found:
        if rule.kind in ("label", "start", "whole", "list", "beside", "beside index card", "keep"):
            for word in rule.words:
                by_first.setdefault(word[0], []).append((word, rule))
    named = {(rule.name, rule.kind): rule for rule in found}
    return Rules(
        tuple(found),
        {first: tuple(sorted(pairs, key=lambda p: -len(p[0]))) for first, pairs in by_first.items()},
        tuple(rule for rule in found if rule.kind == "regex"),
        named["related", "headlines"],
        named["copyright", "notice"],
        named["chrome", "words"],
        named["link spam", "words"],
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line is by itself: `kind` is the rule's kind, ``""`` when no rule knows the line."""

    rule: str = ""
    kind: str = ""

    @property
    def is_furniture(self) -> bool:
        """Whether the line is furniture whatever stands around it."""
        return self.kind not in ("", "keep", "beside", "beside index card")


NOTHING = Verdict()


def judge(line: str) -> Verdict:
    """What a folded line is by itself, `NOTHING` for body text."""
    bare = line.lstrip(_BRACKETS)
    if not bare:
        return NOTHING
    by_word = _by_first_words(line, bare)
    if by_word.is_furniture or by_word.kind == "keep":
        return by_word
    for rule in rules().patterns:
        if len(line) <= rule.most and rule.pattern.match(line):
            return Verdict(rule.name, "regex")
    return _by_contents(line, bare) or by_word


def _by_first_words(line: str, bare: str) -> Verdict:
    weak = NOTHING
    for word, rule in rules().by_first.get(bare[0], ()):
        if not bare.startswith(word):
            continue
        if rule.kind == "keep":
            return Verdict(rule.name, "keep")
        if len(line) <= rule.most and _fits(rule, bare[len(word) :]):
            if rule.kind.startswith("beside"):
                weak = Verdict(rule.name, rule.kind)
            else:
                return Verdict(rule.name, rule.kind)
    return weak


def _fits(rule: Rule, rest: str) -> bool:
    """Whether what follows a rule's word lets the rule hold."""
    rest = rest.lstrip("])】> ")
    if rule.kind == "whole":
        return not rest.strip(":") or (rest[:1] == ":" and rule.name == "journal")
    if rule.kind in ("label", "beside", "beside index card"):
        return rest[:1] in (":", "|", "丨", "/", "》") and not _is_prose(rest[1:])
    if rule.kind == "list":
        if rest[:1] == ":":
            return not _is_prose(rest[1:])
        return len(rest.strip(":>》 ")) <= 6 and "。" not in rest and "," not in rest
    return not _is_prose(rest)


def _is_prose(text: str) -> bool:
    """Whether words after a label read on as a sentence."""
    return "。" in text.rstrip("。\"") or (text.endswith(("。", ";", ";")) and len(text) > 12) or (
        text.count(",") >= 2 and not _SEPARATOR.search(text)
    )


def _by_contents(line: str, bare: str) -> Verdict:
    table = rules()
    if len(line) <= table.headlines.most and _is_headline_row(bare, table.headlines.words):
        return Verdict(table.headlines.name, "list")
    if len(line) <= table.notice.most and _NUMBER.sub("", bare).startswith(_NOTICE_START):
        hits = sum(word in line for word in table.notice.words)
        if hits >= (2 if len(line) < 120 else 3):
            return Verdict(table.notice.name, "notice")
    if len(line) <= table.spam.most and "。" not in line:
        hits = set(table.spam.pattern.findall(line))
        if len(hits) >= 3 or (len(hits) == 2 and sum(map(len, hits)) * 3 >= len(line)):
            return Verdict(table.spam.name, "words")
    if len(line) <= table.chrome.most and "。" not in line and _is_chrome(line, table.chrome):
        return Verdict(table.chrome.name, "words")
    return NOTHING


def _is_headline_row(bare: str, words: tuple[str, ...]) -> bool:
    label, colon, rest = bare.partition(":")
    if not colon or not 2 <= len(label) <= 8 or not label.endswith(words):
        return False
    return bool(_SEPARATOR.search(rest)) and not _is_prose(rest)


def _is_chrome(line: str, rule: Rule) -> bool:
    """Whether a line is nothing but page controls: at most a fifth of its words is anything else."""
    rest, count = rule.pattern.subn("", line)
    words = sum(character.isalpha() for character in line)
    return count >= 1 and words > 0 and sum(character.isalpha() for character in rest) * 5 <= words
