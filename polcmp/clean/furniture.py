"""Boilerplate in folded text: which lines are page furniture, by themselves and by what stands around them.

Nothing is deleted: the result is masks, each with the rule that made it. Body text must never be masked, so
every pass that goes by surroundings stops at prose.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from polcmp.clean.rules import NOTHING, Verdict, is_spam, judge, may_advertise, rules
from polcmp.model.document import Mask
from polcmp.text.cells import CELL
from polcmp.text.span import Span

_LONGEST_LINE = 520
"""Lines longer than this, in characters, are prose and are not judged (the longest notice is shorter)."""

_SENTENCE_END = r"[。!?;】)\]…](?:(?<=[。!?…])\")?"

_FOOTER = re.compile(
    _SENTENCE_END
    + r"(?=[\[(【]?(?:责任编辑|责编|编辑|编审|终审|审核|信息来源|文章来源|来源|稿源|原标题|原题|"
    r"上一篇|下一篇|免责声明|版权声明|特别声明|平台声明|图片来源|本文来源|记者|通讯员|作者|校对)[:|]"
    r"|返回搜狐|分享到|分享让更多人|相关阅读|相关新闻|推荐阅读|延伸阅读|打开APP|打开客户端|"
    r"扫一扫|举报/反馈|版权所有|【打印|【关闭|【纠错|【返回|【责任编辑|【字体)"
)
"""The end of a sentence with furniture right behind it."""

_ADVERT = re.compile(
    r"[_|(【-](?=[^_|。\n]{0,20}(?:官网|下注|投注|体育|娱乐|彩票|棋牌|手机版|[Aa][Pp][Pp]下载|登录入口))"
)
"""The mark with which an advertisement begins."""

_BULLET = re.compile(r"[-·•●○■◆◇▪★☆*>►▶#]|\d{1,2}[.、)]?(?=[^\d年月日%.])|\[\d+\]")

_SECTION_NUMBER = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]|[(第][一二三四五六七八九十\d]{1,3}[)条章节]|\d{1,2}[.、]"
)

_SIGNATURE = re.compile(
    r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日$|.{2,28}(?:委员会|办公室|人民政府|组织部|局|县委|市委|区委|旗委|乡|镇)$"
)

FRONT_MATTER = "front matter"
"""The rule of a block of fields at the top; the loader has read it."""

_FRONT_LINES = 40
"""Most lines of front matter; a ``---`` rule further down is one of the text's own."""

_FRONT_FIELD = re.compile(r"[A-Za-z_][\w-]{0,30} ?:|(?:地区|区域|日期|标题|来源) ?:|[-#] ?\S")
"""A field, an item of a list in one, or a remark."""

_SITE_ENDS = ("网", "日报", "晚报", "干部报", "客户端", "公众号", "官方微博", "发布", "APP")

_PROSE_END = ("。", "!", "?", ";", ":", '"', "…")


def find_boilerplate(text: str) -> tuple[Mask, ...]:
    """Page furniture in folded text.

    Args:
        text: folded text, paragraphs separated by newlines.

    Returns:
        Masks in order, disjoint; each covers whole lines or the end of one, newlines between masked
        lines of the same rule included.
    """
    pieces = _pieces(text)
    lines = [text[start:end] for start, end in pieces]
    front = _front_matter(lines)
    advertises = may_advertise(text)
    names = [FRONT_MATTER] * front + _named(lines[front:], advertises)
    return _with_inserts(text, _masks(text, pieces, names), advertises)


def _named(lines: list[str], advertises: bool) -> list[str]:
    """The rule of each line, ``""`` for body text."""
    known: dict[str, Verdict] = {}  # pages of short lines say the same again and again
    for line in lines:
        if line not in known:
            judged = len(line) <= _LONGEST_LINE and CELL not in line
            known[line] = judge(line, advertises) if judged else NOTHING
    verdicts = [known[line] for line in lines]
    names = [verdict.rule if verdict.is_furniture else "" for verdict in verdicts]
    _unlist_prose(lines, verdicts, names)
    _follow_lists(lines, verdicts, names)
    _settle_neighbours(lines, verdicts, names)
    _close_tail(lines, verdicts, names)
    return names


def _front_matter(lines: list[str]) -> int:
    """How many lines at the top are front matter: fields between two rules, the first line being one."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    for index, line in enumerate(lines[1:_FRONT_LINES], 1):
        if line.rstrip() in ("---", "...", "…"):
            return index + 1 if index > 1 else 0
        if not _FRONT_FIELD.match(line):
            return 0
    return 0


_INSERT = re.compile(
    r"</?[A-Za-z][^<>\n]{0,300}>|&(?:nbsp|gt|lt|amp|quot|ldquo|rdquo|middot);|!\[[^\]\n]*\]\([^)\n]*\)"
)

_SENTENCE = re.compile(r"[^。!?;\n]+[。!?;]*")


def _with_inserts(text: str, masks: tuple[Mask, ...], advertises: bool) -> tuple[Mask, ...]:
    """Add what stands inside body lines: tags, images, advertising sentences."""
    kept = list(masks)
    if "<" in text or "&" in text:
        kept = _beside(kept, [Mask(Span(*hit.span()), "html") for hit in _INSERT.finditer(text)])
    if advertises:
        spam = [
            Mask(Span(*hit.span()), "link spam")
            for hit in _SENTENCE.finditer(text)
            if len(hit[0]) <= rules().spam.most and is_spam(hit[0])
        ]
        kept = _beside(kept, spam)
    return tuple(kept)


def _beside(masks: list[Mask], inserts: list[Mask]) -> list[Mask]:
    """Masks, disjoint and in order, and those of the inserts (likewise) that overlap none of them."""
    starts = [mask.folded_span.start for mask in masks]

    def free(span: Span) -> bool:
        before = bisect_left(starts, span.end) - 1  # the last mask that begins before its end
        return before < 0 or masks[before].folded_span.end <= span.start

    kept = masks + [insert for insert in inserts if free(insert.folded_span)]
    return sorted(kept, key=lambda mask: mask.folded_span)


def _pieces(text: str) -> list[Span]:
    """Lines, and the ends of lines where furniture hangs on to a paragraph; empty ones are left out."""
    pieces = []
    start = 0
    cuts = sorted(
        {hit.end() for hit in _FOOTER.finditer(text)} | {hit.start() for hit in _ADVERT.finditer(text)}
    )
    for line in text.split("\n"):
        stop = start + len(line)
        if not cuts:
            if line and not line.isspace():
                pieces.append(Span(start, stop))
            start = stop + 1
            continue
        inner = cuts[bisect_right(cuts, start) : bisect_left(cuts, stop)] if len(line) > 12 else ()
        pieces += [Span(*part) for part in pairwise([start, *inner, stop]) if text[slice(*part)].strip()]
        start = stop + 1
    return pieces


def _is_prose(line: str) -> bool:
    """Whether a line reads as running text: a sentence, a numbered heading, a table's row."""
    if CELL in line or _SECTION_NUMBER.match(line):
        return True
    if line.count("|") >= 5 and len(line) < 10 * line.count("|"):
        return False
    sentence = "。" in line or line.rstrip(")").endswith(_PROSE_END)
    return (sentence and len(line) >= 10) or len(line) > 90


def _is_headline(line: str) -> bool:
    return len(line) <= 60 and "。" not in line and CELL not in line and not line.endswith((":", ";", ","))


def _unlist_prose(lines: list[str], verdicts: list[Verdict], names: list[str]) -> None:
    """A heading such as 相关链接 with running text under it opens a box of the article, not a list."""
    for index, verdict in enumerate(verdicts):
        bare = len(lines[index]) <= 12
        if verdict.kind == "list" and bare and index + 1 < len(lines):
            after = lines[index + 1]
            box = _is_prose(after) and not _BULLET.match(after) and not _is_headline(after)
            if box and not names[index + 1]:
                names[index] = ""
    if names and verdicts[0].kind == "list" and not any(names[1:3]):
        names[0] = ""


def _follow_lists(lines: list[str], verdicts: list[Verdict], names: list[str]) -> None:
    """Mask the headlines under a list's heading, up to the first line of prose."""
    index = 0
    while index < len(lines):
        if not (names[index] and verdicts[index].kind == "list"):
            index += 1
            continue
        name = names[index]
        first = index = index + 1
        bulleted = first < len(lines) and bool(_BULLET.match(lines[first]))
        while index < len(lines) and not names[index] and verdicts[index].kind != "keep":
            line = lines[index]
            headline = _is_headline(line) and not _SECTION_NUMBER.match(line)
            if not headline and not (bulleted and _BULLET.match(line)):
                break
            names[index] = name
            index += 1
        _give_back_subheading(lines, names, first, index)


def _give_back_subheading(lines: list[str], names: list[str], first: int, stop: int) -> None:
    """The last short line before prose may be the article's own subheading: leave it."""
    last = stop - 1
    body_resumes = stop < len(lines) and not names[stop] and _is_prose(lines[stop])
    if body_resumes and last > first and not _BULLET.match(lines[last]) and len(lines[last]) <= 18:
        names[last] = ""


def _settle_neighbours(lines: list[str], verdicts: list[Verdict], names: list[str]) -> None:
    """Weak rules hold next to furniture; names of sites, counters and lone digits in between go with it."""
    if not any(names):
        return
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        for index in order:
            if names[index]:
                continue
            beside = [names[i] for i in (index - 1, index + 1) if 0 <= i < len(names) and names[i]]
            if not beside:
                continue
            verdict = verdicts[index]
            if verdict.kind == "beside" or (verdict.kind == "beside index card" and "index card" in beside):
                names[index] = verdict.rule
            elif verdict.kind != "keep" and _is_trifle(lines[index]) and index > 0:
                names[index] = "site name"


def _is_trifle(line: str) -> bool:
    """A lone number or mark, or the name of a site or channel."""
    if len(line) <= 4 and not any("一" <= character <= "鿿" for character in line):
        return True
    return len(line) <= 14 and line.endswith(_SITE_ENDS)


def _close_tail(lines: list[str], verdicts: list[Verdict], names: list[str]) -> None:
    """Once furniture has begun and no prose follows to the end, all the rest is furniture."""
    for index in range(len(lines) - 1, 0, -1):
        if not names[index] and not _is_headline_row(lines[index]):
            break
        names[index] = names[index] or "related"
    last_prose = -1
    for index in range(len(lines) - 1, -1, -1):
        kept = verdicts[index].kind == "keep" or _SIGNATURE.match(lines[index])
        if not names[index] and (kept or _is_prose(lines[index])):
            last_prose = index
            break
    opened = ""
    for index in range(last_prose + 1, len(lines)):
        if names[index]:
            opened = opened or names[index]
        elif opened and last_prose >= 0:
            names[index] = "tail"


def _is_headline_row(line: str) -> bool:
    """Headlines between bars, slashes or in brackets: a table's cells are shorter, prose has full stops."""
    if "。" in line:
        return False
    for mark, fewest in (("|", 2), ("/", 3), ("】【", 2)):
        items = [item.strip() for item in line.split(mark)]
        long_ones = sum(len(item) >= 7 for item in items)
        if len(items) >= fewest and long_ones >= 2 and min(len(item) for item in items) >= 3:
            return True
    return False


def _masks(text: str, pieces: list[Span], names: list[str]) -> tuple[Mask, ...]:
    masks: list[Mask] = []
    for piece, name in zip(pieces, names, strict=True):
        if not name:
            continue
        before = masks[-1] if masks else None
        if before and before.rule == name and not text[before.folded_span.end : piece.start].strip():
            masks[-1] = Mask(Span(before.folded_span.start, piece.end), name)
        else:
            masks.append(Mask(piece, name))
    return tuple(masks)
