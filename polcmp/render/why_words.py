"""Words of an explanation in English and Chinese: near misses, changes, how a piece was found. Data only."""

from __future__ import annotations

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "near.gap": "gap too long",
        "near.clauses": "in two clauses",
        "near.sentences": "in two sentences",
        "near.order": "in another order",
        "near.missing": "one piece missing",
        "stands": "stands",
        "stopped": "stopped by",
        "stopped.gap": "{apart} characters apart, {blocked} allows {reach}",
        "stopped.touch": "{apart} characters apart, where the pieces have to touch",
        "stopped.crossing": "a clause mark inside {blocked}, which stays in one clause",
        "stopped.together": "& asks for one clause",
        "stopped.sentences": "the end of a sentence: no pattern crosses it",
        "stopped.order": "the pattern has {blocked}",
        "stopped.missing": "no {blocked}",
        "stopped.missing.at": "no {blocked} in {instead}",
        "reaches": "would reach",
        "reaches.yes": "{change} (tried: it counts)",
        "reaches.no": "{change} (tried: it does not count all the same)",
        "counts_from": "would count",
        "counts_from.score": "--min-score {score}",
        "none_near": "No pattern falls short by just one piece, one gap or one clause mark.",
        "empty": "What would fill it",
        "all": " (--evidence N; -1 for all)",
        "filled": "What it rests on",
        "no_change": "No small change was found that fills it.",
        "smallest": "Smallest change, tried: {change} gives {status} {quote}",
        "suggested": "Not tried, for it takes a decision: {change}",
        "elsewhere": "and lets {n} other match of this comparison count"
        "|and lets {n} other matches of this comparison count",
        "change.min_score": "--min-score {what}",
        "change.max_match_characters": "matches of up to {what} characters (setting max_match_characters)",
        "change.exclude": "the taxonomy without the exclusion {what}",
        "change.unless": "the pattern {pattern} without its unless",
        "change.given": "the pattern {pattern} without its given",
        "change.boilerplate": "the text without the boilerplate rule {what}",
        "change.place": "this region in place of {what}",
        "change.gap": "{what} in the pattern {pattern}",
        "change.clauses": "{what} in the pattern {pattern}",
        "change.order": "{what} in the pattern {pattern}",
        "change.missing": "the words {quote} added to {what}, in the pattern {pattern}",
        "change.missing.nothing": "{what} made optional in the pattern {pattern}",
        "change.pattern": "leaving out the pattern {what}",
        "rests": "{n} mention says {status}, highest score {score}"
        "|{n} mentions say {status}, highest score {score}",
        "rests.cue": " ({cue})",
        "becomes": "{change} makes it {status}",
        "becomes.empty": "{change} empties the cell",
        "firm": "no higher cut-off and no single pattern left out changes its status",
    },
    "zh": {
        "near.gap": "间隔过长",
        "near.clauses": "分属两个分句",
        "near.sentences": "分属两句",
        "near.order": "次序不同",
        "near.missing": "缺一个成分",
        "stands": "已有",
        "stopped": "止于",
        "stopped.gap": "相隔{apart}字，{blocked}只容{reach}字",
        "stopped.touch": "相隔{apart}字，而两成分须相连",
        "stopped.crossing": "{blocked}不跨分句，其间有分句标点",
        "stopped.together": "&要求同在一个分句",
        "stopped.sentences": "句末：句式不跨句",
        "stopped.order": "句式的次序是{blocked}",
        "stopped.missing": "缺{blocked}",
        "stopped.missing.at": "{instead}处缺{blocked}",
        "reaches": "可改为",
        "reaches.yes": "{change}（已验证：计入）",
        "reaches.no": "{change}（已验证：仍不计入）",
        "counts_from": "计入条件",
        "counts_from.score": "--min-score {score}",
        "none_near": "没有只差一个成分、一处间隔或一个分句标点的句式。",
        "empty": "怎样才会填上",
        "all": "（--evidence N；-1 为全部）",
        "filled": "依据所在",
        "no_change": "未找到能填上此格的小改动。",
        "smallest": "最小改动（已验证）：{change}，得到{status}{quote}",
        "suggested": "未验证，须由人决定：{change}",
        "elsewhere": "同时本次比较中另有{n}处匹配计入",
        "change.min_score": "--min-score {what}",
        "change.max_match_characters": "允许匹配长达{what}字（设置 max_match_characters）",
        "change.exclude": "去掉排除项 {what}",
        "change.unless": "去掉句式 {pattern} 的 unless",
        "change.given": "去掉句式 {pattern} 的 given",
        "change.boilerplate": "不用页面杂项规则 {what}",
        "change.place": "若说的不是{what}而是本地",
        "change.gap": "句式 {pattern} 中用 {what}",
        "change.clauses": "句式 {pattern} 中用 {what}",
        "change.order": "句式 {pattern} 中用 {what}",
        "change.missing": "把{quote}中的词加入 {what}（句式 {pattern}）",
        "change.missing.nothing": "句式 {pattern} 中 {what} 改为可有可无",
        "change.pattern": "去掉句式 {what}",
        "rests": "{n}处提及为{status}，最高得分{score}",
        "rests.cue": "（{cue}）",
        "becomes": "{change}：变为{status}",
        "becomes.empty": "{change}：变为空",
        "firm": "提高阈值或去掉任一句式，状态都不变",
    },
}

_HOW_ZH = {
    "exact": "原样",
    "homophone": "同音",
    "figure": "数字",
    "gap": "间隔",
    "missing": "缺成分",
    "short": "过短",
    "optional": "可选成分",
    "t2s": "繁转简",
    "pinyin": "去拼音注",
    "width": "全半角",
    "spacing": "去空白",
}


def said(key: str, lang: str, **values: object) -> str:
    """The words for `key` in `lang` (``en`` for any language there is no list of), `values` put in."""
    return _WORDS.get(lang, _WORDS["en"])[key].format(**values)


def said_of(key: str, n: int, lang: str, **values: object) -> str:
    """The same, singular or plural by `n`."""
    forms = _WORDS.get(lang, _WORDS["en"])[key].split("|")
    return forms[0 if n == 1 else -1].format(n=f"{n:,}", **values)


def how_word(how: str, lang: str) -> str:
    """How a piece was found, or what was done to a text: ``exact``, ``edits:1``; ``原样``, ``改1字``.

    What this program does not know stands for itself.
    """
    if lang != "zh":
        return how
    if how.startswith("edits:"):
        return f"改{how.removeprefix('edits:')}字"
    return _HOW_ZH.get(how, how)
