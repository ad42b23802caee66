"""Batches on their way to another machine: each file's bytes go along, and the rows are what they were here.

A worker elsewhere cannot open this machine's files. Knows no engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from polcmp.errors import DocumentError
from polcmp.load.opening import bytes_of
from polcmp.model.comparison import Failure
from polcmp.pipeline import Reader, failure
from polcmp.scan.batch import failed_rows, failure_digest, scan_batch
from polcmp.scan.encoded import Encoded, encode
from polcmp.scan.items import Item
from polcmp.store.schema import Rows, failure_of


class Shipped(NamedTuple):
    """A document on its way.

    Attributes:
        item: the document.
        filled: whether its bytes were put in for the way: elsewhere they are read from the file.
        fault: why its file could not be read here, None if it could.
    """

    item: Item
    filled: bool = False
    fault: Failure | None = None


def shipped(items: Sequence[Item], *, with_bytes: bool) -> list[Shipped]:
    """Documents ready to go.

    Args:
        items: of one batch.
        with_bytes: read the files here; else they are read where the batch arrives.
    """
    return [_filled(item) if with_bytes and item.source.data is None else Shipped(item) for item in items]


def _filled(item: Item) -> Shipped:
    source = item.source
    try:
        data = bytes_of(source.path, source.options.limits.file_bytes)
    except DocumentError as error:
        return Shipped(item, fault=failure(error, source.path))
    return Shipped(item._replace(source=replace(source, data=data)), filled=True)


def scan_shipment(shipment: Sequence[Shipped], reader: Reader) -> Encoded:
    """The rows of a batch: bit for bit those that `scan_batch` makes of the same files where they are."""
    rows = Rows()
    for one in shipment:
        rows.add(failed_rows(one.item, one.fault) if one.fault else _scanned(one, reader))
    return encode(rows)


def _scanned(one: Shipped, reader: Reader) -> Rows:
    rows = scan_batch([one.item], reader)
    if one.filled:  # a failed file stands for its failure, a failed record for its bytes
        for row, error in zip(rows.sources, rows.errors, strict=False):
            row["sha256"] = failure_digest(failure_of(error))
    return rows
