"""Which formats are read, by the ending of a name and by the first bytes: one registry.

A reader is a module beside this one with ``extract(data, source) -> Extracted``; it is imported when the
first document of its kind is met. What the bytes show goes before what the name says.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple, cast

from polcmp.errors import DocumentError
from polcmp.load.extracted import Extracted, damaged
from polcmp.load.source import Source

Extract = Callable[[bytes, Source], Extracted]


class Format(NamedTuple):
    """A format that is read.

    Attributes:
        name: its name in results.
        what: its name in messages.
        suffixes: endings of its files' names.
        module: reader, in this room.
        magic: whether its files are known by their first bytes, so that another beginning means damage.
    """

    name: str
    what: str
    suffixes: tuple[str, ...]
    module: str
    magic: bool = False


_FORMATS = (
    Format("text", "plain text", (".txt", ".text"), "text_file"),
    Format("markdown", "Markdown", (".md", ".markdown"), "markdown"),
    Format("html", "an HTML page", (".html", ".htm", ".xhtml", ".shtml"), "html_page"),
    Format("mhtml", "a saved web page (MHTML)", (".mhtml", ".mht"), "mail"),
    Format("docx", "a Word document", (".docx", ".docm"), "word", magic=True),
    Format("pdf", "a PDF", (".pdf",), "pdf", magic=True),
    Format("rtf", "RTF", (".rtf",), "rtf", magic=True),
    Format("eml", "an e-mail", (".eml",), "mail"),
    Format("doc", "an old Word or WPS document", (".doc", ".wps"), "", magic=True),
)
FORMATS = {one.name: one for one in _FORMATS}
_BY_SUFFIX = {suffix: one for one in _FORMATS for suffix in one.suffixes}

RECORD_SUFFIXES = (".jsonl", ".ndjson", ".csv", ".tsv")
"""Files that hold many documents, one a record; `polcmp.load.records` takes them apart."""

READ_SUFFIXES = (*_BY_SUFFIX, *RECORD_SUFFIXES)
"""What is read in a folder; a file named by itself is read whatever its suffix."""

UNREAD_SUFFIXES = (".odt", ".ofd", ".epub", ".caj", ".ceb")
"""Documents in formats that are not read: left out, and said so, since a silent gap looks like a finding."""

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.I | re.S,
)
_TAG = re.compile(rb"<(?:p|br|div|span|table|body|html|meta|a|h[1-6]|section|article)\b[^<>]*>", re.I)
_ARCHIVED_PAGE = re.compile(
    r"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", re.I
)


def suffix_of(name: str) -> str:
    """The suffix of a file name, lower case, ``""`` if its last point starts none (``2021.5.总结``)."""
    found = _SUFFIX.search(name)
    return found.group().lower() if found else ""


def format_of(data: bytes, source: Source) -> tuple[Format, str]:
    """The format of a file.

    Args:
        data: its bytes.
        source: where it comes from; the ending of its path counts.

    Returns:
        The format, and a warning if the name promises another one, else ``""``.

    Raises:
        DocumentError: P307 a format that is not read, P310 the name promises what the bytes are not.
    """
    suffix = suffix_of(source.path)
    named = _BY_SUFFIX.get(suffix)
    found = FORMATS.get(_by_content(data, named.name if named else ""))
    if found is None:
        if named is None or (named.name == "html" and not _TAG.search(data[: 16 * _HEAD])):
            return FORMATS["text"], ""
        if named.magic:
            raise damaged(f"the name ends in {suffix}, but this is not {named.what}", source.path)
        return named, ""
    if found.name == "doc":
        raise DocumentError(
            "this is an Office or WPS file of the old kind, or a locked one; it is not read",
            code="P307",
            where=source.path,
            hint="Save the document as .docx (without a password), .pdf or .txt.",
        )
    told = named is not None and named != found and {named.name, found.name} != {"mhtml", "eml"}
    return found, f"the name ends in {suffix}, but this is {found.what}; read as that" if told else ""


def unread_format(path: str) -> DocumentError:
    """The error for a document in a format that is not read (`UNREAD_SUFFIXES`)."""
    hint = "Save the document as .docx, .pdf or plain text (.txt)."
    return DocumentError(f"{suffix_of(path)} files are not read", code="P307", where=path, hint=hint)


def reader_of(format: Format) -> Extract:
    """The function that reads a format; its module is imported now."""
    return cast(Extract, import_module(f"polcmp.load.{format.module}").extract)


def _by_content(data: bytes, named: str) -> str:
    """The format that the first bytes show, ``""`` if they show none.

    Args:
        data: the bytes.
        named: the format that the name promises: what a page may hold anywhere decides only with it.
    """
    head = data[:_HEAD]
    if head.startswith(b"%PDF-") or (named == "pdf" and b"%PDF-" in head[:1024]):
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_OLE):
        return "doc"
    if head.startswith(b"PK\x03\x04"):
        return "docx" if named == "docx" or b"word/document" in data else ""
    shown = _shown(head)
    if _PAGE.match(shown):
        return "html"
    if named not in ("markdown", "text") and _ARCHIVED_PAGE.match(shown):
        return "mhtml"
    return ""


def _shown(head: bytes) -> str:
    """The first bytes as letters: enough to see tags and fields of a header in."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "ignore")
    return head.removeprefix(codecs.BOM_UTF8).replace(b"\0", b"").decode("latin-1")
