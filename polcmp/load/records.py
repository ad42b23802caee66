"""Files of many documents, one a record: JSON Lines and delimited text. Each record becomes a source.

The text of a record is a document of its own; its other fields are only what is stated of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from polcmp.errors import DocumentError
from polcmp.load.encoding import decode
from polcmp.load.extracted import beyond
from polcmp.load.opening import bytes_of
from polcmp.load.record import Record, is_json_lines, json_record, source_of, table_records, with_keys_met
from polcmp.load.source import NOTHING_STATED, ReadOptions, Source
from polcmp.model.document import Metadata


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
        DocumentError: the file cannot be read (P301, P302, P304), has no texts or no column that was named
            (P313) or is beyond a limit (P312).
    """
    found = Records([], [])
    names: set[str] = set()
    for number, record in enumerate(_records(path, options), 1):
        if number > options.limits.records:
            raise beyond("records", options.limits.records, str(path), "the file has more than {} records")
        source = source_of(record, number, name, str(path), options, stated)
        if isinstance(source, DocumentError):
            found.errors.append(source)
            continue
        if source.name in names:
            source = replace(source, name=f"{source.name} ({number})")
        names.add(source.name)
        found.sources.append(source)
    return found


def _records(path: Path, options: ReadOptions) -> Iterator[Record]:
    data = bytes_of(path, options.limits.file_bytes)
    text = decode(data, str(path), asked=options.encoding).text
    if not is_json_lines(path.name):
        first = text.split("\n", 1)[0]
        yield from table_records(io.StringIO(text, newline=""), first, str(path), options)
        return
    lines = enumerate(text.split("\n"), 1)  # other line ends may stand inside a JSON text
    written = (json_record(one, line) for line, one in lines if one.strip())
    yield from with_keys_met(written, str(path), options)
