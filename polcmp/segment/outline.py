"""Puts lines, headings and sentences of one document together into a `Segmentation`.

Decides which section each sentence stands in; how a line is read as a heading is decided in
`polcmp.segment.headings`, where a sentence or clause ends in `polcmp.segment.sentences`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from polcmp.model.document import Mask, Section, Segmentation, Sentence
from polcmp.segment.headings import Lead, is_title, read_lead, stray_title
from polcmp.segment.sentences import clauses_of, sentences_of
from polcmp.text.span import Span

DEEPEST = 12
"""Most sections inside each other; documents have up to five (章, 一、, (一), 1., 第一,). A page of nothing
but short lines would nest each in the one before."""


def segment(text: str, masks: Sequence[Mask] = ()) -> Segmentation:
    """Cut folded text into sections, sentences and clauses.

    Args:
        text: folded text, paragraphs separated by one line break.
        masks: boilerplate in `text`, in any order; masked lines are never titles or headings.

    Returns:
        Sentences in text order, none empty; together they cover every character that is not a line
        break. ``sections[0]`` is the document, its heading the title (``""`` when there is none).
    """
    return _Outline(text, masks).build()


class _Open(NamedTuple):
    """A section that is open: its effective rank, the style of its heading, its index."""

    rank: float
    style: float
    section: int


class _Outline:
    """Builds one `Segmentation`, line by line."""

    def __init__(self, text: str, masks: Sequence[Mask]) -> None:
        self.text = text
        self.masks = _apart(one.folded_span for one in masks)
        self._mask_ends = [mask.end for mask in self.masks]
        self.sentences: list[Sentence] = []
        self.sections: list[Section] = []
        self.open: list[_Open] = []
        self.after_heading = False

    def build(self) -> Segmentation:
        stretches = list(self._stretches())
        title = self._title(stretches)
        for number, (stretch, masked) in enumerate(stretches):
            if title.contains(stretch) and title.length:
                self._add_whole(stretch, 0, "title", masked)
            elif masked:
                self._add_body(stretch, 0, True)
            else:
                self._read_line(stretch, last=number + 1 == len(stretches))
        return Segmentation(tuple(self.sentences), tuple(self.sections))

    def _stretches(self) -> Iterator[tuple[Span, bool]]:
        """Lines, cut where a mask covers one end of them; each with whether it is masked."""
        start = 0
        for line in self.text.split("\n"):
            end = start + len(line)
            if line and not self.masks:
                yield Span(start, end), False
            elif line:
                for part in self._cut(Span(start, end)):
                    yield part, self._is_masked(part)
            start = end + 1

    def _cut(self, line: Span) -> Iterator[Span]:
        touching = self._masks_in(line)
        cuts = {mask.end for mask in touching if mask.start <= line.start and mask.end < line.end}
        cuts |= {mask.start for mask in touching if mask.end >= line.end and mask.start > line.start}
        bounds = [line.start, *sorted(cuts), line.end]
        for start, end in pairwise(bounds):
            yield Span(start, end)

    def _masks_in(self, span: Span) -> list[Span]:
        """Masks that overlap `span`, in order."""
        first = last = bisect_right(self._mask_ends, span.start)
        while last < len(self.masks) and self.masks[last].start < span.end:
            last += 1
        return self.masks[first:last]

    def _is_masked(self, span: Span) -> bool:
        """Whether half of `span` or more lies in masks."""
        if not self.masks:
            return False
        touching = self._masks_in(span)
        covered = sum(min(mask.end, span.end) - max(mask.start, span.start) for mask in touching)
        return bool(touching) and 2 * covered >= span.length

    def _title(self, stretches: list[tuple[Span, bool]]) -> Span:
        """Find the title among the first lines, open section 0 and return the title's stretch."""
        plain = [stretch for stretch, masked in stretches if not masked]
        lines = [self.text[one.start : one.end] for one in plain[:4]]
        found = Span(0, 0)
        for number, line in enumerate(lines):
            if is_title(line, first=number == 0):
                last = number
                while last + 1 < len(lines) and stray_title(lines[last], lines[last + 1]):
                    last += 1
                found = Span(plain[number].start, plain[last].end)
                break
            if len(line) > 12:
                break
        heading = self.text[found.start : found.end].replace("\n", "")
        self.sections.append(Section(heading, 0, -1, found))
        return found

    def _read_line(self, line: Span, last: bool) -> None:
        """Read one unmasked line: its headings open sections, the rest is body."""
        words = self.text[line.start : line.end]
        leads = read_lead(words, last)
        if self._goes_on_a_list(line) and leads and leads[0].heading and leads[0].end == len(words):
            leads = [leads[0]._replace(end=leads[0].start, heading="")]
        if not leads:
            self._add_body(line, self._section(), False)
            self.after_heading = False
            return
        start = 0
        for lead in leads:
            self._add_body(Span(line.start + start, line.start + lead.start), self._section(), False)
            start = lead.start
            self._close(lead)
            if lead.end > lead.start:
                span = Span(line.start + lead.start, line.start + lead.end)
                self._open_section(lead, span)
                self._add_whole(span, self._section(), "heading", False)
                start = lead.end
                self.after_heading = True
        if start < len(words):
            self._add_body(Span(line.start + start, line.end) if start else line, self._section(), False)
            self.after_heading = False

    def _goes_on_a_list(self, line: Span) -> bool:
        """Whether the line before ends in a semicolon: this one is the next item, and no heading."""
        before = self.text[max(0, line.start - 2) : line.start].rstrip("\n")
        return before.endswith(";")

    def _section(self) -> int:
        return self.open[-1].section if self.open else 0

    def _close(self, lead: Lead) -> None:
        rank = self._rank(lead)
        while self.open and (self.open[-1].rank >= rank or len(self.open) >= DEEPEST):
            self.open.pop()

    def _rank(self, lead: Lead) -> float:
        """Outermost 0; an unnumbered heading stands beside the last of its kind, else below what is open."""
        if lead.rank >= 0:
            return lead.rank
        kin = [one.rank for one in self.open if one.style == lead.rank]
        if kin and not (self.after_heading and self.open[-1].style == lead.rank):
            return kin[-1]
        return (self.open[-1].rank if self.open else -1.0) + 0.25

    def _open_section(self, lead: Lead, span: Span) -> None:
        rank = self._rank(lead)
        parent = self._section()
        level = self.sections[parent].level + 1
        self.sections.append(Section(lead.heading, level, parent, span))
        self.open.append(_Open(rank, lead.rank, len(self.sections) - 1))

    def _add_body(self, span: Span, section: int, masked: bool) -> None:
        for sentence, clauses in sentences_of(self.text, span):
            in_mask = masked or self._is_masked(sentence)
            self.sentences.append(Sentence(sentence, clauses, section, "body", in_mask))

    def _add_whole(self, span: Span, section: int, kind: str, masked: bool) -> None:
        """Add a title or a heading, which is one sentence whatever marks it has."""
        if "\n" in self.text[span.start : span.end]:
            raise ValueError(f"a sentence may not cross a line break: {span}")
        in_mask = masked or self._is_masked(span)
        self.sentences.append(Sentence(span, clauses_of(self.text, span), section, kind, in_mask))


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Stretches in order, those that overlap made one."""
    apart: list[Span] = []
    for span in sorted(spans):
        if apart and span.start < apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        elif span.length:
            apart.append(span)
    return apart
