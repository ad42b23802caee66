"""The noun a figure counts: right of its unit (196名优秀后备干部) or left of it (第一书记29名).

Works without word segmentation: a noun reaches to the next punctuation mark, verb or particle of
``figure_words.txt``. Must not judge whether a number is a figure.
"""

from __future__ import annotations

from polcmp.text.figure_words import HEAD, STOP, FigureWords

LONGEST_NOUN = 16
"""Code points a counted noun may have; the longest in the labelled documents has 12."""

_HEAD_DISTANCE = 4
"""Code points between two head nouns of one noun (企业专业技术人员)."""

_RELATIVE_LENGTH = 24
"""Code points of a relative clause before its 的 (懂账目、会经营的年轻干部 has 7)."""

_CLAUSE_END = frozenset(',;:。?!()、\n《》…—"·|[]/+>= \t0123456789')
_NUMERALS = frozenset("两二三四五六七八九十百千万几")
_SENTENCE_END = frozenset("。;!?\n")
_RELATIVE = ("懂", "会", "能", "有", "熟悉", "善于", "热爱", "具备", "具有")
_NOT_RELATIVE = ("会计", "会员", "会长", "能人", "能源", "能手", "能量", "有机", "有限")
_ENDINGS = tuple(
    "部员队组人村户会社体委记子位门业目金款费资产证牛羊马猪场站点所园厂题院校室屋房积口力畜济入量额"
)
"""Last characters of nouns; a noun left of a number must end in one, for verbs stand there as well."""

_SHORT = frozenset("村户人组队社屯寨乡镇县区旗店厂坊桥路井库塘树茶田地山林房屋车船书课事牛羊马猪鸡鸭鱼驴店")
"""Nouns of one character; any other single character right of a number is a verb."""

_BASE_LEADS = (
    "按照", "按", "以", "不低于", "不少于", "不超过", "不高于", "超过", "低于", "高于", "占", "达到", "达",
    "每年", "不得", "给付", "支付",
)  # fmt: skip


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
    begin = _past_relative_clause(text, at, end)
    at = _past_quote(text, begin, end)
    noun = text[begin : _end_of_noun(text, at, min(end, at + LONGEST_NOUN), words)]
    return "" if noun.endswith('"') or (len(noun) == 1 and noun not in _SHORT) else noun


def _end_of_noun(text: str, at: int, stop: int, words: FigureWords) -> int:
    """The first verb, particle or mark; earlier, after a usual head noun that no other head noun follows."""
    head = 0
    while at < stop:
        if text[at] in _CLAUSE_END:
            return head or at
        word, role = words.noun_word_at(text, at, stop)
        if role == STOP or (head and text[at] in _NUMERALS):
            return head or at
        if head and role != HEAD and at - head >= _HEAD_DISTANCE:
            return head
        at += len(word) or 1
        if role == HEAD or (word and word.endswith(_ENDINGS)):
            head = at
    return head or at


def noun_before(text: str, floor: int, at: int, words: FigureWords) -> str:
    """The noun that ends at `at`: what follows the last verb or particle between `floor` and `at`.

    Returns:
        The noun, at most `LONGEST_NOUN` code points, or ``""``.
    """
    scan = at
    while scan > floor and at - scan < LONGEST_NOUN and text[scan - 1] not in _CLAUSE_END:
        scan -= 1
    begin = scan
    while scan < at:
        word, role = words.noun_word_at(text, scan, at)
        scan += len(word) or 1
        if role == STOP:
            begin = scan
    noun = text[begin:at]
    if not noun:
        return ""
    return noun if noun.endswith(_ENDINGS) or words.noun_word_at(noun, 0, len(noun))[0] == noun else ""


def base_before(text: str, floor: int, at: int) -> str:
    """What a percentage is taken of, where the text says ``…的8%`` (按照入股额的8% → 入股额), else ``""``."""
    if at - 2 < floor or text[at - 1] != "的":
        return ""
    begin = at - 1
    while begin > floor and at - begin < LONGEST_NOUN and text[begin - 1] not in _CLAUSE_END:
        begin -= 1
    base = text[begin : at - 1]
    cut = max((base.rfind(lead) + len(lead) for lead in _BASE_LEADS if lead in base), default=0)
    return base[cut:]


def _past_relative_clause(text: str, at: int, end: int) -> int:
    """Code point after 懂账目、会经营的, else `at`."""
    if not text.startswith(_RELATIVE, at, end) or text.startswith(_NOT_RELATIVE, at, end):
        return at
    particle = text.find("的", at, min(end, at + _RELATIVE_LENGTH))
    if particle < 0 or any(one in _SENTENCE_END for one in text[at:particle]):
        return at
    return particle + 1


def _past_quote(text: str, at: int, end: int) -> int:
    """Code point after a short quotation that opens at `at` and is followed by more, else `at`."""
    if at < end and text[at] == '"':
        close = text.find('"', at + 1, min(end, at + 12))
        if close > 0 and close + 1 < end and text[close + 1] not in _CLAUSE_END:
            return close + 1
    return at
