"""Which documents a command line names: files, folders, globs, ``-`` and ``@list.txt``. Reads no document.

One input that cannot be used is an error of its own; the others go on.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from polcmp.errors import DocumentError
from polcmp.load import sidecar as sidecars
from polcmp.load.sidecar import Sidecar, merged
from polcmp.model.document import Metadata

TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown")
"""What is read in a folder; a file named by itself is read whatever its suffix."""

UNREAD_SUFFIXES = (
    ".pdf",
    ".doc",
    ".docx",
    ".wps",
    ".odt",
    ".rtf",
    ".ofd",
    ".html",
    ".htm",
    ".mhtml",
    ".epub",
)
"""Documents in formats that are not read: left out, and said so, since a silent gap looks like a finding."""

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")
_NOT_DOCUMENTS = frozenset(
    ("readme", "license", "licence", "copying", "makefile", "dockerfile", "changelog", "notice", "authors")
)
"""Names without suffix of files that tell about a folder; ``notice.txt`` is a document."""

_PAGES_ABOUT = frozenset(("readme", "license", "licence", "changelog"))
"""Such names before a Markdown suffix."""

NOTHING_STATED = Metadata()
STDIN_NAME = "(stdin)"
"""Name of the document on standard input."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document not yet read.

    Attributes:
        name: path relative to the folder that was given, ``/`` between parts; unique in a run.
        path: path to open, for messages as well; ``-`` for standard input.
        stated: what a sidecar says of it.
        data: its bytes if they are at hand (standard input), else None.
    """

    name: str
    path: str
    stated: Metadata = NOTHING_STATED
    data: bytes | None = None


class Collected(NamedTuple):
    """What inputs name.

    Attributes:
        sources: documents in the order of the inputs, sorted inside a folder, each file once, with unique
            names.
        errors: inputs that failed.
        beside: paths of the sidecars and lists that were read on the way.
    """

    sources: list[Source]
    errors: list[DocumentError]
    beside: list[str]


def collect(inputs: Sequence[str]) -> Collected:
    """Find the documents that `inputs` name.

    Args:
        inputs: files, folders (recursive; hidden files and other formats left out), globs, ``-`` for
            standard input, ``@list`` for a file with one of these a line.

    Returns:
        Sources and the files read beside them; and the inputs that failed: P301 not found, P302 not readable,
        P303 a folder without documents, P306 a sidecar with faults, P307 a format that is not read, P308 a
        list inside a list.
    """
    collector = _Collector()
    for one in inputs:
        collector.add(one)
    return Collected(_uniquely_named(collector.sources), collector.errors, collector.beside)


class _Collector:
    """Gathers sources and errors; remembers what was seen."""

    def __init__(self) -> None:
        self.sources: list[Source] = []
        self.errors: list[DocumentError] = []
        self.beside: list[str] = []
        self._seen: set[str] = set()
        self._sidecars: dict[str, Sidecar] = {}

    def add(self, text: str, base: Path | None = None) -> None:
        """One input; `base` is the folder of the list it stands in, which relative paths start from."""
        try:
            self._add(text, base)
        except OSError as error:  # a folder on the way to it is closed, or the name is too long
            self.errors.append(unreadable(text, error))

    def _add(self, text: str, base: Path | None) -> None:
        if text == "-":
            self._add_stdin()
            return
        path = base / text if base else Path(text)
        if path.is_dir():
            self._add_folder(path)
        elif path.exists():
            self._add_file(path, path.name, sidecar=self._sidecar(path.parent))
        elif text.startswith("@"):
            self._add_list(Path(text[1:]), nested=base is not None)
        else:
            self._add_glob(str(path))

    def _add_stdin(self) -> None:
        if "-" in self._seen:
            return
        self._seen.add("-")
        self.sources.append(Source(STDIN_NAME, "-", data=sys.stdin.buffer.read()))

    def _add_list(self, path: Path, *, nested: bool) -> None:
        if nested:
            self._fail("P308", "a list cannot name another list", f"@{path}", "Give each list by itself.")
            return
        self.beside.append(str(path))
        try:
            text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
        except OSError as error:
            self.errors.append(unreadable(str(path), error))
            return
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
                if not pattern.endswith("**"):
                    self._add_folder(path)
            elif _suffix(path.name) in TEXT_SUFFIXES or "." in Path(pattern).name:
                self._add_file(path, path.name, sidecar=self._sidecar(path.parent))

    def _add_folder(self, folder: Path) -> None:
        before = len(self.sources), len(self.errors), len(self._seen)
        names: set[str] = set()
        for path in self._walk(folder, set()):
            name = path.relative_to(folder).as_posix()
            names.add(name)
            own = self._sidecar(path.parent)
            outer = self._sidecar(folder).stated(name)
            self._add_file(path, name, sidecar=own, outer=outer)
        if before == (len(self.sources), len(self.errors), len(self._seen)):
            kinds = ", ".join(TEXT_SUFFIXES)
            self._fail("P303", "there is no document in this folder", str(folder), f"Looked for: {kinds}.")
        self._check_entries(folder, names)

    def _walk(self, folder: Path, above: set[str]) -> Iterator[Path]:
        """Documents below `folder`, sorted; folders that lead back to themselves are left out."""
        real = os.path.realpath(folder)
        if real in above:
            return
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.errors.append(unreadable(str(folder), error))
            return
        for entry in entries:
            path = folder / entry.name
            if entry.name.startswith((".", "~$")) or entry.name in sidecars.NAMES:
                continue
            if entry.is_dir():
                yield from self._walk(path, above | {real})
            elif entry.is_file() or entry.is_symlink():
                if _suffix(entry.name) in UNREAD_SUFFIXES:
                    self._add_file(path, path.name, Sidecar())
                elif _is_text_name(entry.name):
                    yield path

    def _add_file(self, path: Path, name: str, sidecar: Sidecar, outer: Metadata = NOTHING_STATED) -> None:
        real = os.path.realpath(path)
        if real in self._seen:
            return
        self._seen.add(real)
        if _suffix(path.name) in UNREAD_SUFFIXES:
            self._fail_format(path)
        elif not path.exists():
            self._fail("P301", "the link leads nowhere", str(path), "Remove it or mend it.")
        elif not os.access(path, os.R_OK):
            self.errors.append(unreadable(str(path), PermissionError(13, "Permission denied")))
        else:
            stated = merged(sidecar.stated(path.name), outer)
            shown = _printable(str(path))
            # A path that cannot be printed could not be opened again by what is printed: keep the bytes.
            data = None if shown == str(path) else path.read_bytes()
            self.sources.append(Source(_printable(name), shown, stated, data))

    def _sidecar(self, folder: Path) -> Sidecar:
        """The sidecar of `folder`, read once; its faults become errors of the run."""
        key = os.path.realpath(folder)
        if key not in self._sidecars:
            found = self._sidecars[key] = sidecars.read_sidecar(folder)
            self.errors += found.faults
            if found.path:
                self.beside.append(found.path)
        return self._sidecars[key]

    def _check_entries(self, folder: Path, names: set[str]) -> None:
        """Report entries of the folder's sidecar that name no file while some document has no entry."""
        sidecar = self._sidecar(folder)
        lost = [name for name in sidecar.entries if not (folder / name).exists()]
        unlisted = [name for name in sorted(names) if not sidecar.stated(name).region]
        if lost and unlisted:
            for name in lost:
                sidecar.fault(
                    f"there is no file {name!r} here", hint=f"Not listed: {', '.join(unlisted[:5])}."
                )
            self.errors += sidecar.faults[-len(lost) :]

    def _fail(self, code: str, message: str, where: str, hint: str = "") -> None:
        self.errors.append(DocumentError(message, code=code, where=_printable(where), hint=hint))

    def _fail_format(self, path: Path) -> None:
        message = f"{_suffix(path.name)} files are not read"
        self._fail("P307", message, str(path), "Save the document as plain text (.txt).")


def _suffix(name: str) -> str:
    """The suffix of a file name, lower case, ``""`` if its last point starts none (``2021.5.总结``)."""
    found = _SUFFIX.search(name)
    return found.group().lower() if found else ""


def _is_text_name(name: str) -> bool:
    """Whether a file met in a folder is a document by its name."""
    suffix = _suffix(name)
    stem = name[: len(name) - len(suffix)].lower()
    if suffix in (".md", ".markdown"):
        return stem not in _PAGES_ABOUT
    return suffix in TEXT_SUFFIXES or (not suffix and stem not in _NOT_DOCUMENTS)


def _printable(path: str) -> str:
    """A path as it can be printed: bytes that are no UTF-8 are shown as U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def unreadable(path: str, error: OSError) -> DocumentError:
    """The error for a file or folder that the system will not open: P301 not there, P302 anything else."""
    if isinstance(error, FileNotFoundError):
        code, message, hint = "P301", "there is no such file", "Check the path."
    else:
        code, message = "P302", f"cannot be read: {error.strerror or error}"
        hint = "Check its permissions." if isinstance(error, PermissionError) else ""
    return DocumentError(message, code=code, where=_printable(path), hint=hint)


def _uniquely_named(sources: list[Source]) -> list[Source]:
    """`sources` with unique names: where two agree, each takes in a folder of its path until they differ."""
    named = list(sources)
    for _ in range(64):
        counts = Counter(source.name for source in named)
        if all(count == 1 for count in counts.values()):
            return named
        for index, source in enumerate(named):
            if counts[source.name] > 1:
                parts = Path(source.path).absolute().as_posix().lstrip("/").split("/")
                kept = source.name.count("/") + 2
                named[index] = replace(source, name="/".join(parts[-kept:]))
    return named
