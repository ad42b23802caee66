"""Which dates of a text are still to come, seen from the day a document was written.

Must not look for that day in a text: it is stated or found by others, or told by the year in the title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from polcmp.context.cues import Cue
from polcmp.text.span import Span

_YEAR = re.compile(r"(?<![\d—\-~])(?<!年[至到])(20\d\d)年(?!度?[—\-~至到])(?:(\d{1,2})月)?")
_TITLE_YEAR = re.compile(r"(20\d\d)年度?(?![—\-~至])")
_OUTSIDE = re.compile(r"《[^》]*$|截[至止][^,;。]*$|[—\-~]$")
_YEAR_OVER = 13
"""Month of a report on a year: all of the year is behind it."""
_REPORT = ("总结", "报告", "汇报", "回顾", "通报")


class Day(NamedTuple):
    """A year, and a month or 0 when only the year is known."""

    year: int
    month: int

    def before(self, year: int, month: int) -> bool:
        """Whether a date is later than this day for certain."""
        return year > self.year or (year == self.year and 0 < self.month < month)

    def after(self, year: int, month: int) -> bool:
        """Whether a date is earlier than this day for certain; a year alone ends with its December."""
        return year < self.year or (year == self.year and (month or 12) < self.month)


def written(date: str, title: str) -> Day | None:
    """The day a document was written.

    Args:
        date: ISO date ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``, ``""`` when unknown.
        title: folded title; the year of a report's title counts as its end.

    Returns:
        None when neither says anything.
    """
    if date[:4].isdigit():
        month = date[5:7]
        return Day(int(date[:4]), int(month) if month.isdigit() else 0)
    years = _TITLE_YEAR.findall(title)
    if years and title.endswith(_REPORT) and "计划" not in title and "打算" not in title:
        return Day(int(years[-1]), _YEAR_OVER)
    return None


def dated(text: str, span: Span, cues: Sequence[Cue], now: Day) -> list[Cue]:
    """The cues of a clause as the calendar leaves them.

    Args:
        text: folded text.
        span: a clause.
        cues: its cues in order.
        now: the day the document was written.

    Returns:
        Announcements for a year that is over are gone (到2020年 in a text of 2022); a year to come is one.
    """
    kept = list(cues)
    for found in _YEAR.finditer(text, span.start, span.end):
        year, month = int(found[1]), int(found[2] or 0)
        at = next((c for c in kept if c.start < found.end() and found.start() < c.end + 1), None)
        if (
            now.after(year, month)
            and at
            and at.kind in ("planned", "planned.lead")
            and any(ch.isdigit() for ch in at.words)
        ):
            kept.remove(at)
        elif now.before(year, month) and at is None and not _OUTSIDE.search(text, span.start, found.start()):
            kept.append(Cue(found.start(), found.end(), "planned", found.group()))
    return sorted(kept)
