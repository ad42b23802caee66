"""Names of encodings as files declare them, and what those names mean in practice. Decodes nothing.

Pages say gb2312 and mean its supersets, say latin1 and mean Windows' own: the WHATWG Encoding Standard lists
what browsers do about that, and so does this.
"""

from __future__ import annotations

import codecs
import re

_MEANT = {
    **dict.fromkeys(
        (
            "gb2312",
            "gbk",
            "gb18030",
            "gb231280",
            "xgbk",
            "csgb2312",
            "chinese",
            "isoir58",
            "cp936",
            "hzgb2312",
        ),
        "gb18030",
    ),
    **dict.fromkeys(("big5", "big5hkscs", "cnbig5", "csbig5", "xxbig5", "cp950"), "big5hkscs"),
    **dict.fromkeys(("shiftjis", "sjis", "xsjis", "mskanji", "windows31j", "cp932"), "cp932"),
    **dict.fromkeys(("euckr", "ksc56011987", "ksc5601", "korean", "windows949", "cp949"), "cp949"),
    **dict.fromkeys(("iso88591", "latin1", "ascii", "usascii", "windows1252", "cp1252"), "cp1252"),
    **dict.fromkeys(("utf8", "unicode11utf8", "utf16", "utf16le", "utf16be", "unicode"), "utf-8"),
}
"""Label without its marks → Python's codec. A label that could be read as ASCII cannot be UTF-16's."""

_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]{2,40})"
    rb"|<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]{2,40})",
    re.IGNORECASE,
)

_HEAD = 8192
"""Bytes in which a page declares its encoding; the standard says 1024, old pages have more before it."""


def codec_of(label: str) -> str:
    """Python's codec for a declared encoding, ``""`` if there is none of that name."""
    bare = re.sub(r"[^a-z0-9]", "", label.lower())
    if bare in _MEANT:
        return _MEANT[bare]
    try:
        found = codecs.lookup(label.strip())
    except (LookupError, ValueError):
        return ""
    return found.name if found._is_text_encoding else ""


def declared_in_page(data: bytes) -> str:
    """The codec that an HTML or XML page declares in its first bytes, ``""`` if it declares none."""
    found = _DECLARED.search(data[:_HEAD])
    return codec_of((found[1] or found[2]).decode("ascii")) if found else ""
