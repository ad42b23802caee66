"""The noun a figure counts: right of its unit (196名优秀后备干部) or left of it (第一书记29名).

Works without word segmentation: a noun reaches to the next punctuation mark, verb or particle of
``figure_words.txt``. Must not judge whether a number is a figure.
"""

from __future__ import annotations

import re

from polcmp.text.figure_words import FigureWords, word_at

LONGEST_NOUN = 16
"""Code points a counted noun may have; the longest in the labelled documents has 12."""

_HEAD_DISTANCE = 4
"""Code points between two head nouns of one noun (企业专业技术人员)."""

_KEPT_HEADS = tuple("部员队组人村户会社体委记子位门业目金")
_CLAUSE_END = frozenset(',;:。?!()、\n《》…—"·|[]/+>= \t')
_NUMERAL = frozenset("0123456789")
_RELATIVE = re.compile(r"(?:懂|会(?![计员长])|能(?![人源手量])|有(?![机限])|熟悉|善于|热爱|具备|具有)[^。;!?\n]{1,24}?的(?=[一-鿿])")
_BASE = re.compile(r"([一-鿿]{2,12})的$")
_BASE_LEAD = re.compile(
    r"^.*(?:按照|按|以|不低于|不少于|不超过|不高于|超过|低于|高于|占|达到|达|每年|不得|给付|支付)"
)


def noun_after(text: str, at: int, end: int, words: FigureWords) -> str:
    """The noun that begins at `at`.

    Args:
        text: folded text.
        at: code point after the unit.
        end: code point no noun may reach beyond.
        words: the word lists.

    Returns:
        The noun, at most `LONGEST_NOUN` code points, a quoted name in front of it included
        (``"双共"奋进队员``); ``""`` where punctuation, a verb or a particle follows at once.
    """
    if at < end and text[at] == "的":
        at += 1
    relative = _RELATIVE.match(text, at, end)
    begin = relative.end() if relative else at
    at = _past_quote(text, begin, end)
    noun = text[begin : _end_of_noun(text, at, min(end, at + LONGEST_NOUN), words)]
    return "" if noun.endswith('"') else noun


def _end_of_noun(text: str, at: int, stop: int, words: FigureWords) -> int:
    """The first verb, particle or mark; earlier, after a usual head noun that no other head noun follows."""
    head = 0
    while at < stop:
        kept, ended = word_at(words.keep, text, at, stop), word_at(words.stop, text, at, stop)
        if text[at] in _CLAUSE_END or text[at] in _NUMERAL or (ended and len(ended) > len(kept)):
            return head or at
        noun = word_at(words.heads, text, at, stop)
        if head and not noun and at - head >= _HEAD_DISTANCE:
            return head
        at += max(len(noun), len(kept)) or 1
        if noun or (kept and kept.endswith(_KEPT_HEADS)):
            head = at
    return head or at


def noun_before(text: str, floor: int, at: int, words: FigureWords) -> str:
    """The noun that ends at `at`: what follows the last verb or particle between `floor` and `at`.

    Returns:
        The noun, at most `LONGEST_NOUN` code points, or ``""``.
    """
    begin = at
    while begin > floor and at - begin < LONGEST_NOUN and text[begin - 1] not in _CLAUSE_END:
        begin -= 1
    scan = begin
    while scan < at:
        kept, ended = word_at(words.keep, text, scan, at), word_at(words.stop, text, scan, at)
        if ended and len(ended) > len(kept):
            scan += len(ended)
            begin = scan
        else:
            scan += len(kept) or 1
    noun = text[begin:at]
    return noun if len(noun) > 1 or noun in ("村", "户", "牛", "羊") else ""


def base_before(text: str, floor: int, at: int) -> str:
    """What a percentage is taken of, where the text says ``…的8%`` (按照入股额的8% → 入股额), else ``""``."""
    found = _BASE.search(text, max(floor, at - LONGEST_NOUN), at)
    return _BASE_LEAD.sub("", found[1]) if found else ""


def _past_quote(text: str, at: int, end: int) -> int:
    """Code point after a short quotation that opens at `at` and is followed by more, else `at`."""
    if at < end and text[at] == '"':
        close = text.find('"', at + 1, min(end, at + 12))
        if close > 0 and close + 1 < end and text[close + 1] not in _CLAUSE_END:
            return close + 1
    return at
