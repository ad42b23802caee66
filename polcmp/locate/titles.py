"""The title of a document: its first short line that is neither furniture nor a byline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from polcmp.model.document import Mask
from polcmp.text.span import Span

_LONGEST_TITLE = 70
"""Characters; titles met in the seeds have 28 at most, headings of regulations up to 60."""

_LINES_SEARCHED = 8

_SITE = r"(?:[-_|—]{1,3}[^\W\d_]{2,14}(?:网|日报|晚报|频道|新闻|客户端|在线))+$"
"""The name of a site after a title. Compiled when a title has one of the marks: start-up counts."""

_LABEL = re.compile(r"(?:标题|题目|名称):")

_NAME_ONLY = re.compile(r"[^\W\d]{2,4}$")

_BYLINE = re.compile(r"(?:作者|记者|通讯员|□|■|文/)[^。]{0,24}$")

_NUMBER_OR_DATE = re.compile(
    r"\(?(?:19|20)\d\d年\d+月\d+日.{0,6}|.{2,14}〔(?:19|20)\d\d〕\d+号|[(第].{0,12}[)号期]"
)

_SHORT_TITLE_ENDS = (*"志县市旗区", "总结", "报告", "方案", "办法", "公报", "纪实")


def find_title(text: str, masks: Sequence[Mask]) -> tuple[str, Span]:
    """The title and where it stands, ``""`` with an empty span when the text begins without one.

    Args:
        text: folded text.
        masks: its boilerplate.
    """
    start = 0
    for line in text.split("\n")[
        : _LINES_SEARCHED + sum(1 for mask in masks if mask.folded_span.start < 400)
    ]:
        span = Span(start, start + len(line))
        start = span.end + 1
        if not line.strip() or _masked(span, masks):
            continue
        if _is_running_text(line):
            return "", Span(0, 0)
        if not _is_byline(line):
            label = _LABEL.match(line)
            begin = label.end() if label else 0
            title = line[begin:]
            if any(mark in title for mark in "-_|—"):
                title = re.sub(_SITE, "", title) or title
            return title.strip(), Span(span.start + begin, span.start + begin + len(title))
    return "", Span(0, 0)


def _masked(span: Span, masks: Sequence[Mask]) -> bool:
    covered = sum(
        min(span.end, mask.folded_span.end) - max(span.start, mask.folded_span.start)
        for mask in masks
        if mask.folded_span.overlaps(span)
    )
    return covered * 2 >= span.length


def _is_running_text(line: str) -> bool:
    """Whether the body has begun: a sentence, a salutation, a long line."""
    return len(line) > _LONGEST_TITLE or line.endswith(("。", ":", ";")) or "。" in line[:-1]


def _is_byline(line: str) -> bool:
    """A personal name, an author's line, a document's number or date: not a title."""
    if _NAME_ONLY.match(line):
        return not line.endswith(_SHORT_TITLE_ENDS)
    return bool(_BYLINE.match(line) or _NUMBER_OR_DATE.fullmatch(line))
