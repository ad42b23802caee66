"""What the section, the kind of paper and rules laid down in it say of a stretch.

Steps of the cascade in `polcmp.context.status` that read no cue of the stretch's own clause; each gives a
`Verdict` or None.
"""

from __future__ import annotations

import re

from polcmp.context.carry import Surroundings, Verdict
from polcmp.model.mention import CALLED_FOR, IMPLEMENTED, LACKING, PLANNED
from polcmp.text.span import Span


def response(around: Surroundings) -> Verdict | None:
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
    supplied = supplied or _STOCK.search(around.text, span.start, span.end)
    return Verdict(IMPLEMENTED, supplied.group(), "clause") if supplied else None


_SUPPLIED = re.compile(
    r"(?:派|选|补|增|配|建|成立|安排|签|引进|协调|落实|凑|请来|投|划)[^,;。]{0,4}了(?=[^,;。]{0,4}[\d一二两三四五六七八九十])"
)


_STOCK = re.compile(r"(?:在岗|在册|现有|共有|驻有)[^,;。]{0,12}\d")
"""How many there are, told before what is wrong with them."""


def schedule(around: Surroundings) -> Verdict | None:
    """In orders and rules a bare date is a date to come (6月上旬,队员到岗)."""
    ruling = around.section or around.paper
    if ruling is None or ruling.status != CALLED_FOR:
        return None
    for clause in around.clauses[: around.own[1] + 1]:
        found = DATE.match(around.text, clause.folded_span.start, clause.folded_span.end)
        if found:
            return Verdict(PLANNED, found.group(), "sentence")
    return None


DATE = re.compile(r"\"?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月|第[一二三四]季度|[上下]半年|20\d\d年)")


def norm(around: Surroundings) -> Verdict | None:
    """In a plan, what is to be done again and again is a duty (每季度至少到村一次)."""
    ruling = around.section or around.paper
    first, last = around.own
    span = Span(around.clauses[first].folded_span.start, around.clauses[last].folded_span.end)
    planned = ruling is not None and ruling.status == PLANNED
    if planned or (ruling is None and not any(clause.cues for clause in around.clauses[first : last + 1])):
        found = (_RECURRING if planned else _LEAST).search(around.text, span.start, span.end)
        return Verdict(CALLED_FOR, found.group(), "clause") if found else None
    return None


_LEAST = re.compile(
    r"每(?:人|名|个单位)?每?(?:周|月|季度?|半年|年|两个?月|旬)[^,;。\d]{0,14}(?:至少|不少于|不得少于)[^,;。]{0,12}[天次回晚]"
    r"|每(?:周|月|季度?|年)(?:驻村|到村|在岗|蹲点|走访|入户)[^,;。]{0,4}\d+(?:天|次|晚)以上"
)
"""A least number of times is laid down, not told: nobody reports that it was kept by a least number."""


_RECURRING = re.compile(
    r"每(?:周|月|季度?|半年|年|两个?月|旬)[^,;。]{0,10}(?:至少|不少于|不低于|不得少于|原则上|[\d一两三四五六七八九十]+(?:次|天|回|晚)(?!会))|原则上|一律|不得|严禁|脱产|脱钩|不少于[^,;。]{0,4}[天晚次]"
)


def score(around: Surroundings) -> Verdict | None:
    """每少派1人扣2分: what an assessment takes points for is called for, unless it is told as done."""
    first, last = around.own
    clauses = around.clauses[first : last + 2]
    if any(cue.family == "done" for clause in clauses for cue in clause.cues):
        return None
    found = _SCORE.search(around.text, clauses[0].folded_span.start, clauses[-1].folded_span.end)
    return Verdict(CALLED_FOR, found.group(), "sentence") if found else None


_SCORE = re.compile(
    r"(?<![被已增缩削添])(?:每[^,;。]{1,24}(?:计|扣|加|记|倒扣|减|得)\d+(?:\.\d+)?分|(?:计|扣|倒扣|加)\d+(?:\.\d+)?分|得\d+(?:\.\d+)?分,每)"
    r"(?![钱之钟红公店行厘米])"
)
"""Points of an assessment (codebook: a duty); minutes, dividends and money are 分 as well."""


def rule(around: Surroundings) -> Verdict | None:
    """凡…的,一律…; 对…的,予以…: what is laid down for a kind of case."""
    sentence = Span(around.clauses[0].folded_span.start, around.clauses[-1].folded_span.end)
    found = _RULE.match(around.text, sentence.start, sentence.end)
    if found is None:
        own = around.clauses[around.own[0]].folded_span
        found = _NORM.match(around.text, own.start, sentence.end)
    return Verdict(CALLED_FOR, found["rule"], "sentence") if found else None


_NORM = re.compile(r"[^,;。\d]{2,24}的,[^,;。]{0,8}(?P<rule>不宜|不得|不应|应当|务须|必须|一律)")
"""设集体股的,占比不宜超过…: a norm for those who are named first."""


_RULE = re.compile(
    r"\"?(?:[^,;。]{0,6}(?:[、.)]|[一二三四五六七八九]是))?(?:(?:今后|往后|以后)?凡是?[^,;。]*,|对[^,;。\d]*(?:的[^,;。\d]{0,6}|者),|(?:不|未|逾期|连续)[^,;。\d]*的[^,;。\d]{0,6},(?=一律|不予|不得|责令|取消|严肃))(?P<rule>一律|予以|给予|责令|取消|退回|不予|不得|由|按|严肃|限期|可|必须|都?要|都?得|应|须)"
)


def section(around: Surroundings) -> Verdict | None:
    """What the headings above say."""
    if around.section is None:
        return None
    turn = _turn(around) if around.section.status == LACKING else ""
    if turn:
        return Verdict(IMPLEMENTED, turn, "sentence")
    return Verdict(around.section.status, around.section.words, "section")


def _turn(around: Surroundings) -> str:
    """牌子都挂了,然而没有一笔资产折股: among lacks, what stands before the turn is granted."""
    for clause in around.clauses[around.own[1] + 1 :]:
        turn = clause.first("contrast") if clause.contrast else None
        if turn and clause.first("lacking.before", "lacking.after"):
            return turn.words
    following = _TURN.match(around.text, around.clauses[-1].folded_span.end - 1)
    return following["turn"] if following else ""


_TURN = re.compile("[;。](?P<turn>但是?|然而|不过|可是)[^。;]{0,40}[没未无不少难]")


def preamble(around: Surroundings) -> Verdict | None:
    """Before an order begins (提出如下意见), what is told with a figure or of a time past has happened."""
    if not around.opening or around.section is not None:
        return None
    first, last = around.own
    start, end = around.clauses[0].folded_span.start, around.clauses[last].folded_span.end
    past = _PAST.search(around.text, start, end)
    counted = _COUNTED.search(around.text, around.clauses[first].folded_span.start, end)
    told = past or counted
    return Verdict(IMPLEMENTED, told.group(), "sentence") if told else None


_PAST = re.compile("期间|以来|年来|去年|前年|上年|截至|截止|累计")
_COUNTED = re.compile(r"\d+(?:名|人|个|支|家|户|亿?万?元)")


def paper(around: Surroundings) -> Verdict | None:
    """What the kind of paper says."""
    if around.paper is None:
        return None
    return Verdict(around.paper.status, around.paper.words, "document")
