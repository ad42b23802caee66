"""The documents below a folder, by their names. Reads none, and never leaves the folder.

A link to a folder or file outside is reported, not followed: a folder somebody sent must not be able to name
files of this machine. Who wants such a link read names it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from polcmp.errors import DocumentError
from polcmp.load import sidecar
from polcmp.load.formats import READ_SUFFIXES, UNREAD_SUFFIXES, suffix_of
from polcmp.load.opening import printable, unreadable

_NOT_DOCUMENTS = frozenset(
    ("readme", "license", "licence", "copying", "makefile", "dockerfile", "changelog", "notice", "authors")
)
"""Names without suffix of files that tell about a folder; ``notice.txt`` is a document."""

_PAGES_ABOUT = frozenset(("readme", "license", "licence", "changelog"))
"""Such names before a Markdown suffix."""

_IN_STORES = ("parts", "lock")
"""What every store of a scan holds (`polcmp.store.layout`) …"""

_OF_STORES = ("manifest.json", "taxonomy.yaml")
"""… and what else, of which one that was damaged may have lost something."""

_PARTS_OF_PAGES = ("_files", ".files", "_file")
"""How browsers end the folder of a saved page's parts, behind the page's own name."""


class _Folder(NamedTuple):
    """A folder on the way down: its path as given, its entries still to come, and the real folders above."""

    path: Path
    entries: Iterator[os.DirEntry[str]]
    above: frozenset[str]


def documents_below(
    folder: Path, errors: list[DocumentError], leave_out: Callable[[str], None] = lambda path: None
) -> Iterator[Path]:
    """Documents in a folder and the folders in it, sorted; also those of formats that are not read.

    Args:
        folder: where to begin; it may itself be a link.
        errors: takes the folders that cannot be opened (P302) and the links that lead out (P314).
        leave_out: takes the path of each file that is left out, hidden ones among them, but for sidecars and
            what stands in folders that are left out whole.

    Yields:
        Paths that begin with `folder`. Folders that lead back to themselves are left out, and so are hidden
        files, sidecars, stores, and the parts of a page that a browser saved beside it.
    """
    root = os.path.realpath(folder)
    open_folders = [_opened(folder, frozenset(), errors)]
    while open_folders:
        current = open_folders[-1]
        entry = next(current.entries, None)
        if entry is None:
            open_folders.pop()
            continue
        if entry.name in sidecar.NAMES:
            continue
        path = current.path / entry.name
        is_folder = entry.is_dir()
        if entry.name.startswith((".", "~$")):
            if not is_folder:
                leave_out(str(path))
            continue
        if is_folder and (is_part_of_page(str(path)) or is_store_folder(str(path))):
            continue
        is_document = (entry.is_file() or entry.is_symlink()) and is_document_name(entry.name)
        if not (is_folder or is_document):
            leave_out(str(path))
            continue
        if _leads_out(entry, path, root, errors):
            continue
        if is_folder:
            open_folders.append(_opened(path, current.above, errors))
        else:
            yield path


def is_store_folder(folder: str) -> bool:
    """Whether a folder is the store of a scan: its files are results, not documents."""
    if not all(os.path.exists(f"{folder}/{name}") for name in _IN_STORES):  # noqa: PTH110 - a million times
        return False
    if any(os.path.exists(f"{folder}/{name}") for name in _OF_STORES):  # noqa: PTH110
        return True
    return len(os.listdir(folder)) == len(_IN_STORES)  # noqa: PTH208 - a scan has only begun


def is_document_name(name: str) -> bool:
    """Whether a file met in a folder is a document by its name, in a format that is read or not."""
    suffix = suffix_of(name)
    stem = name[: len(name) - len(suffix)].lower()
    if suffix in (".md", ".markdown"):
        return stem not in _PAGES_ABOUT
    return suffix in READ_SUFFIXES or suffix in UNREAD_SUFFIXES or (not suffix and stem not in _NOT_DOCUMENTS)


def _opened(folder: Path, above: frozenset[str], errors: list[DocumentError]) -> _Folder:
    """A folder with its entries; without any if it leads back to one above it or cannot be opened."""
    real = os.path.realpath(folder)
    entries: list[os.DirEntry[str]] = []
    if real not in above:
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            errors.append(unreadable(str(folder), error))
    return _Folder(folder, iter(entries), above | {real})


def _leads_out(entry: os.DirEntry[str], path: Path, root: str, errors: list[DocumentError]) -> bool:
    """Whether an entry is a link to something outside the folder that was given; then it is reported."""
    if not entry.is_symlink():
        return False
    real = os.path.realpath(path)
    if real == root or real.startswith(root.rstrip(os.sep) + os.sep) or not os.path.exists(real):  # noqa: PTH110
        return False
    errors.append(
        DocumentError(
            "the link leads out of the folder, and is not followed",
            code="P314",
            where=printable(str(path)),
            hint="Name what it leads to if it is to be read.",
        )
    )
    return True


def is_part_of_page(folder: str) -> bool:
    """Whether a folder holds the parts of a page that was saved beside it (``a.html`` and ``a_files``)."""
    ending = next((one for one in _PARTS_OF_PAGES if folder.endswith(one)), "")
    page = folder.removesuffix(ending)
    return bool(ending) and any(os.path.exists(page + one) for one in (".html", ".htm", ".mhtml"))  # noqa: PTH110
