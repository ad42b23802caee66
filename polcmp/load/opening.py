"""Open files: their bytes within a limit, and the errors for what the system will not give."""

from __future__ import annotations

import os
from pathlib import Path

from polcmp.errors import DocumentError
from polcmp.load.extracted import beyond


def bytes_of(path: str | Path, limit: int) -> bytes:
    """The bytes of a file, if they are not more than `limit`.

    Raises:
        DocumentError: P301 or P302 it cannot be read, P312 it is longer.
    """
    try:
        with Path(path).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            # A device or pipe has no size, and perhaps no end.
            data = file.read(size + 1 if size else limit + 1) if size <= limit else b""
    except OSError as error:
        raise unreadable(str(path), error) from error
    if size > limit or len(data) > limit:
        raise too_large(str(path), limit)
    return data


def too_large(path: str, limit: int) -> DocumentError:
    """The error for a file with more bytes than `Limits.file_bytes`."""
    return beyond("file_bytes", limit, printable(path), "the file has more than {} bytes")


def dangling(path: str) -> DocumentError:
    """The error for a link to nothing."""
    message, hint = "the link leads nowhere", "Remove it or mend it."
    return DocumentError(message, code="P301", where=printable(path), hint=hint)


def printable(path: str) -> str:
    """A path as it can be printed: bytes that are no UTF-8 are shown as U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def unreadable(path: str, error: OSError) -> DocumentError:
    """The error for a file or folder that the system will not open: P301 not there, P302 anything else."""
    if isinstance(error, FileNotFoundError):
        code, message, hint = "P301", "there is no such file", "Check the path."
    else:
        code, message = "P302", f"cannot be read: {error.strerror or error}"
        hint = "Check its permissions." if isinstance(error, PermissionError) else ""
    return DocumentError(message, code=code, where=printable(path), hint=hint)
