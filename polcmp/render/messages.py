"""What the program says to its user, in Chinese: errors, hints, warnings and summaries.

The code speaks English; a message is looked up by its English words in ``data/messages_zh.tsv``, whose
first lines explain the notation. What stands there in no line is said in English. Must not know who says
what, and where.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).parent.parent / "data" / "messages_zh.tsv"

_SLOT = re.compile(r"\{([a-z][a-z0-9]*)(!|,|:code)?\}")
_PLURAL = "(?:e?s)?"

_DEEPEST = 8
"""Most messages inside one another; names of files may look like messages without end."""


class Template(NamedTuple):
    """One line of the file.

    Attributes:
        english: the message as the code has it, with slots.
        chinese: the same in Chinese, with slots of the same names.
        start: what stands before its first slot; texts are told apart by it before patterns are tried.
        nested: names of the slots whose words are messages themselves.
        lists: names of the slots that hold several such words, with a comma and a blank between them.
    """

    english: str
    chinese: str
    start: str
    nested: frozenset[str]
    lists: frozenset[str]

    @property
    def literal(self) -> int:
        """Characters that are its own: of two templates that fit, the one with more is meant."""
        return len(_SLOT.sub("", self.english))


@cache
def templates() -> tuple[Template, ...]:
    """All lines of the file, those with most words of their own first."""
    found = []
    for line in _FILE.read_text("utf-8").splitlines():
        english, tab, chinese = line.partition("\t")
        if tab and not line.startswith("#"):
            slots = [(slot[1], slot[2]) for slot in _SLOT.finditer(english)]
            nested, lists = (frozenset(name for name, kind in slots if kind == one) for one in "!,")
            found.append(Template(english, chinese, _SLOT.split(english, maxsplit=1)[0], nested, lists))
    return tuple(sorted(found, key=lambda one: -one.literal))


@cache
def _pattern(english: str) -> re.Pattern[str]:
    parts, end, met = [], 0, set[str]()
    for slot in _SLOT.finditer(english):
        name, kind = slot[1], slot[2]
        words = r"P\d{3}" if kind == ":code" else ".+?"
        parts.append(re.escape(english[end : slot.start()]))
        parts.append(_PLURAL if name == "s" else f"(?P={name})" if name in met else f"(?P<{name}>{words})")
        met.add(name)
        end = slot.end()
    return re.compile("".join([*parts, re.escape(english[end:])]), re.DOTALL)


def in_language(text: str, lang: str) -> str:
    """A message in the language asked for.

    Args:
        text: the message in English; several stand on lines of their own that are indented by two blanks.
        lang: ``en`` or ``zh``.

    Returns:
        The message, in English where there is no Chinese for it.
    """
    return text if lang != "zh" else "\n  ".join(_in_chinese(line, 0) for line in text.split("\n  "))


def _in_chinese(text: str, depth: int) -> str:
    for one in templates() if depth < _DEEPEST else ():
        if text.startswith(one.start) and (match := _pattern(one.english).fullmatch(text)):
            words = match.groupdict()
            for name in one.nested:
                words[name] = _in_chinese(words[name], depth + 1)
            for name in one.lists:
                words[name] = "、".join(_in_chinese(word, depth + 1) for word in words[name].split(", "))
            return _filled(one, words)
    return text


def _filled(one: Template, words: dict[str, str]) -> str:
    """The Chinese of a template; nested words that are no Chinese stand apart from it by a blank."""

    def word(slot: re.Match[str]) -> str:
        name, chinese = slot[1], one.chinese
        if name not in one.nested:
            return words.get(name, slot[0])
        before, after = chinese[: slot.start()][-1:], chinese[slot.end() :][:1]
        left = " " if _joins(before, words[name][:1]) else ""
        return left + words[name] + (" " if _joins(words[name][-1:], after) else "")

    return _SLOT.sub(word, one.chinese)


def _joins(left: str, right: str) -> bool:
    """Whether a Chinese and a printable ASCII character would touch."""
    pair = left + right
    return len(pair) == 2 and any("一" <= c <= "鿿" for c in pair) and any("!" <= c <= "~" for c in pair)
