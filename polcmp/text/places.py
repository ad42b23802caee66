"""Places named in folded text: provinces, prefectures, counties and zones, townships.

The gazetteer knows most; suffix rules find what no gazetteer has (a township, a development zone, a regiment,
a county of another time). It says what is named where; which place a text is about is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from operator import attrgetter

from polcmp.text.gazetteer import (
    COUNTY,
    LEVELS,
    PREFECTURE,
    PROVINCE,
    TOWNSHIP,
    expand,
    gazetteer,
    level_of,
    settle,
    short_name,
    stem,
    superiors,
)
from polcmp.text.place_words import UNIT, PlaceName, place_words
from polcmp.text.span import Span
from polcmp.text.unlisted import unlisted_places

__all__ = [
    "COUNTY",
    "LEVELS",
    "PREFECTURE",
    "PROVINCE",
    "TOWNSHIP",
    "PlaceName",
    "canonical_name",
    "find_places",
]


_NUMERAL = "[零〇一二三四五六七八九十百0-9]"
_NUMBERED = rf"{_NUMERAL}[团师]"
_CITY_OF_DIVISION = r"师[^\W\d]{2,5}市(?=.+团$)"
_REGIMENT = (
    rf"(?:第{_NUMERAL}{{1,3}}师(?:[^\W\d]{{2,5}}市)?)?{_NUMERAL}{{1,4}}团(?![体队伙圆结聚购长员])"
    rf"|第{_NUMERAL}{{1,3}}师"
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
    units = [hit.span() for hit in UNIT.finditer(text)]
    found = _gazetteer_names(text, units)
    found += _short_forms(text, _taken(found))
    found += _regiments(text, _taken(found))
    found += unlisted_places(text, units, sorted(found, key=_span))
    return _with_codes(sorted(_disjoint(found), key=_span))


def canonical_name(place: PlaceName) -> str:
    """The short name that all names of a place share, as a document's region is shown.

    科左后旗 and 科尔沁左翼后旗 give 科尔沁左翼后旗; 都安县 and 都安瑶族自治县 give 都安县. Two places
    of a text are one exactly if these are equal. A regiment keeps its division only if the text writes it.
    """
    return _canonical(place.name, place.level, place.code)


@lru_cache(maxsize=4096)
def _canonical(name: str, level: str, code: str) -> str:
    if name.endswith("团"):
        return re.sub(_CITY_OF_DIVISION, "师", name)
    if not code:
        return short_name(name)
    known = gazetteer().name_of[code]
    renamed = stem(known) == stem(name) and known[-1] != name[-1] and level == COUNTY
    return short_name(name if renamed else known)


_span = attrgetter("span")


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


def _gazetteer_names(text: str, units: Sequence[tuple[int, int]]) -> list[PlaceName]:
    tails, codes_of = gazetteer().tails, gazetteer().codes_of
    found: list[PlaceName] = []
    for _, end in units:
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
    if unit in "市区旗" and after and after in place_words().after[unit] and after not in "委直级":
        return False
    if text[start:end] in place_words().verbal and text.startswith(place_words().generic, end):
        return text[start - 1 : start] in ("省", "市", "州", "共")
    if end - start > 2:
        longer = start >= 2 and text[start - 2] in "市州省盟" and "一" <= text[start - 1] <= "鿿"
        return not longer or text[start - 1] in place_words().boundary
    before = text[max(0, start - 1) : start]
    return (bool(before) and before in "省市州" and text[start] not in "城郊东西南北中矿和") or (
        text[start] not in "城郊东西南北中矿和新古"
        and (not before or not before.isalpha() or before in "在于到赴对")
    )


@cache
def _shorts() -> tuple[re.Pattern[str], frozenset[str], dict[str, str]]:
    """A pattern of where short forms may begin, their first two characters, and the forms themselves."""
    shorts = {
        name: code
        for name, codes in gazetteer().stems.items()
        for code in codes[:1]
        if level_of(code) != COUNTY and len(name) >= 2 and gazetteer().name_of[code] != name
    }
    shorts["内蒙"] = "150000"
    firsts, seconds = ("".join(sorted({name[place] for name in shorts})) for place in (0, 1))
    return re.compile(f"[{firsts}](?=[{seconds}])"), frozenset(name[:2] for name in shorts), shorts


def _short_forms(text: str, taken: set[int]) -> list[PlaceName]:
    first, pairs, shorts = _shorts()
    words = place_words()
    found: list[PlaceName] = []
    last = 0
    for hit in first.finditer(text):
        start = hit.start()
        if text[start : start + 2] not in pairs or start in taken or start < last:
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
            if text.startswith("州", last) and gazetteer().name_of[shorts[name]].endswith("自治州"):
                last += 1
            found.append(
                PlaceName(text[start:last], level_of(shorts[name]), Span(start, last), shorts[name], True)
            )
            break
    return found


def _regiments(text: str, taken: set[int]) -> list[PlaceName]:
    """Divisions (第九师) and regiments (一六八团, 143团) of the production corps."""
    if not re.search(_NUMBERED, text):
        return []
    found = []
    for hit in re.finditer(_REGIMENT, text):
        numbered = hit[0].startswith("第") or text.count(hit[0]) > 1 or len(hit[0]) > 2
        if numbered and (hit.start() not in taken or "师" in hit[0]):
            level = PREFECTURE if hit[0].endswith("师") else COUNTY
            found.append(PlaceName(hit[0], level, Span(*hit.span())))
    return found


def _with_codes(found: list[PlaceName]) -> list[PlaceName]:
    """Give codes to names that fit one place only, by themselves or by the places named around them."""
    tables = gazetteer()
    near = {place.code for place in found if place.code}
    for place in found:
        codes = tables.codes_of.get(place.name, ())
        if place.known and len(codes) == 1:
            near.add(codes[0])
    result: list[PlaceName] = []
    told: dict[str, str] = {}
    for place in found:
        code = place.code
        if not code and place.known:
            codes = tables.codes_of.get(place.name, ())
            chained = result and result[-1].span.end == place.span.start and result[-1].code
            code = settle(codes, [result[-1].code]) if chained else ""
            code = code or settle(codes, near)
        elif not code and place.level == COUNTY and place.name[-1] in "县旗区市":
            if place.name not in told:
                told[place.name] = expand(place.name, near) or settle(_same_stem(place.name, near), near)
            code = told[place.name]
        result.append(place._replace(code=code) if code else place)
    return result


def _same_stem(name: str, near: Collection[str]) -> list[str]:
    """Counties of that stem with another unit, if the text names their province or prefecture.

    徐水县 of an older text about 河北 is today's 徐水区. By its stem alone a county is not known: a 云溪县
    may be one that no gazetteer has, and to place it with 云溪区 would state as a fact what nobody wrote.
    """
    root = stem(name)
    if len(root) < 2:
        return []
    counties = (code for code in gazetteer().stems.get(root, ()) if level_of(code) == COUNTY)
    return [code for code in counties if any(above in near for above in superiors(code))]
