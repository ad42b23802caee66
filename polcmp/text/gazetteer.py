"""Administrative divisions: names, codes, superiors and short forms, read once from ``data/places.tsv``.

Knows names only. It must not read documents: finding places in text is `polcmp.text.places`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).resolve().parent.parent / "data"

PROVINCE, PREFECTURE, COUNTY, TOWNSHIP = "province", "prefecture", "county", "township"

LEVELS = (PROVINCE, PREFECTURE, COUNTY, TOWNSHIP)
"""From the widest to the narrowest."""

_PEOPLES = (
    "蒙古族|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|"
    "傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|"
    "仡佬族|锡伯族?|阿昌族|普米族|塔吉克族?|怒族|乌孜别克族|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|京族|塔塔尔族|"
    "独龙族|鄂伦春族|赫哲族|门巴族|珞巴族|基诺族|高山族|蒙古|各族"
)

_AUTONOMOUS = rf"(.*?)(?:{_PEOPLES})*自治[州县旗区]"
# Compiled on first use: the packaged names come with their stems.

_UNITS = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区", *"省市盟州县区旗")

_ZONE_SHORT = (
    (re.compile("高新技术(?:产业)?(?:开发区|园区)$"), "高新区"),
    (re.compile("经济(?:技术)?开发区$"), "经开区"),
)


class Gazetteer(NamedTuple):
    """Look-up tables; codes are the six digits of GB/T 2260.

    Attributes:
        name_of: code to full name.
        codes_of: full name to its codes, in order.
        tails: last two characters of a name to the lengths of names that end so, longest first.
        stems: name without its unit and peoples (``都安``, ``黔南``) to its codes.
    """

    name_of: dict[str, str]
    codes_of: dict[str, list[str]]
    tails: dict[str, tuple[int, ...]]
    stems: dict[str, list[str]]


def level_of(code: str) -> str:
    """``province``, ``prefecture`` or ``county``, by the zeros of a six-digit code."""
    if code.endswith("0000"):
        return PROVINCE
    return PREFECTURE if code.endswith("00") else COUNTY


@cache
def gazetteer() -> Gazetteer:
    """The packaged gazetteer, read once (about 3,200 names).

    Raises:
        OSError: if the packaged file is missing.
    """
    name_of: dict[str, str] = {}
    codes_of: dict[str, list[str]] = {}
    stems: dict[str, list[str]] = {}
    tails: dict[str, set[int]] = {}
    for line in (DATA / "places.tsv").read_text(encoding="utf-8").splitlines():
        if line[0] == "#":
            continue
        code, name, root = line.split("\t")
        name_of[code] = name
        codes_of.setdefault(name, []).append(code)
        stems.setdefault(root, []).append(code)
        tails.setdefault(name[-2:], set()).add(len(name))
    return Gazetteer(
        name_of,
        codes_of,
        {tail: tuple(sorted(lengths, reverse=True)) for tail, lengths in tails.items()},
        stems,
    )


@lru_cache(maxsize=4096)
def stem(name: str) -> str:
    """The name without its unit and the peoples in it: 都安瑶族自治县 → 都安, 兴安盟 → 兴安.

    Two-character names (沛县) and names made of a people alone (东乡族自治县 → 东乡) keep what is left.
    """
    if name.startswith("内蒙古"):
        return "内蒙古"
    if "自治" in name and (found := re.fullmatch(_AUTONOMOUS, name)):
        return found[1] or name.split("族", 1)[0]
    for unit in _UNITS:
        if name.endswith(unit):
            return name[: -len(unit)] if len(name) - len(unit) >= 2 else name
    return name


def short_name(full: str) -> str:
    """The name a comparison shows: peoples dropped from counties, zones shortened, banners in full.

    都安瑶族自治县 → 都安县, 阿拉善高新技术产业开发区 → 阿拉善高新区, 科尔沁左翼后旗 unchanged.
    """
    if full.endswith("自治县"):
        return stem(full) + "县"
    for pattern, short in _ZONE_SHORT:
        if pattern.search(full):
            name = pattern.sub(short, full)
            return re.sub(r"^(.{2,})[市盟州](?=高新区$|经开区$)", r"\1", name)
    return full


def superiors(code: str) -> tuple[str, ...]:
    """Codes above `code`, the province first; municipalities and counties under a province have one only."""
    province, prefecture = code[:2] + "0000", code[:4] + "00"
    names = gazetteer().name_of
    above = (province,) if names.get(province) == names.get(prefecture) else (province, prefecture)
    return tuple(one for one in above if one != code and one in names)


def full_name(code: str) -> str:
    """The name with its superiors: 152921 → 内蒙古自治区阿拉善盟阿拉善左旗."""
    names = gazetteer().name_of
    return "".join(names[one] for one in (*superiors(code), code))


def expand(name: str, near: Iterable[str] = ()) -> str:
    """The code a county's abbreviation stands for, ``""`` when none or several fit.

    An abbreviation keeps the first character and the unit and drops others in between:
    科左后旗 = 科尔沁左翼后旗, 都安县 = 都安瑶族自治县.

    Args:
        name: as written, two characters or more.
        near: codes of places named in the same text, which settle between several.
    """
    if len(name) < 2:
        return ""
    names = gazetteer().name_of
    codes = [
        code
        for code in _counties_by_ends().get(name[0] + name[-1], ())
        if len(names[code]) > max(len(name), 3) and _abbreviates(name, names[code])
    ]
    return settle(codes, near) if len(name) > 2 or near else ""


@cache
def _counties_by_ends() -> dict[str, list[str]]:
    """Codes of counties by the first and last character of their names."""
    found: dict[str, list[str]] = {}
    for code, full in gazetteer().name_of.items():
        if level_of(code) == COUNTY:
            found.setdefault(full[0] + full[-1], []).append(code)
    return found


def _abbreviates(name: str, full: str) -> bool:
    if full.endswith("自治县"):
        return name == short_name(full) or _in_order(name, full.split("自治")[0] + "县")
    return _in_order(name, full)


def _in_order(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(character in rest for character in part)


def settle(codes: Iterable[str], near: Iterable[str] = ()) -> str:
    """The one of several codes that fits the places near it, ``""`` when none or several do."""
    candidates = list(dict.fromkeys(codes))
    if len(candidates) == 1:
        return candidates[0]
    known = set(near)
    for depth in (4, 2):
        heads = {code[:depth] for code in known if depth == 2 or not code.endswith("0000")}
        fitting = [code for code in candidates if code in known or code[:depth] in heads]
        if len(fitting) == 1:
            return fitting[0]
    return ""
