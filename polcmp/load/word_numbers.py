"""The numbers that Word sets before paragraphs by itself (一、 （一） 1. …), which stand in no text.

Headings are known by them, so they are put back. Bullets are not numbers. Must not change a document.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

_Element: TypeAlias = Any
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_LONGEST_CHAIN = 20
"""Styles that may be based on one another; a loop ends here."""


class _Level(NamedTuple):
    """One level of a list: how its numbers are written, the text around them, the first of them."""

    kind: str
    text: str
    start: int


class _Lists(NamedTuple):
    """Levels by list and depth; and for each list the counter it shares with others of its kind."""

    levels: dict[tuple[str, int], _Level]
    counters: dict[str, str]


class Numbers:
    """Counts the paragraphs of a document's numbered lists."""

    def __init__(self, lists: _Lists, styles: dict[str, tuple[str, str, str]]) -> None:
        """Args: the lists; each style's list, depth and parent, as written."""
        self._levels, self._counters = lists
        self._styles = styles
        self._counts: dict[tuple[str, int], int] = {}

    @classmethod
    def of(cls, part: Any) -> Numbers:
        """Read the lists and styles of a document's main part (python-docx)."""
        inner = [one for one in part.rels.values() if not one.is_external]
        roots = {str(one.reltype).rsplit("/", 1)[-1]: one.target_part for one in inner}
        element = getattr(roots.get("numbering"), "element", None)
        lists = _lists(element) if element is not None else _Lists({}, {})
        return cls(lists, _styles(part.styles.element) if lists.levels else {})

    def before(self, paragraph: _Element) -> str:
        """The number that stands before a paragraph, ``""`` if none does; it counts the paragraph."""
        if not self._levels:
            return ""
        number, depth = self._list_of(paragraph)
        level = self._levels.get((number, depth))
        if level is None:
            return ""
        counter = self._counters[number]
        self._counts[counter, depth] = self._counts.get((counter, depth), level.start - 1) + 1
        for deeper in range(depth + 1, 9):
            self._counts.pop((counter, deeper), None)
        if level.kind in ("bullet", "none"):
            return ""
        return re.sub(r"%([1-9])", lambda found: self._written(number, int(found[1]) - 1), level.text)

    def _written(self, number: str, depth: int) -> str:
        level = self._levels.get((number, depth))
        if level is None:
            return ""
        return _WRITERS.get(level.kind, str)(self._counts.get((self._counters[number], depth), level.start))

    def _list_of(self, paragraph: _Element) -> tuple[str, int]:
        """List and depth of a paragraph: its own, else its style's, else those of the styles below that."""
        number = depth = ""
        properties = paragraph.find(f"{_W}pPr")
        if properties is not None:
            number, depth = _number_of(properties)
            style = _value(properties, "pStyle")
            for _ in range(_LONGEST_CHAIN):
                if number or style not in self._styles:
                    break
                number, style_depth, style = self._styles[style]
                depth = depth or style_depth
        return number, int(depth) if depth.isdigit() else 0


def _lists(root: _Element) -> _Lists:
    """The lists of a document; those of one kind count on, unless they start anew by their own word."""
    kinds: dict[str, dict[int, _Level]] = {}
    for abstract in root.findall(f"{_W}abstractNum"):
        levels = {_depth(one): _level(one) for one in abstract.findall(f"{_W}lvl")}
        kinds[abstract.get(f"{_W}abstractNumId", "")] = levels
    found = _Lists({}, {})
    for number in root.findall(f"{_W}num"):
        name = number.get(f"{_W}numId", "")
        kind, overrides = _value(number, "abstractNumId"), number.findall(f"{_W}lvlOverride")
        levels = dict(kinds.get(kind, {}))
        found.counters[name] = f"list {name}" if overrides else f"kind {kind}"
        for override in overrides:
            depth, start, own = _depth(override), _value(override, "startOverride"), override.find(f"{_W}lvl")
            if own is not None:
                levels[depth] = _level(own)
            if start.isdigit() and depth in levels:
                levels[depth] = levels[depth]._replace(start=int(start))
        found.levels.update({(name, depth): level for depth, level in levels.items()})
    return found


def _level(element: _Element) -> _Level:
    start = _value(element, "start")
    first = int(start) if start.isdigit() else 1
    return _Level(_value(element, "numFmt") or "decimal", _value(element, "lvlText"), first)


def _styles(root: _Element) -> dict[str, tuple[str, str, str]]:
    """Each style's list, depth and the style it is based on."""
    found = {}
    for style in root.findall(f"{_W}style"):
        properties = style.find(f"{_W}pPr")
        number, depth = _number_of(properties) if properties is not None else ("", "")
        found[style.get(f"{_W}styleId", "")] = (number, depth, _value(style, "basedOn"))
    return found


def _number_of(properties: _Element) -> tuple[str, str]:
    """List and depth as written; list 0 is a list's end, and is kept as such."""
    number = properties.find(f"{_W}numPr")
    return (_value(number, "numId"), _value(number, "ilvl")) if number is not None else ("", "")


def _value(element: _Element, name: str) -> str:
    child = element.find(f"{_W}{name}")
    return str(child.get(f"{_W}val", "")) if child is not None else ""


def _depth(element: _Element) -> int:
    depth = element.get(f"{_W}ilvl", "0")
    return int(depth) if depth.isdigit() else 0


def chinese(number: int) -> str:
    """A number from 0 to 9999 in Chinese: 12 is 十二, 105 is 一百零五; others stay in digits."""
    if not 0 < number < 10_000:
        return str(number)
    written, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            written += ("零" if zero else "") + _DIGITS[digit] + name
            zero = False
        else:
            zero = bool(written)
    return written.removeprefix("一") if 10 <= number < 20 else written


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 500 else str(number)


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _stem(number: int) -> str:
    return "甲乙丙丁戊己庚辛壬癸"[number - 1] if 1 <= number <= 10 else str(number)


_WRITERS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            *("chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "japaneseCounting"),
            *("taiwaneseCounting", "taiwaneseCountingThousand", "ideographDigital", "koreanDigital2"),
        ),
        chinese,
    ),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "ideographTraditional": _stem,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
}
"""How the kinds of numbers of ECMA-376 (17.18.59) are written; all others in digits."""
