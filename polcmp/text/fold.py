"""Fold a raw text to one form for matching, and keep the way back.

Pinyin notes, spaces and line wraps inside Chinese are removed; script, width and punctuation get one form,
character for character. Every folded character comes from exactly one raw character. Must not guess at
damage (it is reported) and must not be applied to its own result.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from polcmp.text.cells import CELL, cell_marks
from polcmp.text.damage import damage_warnings
from polcmp.text.offset_map import OffsetMap
from polcmp.text.script import apply_changes, phrase_changes, simplified_table
from polcmp.text.span import Span
from polcmp.text.width import INVISIBLE, is_han, mend_marks, width_table
from polcmp.text.wraps import wrapped_breaks

TRANSFORMS = ("t2s", "pinyin", "width", "spacing")
"""Names that `Folded.transforms` gives, in its order."""

_NOTE = re.compile("\\(([A-Za-z\u212a\xe0-\u036f:ḿɡɑếề \n\0]{1,14})\\)")
"""What may be a pinyin note, in translated text: letters with or without tones, and what a line wrap or a
careless hand put between them."""

_SPACE = re.compile(r"[ \n\0]+")
"""White space, in translated text."""

_GROUPED = r"(?<![0-9.,:/-] )(?<![0-9.,:/-])[0-9]{1,3}(?: [0-9]{3})+(?=[㐀-鿿])"
"""A number in groups of three before a Chinese word (``4 996个``)."""

_CHINESE_MARKS = frozenset("、。〈〉《》「」『』【】〔〕")
"""Marks that only Chinese has."""

_LOOK = 4
"""How many marks a space looks across to find the script beside it, in code points."""


_PLANE = 0x10000
"""Code points of Unicode's first plane, in which nearly all text is."""


@cache
def _table() -> dict[int, int]:
    return {**simplified_table(), **width_table()}


@cache
def _first_plane() -> list[int]:
    """`_table` as a list, which ``str.translate`` reads nearly twice as fast."""
    codes = list(range(_PLANE))
    for table in (simplified_table(), width_table()):
        for code, plain in table.items():
            if code < _PLANE:
                codes[code] = plain
    return codes


def _translated(text: str) -> str:
    """`text` in one script and width, character for character."""
    whole = len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
    return text.translate(_first_plane() if whole else _table())


class Folded(NamedTuple):
    """A folded text and its way back.

    Attributes:
        text: folded text; one line break between paragraphs.
        offsets: folded to raw offsets.
        warnings: damage met in the raw text, one sentence each.
    """

    text: str
    offsets: OffsetMap
    warnings: tuple[str, ...] = ()

    def raw_span(self, span: Span) -> Span:
        """The raw stretch of a folded one; see `OffsetMap.raw_span`."""
        return self.offsets.raw_span(span)

    def folded_span(self, span: Span) -> Span:
        """The folded stretch of a raw one; see `OffsetMap.folded_span`."""
        return self.offsets.folded_span(span)

    def transforms(self, folded_span: Span, raw: str) -> tuple[str, ...]:
        """What lies between raw and folded text inside a stretch.

        Args:
            folded_span: stretch of the folded text.
            raw: the text that was folded.

        Returns:
            A subset of `TRANSFORMS`, in that order: ``t2s`` another script or variant, ``pinyin`` a note
            removed, ``width`` another width or punctuation form, ``spacing`` space or line wraps removed.
        """
        if folded_span.start >= folded_span.end:
            return ()
        found = set()
        last = -1
        for here, there in self.offsets.pieces(folded_span):
            if last >= 0:
                removed = raw[last : there.start]
                found.add("pinyin" if "(" in removed or "（" in removed else "spacing")
            last = there.end
            new, old = self.text[here.start : here.end], raw[there.start : there.end]
            if new != old:
                changed = {char for char, other in zip(new, old, strict=True) if char != other}
                found |= {
                    "spacing" if one in f" \n{CELL}" else "t2s" if is_han(one) else "width" for one in changed
                }
        return tuple(one for one in TRANSFORMS if one in found)


def fold(raw: str) -> Folded:
    """Fold a document.

    Args:
        raw: decoded text, any line endings, either script.

    Returns:
        The folded text with its offset map. Equal for texts that differ only in script, width, punctuation
        forms, pinyin notes, spaces inside Chinese and hard line wraps.
    """
    # Translated first, all of it: the table keeps the length, and every later search sees one form only.
    even = _translated(raw.replace("\r\n", INVISIBLE + "\n") if "\r" in raw else raw)
    cells = cell_marks(raw)
    if cells:
        even = apply_changes(even, [(place, CELL) for place in cells])
    runs, spaces = _kept_runs(raw, even)
    even = apply_changes(even, [(place, " ") for place in spaces])
    whole = runs == [(0, len(raw))]
    kept = raw if whole else "".join([raw[start:end] for start, end in runs])
    text = even if whole else "".join([even[start:end] for start, end in runs])
    text = mend_marks(apply_changes(text, phrase_changes(kept)))
    if re.search(" [0-9]{3}", text) and re.search(_GROUPED, text):
        text, runs = _close_groups(text, runs)
    return Folded(text, OffsetMap(runs, len(raw)), damage_warnings(raw))


def fold_phrase(text: str) -> str:
    """Fold a phrase of a taxonomy: as `fold`, but line breaks are spaces and nothing maps back."""
    even = _translated(text)
    if even.isalnum():
        return apply_changes(even, phrase_changes(text))
    return fold(" ".join(text.splitlines())).text


def _kept_runs(raw: str, even: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Which stretches of a translated text stay, in order, and which of their line breaks become spaces."""
    blanks = [found.span() for found in _SPACE.finditer(even)]
    notes = _notes(raw, even)
    joined = _joined_breaks(even, blanks)
    runs: list[tuple[int, int]] = []
    spaces: list[int] = []
    start, last = 0, -1  # where the run in hand begins; place of the last character kept before it
    for low, high, is_note in _merged(blanks, notes):
        if high == low + 1 and low > start and even[low] == "\n" and high < len(even) and low not in joined:
            continue  # the line break of a plain paragraph, which is what most white space is
        if low < start:
            continue  # white space inside a note
        at = low - 1 if low > start else last
        place = -1 if is_note else _kept_space(raw, even, (low, high), at, low in joined)
        if place == low and high == low + 1 and low not in joined:
            continue  # a single space or line break that stays: nothing to cut
        if low > start:
            runs.append((start, low))
        start, last = high, at
        if place >= 0:
            runs.append((place, place + 1))
            last = place
            if low in joined:
                spaces.append(place)
    if start < len(even):
        runs.append((start, len(even)))
    return _trimmed(runs, even), spaces


def _merged(blanks: list[tuple[int, int]], notes: list[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    """White space and notes in text order, notes first where both begin: start, end, whether it is a note."""
    if not notes:
        return [(low, high, False) for low, high in blanks]
    stretches = sorted([(low, 1, high) for low, high in blanks] + [(low, 0, high) for low, high in notes])
    return [(low, high, not order) for low, order, high in stretches]


def _notes(raw: str, even: str) -> list[tuple[int, int]]:
    """Pinyin notes, in order, each with the white space between it and its character."""
    from polcmp.text.readings import is_reading

    notes: list[tuple[int, int]] = []
    for found in _NOTE.finditer(even):
        note = found.group(1)
        if not note.isalpha():
            note = _SPACE.sub("", note)
        at = found.start() - 1
        while at >= 0 and even[at] in " \n\0":
            at -= 1
        if notes and notes[-1][1] == at + 1:
            at = notes[-1][0] - 1  # a second reading of the same character
        if at < 0 or not is_han(even[at]):
            continue
        # In folded script or as written.
        if is_reading(note, even[at]) or (raw[at] != even[at] and is_reading(note, raw[at])):
            notes.append((max(at + 1, notes[-1][1] if notes else 0), found.end()))
    return notes


def _trimmed(runs: list[tuple[int, int]], even: str) -> list[tuple[int, int]]:
    """`runs` without white space at the very end, left when only a removed stretch followed it."""
    while runs and even[runs[-1][0] : runs[-1][1]] in (" ", "\n"):
        runs.pop()
    return runs


def _kept_space(raw: str, even: str, blank: tuple[int, int], at: int, joined: bool) -> int:
    """Place of the one space or line break that stays of a run of white space, -1 if none does.

    Args:
        raw: the raw text.
        even: the same, translated.
        blank: the run.
        at: place of the last character kept before it, -1 at the start.
        joined: whether its line break is a hard wrap.
    """
    low, high = blank
    if high == len(even) or at < 0 or even[at] == "\n":
        return -1
    broken = even.find("\n", low, high)
    if broken >= 0 and not joined:
        return broken
    place = broken if broken >= 0 else even.find(" ", low, high)
    before, after = even[at], even[high]
    if place < 0 or before == " ":
        return -1
    if broken >= 0 and (_parts_number(before, after) or not _are_word_ends(before, after)):
        return -1
    if broken < 0 and _is_spread(raw, at, high):
        return -1
    return place if _parts_words(even, at, high) else -1


def _parts_number(before: str, after: str) -> bool:
    """Whether a line wrap between these two characters fell inside a number."""
    return (before.isdigit() and (after.isdigit() or after in ".,%")) or (before in ".," and after.isdigit())


def _are_word_ends(before: str, after: str) -> bool:
    """Whether a line wrap between these two characters parted Latin words or numbers, which need a space."""
    return (before + after).isascii() and before.isalnum() and after.isalnum()


def _is_spread(raw: str, at: int, high: int) -> bool:
    """Whether a space stands inside a number of full-width digits (``１ ０８人``): spread out, not two."""
    return raw[at].isdigit() and raw[high].isdigit() and not raw[at].isascii() and not raw[high].isascii()


def _parts_words(even: str, at: int, high: int) -> bool:
    """Whether the space between the characters at `at` and `high` parts words that are not Chinese."""
    if is_han(even[at]) or is_han(even[high]):
        return False
    left = range(at, max(-1, at - _LOOK), -1)
    right = range(high, min(len(even), high + _LOOK))
    return not (_beside_chinese(even, left) or _beside_chinese(even, right))


def _beside_chinese(even: str, places: range) -> bool:
    """Whether the first word character or purely Chinese mark met at `places` is Chinese."""
    for place in places:
        char = even[place]
        if is_han(char) or char in _CHINESE_MARKS:
            return True
        if char.isalnum() or char == "\n":
            return False
    return False


def _joined_breaks(even: str, blanks: list[tuple[int, int]]) -> set[int]:
    """Where the runs of white space begin whose line break is a hard wrap."""
    breaks = [(low, high) for low, high in blanks if even.find("\n", low, high) >= 0]
    if len(breaks) < 3:
        return set()
    lines, blank_after, start = [], [], 0
    for low, high in breaks:
        if low > start:
            lines.append(Span(start, low))
            blank_after.append(even.count("\n", low, high) > 1)
        start = high
    if start < len(even):
        lines.append(Span(start, len(even)))
        blank_after.append(True)
    rows = [CELL in even[line.start : line.end] for line in lines] if CELL in even else []
    return {
        lines[index].end
        for index in wrapped_breaks(even, lines, blank_after)
        if not (rows and (rows[index] or rows[min(index + 1, len(rows) - 1)]))
    }


def _close_groups(text: str, runs: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Drop the spaces inside numbers written in groups of three; text and runs without them."""
    spaces = [
        group.start() + place
        for group in re.finditer(_GROUPED, text)
        for place, one in enumerate(group.group())
        if one == " "
    ]
    indices = OffsetMap(runs, runs[-1][1]).raw_indices()
    for place in reversed(spaces):
        text = text[:place] + text[place + 1 :]
        del indices[place]
    return text, [(index, index + 1) for index in indices]
