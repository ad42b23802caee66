"""What goes through a scan: items to be read, batches of them, progress and the report. No behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from polcmp.errors import DocumentError
from polcmp.load import Source
from polcmp.model.comparison import Failure
from polcmp.model.document import Metadata
from polcmp.settings import Limits
from polcmp.store.schema import Row, Rows

BEYOND_LIMITS = ("P312", "P316")
"""Codes of documents that are beyond a limit, which may be raised."""


class Piece(NamedTuple):
    """A document inside a container, or the fault of one; without either, a member that is left out.

    Attributes:
        name: its key: the container's name and what leads to it inside.
        source: the document, its bytes at hand; None if it cannot be read or is none.
        error: why it cannot be read, None otherwise.
        at: bytes of the container that lie behind, for progress.
    """

    name: str
    source: Source | None
    error: DocumentError | None
    at: int


class Item(NamedTuple):
    """A document to be read.

    Attributes:
        source: where it is; its name is the key in the store.
        generation: 0 for a new one, one more each time it has changed.
        container: key of the file it is a record or member of, ``""`` for a file of its own.
        size: bytes of the file, or of the record's text.
        mtime_ns: time of the file's last change, 0 for a record.
    """

    source: Source
    generation: int
    container: str
    size: int
    mtime_ns: int


@dataclass(slots=True)
class Batch:
    """Some items that one worker reads at a time, and what needs no reading.

    Attributes:
        items: documents to be read.
        settled: rows that are known already: bad records, finished containers, files touched or removed.
        bytes: length of `items` in bytes.
        failed: documents and containers in `settled` that could not be read.
        passed: bytes of the corpus that lie behind once this batch is done, unchanged sources included.
        unchanged: documents that needed no reading up to here.
        closes_part: whether a part ends here.
    """

    items: list[Item] = field(default_factory=list)
    settled: Rows = field(default_factory=Rows)
    bytes: int = 0
    failed: int = 0
    passed: int = 0
    unchanged: int = 0
    closes_part: bool = False


class ScanProgress(NamedTuple):
    """How far a scan is.

    Attributes:
        documents: read so far in this scan, failed ones included.
        failed: of them, could not be read.
        unchanged: documents of earlier scans that needed no reading.
        bytes: read in this scan.
        passed: bytes of the corpus that are done, read or unchanged.
        total_documents: files in the corpus; None while they are being counted, and if some hold many
            documents.
        total_bytes: bytes in the corpus, None while they are being counted.
        seconds: since the first document.
    """

    documents: int
    failed: int
    unchanged: int
    bytes: int
    passed: int
    total_documents: int | None
    total_bytes: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What a scan did.

    Attributes:
        output: the store.
        documents: read in this scan, failed ones left out.
        mentions: found in them.
        failed: could not be read in this scan.
        standing: could not be read in an earlier scan and have not changed.
        new: of those read or failed, not in the store before.
        changed: of those read or failed, in the store with another content.
        unchanged: documents of the corpus that needed no reading.
        vanished: in the store and not in this corpus (any more).
        removed: of `vanished`, taken out (``prune``).
        warned: of `documents`, have warnings: empty, characters that could not be decoded and the like.
        parts: parts committed.
        damaged: parts of earlier scans that were damaged and thrown away, with the reason.
        errors: inputs and folders that could not be read.
        failures: the first few of `failed`, in the order of the corpus.
        warnings: what the reader should know of the corpus: files that were left out.
    """

    output: str
    documents: int = 0
    mentions: int = 0
    failed: int = 0
    standing: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    vanished: int = 0
    removed: int = 0
    warned: int = 0
    parts: int = 0
    damaged: tuple[str, ...] = ()
    errors: tuple[Failure, ...] = ()
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()


def source_row(item: Item, digest: str, code: str = "") -> Row:
    """The row that says an item is settled.

    Args:
        item: the item.
        digest: sha256 of its content, ``""`` if it could not be read.
        code: ``""`` for read, else the code of its error.
    """
    return settled_row(
        item.source.name,
        item.generation,
        container=item.container,
        path=item.source.path,
        size=item.size,
        mtime_ns=item.mtime_ns,
        sha256=digest,
        stated=settled_with(item.source.stated, code, item.source.options.limits),
        code=code,
    )


def settled_row(
    source: str,
    generation: int,
    *,
    container: str = "",
    path: str = "",
    size: int = 0,
    mtime_ns: int = 0,
    sha256: str = "",
    stated: str = "",
    code: str = "",
) -> Row:
    """A row of the table `sources`."""
    return {
        "source": source,
        "generation": generation,
        "container": container,
        "path": path,
        "size": size,
        "mtime_ns": mtime_ns,
        "sha256": sha256,
        "stated": stated,
        "code": code,
    }


def settled_with(stated: Metadata, code: str, limits: Limits) -> str:
    """What a source's being settled depends on besides its content.

    Args:
        stated: of the source.
        code: ``""`` for read, else the code of its error.
        limits: in force; they are part of it only for what is beyond one of them, so that it is tried again
            when they are raised.
    """
    return stated_digest(stated) + (limits_mark(limits) if code in BEYOND_LIMITS else "")


def limits_mark(limits: Limits) -> str:
    """Nine characters that change with the limits."""
    return "~" + sha256(repr(limits).encode()).hexdigest()[:8]


def stated_digest(stated: Metadata) -> str:
    """Sixteen hex digits that change with what is stated of a document, ``""`` when nothing is."""
    if stated == Metadata():
        return ""
    words = "\n".join((stated.title, stated.date, stated.region, stated.source, stated.region_from))
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
