"""Read an e-mail or a page saved as one file (MHTML): its best text. Attachments are named, not read.

A message's best text is the plain one, unless that is only a word beside a page. Opens no connection.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from polcmp.load.encoding import Decoded, decode
from polcmp.load.extracted import Extracted, Paragraphs, without_text
from polcmp.load.html_page import page_text
from polcmp.load.labels import codec_of, declared_in_page
from polcmp.load.source import Source
from polcmp.model.document import Metadata

_STUB = 0.3
"""Share of the page's length below which a message's plain text is only a word beside it."""

_PREFIX = re.compile(r"(?:(?:re|fw|fwd|回复|答复|转发|转)\s*[:：]\s*)+", re.I)


def extract(data: bytes, source: Source) -> Extracted:
    """The text of a message.

    Raises:
        DocumentError: P304 the text is none, P309 a page without lxml or trafilatura, P311 without text.
    """
    message = message_from_bytes(data, policy=policy.default)
    plain, page = _text(message, "plain", source), _text(message, "html", source)
    found = _page(page, source) if page else None
    if found is None or (plain and len(plain.text.strip()) >= _STUB * len(found.text)):
        found = _plain(plain, source) if plain else None
    if found is None:
        hint = "Give its attachments by themselves."
        raise without_text("there is no text in this message", source.path, hint)
    warnings, attached = found.warnings, _attached(message)
    if attached:
        warnings = (*warnings, f"attachments are not read: {', '.join(attached[:8])}")
    return found._replace(stated=_stated(message, found.stated), warnings=warnings)


def _parts(message: EmailMessage) -> list[EmailMessage]:
    return [part for part in message.walk() if not part.is_multipart()]


def _attached(message: EmailMessage) -> list[str]:
    """Names of the parts that are documents of their own, not pictures or styles of the page."""
    return [
        str(part.get_filename())
        for part in _parts(message)
        if part.get_filename()
        and (part.get_content_maintype() == "application" or part.get_content_disposition() == "attachment")
    ]


def _text(message: EmailMessage, kind: str, source: Source) -> Decoded | None:
    """The first part that is text of a kind, decoded; None if there is none."""
    for part in _parts(message):
        if part.get_content_type() == f"text/{kind}" and part.get_content_disposition() != "attachment":
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.strip():
                declared = codec_of(part.get_content_charset("")) or declared_in_page(data)
                return decode(data, source.path, asked=source.options.encoding, declared=declared)
    return None


def _page(decoded: Decoded, source: Source) -> Extracted:
    found = page_text(decoded.text, source)
    return found._replace(encoding=decoded.encoding, warnings=(*decoded.warnings, *found.warnings))


def _plain(decoded: Decoded, source: Source) -> Extracted:
    paragraphs = Paragraphs(source.options.limits.characters, source.path)
    for line in decoded.text.splitlines():
        paragraphs.add(line)
    return Extracted(paragraphs.text(), decoded.encoding, paragraphs.places(), warnings=decoded.warnings)


def _stated(message: EmailMessage, page: Metadata) -> Metadata:
    """What the header says, unless the page inside says more: subject, day, sender.

    A saved page has its title in its text; its subject is that with the name of the site.
    """
    saved = message.get_content_type() == "multipart/related"
    subject = "" if saved else _PREFIX.sub("", _header(message, "subject"))
    try:
        date = parsedate_to_datetime(_header(message, "date")).date().isoformat()
    except (ValueError, TypeError, OverflowError):
        date = ""
    source = page.source or _header(message, "snapshot-content-location")
    source = source or ("" if saved else _header(message, "from"))
    return Metadata(title=subject, date=page.date or date, source=source)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        return ""  # headers that the library cannot read are left out
