"""What every view for a terminal shares: the console that paints it, text that wraps as Chinese does, tables.

Knows no comparison. The only module that sets up rich; json, csv and Markdown must not import it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import pairwise

from rich.box import SIMPLE
from rich.cells import cell_len, chop_cells
from rich.console import Console, Group, JustifyMethod, OverflowMethod, RenderableType
from rich.containers import Lines
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from polcmp.render.options import RenderOptions

GAP = 2
"""Columns between two columns of a table made by `ruled_table`."""

_PIECE = re.compile(
    r"(?:⟦[0-9]{1,4} |[“‘（《〈「『【〔]){0,3}"  # must not end a line
    r"(?:[)\]}]+(?=\()|[!-~]+(?<=[0-9])[余多几]?[万亿]?[一-鿿]|[!-~]+|\S)"
    r"(?: [0-9]{1,4}⟧|[，。、；：？！）》〉」』】〕”’%…—)\]},.;:?!⟧]){0,5}"  # must not begin one
    r"\s*"
)
"""A stretch that stays together: a Chinese character, a Latin word, or a number with its unit (196名),
with the marks that cling to it (GB/T 15834, on the places of punctuation) and the numbered marks of
`document_view`. Not more than 5 marks, so that a row of them can be broken."""

_CHINESE = "[一-鿿]+(?=[一-鿿])"
"""Characters of two columns, before each of which a line may end; marks may cling to the last of a row.
Compiled for long lines only: that takes 1 ms."""

_LONG = 2_000

_STYLED_SPACE = re.compile(r"\x1b\[[0-9;]+m( +)\x1b\[0m")
_LINE_END = re.compile(r"(?<! ) *(?:(\x1b\[0m) *)?$", re.MULTILINE)


class Prose(Text):
    """Text that may be broken between any two Chinese characters.

    rich breaks lines at spaces only: a sentence of Chinese is one word to it, which begins on a line of
    its own and is cut wherever the line is full, before a full stop as well. Everything else is rich's.
    """

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Lines of at most `width` columns; see `rich.text.Text.wrap`."""
        text: Text = self
        if not (no_wrap or self.no_wrap) and any(cell_len(line) > width for line in self.plain.split("\n")):
            text = Text("\n").join(_broken(self, width))
        return Text.wrap(
            text, console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap
        )


def _broken(text: Text, width: int) -> Iterator[Text]:
    for line in text.split(allow_blank=True):
        for part in line.divide(line_starts(line.plain, width)):
            part.rstrip()
            yield part


def line_starts(text: str, width: int) -> list[int]:
    """Where the second and further lines begin when a text is broken.

    Args:
        text: harmless text on one line.
        width: columns, 2 or more; only white space at the end of a line reaches beyond it.

    Returns:
        Offsets in code points, rising. A piece longer than a line begins on a line of its own and is cut.
    """
    starts: list[int] = []
    used = cell_len(text[: len(text) - len(text.lstrip())])
    first = True
    at = 0
    row = re.compile(_CHINESE) if len(text) >= _LONG else None
    while piece := (row and row.match(text, at)) or _PIECE.search(text, at):
        at, end, word = piece.start(), piece.end(), piece[0].rstrip()
        if piece.re is row:
            fit = max((width - used) // 2, 0)
            rest = range(at + fit, end, width // 2)  # where the lines begin on which it goes on
            starts += rest[1:] if first and not fit else rest
            used = 2 * (end - rest[-1]) if rest else used + 2 * (end - at)
        elif used + (columns := cell_len(word)) <= width:
            used += columns if end - at == len(word) else cell_len(piece[0])
        else:
            for part in chop_cells(word, width):
                if not first:
                    starts.append(at)
                at, used, first = at + len(part), cell_len(part), False
            used += cell_len(piece[0]) - columns
        at, first = end, False
    return starts


def balanced(text: str, width: int, style: str = "bold") -> Prose:
    """A name in as few lines as it needs, all about as long: 阿拉善/高新区 rather than 阿拉善高新/区.

    rich fills each line before it begins the next.
    """
    starts = line_starts(text, width)
    for narrower in range(width - 1, 3, -1):
        again = line_starts(text, narrower)
        if len(again) > len(starts) or any(cell_len(word) > narrower for word in _words(text)):
            break
        starts = again
    bounds = [0, *starts, len(text)]
    lines = (text[start:end].rstrip() for start, end in pairwise(bounds))
    return Prose("\n".join(lines), style=style)


def longest_word(text: str) -> int:
    """Columns of the longest Latin word, which should stay on one line; 0 when there is none."""
    return max(map(cell_len, _words(text)), default=0)


def _words(text: str) -> list[str]:
    return [word for word in text.split() if word.isascii()]


def indented(text: str | Text, columns: int, style: str = "") -> Padding:
    """A text of which every line is moved in by `columns`."""
    return Padding(Prose(text, style=style) if isinstance(text, str) else text, (0, 0, 0, columns))


def flow(entries: Iterable[Text], width: int) -> Prose:
    """Entries one after another, as many on a line as fit, none broken that fits on a line.

    (`rich.columns.Columns` would put them in a grid: as wide as the longest entry.)
    """
    lines = Prose()
    used = 0
    for entry in entries:
        if used and used + 3 + entry.cell_len > width:
            lines.append("\n")
            used = 0
        elif used:
            lines.append("   ")
            used += 3
        lines.append_text(entry)
        used += entry.cell_len
    return lines


def ruled_table(*, leading: int = 0, footer: bool = False) -> Table:
    """An empty table with a rule under its header and above its footer, and no other lines.

    Rules only: ``─`` is two columns wide in terminals set up for Chinese. A rule only grows longer there;
    bars between the columns would push them out of line.
    """
    return Table(
        box=SIMPLE,
        show_edge=False,
        padding=(0, GAP - 1, 0, 0),
        pad_edge=False,  # else the last column loses a place to what nobody sees
        leading=leading,
        show_footer=footer,
        header_style="",
        footer_style="",
        border_style="dim",
    )


def paint(block: Iterable[RenderableType], options: RenderOptions) -> str:
    """Lines, texts and tables as text; spaces at the end of a line are left out.

    Colours are the sixteen every terminal has, so that the reader's own scheme decides how they look.

    Args:
        block: renderables of rich, with harmless text only (see `polcmp.render.plain.harmless`).
        options: width and colour. Nothing else is asked, neither terminal nor environment.
    """
    painted = StringIO()
    console = Console(
        file=painted,
        width=options.columns,
        height=25,
        color_system="standard" if options.color else None,
        no_color=not options.color,
        force_terminal=options.color,
        force_jupyter=False,
        force_interactive=False,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
        _environ={},
    )
    console.print(Group(*block))
    # rich fills every line of a table and of a padded text, and styles what stands between two columns.
    return _LINE_END.sub(r"\1", _STYLED_SPACE.sub(r"\1", painted.getvalue()))
