"""Places that no gazetteer has, by their unit and by what stands before it: 云坪县, 甲良镇, 某某经开区.

How long a name is shows in how it recurs: the name stays, the words before it change. Common nouns
with the same unit (全县, 山区, 乡镇) are kept out by ``data/place_words.tsv``. Known places are found by
`polcmp.text.places`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from polcmp.text.gazetteer import COUNTY, PREFECTURE, TOWNSHIP
from polcmp.text.place_words import ZONE_UNITS, PlaceName, place_words
from polcmp.text.span import Span

_LEVEL_OF_UNIT = {"县": COUNTY, "旗": COUNTY, "区": COUNTY, "市": COUNTY, "乡": TOWNSHIP, "镇": TOWNSHIP}
_LONGEST_STEM = {"县": 4, "旗": 6, "市": 4, "区": 3, "乡": 6, "镇": 6, "街道": 5, "苏木": 6}


class _Candidate(NamedTuple):
    """A unit with the reach of the name that may stand before it.

    `certain`: the name begins at `start`; `chained`: a known place ends there or makes the name's stem.
    """

    start: int
    end: int
    unit: str
    certain: bool
    chained: bool

    @property
    def stem_length(self) -> int:
        return self.end - len(self.unit) - self.start


def unlisted_places(
    text: str, units: Sequence[tuple[int, int]], known: Sequence[PlaceName]
) -> list[PlaceName]:
    """Names the gazetteer lacks.

    Args:
        text: folded text.
        units: where `UNIT` matches in it.
        known: places already found in it, in order; new names never overlap them, except that a zone
            takes in the place it is named after.
    """
    ends = [place.span.end for place in known]
    taken = {offset for place in known for offset in range(*place.span)}
    candidates: list[_Candidate] = []
    edge = 0
    after = place_words().after
    for start, end in units:
        unit = text[start:end]
        if end - 1 in taken:
            continue
        index = bisect_right(ends, start) - 1
        before = known[index] if index >= 0 and ends[index] == start else None
        if before is not None and unit in ZONE_UNITS:
            candidates.append(_Candidate(before.span.start, end, unit, True, True))
            edge = end
            continue
        floor = max(edge, ends[index] if index >= 0 else 0)
        if text.startswith(after.get(unit, ("\n",)), end):
            continue
        reach = _walk_left(text, start, floor, unit)
        if reach is not None:
            chained = reach == floor > 0
            candidates.append(_Candidate(reach, end, unit, _certain(text, reach, floor), chained))
            edge = end
    return _delimit(text, candidates)


def _walk_left(text: str, start: int, floor: int, unit: str) -> int | None:
    """Where a name that ends with the unit at `start` may begin, None when there is no room for one."""
    words = place_words()
    kind = unit if unit in words.common else ("区" if unit in ZONE_UNITS else unit[-1])
    longest = 6 if unit in ZONE_UNITS or unit.startswith("自治") else _LONGEST_STEM.get(kind, 0)
    position = start
    while position > max(floor, start - longest) and not _is_boundary(text, position):
        if start - position >= 2 and _certain(text, position, floor):
            break
        position -= 1
    if (
        start - position == 1
        and position > floor
        and _is_cjk(text, position - 1)
        and not _is_cjk(text, position - 2)
    ):
        position -= 1  # 向阳县 at the beginning of a clause: its first character is elsewhere a preposition
    if start - position < 2 or _is_common(text, position, start, "zone" if unit in ZONE_UNITS else kind):
        return None
    return position


def _is_common(text: str, position: int, start: int, kind: str) -> bool:
    """Whether what stands before a unit makes a common noun with it (全县, 山区), not a name."""
    words = place_words()
    listed = words.common.get(kind, {}).get(text[start - 1], ())
    word = next((word for word in listed if text.endswith(word, position, start)), "")
    titled = position == 0 or text[position - 1] in "\n《"
    return bool(word) and not (word in words.soft and titled and start - position in (2, 3))


def _is_cjk(text: str, offset: int) -> bool:
    return offset >= 0 and "一" <= text[offset] <= "鿿"


def _is_boundary(text: str, position: int) -> bool:
    """Whether the character before `position` cannot belong to a name that begins there or later."""
    words = place_words()
    character = text[position - 1]
    if not "一" <= character <= "鿿" or character in words.boundary:
        return True
    return character in words.dated and position > 1 and not "一" <= text[position - 2] <= "鿿"


def _certain(text: str, position: int, floor: int) -> bool:
    """Whether a name must begin at `position`."""
    before = place_words().before
    return (
        position <= floor
        or _is_boundary(text, position)
        or text[position - 2 : position] in before
        or text[position - 3 : position] in before
    )


def _delimit(text: str, candidates: list[_Candidate]) -> list[PlaceName]:
    """Choose how long each name is: a name recurs, the words before it change."""
    counts: Counter[str] = Counter()
    for one in candidates:
        for length in range(2, one.stem_length + 1):
            counts[text[one.end - len(one.unit) - length : one.end]] += 1
    heads = {one.start for one in candidates if one.chained}
    found = []
    for one in candidates:
        stem_end = one.end - len(one.unit)
        long_names = one.unit == "旗" or one.unit in ZONE_UNITS
        whole = one.certain and (one.stem_length <= 3 or one.chained or long_names)
        best = one.stem_length if whole else 2
        for length in range(best + 1, one.stem_length + 1):
            longer, shorter = (counts[text[stem_end - size : one.end]] for size in (length, best))
            if longer >= 2 and longer > 0.6 * shorter:
                best = length
        start = stem_end - best
        if _trusted(text, one, start, counts[text[start : one.end]] + (one.end in heads)):
            found.append(PlaceName(text[start : one.end], _unit_level(one.unit), Span(start, one.end)))
    return found


def _unit_level(unit: str) -> str:
    if unit in ZONE_UNITS or unit in ("自治县", "自治旗"):
        return COUNTY
    return PREFECTURE if unit == "自治州" else _LEVEL_OF_UNIT.get(unit, TOWNSHIP)


def _trusted(text: str, one: _Candidate, start: int, count: int) -> bool:
    """Whether a name no gazetteer has is a name: 区, 市 and 旗 make many common nouns."""
    if one.chained and start == one.start:
        return True
    titled = start == 0 or text[start - 1] in "\n:—《" or text.endswith(("中共", "关于"), 0, start)
    titled = titled or bool(_YEAR.search(text, max(0, start - 6), start))
    generic = text.startswith(place_words().generic, one.end)
    if text.startswith("乡村振兴局", one.end) and text[start - 2 : start] in place_words().before:
        generic = False
    if one.unit in "县乡镇街道苏木" or one.unit.startswith("自治"):
        return titled or count >= 2 or (one.certain and start == one.start and not generic)
    if one.certain and start == one.start and _ASSEMBLY.match(text, one.end):
        return True
    official = text.startswith(("委", "政府", "人民政府", "党工委", "管委会"), one.end)
    return count >= 3 or (titled and (count >= 2 or official or text[one.end : one.end + 1] == ":"))


_YEAR = re.compile(r"(?:^|\n)20\d\d年$")
_ASSEMBLY = re.compile("(?:人大|政协)?第[一二三四五六七八九十]+(?:届|次(?:党员)?代表)|人民代表大会")
"""After a name and hardly after anything else: 白音查干旗第十七届人民代表大会."""
