"""What earlier words carry to a stretch: along its sentence, and from sentence to sentence of a paragraph.

A cue's reach ends at a contrast and, unless it is an announcement (下一步, 建议), at a semicolon. Must not
weigh what is carried against other steps; `polcmp.context.status` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from polcmp.context.clauses import Clause, starts_item
from polcmp.context.headings import Ruling
from polcmp.model.mention import CALLED_FOR, IMPLEMENTED, LACKING, PLANNED
from polcmp.text.span import Span

LEADS = ("planned.lead", "called.lead", "called.ask", "lacking.lead", "done.lead")
STATUS_OF = {"done": IMPLEMENTED, "planned": PLANNED, "called": CALLED_FOR, "lacking": LACKING}
_ONWARD = frozenset(["下一步", "下步", "下阶段", "下一阶段", "接下来", "今后", "往后", "新的一年", "展望"])
"""Announcements that reach to the end of a paragraph; 明年 and other dates reach only the items of a list."""
_LISTING = re.compile(r"以下|如下|方面|几点|[一二三四五六七八九两几]条|[:;]")
_ASKED = re.compile(
    r"(?P<planned>打算|计划|下一?步|规划|往后|明年|将来|接下来|今后|下半年|来年|接着)|(?P<called>建议|希望|期待|盼|请求|呼吁|诉求|心愿|愿望)"
    r"|(?P<lacking>困难|难处|不足|遗憾|短板|问题|没做成|没办成|烦心|闹心|头疼|苦恼|发愁)"
)


class Verdict(NamedTuple):
    """A status, the words that decided and where they stand (`Reading.cue_from`)."""

    status: str
    cue: str
    cue_from: str


class Surroundings(NamedTuple):
    """What the steps look at.

    Attributes:
        text: folded text.
        span: the stretch in question.
        clauses: all clauses of its sentence.
        own: indices of the clauses it touches, first and last.
        carried: what earlier sentences of the paragraph announce, or None.
        section: what the headings above say, or None.
        paper: what the kind of paper says, or None.
        answer: clauses of the next sentence, when the stretch stands in a question.
        opening: whether the stretch stands before the words with which an order begins.
    """

    text: str
    span: Span
    clauses: tuple[Clause, ...]
    own: tuple[int, int]
    carried: Verdict | None
    section: Ruling | None
    paper: Ruling | None
    answer: tuple[Clause, ...] = ()
    opening: bool = False


def carried_state(around: Surroundings) -> tuple[Verdict | None, bool]:
    """What the earlier clauses of a sentence carry to a stretch.

    Args:
        around: the stretch and what stands around it.

    Returns:
        The verdict that still reaches it, or None, and whether it is an announcement (下一步).
    """
    state: Verdict | None = None
    leads = False
    for clause in around.clauses[: around.own[0]]:
        if clause.contrast or (clause.after_semicolon and not leads):
            state, leads = None, False
        state, leads = _carry(around, clause, state, leads)
    own = around.clauses[around.own[0]]
    if own.contrast or (own.after_semicolon and not leads):
        return None, False
    return state, leads


def _carry(
    around: Surroundings, clause: Clause, state: Verdict | None, leads: bool
) -> tuple[Verdict | None, bool]:
    """What is carried on after one more clause, and whether it reaches over semicolons."""
    lead = clause.first(*LEADS)
    if lead:
        return Verdict(STATUS_OF[lead.family], lead.words, "sentence"), True
    if clause.first("done"):
        return (state, True) if leads else (None, False)
    planned, called = clause.first("planned"), clause.first("called", "called.want")
    if called and not (leads and state and called.kind == "called.want"):
        return Verdict(CALLED_FOR, called.words, "sentence"), clause.enumerated
    if planned:
        return Verdict(PLANNED, planned.words, "sentence"), leads or clause.enumerated
    time = clause.first("done.time")
    if time:
        lacks = around.section and around.section.status == LACKING
        return (None if lacks else Verdict(IMPLEMENTED, time.words, "sentence")), False
    return state, leads


class Announcement(NamedTuple):
    """What a sentence announces for later ones; `items_only`: for items of a list alone."""

    verdict: Verdict
    items_only: bool


def announcement(
    text: str, sentence: Span, clauses: Sequence[Clause], carried: Announcement | None
) -> Announcement | None:
    """What a sentence announces for the following ones of its paragraph.

    Args:
        text: folded text.
        sentence: the sentence's stretch.
        clauses: its clauses.
        carried: what reaches it from before.

    Returns:
        下一步… reaches to the end of the paragraph unless the text turns to what is done; 建议…, 要求…
        and 存在问题… only reach the items of a list; a question (有什么打算?) reaches its answer.
    """
    words = text[sentence.start : sentence.end]
    if words.endswith("?"):
        asked = _ASKED.search(words)
        kind = asked.lastgroup if asked else None
        return (
            Announcement(Verdict(STATUS_OF[kind], asked.group(), "sentence"), False)
            if asked and kind
            else None
        )
    lists = bool(_LISTING.search(words)) or starts_item(text, sentence)
    for number, clause in enumerate(clauses):
        lead = clause.first(*LEADS)
        if lead is None:
            continue
        onward = lead.words in _ONWARD or lead.family == "done" or lead.words.startswith("到20")
        if number == 0 if onward else lists:
            return Announcement(Verdict(STATUS_OF[lead.family], lead.words, "sentence"), not onward)
    if any(clause.first("done", "done.time", "contrast") for clause in clauses):
        return None
    return _item(clauses) or carried


def _item(clauses: Sequence[Clause]) -> Announcement | None:
    """An item of a list that is an order or a plan speaks for the items after it."""
    if not clauses[0].enumerated:
        return None
    for clause in clauses[:2]:
        cue = clause.first("called", "planned")
        if cue:
            return Announcement(Verdict(STATUS_OF[cue.family], cue.words, "sentence"), True)
    return None
