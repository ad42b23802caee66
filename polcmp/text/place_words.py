"""What the finder of places works with: place names as a noun, units, and the words that prevent mistakes.

Holds tables only; what is named where is found by `polcmp.text.places` and `polcmp.text.unlisted`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from polcmp.text.gazetteer import DATA
from polcmp.text.span import Span


class PlaceName(NamedTuple):
    """A place as named in a text.

    Attributes:
        name: as written (``科左后旗``, ``甘肃``).
        level: ``province``, ``prefecture``, ``county`` (zones and regiments too) or ``township``.
        span: where, in the text that was searched.
        code: six-digit code when the gazetteer knows which one it is, else ``""``.
        known: whether the gazetteer has the name, even if several places bear it.
    """

    name: str
    level: str
    span: Span
    code: str = ""
    known: bool = False


_ZONE = (
    "高新技术产业开发区|高新技术产业园区|高新技术开发区|经济技术开发区|经济开发区|旅游度假区|高新区|经开区|"
    "开发区|管理区|新区|垦区|示范区|试验区|合作区"
)
UNIT = re.compile(rf"{_ZONE}|自治[县旗州]|特别行政区|街道|苏木|[省市县区旗州盟镇乡]")
ZONE_UNITS = frozenset(_ZONE.split("|"))


class Words(NamedTuple):
    """Word lists of ``data/place_words.tsv``; what each is for stands there. `common`: by last character."""

    boundary: frozenset[str]
    before: frozenset[str]
    common: dict[str, dict[str, tuple[str, ...]]]
    after: dict[str, tuple[str, ...]]
    institution: tuple[str, ...]
    ambiguous: frozenset[str]
    dated: frozenset[str]
    soft: frozenset[str]
    generic: tuple[str, ...]
    verbal: frozenset[str]


def _by_last(words: list[str]) -> dict[str, tuple[str, ...]]:
    return {last: tuple(word for word in words if word[-1] == last) for last in {word[-1] for word in words}}


@cache
def place_words() -> Words:
    """The packaged word lists, read once."""
    table: dict[str, list[str]] = {}
    for line in (DATA / "place_words.tsv").read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            kind, _, words = line.partition("\t")
            table[kind] = words.split()
    return Words(
        frozenset("".join(table["boundary"])),
        frozenset(table["before"]),
        {kind[7:]: _by_last(words) for kind, words in table.items() if kind.startswith("common.")},
        {kind[6:]: tuple(words) for kind, words in table.items() if kind.startswith("after.")},
        tuple(table["institution"]),
        frozenset(table["ambiguous"]),
        frozenset("".join(table["dated"])),
        frozenset(table["soft"]),
        tuple(table["generic"]),
        frozenset(table["verbal"]),
    )
