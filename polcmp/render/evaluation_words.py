"""Words of the evaluation's report in English and Chinese. Data only."""

from __future__ import annotations

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "all": "all mentions",
        "measures": "measures",
        "statuses": "statuses",
        "noise": "noise",
        "genres": "genres",
        "docs": "docs",
        "required": "need",
        "found": "found",
        "precision": "prec",
        "recall": "recall",
        "f1": "f1",
        "f1_status": "f1+st",
        "status_accuracy": "status",
        "in_boilerplate": "boil",
        "percent": "Percent, with 95 % intervals (Wilson). need: labelled mentions that must be found; "
        "prec: precision; f1+st: the status right as well; status: right statuses among those found; "
        "boil: wrong ones in boilerplate.",
        "cells": "cells right",
        "presence": "presence f1",
        "regions": "regions right",
        "is_not": "{document}: is {region}, read as {found}",
        "nothing": "nothing",
        "masks": "boilerplate masked",
        "lost": "body text lost",
        "of": "of {n}",
        "of_characters": "of {n} characters",
        "missed": "Missed",
        "wrong": "Wrong",
        "boilerplate": "Wrong, in boilerplate",
        "status": "Wrong status",
        "read_as": "{status}, read as {read_as}",
        "as": "as {read_as}",
        "pattern": "pattern",
        "cue": "cue",
    },
    "zh": {
        "all": "全部提及",
        "measures": "措施",
        "statuses": "状态",
        "noise": "噪声",
        "genres": "体裁",
        "docs": "文档",
        "required": "应找",
        "found": "找到",
        "precision": "精确率",
        "recall": "召回率",
        "f1": "F1",
        "f1_status": "F1+状态",
        "status_accuracy": "状态",
        "in_boilerplate": "杂项",
        "percent": "单位：%，附95%置信区间（Wilson）。应找：必须找到的标注；F1+状态：状态也须正确；"
        "状态：找到者中状态正确的比例；杂项：误取自页面杂项。",
        "cells": "单元格正确",
        "presence": "有无F1",
        "regions": "地区正确",
        "is_not": "{document}：应为{region}，读作{found}",
        "nothing": "无",
        "masks": "已屏蔽页面杂项",
        "lost": "误屏蔽正文",
        "of": "共{n}",
        "of_characters": "共{n}字",
        "missed": "漏找",
        "wrong": "误找",
        "boilerplate": "误找（页面杂项）",
        "status": "状态错误",
        "read_as": "应为{status}，读作{read_as}",
        "as": "读作{read_as}",
        "pattern": "句式",
        "cue": "提示词",
    },
}


def said(key: str, lang: str, **values: object) -> str:
    """The words for `key` in `lang` (``en`` for any language there is no list of), `values` put in."""
    return _WORDS.get(lang, _WORDS["en"])[key].format(**values)
