"""Read one plain-text file: bytes to a document. Must not interpret what the text says."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from polcmp.load.encoding import decode
from polcmp.load.inputs import Source, unreadable
from polcmp.load.sidecar import front_matter, merged
from polcmp.model.document import Document


def read(source: Source) -> Document:
    """Decode a source; its text stays untouched, front matter included.

    Args:
        source: as `polcmp.load.collect` gives it. Its own metadata go before those of front matter.

    Raises:
        DocumentError: P302 if the file cannot be read, P304 if it holds no text.
    """
    data = source.data if source.data is not None else _bytes(source.path)
    decoded = decode(data, source.path)
    warnings = decoded.warnings if decoded.text.strip() else (*decoded.warnings, "the document is empty")
    stated = source.stated
    if decoded.text.startswith("---"):
        found, faults = front_matter(decoded.text)
        stated = merged(stated, found)
        warnings += faults
    document = Document(source.name, source.path, decoded.text, sha256(data).hexdigest(), decoded.encoding)
    return replace(document, stated=stated, warnings=warnings)


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
