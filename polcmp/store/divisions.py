"""A region's full name taken apart into province, city and county, for grouping. Reads no documents."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from polcmp.text.gazetteer import COUNTY, PREFECTURE, PROVINCE, gazetteer, level_of, superiors


class Divisions(NamedTuple):
    """Full names at the three levels; ``""`` where the name does not say.

    A municipality (北京市) has no city; what stands below the province or city and is in no gazetteer
    (development zones) counts as a county.
    """

    province: str = ""
    city: str = ""
    county: str = ""


@lru_cache(maxsize=8192)  # a corpus names a few thousand regions, each many times
def divisions(full_name: str) -> Divisions:
    """Province, city and county of a region's full name.

    Args:
        full_name: with its superiors (``内蒙古自治区呼伦贝尔市陈巴尔虎旗``); a name without them is
            looked up and stays alone when several places have it.
    """
    names = gazetteer()
    codes = names.codes_of.get(full_name) or names.codes_of.get(_head(full_name, COUNTY)[0], [])
    if len(codes) == 1:
        by_level = {level_of(code): names.name_of[code] for code in (*superiors(codes[0]), codes[0])}
        return Divisions(*(by_level.get(level, "") for level in (PROVINCE, PREFECTURE, COUNTY)))
    province, rest = _head(full_name, PROVINCE)
    city, rest = _head(rest, PREFECTURE, province)
    county, _ = _head(rest, COUNTY, province)
    return Divisions(province, city, county or rest)


def _head(text: str, level: str, province: str = "") -> tuple[str, str]:
    """The longest name of that level `text` begins with, and what follows it; inside `province` if given."""
    names = gazetteer()
    for length in range(min(len(text), 15), 1, -1):
        for code in names.codes_of.get(text[:length], ()):
            above = names.name_of.get(code[:2] + "0000", "")
            if level_of(code) == level and (not province or above == province):
                return text[:length], text[length:]
    return "", text
