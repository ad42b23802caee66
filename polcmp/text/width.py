"""Width and punctuation: one form for each letter, digit and mark, character for character.

Must not know of scripts, spaces or pinyin. The canonical forms: ASCII ``, ; : ? ! ( )``, ``。`` for the full
stop, ``、``, ``"`` for every double quotation mark, ``《》``, ``—``, ``·``, ``…``.
"""

from __future__ import annotations

_FORMS = {
    "'": "‘’‚‛",
    '"': "“”„‟〝〞「」『』﹁﹂﹃﹄｢｣",
    ",": "﹐︐",
    ";": "﹔︔",
    ":": "﹕︓∶︰",
    "?": "﹖︖",
    "!": "﹗︕",
    "(": "﹙︵⦅",
    ")": "﹚︶⦆",
    "[": "︹",
    "]": "︺",
    ".": "﹒",
    "。": "｡︒",
    "、": "﹑､︑",
    "《": "︽",
    "》": "︾",
    "【": "︻",
    "】": "︼",
    "—": "―–‒─━⸺﹘︱",
    "-": "‐‑−﹣",
    "~": "〜∼",
    "·": "•‧・･∙⋅",
    "…": "⋯",
    "%": "﹪",
    "+": "﹢",
    "=": "﹦",
    "&": "﹠",
    "|": "│",
    "¥": "￥",
}
"""Canonical mark → other forms of it (Unicode's small, vertical and half-width forms among them)."""

_CLOSERS = "\")'》】%"
_OPENERS = '"(《'

_SPACES = (0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_NEWLINES = (0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029)
_INVISIBLE = (
    *range(0x09),
    *range(0x0E, 0x1C),
    *(0x1F, 0x7F, 0xAD, 0x034F, 0x061C, 0x180B, 0x180C, 0x180D, 0x180E),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *(0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB),
    *range(0xE0100, 0xE01F0),
)
"""Control characters, zero-width spaces, direction marks, variation selectors, soft hyphen, BOM."""

INVISIBLE = "\0"
"""What `width_table` writes for a character that shows nothing."""


def width_table() -> dict[int, int]:
    """Code point → code point of every letter, digit, mark and space that the fold writes in another form.

    Spaces become ``" "``, line ends the line feed, characters that show nothing `INVISIBLE`.
    """
    table = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    for plain, forms in _FORMS.items():
        table.update((ord(form), ord(plain)) for form in forms)
    table.update(dict.fromkeys(_SPACES, 0x20))
    table.update(dict.fromkeys(_NEWLINES, 0x0A))
    table.update(dict.fromkeys(_INVISIBLE, 0))
    return table


def mend_marks(text: str) -> str:
    """Folded `text` with ``.`` after Chinese written ``。``, and ``--`` between Chinese written ``——``.

    A point before a letter, a digit or another point stays (``1.建强``, ``3.5``, ``...``).
    """
    if "." in text:
        text = _mend_stops(text)
    if "--" in text:
        text = _mend_dashes(text)
    return text


def _mend_stops(text: str) -> str:
    parts, end, place = [], 0, text.find(".")
    while place >= 0:
        if _after_chinese(text, place) and not _is_plain(text[place + 1 : place + 2]):
            parts.append(text[end:place] + "。")
            end = place + 1
        place = text.find(".", place + 1)
    return "".join([*parts, text[end:]])


def _mend_dashes(text: str) -> str:
    place = text.find("--")
    while place >= 0:
        following = text[place + 2 : place + 3]
        if _after_chinese(text, place) and (is_han(following) or following in _OPENERS):
            text = text[:place] + "——" + text[place + 2 :]
        place = text.find("--", place + 2)
    return text


def _after_chinese(text: str, place: int) -> bool:
    """Whether a Chinese character stands right before `place`, a closing mark between them allowed."""
    before = place - 1
    if before >= 0 and text[before] == "%":
        return True
    if before > 0 and text[before] in _CLOSERS:
        before -= 1
    return before >= 0 and is_han(text[before])


def _is_plain(char: str) -> bool:
    return char == "." or (char.isascii() and char.isalnum())


def is_han(char: str) -> bool:
    """Whether `char` is a Chinese character, compatibility forms and 〇 included; ``""`` is none."""
    return (
        "\u3400" <= char <= "\u9fff"
        or "\U00020000" <= char < "\U00040000"
        or "\uf900" <= char < "\ufb00"
        or char == "〇"
    )
