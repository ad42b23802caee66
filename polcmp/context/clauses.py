"""Cuts a sentence into the stretches a cue may reach, with the cues of each.

Knows where a cue's reach ends (clause, contrast) and which occurrences of a cue word are none because of
what stands around them; the verdict itself is made in `polcmp.context.status`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from polcmp.context.cues import Cue, sentence_lexicon
from polcmp.model.document import Sentence
from polcmp.text.span import Span

_SPLITTING = ("但", "但是", "然而")
_CLOSING = frozenset(',;:。!?、"—')
_NUMERALS = frozenset("一二三四五六七八九十百千万两半")
_PREPOSITION = re.compile(
    r"按|根据|对照|依照|依据|围绕|符合|落实|贯彻|达到|遵循|结合|满足|服从|适应|紧扣|违反|遵守"
)
_NOUN_BEFORE_PLAN = frozenset('动年作展业按施的育升兴程才度资设训》列入划"建')
_ENUMERATED = re.compile(
    r"\"?(?:[一二三四五六七八九十]是|[一二三四五六]要|第[一二三四五六七八九十]|其[一二三四五六]|再一条|一条|首先|其次|再次|最后(?![也还都却没只竟仍又就])|同时|此外|另外|另一方面|一方面"
    r"|\([一二三四五六七八九十\d]+\)|\d{1,2}[.、]|[①-⑩])"
)
_ATTRIBUTE = re.compile(
    r"的[^,;:。]{0,4}?(?:村|户|嘎查|乡|镇|地方|地区|人|群众|家庭|屯|组|社区|连队|单位|干部)"
)


class Clause(NamedTuple):
    """A clause, or the part of one before or after a contrast, with its cues.

    Attributes:
        folded_span: the stretch.
        cues: valid cues in order.
        contrast: whether it begins with 但, 而, 却 and the like.
        after_semicolon: whether a semicolon, or the end of a table's cell, stands before it.
        enumerated: whether it begins as an item of a list (一是, 其二, 同时).
    """

    folded_span: Span
    cues: tuple[Cue, ...]
    contrast: bool
    after_semicolon: bool
    enumerated: bool

    def first(self, *kinds: str) -> Cue | None:
        """First cue of these kinds, None when there is none."""
        for cue in self.cues:
            if cue.kind in kinds:
                return cue
        return None


def read_clauses(text: str, sentence: Sentence) -> tuple[Clause, ...]:
    """The clauses of a sentence, cut once more before 但.

    Args:
        text: folded text of the document.
        sentence: one of its sentences.

    Returns:
        One clause or more, in order, covering the sentence.
    """
    clauses: list[Clause] = []
    for span in sentence.clauses:
        cues = sentence_lexicon().scan(text, span)
        if cues:
            cues = [cue for cue in _affirmed(text, cues) if _holds(text, span, cue)]
        start = span.start
        for cue in [cue for cue in cues if cue.words in _SPLITTING and cue.start - span.start > 1]:
            clauses.append(_clause(text, Span(start, cue.start), cues, clauses))
            start = cue.start
        clauses.append(_clause(text, Span(start, span.end), cues, clauses))
    return tuple(clauses)


_DENYING = frozenset(["没", "没有", "未", "未曾", "从未", "从没", "毫无", "不曾", "没人", "无人", "没让"])
_DENIAL_REACH = 8


def _affirmed(text: str, cues: list[Cue]) -> list[Cue]:
    """Cues without a negation that denies a lack and without that lack (没有一家退股)."""
    dropped: set[Cue] = set()
    if len(cues) < 2:
        return cues
    for cue, after in pairwise(cues):
        between = text[cue.end : after.start]
        if (
            cue.words in _DENYING
            and after.kind == "lacking.after"
            and len(between) <= _DENIAL_REACH
            and "、" not in between
            and not OVERCOMING.search(between)
        ):
            dropped.update((cue, after))
    return [cue for cue in cues if cue not in dropped]


def _clause(text: str, span: Span, cues: list[Cue], before: list[Clause]) -> Clause:
    own = tuple(cue for cue in cues if span.start <= cue.start < span.end)
    contrast = any(cue.family == "contrast" and cue.start - span.start <= 1 for cue in own)
    semicolon = bool(before) and text[before[-1].folded_span.end - 1] in ";。|"
    return Clause(span, own, contrast, semicolon, starts_item(text, span))


def starts_item(text: str, span: Span) -> bool:
    """Whether a stretch begins as an item of a list."""
    return bool(_ENUMERATED.match(text, span.start, span.end))


def attributive(text: str, cue: Cue, upto: int) -> bool:
    """Whether a cue only describes a place or person (没有集体收入的村…) named before `upto`."""
    return bool(_ATTRIBUTE.search(text, cue.end, max(upto, cue.end)))


def _holds(text: str, clause: Span, cue: Cue) -> bool:
    """Whether the word is a cue where it stands."""
    following = text[cue.end : cue.end + 1] if cue.end < clause.end else ""
    if cue.words == "计划":
        return (
            bool(following)
            and following not in _CLOSING
            and following != "的"
            and _free_before(text, clause, cue)
        )
    if cue.kind == "called.ask":
        return _asks(text, clause, cue, following)
    if cue.words in _DUTIES and _ATTRIBUTIVE_DUTY.match(text, cue.end, clause.end):
        return False
    if cue.words == "了":
        return cue.start > clause.start and text[cue.start - 1] not in _CLOSING
    if cue.words == "不足" and (following.isdigit() or following in _NUMERALS):
        return False
    if cue.kind == "planned.weak" and following == "的":
        return False
    if cue.kind == "called.lead" and len(cue.words) == 2:
        noun = cue.start > clause.start and text[cue.start - 1] in "的出见化条有新是"
        return not noun and following not in ("的", "中", "下")
    if cue.kind == "planned.lead" and following == "的" and "为" in text[clause.start : cue.start]:
        return False
    if cue.kind == "planned" and cue.words.endswith("将"):
        return not _takes_object(text, clause, cue)
    if cue.family == "lacking" and cue.kind != "lacking.cancel":
        return not _cancelled(text, clause, cue)
    if cue.kind == "contrast" and cue.words in ("而", "只是", "不过"):
        return cue.start - clause.start <= 1
    return True


_DUTIES = frozenset(["应", "须", "应当", "必须"])
_ATTRIBUTIVE_DUTY = re.compile(r"[^,;。由把将]{1,3}的(?=[^,;。])")

_OBJECT = re.compile(
    r"[^,;。]{2,24}(?:[纳列]入|作为|列为|变成|变为|折|量化|打包|整合|投入|投向|用于|交给|租给|送到|改成|改为|记在|放在|结成|挂钩)"
)


def _takes_object(text: str, clause: Span, cue: Cue) -> bool:
    """Whether 还将, 也将 only mark the object (还将工作队的表现纳入考核) and announce nothing."""
    at = cue.end - 1
    announces = any(one.kind == "planned" for one in sentence_lexicon().words_at(text, at, clause))
    return not announces and bool(_OBJECT.match(text, cue.end, clause.end))


def _free_before(text: str, clause: Span, cue: Cue) -> bool:
    """Whether 计划 is a verb: no noun stands before it (扶贫计划), though a year may (2024年计划选派)."""
    if text[cue.start - 2 : cue.start] in _PLAN_OF:
        return False
    if cue.start == clause.start or text[cue.start - 1] not in _NOUN_BEFORE_PLAN:
        return True
    return text[cue.start - 1] == "年" and bool(_PLANNED_ACT.match(text, cue.end, clause.end))


_PLAN_OF = frozenset(
    ["帮扶", "年度", "培训", "轮换", "招录", "招募", "生产", "扶贫", "脱贫", "振兴", "选派", "三年", "五年"]
)
_PLANNED_ACT = re.compile(
    "再|将|选|派|轮换|新|组建|成立|建|投|实施|完成|引[导进]|发展|安排|通过|在|把|对|让|由|吸纳|培育|推|扩"
)


def _asks(text: str, clause: Span, cue: Cue, following: str) -> bool:
    """Whether 要求 or 规定 is a verb: nothing like 按照 before it, no noun's surroundings."""
    if _PREPOSITION.search(text, clause.start, cue.start) or following in ("的", "和", "、", "。", '"', ""):
        return False
    return cue.start == clause.start or text[cue.start - 1] not in '的、"《本若干'


OVERCOMING = re.compile(
    "填补|消除|消灭|扫除|避免|防止|杜绝|解决|破解|化解|补齐|弥补|结束|打破|改变|告别|摆脱|克服|扭转|针对|聚焦|围绕|瞄准|着眼"
    "|根治|纠正|整治|整改|排查|治理|纠治|防范|走出|破除|免除|解除|改善|面对|鉴于|考虑到|排除|补上|打消|清除|遏制"
)
_CANCELS_AFTER = re.compile(
    r".{0,3}(?:清零|消除|得到解决|见底|一去不返|成为历史|成了历史)|[^,;。]{0,10}(?:补齐|补上|填补|填平|归零|化解|整改到位|纠正|了断|结清|付清|还清|接上|换成)"
)
_FORESTALLED = re.compile(
    r"(?:(?:不|没有?|未|绝非|并非|无一?|零)(?:再|会|搞|是|做|当|走|玩|图|让|使|存在|出现|发生|至于|肯){0,2}[^,;。不没未]{0,2}|以免|免得|以防|谨防|严防|(?:确保|保证|力求|做到)[^,;。]{0,10}不|才没有?)$"
)
_SUPPOSED = re.compile(
    r"\"?(?:如果|倘若|假如|要是|一旦|万一|若|如遇|若遇|即使|即便|哪怕|就算|谁说|莫说|别说|难道|岂)"
)


def _cancelled(text: str, clause: Span, cue: Cue) -> bool:
    """Whether a lack is only named to be overcome, forestalled or supposed (填补空白, 以免落空, 一旦亏损)."""
    before = max(clause.start, cue.start - 24)
    return bool(
        OVERCOMING.search(text, before, cue.start)
        or _CANCELS_AFTER.match(text, cue.end, clause.end)
        or (cue.kind == "lacking.after" and _FORESTALLED.search(text, clause.start, cue.start))
        or _SUPPOSED.match(text, clause.start, cue.start)
    )
