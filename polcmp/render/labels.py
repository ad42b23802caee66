"""Words of the reports in English and Chinese, and the marks of statuses. Data only, no layout."""

from __future__ import annotations

from polcmp.model.comparison import UNDATED, Comparison, MeasureInfo, RegionSummary
from polcmp.render.plain import one_line

# One set for every format; pages and drawings draw the same shapes. Every mark is one column wide in every
# terminal: none has the East Asian width "ambiguous", which terminals set up for Chinese draw two columns
# wide (so no ●, ○, ×, —, │ before something in the line).
MARKS = {
    "implemented": "✓",
    "planned": "▸",
    "called_for": "☐",
    "lacking": "✗",
    "not_mentioned": "-",
    "dropped_only": "/",
    "near_miss": "?",
    "no_document": "∅",
    "other_status": "*",
}

TIMES = "x"
"""Goes before a number of mentions (``x12``); ``×`` is a character of ambiguous width."""

STYLES = {
    "implemented": "green",
    "planned": "cyan",
    "called_for": "yellow",
    "lacking": "red",
    "not_mentioned": "dim",
    "dropped_only": "dim",
    "near_miss": "magenta",
    "no_document": "dim",
    "other_status": "dim",
}

QUIET = frozenset({"not_mentioned", "other_status"})
"""Zeros that stand in the matrix as a mark alone, so that what was found stands out."""

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "implemented": "implemented",
        "planned": "planned",
        "called_for": "called for",
        "lacking": "lacking",
        "not_mentioned": "not mentioned",
        "dropped_only": "dropped only",
        "near_miss": "near miss",
        "no_document": "no document",
        "other_status": "other status",
        "short.implemented": "done",
        "short.planned": "plan",
        "short.called_for": "call",
        "short.lacking": "lack",
        "short.not_mentioned": "",
        "short.dropped_only": "drop",
        "short.near_miss": "near",
        "short.no_document": "none",
        "short.other_status": "other",
        "explain.not_mentioned": "not mentioned",
        "explain.dropped_only": "dropped only: in boilerplate, excluded or about another place",
        "explain.near_miss": "near miss: found only below the cut-off",
        "explain.no_document": "no document of this region",
        "explain.other_status": "only with a status that was not asked for",
        "explain.count": "x2: number of mentions",
        "unknown_region": "(region unknown)",
        "unknown_province": "(province unknown)",
        "unknown_city": "(city unknown)",
        "unknown_county": "(county unknown)",
        "undated": "(no date)",
        "region": "Region",
        "measure": "Measure",
        "status": "Status",
        "documents": "documents",
        "characters": "characters",
        "n_regions": "{n} region|{n} regions",
        "n_measures": "{n} measure|{n} measures",
        "n_documents": "{n} document|{n} documents",
        "n_mentions": "{n} mention|{n} mentions",
        "n_characters": "{n} character|{n} characters",
        "no_match": "Nothing of this measure was found in {documents}, {characters}.",
        "section": "section",
        "sentence": "sentence",
        "total": "score",
        "piece": "piece",
        "found": "found",
        "how": "how",
        "points": "points",
        "sum": "sum",
        "comma": ", ",
        "stop": ". ",
        "colon": ": ",
        "semicolon": "; ",
        "aside": " ({text})",
        "docs": "docs",
        "chars": "chars",
        "only": "only",
        "n_sources": "{n} independent source|{n} independent sources",
        "n_sources.short": "{n} source|{n} sources",
        "n_more": "and {n} more",
        "n_failed": "{n} document could not be read|{n} documents could not be read",
        "n_reason": "{n} {reason}",
        "n_dropped": "{n} match dropped|{n} matches dropped",
        "empty": "Nothing to compare: no document and no region.",
        "evidence": "Evidence",
        "mentions": "Mentions",
        "dropped": "Dropped",
        "nearest": "Nearest misses",
        "not": "Not",
        "pattern": "pattern",
        "struck": "struck by",
        "transforms": "transforms",
        "cue": "status",
        "cue.default": "no cue, the default",
        "cue.clause": "{cue}, in its clause",
        "cue.sentence": "{cue}, in its sentence",
        "cue.section": "{cue}, heading of its section",
        "cue.document": "{cue}, in the document",
        "reason.boilerplate": "in boilerplate",
        "reason.excluded": "excluded",
        "reason.other_place": "about another place",
        "reason.below_cutoff": "below the cut-off",
        "reason.inside_longer": "inside a longer match",
        "reason.given": "condition not met",
        "reason.too_long": "too long",
        "found_by": "region found by",
        "found_by.sidecar": "sidecar file",
        "found_by.front matter": "front matter",
        "found_by.record": "record",
        "found_by.path": "path",
        "found_by.title": "title",
        "found_by.dateline": "dateline",
        "found_by.text": "text",
        "found_by.": "nothing",
        "warning": "warning",
    },
    "zh": {
        "implemented": "已实施",
        "planned": "拟实施",
        "called_for": "要求实施",
        "lacking": "缺失",
        "not_mentioned": "未提及",
        "dropped_only": "仅被剔除",
        "near_miss": "接近阈值",
        "no_document": "无文档",
        "other_status": "其他状态",
        "short.implemented": "已做",
        "short.planned": "拟做",
        "short.called_for": "要求",
        "short.lacking": "缺失",
        "short.not_mentioned": "",
        "short.dropped_only": "剔除",
        "short.near_miss": "近似",
        "short.no_document": "无",
        "short.other_status": "其他",
        "explain.not_mentioned": "未提及",
        "explain.dropped_only": "仅被剔除：只见于页面杂项、排除项或他地",
        "explain.near_miss": "接近阈值：仅有低于阈值的匹配",
        "explain.no_document": "该地区无文档",
        "explain.other_status": "仅有未选状态的提及",
        "explain.count": "x2：提及次数",
        "unknown_region": "（地区不明）",
        "unknown_province": "（省份不明）",
        "unknown_city": "（城市不明）",
        "unknown_county": "（县区不明）",
        "undated": "（无日期）",
        "region": "地区",
        "measure": "措施",
        "status": "状态",
        "documents": "文档数",
        "characters": "字数",
        "n_regions": "{n}个地区",
        "n_measures": "{n}项措施",
        "n_documents": "{n}份文档",
        "n_mentions": "{n}处提及",
        "n_characters": "{n}字",
        "no_match": "在{documents}、{characters}中未发现该措施。",
        "section": "章节",
        "sentence": "句子",
        "total": "得分",
        "piece": "成分",
        "found": "原文",
        "how": "方式",
        "points": "分值",
        "sum": "累计",
        "comma": "，",
        "stop": "。",
        "colon": "：",
        "semicolon": "；",
        "aside": "（{text}）",
        "docs": "文档",
        "chars": "字数",
        "only": "仅限",
        "n_sources": "{n}个独立来源",
        "n_sources.short": "{n}个来源",
        "n_more": "另有{n}处",
        "n_failed": "{n}份文档未能读取",
        "n_reason": "{n}处{reason}",
        "n_dropped": "剔除{n}处",
        "empty": "没有可比较的内容：无文档，也无地区。",
        "evidence": "证据",
        "mentions": "提及",
        "dropped": "剔除",
        "nearest": "最接近的匹配",
        "not": "不含",
        "pattern": "句式",
        "struck": "排除词",
        "transforms": "转换",
        "cue": "状态",
        "cue.default": "无提示词，取默认",
        "cue.clause": "{cue}（分句）",
        "cue.sentence": "{cue}（句子）",
        "cue.section": "{cue}（章节标题）",
        "cue.document": "{cue}（全文）",
        "reason.boilerplate": "页面杂项",
        "reason.excluded": "排除项",
        "reason.other_place": "他地",
        "reason.below_cutoff": "低于阈值",
        "reason.inside_longer": "被更长匹配包含",
        "reason.given": "前提不成立",
        "reason.too_long": "过长",
        "found_by": "地区依据",
        "found_by.sidecar": "附带的 documents.yaml",
        "found_by.front matter": "文首元数据",
        "found_by.record": "数据列",
        "found_by.path": "文件路径",
        "found_by.title": "标题",
        "found_by.dateline": "电头",
        "found_by.text": "正文",
        "found_by.": "无",
        "warning": "警告",
    },
}


def word(key: str, lang: str) -> str:
    """The word for `key` in `lang` (``en`` for any language there is no list of)."""
    return _WORDS.get(lang, _WORDS["en"])[key]


def counted(key: str, n: int, lang: str) -> str:
    """A number with its noun, singular or plural: ``1 document``, ``2 documents``, ``2份文档``."""
    forms = word(key, lang).split("|")
    return forms[0 if n == 1 else -1].format(n=f"{n:,}")


def times(n: int) -> str:
    """A number of mentions, as every cell has it: ``x12``."""
    return f"{TIMES}{n}"


def status_word(status: str, lang: str, *, short: bool = False) -> str:
    """The word of a status or zero; a status this program does not know stands for itself."""
    if status not in MARKS:
        return status
    return word(f"short.{status}" if short else status, lang)


def measure_label(measure: MeasureInfo, lang: str) -> str:
    """A measure's name, harmless, in the language of the report, else in the other, else its id."""
    names = (measure.name_en, measure.name) if lang != "zh" else (measure.name, measure.name_en)
    return one_line(names[0] or names[1] or measure.id)


def cell_title(region: str, measure: str, lang: str, by: str = "region") -> str:
    """A heading for a cell: region and measure, the latter as labelled; `by` as for `region_label`."""
    return one_line(f"{region_label(region, lang, by)}{word('comma', lang)}{measure}")


def region_label(region: str | RegionSummary, lang: str, by: str = "region") -> str:
    """A region's short name, harmless, or words that say that it is unknown.

    Args:
        region: name or row.
        lang: of the words.
        by: what it is: a region or, as a row of the matrix, one of `polcmp.model.comparison.ROW_KINDS`.
    """
    name = region if isinstance(region, str) else region.name
    if name == UNDATED or by in ("year", "month"):
        return one_line(name) if name not in ("", UNDATED) else word("undated", lang)
    return one_line(name) or word(f"unknown_{by}", lang)


def row_kind(comparison: Comparison) -> str:
    """What a row of the matrix is, one of `polcmp.model.comparison.ROW_KINDS`."""
    return comparison.view.options.by if comparison.view else "region"


def row_labels(comparison: Comparison, lang: str) -> tuple[str, ...]:
    """Labels of the rows of the matrix."""
    by = row_kind(comparison)
    return tuple(region_label(one, lang, by) for one in comparison.regions)
