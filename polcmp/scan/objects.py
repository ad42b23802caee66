"""Documents on an object store (``s3://…``, ``gs://…``, any that Daft reads), as one container.

Objects are listed and fetched by Daft, in this process: the store's address and keys come from the usual
environment variables, and nothing but the URL that was given is asked for. Writes nothing.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, NamedTuple

from polcmp.errors import DocumentError
from polcmp.load import sidecar as sidecars
from polcmp.load.opening import printable, too_large
from polcmp.load.source import NOTHING_STATED, ReadOptions, Source
from polcmp.scan.containers import pieces, unreadable_member
from polcmp.scan.corpus import ARCHIVE, HIDDEN, RECORDS, Found, kind_of
from polcmp.scan.items import Piece
from polcmp.scan.quiet_daft import daft
from polcmp.store.layout import LOCK, MANIFEST, TAXONOMY

FETCHED_TOGETHER = 64
"""Documents that are fetched at a time …"""

FETCHED_BYTES = 16 * 1024**2
"""… and their bytes together, but for the last one."""

CONNECTIONS = 16

TRIES = 5
"""Attempts at a request, with longer and longer pauses: half a minute in all."""

CONNECT_MILLISECONDS = 10_000

_BUFFER = 1024**2

_MAGIC = re.compile(r"[*?\[{]")

_SCAN_LOCK = re.compile(rf"(?:^|(?<=/)){LOCK}-[0-9a-f]{{16}}$")
"""What a scan that writes a store there puts first (`polcmp.store.remote_lock`)."""

_UNREACHED = ("P301", "P302")


class _Object(NamedTuple):
    """An object: its URL, its length in bytes, its name below the URL's fixed part, and its kind."""

    url: str
    size: int
    name: str
    kind: str

    def found(self) -> Found:
        """The object as a file of the corpus."""
        return Found(printable(self.name), self.url, self.kind, NOTHING_STATED, self.url)


def pieces_of_url(url: str, options: ReadOptions) -> Iterator[Piece]:
    """The documents below a URL, sorted by name; files of records and archives are taken apart.

    Args:
        url: of an object, a folder, or a glob (``**`` for everything below).
        options: how the documents are to be read.

    Raises:
        UsageError: P413 Daft is not installed.
        DocumentError: P301 or P303 there is nothing, P302 the store does not answer, or some objects could
            not be fetched or taken apart to their end (each is an error besides).
    """
    behind = broken = 0
    for some in _together(_listed(url)):
        alone = some[0].kind in (RECORDS, ARCHIVE)
        for piece in _taken_apart(some[0], options) if alone else _fetched(some, options):
            if piece.error is not None:
                broken += piece.error.code in _UNREACHED or (alone and piece.name == some[0].found().name)
            yield piece._replace(at=behind)
        behind += sum(one.size for one in some)
    if broken:
        message = f"{broken:,} object{'s' * (broken != 1)} could not be read to the end"
        hint = "Each is an error of its own. Run the same command again; what was read stays."
        raise DocumentError(message, code="P302", where=url, hint=hint)


def prefix_of(url: str) -> str:
    """The fixed part of a URL, which names do not repeat: up to the last ``/`` before any glob."""
    found = _MAGIC.search(url, url.index("://") + 3)
    fixed = url[: found.start()] if found else url
    return fixed[: fixed.rindex("/") + 1]


def listed(pattern: str) -> list[tuple[str, int]]:
    """URLs and lengths of the objects that a pattern fits, as the store gives them.

    Raises:
        UsageError: P413 Daft is not installed.
        DocumentError: P301 there is nothing, P302 the store does not answer.
    """
    daft()
    from daft.filesystem import glob_path_with_stats

    try:
        infos = glob_path_with_stats(pattern, None, _patient())
    except FileNotFoundError as error:
        message, hint = "there is nothing at this URL", "Check it, and the address and keys of the store."
        raise DocumentError(message, code="P301", where=printable(pattern), hint=hint) from error
    except Exception as error:  # whatever Daft says of a store
        raise _unreached(pattern, error) from error
    return [(path, size or 0) for path, size in zip(infos.file_paths, infos.file_sizes, strict=True)]


def fetch(url: str) -> bytes:
    """The bytes of an object.

    Raises:
        DocumentError: P301 it is not there (any more), P302 it cannot be fetched.
    """
    try:
        with _file(url).open() as file:
            data: bytes = file.read()
            return data
    except FileNotFoundError as error:
        message = "there is no such object"
        raise DocumentError(message, code="P301", where=printable(url), hint="Check the URL.") from error
    except Exception as error:
        raise _unreached(url, error) from error


def _file(url: str) -> Any:
    return daft().File(url, io_config=_patient())


@cache
def _patient() -> Any:
    """Daft's way to the stores as it is set, but for how long it tries: it would for minutes."""
    daft()
    from daft.context import get_context

    io_config: Any = get_context().daft_planning_config.default_io_config
    tries = {"num_tries": TRIES, "connect_timeout_ms": CONNECT_MILLISECONDS}
    return io_config.replace(s3=io_config.s3.replace(**tries), gcs=io_config.gcs.replace(**tries))


def _listed(url: str) -> list[_Object]:
    """The documents, records and archives below a URL, by name."""
    last = posixpath.basename(url)
    single = "." in last and bool(kind_of(last)) and not _MAGIC.search(url, url.index("://") + 3)
    pattern = url if single or _MAGIC.search(last) else f"{url.rstrip('/')}/**"
    prefix = prefix_of(pattern)
    below = [(path, size, path.removeprefix(prefix)) for path, size in listed(pattern)]
    names = {name for _, _, name in below}
    stores = _stores(names)
    objects = [
        _Object(path, size, name, kind_of(posixpath.basename(name)))
        for path, size, name in below
        if _is_wanted(name) and not name.startswith(stores)
    ]
    if not objects:
        hint = "Looked for documents, records and archives; write /** behind a URL for everything below it."
        raise DocumentError("there is no document at this URL", code="P303", where=printable(url), hint=hint)
    return sorted(objects, key=lambda one: one.name)


def _stores(names: set[str]) -> tuple[str, ...]:
    """Folders of stores, those among them that a scan has only begun."""
    begun = {name[: found.start()] for name in names if (found := _SCAN_LOCK.search(name))}
    done = {name.removesuffix(MANIFEST) for name in names if posixpath.basename(name) == MANIFEST}
    return tuple(begun | {one for one in done if {one + TAXONOMY, one + LOCK} <= names})


def _is_wanted(name: str) -> bool:
    parts = name.split("/")
    hidden = any(part.startswith(HIDDEN) for part in parts)
    return not hidden and bool(kind_of(parts[-1])) and parts[-1] not in sidecars.NAMES


def _together(objects: Sequence[_Object]) -> Iterator[list[_Object]]:
    """Objects in groups that are fetched at a time; one that holds many documents by itself."""
    group: list[_Object] = []
    length = 0
    for one in objects:
        alone = one.kind in (RECORDS, ARCHIVE)
        if group and (alone or len(group) >= FETCHED_TOGETHER or length >= FETCHED_BYTES):
            yield group
            group, length = [], 0
        if alone:
            yield [one]
        else:
            group.append(one)
            length += one.size
    if group:
        yield group


def _fetched(some: Sequence[_Object], options: ReadOptions) -> Iterator[Piece]:
    """Documents, their bytes fetched side by side."""
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        yield from threads.map(lambda one: _document(one, options), some)


def _document(one: _Object, options: ReadOptions) -> Piece:
    found, limit = one.found(), options.limits.file_bytes
    fault = unreadable_member(found)
    if one.size > limit:
        fault = fault or too_large(one.url, limit)
    try:
        data = b"" if fault else fetch(one.url)
    except DocumentError as error:
        fault = error
    source = None if fault else Source(found.name, printable(one.url), NOTHING_STATED, data, options)
    return Piece(found.name, source, fault, 0)


def _taken_apart(one: _Object, options: ReadOptions) -> Iterator[Piece]:
    """The records or members of an object, read as a stream; its fault, if it has one, comes last."""
    found = one.found()
    try:
        yield from pieces(found, options, io.BufferedReader(_Stream(one.url), _BUFFER))
    except DocumentError as error:
        yield Piece(found.name, None, error, 0)


class _Stream(io.RawIOBase):
    """An object as a file; it is opened when it is first used."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._file: Any = None

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer; 0 at the end."""
        data = self._ask("read", len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        place: int = self._ask("seek", offset, whence)
        return place

    def tell(self) -> int:
        """The place."""
        place: int = self._ask("tell")
        return place

    def close(self) -> None:
        """Close the object."""
        if self._file is not None:
            self._file.__exit__(None, None, None)
            self._file = None
        super().close()

    def _ask(self, method: str, *arguments: int) -> Any:
        try:
            if self._file is None:
                self._file = _file(self._url).open().__enter__()
            return getattr(self._file, method)(*arguments)
        except FileNotFoundError:
            raise
        except Exception as error:  # whatever Daft says of a store
            raise OSError(_reason(error)) from error


def _unreached(url: str, error: BaseException) -> DocumentError:
    hint = "Check the URL, and the address and keys of the store in the environment."
    return DocumentError(f"cannot be read: {_reason(error)}", code="P302", where=printable(url), hint=hint)


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
