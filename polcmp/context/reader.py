"""One document's context, opened once and asked for many stretches."""

from __future__ import annotations

from collections.abc import Sequence

from polcmp.context.calendar import dated, written
from polcmp.context.carry import Announcement, Surroundings, Verdict, announcement
from polcmp.context.clauses import Clause, read_clauses, starts_item
from polcmp.context.columns import column_ruling
from polcmp.context.headings import Ruling, document_ruling, preamble_end, section_ruling
from polcmp.context.place import Whereabouts
from polcmp.context.status import read_status
from polcmp.model.document import Location, Segmentation, Sentence
from polcmp.model.mention import IMPLEMENTED, Reading
from polcmp.text.cells import CELL
from polcmp.text.places import PlaceName
from polcmp.text.span import Span

_CALLS = ("", ".want", ".ask", ".lead", ".ban")
_ORDERING = frozenset(("planned", "planned.set", "planned.lead", *(f"called{kind}" for kind in _CALLS)))
_TELLING = frozenset(["done", "done.le", "done.time", "lacking.before", "lacking.after"])

_PARAGRAPH_LIMIT = 30
"""Most sentences looked back for an announcement; longer paragraphs are lists or lost line breaks."""


def open_context(
    text: str,
    segmentation: Segmentation,
    location: Location,
    title: str = "",
    places: Sequence[PlaceName] | None = None,
    date: str = "",
) -> Reader:
    """Prepare to read the context of stretches of one document.

    Args:
        text: folded text.
        segmentation: its segmentation.
        location: the region the document is about.
        title: folded title; ``""`` takes the segmentation's.
        places: what `find_places` finds in `text`, if that is known already.
        date: ISO date the document was written or published, ``""`` when unknown.

    Returns:
        A reader for this document. Sentences are read when first asked for.
    """
    return Reader(text, segmentation, location, title or segmentation.sections[0].heading, places, date)


class Reader:
    """Answers for the status and place of stretches of one document; see `open_context`."""

    def __init__(
        self,
        text: str,
        segmentation: Segmentation,
        location: Location,
        title: str,
        places: Sequence[PlaceName] | None,
        date: str = "",
    ) -> None:
        self._text = text
        self._segmentation = segmentation
        self._whereabouts = Whereabouts(text, segmentation, location, places)
        self._title = title
        self._now = written(date, title)
        self._clauses: dict[int, tuple[Clause, ...]] = {}
        self._carriages: dict[int, Verdict | None] = {}
        self._announced: dict[tuple[int, int], Announcement | None] = {}
        self._following: dict[int, bool] = {}
        self._sections: dict[int, Ruling | None] = {}
        self._columns: dict[int, Ruling | None] = {}
        self._paper: Ruling | None = None
        self._paper_read = False
        self._preamble: int | None = None
        self._background: bool | None = None

    def read(self, folded_span: Span, sentence: int) -> Reading:
        """Status and place of a stretch, each with the words that decided.

        Args:
            folded_span: the stretch, inside the sentence.
            sentence: index into `Segmentation.sentences`.

        Returns:
            A `Reading`; the same for the same arguments, whatever was asked before.
        """
        verdict = read_status(self._around(folded_span, sentence))
        away = self._whereabouts.elsewhere(folded_span, sentence)
        return Reading(verdict.status, verdict.cue, verdict.cue_from, "other" if away else "here", away)

    def _around(self, span: Span, number: int) -> Surroundings:
        clauses = self._clauses_of(number)
        start, end = span
        touched = [at for at, ((low, high), *_) in enumerate(clauses) if low < end and start < high] or [0]
        section = self._segmentation.sentences[number].section
        column = self._column_ruling(start)
        return Surroundings(
            self._text,
            span,
            clauses,
            (touched[0], touched[-1]),
            self._carried(number),
            column or self._section_ruling(section),
            None if self._is_background(section) else self._paper_ruling(),
            self._answer(number),
            span.start < self._preamble_end(),
        )

    def _preamble_end(self) -> int:
        """Where an order or a plan turns to its own matter, 0 in other papers; looked for once."""
        if self._preamble is None:
            ruling = self._paper_ruling()
            orders = ruling is not None and ruling.status != IMPLEMENTED
            self._preamble = preamble_end(self._text) if orders else 0
        return self._preamble

    def _is_background(self, section: int) -> bool:
        """Whether a section is the first chapter of an order or a plan, and only tells how things stand."""
        ruling = self._paper_ruling()
        if ruling is None or ruling.status == IMPLEMENTED or section == 0:
            return False
        sections = self._segmentation.sections
        while sections[section].parent > 0:
            section = sections[section].parent
        if section != 1:
            return False
        if self._background is None:
            self._background = self._only_tells(section)
        return self._background

    def _only_tells(self, chapter: int) -> bool:
        """Whether no sentence under a heading orders or announces, and one tells of what was or lacks."""
        told = False
        for number, sentence in enumerate(self._segmentation.sentences):
            if sentence.kind != "body" or sentence.masked or sentence.section < chapter:
                continue
            if sentence.section > chapter and self._segmentation.sections[sentence.section].parent < chapter:
                break
            for cue in (cue for clause in self._clauses_of(number) for cue in clause.cues):
                if cue.kind in _ORDERING:
                    return False
                told = told or cue.kind in _TELLING
        return told

    def _answer(self, number: int) -> tuple[Clause, ...]:
        """Clauses of the sentence that answers a question, empty when `number` is none."""
        sentences = self._segmentation.sentences
        if self._text[sentences[number].folded_span.end - 1] != "?" or number + 1 >= len(sentences):
            return ()
        following = sentences[number + 1]
        return self._clauses_of(number + 1) if following.kind == "body" and not following.masked else ()

    def _clauses_of(self, number: int) -> tuple[Clause, ...]:
        if number not in self._clauses:
            clauses = read_clauses(self._text, self._segmentation.sentences[number])
            if self._now:
                clauses = tuple(
                    clause._replace(cues=tuple(dated(self._text, clause.folded_span, clause.cues, self._now)))
                    for clause in clauses
                )
            self._clauses[number] = clauses
        return self._clauses[number]

    def _section_ruling(self, section: int) -> Ruling | None:
        if section not in self._sections:
            self._sections[section] = section_ruling(self._segmentation, section, self._title)
        return self._sections[section]

    def _column_ruling(self, offset: int) -> Ruling | None:
        """What the table around an offset says; asked once for each cell."""
        if CELL not in self._text:
            return None
        cell = max(self._text.rfind(CELL, 0, offset), self._text.rfind("\n", 0, offset)) + 1
        if cell not in self._columns:
            self._columns[cell] = column_ruling(self._text, cell)
        return self._columns[cell]

    def _paper_ruling(self) -> Ruling | None:
        if not self._paper_read:
            self._paper = document_ruling(self._text, self._segmentation, self._title)
            self._paper_read = True
        return self._paper

    def _carried(self, number: int) -> Verdict | None:
        """What the earlier sentences of the paragraph announce for sentence `number`."""
        if number not in self._carriages:
            self._carriages[number] = self._carried_to(number)
        return self._carriages[number]

    def _carried_to(self, number: int) -> Verdict | None:
        sentences = self._segmentation.sentences
        if sentences[number].kind != "body":
            return None
        first = number
        while first > 0 and number - first < _PARAGRAPH_LIMIT and self._continues(first):
            first -= 1
        carried: Announcement | None = None
        for at in range(first, number):
            if (first, at) not in self._announced:
                span, clauses = sentences[at].folded_span, self._clauses_of(at)
                self._announced[first, at] = announcement(self._text, span, clauses, carried)
            carried = self._announced[first, at]
        if carried and carried.items_only and not starts_item(self._text, sentences[number].folded_span):
            return None
        return carried.verdict if carried else None

    def _continues(self, number: int) -> bool:
        """Whether a sentence belongs to the paragraph, or to the list, of the one before it."""
        if number not in self._following:
            sentences = self._segmentation.sentences
            self._following[number] = self._follows(sentences[number - 1], sentences[number])
        return self._following[number]

    def _follows(self, one: Sentence, two: Sentence) -> bool:
        if one.kind != "body" or two.kind != "body" or one.masked:
            return False
        if self._text[one.folded_span.end - 1] == CELL:
            return False
        if one.folded_span.end == two.folded_span.start:
            return True
        if self._text[one.folded_span.end - 1] == "?":
            return True
        listed = starts_item(self._text, two.folded_span)
        return listed and (
            self._text[one.folded_span.end - 1] == ":" or starts_item(self._text, one.folded_span)
        )
