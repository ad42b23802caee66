"""Read one plain-text file: bytes to text, untouched. Must not interpret what the text says."""

from __future__ import annotations

from polcmp.load.encoding import decode
from polcmp.load.extracted import Extracted
from polcmp.load.sidecar import front_matter
from polcmp.load.source import Source
from polcmp.model.document import Metadata


def extract(data: bytes, source: Source) -> Extracted:
    """Decode a file; its text stays as it is, front matter included.

    Raises:
        DocumentError: P304 if it holds no text.
    """
    decoded = decode(data, source.path, asked=source.options.encoding)
    warnings = decoded.warnings if decoded.text.strip() else (*decoded.warnings, "the document is empty")
    stated = Metadata()
    if decoded.text.startswith("---"):
        stated, faults = front_matter(decoded.text, limits=source.options.limits)
        warnings += faults
    return Extracted(decoded.text, decoded.encoding, stated=stated, warnings=warnings)
