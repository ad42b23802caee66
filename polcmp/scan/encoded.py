"""Rows on their way from a worker to the parts: one Arrow stream for each table, small and quick to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from polcmp.store.schema import TABLES, Rows, arrow_table

if TYPE_CHECKING:
    import pyarrow as pa


class Encoded(NamedTuple):
    """Rows of a batch as bytes.

    Attributes:
        tables: one Arrow stream for each of `TABLES`, in that order; ``b""`` for no rows.
        documents: rows of the table of that name.
        mentions: likewise.
        failed: rows of `errors`.
    """

    tables: tuple[bytes, ...]
    documents: int
    mentions: int
    failed: int


def encode(rows: Rows) -> Encoded:
    """Rows as Arrow streams."""
    tables = tuple(_stream(table, rows) for table in TABLES)
    return Encoded(tables, len(rows.documents), len(rows.mentions), len(rows.errors))


def decode(encoded: Encoded) -> dict[str, pa.Table]:
    """The Arrow tables, those without rows left out; no bytes are copied."""
    import pyarrow as pa

    return {
        table: pa.ipc.open_stream(data).read_all()
        for table, data in zip(TABLES, encoded.tables, strict=True)
        if data
    }


def _stream(table: str, rows: Rows) -> bytes:
    import pyarrow as pa

    of_table = getattr(rows, table)
    if not of_table:
        return b""
    sink = pa.BufferOutputStream()
    made = arrow_table(table, of_table)
    with pa.ipc.new_stream(sink, made.schema) as writer:
        writer.write_table(made)
    data: bytes = sink.getvalue().to_pybytes()
    return data
