"""One record of a file of many: its fields, its text, what it states. Opens no file, keeps no other record.

For `polcmp.load.records`, which holds a file whole, and `polcmp.scan`, which reads it as a stream: both find
the same documents under the same names, and the same faults.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from polcmp.errors import DocumentError
from polcmp.load.dates import iso_date
from polcmp.load.delimited import delimiter_of, rows_of
from polcmp.load.formats import suffix_of
from polcmp.load.opening import printable
from polcmp.load.sidecar import merged
from polcmp.load.source import Columns, ReadOptions, Source
from polcmp.model.document import Metadata

OTHER_NAMES = {"text": "正文", "region": "地区", "date": "日期", "title": "标题", "source": "来源"}
"""Chinese names of columns, looked for where the one asked for is not there."""

SHOWN_ID = 80
"""Most characters of an id in a document's name."""

_NEEDS_TEXT = (
    "A record needs its text in a column or key `text` or 正文; `polcmp scan --text-column` takes another."
)
KEPT_BACK_CHARACTERS = 8_000_000
"""Characters of lines that are kept back while a text, or a key that was named, has not been met: some 20 MB
of texts, up to 200 MB of small values inside one another."""

SHOWN_NAMES = 8
"""Columns or keys that a message names."""

_NEEDS_MENDING = "Mend or remove that line."
_NEEDS_QUOTES = 'Between quotation marks write each " of the text twice, and close the field.'
_NEEDS_FIELD = "Put a text that holds commas, or what else parts the fields, in quotation marks."

_HALVES = re.compile("[\ud800-\udfff]")
_KINDS = {".ndjson": "jsonl", ".tsv": "csv"}


class Record(NamedTuple):
    """A record.

    Attributes:
        line: where it begins, or its number in a file without lines; from 1.
        fields: by the names of their columns or keys; none of a record that cannot be read.
        fault: why it cannot be read, ``""`` if it can.
        hint: what to do about that.
        length: of the line it was written in, in characters; 0 if it was in none.
    """

    line: int
    fields: Mapping[str, Any]
    fault: str = ""
    hint: str = _NEEDS_TEXT
    length: int = 0


def with_keys_met(records: Iterable[Record], path: str, options: ReadOptions) -> Iterator[Record]:
    """Records of JSON Lines; the first ones are kept back until some record has what was asked for.

    That is a text, and each key that was named: single records may lack it, a file in which no record has it
    was asked for wrongly.

    Args:
        records: of one file, in order.
        path: of the file, for messages.
        options: names of the keys.

    Raises:
        DocumentError: P313 no record has a text or a key that was named; before any record was given, unless
            the file has more than `KEPT_BACK_CHARACTERS` or `Limits.records`: then after the last one.
    """
    missing = {"text", *named_columns(options)}
    names: dict[str, None] = {}
    kept: list[Record] = []
    count = characters = 0
    full = False
    for record in records:
        count += 1
        if not missing:
            yield record
            continue
        kept.append(record)
        missing = {one for one in missing if not _has(record.fields, one, options)}
        if len(names) <= SHOWN_NAMES:
            names.update(dict.fromkeys(record.fields))
        characters += record.length
        full = full or characters > KEPT_BACK_CHARACTERS or len(kept) >= options.limits.records
        if full or not missing:
            yield from kept
            kept.clear()
    if "text" in missing and names and count > 1:
        message = f"none of its {count} records has a text in {options.columns.text!r}"
        if what := next(filter(None, (_instead(one.fields, options) for one in kept)), ""):
            message = f"none of its {count} records has a text there: the first is {what}"
        raise faulty(message, path, _hint(names))
    if (lost := sorted(missing - {"text"})) and names:
        message = f"no record has a key {getattr(options.columns, lost[0])!r}"
        raise faulty(message, path, _hint(names, lost[0]))
    yield from kept


def named_columns(options: ReadOptions) -> list[str]:
    """Fields beside the text whose column was named by somebody: it has to be there."""
    pairs = zip(Columns._fields, options.columns, Columns(), strict=True)
    return [field for field, name, usual in pairs if field != "text" and name != usual]


def _has(fields: Mapping[str, Any], field: str, options: ReadOptions) -> bool:
    if field == "text":
        return isinstance(field_of(fields, field, options), str)
    return not {getattr(options.columns, field), OTHER_NAMES.get(field)}.isdisjoint(fields)


def _hint(names: Collection[str], field: str = "text") -> str:
    """What a file or record has instead of a column, and the option that takes it."""
    hint = _NEEDS_TEXT if field == "text" else f"`polcmp scan --{field}-column` takes another."
    return f"It has {_listed(names)}. {hint}" if names else hint


def _listed(names: Collection[str]) -> str:
    more = " …" if len(names) > SHOWN_NAMES else ""
    return ", ".join(printable(one)[:SHOWN_ID] for one in list(names)[:SHOWN_NAMES]) + more


def is_json_lines(path: str) -> bool:
    """Whether a file of records is JSON Lines; the others are delimited text."""
    return suffix_of(path) in (".jsonl", ".ndjson")


def json_record(written: str, line: int) -> Record:
    """A line of JSON Lines as a record."""
    try:
        value = json.loads(written)
    except (ValueError, RecursionError) as error:
        return Record(line, {}, f"this line is no JSON: {_reason(error)}", _NEEDS_MENDING)
    if not isinstance(value, dict):
        return Record(line, {}, "this line is no JSON object", _NEEDS_MENDING)
    return Record(line, value, length=len(written))


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):  # its own text counts lines from this one
        return f"column {error.colno}: {error.msg}"
    return str(error) if isinstance(error, ValueError) else "it is nested too deep"


def table_records(lines: Iterable[str], first: str, path: str, options: ReadOptions) -> Iterator[Record]:
    """The rows of delimited text as records.

    Args:
        lines: with their ends, the header among them.
        first: the header, which shows what parts the fields.
        path: of the file, for messages; its ending counts.
        options: how it is to be read.

    Yields:
        Records in order. One with more fields than the header is faulty: a comma of its text has cut it.

    Raises:
        DocumentError: P313 there is no column of texts, or a field is too long.
    """
    rows = rows_of(lines, delimiter_of(first, suffix_of(path)), options.limits.characters)
    try:
        head = next(rows, None)
        header = [name.strip().removeprefix("\ufeff") for name in head.values] if head else []
        check_columns(header, path, options)
        for row in rows:
            if row.fault:
                yield Record(row.line, {}, row.fault, _NEEDS_QUOTES)
            elif any(row.values[len(header) :]):
                fault = f"this record has {len(row.values)} fields, the first row {len(header)}"
                yield Record(row.line, {}, fault, _NEEDS_FIELD)
            else:
                yield Record(row.line, dict(zip(header, row.values, strict=False)))
    except csv.Error as error:
        raise faulty(f"this is no table of records: {error}", path) from error


def check_columns(names: Collection[str], path: str, options: ReadOptions) -> None:
    """See that a table has a column of texts, and those that were named beside it.

    Raises:
        DocumentError: P313 it has not.
    """
    for field in ("text", *named_columns(options)):
        name = getattr(options.columns, field)
        if {name, OTHER_NAMES.get(field)}.isdisjoint(names):
            message = f"there is no column {name!r} in this table: {_listed(names)}"
            raise faulty(message, path, _hint((), field))


def source_of(
    record: Record, number: int, name: str, path: str, options: ReadOptions, stated: Metadata
) -> Source | DocumentError:
    """The document that a record holds, or the fault (P313) for which it holds none.

    Args:
        record: the record.
        number: of the record in its file, from 1: its name where it has no id.
        name: of the file; the document's is ``NAME#ID``.
        path: of the file; the document's is ``PATH:LINE``.
        options: how it is to be read.
        stated: what a sidecar says of the whole file; what the record says goes first.
    """
    where = f"{path}:{record.line}"
    if record.fault:
        return faulty(record.fault, where, record.hint)
    text = field_of(record.fields, "text", options)
    if not isinstance(text, str):
        return faulty(_textless(record.fields, options), where, _hint(list(record.fields)))
    own = record.fields.get(options.columns.id)
    shown = _HALVES.sub("\ufffd", str(number if own is None or own == "" else own)[:SHOWN_ID])
    suffix = suffix_of(path)
    return Source(
        f"{name}#{shown}",
        where,
        merged(stated_of(record.fields, options), stated),
        _HALVES.sub("\ufffd", text).encode(),
        options,
        _KINDS.get(suffix, suffix.removeprefix(".")),
    )


def _textless(fields: Mapping[str, Any], options: ReadOptions) -> str:
    """The message for a record without a text."""
    if what := _instead(fields, options):
        return f"the text of this record is {what}"
    return f"this record has no text in {options.columns.text!r}"


def _instead(fields: Mapping[str, Any], options: ReadOptions) -> str:
    """What a record has in the place of its text, ``""`` if nothing is there."""
    if {options.columns.text, OTHER_NAMES["text"]}.isdisjoint(fields):
        return ""
    value = field_of(fields, "text", options)
    if value is None:
        return "null"
    kinds = ((bool, "true or false"), (int | float, "a number"), (list, "a list"), (dict, "an object"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "of another kind than text")


def field_of(fields: Mapping[str, Any], name: str, options: ReadOptions) -> Any:
    """A field by its own name, or by the Chinese one where that is not there."""
    return fields.get(getattr(options.columns, name), fields.get(OTHER_NAMES[name]))


def stated_of(fields: Mapping[str, Any], options: ReadOptions) -> Metadata:
    """What a record says of its text; a date that is none is left out."""
    said = {name: field_of(fields, name, options) for name in ("region", "date", "title", "source")}
    words = {
        name: " ".join(_HALVES.sub("\ufffd", str(value)).split())
        for name, value in said.items()
        if value is not None and not isinstance(value, bool | float | list | dict)
    }
    if "date" in words:
        words["date"] = iso_date(words["date"])
    return Metadata(**words, region_from="record" if words.get("region") else "")


def faulty(message: str, where: str, hint: str = _NEEDS_TEXT) -> DocumentError:
    """The error of a record, or of a table of them, that holds no text."""
    return DocumentError(message, code="P313", where=where, hint=hint)
