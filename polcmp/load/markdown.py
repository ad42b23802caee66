"""Read Markdown: the words without their markup, headings, items and rows of tables as paragraphs.

Front matter is taken off and read; line breaks inside a paragraph stay. The parser is markdown-it, by
CommonMark with tables and struck-out words, but without what would take words away from a report. Links are
not opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from polcmp.load.encoding import decode
from polcmp.load.extracted import Extracted, Paragraphs, missing_extra, row_paragraphs
from polcmp.load.sidecar import after_front_matter, front_matter
from polcmp.load.source import Source

if TYPE_CHECKING:
    from markdown_it.token import Token

_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\](?!:)")
_NOTE = re.compile(r"^\[\^[^\]\s]{1,40}\]:\s*", re.M)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_BREAKING_TAG = re.compile(r"<\s*/?\s*(?:br|p|div|li|tr|h[1-6]|table|ul|ol|section)\b[^<>]*>", re.I)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,400}>")
_INDENT = re.compile(r"^[ \t]+(?=[^\s\-*+>#|\d`~])", re.M)
"""An indent before words. By the rules four spaces make a block of code; in reports they indent."""

_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]{1,200}\]:\s*<?(?:https?://|mailto:|/|#)\S*.*$", re.M)
_REFERRING = re.compile(r"\[([^\[\]]{1,400})\]\[[^\[\]]{0,200}\]")
"""Addresses noted elsewhere, and the words that refer to them. By the rules ``[注]:说明`` is one as well."""

_MARKUP = r"`*_\[\]<&|~\\\0-\x08\x0b-\x1f\x7f-\x9f\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff"
_PLAIN = re.compile(rf"(?!\d{{1,9}}[.)])[\u3000\xa0]*[^\s#>+=\-{_MARKUP}][^\n{_MARKUP}]*")
"""A line in which nothing is markup, wherever a paragraph may begin: no marks, no unusual spaces."""

_OVER_BLANK_LINES = re.compile(r"```|~~~|<(?:script|pre|style|textarea|[?!])", re.I)
"""What may begin a block that blank lines do not end."""


def extract(data: bytes, source: Source) -> Extracted:
    """The text of a Markdown file.

    Raises:
        DocumentError: P304 the bytes are no text, P309 without markdown-it.
    """
    decoded = decode(data, source.path, asked=source.options.encoding)
    stated, faults = front_matter(decoded.text, others=True, limits=source.options.limits)
    body = after_front_matter(decoded.text)
    paragraphs = Paragraphs(source.options.limits.characters, source.path)
    for text in _blocks(body, source):
        paragraphs.add(text)
    empty = () if len(paragraphs) else ("the document is empty",)
    warnings = (*decoded.warnings, *faults, *empty)
    return Extracted(paragraphs.text(), decoded.encoding, paragraphs.places(), stated, warnings)


def _blocks(text: str, source: Source) -> Iterator[str]:
    """Paragraphs, headings, items and rows, in order."""
    try:
        from markdown_it import MarkdownIt
    except ImportError as error:
        raise missing_extra("markdown-it-py", source.path) from error
    text = _COMMENT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _NOTE_MARK.sub("", _NOTE.sub("\n", _REFERENCE.sub("", _INDENT.sub("", text))))
    text = _REFERRING.sub(r"\1", text)
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).disable("reference")
    blocks = _Blocks()
    for piece, plain in _pieces(text):
        yield from blocks.plain(piece) if plain else blocks.of(parser.parse("\n\n".join(piece)))


def _pieces(text: str) -> Iterator[tuple[list[str], bool]]:
    """Stretches between blank lines, runs of plain paragraphs apart from what the parser has to look at.

    A paragraph of one line without any mark ends whatever is open before it, so that what stands before and
    behind can be parsed by itself. Nearly all of a report is such paragraphs, and the parser takes long.
    """
    if _OVER_BLANK_LINES.search(text):
        yield text.split("\n\n"), False
        return
    run: list[str] = []
    plain = True
    for stretch in text.split("\n\n"):
        line = stretch.strip("\n")
        if line and bool(_PLAIN.fullmatch(line)) != plain:
            if run:
                yield run, plain
            run, plain = [], not plain
        run.append(stretch)
    yield run, plain


class _Blocks:
    """Paragraphs of one text; the number of an item goes before the first words of it."""

    def __init__(self) -> None:
        self._number = ""

    def plain(self, stretches: Sequence[str]) -> Iterator[str]:
        """Lines without marks."""
        for stretch in stretches:
            if words := stretch.strip():
                yield self._numbered(words)

    def of(self, tokens: Sequence[Token]) -> Iterator[str]:
        """What the parser found."""
        cells: list[str] = []
        in_cell = False
        for token in tokens:
            if token.type in ("th_open", "td_open", "th_close", "td_close"):
                in_cell = token.nesting > 0
            elif token.type == "tr_open":
                cells = []
            elif token.type == "tr_close":
                yield from row_paragraphs([[cell] if cell else [] for cell in cells])
            elif token.type == "list_item_open":
                self._number = f"{token.info}{token.markup} " if token.info else ""
            elif token.type == "inline":
                words = _words(token.children or ())
                if in_cell:
                    cells.append(words)
                else:
                    yield self._numbered(words)
            elif token.type in ("code_block", "fence"):
                yield token.content
            elif token.type == "html_block":
                yield from _without_tags(token.content).split("\n")

    def _numbered(self, words: str) -> str:
        number, self._number = self._number, ""
        return number + words


def _words(tokens: Sequence[Token]) -> str:
    """The words of one stretch, pictures left out."""
    pieces = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif token.type in ("text", "code_inline"):
            pieces.append(token.content)
        elif token.type == "html_inline":
            pieces.append("\n" if _BREAKING_TAG.match(token.content) else "")
    # Beside Chinese quotation marks asterisks are no markup by the rules, but they are meant so.
    return "".join(pieces).replace("**", "")


def _without_tags(html: str) -> str:
    return _TAG.sub("", _BREAKING_TAG.sub("\n", html))
