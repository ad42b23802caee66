"""Read one source, whatever its format: bytes to a document, within the limits."""

from __future__ import annotations

from hashlib import sha256

from polcmp.errors import DocumentError
from polcmp.load.extracted import Extracted, beyond, damaged, missing_extra
from polcmp.load.formats import format_of, reader_of
from polcmp.load.opening import bytes_of
from polcmp.load.sidecar import merged
from polcmp.load.source import Source, region_in_path
from polcmp.model.document import Document


def read(source: Source) -> Document:
    """Read a source; plain text stays untouched, other formats give the text they hold.

    Args:
        source: as `polcmp.load.collect` gives it. Its own metadata go before those in the document, and both
            before a region in its path.

    Raises:
        DocumentError: P301 or P302 if the file cannot be read, P304 if it holds no text, P307 if its format
            is not read, P309 if that takes a library which is not there, P310 if it is damaged or locked,
            P311 if there is nothing to read in it, P312 if it is beyond a limit, P316 if `--region-from` goes
            on for too long.
    """
    data = source.data if source.data is not None else bytes_of(source.path, source.options.limits.file_bytes)
    if source.record:
        name, extracted = source.record, Extracted(data.decode("utf-8"), "utf-8")
    else:
        name, extracted = _extracted(data, source)
    limit = source.options.limits.characters
    if len(extracted.text) > limit:
        raise beyond("characters", limit, source.path, "the document has more than {} characters")
    stated = merged(source.stated, extracted.stated)
    if not stated.region:
        stated = merged(stated, region_in_path(source))
    return Document(
        source.name,
        source.path,
        extracted.text,
        sha256(data).hexdigest(),
        extracted.encoding,
        stated,
        extracted.warnings,
        "" if name == "text" else name,
        extracted.places,
    )


def _extracted(data: bytes, source: Source) -> tuple[str, Extracted]:
    """Name of the format, and what its reader makes of the bytes."""
    format, warning = format_of(data, source)
    extract = reader_of(format)
    try:
        extracted = extract(data, source)
    except (DocumentError, MemoryError):
        raise
    except ImportError as error:  # a library is there, and one that it needs is not
        raise missing_extra(error.name or "another library", source.path) from error
    except Exception as error:
        # Libraries fail on broken files in ways of their own; one document must never stop a run.
        words = (str(error).splitlines() or [""])[0][:120]
        reason = f"this is {format.what} that cannot be read: {type(error).__name__} {words}".rstrip()
        raise damaged(reason, source.path) from error
    if warning:
        extracted = extracted._replace(warnings=(warning, *extracted.warnings))
    return format.name, extracted
