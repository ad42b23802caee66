"""Whether a number counts per unit (每村1名, 各派2名, 户均3头) and so says nothing of a region's total.

Reads the words in front of a number. Must not look for numbers itself, nor judge rates that are in the unit.
"""

from __future__ import annotations

from polcmp.text.lazy import compiled

REACH = 30
"""Code points between 每 and its number (每个贫困村都有1支驻村工作队、1名下派第一书记 has 20)."""

_TIME = r"半?[年月日天周季晚]|[一二两三四五六七八九十0-9]{1,2}个?(?:年|月|周|季|天|日)"
_PER = rf"每(?!{_TIME}|次|逢|当|隔|期|届|批|到)|平均|人均|户均|(?<!个)村均"
_SENT = "派出|派驻|派|选派|选|配备|配|安排|明确|确定|设立|设|组建|建立|建|成立|抽调|下派|落实|联系|包联|包|有"
_EACH = rf"(?:{_PER})[^,。;:!?\n]*$|各(?:{_SENT})了?$"
_TOTAL = "共|总|合计|累计|全[县市旗区省州盟镇乡]|的(?:标准|要求|原则|目标|办法|比例|方式|模式)"
"""Words after 每 that end what it governs: 按每村1名的要求共选派196名 sends 196."""

_LIST = r"由[一1][名个位支家][^。;!?\n,、]{1,24}(?:[,、][一1][名个位支家][^。;!?\n,、]{1,24})+"
_LIST_REACH = 100
"""Code points between 由 and the last of a list of ones (that of a "四个一" has 46)."""


def counts_each(text: str, begin: int) -> bool:
    """Whether the number at `begin` is one of many like it, by the words before it in its clause.

    Args:
        text: folded text.
        begin: where the figure begins.
    """
    before = text[max(0, begin - REACH) : begin]
    if "每" not in before and "均" not in before and "各" not in before:
        return False
    found = compiled(_EACH).search(before)
    return found is not None and compiled(_TOTAL).search(before, found.start()) is None


def one_of_several(text: str, begin: int) -> bool:
    """Whether the 1 at `begin` stands in a list of ones assigned together (由1名领导联村,1个单位包村).

    Such a mechanism need not say 每; a single 由1名领导负责 assigns none.
    """
    low = max(0, begin - _LIST_REACH)
    if text.find("由", low, begin) < 0:
        return False
    lists = compiled(_LIST).finditer(text, low, begin + _LIST_REACH)
    return any(found.start() < begin < found.end() for found in lists)
