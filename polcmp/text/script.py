"""Traditional to Simplified script, one character for one: OpenCC's ``t2s`` as a table and one phrase pass.

Reads OpenCC's dictionary files (opencc-python-reimplemented) without importing that package, and
``data/variants.txt`` for forms that OpenCC lacks. Must not change the length of a text.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from polcmp.errors import InternalError

_DATA = Path(__file__).parent.parent / "data"


class _Phrases(NamedTuple):
    """Words whose Simplified form is not the sum of their characters.

    Attributes:
        words: word as written → Simplified, equally long.
        windows: for every character that some word treats differently from the table, the places and
            lengths of such words: ``(place of the character in the word, length of the word)``.
    """

    words: dict[str, str]
    windows: dict[str, tuple[tuple[int, int], ...]]


def _lines(path: Path) -> list[list[str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InternalError(
            f"cannot read {path.name}: {error.strerror}", code="P111", where=str(path)
        ) from error
    return [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]


def _opencc_dictionary(name: str) -> list[list[str]]:
    """Lines of one OpenCC dictionary: word and, separated by spaces, its renderings; the first one counts."""
    spec = find_spec("opencc")
    if spec is None or not spec.submodule_search_locations:
        raise InternalError(
            "the OpenCC dictionaries are missing",
            code="P111",
            hint="Install opencc-python-reimplemented.",
        )
    return _lines(Path(spec.submodule_search_locations[0]) / "dictionary" / name)


@cache
def _variants() -> list[list[str]]:
    return _lines(_DATA / "variants.txt")


@cache
def simplified_table() -> dict[int, int]:
    """Code point → code point of every character that the fold writes in another form.

    Compatibility ideographs and radicals first (Unicode NFKC), then variants, then OpenCC's characters;
    each character is looked up once, never its result.
    """
    table = {
        ord(word): ord(first)
        for word, renderings in _opencc_dictionary("TSCharacters.txt")
        if len(word) == 1 and len(first := renderings.split(" ", 1)[0]) == 1 and first != word
    }
    table.update((ord(word), ord(plain)) for word, plain in _variants() if len(word) == len(plain) == 1)
    forms, plains = (_DATA / "compatibility.txt").read_text(encoding="utf-8").split()
    for form, plain in zip(forms, plains, strict=True):
        table[ord(form)] = table.get(ord(plain), ord(plain))
    return table


@cache
def _phrases() -> _Phrases:
    """Compile the words of ``TSPhrases.txt`` and the exceptions of ``variants.txt``."""
    table = simplified_table()
    pairs = [(word, renderings.split(" ", 1)[0]) for word, renderings in _opencc_dictionary("TSPhrases.txt")]
    pairs += [(word, plain) for word, plain in _variants() if len(word) > 1]
    words = {word: plain for word, plain in pairs if len(word) == len(plain)}
    windows: dict[str, set[tuple[int, int]]] = {}
    for word, plain in words.items():
        for place, (old, new) in enumerate(zip(word, plain, strict=True)):
            if table.get(ord(old), ord(old)) != ord(new):
                windows.setdefault(old, set()).add((place, len(word)))
    # A word that changes nothing by itself still keeps a shorter one inside it from matching.
    for word in words:
        for place, old in enumerate(word):
            if old in windows:
                windows[old].add((place, len(word)))
    return _Phrases(words, {old: tuple(sorted(found)) for old, found in windows.items()})


def phrase_changes(text: str) -> list[tuple[int, str]]:
    """Words of `text` (any script, not yet folded) that the character table would get wrong.

    Longest words first, then from the left, none overlapping another: the order OpenCC's Python port uses.

    Returns:
        ``(start, Simplified word)`` in text order.
    """
    phrases = _phrases()
    found: set[tuple[int, int]] = set()
    for trigger, windows in phrases.windows.items():
        place = text.find(trigger)
        while place >= 0:
            for offset, length in windows:
                start = place - offset
                if start >= 0 and text[start : start + length] in phrases.words:
                    found.add((-length, start))
            place = text.find(trigger, place + 1)
    taken: dict[int, str] = {}
    covered: set[int] = set()
    for negative, start in sorted(found):
        places = range(start, start - negative)
        if covered.isdisjoint(places):
            covered.update(places)
            taken[start] = phrases.words[text[start : start - negative]]
    return sorted(taken.items())


def simplify(text: str) -> str:
    """`text` in Simplified script, nothing else changed. Not to be repeated: 薴 → 苧, 苧 → 苎."""
    return apply_changes(text.translate(simplified_table()), phrase_changes(text))


def apply_changes(text: str, changes: list[tuple[int, str]]) -> str:
    """`text` with each ``(start, replacement)`` written over it; they are in order and do not overlap."""
    if not changes:
        return text
    parts, end = [], 0
    for start, plain in changes:
        parts.append(text[end:start])
        parts.append(plain)
        end = start + len(plain)
    parts.append(text[end:])
    return "".join(parts)
