"""The lines of a page of a PDF, each with its place on the page. Joins none and drops none.

Positions are in points from the lower left corner of the page, as in the format itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

_LINE_ENDS = frozenset((0x0A, 0x0D, 0x85, 0x2028, 0x2029))
_SOFT_HYPHENS = frozenset((0x02, 0xAD, 0xFFFE))
"""How PDFium writes a hyphen at the end of a line."""

HYPHEN = "\u00ad"
"""Ends a line in the middle of a word."""

_SUPPLEMENT = dict(
    zip(
        "⺁⺄⺆⺌⺗⺝⺟⺠⺫⺬⺮⺼⻁⻄⻅⻆⻉⻋⻎⻏⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "厂乙冂小心月母民目示竹月虎西见角贝车辶阝長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
"""Radicals that fonts give in place of characters; Unicode itself names those of U+2F00 on."""

_GAP = 1.5
"""Widths of a character from which a gap in a line is one between cells."""


_NO_INK = 0.01
"""Width of a character in points up to which it has no ink."""


class Line(NamedTuple):
    """A line of text.

    Attributes:
        text: its characters, without outer spaces.
        left, right, bottom, top: of its ink, in points.
        size: font size of its first character, in the page's own units.
        page: number of its page, from 1.
        column: number of its column, from 1; 0 on a page without columns, and across them.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    page: int
    column: int = 0

    @property
    def region(self) -> tuple[int, int]:
        """Page and column: lines of one region stand below one another."""
        return self.page, self.column

    @property
    def unit(self) -> float:
        """Width of a Chinese character in it, in points; half of that is reckoned for ASCII."""
        width = sum(0.5 if one.isascii() else 1.0 for one in self.text)
        return (self.right - self.left) / max(width - 0.1, 0.5)


class Page(NamedTuple):
    """A page.

    Attributes:
        number: from 1.
        width, height: in points.
        lines: in the order of the file, which is nearly always that of reading.
        pieces: the same, taken apart at wide gaps.
        characters: how many there are, spaces apart.
        lost: how many of them the fonts do not name.
        is_picture: whether there is no text on it but a picture.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    pieces: tuple[Line, ...]
    characters: int
    lost: int
    is_picture: bool


def lines_of(document: PdfDocument, index: int) -> Page:
    """Read a page.

    Args:
        document: an open PDF (pypdfium2).
        index: of the page, from 0.
    """
    page = document[index]
    try:
        width, height = page.get_size()
        text = page.get_textpage()
        try:
            codes = _codes(text)
            runs = list(_runs(codes))
            lines = [_line(text, codes, run, index + 1) for run in runs]
            pieces = [
                one for run, line in zip(runs, lines, strict=True) for one in _pieces(text, codes, run, line)
            ]
        finally:
            text.close()
        ink = [code for code in codes if code > 0x20 and code != 0xA0]
        lost = sum(_is_lost(code) for code in codes)
        is_picture = len(ink) < 3 and _has_picture(page)
        merged = tuple(_merged(lines))
        return Page(index + 1, width, height, merged, tuple(pieces), len(ink), lost, is_picture)
    finally:
        page.close()


def _codes(text: PdfTextPage) -> list[int]:
    from pypdfium2.raw import FPDFText_GetUnicode

    return [FPDFText_GetUnicode(text.raw, index) for index in range(text.count_chars())]


def _runs(codes: Sequence[int]) -> Iterator[range]:
    """Stretches of characters between line ends, outer spaces left out."""
    start = 0
    for end in (*[place for place, code in enumerate(codes) if code in _LINE_ENDS], len(codes)):
        first, last = start, end
        while first < last and codes[first] in (0x20, 0xA0, 0x3000, 0):
            first += 1
        while last > first and codes[last - 1] in (0x20, 0xA0, 0x3000, 0):
            last -= 1
        if first < last:
            yield range(first, last)
        start = end + 1


def _line(text: PdfTextPage, codes: Sequence[int], run: range, page: int) -> Line:
    from pypdfium2.raw import FPDFText_GetFontSize

    # Marks have little ink: several characters together tell how high the line is.
    probes = {run[0], run[-1], run[len(run) // 2], run[len(run) // 3]}
    boxes = [_box(text, index) for index in sorted(probes)]
    size = FPDFText_GetFontSize(text.raw, run[0])
    left, right = _box(text, run[0])[0], _box(text, run[-1])[2]
    bottom, top = min(box[1] for box in boxes), max(box[3] for box in boxes)
    signs = list(codes[run.start : run.stop])
    for place in _gaps(text, codes, run, top - bottom):
        signs[place - run.start] = 0x09
    return Line(_written(signs), left, max(left, right), bottom, top, size, page)


def _box(text: PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """Where a character's ink is: left, bottom, right, top.

    Where its font is not embedded and no font of the machine has it: the room that the file gives it.
    """
    box: tuple[float, float, float, float] = text.get_charbox(index)
    return box if box[2] - box[0] > _NO_INK else text.get_charbox(index, loose=True)


def _pieces(text: PdfTextPage, codes: Sequence[int], run: range, line: Line) -> list[Line]:
    """A line taken apart at its wide gaps."""
    if "\t" not in line.text:
        return [line]
    gaps = _gaps(text, codes, run, line.top - line.bottom)
    ends = zip([run.start, *(gap + 1 for gap in gaps)], [*gaps, run.stop], strict=True)
    return [_line(text, codes, range(start, end), line.page) for start, end in ends if start < end]


def _gaps(text: PdfTextPage, codes: Sequence[int], run: range, height: float) -> list[int]:
    """Where spaces in a line stand for gaps between cells."""
    inside = range(run.start + 1, run.stop - 1)
    return [place for place in inside if codes[place] == 0x20 and _parts_cells(text, place, height)]


def _parts_cells(text: PdfTextPage, index: int, height: float) -> bool:
    """Whether the space at `index` stands for a gap wider than any between words."""
    before, after = _box(text, index - 1), _box(text, index + 1)
    unit = max(before[2] - before[0], after[2] - after[0], height)
    return bool(after[0] - before[2] > _GAP * unit)


def _written(codes: Sequence[int]) -> str:
    """Characters of the codes: halves joined, radicals as the characters they stand for."""
    text = "".join(HYPHEN if code in _SOFT_HYPHENS else chr(code or 0xFFFD) for code in codes)
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.translate(_radicals())


@cache
def _radicals() -> dict[int, str]:
    """Radicals of Kangxi and of the supplement → the characters they look like."""
    kangxi = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return {**kangxi, **{ord(radical): character for radical, character in _SUPPLEMENT.items()}}


def _is_lost(code: int) -> bool:
    """Whether a font does not say what a character is: none, a private one, or a mark for that."""
    return code in (0, 0xFFFD) or 0xE000 <= code <= 0xF8FF or code >= 0xF0000


def _merged(lines: list[Line]) -> list[Line]:
    """Lines with those that follow on the same height put behind them, cells parted by tabs."""
    merged: list[Line] = []
    for line in lines:
        before = merged[-1] if merged else None
        if before is not None and _is_beside(before, line):
            joint = "\t" if line.left - before.right > _GAP * line.unit else " "
            merged[-1] = before._replace(
                text=f"{before.text}{joint}{line.text}",
                right=line.right,
                bottom=min(before.bottom, line.bottom),
                top=max(before.top, line.top),
            )
        else:
            merged.append(line)
    return merged


def _is_beside(before: Line, line: Line) -> bool:
    """Whether a line goes on to the right of the one before it, on the same height."""
    shared = min(before.top, line.top) - max(before.bottom, line.bottom)
    lower = min(before.top - before.bottom, line.top - line.bottom)
    return line.left >= before.right - 0.5 and shared > 0.5 * max(lower, 0.1)


def _has_picture(page: object) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return any(True for _ in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=4))  # type: ignore[attr-defined]
