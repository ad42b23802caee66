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
- ``notice``: two or more of the words, after a beginning that is a ``notice start``: copyright and the like.
- ``beside``: only next to other furniture. ``keep``: never furniture.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from polcmp.text.word_finder import WordFinder

_DATA = Path(__file__).resolve().parent.parent / "data" / "boilerplate.tsv"

_BRACKETS = " \u3000[]()【】<>〔〕{}·-—*#|/●■◆★☆•○◎□◇►▶»«↓↑▼▲→\"'"

_SEPARATOR = re.compile(r"[|/丨·;◎●■◆▪]|\s{2,}| - ")

_FEWEST_SPAM_WORDS = 2

_NUMBER = re.compile(r"^[\d①-⑨一二三四五]{1,2}[、.)]? ?")


@dataclass(frozen=True)
class Rule:
    """One rule; the `words` of a pattern are those of which one must stand in the line."""

    name: str
    kind: str
    most: int
    words: tuple[str, ...]
    source: str
    example: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of a ``regex`` rule, compiled when a line first needs it."""
        return re.compile(self.source)


class Rules(NamedTuple):
    """All rules, those that begin with a word filed under its first character."""

    all: tuple[Rule, ...]
    by_first: dict[str, tuple[tuple[str, Rule], ...]]
    patterns: tuple[Rule, ...]
    headlines: Rule
    notice: Rule
    notice_starts: tuple[str, ...]
    chrome: Rule
    spam: Rule
    controls: dict[str, tuple[str, ...]]


@cache
def rules() -> Rules:
    """The packaged rules, read once."""
    found = []
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            name, kind, most, source, example, *needs = line.split("\t")
            words = tuple((needs[0] if kind == "regex" else source).split())
            found.append(Rule(name, kind, int(most), words, source, example))
    by_first: dict[str, list[tuple[str, Rule]]] = {}
    for rule in found:
        if rule.kind in ("label", "start", "whole", "list", "beside", "beside index card", "keep"):
            for word in rule.words:
                by_first.setdefault(word[0], []).append((word, rule))
    named = {(rule.name, rule.kind): rule for rule in found}
    controls: dict[str, list[str]] = {}
    for word in sorted(named["chrome", "words"].words, key=len, reverse=True):
        controls.setdefault(word[0], []).append(word)
    return Rules(
        tuple(found),
        {first: tuple(sorted(pairs, key=lambda p: -len(p[0]))) for first, pairs in by_first.items()},
        tuple(rule for rule in found if rule.kind == "regex"),
        named["related", "headlines"],
        named["copyright", "notice"],
        named["copyright", "notice start"].words,
        named["chrome", "words"],
        named["link spam", "words"],
        {first: tuple(words) for first, words in controls.items()},
    )


class _Triggers:
    """The ``regex`` rules that lines of a length may need, found by what must stand in the line.

    Nearly every line needs none; asking each rule for its words would take half of this room's time.
    """

    def __init__(self, length: int, name: str) -> None:
        self.patterns = tuple(r for r in rules().patterns if length <= r.most and name in ("", r.name))
        words: dict[str, list[int]] = {}
        for number, rule in enumerate(self.patterns):
            for word in dict.fromkeys(rule.words):
                words.setdefault(word, []).append(number)
        self.finder = WordFinder(list(words))
        self.triggered = list(words.values())

    def held(self, line: str) -> Rule | None:
        """The first rule that matches from the line's beginning, None when none does."""
        found = {word for word, _, _ in self.finder.find(line)}
        if not found:
            return None
        numbers = sorted({number for word in found for number in self.triggered[word]})
        return next((one for number in numbers if (one := self.patterns[number]).pattern.match(line)), None)


@cache
def _triggers(length: int, name: str) -> _Triggers:
    return _Triggers(length, name)


@cache
def _lengths(name: str) -> tuple[int, ...]:
    """The different bounds on the length of a line, ascending."""
    return tuple(sorted({rule.most for rule in rules().patterns if name in ("", rule.name)}))


def _held(line: str, name: str = "") -> Rule | None:
    """The first ``regex`` rule that holds for a line, of one `name` if given."""
    bounds = _lengths(name)
    at = bisect_left(bounds, len(line))
    return _triggers(bounds[at], name).held(line) if at < len(bounds) else None


@cache
def _spam_words() -> WordFinder:
    return WordFinder(rules().spam.words)


def may_advertise(text: str) -> bool:
    """Whether a text has words of advertising enough for one of its lines to be an advertisement."""
    return len({word for word, _, _ in _spam_words().find(text)}) >= _FEWEST_SPAM_WORDS


class Verdict(NamedTuple):
    """What a line is by itself: `kind` is the rule's kind, ``""`` when no rule knows the line."""

    rule: str = ""
    kind: str = ""

    @property
    def is_furniture(self) -> bool:
        """Whether the line is furniture whatever stands around it."""
        return self.kind not in ("", "keep", "beside", "beside index card")


NOTHING = Verdict()


def judge(line: str, advertises: bool = True) -> Verdict:
    """What a folded line is by itself, `NOTHING` for body text.

    Args:
        line: a line of folded text.
        advertises: False spares the search for advertising, for a text that may have none (`may_advertise`).
    """
    bare = line.lstrip(_BRACKETS)
    if not bare:
        return NOTHING
    by_word = _by_first_words(line, bare)
    if by_word.is_furniture:
        return by_word
    held = _held(line, "contact line" if by_word.kind == "keep" else "")
    if held is not None:
        return Verdict(held.name, held.kind)
    if by_word.kind == "keep":
        return by_word
    by_contents = _by_contents(line, bare, advertises)
    return by_contents if by_contents.rule else by_word


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
        rest = rest.strip(":>》↓ ")
        return not _is_prose(rest) and ((len(rest) <= 6 and "," not in rest) or bool(_SEPARATOR.search(rest)))
    return not _is_prose(rest)


def _is_prose(text: str) -> bool:
    """Whether words after a label read on as a sentence."""
    return (
        "。" in text.rstrip('。"')
        or (text.endswith(("。", ";", ";")) and len(text) > 12)
        or (text.count(",") >= 2 and not _SEPARATOR.search(text))
    )


def _by_contents(line: str, bare: str, advertises: bool) -> Verdict:
    table = rules()
    if ":" in bare and len(line) <= table.headlines.most and _is_headline_row(bare, table.headlines.words):
        return Verdict(table.headlines.name, "list")
    number = _NUMBER.match(bare)
    if len(line) <= table.notice.most and bare.startswith(table.notice_starts, number.end() if number else 0):
        hits = sum(word in line for word in table.notice.words)
        if hits >= (2 if len(line) < 120 else 3):
            return Verdict(table.notice.name, "notice")
    if advertises and len(line) <= table.spam.most and is_spam(line):
        return Verdict(table.spam.name, "words")
    if len(line) <= table.chrome.most and "。" not in line and _is_chrome(line, table.chrome):
        return Verdict(table.chrome.name, "words")
    return NOTHING


def _is_headline_row(bare: str, words: tuple[str, ...]) -> bool:
    label, colon, rest = bare.partition(":")
    if not colon or not 2 <= len(label) <= 8 or not label.endswith(words):
        return False
    return bool(_SEPARATOR.search(rest)) and not _is_prose(rest)


def is_spam(line: str) -> bool:
    """Whether a line or sentence advertises: several of the words, and they are a good part of it."""
    hits = [word for word in rules().spam.words if word in line]
    share = sum(map(len, hits)) / len(line)
    return (len(hits) >= 3 and share >= 0.2) or (
        len(hits) == _FEWEST_SPAM_WORDS and share >= 0.33 and "。" not in line
    )


def _is_chrome(line: str, rule: Rule) -> bool:
    """Whether a line is page controls, at most a fifth of it anything else, or a menu between bars."""
    known = _controls(line)
    words = sum(map(str.isalpha, line)) if known else 0
    if known and words - known <= words * 0.2:
        return True
    if line.count("|") + line.count("/") + line.count("·") < 3:
        return False
    items = [item.strip() for item in re.split(r"[|/·]", line)]
    menu = all(len(item) <= 6 and not any(map(str.isdigit, item)) for item in items)
    return menu and not set(rule.words).isdisjoint(items)


def _controls(line: str) -> int:
    """How many letters of a line belong to page controls (打印, 返回顶部 …)."""
    controls = rules().controls
    known = free = 0  # what is behind `free` belongs to no control yet
    for position, character in enumerate(line):
        if position < free or character not in controls:
            continue
        word = next((word for word in controls[character] if line.startswith(word, position)), "")
        known += sum(map(str.isalpha, word))
        free = position + len(word)
    return known
