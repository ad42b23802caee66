"""Reads whether a stretch is done, planned, called for or lacking: an explainable cascade.

Own clause > neighbouring clauses of the sentence > earlier sentences of the paragraph > section > kind of
paper > weak cues > default. Each step is one function that gives a `Verdict` or None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from polcmp.context import rulings
from polcmp.context.carry import Surroundings, Verdict, carried_state
from polcmp.context.cues import Cue
from polcmp.context.lacks import lack_after, orders_against, own_lack
from polcmp.model.mention import CALLED_FOR, IMPLEMENTED, LACKING, PLANNED
from polcmp.text.span import Span

_TOPIC = re.compile(
    r"(?:任务|体系|制度|机制|关系|办法|方案|标准|工作|行动|比例|责任|名单|人选|党委|总支|支部|联席会|会议|联合体|共同体|合作社|队伍"
    r"|工作队|红利|分红|保底|收益|回报|股份|股权|协议|平台|机构|模式|政策|干部|书记|队员|名额|对子|后|的人|资金|金)\"?,$"
)


def read_status(around: Surroundings) -> Verdict:
    """Ask step after step; the first that answers decides, and a plain report is done.

    Args:
        around: the stretch and what stands around it.

    Returns:
        Always a verdict; ``default`` when no step answered (codebook, section Status).
    """
    for step in (
        _conceded,
        _fulfilled,
        _terms,
        rulings.score,
        _own_clause,
        _neighbours,
        _reported,
        _sentence,
        _answer,
        _paragraph,
        rulings.response,
        rulings.preamble,
        rulings.schedule,
        rulings.norm,
        rulings.rule,
        _encouraged,
        rulings.section,
        rulings.paper,
        _weak,
    ):
        verdict = step(around)
        if verdict:
            return verdict
    return Verdict(IMPLEMENTED, "", "default")


def _own_cues(around: Surroundings) -> Sequence[Cue]:
    first, last = around.own
    if first == last:
        return around.clauses[first].cues
    return [cue for clause in around.clauses[first : last + 1] for cue in clause.cues]


def _first(cues: Sequence[Cue], *kinds: str) -> Cue | None:
    for cue in cues:
        if cue.kind in kinds:
            return cue
    return None


def _own_clause(around: Surroundings) -> Verdict | None:
    """Cues in the clauses the stretch itself touches."""
    cues = _own_cues(around)
    done = _first(cues, "done")
    called = _called(around, cues)
    planned = _first(cues, "planned", "planned.lead")
    lacking = own_lack(around, cues)
    if lacking and not orders_against(around, called, lacking):
        return Verdict(LACKING, lacking.words, "clause")
    settled = _first(cues, "planned.set")
    if settled:
        return Verdict(PLANNED, settled.words, "clause")
    if done and not (_only_describes(around, done, called or planned) or _sum_of_a_plan(around, done)):
        return Verdict(IMPLEMENTED, done.words, "clause")
    if called and called.kind == "called.want":
        announced = planned or _first(cues, "planned.weak", "planned.hint") or _date_before(around, called)
        earlier = _sentence(around) or around.carried
        if announced and announced.start < called.start:
            return Verdict(PLANNED, announced.words, "clause")
        if earlier and earlier.status == PLANNED:
            return earlier
    if called:
        return Verdict(CALLED_FOR, called.words, "clause")
    if planned:
        return Verdict(PLANNED, planned.words, "clause")
    return None


def _sum_of_a_plan(around: Surroundings, done: Cue) -> bool:
    """Whether 累计 adds up what a plan is going to do (五年累计输送1000人次)."""
    ruling = around.section or around.paper
    before = around.text[max(0, done.start - 4) : done.start]
    return (
        done.words == "累计"
        and ruling is not None
        and ruling.status == PLANNED
        and before.endswith(("年", "间", "内"))
    )


def _date_before(around: Surroundings, wish: Cue) -> Cue | None:
    """A date that opens the sentence of a wish makes it an announcement (五月,县里还要再放24人)."""
    found = rulings.DATE.match(around.text, around.clauses[0].folded_span.start, wish.start)
    return Cue(found.start(), found.end(), "planned.hint", found.group()) if found else None


def _called(around: Surroundings, cues: Sequence[Cue]) -> Cue | None:
    """The first duty or wish; 要求 and 建议 must stand before the end of the stretch, a ban before a lack."""
    for number, cue in enumerate(cues):
        if cue.kind == "called.ban" and any(one.family == "lacking" for one in cues[number:]):
            return cue
        if cue.kind == "called" or (
            cue.kind in ("called.want", "called.ask", "called.lead") and cue.start < around.span.end
        ):
            return cue
    return None


def _only_describes(around: Surroundings, done: Cue, later: Cue | None) -> bool:
    """Whether 已 stands in a description (已建成的…) and what is said of it comes after."""
    if later is None or later.start < done.start or around.span.start <= done.start:
        return False
    return "的" in around.text[done.end : later.start] and later.start <= around.span.start


def _conceded(around: Surroundings) -> Verdict | None:
    """虽成立了…,但从没议过事: what is conceded is lacking when the contrast says that it fails."""
    first, last = around.own
    if last + 1 >= len(around.clauses):
        return None
    after = around.clauses[last + 1]
    concession = any(clause.first("concession") for clause in around.clauses[max(0, first - 1) : last + 1])
    if not concession or after.after_semicolon:
        return None
    denial = after.first("contrast")
    if denial and denial.words in _DENIALS and after.contrast:
        return Verdict(LACKING, denial.words, "sentence")
    lack = after.first("lacking.after", "lacking.before") if after.contrast else after.first("lacking.after")
    return Verdict(LACKING, lack.words, "sentence") if lack else None


_DENIALS = frozenset(("实际", "实际上", "实则", "其实"))


def _fulfilled(around: Surroundings) -> Verdict | None:
    """原计划…,实际选派了44名: a plan of the past that the sentence itself says is carried out."""
    first, last = around.own
    span = Span(around.clauses[first].folded_span.start, around.clauses[last].folded_span.end)
    if not _FORMER_PLAN.search(around.text, span.start, span.end):
        return None
    for clause in around.clauses[first:]:
        if clause.first("lacking.after", "lacking.before"):
            return None
        for cue in clause.cues:
            if cue.kind in ("done", "done.le") and cue.start > span.start:
                return Verdict(IMPLEMENTED, cue.words, "sentence")
    return None


_FORMER_PLAN = re.compile("(?:原|曾|当初|起初|早先|本)(?:来|先)?(?:计划|打算|拟|定于|预计|定在)")


def _terms(around: Surroundings) -> Verdict | None:
    """按协议, 合同写明…: the duties of a contract in force are done, not called for."""
    if around.section and around.section.status != IMPLEMENTED:
        return None
    if around.paper and around.paper.status != IMPLEMENTED:
        return None
    if own_lack(around, _own_cues(around)) or lack_after(around, around.own[1]):
        return None
    first, last = around.own
    if any(clause.first("planned.lead") for clause in around.clauses[first : last + 1]):
        return None
    for clause in around.clauses[: last + 1]:
        for cue in clause.cues:
            if cue.family in ("planned", "called", "lacking") and cue.kind != "lacking.cancel":
                return None
            if cue.kind == "done.terms" and cue.start < around.span.end:
                return Verdict(IMPLEMENTED, cue.words, "sentence")
    return None


def _neighbours(around: Surroundings) -> Verdict | None:
    """What the next clause says of this one: it fails (…,形同虚设), or it is yet to come (…,拟延续到…)."""
    last = around.own[1]
    if last + 1 >= len(around.clauses):
        return None
    here, after = around.clauses[last], around.clauses[last + 1]
    if after.after_semicolon or after.enumerated:
        return None
    lack = lack_after(around, last)
    if lack:
        return Verdict(LACKING, lack.words, "sentence")
    words = around.text[here.folded_span.start : here.folded_span.end]
    topic = bool(_TOPIC.search(words))
    if not topic and here.cues:
        return None
    reach = 4 if topic else 1
    head = after.cues[0] if after.cues and after.cues[0].start - after.folded_span.start <= reach else None
    if head and head.kind in ("planned", "planned.lead", "planned.set"):
        return Verdict(PLANNED, head.words, "sentence")
    short = after.folded_span.end - after.folded_span.start <= _SHORT_CLAUSE
    if short and not here.cues and not words.endswith("下,"):
        soon = after.first("planned", "planned.set")
        if soon:
            return Verdict(PLANNED, soon.words, "sentence")
    if not topic and any(character.isdigit() for character in words):
        return None
    if head and head.kind == "done" and not here.cues and not _SETTLES.match(around.text, head.end):
        return Verdict(IMPLEMENTED, head.words, "sentence")
    told = _first(_own_cues(around), "done", "done.le", "done.time")
    if head and (head.kind == "called" or (head.kind == "called.want" and not told)):
        return Verdict(CALLED_FOR, head.words, "sentence")
    return None


_SHORT_CLAUSE = 14
"""Most code points of a clause that may speak of the one before it (…,揭牌在即). Longer ones mostly have a
subject of their own: tried from 8 to 18 on the labelled sentences and documents."""
_SETTLES = re.compile(r"[^,;。]{0,6}(?:满|到期|届满|超|过半|离|撤|走|停|断|老)")
"""任满离村,已四个月: what has come to its end is not done."""


def _reported(around: Surroundings) -> Verdict | None:
    """了, 目前, 去年: done, unless the section tells of lacks."""
    told = _first(_own_cues(around), "done.le", "done.time")
    own = around.clauses[around.own[0]]
    if told and told.kind == "done.le":
        state, leads = carried_state(around)
        if state and leads and state.status == PLANNED:
            return state
    if told is None or (around.section and around.section.status == LACKING and not own.contrast):
        return None
    return Verdict(IMPLEMENTED, told.words, "clause")


def _answer(around: Surroundings) -> Verdict | None:
    """谁来包这个村?报告打上去三回,没下文: a question is settled by a lack that answers it."""
    if not around.answer or around.text[around.clauses[-1].folded_span.end - 1] != "?":
        return None
    when = _WHEN.search(around.text, around.clauses[0].folded_span.start, around.clauses[-1].folded_span.end)
    for clause in around.answer:
        lack = clause.first("lacking.after", "lacking.before")
        if lack:
            return Verdict(LACKING, lack.words, "sentence")
        planned = clause.first("planned", "planned.lead", "planned.set", "planned.weak", "planned.hint")
        if planned and when:
            return Verdict(PLANNED, planned.words, "sentence")
        if clause.first("done", "done.le", "contrast"):
            return None
    return None


_WHEN = re.compile("何时|什么时候|几时|啥时|多会儿")


def _sentence(around: Surroundings) -> Verdict | None:
    """Cues of earlier clauses that still reach: 下一步…, 要…; a contrast or a semicolon ends them.

    A duty gives way to a date to come at the head of the stretch's own clause (年内…).
    """
    state = carried_state(around)[0]
    own = around.clauses[around.own[0]]
    soon = own.first("planned.weak")
    if state and state.status == CALLED_FOR and soon and soon.start == own.folded_span.start:
        return Verdict(PLANNED, soon.words, "clause")
    return state


def _paragraph(around: Surroundings) -> Verdict | None:
    """What an earlier sentence of the paragraph announces for those that follow it."""
    return around.carried


def _encouraged(around: Surroundings) -> Verdict | None:
    """支持…, 提倡… without a subject or a figure: wished for, also in a report or under what was done."""
    first, last = around.own
    own = around.clauses[first]
    start = own.folded_span.start
    end = around.clauses[last].folded_span.end
    found = _ENCOURAGING.match(around.text, start, end)
    if (
        found is None
        or own.first("done", "done.le", "done.time")
        or any(map(str.isdigit, around.text[found.start("word") : end]))
    ):
        return None
    return Verdict(CALLED_FOR, found["word"], "clause")


_ENCOURAGING = re.compile(
    r"\"?(?:[^,;。]{0,4}(?:[、.)]|[一二三四五六七八九]是))?(?P<word>支持|鼓励|提倡|倡导|引导|扶持)(?!力|了|下)"
)


def _weak(around: Surroundings) -> Verdict | None:
    """Cues too weak to stand against anything else: 年内, 再派; 鼓励, 支持 without a figure."""
    cues = _own_cues(around)
    before = around.clauses[max(0, around.own[0] - 1)].cues
    planned = _first([*before, *cues], "planned.weak")
    sequel = planned and planned.words == "再" and "先" in _told_before(around, planned.start)
    if planned and planned.start <= around.span.end and not sequel:
        return Verdict(PLANNED, planned.words, "clause")
    own = around.clauses[around.own[0]].folded_span
    promised = _first(
        [c for clause in around.clauses[: around.own[1] + 1] for c in clause.cues], "planned.hint"
    )
    if promised and _ANSWERED.search(_told_before(around, promised.start)):
        return Verdict(PLANNED, promised.words, "sentence")
    called = _first(cues, "called.weak")
    if called is None and around.own[0] == 0:
        called = next((cue for cue in cues if cue.kind == "called.start" and cue.start == own.start), None)
    if called is None or called.start >= around.span.end:
        return None
    figures = any(map(str.isdigit, around.text[own.start : around.span.end]))
    return None if figures else Verdict(CALLED_FOR, called.words, "clause")


_ANSWERED = re.compile("答复|回话|给了话|透露|披露|表态|答应|预告|放话|放出话|放了话")


def _told_before(around: Surroundings, offset: int) -> str:
    return around.text[around.clauses[0].folded_span.start : offset]
