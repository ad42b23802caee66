"""Files that hold many documents, as streams: archives member by member, records one by one.

Nothing is unpacked to disk, and no more than one document is held at a time. A member's or record's fault
is yielded beside the others; a fault of the whole file ends it.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import posixpath
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, cast

from polcmp.errors import DocumentError
from polcmp.load import sidecar as sidecars
from polcmp.load.extracted import beyond
from polcmp.load.formats import RECORD_SUFFIXES, suffix_of, unread_format
from polcmp.load.opening import unreadable
from polcmp.load.source import ReadOptions, Source
from polcmp.scan import records
from polcmp.scan.corpus import ARCHIVE, DOCUMENT, HIDDEN, OTHER, PARQUET, RECORDS, UNREAD, Found, kind_of
from polcmp.scan.items import Piece

ZIP_MEMBERS = 100_000
"""Most members of a zip: its list of members is read at once, a kilobyte of memory for each."""

PACKED_TOGETHER = 1000
"""How many times longer the members of an archive may be together than the archive. Text packs to a third or
a tenth; only a file made to do harm goes beyond."""

SMALL = 64 * 1024**2
"""Bytes that an archive may unpack to whatever its length."""

_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    gzip.BadGzipFile,
    NotImplementedError,
    struct.error,
    RuntimeError,
)
"""What the libraries raise for damaged, locked and unusual archives."""


_NOBODYS = ("._", "~$")
"""Beginnings of names of what macOS and word processors keep beside documents."""


def pieces(found: Found, options: ReadOptions, stream: IO[bytes] | None = None) -> Iterator[Piece]:
    """The documents in a file of records or an archive, in its own order.

    Args:
        found: the file.
        options: how it is to be read: columns, encoding, limits.
        stream: its bytes if it is no file of this machine; closed in the end.

    Raises:
        DocumentError: the whole file cannot be read (any further): P301, P302, P310 damaged, P312 beyond a
            limit, P313 no column of texts.
    """
    try:
        if suffix_of(found.path) == PARQUET:
            yield from records.of_parquet(found, options, stream)
            return
        with stream or open(found.path, "rb") as file:  # noqa: PTH123
            if found.kind == RECORDS:
                yield from _records(file, file, found, options)
            elif found.path.lower().endswith(".zip"):
                yield from _zipped(file, found, options)
            else:
                yield from _packed(file, found, options)
    except _BROKEN as error:
        raise _damaged(found.path, error) from error
    except OSError as error:
        raise unreadable(found.path, error) from error


def _records(stream: IO[bytes], raw: IO[bytes], found: Found, options: ReadOptions) -> Iterator[Piece]:
    for piece in records.of_stream(stream, found, options):
        yield Piece(piece.name, piece.source, piece.error, raw.tell())


def _packed(file: IO[bytes], found: Found, options: ReadOptions) -> Iterator[Piece]:
    """A tar in any packing, or a single packed file."""
    lower = found.path.lower()
    if lower.endswith(".gz") and not lower.endswith(".tar.gz"):
        name = posixpath.basename(found.path)[:-3]
        with gzip.open(file) as stream:
            bounded = cast(IO[bytes], _Bounded(cast(IO[bytes], stream), file, found))
            inner = _inside(found, name)
            yield from _member(bounded, file, inner._replace(kind=kind_of(name) or DOCUMENT), options)
        return
    opened = cast(IO[bytes], _unpacked(file, lower))
    with tarfile.open(fileobj=cast(IO[bytes], _Bounded(opened, file, found)), mode="r|") as tar:
        while (member := tar.next()) is not None:
            tar.members = []  # type: ignore[attr-defined]  # the library keeps every member it has met
            inner = _inside(found, member.name)
            if not member.isfile() or not inner.kind:
                yield from _left_out(found, inner, file) if member.isfile() else ()
            elif (data := tar.extractfile(member)) is not None:
                yield from _member(data, file, inner, options)


def _unpacked(file: IO[bytes], lower: str) -> object:
    """The stream of a tar, by the ending of its name."""
    if lower.endswith((".gz", ".tgz")):
        return gzip.open(file)
    if lower.endswith(".bz2"):
        return bz2.open(file)
    return lzma.open(file) if lower.endswith(".xz") else file


def _zipped(file: IO[bytes], found: Found, options: ReadOptions) -> Iterator[Piece]:
    members = _count_members(file)
    if members > ZIP_MEMBERS:
        message = f"the zip has {members:,} members, more than {ZIP_MEMBERS:,}"
        hint = "Pack them as .tar.gz, or unpack them and scan the folder."
        raise DocumentError(message, code="P312", where=found.path, hint=hint)
    total, limit = 0, _most(file, found)
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            inner = _inside(found, _member_name(info))
            if info.is_dir() or not inner.kind:
                yield from () if info.is_dir() else _left_out(found, inner, file)
                continue
            total += info.file_size
            if total > limit:
                raise _bomb(found.path, limit)
            try:
                with archive.open(info) as stream:
                    yield from _member(stream, file, inner, options)
            except _BROKEN as error:
                yield Piece(inner.name, None, _damaged(inner.path, error), 0)


def _member(stream: IO[bytes], raw: IO[bytes], inner: Found, options: ReadOptions) -> Iterator[Piece]:
    """One member: a document, or records in turn."""
    if inner.kind == RECORDS and suffix_of(inner.path) in RECORD_SUFFIXES:
        try:
            yield from _records(stream, raw, inner, options)
        except DocumentError as error:
            yield Piece(inner.name, None, error, raw.tell())
        return
    limit = options.limits.file_bytes
    fault = unreadable_member(inner)
    data = b"" if fault else stream.read(limit + 1)
    if len(data) > limit:
        fault = beyond("file_bytes", limit, inner.path, "the member has more than {} bytes")
    source = None if fault else Source(inner.name, inner.path, inner.stated, data, options)
    yield Piece(inner.name, source, fault, raw.tell())


def unreadable_member(inner: Found) -> DocumentError | None:
    """Why a member is no document, None if it is one."""
    hint = "Unpack it beside the others."
    if suffix_of(inner.path) == PARQUET:
        message = "a Parquet file inside an archive is not opened"
    elif inner.kind == ARCHIVE:
        message = "an archive inside an archive is not opened"
    elif inner.kind == UNREAD:
        return unread_format(inner.path)
    else:
        return None
    return DocumentError(message, code="P307", where=inner.path, hint=hint)


def _inside(found: Found, name: str) -> Found:
    """A member as a file of the corpus, hidden ones as none; ``..`` and leading slashes lead nowhere."""
    inner = posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/")
    hidden = any(part.startswith(HIDDEN) for part in inner.split("/"))
    kind = OTHER if hidden else kind_of(posixpath.basename(inner))
    return found._replace(name=f"{found.name}/{inner}", path=f"{found.path}/{inner}", kind=kind)


def _left_out(found: Found, inner: Found, raw: IO[bytes]) -> Iterator[Piece]:
    """A member that is none of the corpus, unless nobody takes it for one, as in a folder."""
    *above, last = inner.path.removeprefix(f"{found.path}/").split("/")
    nobodys = last in sidecars.NAMES or last.startswith(_NOBODYS)
    if not nobodys and not any(part.startswith(HIDDEN) for part in above):
        yield Piece(inner.name, None, None, raw.tell())


def _member_name(info: zipfile.ZipInfo) -> str:
    """The name of a zip's member; without the mark for UTF-8 it is in the packer's own encoding."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    return info.filename


def _count_members(file: IO[bytes]) -> int:
    """Members of a zip by its last record, read before the library reads all their names."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 66_000))
    tail = file.read()
    file.seek(0)
    big = tail.rfind(b"PK\x06\x06")
    if big >= 0 and len(tail) >= big + 40:
        return int(struct.unpack_from("<Q", tail, big + 32)[0])
    end = tail.rfind(b"PK\x05\x06")
    return int(struct.unpack_from("<H", tail, end + 10)[0]) if end >= 0 and len(tail) >= end + 12 else 0


def _most(file: IO[bytes], found: Found) -> int:
    at = file.tell()
    length = file.seek(0, 2)
    file.seek(at)
    return max(SMALL, PACKED_TOGETHER * length)


class _Bounded:
    """A stream that ends with an error where it has given far more than the file it comes from holds."""

    def __init__(self, stream: IO[bytes], raw: IO[bytes], found: Found) -> None:
        self._stream, self._path = stream, found.path
        self._left = self._limit = _most(raw, found)

    def read(self, size: int = -1) -> bytes:
        """Bytes, at most `size`."""
        data = self._stream.read(size)
        self._count(data)
        return data

    def readline(self, size: int = -1) -> bytes:
        """A line, at most `size` bytes of it."""
        data = self._stream.readline(size)
        self._count(data)
        return data

    def _count(self, data: bytes) -> None:
        self._left -= len(data)
        if self._left < 0:
            raise _bomb(self._path, self._limit)


def _bomb(path: str, limit: int) -> DocumentError:
    message = f"the archive unpacks to more than {limit:,} bytes, far more than it holds"
    return DocumentError(message, code="P312", where=path, hint="Unpack it yourself if you trust it.")


def _damaged(path: str, error: BaseException) -> DocumentError:
    locked = isinstance(error, RuntimeError) and "password" in str(error)
    what = "it is locked with a password" if locked else str(error) or type(error).__name__
    hint = (
        "Unpack it, and scan the folder." if locked else "Pack or fetch it again; what was read of it stays."
    )
    return DocumentError(f"the archive cannot be read: {what}", code="P310", where=path, hint=hint)
