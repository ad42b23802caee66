"""Files that are ZIP archives inside (docx): looked over before anything is unpacked.

Must not unpack: sizes are those in the archive's own list, which Python's zipfile never reads beyond.
"""

from __future__ import annotations

import io
import zipfile

from polcmp.load.extracted import beyond, damaged
from polcmp.load.source import Source

_MOST_PARTS = 20_000
"""Parts of an archive; a document with ten thousand pictures has half as many."""

_SMALL = 8 * 1024**2
"""Bytes that may be packed as tightly as they like: a page of one repeated row shrinks five hundredfold."""

_ENCRYPTED = 0x1


def checked_archive(data: bytes, source: Source) -> zipfile.ZipFile:
    """The archive, if what it unpacks to is within the limits.

    Raises:
        DocumentError: P310 damaged or with a password, P312 beyond a limit.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise damaged(f"the file is damaged: {error}", source.path) from error
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        raise damaged(f"the file has {len(parts):,} parts: this is no document", source.path)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise damaged("the file is locked with a password", source.path, "Save it without a password.")
    limits, whole = source.options.limits, sum(part.file_size for part in parts)
    if whole > limits.expanded_bytes:
        message = "the document unpacks to more than {} bytes"
        raise beyond("expanded_bytes", limits.expanded_bytes, source.path, message)
    if whole > _SMALL and whole > limits.expansion_ratio * len(data):
        message = "the document unpacks to more than {} times its size"
        raise beyond("expansion_ratio", limits.expansion_ratio, source.path, message)
    return archive
