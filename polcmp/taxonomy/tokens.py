"""The marks of the pattern notation: text -> tokens. Knows no grammar and folds nothing."""

from __future__ import annotations

import re
from typing import NamedTuple

_FULL_WIDTH = str.maketrans("｜＆（）［］＜＞！～〜＝＼｛｝⋯", "|&()[]<>!~~=\\{}…")
_ANY_FULL_WIDTH = re.compile("[｜＆（）［］＜＞！～〜＝＼｛｝⋯]")

SPECIAL = re.compile(r"[\s|&()\[\]<>…~=!\\{}｜＆（）［］＜＞！～〜＝＼｛｝⋯]|\.\.\.")
"""What takes a phrase off the fast path: a text without it is one plain phrase."""

PLAIN = re.compile(r"[^\s|&()\[\]<>…~=!\\{}.｜＆（）［］＜＞！～〜＝＼｛｝⋯]+")
"""Stretches without any special character."""

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<gap>(?:…+|\.{3,}|~)(?:\{[^{}]*\})?)
  | (?P<list><[^<>]*>)
  | (?P<mark>[()\[\]|&])
  | (?P<phrase>(?:\\.|\.(?!\.\.)|[^\s|&()\[\]<>…~\\{}.])+)
  | (?P<stray>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def half_width(text: str) -> str:
    """The text with marks as a Chinese input method types them made ASCII; offsets stay."""
    return text.translate(_FULL_WIDTH) if _ANY_FULL_WIDTH.search(text) else text


class Token(NamedTuple):
    """One mark or phrase of a pattern.

    Attributes:
        kind: ``phrase``, ``list``, ``gap``, ``stray``, ``end``, or the mark itself: ``( ) [ ] | &``.
        text: as written.
        start: offset in the pattern, in code points.
    """

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset behind the token."""
        return self.start + len(self.text)


def tokens(pattern: str) -> list[Token]:
    """Cut a pattern into tokens; spaces are left out and the last token is of kind ``end``.

    Phrases of Latin words with nothing but space between them become one, because folded text
    keeps a space there (``public private partnership``).
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(half_width(pattern)):
        kind = match.lastgroup or "stray"
        if kind == "space":
            continue
        start, end = match.span()
        found.append(Token(match.group() if kind == "mark" else kind, pattern[start:end], start))
    found.append(Token("end", "", len(pattern)))
    return _join_latin(found, pattern)


def _join_latin(found: list[Token], pattern: str) -> list[Token]:
    joined: list[Token] = []
    for at, token in enumerate(found):
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.kind == token.kind == "phrase"
            and (len(joined) < 2 or joined[-2].kind != "|")
            and found[at + 1].kind != "|"
            and latin(last.text[-1])
            and latin(token.text[0])
        ):
            joined[-1] = Token("phrase", pattern[last.start : token.end], last.start)
        else:
            joined.append(token)
    return joined


def latin(character: str) -> bool:
    """Whether a character is an ASCII letter or digit, between which folded text keeps a space."""
    return character.isascii() and character.isalnum()


class Phrase(NamedTuple):
    """A phrase token with its marks read.

    Attributes:
        text: its characters, marks and backslashes taken away.
        fixed: positions in `text` that must not change.
        exact: whether it begins with ``=``.
        loose_mark: offset in the token of a ``!`` with no character before it, or -1.
    """

    text: str
    fixed: frozenset[int]
    exact: bool
    loose_mark: int


def read_phrase(text: str) -> Phrase:
    """Read the marks of a phrase token: ``=`` in front, ``!`` behind a character, backslashes."""
    marks = half_width(text)
    exact = marks.startswith("=")
    if "!" not in marks and "\\" not in marks:
        return Phrase(text[1:] if exact else text, frozenset(), exact, -1)
    kept: list[str] = []
    fixed: set[int] = set()
    loose = -1
    at = 1 if exact else 0
    while at < len(text):
        if marks[at] == "\\":
            at += 1
            kept.append(text[at])
        elif marks[at] != "!":
            kept.append(text[at])
        elif kept:
            fixed.add(len(kept) - 1)
        elif loose < 0:
            loose = at
        at += 1
    return Phrase("".join(kept), frozenset(fixed), exact, loose)
