"""What `polcmp doctor` found, as text or JSON. Words and layout only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from textwrap import wrap

from rich.cells import set_cell_size

from polcmp.model.health import BROKEN, Finding

_MARKS = {"ok": "✓", "missing": "-", "doubtful": "?", "broken": "✗"}
_COLUMNS = 30
_WIDTH = 80

_WORDS = {
    "en": {
        "program": "Program",
        "libraries": "Libraries",
        "extras": "Extras",
        "data": "Data",
        "encoding": "Encodings",
        "fonts": "Fonts of plots",
        "terminal": "Terminal",
        "sample": "sample documents",
        "taxonomy": "measures of the taxonomy",
        "trial": "a sentence read on trial",
        "documents here": "documents, if none are named",
        "taxonomy here": "taxonomy, if none is named",
        "chinese font": "with Chinese characters",
        "nothing": "not installed",
        "what.scan": "scan: folders of thousands of documents, stores",
        "what.cluster": "cluster: scans on several machines",
        "what.documents": "documents: web pages, PDF, Word, RTF, mail",
        "what.report": "report: report pages, xlsx",
        "what.plot": "plot: svg, png and pdf",
        "do.install": "pip install 'polcmp[{name}]'",
        "do.install plot": "only plots need one: pip install 'polcmp[plot]'",
        "do.reinstall": "it is damaged or missing: pip install --force-reinstall polcmp",
        "do.documents": "nothing in it can be read: name documents, or leave the folder",
        "do.check": "polcmp taxonomy check tells every fault; -t takes another",
        "do.python": "polcmp needs Python 3.11 or later",
        "do.libyaml": "YAML is read slowly: pip install --force-reinstall pyyaml",
        "do.font": "install one, such as Noto Sans CJK (apt install fonts-noto-cjk), or name one with --font",
        "do.utf8": "names of files may be garbled: set PYTHONUTF8=1",
        "do.terminal utf8": "output is UTF-8 all the same: set the terminal to UTF-8",
        "do.wider": "tables are laid out for 80 columns and more",
        "healthy": "polcmp works.",
        "ill": "polcmp does not work as it should: see ✗ above.",
    },
    "zh": {
        "program": "程序",
        "libraries": "依赖库",
        "extras": "可选组件",
        "data": "数据",
        "encoding": "编码",
        "fonts": "绘图字体",
        "terminal": "终端",
        "sample": "示例文档",
        "taxonomy": "分类表中的措施",
        "trial": "试读一句话",
        "documents here": "未指定时读取的文档",
        "taxonomy here": "未指定时使用的分类表",
        "chinese font": "含汉字的字体",
        "platform": "系统",
        "locale": "区域设置",
        "file names": "文件名",
        "output": "输出",
        "output goes to": "输出到",
        "columns": "列数",
        "color": "颜色",
        "yes": "有",
        "no": "无",
        "file or pipe": "文件或管道",
        "(sample)": "(示例)",
        "(packaged)": "(随附)",
        "nothing": "未安装",
        "what.scan": "scan：上千篇文档的目录、结果库",
        "what.cluster": "cluster：多台机器一起扫描",
        "what.documents": "documents：网页、PDF、Word、RTF、邮件",
        "what.report": "report：报告网页、xlsx",
        "what.plot": "plot：svg、png、pdf 图",
        "do.install": "安装：pip install 'polcmp[{name}]'",
        "do.install plot": "只有绘图需要：pip install 'polcmp[plot]'",
        "do.reinstall": "缺失或已损坏：pip install --force-reinstall polcmp",
        "do.documents": "其中没有可读的文档：请指定文档，或换一个目录",
        "do.check": "polcmp taxonomy check 列出全部错误；可用 -t 指定另一个",
        "do.python": "polcmp 需要 Python 3.11 或更高版本",
        "do.libyaml": "YAML 读取较慢：pip install --force-reinstall pyyaml",
        "do.font": "请安装一种，例如 Noto Sans CJK（apt install fonts-noto-cjk），或用 --font 指定",
        "do.utf8": "文件名可能乱码：请设置 PYTHONUTF8=1",
        "do.terminal utf8": "输出仍为 UTF-8：请把终端设为 UTF-8",
        "do.wider": "表格按 80 列以上排版",
        "healthy": "polcmp 可以正常使用。",
        "ill": "polcmp 不能正常使用：见上面的 ✗。",
    },
}


def health_text(findings: Sequence[Finding], lang: str = "en") -> str:
    """The findings by section, what is lacking with what to do, and a verdict.

    Args:
        findings: in the order in which they are to be told.
        lang: ``en`` or ``zh``.
    """
    words = _WORDS[lang]
    lines = []
    for section, group in groupby(findings, attrgetter("section")):
        lines.append(words[section])
        lines += [line for one in group for line in _lines(one, words)]
        lines.append("")
    ill = any(one.state == BROKEN for one in findings)
    return "\n".join([*lines, words["ill" if ill else "healthy"], ""])


def _lines(one: Finding, words: dict[str, str]) -> list[str]:
    name = words.get(f"what.{one.name}") if one.section == "extras" else words.get(one.name, one.name)
    value = words.get(one.value, one.value) or words["nothing"]
    first = f"  {_MARKS[one.state]} {name}" if one.section == "extras" else ""
    lines = (
        [first, *wrap(value, _WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6)]
        if first
        else [f"  {_MARKS[one.state]} {set_cell_size(name or '', _COLUMNS)} {value}"]
    )
    if one.advice:
        advice = f"→ {_advice(one, words)}"
        lines += wrap(
            advice, _WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 8, break_on_hyphens=False
        )
    return lines


def _advice(one: Finding, words: dict[str, str]) -> str:
    return words[f"do.{one.advice}"].format(name=one.name)


def health_json(findings: Sequence[Finding]) -> str:
    """The findings as JSON, advice in English."""
    words = _WORDS["en"]
    rows = [
        {
            **one._asdict(),
            "advice": _advice(one, words) if one.advice else "",
        }
        for one in findings
    ]
    healthy = all(one.state != BROKEN for one in findings)
    data = {"schema": "polcmp/doctor/1", "healthy": healthy, "findings": rows}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
