"""Records one after another: JSON Lines, delimited text and Parquet of any length, as documents.

The streaming counterpart of `polcmp.load.records`, with the same records from the same code; Parquet besides.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import IO, Any

from polcmp.errors import DocumentError, UsageError, not_installed
from polcmp.load.encoding import decode
from polcmp.load.extracted import beyond
from polcmp.load.record import (
    OTHER_NAMES,
    Record,
    check_columns,
    is_json_lines,
    json_record,
    source_of,
    table_records,
    with_keys_met,
)
from polcmp.load.source import ReadOptions
from polcmp.scan.corpus import Found
from polcmp.scan.items import Piece

_SAMPLE = 65_536
"""Bytes that decide on the encoding and the delimiter of a file of records."""

_LINE_FEEDS = ("utf-8", "utf-8-sig", "ascii", "gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp950")
"""Codecs, by Python's own names, in which the byte of a line feed is nothing else."""

PARQUET_ROWS = 64
"""Rows of a Parquet file that are held at a time."""


def of_stream(stream: IO[bytes], found: Found, options: ReadOptions) -> Iterator[Piece]:
    """The documents of JSON Lines or delimited text, one a record.

    Args:
        stream: the file's bytes, from the first.
        found: its name and path; the suffix of the path says which of the two it is.
        options: how it is to be read.

    Yields:
        A document for each record, in order; an error (P313) for each that has no text.

    Raises:
        DocumentError: P304 the file holds no text, P312 a line is too long, P313 it has no texts, or no
            column or key that was named.
    """
    sample = stream.read(_SAMPLE)
    encoding = options.encoding or _encoding(sample, found.path)
    joined = _Joined(sample, stream)
    if is_json_lines(found.path):
        yield from _json_lines(joined, encoding, found, options)
    else:
        yield from _rows(joined, encoding, sample, found, options)


def of_parquet(found: Found, options: ReadOptions, stream: IO[bytes] | None = None) -> Iterator[Piece]:
    """The documents of a Parquet file, one a row; see `of_stream`.

    Args:
        found: its name and path.
        options: how it is to be read.
        stream: its bytes if it is no file of this machine.

    Raises:
        UsageError: P413 pyarrow is not installed.
        DocumentError: P310 the file is damaged, P313 it has no column of texts.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise missing_scan_extra("pyarrow") from error
    try:
        with pq.ParquetFile(stream or found.path, buffer_size=1 << 20, pre_buffer=False) as file:
            names = set(file.schema_arrow.names)
            wanted = names & {*options.columns, *OTHER_NAMES.values()}
            check_columns(sorted(names), found.path, options)
            done, rows = 0, max(1, file.metadata.num_rows)
            length = sum(file.metadata.row_group(n).total_byte_size for n in range(file.num_row_groups))
            for batch in file.iter_batches(PARQUET_ROWS, columns=sorted(wanted)):
                for fields in batch.to_pylist():
                    done += 1
                    yield _piece(Record(done, fields), done, found, options, at=length * done // rows)
    except pa.ArrowInvalid as error:
        hint = "Write the file again; what was read of it stays."
        message = f"this Parquet file cannot be read: {error}"
        raise DocumentError(message, code="P310", where=found.path, hint=hint) from error


def missing_scan_extra(package: str) -> UsageError:
    """The error for a library of scans that is not installed."""
    return not_installed("a scan", package, "scan", "P413")


def _json_lines(stream: _Joined, encoding: str, found: Found, options: ReadOptions) -> Iterator[Piece]:
    lines = enumerate(_lines(stream, encoding, found, options), 1)
    written = (json_record(one, line) for line, one in lines if one.strip())
    for number, record in enumerate(with_keys_met(written, found.path, options), 1):
        yield _piece(record, number, found, options)


def _lines(stream: _Joined, encoding: str, found: Found, options: ReadOptions) -> Iterator[str]:
    """Lines as text; other line ends than a line feed may stand inside a JSON text."""
    if codecs.lookup(encoding).name not in _LINE_FEEDS:
        yield from _decoded_lines(stream, encoding, "\n", found, options)
        return
    limit = options.limits.file_bytes
    first = True
    while data := stream.readline(limit):
        if len(data) >= limit:
            raise _long_line(found, options)
        if first:
            data, first = data.removeprefix(codecs.BOM_UTF8), False
        yield data.decode(encoding, "replace")


def _decoded_lines(
    stream: _Joined, encoding: str, newline: str, found: Found, options: ReadOptions
) -> Iterator[str]:
    """Lines of text in any codec, a byte order mark left out; no more than the limit is ever held."""
    text = io.TextIOWrapper(io.BufferedReader(stream), encoding, "replace", newline=newline)
    limit = max(1, options.limits.file_bytes // _width(encoding))
    first = True
    while line := text.readline(limit):
        if len(line) >= limit:
            raise _long_line(found, options)
        yield line.removeprefix("\ufeff") if first else line
        first = False


def _width(encoding: str) -> int:
    """Bytes of the shortest character of a codec."""
    return max(1, len("aa".encode(encoding)) - len("a".encode(encoding)))


def _long_line(found: Found, options: ReadOptions) -> DocumentError:
    return beyond("file_bytes", options.limits.file_bytes, found.path, "a line has more than {} bytes")


def _rows(
    stream: _Joined, encoding: str, sample: bytes, found: Found, options: ReadOptions
) -> Iterator[Piece]:
    first = sample.decode(encoding, "replace").split("\n", 1)[0]
    lines = _decoded_lines(stream, encoding, "", found, options)
    for number, record in enumerate(table_records(lines, first, found.path, options), 1):
        yield _piece(record, number, found, options)


def _piece(record: Record, number: int, found: Found, options: ReadOptions, at: int = 0) -> Piece:
    """A record as a document, or as the fault for which it is none."""
    source = source_of(record, number, found.name, found.path, options, found.stated)
    if isinstance(source, DocumentError):
        return Piece(f"{found.name}#{number}", None, source, at)
    return Piece(source.name, source, None, at)


def _encoding(sample: bytes, path: str) -> str:
    """The codec of a file by its first lines; whole ones, so that no character is cut."""
    whole = sample[: sample.rfind(b"\n") + 1] if len(sample) == _SAMPLE else sample
    return decode(whole or sample, path).encoding


class _Joined(io.RawIOBase):
    """A stream with the bytes before it that were read already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = io.BytesIO(head), rest

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer; 0 at the end."""
        data = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def readline(self, size: int | None = -1) -> bytes:
        """A line, at most `size` bytes of it."""
        line = self._head.readline(-1 if size is None else size)
        if line.endswith(b"\n"):
            return line
        left = -1 if size is None or size < 0 else max(0, size - len(line))
        return line + self._rest.readline(left) if left else line
