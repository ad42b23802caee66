"""Which documents are copies of one article: fingerprints and the groups they make.

Knows folded text and numbers only; never reads a document's mentions.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import compress

from polcmp.model.document import Mask

SKETCH_SIZE = 64
"""Values kept of one document: the estimate's standard error is sqrt(0.8 * 0.2 / 64) = 0.05."""

SAME_SOURCE = 0.8
"""Lowest estimated Jaccard similarity of two copies of one article. Mirrors differ by a dateline or an
editor's name (0.9 and more); two reports of one county on one subject share below 0.3."""

SHINGLE_CHARACTERS = 5

PROBES = 8
"""Smallest values by which candidates are looked up: two documents that share 0.8 of their shingles share
none of these with a probability of 0.2 ** 8, so large regions need no comparison of every pair."""

_NOT_TEXT = re.compile(r"[\W_]+")

_DIVISIBLE_BY_4 = bytes(number % 4 == 0 for number in range(256))
"""For ``bytes.translate``: 1 for such a number, 0 for any other."""


def fingerprint(folded: str, masks: Sequence[Mask] = ()) -> tuple[int, ...]:
    """A bottom-k sketch of a document's body, equal for copies of one article.

    The body is the folded text without masks, punctuation and spaces. Runs of 5 characters that begin
    with a code point divisible by 4 (one run in four, the same ones in every copy) are hashed (CRC-32,
    spread by a multiplication; the same on every machine) and the 64 smallest hashes are kept (Cohen
    and Kaplan 2007, "Summarizing data using bottom-k sketches"). Takes 0.3 ms for 2,500 characters.

    Args:
        folded: folded text of one document.
        masks: its boilerplate, in any order; may overlap.

    Returns:
        At most 64 different numbers of 32 bits, ascending; ``()`` when no run is taken.
    """
    kept, at = [], 0
    for start, end in sorted(mask.folded_span for mask in masks):
        kept.append(folded[at : max(at, start)])
        at = max(at, end)
    kept.append(folded[at:])
    data = _NOT_TEXT.sub("", "".join(kept)).encode("utf-32-le", "surrogatepass")
    width = 4 * SHINGLE_CHARACTERS
    # In UTF-32, little end first, the first byte of a character is its number modulo 256.
    chosen = data[: 4 - width : 4].translate(_DIVISIBLE_BY_4)
    starts = compress(range(0, len(data), 4), chosen)
    sums = {zlib.crc32(data[start : start + width]) for start in starts}
    return tuple(sorted([one * 0x9E3779B1 & 0xFFFFFFFF for one in sums])[:SKETCH_SIZE])


def estimated_jaccard(one: Sequence[int], other: Sequence[int]) -> float:
    """Share of shingles two documents have in common, estimated from their fingerprints.

    Args:
        one: result of `fingerprint`.
        other: result of `fingerprint`.

    Returns:
        0 to 1, 0 when either is empty.
    """
    if not one or not other:
        return 0.0
    mine, theirs = set(one), set(other)
    smallest = sorted(mine | theirs)[:SKETCH_SIZE]
    return sum(1 for value in smallest if value in mine and value in theirs) / len(smallest)


def independent_sources(fingerprints: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """Puts every document with its copies.

    Args:
        fingerprints: fingerprint of each document by name; an empty one is a copy of nothing.

    Returns:
        For each document the first name, in order of names, among the documents it is a copy of
        (directly or through a third one); its own name when it has no copy.
    """
    leader = {name: name for name in fingerprints}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    by_value: dict[int, list[str]] = defaultdict(list)
    for name in sorted(fingerprints):
        sketch = fingerprints[name]
        candidates = {other for value in sketch[:PROBES] for other in by_value[value]}
        for other in sorted(candidates):
            first, second = find(other), find(name)
            if first != second and estimated_jaccard(sketch, fingerprints[other]) >= SAME_SOURCE:
                leader[max(first, second)] = min(first, second)
        for value in sketch[:PROBES]:
            by_value[value].append(name)
    return {name: find(name) for name in fingerprints}
