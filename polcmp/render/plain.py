"""Text made fit for a terminal: harmless, measured in columns, shortened and wrapped. Knows no rich.

Widths are columns: a Chinese character takes two. Characters whose width is ambiguous count as one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from polcmp.model.mention import Figure

ELLIPSIS = ".."
"""Not ``…``, whose width is ambiguous: what follows in a row would shift."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What terminals obey, and half characters that cannot be written."""

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
"""What nobody sees, or what turns the direction of writing."""

_SPACES = re.compile(r"\s+")

_NOT_FIRST = frozenset("，。、；：？！）》」』】〉”’,.;:?!)]}%％…—")
"""Must not begin a line (GB/T 15834, on the places of punctuation)."""

_TAKEN_ALONG = 5
"""Most characters that move to the next line together, so that a row of marks cannot empty a line."""


def harmless(text: str) -> str:
    """Text without anything a terminal would obey.

    Control characters become U+FFFD, invisible ones go; line ends (all as a line feed) and tabs stay.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("\ufffd", _INVISIBLE.sub("", text))


def one_line(text: str) -> str:
    """Harmless text on one line: every run of white space becomes one space, none at the ends."""
    return harmless(_SPACES.sub(" ", text)).strip()


@lru_cache(maxsize=4096)
def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def columns(text: str) -> int:
    """Width of a text on one line, in columns."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def shorten(text: str, width: int) -> str:
    """A text of at most `width` columns; what was cut off is marked with ``..``.

    Args:
        text: one line.
        width: columns, 0 or more.
    """
    if columns(text) <= width:
        return text
    kept, room = [], max(0, width - len(ELLIPSIS))
    for character in text:
        room -= _columns(character)
        if room < 0:
            break
        kept.append(character)
    return (
        ("".join(kept).rstrip() + ELLIPSIS)[:width]
        if width < len(ELLIPSIS)
        else "".join(kept).rstrip() + ELLIPSIS
    )


def pad(text: str, width: int) -> str:
    """A text filled with spaces to `width` columns; a longer one is shortened."""
    text = shorten(text, width)
    return text + " " * (width - columns(text))


def wrap(text: str, width: int) -> list[str]:
    """A text in lines of at most `width` columns, broken between Chinese characters or at spaces.

    A line does not begin with a closing mark of punctuation where that can be helped. A word longer
    than a line is cut.

    Args:
        text: harmless text, white space as one space.
        width: columns, 2 or more.

    Returns:
        Lines without their ends, at least one.
    """
    lines, line, used = [], "", 0
    for piece in _pieces(text):
        size = columns(piece)
        if used + size <= width:
            line, used = line + piece, used + size
            continue
        while piece[0] in _NOT_FIRST and len(piece) < _TAKEN_ALONG and len(line) > 1 and line[-1] != " ":
            # Take the character before along, so that the mark does not begin the line.
            piece, line = line[-1] + piece, line[:-1]
        if line.strip():
            lines.append(line.rstrip())
        piece = piece.lstrip() if piece.strip() else ""
        while columns(piece) > width:
            head = _head(piece, width)
            lines.append(head)
            piece = piece[len(head) :]
        line, used = piece, columns(piece)
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def balanced(text: str, width: int) -> list[str]:
    """Like `wrap`, with lines of about the same length: 阿拉善 and 高新区 rather than 阿拉善高新 and 区."""
    lines = wrap(text, width)
    for narrower in range(width - 1, 3, -1):
        again = wrap(text, narrower)
        if len(again) > len(lines) or len("".join(again)) != len("".join(lines)):
            break
        if any(columns(word) > narrower for word in text.split() if word.isascii()):
            break
        lines = again
    return lines


def _pieces(text: str) -> list[str]:
    """A text cut where a line may end: after each wide character, before and after runs of spaces."""
    return re.findall(r"[^\S\n]+|[)\]}]+(?=\()|[!-~]+|\S", text)


def _head(piece: str, width: int) -> str:
    """The longest beginning of at most `width` columns, one character at least."""
    used = 0
    for at, character in enumerate(piece):
        used += _columns(character)
        if used > width:
            return piece[: max(1, at)]
    return piece


def figure_text(figure: Figure, lang: str = "en") -> str:
    """A figure as a cell shows it: what is counted stands after the number and its unit.

    Args:
        figure: a figure.
        lang: ``zh`` keeps the words of the text (``百余名 科技特派员``); any other writes the number
            (``>=100名 科技特派员``, ``1,875万元``, ``3-5名``, ``8%``).
    """
    of = one_line(figure.of)
    if lang == "zh" or figure.unit == "ratio":
        number = one_line(figure.text)
        number = number.replace(of, "") if of else number
        if figure.bound in _SAID_BEFORE and not _BOUND_SAID.search(number):
            number = _SAID_BEFORE[figure.bound] + number
    else:
        high = "" if figure.high is None else f"-{amount(figure.high)}"
        number = f"{_SIGNS.get(figure.bound, '')}{amount(figure.value)}{high}{one_line(figure.unit)}"
    return f"{number} {of}" if of else number


_SIGNS = {"at_least": ">=", "at_most": "<=", "about": "~"}

_SAID_BEFORE = {"at_least": "至少", "at_most": "至多", "about": "约"}
"""For bounds that stand outside a figure's own words (不低于6%)."""

_BOUND_SAID = re.compile("[余多超逾上过近约数几来左不]")


def amount(value: float) -> str:
    """A number as read in a report: ``1,998``, ``12.8万``, ``3.5亿``; 万 and 亿 from 100,000 on."""
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= max(size, 1e5) and round(value / size, 2) * size == value:
            return (
                f"{round(value / size, 2):,.10g}{name}"
                if value / size < 1e6
                else f"{value / size:,.0f}{name}"
            )
    return f"{int(value):,}" if value == int(value) else f"{round(value, 4):,.10g}"
