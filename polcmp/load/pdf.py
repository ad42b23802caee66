"""Read the text layer of a PDF: pages to paragraphs, running heads and page numbers left out.

Pictures of pages are not read: a document without text is refused, one with some such pages says which.
Scripts, forms and attachments stay closed. Opens no other file and no connection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from polcmp.load.extracted import Extracted, Paragraphs, beyond, damaged, missing_extra, without_text
from polcmp.load.pdf_columns import in_columns
from polcmp.load.pdf_layout import without_running, write_paragraphs
from polcmp.load.pdf_lines import Page, lines_of
from polcmp.load.source import Source

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_LOST_SHARE, _TOO_MANY_LOST = 0.02, 0.3
"""Characters that the fonts do not name, as a share of all: from the first on a warning, from the second on
there is no text to speak of."""

_NO_TEXT = "there is no text in this document"
_OCR = "Run it through text recognition (OCR) and give the result, or give its text."


def extract(data: bytes, source: Source) -> Extracted:
    """The text of a PDF.

    Raises:
        DocumentError: P309 without pypdfium2, P310 damaged or locked, P311 only pictures or unreadable fonts,
            P312 beyond a limit.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise missing_extra("pypdfium2", source.path) from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _not_opened(str(error), source) from error
    try:
        if len(document) > source.options.limits.pages:
            many = f"the document has {len(document):,} pages, more than {{}}"
            raise beyond("pages", source.options.limits.pages, source.path, many)
        pages = list(_pages(document, source))
    finally:
        document.close()
    warnings = _checked(pages, source)
    paragraphs = Paragraphs(source.options.limits.characters, source.path)
    write_paragraphs(without_running(in_columns(pages)), paragraphs)
    if not len(paragraphs):
        raise without_text(_NO_TEXT, source.path, _OCR)
    return Extracted(paragraphs.text(), places=paragraphs.places(), warnings=warnings)


def _pages(document: PdfDocument, source: Source) -> Iterator[Page]:
    """The pages in order; one that cannot be opened counts as damage of the whole."""
    limit, characters = source.options.limits.characters, 0
    for number in range(len(document)):
        page = lines_of(document, number)
        characters += page.characters
        if characters > limit:
            raise beyond("characters", limit, source.path, "the document has more than {} characters")
        yield page


def _not_opened(reason: str, source: Source) -> Exception:
    if "password" in reason.lower():
        return damaged("the file is locked with a password", source.path, "Save it without a password.")
    reason = reason.removeprefix("Failed to load document ").strip("().")
    return damaged(f"the file is damaged: {reason}", source.path)


def _checked(pages: Sequence[Page], source: Source) -> tuple[str, ...]:
    """What is missing from the text layer.

    Raises:
        DocumentError: P311 all of it.
    """
    characters, lost = sum(one.characters for one in pages), sum(one.lost for one in pages)
    pictures = [one.number for one in pages if one.is_picture]
    if not characters:
        reason = "the pages are pictures without text (a scan)" if pictures else _NO_TEXT
        raise without_text(reason, source.path, _OCR)
    if lost > _TOO_MANY_LOST * characters:
        reason = f"its fonts do not say what {lost} of {characters} characters are"
        raise without_text(reason, source.path, _OCR)
    warnings = []
    if pictures:
        what = "page" if len(pictures) == 1 else "pages"
        verb = "is a picture" if len(pictures) == 1 else "are pictures"
        warnings.append(f"{what} {ranges(pictures)} {verb} without text; what stands there is missing")
    if lost > _LOST_SHARE * characters:
        warnings.append(f"the fonts do not say what {lost} of {characters} characters are")
    return tuple(warnings)


def ranges(numbers: Sequence[int]) -> str:
    """Numbers in words, runs of them joined: ``3, 5–7``."""
    runs = []
    for _, group in groupby(enumerate(numbers), key=lambda one: one[1] - one[0]):
        run = [number for _, number in group]
        runs.append(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}")
    return ", ".join(runs)
