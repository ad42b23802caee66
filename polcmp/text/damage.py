"""Traces of damaged encoding in a text. Counts and reports them; never repairs."""

from __future__ import annotations

import re

_EATEN_NOTE = r"\?([^\W\d_]{1,6})\)"
"""A pinyin note whose first byte was eaten together with the character before it: ``他們?cè)趯``."""

_LATIN = "(?:[à-ï][\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{2}){3,}"
"""UTF-8 read as Latin-1 or Windows-1252: three Chinese characters or more as ``ä¸\xadæ–‡å…``."""

_GBK = "(?:锟斤拷|锟斤|斤拷|烫烫烫|屯屯屯)+"
"""U+FFFD written as UTF-8 and read as GBK, and uninitialised memory read as GBK."""
# Compiled on first use: most texts are sound, and start-up time counts.


def damage_warnings(raw: str) -> tuple[str, ...]:
    """One sentence for each kind of damage met in `raw`, with how often; nothing is changed."""
    warnings = []
    lost = raw.count("\ufffd")
    if lost:
        warnings.append(f"{_times(lost, 'character')} could not be decoded (U+FFFD)")
    if "?" in raw and ")" in raw:
        eaten = [hit for hit in re.finditer(_EATEN_NOTE, raw) if _stands_in_chinese(raw, hit)]
        if eaten:
            sample = raw[max(0, eaten[0].start() - 2) : eaten[0].end() + 2]
            warnings.append(f"{_times(len(eaten), 'damaged pinyin note')} such as {sample!r} left as found")
    if "锟斤" in raw or "斤拷" in raw or "烫烫烫" in raw or "屯屯屯" in raw:
        warnings.append(
            f"{_times(len(re.findall(_GBK, raw)), 'stretch', 'stretches')} of mojibake (锟斤拷) left as found"
        )
    latin = re.findall(_LATIN, raw) if any(lead in raw for lead in "äåæçèé") else []
    if latin:
        warnings.append(
            f"{_times(len(latin), 'stretch', 'stretches')} of UTF-8 read as Latin-1 left as found"
        )
    return tuple(warnings)


def _stands_in_chinese(raw: str, hit: re.Match[str]) -> bool:
    """Whether a Chinese character stands before the ``?`` and no bracket opened shortly before."""
    before = raw[max(0, hit.start() - 12) : hit.start()]
    if any(one > "\u036f" for one in hit.group(1)):
        return False
    if not before or not "\u3400" <= before[-1] <= "\u9fff":
        return False
    opened = max(before.rfind("("), before.rfind("（"))
    return opened <= max(before.rfind(")"), before.rfind("）"))


def _times(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
