"""What headings and the title say of the status of what stands under them.

A heading's status holds for its section (codebook, section Status); a title tells the kind of paper.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from polcmp.context.clauses import OVERCOMING
from polcmp.context.cues import heading_lexicon, sentence_lexicon, title_words
from polcmp.model.document import Segmentation
from polcmp.model.mention import CALLED_FOR, IMPLEMENTED, LACKING, PLANNED
from polcmp.text.span import Span

_BRACKETED = re.compile(r"\([^()]*\)|\s+$|【[^】]*】")
_ISSUED = re.compile(r"印发|转发|公布")
_ENACTING = re.compile(
    r"(?P<called>制定本(?:规定|办法|细则|意见|规则|制度|条例)|(?:通知|要求|意见)如下|提出如下(?:意见|建议))"
    r"|(?P<planned>制定本(?:实施|工作|行动)?(?:方案|计划|规划))"
)
_HEADLINE = re.compile(
    r"(?:出台|制定|启动|发布|推出|印发|公布|召开|解读|敲定|亮出)(?!方案|意见|细则|计划|办法|规划)[^\"《]*$"
)
_NUMBERING = "()0123456789一二三四五六七八九十、.,: "
_ARTICLE = re.compile(r"第[一二三四五六七八九十]{1,3}条")
_JOINED = re.compile(r"[与和及、暨]")
_SAME_MATTER = re.compile("原因|成因|根源|分析|反思|表现|矛盾|风险|教训|不利|制约")
_STUDY = re.compile("调研|思考|研究|探析|探讨|探索|浅谈|浅析|分析|对策|路径|困境")
_ADVISING_STUDY = re.compile("(?:观察|调研|调查|现状|实践|问题|困境|剖析|分析|透视)[^与及和]{0,6}[与及和]")
_REPORT = re.compile("(?:总结|报告|汇报)$")
_OPENING_LIMIT = 600


class Ruling(NamedTuple):
    """A status and the words that decided."""

    status: str
    words: str


def section_ruling(segmentation: Segmentation, section: int, title: str = "") -> Ruling | None:
    """Status that the nearest telling heading gives to its section.

    Args:
        segmentation: the document's.
        section: index of the section a sentence stands in.
        title: folded title of the paper.

    Returns:
        None when no heading from the innermost to the outermost says anything; the title is not asked. A
        motto (账要算得清) counts only where no heading above it tells of what is done.
    """
    motto: Ruling | None = None
    outermost = 0
    while section > 0:
        heading = segmentation.sections[section].heading
        ruling = heading_ruling(heading)
        if ruling:
            return ruling if motto is None or ruling.status == IMPLEMENTED else motto
        motto = motto or _modal(heading)
        outermost, section = section, segmentation.sections[section].parent
    return motto or (_after_lacks(segmentation, outermost, title) if outermost else None)


def _after_lacks(segmentation: Segmentation, section: int, title: str) -> Ruling | None:
    """What follows the chapter on lacks in a study is advice, in a report what is to be done next."""
    kind = CALLED_FOR if _STUDY.search(title) else PLANNED if _REPORT.search(title) else ""
    if not kind:
        return None
    parent = segmentation.sections[section].parent
    before = [
        heading_ruling(one.heading)
        for one in segmentation.sections[1:section]
        if one.parent == parent and one.level == segmentation.sections[section].level
    ]
    told = [ruling for ruling in before if ruling]
    return Ruling(kind, told[-1].words) if told and told[-1].status == LACKING else None


def heading_ruling(heading: str) -> Ruling | None:
    """Status a heading's own words give; None for none, and for 问题与建议, 试验与隐忧, which name two."""
    cues = heading_lexicon().scan(heading, Span(0, len(heading)))
    found = {cue.family: cue for cue in reversed(cues)}
    lacking, called = found.get("lacking"), found.get("called")
    if lacking and OVERCOMING.search(heading):
        lacking = None
    if called and any(mark in called.words for mark in "需请"):
        return Ruling(CALLED_FOR, called.words)
    planned, done = found.get("planned"), found.get("done")
    if lacking and (called or planned or _two_things(heading)):
        return None
    if called and planned:
        return Ruling(PLANNED, planned.words)
    for status, cue in ((LACKING, lacking), (CALLED_FOR, called), (PLANNED, planned), (IMPLEMENTED, done)):
        if cue:
            return Ruling(status, cue.words)
    measures = found.get("measures")
    if measures and not heading[: measures.start].strip(_NUMBERING):
        return Ruling(CALLED_FOR, measures.words)
    return None


def _two_things(heading: str) -> bool:
    """Whether what lacks is joined to something else (试验与隐忧), its causes apart (问题及原因)."""
    parts = _JOINED.split(heading)
    return len(parts) > 1 and not all(
        _SAME_MATTER.search(part)
        or any(cue.family == "lacking" for cue in heading_lexicon().scan(part, Span(0, len(part))))
        for part in parts
    )


def _modal(heading: str) -> Ruling | None:
    """A heading may itself be an order (要转变思想) or an announcement (将推开股改)."""
    cues = sentence_lexicon().scan(heading, Span(0, len(heading)))
    for cue in cues:
        if cue.kind in ("called", "called.want"):
            return Ruling(CALLED_FOR, cue.words)
        if cue.kind == "planned" and ("将" in cue.words or cue.words == "拟"):
            return Ruling(PLANNED, cue.words)
    return None


def document_ruling(text: str, segmentation: Segmentation, title: str) -> Ruling | None:
    """Status the kind of paper gives: rules and notices call, plans plan, reports report.

    Args:
        text: folded text.
        segmentation: its segmentation.
        title: folded title, ``""`` when unknown.

    Returns:
        None for news, mixed papers (总结和打算) and papers of no telling kind.
    """
    return _title_ruling(title) or _opening_ruling(text, segmentation)


def preamble_end(text: str) -> int:
    """Where the words stand with which an order or a plan turns to its own matter, 0 when there are none.

    Args:
        text: folded text.
    """
    found = _TURNS_TO_ORDERS.search(text, 0, 2 * _OPENING_LIMIT)
    return found.start() if found else 0


_TURNS_TO_ORDERS = re.compile(
    r"(?:提出|制定|作出|有关|通知|意见|要求|事项|工作|安排)[^。;\n]{0,12}如下[^。;\n]{0,8}[:。]|制定本[^。;\n]{2,8}。"
)


def _title_ruling(title: str) -> Ruling | None:
    title = _BRACKETED.sub("", title).strip(" ")
    issued = _ISSUED.search(title)
    if issued and "《" in title:
        title = title[title.index("《") + 1 :].partition("》")[0]
    elif issued and title.endswith("的通知"):
        title = title[issued.end() : -3]
    elif title.startswith("《"):
        title = title.strip("《》")
    words = title_words()
    ends = {
        kind: next((w for w in words[kind] if title.endswith(w)), "")
        for kind in ("called", "planned", "done")
    }
    news = "关于" not in title and (bool(_HEADLINE.search(title)) or ":" in title)
    if news:
        return None
    if ends["called"] and _ADVISING_STUDY.search(title):
        return None
    if ends["called"]:
        return Ruling(CALLED_FOR, ends["called"])
    if ends["planned"]:
        if _SHARED_OUT.search(title):
            return None
        mixed = any(word in title for word in words["done"]) or _AND_THEN.search(title)
        return None if mixed else Ruling(PLANNED, ends["planned"])
    if ends["done"] and not any(word in title for word in words["planned"]):
        return Ruling(IMPLEMENTED, ends["done"])
    return None


_AND_THEN = re.compile(
    r"[与和及、暨](?:20\d\d年度?|明年|下一?步|今后|来年|下一?阶段|下年度)?(?:工作)?(?:的)?(?:打算|计划|安排|设想|思路|谋划)$"
)
"""…工作要情及2023年打算: a plan that is joined to a report."""
_SHARED_OUT = re.compile("(?:分配|分红|处置|兑付|兑现)方案$")
"""A paper that shares out what a year has brought tells of that year as well."""


def _opening_ruling(text: str, segmentation: Segmentation) -> Ruling | None:
    """Read what the first sentences say of the paper itself (制定本办法), and its articles."""
    articles = 0
    for sentence in segmentation.sentences:
        if sentence.masked:
            continue
        span = sentence.folded_span
        articles += bool(_ARTICLE.match(text, span.start, span.end))
        if articles >= 3:
            return Ruling(CALLED_FOR, "第…条")
        found = _ENACTING.search(text, span.start, span.end) if span.start < _OPENING_LIMIT else None
        if found:
            return Ruling(CALLED_FOR if found["called"] else PLANNED, found.group())
    return None
