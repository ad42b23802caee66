"""Places named in folded text: provinces, prefectures, counties and zones, townships.

The gazetteer knows most; suffix rules find what no gazetteer has (a township, a development zone, a regiment,
a county of another time). It says what is named where; which place a text is about is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from polcmp.text.gazetteer import (
    COUNTY,
    DATA,
    LEVELS,
    PREFECTURE,
    PROVINCE,
    TOWNSHIP,
    expand,
    gazetteer,
    level_of,
    settle,
    stem,
)
from polcmp.text.span import Span

__all__ = ["COUNTY", "LEVELS", "PREFECTURE", "PROVINCE", "TOWNSHIP", "PlaceName", "find_places"]


@dataclass(frozen=True, slots=True)
class PlaceName:
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
_UNIT = re.compile(rf"{_ZONE}|自治[县旗州]|特别行政区|街道|苏木|[省市县区旗州盟镇乡]")
_ZONE_UNITS = frozenset(_ZONE.split("|"))
_NUMERAL = "[零〇一二三四五六七八九十百0-9]"
_REGIMENT = re.compile(
    rf"(?:第{_NUMERAL}{{1,3}}师(?:[一-鿿]{{2,5}}市)?)?{_NUMERAL}{{1,4}}团(?![体队伙圆结聚购长员])"
    rf"|第{_NUMERAL}{{1,3}}师"
)
_LEVEL_OF_UNIT = {"县": COUNTY, "旗": COUNTY, "区": COUNTY, "市": COUNTY, "乡": TOWNSHIP, "镇": TOWNSHIP}
_LONGEST_STEM = {"县": 4, "旗": 6, "市": 4, "区": 3, "乡": 6, "镇": 6, "街道": 5, "苏木": 6}


@dataclass(frozen=True, slots=True)
class _Words:
    boundary: frozenset[str]
    before: frozenset[str]
    common: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    institution: tuple[str, ...]
    ambiguous: frozenset[str]
    dated: frozenset[str]
    soft: frozenset[str]
    generic: tuple[str, ...]


@cache
def _words() -> _Words:
    table: dict[str, list[str]] = {}
    for line in (DATA / "place_words.tsv").read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            kind, _, words = line.partition("\t")
            table[kind] = words.split()
    return _Words(
        frozenset("".join(table["boundary"])),
        frozenset(table["before"]),
        {kind[7:]: tuple(words) for kind, words in table.items() if kind.startswith("common.")},
        {kind[6:]: tuple(words) for kind, words in table.items() if kind.startswith("after.")},
        tuple(table["institution"]),
        frozenset(table["ambiguous"]),
        frozenset("".join(table["dated"])),
        frozenset(table["soft"]),
        tuple(table["generic"]),
    )


def find_places(text: str) -> list[PlaceName]:
    """Places named in folded text, in order, without overlap.

    A chain (贵州省黔南州云坪县) comes as its links, each beginning where the one before it ends.
    Villages are left out: they never decide whose place a clause is about.

    Args:
        text: folded text of any length. The whole document gives better results than a sentence,
            since names no gazetteer has are delimited by how often they recur.

    Returns:
        Names with levels and spans into `text`.
    """
    found = _gazetteer_names(text)
    found += _short_forms(text, _taken(found))
    found += _regiments(text, _taken(found))
    found += _by_suffix(text, sorted(found, key=lambda place: place.span))
    return _with_codes(sorted(_disjoint(found), key=lambda place: place.span), text)


def _taken(found: Iterable[PlaceName]) -> set[int]:
    return {offset for place in found for offset in range(*place.span)}


def _disjoint(found: list[PlaceName]) -> list[PlaceName]:
    """Keep the longest of names that overlap."""
    kept: list[PlaceName] = []
    used: set[int] = set()
    for place in sorted(found, key=lambda one: (-one.span.length, one.span.start)):
        if used.isdisjoint(range(*place.span)):
            kept.append(place)
            used.update(range(*place.span))
    return kept


def _gazetteer_names(text: str) -> list[PlaceName]:
    tails, codes_of = gazetteer().tails, gazetteer().codes_of
    found: list[PlaceName] = []
    for unit in _UNIT.finditer(text):
        end = unit.end()
        for length in tails.get(text[end - 2 : end], ()):
            codes = codes_of.get(text[end - length : end])
            if codes and end >= length and _stands(text, end - length, end, codes):
                found.append(
                    PlaceName(text[end - length : end], _level(codes), Span(end - length, end), "", True)
                )
                break
    return _disjoint(found)


def _level(codes: Sequence[str]) -> str:
    return min((level_of(code) for code in codes), key=LEVELS.index)


def _stands(text: str, start: int, end: int, codes: Sequence[str]) -> bool:
    """Whether a known name is meant: 城区 and 和县 are more often no names (振兴县域, 县委和县政府)."""
    after = text[end : end + 1]
    unit = text[end - 1]
    if unit in "市区旗" and after and after in _words().after[unit] and after not in "委直级":
        return False
    if end - start > 2:
        return True
    before = text[max(0, start - 1) : start]
    return (bool(before) and before in "省市州" and text[start] not in "城郊东西南北中矿和") or (
        text[start] not in "城郊东西南北中矿和新古"
        and (not before or not before.isalpha() or before in "在于到赴对")
    )


@cache
def _shorts() -> tuple[re.Pattern[str], dict[str, str]]:
    """Short forms of provinces and prefectures, and a pattern of their first characters."""
    shorts = {
        name: code
        for name, codes in gazetteer().stems.items()
        for code in codes[:1]
        if level_of(code) != COUNTY and len(name) >= 2 and name[-1] not in "市省县区州盟"
    }
    shorts["内蒙"] = "150000"
    return re.compile("[" + "".join(sorted({name[0] for name in shorts})) + "]"), shorts


def _short_forms(text: str, taken: set[int]) -> list[PlaceName]:
    first, shorts = _shorts()
    words = _words()
    found: list[PlaceName] = []
    last = 0
    for hit in first.finditer(text):
        start = hit.start()
        if start in taken or start < last:
            continue
        for length in (5, 4, 3, 2):
            name = text[start : start + length]
            if len(name) < length or name not in shorts or start + length - 1 in taken:
                continue
            superior = found and found[-1].span.end == start
            if text.startswith(words.institution, start + length) or (
                name in words.ambiguous and not superior
            ):
                break
            last = start + length
            found.append(PlaceName(name, level_of(shorts[name]), Span(start, last), shorts[name], True))
            break
    return found


def _regiments(text: str, taken: set[int]) -> list[PlaceName]:
    """Divisions (第九师) and regiments (一六八团, 143团) of the production corps."""
    if "师" not in text and "连" not in text:
        return []
    found = []
    for hit in _REGIMENT.finditer(text):
        numbered = hit[0].startswith("第") or text.count(hit[0]) > 1 or len(hit[0]) > 2
        if numbered and (hit.start() not in taken or "师" in hit[0]):
            level = PREFECTURE if hit[0].endswith("师") else COUNTY
            found.append(PlaceName(hit[0], level, Span(*hit.span())))
    return found


@dataclass(frozen=True, slots=True)
class _Candidate:
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


def _by_suffix(text: str, known: list[PlaceName]) -> list[PlaceName]:
    """Names the gazetteer lacks, by their unit and by what stands before them."""
    ends = [place.span.end for place in known]
    taken = _taken(known)
    candidates: list[_Candidate] = []
    edge = 0
    for hit in _UNIT.finditer(text):
        start, end = hit.span()
        unit = hit[0]
        if end - 1 in taken:
            continue
        index = bisect_right(ends, start) - 1
        before = known[index] if index >= 0 and ends[index] == start else None
        if before is not None and unit in _ZONE_UNITS:
            candidates.append(_Candidate(before.span.start, end, unit, True, True))
            edge = end
            continue
        floor = max(edge, ends[index] if index >= 0 else 0)
        reach = _walk_left(text, start, floor, unit)
        if reach is not None and not text.startswith(_words().after.get(unit, ("\n",)), end):
            chained = reach == floor > 0
            candidates.append(_Candidate(reach, end, unit, _certain(text, reach, floor), chained))
            edge = end
    return _delimit(text, candidates)


def _walk_left(text: str, start: int, floor: int, unit: str) -> int | None:
    """Where a name that ends with the unit at `start` may begin, None when there is no room for one."""
    words = _words()
    kind = unit if unit in words.common else ("区" if unit in _ZONE_UNITS else unit[-1])
    longest = 6 if unit in _ZONE_UNITS or unit.startswith("自治") else _LONGEST_STEM.get(kind, 0)
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
    if start - position < 2 or _is_common(text, position, start, "zone" if unit in _ZONE_UNITS else kind):
        return None
    return position


def _is_common(text: str, position: int, start: int, kind: str) -> bool:
    """Whether what stands before a unit makes a common noun with it (全县, 山区), not a name."""
    words = _words()
    word = next((word for word in words.common.get(kind, ()) if text.endswith(word, position, start)), "")
    titled = position == 0 or text[position - 1] in "\n《"
    return bool(word) and not (word in words.soft and titled and start - position in (2, 3))


def _is_cjk(text: str, offset: int) -> bool:
    return offset >= 0 and "一" <= text[offset] <= "鿿"


def _is_boundary(text: str, position: int) -> bool:
    """Whether the character before `position` cannot belong to a name that begins there or later."""
    words = _words()
    character = text[position - 1]
    if not "一" <= character <= "鿿" or character in words.boundary:
        return True
    return character in words.dated and position > 1 and not "一" <= text[position - 2] <= "鿿"


def _certain(text: str, position: int, floor: int) -> bool:
    """Whether a name must begin at `position`."""
    before = _words().before
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
        whole = one.certain and (one.stem_length <= 3 or one.chained or one.unit in _ZONE_UNITS)
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
    if unit in _ZONE_UNITS or unit in ("自治县", "自治旗"):
        return COUNTY
    return PREFECTURE if unit == "自治州" else _LEVEL_OF_UNIT.get(unit, TOWNSHIP)


def _trusted(text: str, one: _Candidate, start: int, count: int) -> bool:
    """Whether a name no gazetteer has is a name: 区, 市 and 旗 make many common nouns."""
    if one.chained and start == one.start:
        return True
    titled = start == 0 or text[start - 1] in "\n:—《" or text.endswith(("中共", "关于"), 0, start)
    generic = text.startswith(_words().generic, one.end)
    if one.unit in "县乡镇街道苏木" or one.unit.startswith("自治"):
        return titled or count >= 2 or (one.certain and start == one.start and not generic)
    official = text.startswith(("委", "政府", "人民政府", "党工委", "管委会"), one.end)
    return count >= 3 or (titled and (count >= 2 or official or text[one.end : one.end + 1] == ":"))


def _with_codes(found: list[PlaceName], text: str) -> list[PlaceName]:
    """Give codes to names that fit one place only, by themselves or by the places named around them."""
    tables = gazetteer()
    near = {place.code for place in found if place.code}
    for place in found:
        codes = tables.codes_of.get(place.name, ())
        if place.known and len(codes) == 1:
            near.add(codes[0])
    result = []
    for place in found:
        code = place.code
        if not code and place.known:
            code = settle(tables.codes_of.get(place.name, ()), near)
        elif not code and place.level == COUNTY and place.name[-1] in "县旗区市":
            code = expand(place.name, near) or settle(_same_stem(place.name), near)
        result.append(replace(place, code=code) if code else place)
    return result


def _same_stem(name: str) -> tuple[str, ...]:
    """Counties of that stem with another unit: 徐水县 of an older text is today's 徐水区."""
    root = stem(name)
    if len(root) < 2:
        return ()
    return tuple(code for code in gazetteer().stems.get(root, ()) if level_of(code) == COUNTY)
