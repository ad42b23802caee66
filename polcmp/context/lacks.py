"""Weighs the lacks named around a stretch: which of them the stretch itself suffers.

A lack may be forbidden (不能流于形式), set right (补缴拖欠的…), a condition (一旦亏损…) or a mark of somebody
else (没有产业的村). Must not decide a status; `polcmp.context.status` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from polcmp.context.carry import Surroundings
from polcmp.context.clauses import Clause, attributive
from polcmp.context.cues import Cue
from polcmp.model.mention import CALLED_FOR, PLANNED

_WHOM = re.compile(r"[^,;。]*的[^,;。]{0,6}(?:村|户|嘎查|乡|镇|地方|地区|人|家庭|屯|组|社区|连队|单位|片区),")
_ENDINGS = frozenset(["取消", "撤销", "停止", "暂停", "终止", "停发", "不派", "不发", "不给", "撤掉"])
_CONDITION = re.compile(r"(?:[^。]*[,;:。])?\"?(?:对|凡|如|若|因|经|一旦|发现|连续)[^,;。]*$")
_DESCRIBED = re.compile(
    r"[^,;。]{0,16}的[,;]|[^,;。]{0,6}的(?:予以|给予|由|按|一律|要|应|[^,;。:!?\"、\d]{1,6})"
)
_ATTRIBUTE = re.compile(r"[^,;。]{0,6}?的(?=[^,;。])|(?=村|社|点|户|屯|项目|协议|单位|企业|部门)")
_MENDING = re.compile(
    "补缴|补签|补付|补发|补足|补派|补选|补上|补齐|追缴|追回|追付|清收|清欠|兑付了?|督促|责令|恢复|重启|重新|激活|盘活|召回|调换|撤换|更换|替换"
    "|调整|约谈|问责|通报|处理|处置|整改|整顿|销号|理顺|接续|续上|接上|另行|接手"
)
_OTHERS = re.compile("个别|部分|少数|其余|剩下|剩余|尚有|另|其他|余下|有些|邻|对面|隔壁")
_BACKWARD = re.compile(
    r"(?:却|但|可|而|一直|至今|还|也|都|又|多|大多|大都|长期|始终|目前|眼下|如今|后来|结果|往往|常常|基本|几乎|最后|拖了?"
    r"|[一二三四五半几两]年|牌子|有的|实际|其实|事实上|很多|不少|多数|从|再|已|便|就|因|.{0,4}[年月后]|\"){0,4}"
)
_SHORT_SUBJECT = 6


def own_lack(around: Surroundings, cues: Sequence[Cue]) -> Cue | None:
    """The first lack that reaches the stretch: what negates stands before its end, what fails anywhere.

    Args:
        around: the stretch and what stands around it.
        cues: cues of the clauses the stretch touches, in order.
    """
    clause_ends = {clause.folded_span.end for clause in around.clauses}
    for cue in cues:
        if _describes_the_helped(around, cue):
            continue
        if cue.kind == "lacking.after" and not (
            _set_right(around, cue) or to_be_mended(around, cue) or _names_whom(around, cue)
        ):
            return cue
        if cue.kind == "lacking.before":
            at_end = cue.end in clause_ends or cue.end + 1 in clause_ends
            reaches = cue.start < around.span.end and not attributive(around.text, cue, around.span.start)
            if (
                (at_end or reaches)
                and not _names_whom(around, cue)
                and not (cue.words in _ENDINGS and to_be_mended(around, cue))
            ):
                return cue
    return None


def lack_after(around: Surroundings, last: int) -> Cue | None:
    """The lack that a later clause tells of this one (…,形同虚设), None when it has a subject of its own.

    Args:
        around: the stretch and what stands around it.
        last: index of the last clause the stretch touches. The clause after it is asked; and the one after
            that, when the first says nothing of a status.
    """
    told_between = False
    for number, after in enumerate(around.clauses[last + 1 : last + 3]):
        lack = after.first("lacking.after") or _flat_denial(around.text, after)
        start = after.folded_span.start
        if lack and lack.start == start and around.text[start - 1] == "|":
            return lack  # 帮扶单位|空缺: a cell that says how it stands with the one before
        if after.after_semicolon or after.enumerated:
            return None
        if lack and not (
            to_be_mended(around, lack)
            or _set_right(around, lack)
            or _RULED.match(around.text, lack.end)
            or any(cue.family == "called" and cue.start < lack.start for cue in after.cues)
        ):
            between = _SINCE.sub("", around.text[after.folded_span.start : lack.start])
            short = len(between) <= _SHORT_SUBJECT and not _OTHERS.search(between)
            if told_between and len(between) > 1:
                return None
            if _BACKWARD.fullmatch(between) or (short and not (after.contrast and number == 0)):
                return lack
        short = after.folded_span.end - start <= _SHORT_TALE
        told_between = short and bool(after.cues) and all(cue.family == "done" for cue in after.cues)
        if after.cues and not told_between and not _REASON.match(around.text, start):
            return None
    return None


_SINCE = re.compile(
    r"(?:从|自)?(?:20\d\d年|去年|前年|今年)(?:\d+月|[春夏秋冬底初])?(?:起|开始|以来|后|之后|以后)?"
)
"""企业从2021年起就未再兑付: a time counts as no subject."""

_SHORT_TALE = 8
"""说好每亩给400斤,去年遭了水,一粒没见着: most code points of what happened in between; set by hand."""

_REASON = re.compile("[因由鉴]")
"""因该资产已抵押,目前无法办理: a reason between what is asked and what becomes of it."""


def _flat_denial(text: str, after: Clause) -> Cue | None:
    """却没…, 一直未…: a negation that takes up the clause before, without a subject of its own."""
    lack = after.first("lacking.before")
    if lack is None or lack.words not in ("没", "没有", "未", "未能", "没能"):
        return None
    between = text[after.folded_span.start : lack.start]
    if not between:
        return lack if _NOTHING.match(text, lack.end, after.folded_span.end) else None
    return lack if _TAKES_UP.fullmatch(between) else None


_NOTHING = re.compile("有?(?:一[个次回]|半[点次]|任何|实质|真正|动静)")


_TAKES_UP = re.compile(
    r"(?:却|但|可|而|至今|一直|始终|仍|还|也|都|又|后来|结果|最后|就|\d*[一两三四五几]?年[来多]?|.{1,3}年){1,3}"
)


def to_be_mended(around: Surroundings, lack: Cue) -> bool:
    """Whether a plan or order only names a lack to set it right (对拖欠的回报逐笔清收, 不在岗的予以召回)."""
    ruling = around.section or around.paper
    if ruling is None or ruling.status not in (PLANNED, CALLED_FOR):
        return False
    start = around.clauses[0].folded_span.start
    before = around.text[start : lack.start]
    return bool(_DESCRIBED.match(around.text, lack.end) or _CONDITION.match(before) or "的," in before[-40:])


def orders_against(around: Surroundings, called: Cue | None, lacking: Cue) -> bool:
    """Whether the lack is what an order of the same clause forbids or mends (不得挂名, 要补上空缺)."""
    if called is None:
        return False
    return any(
        cue.family == "called" and cue.kind != "called.lead" and cue.start <= lacking.start
        for clause in around.clauses
        if clause.folded_span.start <= lacking.start < clause.folded_span.end
        for cue in clause.cues
    )


def _set_right(around: Surroundings, lack: Cue) -> bool:
    """Whether the lack only describes what the clause mends (补缴拖欠的分红, 对不在岗的队员作召回处理)."""
    described = _ATTRIBUTE.match(around.text, lack.end)
    if described is None:
        return False
    span = next(c.folded_span for c in around.clauses if lack.start < c.folded_span.end)
    return bool(
        _MENDING.search(around.text, span.start, lack.start)
        or _MENDING.search(around.text, described.end(), span.end)
    )


def _names_whom(around: Surroundings, lack: Cue) -> bool:
    """Whether the lack only says whom the next clause is about (没有产业的村,由企业认领)."""
    for clause in around.clauses[around.own[0] : around.own[1]]:
        span = clause.folded_span
        if span.start <= lack.start < span.end:
            return bool(
                _WHOM.fullmatch(around.text, lack.end, span.end) or _RULED.match(around.text, lack.end)
            )
    return False


def _describes_the_helped(around: Surroundings, lack: Cue) -> bool:
    """Whether the lack only describes to whom, or with what, the clause acts.

    给16个缺人的村补派干部; 7名未到岗干部由组织部换人; 空了十几年的老屋按间数折股.
    """
    span = next((c.folded_span for c in around.clauses if lack.start < c.folded_span.end), None)
    if span is None:
        return False
    subject = _SUBJECT.match(around.text, lack.end, span.end)
    if subject and _COUNTED.fullmatch(around.text, span.start, lack.start):
        return True
    helped = _HELPED.match(around.text, lack.end, span.end)
    return bool(
        helped
        and _TOWARDS.search(around.text, max(span.start, lack.start - _GIVER_REACH), lack.start)
        and (
            _ACTS.search(around.text, helped.end(), span.end)
            or _ACTS.search(around.text, span.start, lack.start)
        )
    )


_GIVER_REACH = 24
"""Code points before a lack in which 给 or 为 may stand; as far as `_cancelled` in `clauses` looks back."""

_HELPED = re.compile(
    r"[^,;:。的]{0,8}的[^,;:。的]{0,6}(?:村|户|嘎查|乡镇|乡|镇|屯|组|社区|连队|地方|单位|企业|合作社|老人|群众)"
)
"""Whom the lack describes: 缺人|的村."""
_SUBJECT = re.compile(r"[^,;:。的]{0,6}的?[^,;:。的]{1,6}?(?:由|按|被|经|统一|一并)(?!此)[^,;。没未不无]{3,}")
"""A described subject with what is done with it: 未到岗|干部由组织部换人."""
_COUNTED = re.compile(r"\"?(?:\d+\.)?\"?\d*[^,;:。]{0,2}")
"""Nothing but a number and a unit before the lack: 7名|未到岗."""
_TOWARDS = re.compile(r"(?:给|为|向|往|到|对|替|帮|让|把|将|由|从)[^,;:。的]{0,16}$")
"""给, 为 and the like, after which the lack describes an object."""
_ACTS = re.compile("派|配|补|选|送|放|调|安排|落实|明确|结|包|联|帮|扶|支持|投|拨|找|牵|建|设|抽|住")

_RULED = re.compile(
    r"[^,;。]*的,?(?:一律|予以|给予|责令|取消|退回|不予|不得|由|按|要|应|须|严肃|限期|全部|逐|通报|约谈|召回|调整|扣|追究|视情|依规|年底|年度|发现|查实)"
)
