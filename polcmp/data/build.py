"""Makes the data files that are derived from other packages: ``python -m polcmp.data.build readings``.

Run by a maintainer, never by the program; needs the development extras (pypinyin, opencc).
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

DATA = Path(__file__).parent

_HAN_BLOCKS = ((0x3007, 0x3008), (0x3400, 0x4DC0), (0x4E00, 0xA000))
"""The ideographs whose readings are kept: 〇, Extension A and the unified block."""

_COMPATIBILITY_BLOCKS = ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0x2F800, 0x2FA20))
"""Radicals, Kangxi radicals and compatibility ideographs."""


def toneless(syllable: str) -> str:
    """A pinyin syllable without tone marks, lower case, ``ü`` as ``v`` (``lǘ`` → ``lv``, ``ế`` → ``e``)."""
    plain: list[str] = []
    for mark in unicodedata.normalize("NFD", syllable.lower()):
        if mark == "\u0308" and plain and plain[-1] == "u":
            plain[-1] = "v"
        elif not unicodedata.combining(mark):
            plain.append(mark)
    return "".join(plain)


def readings_table() -> dict[str, tuple[list[str], list[str]]]:
    """Toneless syllable → (characters read so first of all, characters read so as well), from pypinyin."""
    from pypinyin.constants import PINYIN_DICT

    table: dict[str, tuple[list[str], list[str]]] = {}
    for code in sorted(PINYIN_DICT):
        if not any(low <= code < high for low, high in _HAN_BLOCKS):
            continue
        syllables = dict.fromkeys(toneless(one) for one in PINYIN_DICT[code].split(","))
        for rank, syllable in enumerate(syllables):
            table.setdefault(syllable, ([], []))[min(rank, 1)].append(chr(code))
    return table


def write_readings(path: Path) -> None:
    """Write ``readings.txt``, a line for each syllable: it, tab, primary, tab, secondary characters."""
    lines = [
        f"{syllable}\t{''.join(a)}\t{''.join(b)}\n" for syllable, (a, b) in sorted(readings_table().items())
    ]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def write_compatibility(path: Path) -> None:
    """Write ``compatibility.txt``: a line of compatibility forms and, below, the line of their NFKC forms.

    Only forms that NFKC maps to a single character are listed (Unicode Character Database of this Python).
    """
    pairs = []
    for low, high in _COMPATIBILITY_BLOCKS:
        for code in range(low, high):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                pairs.append((chr(code), plain))
    text = "".join(one for one, _ in pairs) + "\n" + "".join(plain for _, plain in pairs) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> int:
    """Write the files named in `arguments` (``readings``, ``compatibility``); exit code 2 for any other."""
    makers = {"readings": write_readings, "compatibility": write_compatibility}
    if not arguments or any(one not in makers for one in arguments):
        sys.stderr.write(f"usage: python -m polcmp.data.build {{{','.join(makers)}}}…\n")
        return 2
    for one in arguments:
        makers[one](DATA / f"{one}.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
