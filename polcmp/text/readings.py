"""Readings of Chinese characters without tones, from ``data/readings.txt`` (derived from pypinyin).

Used for pinyin notes and homophones only; the file is read when the first of them turns up.
Must not import pypinyin: that takes 130 ms.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from polcmp.errors import InternalError

_FILE = Path(__file__).parent.parent / "data" / "readings.txt"

_PLAIN = str.maketrans(
    "āáǎàăēéěèêĕếềīíǐìĭōóǒòŏūúǔùŭǖǘǚǜüńňǹḿɡɑ",
    "aaaaaeeeeeeeeiiiiiooooouuuuuvvvvvnnnmga",
    "\u0300\u0301\u0302\u0304\u0306\u030c",
)
"""Tone-marked letters to plain ones, ``ü`` to ``v``; combining tone marks are dropped."""


@cache
def _syllables() -> dict[str, tuple[str, str]]:
    """Syllable → (characters whose primary reading it is, characters that have it as well)."""
    try:
        lines = _FILE.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InternalError(f"cannot read {_FILE.name}", code="P111", where=str(_FILE)) from error
    table = {}
    for line in lines:
        syllable, primary, secondary = line.split("\t")
        table[syllable] = (primary, secondary)
    return table


@lru_cache(maxsize=8192)
def readings(char: str) -> frozenset[str]:
    """Toneless readings of one character, lower case, ``v`` for ``ü``; empty for anything else than Han."""
    return frozenset(one for one, (first, others) in _syllables().items() if char in first or char in others)


@cache
def _primary_table() -> dict[str, str]:
    return {char: syllable for syllable, (primary, _) in _syllables().items() for char in primary}


def primary_reading(char: str) -> str:
    """The usual toneless reading of one character; a character without readings itself."""
    return _primary_table().get(char, char)


def plain_syllable(note: str) -> str:
    """A syllable as written in a text, without tone, in the spelling of `readings` (``Lǚ`` → ``lv``)."""
    return note.lower().replace("u\u0308", "v").replace("u:", "v").translate(_PLAIN)


@lru_cache(maxsize=8192)
def is_reading(note: str, char: str) -> bool:
    """Whether `note` (a syllable, with or without tone, any case) is one of the readings of `char`.

    ``u`` passes for ``ü`` after l and n, as many annotators write it.
    """
    syllable = plain_syllable(note)
    spellings = [syllable]
    if syllable[:2] in ("lu", "nu"):
        spellings.append(syllable[0] + "v" + syllable[2:])
    elif syllable[:2] in ("jv", "qv", "xv", "yv"):
        spellings.append(syllable[0] + "u" + syllable[2:])
    table = _syllables()
    return any(
        char in first or char in others for first, others in (table.get(one, ("", "")) for one in spellings)
    )


@cache
def _key_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for primary, _ in _syllables().values():
        if primary:
            table.update(dict.fromkeys(map(ord, primary), primary[0]))
    return table


def reading_key(text: str) -> str:
    """`text` with every Han character replaced by one that stands for its primary toneless reading.

    Same length as `text`. Two texts have the same key if and only if each pair of characters is the same
    or shares its primary toneless reading. Characters without a reading stay.
    """
    return text.translate(_key_table())
