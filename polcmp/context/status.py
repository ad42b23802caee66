"""Reads whether a stretch is done, planned, called for or lacking: an explainable cascade.

Own clause > neighbouring clauses of the sentence > earlier sentences of the paragraph > section > kind of
paper > weak cues > default. Each step is one function that gives a `Verdict` or None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from polcmp.context.carry import Surroundings, Verdict, carried_state
from polcmp.context.clauses import Clause, attributive
from polcmp.context.cues import Cue
from polcmp.model.mention import CALLED_FOR, IMPLEMENTED, LACKING, PLANNED
from polcmp.text.span import Span

_TOPIC = re.compile(
    r"(?:任务|体系|制度|机制|关系|办法|方案|标准|工作|行动|比例|责任|名单|人选|党委|总支|支部|联席会|会议|联合体|共同体|合作社|队伍"
    r"|工作队|红利|分红|保底|收益|回报|股份|股权|协议|平台|机构|模式|政策|干部|书记|队员|名额|对子|后|的人|资金|金)\"?,$"
)
_BACKWARD = re.compile(
    r"(?:却|但|可|而|一直|至今|还|也|都|又|多|大多|大都|长期|始终|目前|眼下|如今|后来|结果|往往|常常|基本|几乎|最后|拖了?"
    r"|[一二三四五半几两]年|牌子|有的|实际|其实|事实上|很多|不少|多数|从|再|已|便|就|因|.{0,4}[年月后]|\"){0,4}"
)
_SHORT_SUBJECT = 6
_OTHERS = re.compile("个别|部分|少数|其余|剩下|另|其他|余下|有些|邻|对面|隔壁")


def read_status(around: Surroundings) -> Verdict:
    """Ask step after step; the first that answers decides, and a plain report is done.

    Args:
        around: the stretch and what stands around it.

    Returns:
        Always a verdict; ``default`` when no step answered (codebook, section Status).
    """
    for step in (
        _conceded,
        _terms,
        _own_clause,
        _neighbours,
        _reported,
        _sentence,
        _paragraph,
        _response,
        _schedule,
        _section,
        _paper,
        _weak,
    ):
        verdict = step(around)
        if verdict:
            return verdict
    return Verdict(IMPLEMENTED, "", "default")


def _own_cues(around: Surroundings) -> list[Cue]:
    first, last = around.own
    return [cue for clause in around.clauses[first : last + 1] for cue in clause.cues]


def _first(cues: Sequence[Cue], *kinds: str) -> Cue | None:
    return next((cue for cue in cues if cue.kind in kinds), None)


def _own_clause(around: Surroundings) -> Verdict | None:
    """Cues in the clauses the stretch itself touches."""
    cues = _own_cues(around)
    done = _first(cues, "done")
    called = _called(around, cues)
    planned = _first(cues, "planned", "planned.lead")
    lacking = _lacking(around, cues)
    if lacking and not _orders_against(around, called, lacking):
        return Verdict(LACKING, lacking.words, "clause")
    settled = _first(cues, "planned.set")
    if settled:
        return Verdict(PLANNED, settled.words, "clause")
    if done and not _only_describes(around, done, called or planned):
        return Verdict(IMPLEMENTED, done.words, "clause")
    if called and called.kind == "called.want":
        announced = planned or _first(cues, "planned.weak", "planned.hint")
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


def _orders_against(around: Surroundings, called: Cue | None, lacking: Cue) -> bool:
    """Whether the lack is what an order of the same clause forbids or mends (不得挂名, 要补上空缺)."""
    if called is None or called.kind == "called.lead" or called.start > lacking.start:
        return False
    return any(
        clause.folded_span.start <= called.start and lacking.start < clause.folded_span.end
        for clause in around.clauses
    )


def _called(around: Surroundings, cues: Sequence[Cue]) -> Cue | None:
    """The first duty or wish; 要求 and 建议 must stand before the end of the stretch."""
    for cue in cues:
        if cue.kind == "called" or (
            cue.kind in ("called.want", "called.ask", "called.lead") and cue.start < around.span.end
        ):
            return cue
    return None


def _lacking(around: Surroundings, cues: Sequence[Cue]) -> Cue | None:
    """The first lack that reaches the stretch: what negates stands before its end, what fails anywhere."""
    clause_ends = {clause.folded_span.end for clause in around.clauses}
    for cue in cues:
        if cue.kind == "lacking.after" and not _to_be_mended(around, cue):
            return cue
        if cue.kind == "lacking.before":
            at_end = cue.end in clause_ends or cue.end + 1 in clause_ends
            reaches = cue.start < around.span.end and not attributive(around.text, cue, around.span.start)
            if (
                (at_end or reaches)
                and not _names_whom(around, cue)
                and not (cue.words in _ENDINGS and _to_be_mended(around, cue))
            ):
                return cue
    return None


def _names_whom(around: Surroundings, lack: Cue) -> bool:
    """Whether the lack only says whom the next clause is about (没有产业的村,由企业认领)."""
    for clause in around.clauses[around.own[0] : around.own[1]]:
        span = clause.folded_span
        if span.start <= lack.start < span.end:
            return bool(_WHOM.fullmatch(around.text, lack.end, span.end))
    return False


_WHOM = re.compile(r"[^,;。]*的[^,;。]{0,6}(?:村|户|嘎查|乡|镇|地方|地区|人|家庭|屯|组|社区|连队|单位|片区),")
_ENDINGS = frozenset(["取消", "撤销", "停止", "暂停", "终止", "停发", "不派", "不发", "不给", "撤掉"])
_CONDITION = re.compile(r"(?:[^。]*[,;:。])?\"?(?:对|凡|如|若|因|经|一旦|发现|连续)[^,;。]*$")
_DESCRIBED = re.compile(r"[^,;。]{0,6}的(?:[,;]|予以|给予|由|按|一律|要|应|[\u4e00-\u9fff]{1,6})")


def _to_be_mended(around: Surroundings, lack: Cue) -> bool:
    """Whether a plan or order only names a lack to set it right (对拖欠的回报逐笔清收, 不在岗的予以召回)."""
    ruling = around.section or around.paper
    if ruling is None or ruling.status not in (PLANNED, CALLED_FOR):
        return False
    start = around.clauses[0].folded_span.start
    before = around.text[start : lack.start]
    return bool(_DESCRIBED.match(around.text, lack.end) or _CONDITION.match(before) or "的," in before[-40:])


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


_DENIALS = frozenset(("实际上", "实则", "其实"))


def _terms(around: Surroundings) -> Verdict | None:
    """按协议, 合同写明…: the duties of a contract in force are done, not called for."""
    if around.section and around.section.status != IMPLEMENTED:
        return None
    if around.paper and around.paper.status != IMPLEMENTED:
        return None
    if _lacking(around, _own_cues(around)):
        return None
    for clause in around.clauses[: around.own[1] + 1]:
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
    lack = after.first("lacking.after")
    if lack and _leads_back(around.text, after, lack) and not _to_be_mended(around, lack):
        return Verdict(LACKING, lack.words, "sentence")
    if not _TOPIC.search(around.text, here.folded_span.start, here.folded_span.end):
        return None
    head = after.cues[0] if after.cues and after.cues[0].start - after.folded_span.start <= 4 else None
    if head and head.kind in ("planned", "planned.lead", "planned.set"):
        return Verdict(PLANNED, head.words, "sentence")
    if head and head.kind == "called":
        return Verdict(CALLED_FOR, head.words, "sentence")
    return None


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


def _response(around: Surroundings) -> Verdict | None:
    """Among the lacks of a section, what was done against them (针对…问题, 为此)."""
    if around.section is None or around.section.status != LACKING:
        return None
    for clause in around.clauses[: around.own[1] + 1]:
        cue = clause.first("lacking.cancel")
        if cue and cue.start < around.span.start:
            return Verdict(IMPLEMENTED, cue.words, "sentence")
    first, last = around.own
    span = Span(around.clauses[first].folded_span.start, around.clauses[last].folded_span.end)
    supplied = _SUPPLIED.search(around.text, span.start, span.end)
    return Verdict(IMPLEMENTED, supplied.group(), "clause") if supplied else None


_SUPPLIED = re.compile(
    r"(?:派|选|补|增|配|建|成立|安排|签|引进|协调|落实|凑|请来|投|划)[^,;。]{0,4}了(?=[^,;。]{0,4}[\d一二两三四五六七八九十])"
)


def _schedule(around: Surroundings) -> Verdict | None:
    """In orders and rules a bare date is a date to come (6月上旬,队员到岗)."""
    ruling = around.section or around.paper
    if ruling is None or ruling.status != CALLED_FOR:
        return None
    for clause in around.clauses[: around.own[1] + 1]:
        found = _DATE.match(around.text, clause.folded_span.start, clause.folded_span.end)
        if found:
            return Verdict(PLANNED, found.group(), "sentence")
    return None


_DATE = re.compile(r"\"?(?:\d{1,2}月|第[一二三四]季度|[上下]半年|20\d\d年)")


def _leads_back(text: str, after: Clause, lack: Cue) -> bool:
    """Whether no new subject stands between the comma and the lack, so that it speaks of what is before."""
    between = text[after.folded_span.start : lack.start]
    return bool(_BACKWARD.fullmatch(between)) or (
        not after.contrast and len(between) <= _SHORT_SUBJECT and not _OTHERS.search(between)
    )


def _sentence(around: Surroundings) -> Verdict | None:
    """Cues of earlier clauses that still reach: 下一步…, 要…; a contrast or a semicolon ends them."""
    return carried_state(around)[0]


def _paragraph(around: Surroundings) -> Verdict | None:
    """What an earlier sentence of the paragraph announces for those that follow it."""
    return around.carried


def _section(around: Surroundings) -> Verdict | None:
    if around.section is None:
        return None
    return Verdict(around.section.status, around.section.words, "section")


def _paper(around: Surroundings) -> Verdict | None:
    if around.paper is None:
        return None
    return Verdict(around.paper.status, around.paper.words, "document")


def _weak(around: Surroundings) -> Verdict | None:
    """Cues too weak to stand against anything else: 年内, 再派; 鼓励, 支持 without a figure."""
    cues = _own_cues(around)
    before = around.clauses[max(0, around.own[0] - 1)].cues
    planned = _first([*before, *cues], "planned.weak")
    sequel = planned and planned.words == "再" and "先" in _told_before(around, planned.start)
    if planned and planned.start <= around.span.end and not sequel:
        return Verdict(PLANNED, planned.words, "clause")
    own = around.clauses[around.own[0]].folded_span
    figures = any(character.isdigit() for character in around.text[own.start : around.span.end])
    called = _first(cues, "called.weak")
    if called is None and around.own[0] == 0:
        called = next((cue for cue in cues if cue.kind == "called.start" and cue.start == own.start), None)
    if called and called.start < around.span.end and not figures:
        return Verdict(CALLED_FOR, called.words, "clause")
    return None


def _told_before(around: Surroundings, offset: int) -> str:
    return around.text[around.clauses[0].folded_span.start : offset]
