"""Documents on an object store (``s3://…``, ``gs://…``, any that Daft reads), as one container.

Objects are listed and fetched by Daft, from this process: a store's address and keys come from the usual
environment variables, and nothing but the URL that was given is asked for. Writes nothing.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO, Any, NamedTuple, cast

from polcmp.errors import DocumentError
from polcmp.load.opening import too_large
from polcmp.load.source import NOTHING_STATED, ReadOptions, Source
from polcmp.scan.containers import opened_pieces
from polcmp.scan.corpus import ARCHIVE, RECORDS, UNREAD, Found, kind_of, unread_format
from polcmp.scan.items import Piece
from polcmp.scan.quiet_daft import daft

FETCHED_TOGETHER = 64
"""Documents that are fetched at a time …"""

FETCHED_BYTES = 16 * 1024**2
"""… and their bytes together, but for the last one."""

CONNECTIONS = 16

_BUFFER = 1024**2

_MAGIC = re.compile(r"[*?\[{]")

UNREACHED = "P302"


class _Object(NamedTuple):
    """An object: its URL, its length in bytes, its name below the URL's fixed part, and its kind."""

    url: str
    size: int
    name: str
    kind: str


def pieces_of_url(found: Found, options: ReadOptions) -> Iterator[Piece]:
    """The documents below a URL, sorted by name; records and archives among them are taken apart.

    Args:
        found: its path is the URL: of an object, a folder, or a glob (``**`` for all below).
        options: how they are to be read.

    Raises:
        UsageError: P413 Daft is not installed.
        DocumentError: P301 there is nothing, P302 the store cannot be asked, or some objects could not be
            fetched (each is an error besides).
    """
    objects = _listed(found.path)
    behind = missing = 0
    for some in _together(objects):
        fetched = _fetched(some, options) if some[0].kind not in (RECORDS, ARCHIVE) else None
        for n, one in enumerate(some):
            behind += one.size
            inside = _inside(one, fetched[n]) if fetched else _taken_apart(one, options)
            for piece in inside:
                missing += piece.error is not None and piece.error.code == UNREACHED
                yield piece._replace(at=behind)
    if missing:
        message = f"{missing:,} object{'s' * (missing != 1)} could not be fetched"
        hint = "Run the same command again; what was read stays."
        raise DocumentError(message, code=UNREACHED, where=found.path, hint=hint)


def prefix_of(url: str) -> str:
    """The fixed part of a URL, which names do not repeat: up to the last ``/`` before any glob."""
    fixed = url[: found.start()] if (found := _MAGIC.search(url, url.index("://") + 3)) else url
    return fixed[: fixed.rindex("/") + 1]


def _listed(url: str) -> list[_Object]:
    """The objects, those that are no documents left out.

    Raises:
        DocumentError: P301, P302.
    """
    daft()
    from daft.filesystem import glob_path_with_stats

    pattern = _pattern(url)
    prefix = prefix_of(pattern)
    try:
        infos = glob_path_with_stats(pattern, None, None)
    except FileNotFoundError as error:
        message, hint = "there is nothing at this URL", "Check it, and the store's address and keys."
        raise DocumentError(message, code="P301", where=url, hint=hint) from error
    except Exception as error:
        raise _unreached(url, error) from error
    named = ((path, size or 0, _below(prefix, path)) for path, size in zip(infos.file_paths, infos.file_sizes, strict=True))
    single = pattern == url and not _MAGIC.search(url)
    objects = [
        _Object(path, size, name, kind_of(posixpath.basename(name)) or "document")
        for path, size, name in named
        if single or _wanted(name)
    ]
    if not objects:
        message, hint = "there is no document at this URL", "Write /** behind it for all below."
        raise DocumentError(message, code="P303", where=url, hint=hint)
    return sorted(objects, key=lambda one: one.name)
