"""What every reader of a format gives: text in paragraphs, with the pages or paragraphs it came from.

Also what readers share: rows of tables, the errors for what cannot be read. Knows no format.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from polcmp.deadline import check as check_time
from polcmp.errors import DocumentError
from polcmp.model.document import Metadata, Place

_UNWRITABLE = re.compile("[\0-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff]")
"""Characters that no paragraph holds: control characters but tab and line feed, halves of characters."""

_LONG_CELL = 80
"""Characters from which a cell with several paragraphs is a piece of layout: cells of data are shorter."""


class Extracted(NamedTuple):
    """The text of a document and what its format says of it.

    Attributes:
        text: what offsets count in.
        encoding: codec, ``""`` where the format has its own.
        places: where pages or paragraphs begin.
        stated: what the format states; ``region_from`` names who says the region.
        warnings: what was lost or is doubtful, one sentence each.
    """

    text: str
    encoding: str = ""
    places: tuple[Place, ...] = ()
    stated: Metadata = Metadata()
    warnings: tuple[str, ...] = ()


class Paragraphs:
    """Gathers the paragraphs of a document in order; blank ones are left out."""

    def __init__(self, limit: int, where: str) -> None:
        """Args: the most characters a document may have (`Limits.characters`), and its path, for messages."""
        self._parts: list[str] = []
        self._places: list[Place] = []
        self._length = 0
        self._limit, self._where = limit, where

    def add(self, text: str) -> None:
        """One paragraph; its line breaks stay, characters that no text holds become spaces."""
        text = _UNWRITABLE.sub(" ", text).strip(" \t\n\xa0")
        if text:
            start = self._append(text, "\n")
            self._places.append(Place(start, "paragraph", len(self._places) + 1))

    def add_on_page(self, text: str, page: int, *, joined: str = "\n") -> None:
        r"""A stretch of text on a page.

        Args:
            text: the stretch.
            page: its number, from 1.
            joined: what stands between it and the stretch before: ``"\n"`` where a paragraph begins.
        """
        start = self._append(_UNWRITABLE.sub(" ", text), joined)
        if not self._places or self._places[-1].number != page:
            self._places.append(Place(start, "page", page))

    def _append(self, text: str, joined: str) -> int:
        """Put a stretch at the end; where it begins."""
        check_time()
        if not self._parts:
            joined = ""
        self._parts += (joined, text)
        start = self._length + len(joined)
        self._length = start + len(text)
        if self._length > self._limit:
            raise beyond("characters", self._limit, self._where, "the document has more than {} characters")
        return start

    def __len__(self) -> int:
        return len(self._places)

    def text(self) -> str:
        """All paragraphs, a line each."""
        return "".join(self._parts)

    def places(self) -> tuple[Place, ...]:
        """Where each paragraph or page begins."""
        return tuple(self._places)


def row_paragraphs(cells: Sequence[Sequence[str]]) -> list[str]:
    """The paragraphs of one row of a table.

    Args:
        cells: the paragraphs of each cell.

    Returns:
        One paragraph, cells parted by tabs; but the cells' own paragraphs where a cell is a piece of layout.
    """
    if any(len(cell) > 1 and sum(map(len, cell)) > _LONG_CELL for cell in cells):
        return [paragraph for cell in cells for paragraph in cell]
    return ["\t".join(" ".join(cell) for cell in cells).rstrip("\t")]


def starts_with_title(paragraphs: Sequence[str], title: str) -> bool:
    """Whether one of the first paragraphs is the title, or its first part where it is broken in two."""
    bare = re.sub(r"\s", "", title)
    heads = [re.sub(r"\s", "", one) for one in paragraphs[:4]]
    return any(head and (bare in head or (len(head) >= 5 and bare.startswith(head))) for head in heads)


def missing_extra(package: str, where: str) -> DocumentError:
    """The error for a format whose library is not installed."""
    return DocumentError(
        f"reading this format takes {package}, which is not installed",
        code="P309",
        where=where,
        hint="pip install 'polcmp[documents]'",
    )


def damaged(reason: str, where: str, hint: str = "") -> DocumentError:
    """The error for a file that its format's reader cannot open: broken, locked or something else."""
    hint = hint or "Open it in the program it was made with and save it anew, or give its text."
    return DocumentError(reason, code="P310", where=where, hint=hint)


def without_text(reason: str, where: str, hint: str) -> DocumentError:
    """The error for a document in which there is nothing to read, such as a scan."""
    return DocumentError(reason, code="P311", where=where, hint=hint)


def beyond(limit: str, value: int, where: str, message: str) -> DocumentError:
    """The error for a document beyond a limit.

    Args:
        limit: field of `Limits`.
        value: the limit in force.
        where: the document's path.
        message: what is beyond it; ``{}`` is the limit.
    """
    return DocumentError(
        message.format(f"{value:,}"),
        code="P312",
        where=where,
        hint=f"Raise the limit with --limit {limit}=… (Limits.{limit}), or give a part of the document.",
    )
