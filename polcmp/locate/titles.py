"""The title of a document: its first short line that is neither furniture nor a byline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from polcmp.model.document import Mask
from polcmp.text.span import Span

_LONGEST_TITLE = 70
"""Characters; titles met in the seeds have 28 at most, headings of regulations up to 60."""

_LINES_SEARCHED = 8

_SITE = re.compile(
    r"(?:[-_|—]{1,3}[一-鿿A-Za-z]{2,14}(?:网|日报|晚报|门户网站|政府网站|频道|新闻|客户端|在线))+$"
)

_LABEL = re.compile(r"(?:标题|题目|名称):")

_BYLINE = re.compile(
    r"[一-鿿·]{2,4}$|(?:[一-鿿]{2,3}[ 、]?){2,4}$(?<![县市区旗镇乡村])|(?:作者|记者|通讯员|文)[:/ ]?.{0,20}$"
    r"|\(?(?:19|20)\d\d年\d+月\d+日.{0,6}$|.{2,12}〔(?:19|20)\d\d〕\d+号$|\(.{0,40}\)$"
)

_NAMES_ONLY = re.compile(r"[一-鿿]{2,4}$")


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
            title = _SITE.sub("", line[begin:]) or line[begin:]
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
    if _NAMES_ONLY.match(line):
        return not line.endswith(
            ("志", "县", "市", "旗", "区", "总结", "报告", "方案", "办法", "公报", "纪实")
        )
    return bool(re.match(r"(?:作者|记者|通讯员|□|■|文/)[^。]{0,24}$", line)) or bool(
        re.fullmatch(
            r"\(?(?:19|20)\d\d年\d+月\d+日.{0,6}|.{2,14}〔(?:19|20)\d\d〕\d+号|[(第].{0,12}[)号期]", line
        )
    )
