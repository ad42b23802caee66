"""Records one after another: JSON Lines, delimited text and Parquet of any length, as documents.

The streaming counterpart of `polcmp.load.records`, with the same names and the same fields; Parquet besides.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from polcmp.errors import DocumentError, UsageError
from polcmp.load.encoding import decode
from polcmp.load.extracted import beyond
from polcmp.load.formats import suffix_of
from polcmp.load.sidecar import iso_date, merged
from polcmp.load.source import ReadOptions, Source
from polcmp.model.document import Metadata
from polcmp.scan.corpus import Found
from polcmp.scan.items import Piece

_SAMPLE = 65_536
"""Bytes that decide on the encoding and the delimiter of a file of records."""

_HALVES = re.compile("[\ud800-\udfff]")

_OTHER_NAMES = {"text": "正文", "region": "地区", "date": "日期", "title": "标题", "source": "来源"}
"""Chinese names of columns, looked for where the one asked for is not there; as in `polcmp.load.records`."""

_SHOWN_ID = 80
"""Most characters of an id in a document's name."""

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
        DocumentError: P304 the file holds no text, P312 a line is too long, P313 it has no column of texts.
    """
    sample = stream.read(_SAMPLE)
    encoding = options.encoding or _encoding(sample, found.path)
    joined = _Joined(sample, stream)
    if suffix_of(found.path) in (".jsonl", ".ndjson"):
        yield from _json_lines(joined, encoding, found, options)
    else:
        yield from _rows(joined, encoding, sample, found, options)


def of_parquet(found: Found, options: ReadOptions) -> Iterator[Piece]:
    """The documents of a Parquet file, one a row; see `of_stream`.

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
        with pq.ParquetFile(found.path, buffer_size=1 << 20, pre_buffer=False) as file:
            names = set(file.schema_arrow.names)
            wanted = {name for name in options.columns if name in names} | (
                set(_OTHER_NAMES.values()) & names
            )
            if not {options.columns.text, _OTHER_NAMES["text"]} & names:
                raise _no_column(options, sorted(names), found.path)
            done, rows = 0, max(1, file.metadata.num_rows)
            length = sum(file.metadata.row_group(n).total_byte_size for n in range(file.num_row_groups))
            for batch in file.iter_batches(PARQUET_ROWS, columns=sorted(wanted)):
                for fields in batch.to_pylist():
                    done += 1
                    yield _piece(fields, done, done, found, options, at=length * done // rows)
    except pa.ArrowInvalid as error:
        hint = "Write the file again; what was read of it stays."
        message = f"this Parquet file cannot be read: {error}"
        raise DocumentError(message, code="P310", where=found.path, hint=hint) from error


def missing_scan_extra(package: str) -> UsageError:
    """The error for a library of scans that is not installed."""
    message = f"scanning takes {package}, which is not installed"
    return UsageError(message, code="P413", hint="pip install 'polcmp[scan]'")


def _json_lines(stream: _Joined, encoding: str, found: Found, options: ReadOptions) -> Iterator[Piece]:
    number = 0
    for line, written in enumerate(_lines(stream, encoding, found, options), 1):
        if not written.strip():
            continue
        number += 1
        where = f"{found.path}:{line}"
        try:
            value = json.loads(written)
        except (ValueError, RecursionError) as error:
            reason = str(error) if isinstance(error, ValueError) else "it is nested too deep"
            yield _faulty(found, number, f"this line is no JSON: {reason}", where)
            continue
        if isinstance(value, dict):
            yield _piece(value, number, line, found, options)
        else:
            yield _faulty(found, number, "this line is no JSON object", where)


def _lines(stream: _Joined, encoding: str, found: Found, options: ReadOptions) -> Iterator[str]:
    """Lines as text; other line ends than a line feed may stand inside a JSON text."""
    if encoding.replace("_", "-").lower() in (
        "utf-8",
        "utf-8-sig",
        "ascii",
        "gb18030",
        "gbk",
        "big5",
        "big5hkscs",
    ):
        limit = options.limits.file_bytes
        first = True
        while data := stream.readline(limit):
            if len(data) >= limit:
                raise beyond("file_bytes", limit, found.path, "a line has more than {} bytes")
            if first:
                data, first = data.removeprefix(codecs.BOM_UTF8), False
            yield data.decode(encoding, "replace")
    else:
        yield from io.TextIOWrapper(io.BufferedReader(stream), encoding, "replace", newline="\n")


def _rows(
    stream: _Joined, encoding: str, sample: bytes, found: Found, options: ReadOptions
) -> Iterator[Piece]:
    csv.field_size_limit(max(csv.field_size_limit(), options.limits.characters))
    first = sample.decode(encoding, "replace").split("\n", 1)[0]
    delimiter = "\t" if suffix_of(found.path) == ".tsv" else max(",;\t", key=first.count)
    text = io.TextIOWrapper(io.BufferedReader(stream), encoding, "replace", newline="")
    rows = csv.reader(text, delimiter=delimiter)
    try:
        header = [name.strip().removeprefix("\ufeff") for name in next(rows, [])]
        if not {options.columns.text, _OTHER_NAMES["text"]} & set(header):
            raise _no_column(options, header, found.path)
        line, number = rows.line_num + 1, 0
        for row in rows:
            if row:
                number += 1
                yield _piece(dict(zip(header, row, strict=False)), number, line, found, options)
            line = rows.line_num + 1
    except csv.Error as error:
        message, where = f"this is no table of records: {error}", f"{found.path}:{rows.line_num}"
        raise DocumentError(message, code="P313", where=where, hint=_NEEDS_TEXT) from error


def _piece(
    fields: Mapping[str, Any], number: int, line: int, found: Found, options: ReadOptions, at: int = 0
) -> Piece:
    """A record as a document, or as the fault that it has no text."""
    where = f"{found.path}:{line}"
    text = _field(fields, "text", options)
    if not isinstance(text, str):
        return _faulty(found, number, f"this record has no text in {options.columns.text!r}", where, at)
    own = fields.get(options.columns.id)
    name = f"{found.name}#{str(number if own is None or own == '' else own)[:_SHOWN_ID]}"
    data = _HALVES.sub("\ufffd", text).encode()
    kind = suffix_of(found.path).removeprefix(".").replace("ndjson", "jsonl").replace("tsv", "csv")
    stated = merged(_stated(fields, options), found.stated)
    name = _HALVES.sub("\ufffd", name)
    return Piece(name, Source(name, where, stated, data, options, kind), None, at)


def _faulty(found: Found, number: int, message: str, where: str, at: int = 0) -> Piece:
    error = DocumentError(message, code="P313", where=where, hint=_NEEDS_TEXT)
    return Piece(f"{found.name}#{number}", None, error, at)


_NEEDS_TEXT = "A record needs its text in a column or key `text`, or in the one that --text-column names."


def _no_column(options: ReadOptions, columns: Iterable[str], path: str) -> DocumentError:
    message = f"there is no column {options.columns.text!r}: {', '.join(list(columns)[:8])}"
    return DocumentError(message, code="P313", where=path, hint=_NEEDS_TEXT)


def _field(fields: Mapping[str, Any], name: str, options: ReadOptions) -> Any:
    return fields.get(getattr(options.columns, name), fields.get(_OTHER_NAMES[name]))


def _stated(fields: Mapping[str, Any], options: ReadOptions) -> Metadata:
    """What a record says of its text; a date that is none is left out."""
    said = {name: _field(fields, name, options) for name in ("region", "date", "title", "source")}
    words = {
        name: " ".join(_HALVES.sub("\ufffd", str(value)).split())
        for name, value in said.items()
        if value is not None and not isinstance(value, bool | float | list | dict)
    }
    if "date" in words:
        words["date"] = iso_date(words["date"])
    return Metadata(**words, region_from="record" if words.get("region") else "")


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
