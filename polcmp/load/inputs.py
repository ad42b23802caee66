"""Which documents a command line names: files, folders, globs, ``-`` and ``@list.txt``.

Reads no document, but takes files of records apart, for each record is one.

One input that cannot be used is an error of its own; the others go on.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from polcmp.errors import DocumentError, UsageError
from polcmp.load import sidecar as sidecars
from polcmp.load.formats import READ_SUFFIXES, RECORD_SUFFIXES, UNREAD_SUFFIXES, suffix_of, unread_format
from polcmp.load.left_out import LeftOut
from polcmp.load.opening import bytes_of, dangling, printable, too_large, unreadable
from polcmp.load.sidecar import UNLISTED, Sidecar, merged
from polcmp.load.source import DEFAULT_OPTIONS, NOTHING_STATED, ReadOptions, Source
from polcmp.load.walk import documents_below, is_document_name, is_part_of_page, is_store_folder
from polcmp.model.document import Metadata
from polcmp.urls import is_elsewhere, local_path

STDIN_NAME = "(stdin)"
"""Name of the document on standard input."""


class Collected(NamedTuple):
    """What inputs name.

    Attributes:
        sources: documents in the order of the inputs, sorted inside a folder, each file once, with unique
            names.
        errors: inputs that failed.
        beside: paths of the sidecars, lists and files of records that were read on the way.
        warnings: what the reader should know of the inputs, a sentence each.
    """

    sources: list[Source]
    errors: list[DocumentError]
    beside: list[str]
    warnings: tuple[str, ...] = ()


def collect(inputs: Sequence[str], options: ReadOptions = DEFAULT_OPTIONS) -> Collected:
    """Find the documents that `inputs` name.

    Args:
        inputs: files, folders (recursive; hidden files and other formats left out), globs, ``-`` for
            standard input, ``@list`` for a file with one of these a line.
        options: how the documents are to be read; each source keeps them.

    Returns:
        Sources and the files read beside them; a warning that counts the files of folders and globs that
        were left out; and the inputs that failed: P301 not found, P302 not readable,
        P303 a folder without documents, P306 a sidecar with faults, P307 a format that is not read, P308 a
        list inside a list, P312 beyond a limit, P313 a record without text, P314 a link out of a folder.
    """
    collector = _Collector(options)
    for one in inputs:
        collector.add(one)
    told = collector.left_out()
    return Collected(
        _uniquely_named(collector.sources), collector.errors, collector.beside, (told,) if told else ()
    )


class _Collector:
    """Gathers sources and errors; remembers what was seen."""

    def __init__(self, options: ReadOptions) -> None:
        self.options = options
        self.sources: list[Source] = []
        self.errors: list[DocumentError] = []
        self.beside: list[str] = []
        self._seen: set[str] = set()
        self._sidecars: dict[str, Sidecar] = {}
        self._left_out = LeftOut()

    def left_out(self) -> str:
        """The files that were met in folders and are not read, ``""`` if there are none."""
        return self._left_out.told(self._seen)

    def add(self, text: str, base: Path | None = None) -> None:
        """One input; `base` is the folder of the list it stands in, which relative paths start from."""
        try:
            self._add(text, base)
        except DocumentError as error:
            self.errors.append(error)
        except (OSError, ValueError) as error:  # a folder on the way to it is closed, or the name is too long
            fault = error if isinstance(error, OSError) else OSError(22, str(error))
            self.errors.append(unreadable(text, fault))

    def _add(self, text: str, base: Path | None) -> None:
        if text == "-":
            self._add_stdin()
            return
        try:
            text = local_path(text)
        except UsageError as error:
            self._fail("P301", error.message, text, error.hint)
            return
        path = base / text if base else Path(text)
        if path.is_dir():
            self._add_folder(path)
        elif path.exists():
            self._add_file(path, path.name, sidecar=self._sidecar(path.parent))
        elif text.startswith("@"):
            self._add_list(Path(text[1:]), nested=base is not None)
        elif is_elsewhere(text):
            hint = "Save it here and name the file; reports on an object store: polcmp scan URL -o DIR."
            self._fail("P301", "documents are not fetched from URLs", text, hint)
        else:
            self._add_glob(str(path))

    def _add_stdin(self) -> None:
        if "-" in self._seen:
            return
        self._seen.add("-")
        if sys.stdin is None:
            self._fail("P302", "it is closed", STDIN_NAME, "Give it something to read, or name files.")
            return
        limit = self.options.limits.file_bytes
        data = sys.stdin.buffer.read(limit + 1)
        if len(data) > limit:
            raise too_large(STDIN_NAME, limit)
        self.sources.append(Source(STDIN_NAME, "-", data=data, options=self.options))

    def _add_list(self, path: Path, *, nested: bool) -> None:
        if nested:
            self._fail("P308", "a list cannot name another list", f"@{path}", "Give each list by itself.")
            return
        self.beside.append(str(path))
        data = bytes_of(path, self.options.limits.file_bytes)
        text = data.decode("utf-8-sig", "surrogateescape")
        for line in text.splitlines():
            entry = line.strip()
            if entry and not entry.startswith("#"):
                self.add(entry, path.parent)

    def _add_glob(self, pattern: str) -> None:
        from glob import glob, has_magic

        found = sorted(glob(pattern, recursive=True)) if has_magic(pattern) else []  # noqa: PTH207 - patterns may be absolute
        if not found:
            what = "nothing matches" if has_magic(pattern) else "there is no such file or folder"
            self._fail("P301", what, pattern, "Check the path.")
        for one in found:
            path = Path(one)
            if path.is_dir():
                if not (pattern.endswith("**") or is_part_of_page(one) or is_store_folder(one)):
                    self._add_folder(path)
            elif is_document_name(path.name) or "." in Path(pattern).name:
                self._add_file(path, path.name, sidecar=self._sidecar(path.parent))
            elif path.name not in sidecars.NAMES:
                self._left_out.add(one)

    def _add_folder(self, folder: Path) -> None:
        errors_before, left_before = len(self.errors), len(self._left_out)
        names: set[str] = set()
        for path in documents_below(folder, self.errors, self._left_out.add):
            name = path.relative_to(folder).as_posix()
            names.add(name)
            own = self._sidecar(path.parent)
            outer = self._sidecar(folder).stated(name)
            self._add_file(path, name, sidecar=own, outer=outer)
        if not names and errors_before == len(self.errors):
            told, kinds = self._left_out.told(after=left_before), ", ".join(READ_SUFFIXES)
            hint = f"{told}." if told else f"Looked for: {kinds}."
            self._fail("P303", "there is no document in this folder", str(folder), hint)
        self._check_entries(folder, names)

    def _add_file(self, path: Path, name: str, sidecar: Sidecar, outer: Metadata = NOTHING_STATED) -> None:
        real = os.path.realpath(path)
        if real in self._seen:
            return
        self._seen.add(real)
        if suffix_of(path.name) in UNREAD_SUFFIXES:
            self.errors.append(unread_format(printable(str(path))))
        elif not path.exists():
            self.errors.append(dangling(str(path)))
        elif not os.access(path, os.R_OK):
            self.errors.append(unreadable(str(path), PermissionError(13, "Permission denied")))
        else:
            try:
                self._add_readable(path, name, merged(sidecar.stated(path.name), outer))
            except DocumentError as error:  # here, so that the files beside it are read
                self.errors.append(error)

    def _add_readable(self, path: Path, name: str, stated: Metadata) -> None:
        shown = printable(str(path))
        # A path that cannot be printed could not be opened again by what is printed: keep the bytes.
        data = None if shown == str(path) else bytes_of(path, self.options.limits.file_bytes)
        if suffix_of(path.name) in RECORD_SUFFIXES:
            self._add_records(path, printable(name), stated)
        else:
            self.sources.append(Source(printable(name), shown, stated, data, self.options))

    def _add_records(self, path: Path, name: str, stated: Metadata) -> None:
        from polcmp.load.records import read_records  # most inputs have no records

        self.beside.append(str(path))
        found = read_records(path, name, self.options, stated)
        self.sources += found.sources
        self.errors += found.errors

    def _sidecar(self, folder: Path) -> Sidecar:
        """The sidecar of `folder`, read once; its faults become errors of the run."""
        key = os.path.realpath(folder)
        if key not in self._sidecars:
            found = self._sidecars[key] = sidecars.read_sidecar(folder, self.options.limits)
            self.errors += found.faults
            if found.path:
                self.beside.append(found.path)
        return self._sidecars[key]

    def _check_entries(self, folder: Path, names: set[str]) -> None:
        """Report entries of the folder's sidecar that name no file while some document has no entry."""
        sidecar = self._sidecar(folder)
        unlisted = [name for name in sorted(names) if not sidecar.stated(name).region]
        self.errors += sidecar.lost_entries(folder, unlisted[:UNLISTED])

    def _fail(self, code: str, message: str, where: str, hint: str = "") -> None:
        self.errors.append(DocumentError(message, code=code, where=printable(where), hint=hint))


def _uniquely_named(sources: list[Source]) -> list[Source]:
    """`sources` with unique names: where two agree, each takes in a folder of its path until they differ."""
    named = list(sources)
    for _ in range(64):
        counts = Counter(source.name for source in named)
        if all(count == 1 for count in counts.values()):
            return named
        for index, source in enumerate(named):
            if counts[source.name] > 1:
                named[index] = replace(source, name=_longer_name(source))
    return named


def _longer_name(source: Source) -> str:
    """The name of a document with one folder of its path more; a record keeps what follows its file's."""
    file, path, record = source.name, source.path, ""
    if source.record:
        file, mark, record = source.name.partition("#")
        path, record = path.rpartition(":")[0], mark + record
    parts = Path(path).absolute().as_posix().lstrip("/").split("/")
    return "/".join(parts[-(file.count("/") + 2) :]) + record
