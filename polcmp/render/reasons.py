"""Why a match does not count, in words: the reason, and what it was. Data and words only, no layout."""

from __future__ import annotations

from polcmp.render.labels import word
from polcmp.render.plain import one_line

RULES = {
    "app prompt": "客户端推广",
    "breadcrumb": "位置导航",
    "byline": "署名行",
    "chrome": "网页栏目",
    "comments": "评论区",
    "contact line": "联系方式",
    "copyright": "版权声明",
    "counters": "阅读计数",
    "e-paper": "电子报版面",
    "editor": "编辑署名",
    "front matter": "文首元数据",
    "html": "HTML 代码",
    "id string": "编号串",
    "index card": "信息公开索引",
    "journal": "期刊信息",
    "link": "链接",
    "link spam": "垃圾链接",
    "pager": "翻页",
    "photo credit": "图片署名",
    "public note": "公众号提示",
    "related": "相关阅读",
    "share": "分享按钮",
    "site name": "网站名",
    "source line": "来源行",
}
"""Kinds of page furniture (``data/boilerplate.tsv``, and those that `polcmp.clean` finds) in Chinese."""


def rule_word(rule: str, lang: str) -> str:
    """A kind of page furniture, as it is called in English and in the JSON, or in Chinese."""
    return RULES.get(rule, rule) if lang == "zh" else rule


def reason_text(reason: str, detail: str, lang: str) -> str:
    """A reason with its detail: ``in boilerplate (share)``, ``页面杂项（分享按钮）``."""
    said = word(f"reason.{reason}", lang)
    if detail:
        shown = rule_word(detail, lang) if reason == "boilerplate" else shortened(detail)
        said += word("aside", lang).format(text=one_line(shown))
    return said


SHOWN_OF_A_RULE = 40
"""Characters of an exclusion that a line shows; the JSON has all of it."""


def shortened(rule: str) -> str:
    """A rule in notation, cut after a whole alternative when it is long: ``股份有限公司|控股|…``."""
    if len(rule) <= SHOWN_OF_A_RULE:
        return rule
    return rule[:SHOWN_OF_A_RULE].rpartition("|")[0] + "|…"
