"""Bytes to text: which codec a file is in, and what was lost.

The text is what Python's codec of that name gives: a byte order mark is no part of it, line ends stay.
Must not open files, and never fails on broken bytes: they are replaced and reported. What was asked for goes
first, then a byte order mark, then UTF-8 that holds, then what the file declares, then what fits best.
"""

from __future__ import annotations

import codecs
from functools import cache
from pathlib import Path
from typing import NamedTuple

from polcmp.errors import DocumentError

_COMMON_FILE = Path(__file__).parent.parent / "data" / "common_characters.txt"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; UTF-32 before UTF-16, whose mark it begins with."""

_BINARY = (
    (b"%PDF-", "a PDF file", "Save its text as a .txt file."),
    (b"PK\x03\x04", "a ZIP archive (xlsx, epub …)", "Save it as .docx or text; polcmp scan reads .zip."),
    (b"\xd0\xcf\x11\xe0", "an Office or WPS file of the old kind", "Save the document as .docx."),
    (b"{\\rtf", "an RTF file", "Save the document as plain text."),
    (b"PAR1", "a Parquet file", "polcmp scan reads it."),
    (b"\x89PNG", "a PNG picture", ""),
    (b"\xff\xd8\xff", "a JPEG picture", ""),
    (b"GIF8", "a GIF picture", ""),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"Rar!", "a RAR archive", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it first."),
    (b"\x7fELF", "a program", ""),
    (b"SQLite format 3", "a database", ""),
)
"""First bytes, what they tell, what to do."""

_SAMPLE = 40_000
"""Bytes that decide between codecs: a page or two settles it, and long files stay quick."""

_LOST_SHARE = 0.05
"""Most replaced characters, as a share of those beyond ASCII, of a text that still counts as damaged UTF-8.
GB18030 or Big5 read as UTF-8 loses more than half of them."""

_CONTROL_SHARE = 0.01
"""Most control characters, as a share of all, of a text."""

_SURE = 0.35
"""Score from which a codec is believed. The seeds and labelled documents score 0.66 to 0.91 in the codec they
were written in, at most 0.10 in any other."""

_LIKELY = 0.3
"""Score from which a declared codec of Chinese is believed: damage and odd words cost points. Korean text
taken for GB18030 reaches 0.25."""

_LATIN = 0.4
"""Most characters beyond ASCII, as a share of all, of a text in a Latin encoding."""

_CHINESE = ("gb18030", "big5hkscs")

_CONTROLS = dict.fromkeys((*range(0x09), 0x0B, *range(0x0E, 0x1A), *range(0x1B, 0x20), 0x7F))


class Decoded(NamedTuple):
    """A decoded file.

    Attributes:
        text: code points as the codec gives them.
        encoding: Python name of the codec.
        warnings: what was lost or is doubtful, one sentence each.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, where: str = "", *, asked: str = "", declared: str = "") -> Decoded:
    """Find the codec of `data` and decode it.

    Args:
        data: a whole file.
        where: its path, for messages.
        asked: codec that the user names; nothing is looked for then. ``""`` for none.
        declared: codec that the file declares, believed unless its bytes say otherwise. ``""`` for none.

    Raises:
        DocumentError: P304 if the bytes are no text.
    """
    for magic, what, hint in _BINARY:
        if data.startswith(magic):
            raise _binary(f"this is {what}, not text", where, hint)
    if asked:
        decoded = _decoded(data, asked)
        return _checked(decoded._replace(text=decoded.text.removeprefix("\ufeff")), where)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_doubted(data, _decoded(data, encoding)), where)
    if b"\0" in data and (wide := _without_mark(data)):
        return _checked(wide, where)
    try:
        return _checked(Decoded(data.decode("utf-8"), "utf-8"), where)
    except UnicodeDecodeError:
        return _checked(_damaged_utf8(data) or _believed(data, declared) or _legacy(data), where)


def _doubted(data: bytes, decoded: Decoded) -> Decoded:
    """What a byte order mark says, and a warning where it makes no Chinese of the bytes.

    UTF-16 makes text of any two bytes, the wrong mark before a file of another codec therefore rubbish.
    """
    if decoded.encoding.startswith("utf-8") or _score(data, decoded.encoding) >= _SURE or len(data) < 40:
        return decoded
    doubt = f"the byte order mark says {decoded.encoding}, which makes no Chinese of it (see --encoding)"
    return decoded._replace(warnings=(*decoded.warnings, doubt))


def _decoded(data: bytes, encoding: str) -> Decoded:
    """`data` in `encoding`; undecodable bytes become U+FFFD and a warning names the first of them."""
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeError as error:
        text = data.decode(encoding, "replace")
        if not isinstance(error, UnicodeDecodeError):  # a codec's own complaint, without a place
            return Decoded(text, encoding, (f"the file is damaged: {error}",))
        lost = text.count("\ufffd")
        more = f", {lost} replaced in all" if lost > 1 else ""
        reason = "ends in the middle of a character" if error.end >= len(data) else "is damaged"
        warning = f"the file {reason}: byte {error.start} is not {encoding}{more}"
        return Decoded(text, encoding, (warning,))


def _without_mark(data: bytes) -> Decoded | None:
    """Bytes with NULs as UTF-16 without a byte order mark, None if that makes no text."""
    score, encoding = max((_score(data, one), one) for one in ("utf-16-be", "utf-16-le"))
    return _decoded(data, encoding) if score >= _SURE else None


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes, None if it looks like another codec."""
    decoded = _decoded(data, "utf-8")
    beyond_ascii = sum(one > "\x7f" for one in decoded.text)
    lost = decoded.text.count("\ufffd")
    if lost <= max(1, _LOST_SHARE * beyond_ascii) and beyond_ascii > 2 * lost:
        return decoded
    return None


def _believed(data: bytes, declared: str) -> Decoded | None:
    """`data` in the codec it declares; None if there is none, or if another one gives ordinary Chinese.

    Pages that call Big5 gb2312, or UTF-8 anything, are common; a declared codec that gives no Chinese may
    still be right where no other does.
    """
    if not declared:
        return None
    decoded = _decoded(data, declared)
    if not decoded.warnings and _score(data, declared) >= _SURE:
        return decoded
    score, best = _score(data, declared), max(_score(data, one) for one in _CHINESE)
    fits = score >= _LIKELY if declared in _CHINESE else best < _SURE
    lost = decoded.text.count("\ufffd")
    beyond_ascii = sum(one > "\x7f" for one in decoded.text)
    fits = fits and not (declared == "cp1252" and beyond_ascii > _LATIN * len(decoded.text))
    return decoded if fits and lost <= max(1, _LOST_SHARE * beyond_ascii) else None


def _legacy(data: bytes) -> Decoded:
    """Text in GB18030, Big5 or UTF-16 without ASCII: the codec that gives the most ordinary Chinese."""
    encodings = list(_CHINESE)
    if len(data) % 2 == 0:
        encodings += ["utf-16-le", "utf-16-be"]
    scores = [(_score(data, one), -place) for place, one in enumerate(encodings)]
    best, place = max(scores)
    decoded = _decoded(data, encodings[-place])
    if decoded.encoding == "big5hkscs" and decoded.warnings:
        microsoft = _decoded(data, "cp950")
        decoded = decoded if microsoft.warnings else microsoft
    if best >= _SURE:
        return decoded
    decoded = _guessed(data) or decoded
    doubt = f"no encoding of Chinese fits well; read as {decoded.encoding} (--encoding names another one)"
    return Decoded(decoded.text, decoded.encoding, (*decoded.warnings, doubt))


def _guessed(data: bytes) -> Decoded | None:
    """What charset-normalizer makes of bytes that are no Chinese; None without it, or if it has no answer."""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return None
    best = from_bytes(data[:_SAMPLE], cp_exclusion=list(_CHINESE)).best()
    if best is None:
        return None
    decoded = _decoded(data, best.encoding)
    return None if decoded.warnings else decoded


def _score(data: bytes, encoding: str) -> float:
    """How much `data` looks like prose in `encoding`: 1 all common characters, below 0 rubbish.

    Counts characters beyond ASCII by `_weights`; ASCII counts only where there is nothing else.
    """
    text = data[:_SAMPLE].decode(encoding, "ignore" if len(data) > _SAMPLE else "replace")
    weights = _weights()
    beyond = [one for one in text if one > "\x7f"]
    if not beyond:
        return 1.0 if text and all(one.isprintable() or one in "\r\n\t" for one in text) else 0.0
    return sum(weights.get(one, -0.3) for one in beyond) / len(beyond)


@cache
def _weights() -> dict[str, float]:
    """Character → how ordinary it is in prose, from 1 (the commonest) to 0 (any other Chinese one)."""
    simplified, traditional = _COMMON_FILE.read_text(encoding="utf-8").split()
    weights = dict.fromkeys(map(chr, range(0x4E00, 0x9FA6)), 0.0)
    weights.update(dict.fromkeys(simplified[600:], 0.6))
    weights.update(dict.fromkeys(traditional, 0.8))
    weights.update(dict.fromkeys(simplified[:600], 1.0))
    weights.update(dict.fromkeys("，。、；：？！“”‘’（）《》「」『』—…·％　", 0.8))
    weights.update(dict.fromkeys(map(chr, range(0xFF10, 0xFF5B)), 0.3))
    return weights


def _checked(decoded: Decoded, where: str) -> Decoded:
    """`decoded` unless control characters show that it is no text."""
    text = decoded.text
    controls = len(text) - len(text.translate(_CONTROLS))
    if controls > _CONTROL_SHARE * len(text):
        raise _binary(f"{controls} of {len(text)} characters are control characters: this is no text", where)
    return decoded


def _binary(message: str, where: str, hint: str = "") -> DocumentError:
    return DocumentError(
        message, code="P304", where=where, hint=hint or "Leave the file out, or give its text."
    )
