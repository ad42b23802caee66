"""One batch of documents to rows: the whole analysis of a scan, whoever runs it.

The pool of processes and any other engine call `scan_batch`, so that they write the same rows. It keeps
nothing between calls, and one document that fails never takes others with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from polcmp.deadline import time_limit
from polcmp.errors import DocumentError
from polcmp.load import read
from polcmp.model.comparison import Failure
from polcmp.pipeline import Reader, failure
from polcmp.scan.items import Item, source_row
from polcmp.scan.signature import signature
from polcmp.store.schema import Rows, error_row, rows_of

UNREADABLE = ("P301", "P302")
"""Codes of files that the system would not open: they may open another day without having changed."""

ANALYSIS_FAILED = "P120"


def scan_batch(items: Iterable[Item], reader: Reader) -> Rows:
    """Read and analyse documents.

    Args:
        items: the documents, with their keys and generations.
        reader: taxonomy and settings.

    Returns:
        Rows of all tables, in the order of `items`; a document that cannot be read or analysed has a row in
        `errors` instead. The same items and reader always give the same rows.
    """
    rows = Rows()
    for item in items:
        rows.add(_scanned(item, reader))
    return rows


def failed_rows(item: Item, cause: Failure) -> Rows:
    """The rows of a document that could not be read or analysed."""
    name, unread = item.source.name, cause.code in UNREADABLE
    data = item.source.data
    digest = failure_digest(cause) if data is None else sha256(data).hexdigest()
    settled = source_row(item._replace(size=-1) if unread else item, digest, cause.code)
    return Rows(errors=[error_row(cause, name, item.generation)], sources=[settled])


def failure_digest(cause: Failure) -> str:
    """What stands for a failed document's content: the same failure has the same."""
    return sha256("\n".join(cause).encode("utf-8", "surrogatepass")).hexdigest()


def _scanned(item: Item, reader: Reader) -> Rows:
    source = item.source
    try:
        with time_limit(source.options.limits.seconds, source.path):
            document = read(source)
            result = reader.read(document)
        sketch = signature(document.raw, result.facts.masks)
        rows = rows_of(result, document.raw, source.name, item.generation, sketch)
    except DocumentError as error:
        return failed_rows(item, failure(error, source.path))
    except Exception as error:  # a fault of ours: it costs this document, not the scan
        message = f"the analysis failed: {type(error).__name__}: {error}".strip()
        return failed_rows(item, Failure(source.path, ANALYSIS_FAILED, message, "Please report this."))
    rows.sources.append(source_row(item, document.sha256))
    return rows
