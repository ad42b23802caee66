"""From the lines of a PDF to its paragraphs: running heads and page numbers off, wrapped lines joined.

Goes by where lines stand on the page: a line that reaches the right edge goes on in the next one, unless that
is moved in, of another size, or further down. Must not know what a text says.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from polcmp.load.extracted import Paragraphs
from polcmp.load.pdf_lines import HYPHEN, Line, Page

_ZONE = 0.12
"""Share of the page's height, at its top and at its foot, in which running heads and page numbers stand."""

_MOST_RUNNING = 3
"""Lines at either end of a page that may be running ones."""

_RUNNING_SHARE = 0.4
"""Pages that bear a running head, as a share of all: those of left and right pages may differ."""

_PAGE_NUMBER = re.compile(
    r"[-—–·.•\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6}|[一二三四五六七八九十百]{1,4})\s*页?"
    r"(?:\s*[/／,，|]?\s*共?\s*\d{1,4}\s*页?)?[-—–·.•\s]*",
    re.I,
)
_ADDRESS = re.compile(r"(?:https?|file)://\S+(?:\s+\d{1,4}/\d{1,4})?")
_TIME = re.compile(
    r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?,?\s*(?:[上下]午)?\s*\d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)?", re.I
)
"""What browsers print at the top and the foot of a page, in corners of its own or beside the title."""

_ANEW = re.compile(
    r"[(（〔【\[]?[一二三四五六七八九十]{1,3}[)）〕】\]、.．]|第[一二三四五六七八九十百零\d]{1,4}[章节条编部]"
    r"|[(（]?\d{1,2}[)）、.．](?!\d)|[①-⑳●■◆▪•·※]"
)
"""Numbers and signs that begin a paragraph."""

_FINAL = re.compile(r"[。！？；：!?;:…][”’\"')）】」』]*$")
_CLOSING = "，。、；：！？）》」』】〕”’,.;:!?)"
_WORD = re.compile(r"[!-~]+")

_SLACK = 0.7
"""Widths of a character by which lines may miss the right edge beyond what the next word takes."""

_INDENT = 1.2
"""Widths of a character from which a line is moved in; brackets and quotation marks have half a width of
blank before their ink."""

_SHORTEST_FULL = 0.3
"""Share of the page's width below which a line is never full; one of two columns has 0.38."""

_DEEPEST = 5.0
"""Widths of a character up to which a first line is moved in; what stands further right is centred."""

_OTHER_SIZE = 0.1
_FURTHER_DOWN = 1.7
"""Line pitches from which a blank line lies between two lines."""


_Region = tuple[int, int]
"""Page and column (`Line.region`)."""


class _Layout(NamedTuple):
    """How a document is set, in points.

    Attributes:
        edges: for each region, where full lines end.
        firsts: for each region, where first lines of paragraphs begin, if they are moved in.
        widths: of the pages, or of their columns.
        pitch: from one line to the next below it, 0 where that is not known.
    """

    edges: dict[_Region, float]
    firsts: dict[_Region, float]
    widths: dict[_Region, float]
    pitch: float


def without_running(pages: Sequence[Page]) -> list[Page]:
    """The pages without running heads, running feet and page numbers.

    A line in the outer eighth of a page is running if pages share it, numbers apart; if it is a number; or if
    it is what a browser prints there, the address and the time.
    """
    counts: Counter[tuple[bool, str]] = Counter()
    for page in pages:
        counts.update({(upper, _shape(line)) for upper, line in _outer(page)})
    enough = max(2, min(3, len(pages)), _RUNNING_SHARE * len(pages))
    kept = []
    for page in pages:
        outer = _outer(page)
        running = {
            line
            for upper, line in outer
            if counts[upper, _shape(line)] >= enough or _PAGE_NUMBER.fullmatch(line.text)
        }
        if any(_has_cell(_ADDRESS, line) for _, line in outer):
            running |= {line for _, line in outer if _has_cell(_ADDRESS, line) or _has_cell(_TIME, line)}
        kept.append(page._replace(lines=tuple(line for line in page.lines if line not in running)))
    return kept


def _has_cell(pattern: re.Pattern[str], line: Line) -> bool:
    """Whether what stands at either end of a line is all of a kind."""
    cells = line.text.split("\t")
    return any(pattern.fullmatch(cell) for cell in (cells[0], cells[-1]))


def _outer(page: Page) -> list[tuple[bool, Line]]:
    """The outermost lines of a page; each with whether it stands at the top."""
    by_height = sorted(page.lines, key=lambda line: -line.top)
    upper = [line for line in by_height[:_MOST_RUNNING] if line.bottom > (1 - _ZONE) * page.height]
    lower = [line for line in by_height[-_MOST_RUNNING:] if line.top < _ZONE * page.height]
    return [(True, line) for line in upper] + [(False, line) for line in lower]


def _shape(line: Line) -> str:
    """A line's text with its numbers made equal."""
    return re.sub(r"\d+|\s+", "#", line.text)


def write_paragraphs(pages: Sequence[Page], paragraphs: Paragraphs) -> None:
    """Join wrapped lines, over the ends of pages as well.

    Args:
        pages: in order, their lines in the order of reading.
        paragraphs: takes the text.
    """
    lines = [line for page in pages for line in page.lines]
    layout = _Layout(_right_edges(lines), _first_lefts(lines), _widths(pages), _pitch(lines))
    paragraph: list[Line] = []
    for line in lines:
        joined = "\n"
        if paragraph and _goes_on(paragraph, line, layout):
            joined = _joint(paragraph[-1].text, line.text)
        else:
            paragraph = []
        paragraph.append(line)
        paragraphs.add_on_page(line.text.removesuffix(HYPHEN), line.page, joined=joined)


def _widths(pages: Sequence[Page]) -> dict[_Region, float]:
    """How wide each region is: a column as wide as its lines, all else as its page."""
    widths: dict[_Region, float] = {}
    for page in pages:
        for region in {line.region for line in page.lines}:
            own = [line for line in page.lines if line.region == region]
            column = max(line.right for line in own) - min(line.left for line in own)
            widths[region] = column if region[1] else page.width
    return widths


def _right_edges(lines: Sequence[Line]) -> dict[_Region, float]:
    """For each region, where its full lines end: an edge that two lines come near, there or elsewhere."""
    by_region: dict[_Region, list[Line]] = defaultdict(list)
    by_column: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if len(line.text) >= 8 and "\t" not in line.text:
            by_region[line.region].append(line)
            by_column[line.column].append(line)
    common = {column: _edge(own) for column, own in by_column.items()}
    return {
        region: max(_edge(own), common[region[1]]) if len(own) < 8 else _edge(own)
        for region, own in by_region.items()
    }


def _edge(lines: Sequence[Line]) -> float:
    ends = sorted((line.right for line in lines), reverse=True)
    unit = median([line.unit for line in lines]) if lines else 0.0
    for end, following in pairwise(ends):
        if end - following < 2 * unit:
            return end
    return ends[0] if ends else 0.0


def _first_lefts(lines: Sequence[Line]) -> dict[_Region, float]:
    """For each region, where lines most often begin whose next line begins further left."""
    by_region: dict[_Region, Counter[float]] = defaultdict(Counter)
    for one, two in pairwise(lines):
        if one.region == two.region and _INDENT < (one.left - two.left) / max(one.unit, 0.1) < _DEEPEST:
            by_region[one.region][round(one.left)] += 1
    return {region: lefts.most_common(1)[0][0] for region, lefts in by_region.items()}


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance from one line to the next below it, in points."""
    steps = [one.bottom - two.bottom for one, two in pairwise(lines) if one.region == two.region]
    return median([step for step in steps if step > 0] or [0.0])


def _goes_on(paragraph: Sequence[Line], line: Line, layout: _Layout) -> bool:
    """Whether a line continues a paragraph."""
    last = paragraph[-1]
    if "\t" in line.text or "\t" in last.text:
        return False
    if abs(last.size - line.size) > _OTHER_SIZE * max(last.size, line.size):
        return False
    if last.right - last.left < _SHORTEST_FULL * layout.widths[last.region]:
        return False
    if not last.text.endswith(HYPHEN) and not _is_full(last, line, layout.edges.get(last.region, last.right)):
        return False
    if _ANEW.match(line.text) and _FINAL.search(last.text):
        return False
    if last.region != line.region:
        return not _FINAL.search(last.text) or len(paragraph) > 1
    if layout.pitch and last.bottom - line.bottom > _FURTHER_DOWN * layout.pitch:
        return False
    return not _is_moved_in(paragraph, line, layout.firsts.get(line.region))


def _is_full(last: Line, line: Line, edge: float) -> bool:
    """Whether what begins the next line had no room at the end of this one."""
    word = _WORD.match(line.text)
    width = 0.55 * min(len(word.group()), 24) if word else 1.0
    following = line.text[len(word.group()) if word else 1 :]
    width += len(following[:2]) - len(following[:2].lstrip(_CLOSING))
    return edge - last.right < (width + _SLACK) * last.unit


def _is_moved_in(paragraph: Sequence[Line], line: Line, first: float | None) -> bool:
    """Whether a line begins further right than the one before it, or where first lines of paragraphs do."""
    last = paragraph[-1]
    if first is not None and abs(line.left - first) < _SLACK * line.unit:
        return True
    moved = (line.left - last.left) / max(last.unit, 0.1)
    hangs = len(paragraph) == 1 and _ANEW.match(last.text) and moved < 4
    return moved > _INDENT and not hangs


def _joint(before: str, after: str) -> str:
    """What stands between two lines of a paragraph: a space between words, nothing beside Chinese."""
    if before.endswith(HYPHEN) or not (before[-1:].isascii() and after[:1].isascii()):
        return ""
    is_number = before[-1].isdigit() and after[0].isdigit()
    return " " if before[-1].isalnum() and after[0].isalnum() and not is_number else ""
