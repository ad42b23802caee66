"""Which files a corpus has: folders, globs and lists walked one file after another, never all at once.

The streaming counterpart of `polcmp.load.collect`, with the same names and order; archives and containers of
records are named, not opened (`polcmp.scan.containers` does that). Reads no document.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from glob import has_magic, iglob
from pathlib import Path
from typing import NamedTuple

from polcmp.errors import DocumentError
from polcmp.load import sidecar as sidecars
from polcmp.load.formats import READ_SUFFIXES, RECORD_SUFFIXES, UNREAD_SUFFIXES, suffix_of
from polcmp.load.left_out import LeftOut
from polcmp.load.opening import printable, unreadable
from polcmp.load.sidecar import UNLISTED, Sidecar, merged, read_sidecar
from polcmp.load.source import NOTHING_STATED
from polcmp.load.walk import is_document_name, is_part_of_page, is_store_folder
from polcmp.model.document import Metadata

DOCUMENT, RECORDS, ARCHIVE, UNREAD, OBJECTS, OTHER = "document", "records", "archive", "unread", "objects", ""

ARCHIVE_ENDINGS = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".gz")
PARQUET = ".parquet"

SPILL_NAMES = 100_000
"""Names of one folder that are sorted in memory (some 10 MB); those of a larger one on disk."""


class Found(NamedTuple):
    """A file of the corpus.

    Attributes:
        name: path relative to the folder that was given, ``/`` between parts, printable.
        path: path to open.
        kind: `DOCUMENT`, `RECORDS`, `ARCHIVE`, `UNREAD`, or `OBJECTS` for a URL and what is below it.
        stated: what sidecars say of it.
        real: path without links, by which a file is known that is named twice.
    """

    name: str
    path: str
    kind: str
    stated: Metadata
    real: str


class _Folder(NamedTuple):
    """A folder on the way down: its name from the input on, its entries to come, the real folders above."""

    below: str
    real: str
    entries: Iterator[tuple[str, int]]
    above: frozenset[str]


def kind_of(name: str) -> str:
    """What a file is by its name: `DOCUMENT`, `RECORDS`, `ARCHIVE`, `UNREAD` or `OTHER` (left out)."""
    lower = name.lower()
    if lower.endswith(ARCHIVE_ENDINGS):
        return ARCHIVE
    suffix = suffix_of(name)
    if suffix in RECORD_SUFFIXES or suffix == PARQUET:
        return RECORDS
    if suffix in UNREAD_SUFFIXES:
        return UNREAD
    return DOCUMENT if is_document_name(name) else OTHER


class Corpus:
    """The inputs of a scan.

    Args:
        inputs: files, folders, globs, ``@list`` files, URLs of object stores.
        leave_out: folder that is never walked into: the store.

    Attributes:
        errors: inputs, folders and sidecars that could not be read, as far as `files` has come.
        left_out: files of folders and globs that are none of the corpus, likewise.
    """

    def __init__(self, inputs: Sequence[str], leave_out: Path) -> None:
        self.inputs = tuple(inputs)
        self.errors: list[DocumentError] = []
        self.lost = 0  # of them: entries of a sidecar without a file, which may have been deleted
        self.left_out = LeftOut()
        self._leave_out = os.path.realpath(leave_out)
        self._sidecars: dict[str, Sidecar] = {}

    def files(self) -> Iterator[Found]:
        """Every file, in the order of the inputs, sorted inside a folder; one named twice comes twice."""
        for one in self.inputs:
            yield from self._input(one)

    def _input(self, text: str, base: Path | None = None) -> Iterator[Found]:
        """One input; `base` is the folder of the list it stands in, which relative paths start from."""
        if "://" in text:
            yield from self._url(text)
            return
        path = base / text if base else Path(text)
        try:
            if path.is_dir():
                yield from self._folder(path)
            elif path.exists():
                yield from self._file(path)
            elif text.startswith("@"):
                yield from self._list(Path(text[1:]), nested=base is not None)
            else:
                yield from self._glob(str(path))
        except (OSError, ValueError) as error:  # a folder on the way to it is closed, or the name is too long
            fault = error if isinstance(error, OSError) else OSError(22, str(error))
            self.errors.append(unreadable(text, fault))

    def _url(self, url: str) -> Iterator[Found]:
        """Objects at a URL: a container, which whoever opens it lists."""
        if url.startswith(("http:", "https:")):
            hint = "Fetch it first; s3://, gs://, az://, hf:// and file:// are read."
            self._fail("P308", "pages of the web are not read", url, hint)
        else:
            yield Found(printable(url), url, OBJECTS, NOTHING_STATED, url)

    def _file(self, path: Path) -> Iterator[Found]:
        """A file named by itself is read whatever its suffix."""
        kind = kind_of(path.name) or DOCUMENT
        stated = self._sidecar(path.parent).stated(path.name)
        yield Found(printable(path.name), str(path), kind, stated, os.path.realpath(path))

    def _list(self, path: Path, *, nested: bool) -> Iterator[Found]:
        if nested:
            self._fail("P308", "a list cannot name another list", f"@{path}", "Give each list by itself.")
            return
        with path.open(encoding="utf-8-sig", errors="surrogateescape") as lines:
            for line in lines:
                entry = line.strip()
                if entry and not entry.startswith("#"):
                    yield from self._input(entry, path.parent)

    def _glob(self, pattern: str) -> Iterator[Found]:
        found = sorted(iglob(pattern, recursive=True)) if has_magic(pattern) else []  # noqa: PTH207 - may be absolute
        if not found:
            what = "nothing matches" if has_magic(pattern) else "there is no such file or folder"
            self._fail("P301", what, pattern, "Check the path.")
        for one in found:
            path = Path(one)
            if path.is_dir():
                if not (pattern.endswith("**") or is_part_of_page(one) or is_store_folder(one)):
                    yield from self._folder(path)
            elif kind_of(path.name) or "." in Path(pattern).name:
                yield from self._file(path)
            elif path.name not in sidecars.NAMES:
                self.left_out.add(one)

    def _folder(self, folder: Path) -> Iterator[Found]:
        none, errors_before, left_before = True, len(self.errors), len(self.left_out)
        outer = self._sidecar(folder)
        own, own_folder = outer, ""
        unlisted: list[str] = []
        for parent, file, real in self._walk(str(folder)):
            none = False
            name = parent + file
            if parent != own_folder:
                own, own_folder = self._sidecar(folder / parent), parent
            stated = (
                merged(own.stated(file), outer.stated(name))
                if own.entries or outer.entries
                else NOTHING_STATED
            )
            if outer.entries and not outer.stated(name).region:
                unlisted = sorted((*unlisted, name))[:UNLISTED]
            yield Found(printable(name), f"{folder}/{name}", kind_of(file), stated, real)
        if none and errors_before == len(self.errors):
            self._fail("P303", "there is no document in this folder", str(folder), self._looked(left_before))
        lost = outer.lost_entries(folder, unlisted)
        self.errors += lost
        self.lost += len(lost)

    def _looked(self, left_before: int) -> str:
        """The files of a folder that were left out, or what was looked for if there are none."""
        told, kinds = self.left_out.told(after=left_before), (*READ_SUFFIXES, PARQUET, *ARCHIVE_ENDINGS)
        return f"{told}." if told else f"Looked for: {', '.join(kinds)}."

    def _walk(self, folder: str) -> Iterator[tuple[str, str, str]]:
        """Files below a folder, sorted: their folder's name from the input on (``a/b/``), name, real path.

        A folder that leads back to itself is left out, and so are stores and the parts of a saved page. A
        link to something outside is reported (P314), not followed, as by `polcmp.load.collect`.
        """
        root = os.path.realpath(folder)
        down = [self._opened(f"{folder}/", "", frozenset())]
        while down:
            here = down[-1]
            name, kind = next(here.entries, ("", 0))
            path = f"{folder}/{here.below}{name}"
            if not name:
                down.pop()
                continue
            if name in sidecars.NAMES:
                continue
            hidden = name.startswith(HIDDEN)
            if hidden or kind & _SPECIAL or not (kind & _FOLDER or kind_of(name)):
                if not kind & _FOLDER:
                    self.left_out.add(path)
                continue
            if kind & _LINK and self._leads_out(path, root):
                continue
            if kind & _FOLDER:
                if not is_part_of_page(path):
                    down.append(self._opened(path, f"{here.below}{name}/", here.above))
            else:
                yield here.below, name, os.path.realpath(path) if kind & _LINK else f"{here.real}/{name}"

    def _opened(self, path: str, below: str, above: frozenset[str]) -> _Folder:
        """A folder with its entries; without any if it is not to be walked."""
        real = os.path.realpath(path)  # of folders and links only: it takes longer than all the rest
        entries: Iterator[tuple[str, int]] = iter(())
        if real not in above and real != self._leave_out and not is_store_folder(path):
            try:
                entries = _entries(path)
            except OSError as error:
                self.errors.append(unreadable(path.rstrip("/"), error))
        return _Folder(below, real, entries, above | {real})

    def _leads_out(self, path: str, root: str) -> bool:
        real = os.path.realpath(path)
        if real == root or real.startswith(root.rstrip(os.sep) + os.sep) or not os.path.exists(real):  # noqa: PTH110
            return False
        hint = "Name what it leads to if it is to be read."
        self._fail("P314", "the link leads out of the folder, and is not followed", path, hint)
        return True

    def _sidecar(self, folder: Path) -> Sidecar:
        """The sidecar of `folder`; its faults become errors of the run. The last one read is kept."""
        key = os.path.realpath(folder)
        if key not in self._sidecars:
            if len(self._sidecars) >= _SIDECARS_KEPT:
                self._sidecars.pop(next(iter(self._sidecars)))
            self._sidecars[key] = read_sidecar(folder)
            self.errors += [
                one for one in self._sidecars[key].faults if str(one) not in map(str, self.errors)
            ]
        return self._sidecars[key]

    def _fail(self, code: str, message: str, where: str, hint: str = "") -> None:
        self.errors.append(DocumentError(message, code=code, where=printable(where), hint=hint))


_SIDECARS_KEPT = 64
"""Sidecars kept at a time: those of the folders above the one that is walked."""


_FOLDER, _LINK, _SPECIAL = 1, 2, 4
"""A folder, a link, a pipe or device; 0 for a plain file."""

HIDDEN = (".", "~$")
"""Beginnings of names that no document has."""


def _entries(folder: str) -> Iterator[tuple[str, int]]:
    """Names in a folder, and what each is (`_FOLDER`, `_LINK`, `_SPECIAL`), by their bytes.

    The folder is read now; its names come when they are asked for.

    Raises:
        OSError: it cannot be read.
    """
    names: list[tuple[bytes, int]] = []
    spilled: sqlite3.Connection | None = None
    with os.scandir(folder) as entries:
        for entry in entries:
            folder_or_link = entry.is_dir() * _FOLDER + entry.is_symlink() * _LINK
            kind = folder_or_link or (not entry.is_file()) * _SPECIAL
            names.append((os.fsencode(entry.name), kind))
            if len(names) >= SPILL_NAMES:
                spilled = spilled or _names_on_disk()
                spilled.executemany("INSERT INTO names VALUES (?, ?)", names)
                names.clear()
    if spilled is None:
        names.sort()
        return ((os.fsdecode(name), kind) for name, kind in names)
    spilled.executemany("INSERT INTO names VALUES (?, ?)", names)
    return _from_disk(spilled)


def _from_disk(spilled: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    for name, kind in spilled.execute("SELECT name, kind FROM names ORDER BY name"):
        yield os.fsdecode(name), kind
    spilled.close()


def _names_on_disk() -> sqlite3.Connection:
    """A table of names in a temporary file of SQLite's."""
    base = sqlite3.connect("", isolation_level=None)
    base.execute("PRAGMA journal_mode=OFF")
    base.execute("CREATE TABLE names (name BLOB PRIMARY KEY, kind INT) WITHOUT ROWID")
    base.execute("BEGIN")
    return base
