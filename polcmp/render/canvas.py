"""Styled lines and columns for terminals. Knows no comparison.

A line is a list of runs (text, style); a style is words out of `_CODES`. Colours are the sixteen every
terminal has, so that the reader's own scheme decides how they look.

`rich` would do this as well, for 45 ms of imports in a program that answers in 200; what is needed here
is padding by columns and nine escape codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from polcmp.render.plain import balanced, columns, shorten, wrap

Run: TypeAlias = tuple[str, str]
Line: TypeAlias = list[Run]
Block: TypeAlias = list[Line]

GAP = 2
"""Columns between two columns of a grid."""

_CODES = {
    "bold": "1",
    "dim": "2",
    "underline": "4",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}


def paint(lines: Iterable[Line], width: int, color: bool) -> str:
    """Lines as text, each with its end; spaces at the end of a line are left out.

    Args:
        lines: harmless text only (see `polcmp.render.plain.harmless`).
        width: columns; a wider line is broken, its rest moved in as far as the line itself.
        color: whether styles become escape codes.
    """
    return "".join(f"{_painted(part, color)}\n" for line in lines for part in _broken(line, width))


def _broken(line: Line, width: int) -> Block:
    """A line in lines of at most `width` columns."""
    if line_columns(line) <= width:
        return [line]
    whole = "".join(text for text, _ in line)
    styles = [style for text, style in line for _ in text]
    at = indent = len(whole) - len(whole.lstrip(" "))
    lines: Block = []
    for text in wrap(whole[at:], max(2, width - indent)):
        runs: Line = [(" " * indent, "")]
        for character in text:
            while whole[at] != character:  # white space that the wrapping left out
                at += 1
            if runs[-1][1] == styles[at]:
                runs[-1] = (runs[-1][0] + character, styles[at])
            else:
                runs.append((character, styles[at]))
            at += 1
        lines.append(runs)
    return lines


def _painted(line: Line, color: bool) -> str:
    runs = list(line)
    while runs and not runs[-1][0].strip():
        runs.pop()
    if runs:
        runs[-1] = (runs[-1][0].rstrip(), runs[-1][1])
    if not color:
        return "".join(text for text, _ in runs)
    return "".join(
        f"\x1b[{';'.join(_CODES[word] for word in style.split())}m{text}\x1b[0m" if style and text else text
        for text, style in runs
    )


def line_columns(line: Line) -> int:
    """Width of a line in columns."""
    return sum(columns(text) for text, _ in line)


def wrapped(text: str, width: int, style: str = "", *, limit: int = 0) -> Block:
    """A text as lines of one style.

    Args:
        text: harmless text on one line.
        width: columns.
        style: of every line.
        limit: most lines, 0 for all; the last one says with ``..`` that there was more.
    """
    lines = wrap(text, width)
    if limit and len(lines) > limit:
        lines = [*lines[: limit - 1], shorten("".join(lines[limit - 1 :]), width)]
    return [[(line, style)] for line in lines]


def named(text: str, width: int, style: str = "bold") -> Block:
    """A name as a heading of a row or a column, in lines of about the same length."""
    return [[(line, style)] for line in balanced(text, width)]


def hanging(text: str, width: int, indent: int, style: str = "") -> Block:
    """A text as lines of one style, all moved in by `indent` columns."""
    return [[(" " * indent, ""), *line] for line in wrapped(text, max(10, width - indent), style)]


def flow(entries: Iterable[Line], width: int) -> Block:
    """Entries one after another, as many on a line as fit."""
    lines: Block = [[]]
    for entry in entries:
        if lines[-1] and line_columns(lines[-1]) + 3 + line_columns(entry) > width:
            lines.append([])
        lines[-1] += [("   ", ""), *entry] if lines[-1] else entry
    return lines


def grid(rows: Sequence[Sequence[Block]], widths: Sequence[int], *, leading: int = 0) -> Block:
    """Rows of blocks in columns, the top lines side by side.

    Args:
        rows: blocks of each row, one for each column.
        widths: columns of each column; a line that is longer is cut.
        leading: empty lines between two rows.
    """
    lines: Block = []
    for at, row in enumerate(rows):
        if at:
            lines += [[] for _ in range(leading)]
        for number in range(max((len(block) for block in row), default=0)):
            line: Line = []
            for block, width in zip(row, widths, strict=True):
                line += _fitted(block[number] if number < len(block) else [], width)
                line.append((" " * GAP, ""))
            lines.append(line)
    return lines


def _fitted(line: Line, width: int) -> Line:
    """A line of exactly `width` columns."""
    fitted: Line = []
    for text, style in line:
        text = shorten(text, width)
        fitted.append((text, style))
        width -= columns(text)
    return [*fitted, (" " * width, "")]
