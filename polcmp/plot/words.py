"""Words on drawings, in English and Chinese. Data only."""

from __future__ import annotations

_WORDS: dict[str, tuple[str, str]] = {
    "heatmap": ("Measures by region", "各地区措施"),
    "similarity": ("How far regions use the same measures", "各地区措施的相似度"),
    "similarity_note": (
        "Measures implemented, planned or called for: those both have over those either has, in % (Jaccard)",
        "已实施、拟实施或要求实施的措施：两地共有数 ÷ 任一方所有数（Jaccard），%",
    ),
    "figures": ("Leading figures", "主要数字"),
    "figures_note": (
        "One panel for each measure and unit, with its own scale. Each sign is the leading figure of a "
        "region in that unit.",
        "每项措施、每个单位一图，各图自有刻度；每个符号为该地区该单位的主要数字。",
    ),
    "timeline": ("Mentions by date of the document", "按文档日期的提及"),
    "timeline_note": (
        "One lane for each status; number of mentions beside the sign. A line spans the year or month where "
        "no day is known; a grey point is a document without a mention.",
        "每种状态一行，符号旁为提及次数；仅知年月者以横线表示；灰点为无提及的文档。",
    ),
    "timeline_axis": ("Date of the document, not of the act", "文档日期，并非实施日期"),
    "undated": ("no date", "无日期"),
    "log": ("logarithmic", "对数刻度"),
    "alone": (
        "Left out: {n} figure that no other region has in that measure and unit.|"
        "Left out: {n} figures that no other region has in that measure and unit.",
        "未画：{n}个数字，该措施该单位仅一地区有。",
    ),
    "panels": (
        "Left out: {n} panel with fewer regions.|Left out: {n} panels with fewer regions.",
        "未画：{n}图，地区较少。",
    ),
    "regions": (
        "The first {n} of {all} regions; choose others with -r.",
        "{all}个地区中的前{n}个；以 -r 选取其他。",
    ),
    "no_unit": ("(no unit)", "（无单位）"),
}


def said(key: str, lang: str, n: int = 0, **values: object) -> str:
    """The words for `key`; of two forms parted by ``|`` the one for the number `n`."""
    forms = _WORDS[key][lang == "zh"].split("|")
    text = forms[0 if n == 1 else -1]
    return text.format(n=f"{n:,}", **values) if "{" in text else text
