"""Read a Word document (docx): paragraphs with their automatic numbers, rows of tables, text boxes, notes.

What a reader does not see is left out: deleted and hidden words, codes of fields, comments; and what stands
on every page: running heads and feet, the table of contents. Opens no other file and no connection.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from polcmp.load.extracted import (
    Extracted,
    Paragraphs,
    beyond,
    damaged,
    missing_extra,
    row_paragraphs,
    without_text,
)
from polcmp.load.packed import checked_archive
from polcmp.load.source import Source

if TYPE_CHECKING:
    from zipfile import ZipFile

    from polcmp.load.word_numbers import Numbers

_Element: TypeAlias = Any
"""An element of the document's XML (lxml)."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NOTES = ("footnotes", "endnotes")

_LEFT_OUT = frozenset(
    (
        *(f"{_W}del", f"{_W}moveFrom", f"{_W}rt", f"{_W}instrText", f"{_W}delText", f"{_W}pPr", f"{_W}rPr"),
        *(f"{_W}sectPr", f"{_W}object", f"{_W}commentReference", f"{_MC}Fallback"),
    )
)
"""Deleted and moved words, readings of ruby, codes of fields, properties; the second form of a text box."""

_CHUNK = 1024**2

_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_OFF = ("0", "false", "off", "none")


def extract(data: bytes, source: Source) -> Extracted:
    """The text of a document.

    Raises:
        DocumentError: P309 without python-docx, P310 damaged or locked, P311 no text, P312 beyond a limit.
    """
    _check_markup(checked_archive(data, source), source)
    try:
        from docx import Document as open_document
    except ImportError as error:
        raise missing_extra("python-docx", source.path) from error
    from polcmp.load.word_numbers import Numbers

    part = open_document(io.BytesIO(data)).part
    paragraphs = Paragraphs(source.options.limits.characters, source.path)
    reader = _Reader(Numbers.of(part))
    for root in (part.element.body, *_notes(part)):
        for text in reader.blocks(root):
            paragraphs.add(text)
    if not len(paragraphs):
        hint = "If it holds pictures of pages, run them through text recognition (OCR) first."
        raise without_text("there is no text in this document", source.path, hint)
    return Extracted(paragraphs.text(), places=paragraphs.places(), warnings=tuple(_warnings(part)))


def _check_markup(archive: ZipFile, source: Source) -> None:
    """Refuse parts that declare entities, and more elements than the limit, before there is a tree of them.

    The format forbids such declarations (ECMA-376 part 2), and bombs are made of them.
    """
    tags, most = 0, source.options.limits.elements
    for info in archive.infolist():
        if not info.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(info) as part:
            head = part.read(_CHUNK)
            if any(word in head[:2048].replace(b"\0", b"") for word in (b"<!DOCTYPE", b"<!ENTITY")):
                raise damaged("the document declares entities, which Word documents must not", source.path)
            while head:
                tags += head.count(b"<")
                head = part.read(_CHUNK)
    if tags > 2 * most:
        raise beyond("elements", most, source.path, "the document has more than {} elements")


def _notes(part: Any) -> Iterator[_Element]:
    """Footnotes and endnotes, without the lines that part them from the text."""
    from docx.oxml.parser import parse_xml

    relations = [one for one in part.rels.values() if _kind(one) in _NOTES and not one.is_external]
    for relation in sorted(relations, key=lambda one: _NOTES.index(_kind(one))):
        for note in parse_xml(relation.target_part.blob):
            if note.get(f"{_W}type") in (None, "normal"):
                yield note


def _kind(relation: Any) -> str:
    return str(relation.reltype).rsplit("/", 1)[-1]


def _warnings(part: Any) -> Iterator[str]:
    if any(_kind(one) == "aFChunk" for one in part.rels.values()):
        yield "a document put into this one is not read"


class _Reader:
    """Reads blocks of a document's XML; counts its automatic numbers on the way."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self._held = ""
        """A paragraph whose end is deleted, so that the next one goes on with it."""

    def blocks(self, root: _Element) -> Iterator[str]:
        """Paragraphs and rows below an element that holds blocks, in order."""
        pending = [iter(root)]
        while pending:
            element = next(pending[-1], None)
            if element is None:
                pending.pop()
            elif element.tag == f"{_W}p":
                yield from self.paragraph(element)
            elif element.tag == f"{_W}tbl":
                for row in element.iterchildren(f"{_W}tr", f"{_W}sdt", f"{_W}ins", f"{_W}customXml"):
                    yield from self._row(row)
            elif element.tag not in _LEFT_OUT and isinstance(element.tag, str):
                pending.append(iter(element))  # a content control or the like around blocks
        if self._held:
            yield self._held
            self._held = ""

    def _row(self, row: _Element) -> list[str]:
        cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr"), row) is row]
        if row.tag != f"{_W}tr":
            return [text for inner in row.iter(f"{_W}tr") for text in self._row(inner)]
        return row_paragraphs([list(self.blocks(cell)) for cell in cells])

    def paragraph(self, element: _Element) -> Iterator[str]:
        """A paragraph with its number, then the text boxes anchored in it."""
        style = element.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and style.get(f"{_W}val", "").lower().startswith("toc"):
            return
        pieces: list[str] = []
        boxes: list[_Element] = []
        _gather(element, pieces, boxes)
        text = "".join(pieces)
        if text.strip():
            self._held += text if self._held else self._numbered(element, text)
        if self._held and element.find(f"{_W}pPr/{_W}rPr/{_W}del") is None:
            yield self._held
            self._held = ""
        for box in boxes:
            yield from self.blocks(box)

    def _numbered(self, element: _Element, text: str) -> str:
        """A paragraph behind its number, which must not run into a figure (1. 87个单位 is no 1.87)."""
        number = self.numbers.before(element)
        return (
            f"{number} {text}" if number and text[0].isdigit() and not number[-1].isspace() else number + text
        )


def _gather(element: _Element, pieces: list[str], boxes: list[_Element]) -> None:
    """The words of a paragraph, and the text boxes in it, whose words are not its own."""
    pending = [iter(element)]
    while pending:
        child = next(pending[-1], None)
        if child is None:
            pending.pop()
        elif child.tag in (f"{_W}t", f"{_M}t"):
            pieces.append(child.text or "")
        elif child.tag in _BREAKS:
            pieces.append(_BREAKS[child.tag])
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{_W}r" and _is_hidden(child):
            continue
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            pending.append(iter(child))


def _is_hidden(run: _Element) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val", "1").lower() not in _OFF
