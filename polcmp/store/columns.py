"""Columns of the store's tables and their types.

`SCHEMA` names this layout; a change of columns or of what they mean changes it. Imports pyarrow only inside
`arrow_schema` and `arrow_table`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA = "polcmp/store/2"

TABLES = ("documents", "mentions", "dropped", "errors", "sources")
"""A part holds one file of each. `sources` has a row for every source that is settled: read (code ``""``),
failed (its error's code), a container whose records all are settled (`CONTAINER`), a member of one that is no
document of the corpus (`LEFT_OUT`), or taken out (`REMOVED`).
The generation in force of a source is its highest one in `sources`; rows of lower ones in the other tables
are out of date."""

CONTAINER, LEFT_OUT, REMOVED = "container", "left out", "removed"

Row = dict[str, Any]

_FIGURE = "list<text,value:double,high:double,unit,of,bound,start:int64,end:int64,each:bool>"
_PARTS = "list<piece,found,start:int64,end:int64,similarity:double,how,points:double>"

_COLUMNS: dict[str, str] = {
    "documents": (
        "source generation:int32 document path sha256 encoding characters:int64 body_characters:int64 title "
        "date stated_source format year:int32 month:int32 region region_full province city county "
        "region_found_by region_evidence aliases:texts warnings:texts masks:list<start:int64,end:int64,rule> "
        "fingerprint:list:int64 signature:list:uint32"
    ),
    "mentions": (
        "source generation:int32 id document region measure form status score:double start:int64 end:int64 "
        "quote sentence_start:int64 sentence_end:int64 sentence_text section pattern transforms:texts "
        f"figures:{_FIGURE} status_cue status_cue_from place place_cue page:int32 paragraph:int32 "
        f"parts:{_PARTS}"
    ),
    "dropped": (
        "source generation:int32 document region measure form status score:double start:int64 end:int64 "
        f"quote pattern reason detail place parts:{_PARTS}"
    ),
    "errors": "source generation:int32 path code message hint",
    "sources": "source generation:int32 container path size:int64 mtime_ns:int64 sha256 stated code",
}
"""Column and type; a column without a type is text. Spans and figures of `figures` and `parts` count in
folded text, all other offsets in raw text."""

_MAY_BE_NULL = ("year", "month", "page", "paragraph")
"""Besides the ``high`` of a figure."""


def columns(table: str) -> tuple[str, ...]:
    """Names of the columns of one of `TABLES`, in order."""
    return tuple(one.partition(":")[0] for one in _COLUMNS[table].split())


def arrow_schema(table: str) -> pa.Schema:
    """Columns of one of `TABLES` with their types."""
    import pyarrow as pa

    fields = []
    for one in _COLUMNS[table].split():
        name, _, kind = one.partition(":")
        fields.append(pa.field(name, _arrow_type(kind), nullable=name in _MAY_BE_NULL))
    return pa.schema(fields)


def arrow_table(table: str, rows: Sequence[Row]) -> pa.Table:
    """Rows of one of `TABLES` in Arrow, ready to be written; a row may have more keys."""
    import pyarrow as pa

    schema = arrow_schema(table)
    arrays = [_array([row[one.name] for row in rows], one.type) for one in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    """Values of one column; halves of characters, which no file can hold, become U+FFFD."""
    import pyarrow as pa

    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([_writable(one) for one in values], kind)


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_writable(one) for one in value]
    return {key: _writable(one) for key, one in value.items()} if isinstance(value, dict) else value


def _arrow_type(kind: str) -> pa.DataType:
    """``int64``, ``texts``, ``list:int64`` or ``list<name:type,name,…>``; ``""`` is text."""
    import pyarrow as pa

    if kind == "texts":
        return pa.list_(pa.string())
    if kind.startswith("list:"):
        return pa.list_(_arrow_type(kind.removeprefix("list:")))
    if kind.startswith("list<"):
        members = (one.partition(":") for one in kind[5:-1].split(","))
        return pa.list_(pa.struct([pa.field(name, _arrow_type(of)) for name, _, of in members]))
    simple = {
        "": pa.string,
        "int32": pa.int32,
        "int64": pa.int64,
        "uint32": pa.uint32,
        "double": pa.float64,
        "bool": pa.bool_,
    }
    return simple[kind]()
