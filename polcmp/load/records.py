"""Files of many documents, one a record: JSON Lines and delimited text. Each record becomes a source.

The text of a record is a document of its own; its other fields are only what is stated of it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from polcmp.errors import DocumentError
from polcmp.load.encoding import decode
from polcmp.load.extracted import beyond
from polcmp.load.formats import suffix_of
from polcmp.load.opening import bytes_of
from polcmp.load.sidecar import iso_date, merged
from polcmp.load.source import NOTHING_STATED, ReadOptions, Source
from polcmp.model.document import Metadata

_HALVES = re.compile("[\ud800-\udfff]")
_OTHER_NAMES = {"text": "正文", "region": "地区", "date": "日期", "title": "标题", "source": "来源"}
"""Chinese names of columns, looked for where the one asked for is not there."""

_SHOWN_ID = 80
"""Most characters of an id in a document's name."""


class _Record(NamedTuple):
    """One record: the line it begins at, from 1, and its fields."""

    line: int
    fields: Mapping[str, object]


class Records(NamedTuple):
    """The documents of one file, and the records that are none."""

    sources: list[Source]
    errors: list[DocumentError]


def read_records(path: Path, name: str, options: ReadOptions, stated: Metadata = NOTHING_STATED) -> Records:
    """Take a file of records apart.

    Args:
        path: the file.
        name: its name in results; a record's is ``NAME#ID``, or ``NAME#N`` without an id.
        options: how it is to be read, columns and limits among it.
        stated: what a sidecar says of the whole file; what a record says goes first.

    Returns:
        A source for each record, in order; an error (P313) for each that has no text.

    Raises:
        DocumentError: the file cannot be read (P301, P302, P304), has no column of texts (P313) or is
            beyond a limit (P312).
    """
    found = Records([], [])
    names: set[str] = set()
    kind = "jsonl" if suffix_of(path.name) in (".jsonl", ".ndjson") else "csv"
    for number, record in enumerate(_records(path, options, found.errors), 1):
        if number > options.limits.records:
            raise beyond("records", options.limits.records, str(path), "the file has more than {} records")
        where = f"{path}:{record.line}"
        text = _field(record.fields, "text", options)
        if not isinstance(text, str):
            found.errors.append(_faulty(f"this record has no text in {options.columns.text!r}", where))
            continue
        shown = str(record.fields.get(options.columns.id) or number)[:_SHOWN_ID]
        label = f"{name}#{shown}" if f"{name}#{shown}" not in names else f"{name}#{shown} ({number})"
        names.add(label)
        data = _HALVES.sub("\ufffd", text).encode()
        own = merged(_stated(record.fields, options), stated)
        found.sources.append(Source(label, where, own, data, options, kind))
    return found


def has_texts(path: Path, options: ReadOptions) -> bool:
    """Whether a file met in a folder is one of documents: its first record has a text."""
    try:
        first = next(_records(path, options, []), None)
    except DocumentError as error:
        return error.code != "P313"  # what cannot be read is reported where it is read
    return first is not None and isinstance(_field(first.fields, "text", options), str)


def _records(path: Path, options: ReadOptions, errors: list[DocumentError]) -> Iterator[_Record]:
    data = bytes_of(path, options.limits.file_bytes)
    text = decode(data, str(path), asked=options.encoding).text
    if suffix_of(path.name) in (".jsonl", ".ndjson"):
        yield from _json_lines(text, str(path), errors)
    else:
        yield from _rows(text, path, options)


def _json_lines(text: str, path: str, errors: list[DocumentError]) -> Iterator[_Record]:
    for line, written in enumerate(text.split("\n"), 1):  # other line ends may stand inside a JSON text
        if not written.strip():
            continue
        try:
            value = json.loads(written)
        except (ValueError, RecursionError) as error:
            reason = str(error) if isinstance(error, ValueError) else "it is nested too deep"
            errors.append(_faulty(f"this line is no JSON: {reason}", f"{path}:{line}"))
            continue
        if isinstance(value, dict):
            yield _Record(line, value)
        else:
            errors.append(_faulty("this line is no JSON object", f"{path}:{line}"))


def _rows(text: str, path: Path, options: ReadOptions) -> Iterator[_Record]:
    csv.field_size_limit(max(csv.field_size_limit(), options.limits.characters))
    first = text.split("\n", 1)[0]
    delimiter = "\t" if suffix_of(path.name) == ".tsv" else max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [name.strip() for name in next(rows, [])]
        if not {options.columns.text, _OTHER_NAMES["text"]} & set(header):
            columns = ", ".join(header[:8])
            raise _faulty(
                f"there is no column {options.columns.text!r} in the first row: {columns}", str(path)
            )
        line = rows.line_num + 1
        for row in rows:
            if row:
                yield _Record(line, dict(zip(header, row, strict=False)))
            line = rows.line_num + 1
    except csv.Error as error:
        raise _faulty(f"this is no table of records: {error}", f"{path}:{rows.line_num}") from error


def _field(fields: Mapping[str, object], name: str, options: ReadOptions) -> object:
    return fields.get(getattr(options.columns, name), fields.get(_OTHER_NAMES[name]))


def _stated(fields: Mapping[str, object], options: ReadOptions) -> Metadata:
    """What a record says of its text; a date that is none is left out."""
    said = {name: _field(fields, name, options) for name in ("region", "date", "title", "source")}
    words = {
        name: " ".join(_HALVES.sub("\ufffd", str(value)).split())
        for name, value in said.items()
        if isinstance(value, str | int)
    }
    if "date" in words:
        words["date"] = iso_date(words["date"])
    return Metadata(**words, region_from="record" if words.get("region") else "")


def _faulty(message: str, where: str) -> DocumentError:
    hint = "A record needs its text in a column or key `text`."
    return DocumentError(message, code="P313", where=where, hint=hint)
