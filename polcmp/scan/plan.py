"""Decides what has to be read: the corpus set against what the store has settled, in batches and parts.

The order is that of the corpus alone, so that the same corpus makes the same parts however many workers
there are, and a scan that was stopped goes on with the part it stood at. Analyses nothing.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from hashlib import file_digest, sha256
from typing import NamedTuple

from polcmp.errors import DocumentError
from polcmp.load import ReadOptions, Source
from polcmp.load.formats import unread_format
from polcmp.load.opening import bytes_of, dangling, printable, unreadable
from polcmp.model.document import Metadata
from polcmp.pipeline import failure
from polcmp.scan.batch import UNREADABLE, failed_rows, failure_digest
from polcmp.scan.containers import pieces
from polcmp.scan.corpus import DOCUMENT, OBJECTS, UNREAD, Corpus, Found
from polcmp.scan.index import Index, Known
from polcmp.scan.items import (
    Batch,
    Item,
    Piece,
    limits_mark,
    settled_row,
    settled_with,
    source_row,
    stated_digest,
)
from polcmp.scan.objects import pieces_of_url
from polcmp.store.schema import CONTAINER, LEFT_OUT, REMOVED, Row, error_row


class Sizes(NamedTuple):
    """When a batch and a part are full; whichever comes first.

    A batch is what one worker is given at a time: large enough that handing it over costs nothing (some 0.1
    to 0.3 s of work), small enough that all workers end together. A part is what a stopped scan may have to
    read again (some 10 to 30 s for one worker), and a file of a few megabytes: 400 parts for a million
    documents, which readers open at once. Rows of sources that need no reading are small.
    """

    batch_documents: int = 32
    batch_bytes: int = 512 * 1024
    batch_rows: int = 1_000
    part_documents: int = 2_500
    part_bytes: int = 48 * 1024**2
    part_rows: int = 50_000


class Plan:
    """What a scan has to do, found out while it goes on.

    Args:
        corpus: the files.
        index: what is settled; what is met is noted there.
        options: how documents are read.
        sizes: of batches and parts.

    Attributes:
        counts: ``unchanged``, ``standing`` (failed before and unchanged), ``new``, ``changed``.
    """

    def __init__(self, corpus: Corpus, index: Index, options: ReadOptions, sizes: Sizes) -> None:
        self.counts: Counter[str] = Counter()
        self._corpus, self._index, self._options, self._sizes = corpus, index, options, sizes
        self._batch = Batch()
        self._passed = self._part_documents = self._part_bytes = self._part_rows = 0
        self._lacking: list[Row] = []

    def batches(self) -> Iterator[Batch]:
        """Everything that has to be read or noted, part by part; the last batch closes the last part."""
        for found in self._corpus.files():
            yield from self._file(found)
        yield self._closed(part=True)

    def removals(self) -> Iterator[Batch]:
        """Rows that take out of the store what this scan has not met."""
        for known in self._index.vanished():
            yield from self._note(settled_row(known.source, known.generation + 1, code=REMOVED))
        for row in self._lacking:
            yield from self._note(row)
        yield self._closed(part=True)

    def _file(self, found: Found) -> Iterator[Batch]:
        if not self._index.open_once(os.fsencode(found.real)):
            return
        found = found._replace(name=self._key(found))
        known = self._index.get(found.name)
        item = self._item(found, known)
        if found.kind == OBJECTS:
            yield from self._container(found, item)
            return
        try:
            stat = os.stat(found.path)  # noqa: PTH116 - a million times
        except OSError as error:
            yield from self._failed(item._replace(size=-1), _lost(found.path, error), known)
            return
        item = item._replace(size=stat.st_size, mtime_ns=stat.st_mtime_ns)
        base = self._passed
        if known is not None and self._is_settled(found, item, known):
            self._pass_over(found, known)
        elif found.kind == DOCUMENT:
            yield from self._document(found, item, known)
        elif found.kind == UNREAD:
            yield from self._failed(item, unread_format(printable(found.path)), known)
        else:
            yield from self._container(found, item)
        self._passed = base + stat.st_size

    def _key(self, found: Found) -> str:
        """The file's name; its path as given where another file has that name, here or in the store."""
        if not self._is_another(found) and self._index.meet(found.name):
            return found.name
        return self._numbered(printable(os.path.normpath(found.path)))

    def _is_another(self, found: Found) -> bool:
        """Whether the store knows the name of a file that still stands elsewhere: two, not one that moved."""
        known = self._index.get(found.name)
        if known is None or known.code == REMOVED or known.path == printable(found.path):
            return False
        try:
            return not os.path.samefile(known.path, found.path)  # noqa: PTH121 - a million times
        except OSError:
            return False

    def _numbered(self, name: str) -> str:
        """A key that this scan has not met, and now has."""
        number, key = 1, name
        while not self._index.meet(key):
            number += 1
            key = f"{name} ({number})"
        return key

    def _item(self, found: Found, known: Known | None, container: str = "") -> Item:
        source = Source(found.name, printable(found.path), found.stated, options=self._options)
        return Item(source, 0 if known is None else known.generation + 1, container, 0, 0)

    def _is_settled(self, found: Found, item: Item, known: Known) -> bool:
        """Whether the store has this file as it is."""
        if known.code == REMOVED or not self._is_as_stated(known, found.stated):
            return False
        mark = limits_mark(self._options.limits)
        if known.code == CONTAINER and self._index.has_beyond_limits(found.name, mark):
            return False
        if known.size < 0:  # the system would not open it, or it lacks records that the store has
            return known.code != CONTAINER and not os.access(found.path, os.R_OK)
        now = (item.source.path, item.size, item.mtime_ns)
        return (known.path, known.size, known.mtime_ns) == now

    def _is_as_stated(self, known: Known, stated: Metadata) -> bool:
        return known.stated == settled_with(stated, known.code, self._options.limits)

    def _pass_over(self, found: Found, known: Known) -> None:
        if found.kind in (DOCUMENT, UNREAD):
            self.counts["standing" if known.code else "unchanged"] += 1
            return
        read, failed = self._index.meet_all(found.name)
        for one in self._index.left_out(found.name, met=True):
            self._corpus.left_out.add(one.path)
        self.counts["unchanged"] += read
        self.counts["standing"] += failed + (known.code != CONTAINER)

    def _document(self, found: Found, item: Item, known: Known | None) -> Iterator[Batch]:
        if known is not None and self._only_touched(found, item, known):
            self.counts["unchanged"] += 1
            yield from self._note({**known._asdict(), "path": item.source.path, "mtime_ns": item.mtime_ns})
            return
        if item.source.path != found.path:  # it could not be opened by what is printed: keep the bytes
            try:
                data = bytes_of(found.path, self._options.limits.file_bytes)
            except DocumentError as error:
                yield from self._failed(item, error, known)
                return
            item = item._replace(source=replace(item.source, data=data))
        yield from self._read(item, known)

    def _only_touched(self, found: Found, item: Item, known: Known) -> bool:
        """Whether only the file's time or place has changed."""
        same = known.size == item.size and known.stated == stated_digest(found.stated)
        return not known.code and same and _has_hash(found.path, known.sha256)

    def _container(self, found: Found, item: Item) -> Iterator[Batch]:
        """The documents of an archive or a file of records, each compared by its content."""
        base, code, size = self._passed, CONTAINER, item.size
        try:
            for piece in _pieces(found, self._options):
                self._passed = base + min(piece.at, item.size)
                yield from self._piece(found, piece)
        except DocumentError as error:
            self._index.meet_all(found.name)  # what could not be reached has not vanished
            code, size = error.code, -1 if error.code in UNREADABLE else size
            row = error_row(failure(error, found.path), found.name, item.generation)
            self._batch.settled.errors.append(row)
            self._batch.failed += 1
        for lost in self._index.left_out(found.name, met=False):
            yield from self._note(settled_row(lost.source, lost.generation + 1, code=REMOVED))
        yield from self._gone_through(found, item._replace(size=size), code)

    def _gone_through(self, found: Found, item: Item, code: str) -> Iterator[Batch]:
        """The row of a container, unless the store has it.

        One that lacks records that the store has is not settled before they are taken out: they would count
        as unchanged.
        """
        known, number = self._index.get(found.name), item.generation
        if found.kind == OBJECTS:  # never settled: each scan goes through it
            if known is None or not known.code == code == CONTAINER:
                yield from self._note(source_row(item, "", code))
            return
        lacking = code == CONTAINER and self._index.lacks_records(found.name)
        row = source_row(item._replace(size=-1) if lacking else item, "", code)
        there = code == CONTAINER and known is not None and row == {**known._asdict(), "generation": number}
        if lacking:
            whole = source_row(item, "", code)
            self._lacking.append({**whole, "generation": number + (not there)})
        if not there:
            yield from self._note(row)

    def _piece(self, found: Found, piece: Piece) -> Iterator[Batch]:
        """A document of a container, or a member that is none."""
        name = self._numbered(piece.name)
        known = self._index.get(name)
        stated = piece.source.stated if piece.source else found.stated
        item = self._item(found._replace(name=name, stated=stated), known)._replace(container=found.name)
        if piece.error is not None:
            yield from self._failed(item, piece.error, known)
        elif piece.source is None:
            yield from self._left_out(item, f"{found.path}{piece.name.removeprefix(found.name)}", known)
        elif piece.source.data is not None:
            data = piece.source.data
            digest = sha256(data).hexdigest()
            if known is not None and known.sha256 == digest and self._is_as_stated(known, stated):
                self.counts["standing" if known.code else "unchanged"] += 1
            else:
                item = item._replace(source=replace(piece.source, name=name), size=len(data))
                yield from self._read(item, known)

    def _left_out(self, item: Item, path: str, known: Known | None) -> Iterator[Batch]:
        """A member that is none of the corpus: noted, for it is told also while its archive is unchanged."""
        self._corpus.left_out.add(path)
        if known is None or (known.code, known.path) != (LEFT_OUT, path):
            name, number = item.source.name, item.generation
            yield from self._note(
                settled_row(name, number, container=item.container, path=path, code=LEFT_OUT)
            )

    def _read(self, item: Item, known: Known | None) -> Iterator[Batch]:
        self._batch.items.append(item)
        self._batch.bytes += item.size
        yield from self._counted(known, item.size)

    def _failed(self, item: Item, error: DocumentError, known: Known | None) -> Iterator[Batch]:
        """A document that cannot be read, unless that is known."""
        cause = failure(error, item.source.path)
        rows = failed_rows(item, cause)
        same = known is not None and (known.code, known.sha256) == (cause.code, failure_digest(cause))
        if same and known is not None and known.size == rows.sources[0]["size"]:
            self.counts["standing"] += 1
            return
        self._batch.settled.add(rows)
        self._batch.failed += 1
        yield from self._counted(known, 0)

    def _counted(self, known: Known | None, length: int) -> Iterator[Batch]:
        """Count a document that is new or changed."""
        self.counts["new" if known is None or known.code == REMOVED else "changed"] += 1
        self._part_documents += 1
        self._part_bytes += length
        yield from self._full()

    def _note(self, row: Row) -> Iterator[Batch]:
        """A row of a source that needs no reading."""
        self._batch.settled.sources.append(row)
        self._part_rows += 1
        yield from self._full()

    def _full(self) -> Iterator[Batch]:
        """The batch, if it or the part is full."""
        sizes, batch = self._sizes, self._batch
        part = (
            self._part_documents >= sizes.part_documents
            or self._part_bytes >= sizes.part_bytes
            or self._part_rows >= sizes.part_rows
        )
        if (
            part
            or len(batch.items) >= sizes.batch_documents
            or batch.bytes >= sizes.batch_bytes
            or len(batch.settled.sources) >= sizes.batch_rows
        ):
            yield self._closed(part=part)

    def _closed(self, *, part: bool) -> Batch:
        """The batch as it is; a new one begins."""
        batch, self._batch = self._batch, Batch()
        batch.closes_part, batch.passed, batch.unchanged = part, self._passed, self.counts["unchanged"]
        if part:
            self._part_documents = self._part_bytes = self._part_rows = 0
        return batch


def _pieces(found: Found, options: ReadOptions) -> Iterator[Piece]:
    return pieces_of_url(found.path, options) if found.kind == OBJECTS else pieces(found, options)


def _lost(path: str, error: OSError) -> DocumentError:
    """The error for a file that the system does not find."""
    if isinstance(error, FileNotFoundError) and os.path.islink(path):  # noqa: PTH114
        return dangling(path)
    return unreadable(path, error)


def _has_hash(path: str, digest: str) -> bool:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - a million times
            return bool(digest) and file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False
