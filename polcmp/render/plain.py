"""Texts, figures and places as every format writes them: harmless, on one line. Knows no layout and no rich.

rich strips five control characters (bell, backspace, tab stops, form feed, return) and leaves escape
sequences, C1 controls and direction marks in place, so document text is made harmless here first.
"""

from __future__ import annotations

import re

from polcmp.model.comparison import DroppedMention
from polcmp.model.mention import Figure, Mention

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What terminals obey, and half characters that cannot be written."""

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
"""What nobody sees, or what turns the direction of writing."""

_SPACES = re.compile(r"\s+")


def harmless(text: str) -> str:
    """Text without anything a terminal would obey.

    Control characters become U+FFFD, invisible ones go; line ends (all as a line feed) and tabs stay.
    """
    if text.isprintable():  # most texts: what is looked for below never is
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("\ufffd", _INVISIBLE.sub("", text))


def one_line(text: str) -> str:
    """Harmless text on one line: every run of white space becomes one space, none at the ends."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return harmless(_SPACES.sub(" ", text)).strip()


def quoted(text: str) -> str:
    """Words of a document in quotation marks that documents in Simplified script do not use themselves."""
    return f"「{one_line(text)}」"


def place(found: Mention | DroppedMention) -> str:
    """Where a quotation stands: ``report.txt:704-742``."""
    return one_line(f"{found.document}:{found.raw_span.start}-{found.raw_span.end}")


def figure_text(figure: Figure, lang: str = "en") -> str:
    """A figure as a cell shows it: what is counted stands after the number and its unit.

    Args:
        figure: a figure.
        lang: ``zh`` keeps the words of the text where a number is no exact one (``百余名 科技特派员``); else
            the number is written (``>=100名 科技特派员``, ``1,875万元``, ``70元/股``, ``3-5名``, ``8%``). A
            figure per unit is marked as one (``1名 第一书记 each``, ``各1名 第一书记``).
    """
    of = one_line(figure.of)
    told = figure.bound in _SAID_BEFORE or figure.high is not None
    if figure.unit == "ratio" or (lang == "zh" and told):
        number = one_line(figure.text)
        number = number.replace(of, "") if of else number
        if figure.bound in _SAID_BEFORE and not _BOUND_SAID.search(number):
            number = _SAID_BEFORE[figure.bound] + number
        _, slash, unit = figure.unit.partition("/")
        if slash and slash + unit not in number and f"每{unit}" not in number:
            number += slash + one_line(unit)
    else:
        high = "" if figure.high is None else f"-{amount(figure.high)}"
        number = f"{_SIGNS.get(figure.bound, '')}{amount(figure.value)}{high}{one_line(figure.unit)}"
    if figure.each:
        number, of = (f"各{number}", of) if lang == "zh" else (number, f"{of} each".strip())
    return f"{number} {of}" if of else number


_SIGNS = {"at_least": ">=", "at_most": "<=", "about": "~"}

_SAID_BEFORE = {"at_least": "至少", "at_most": "至多", "about": "约"}
"""For bounds that stand outside a figure's own words (不低于6%)."""

_BOUND_SAID = re.compile("[余多超逾上过近约数几来左不]")


def amount(value: float) -> str:
    """A number as read in a report: ``1,998``, ``12.8万``, ``3.5亿``; 万 and 亿 from 100,000 on."""
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= max(size, 1e5) and round(value / size, 2) * size == value:
            return (
                f"{round(value / size, 2):,.10g}{name}"
                if value / size < 1e6
                else f"{value / size:,.0f}{name}"
            )
    return f"{int(value):,}" if value == int(value) else f"{round(value, 4):,.10g}"
