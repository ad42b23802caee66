"""Which words of a document may become a link, and where it leads: http(s) addresses and files.

Nothing else is ever linked: what a document or sidecar says could otherwise lead anywhere under other words.
"""

from __future__ import annotations

import os
import re

_URL = re.compile(r"https?://[!-;=?-Z_a-z~]+")
"""An address as it stands in running text: ASCII without spaces, brackets of any kind, quotation marks and
``<>\\^`{|}`` (RFC 3986, appendix C)."""

_TRAILING = ".,;:!?'()*"
_UNSAFE_IN_PATH = re.compile(r"[\x00-\x20%#?:\"<>\\^`{|}\[\]\x7f]")

NOT_A_FILE = ("(", "-")
"""How the path of a document begins that is no file of the reader's: ``(sample)/…``, ``(stdin)``, ``-``."""


def url_in(text: str) -> str:
    """The first http(s) address in a text, without the marks of a sentence that ends with it, or ``""``."""
    found = _URL.search(text)
    return found[0].rstrip(_TRAILING) if found else ""


def file_link(path: str, folder: str | None) -> str:
    """A document's path as it is linked from a file in `folder`: relative, ``/`` between parts, escaped.

    Args:
        path: as in `DocumentFacts.path`.
        folder: where the result will stand; None when it is not known (standard output).

    Returns:
        ``""`` where there is nothing to link to.
    """
    if folder is None or not path or path.startswith(NOT_A_FILE):
        return ""
    try:
        relative = os.path.relpath(path, folder or ".")
    except ValueError:  # another drive
        return ""
    relative = relative.replace(os.sep, "/")
    return _UNSAFE_IN_PATH.sub(lambda found: f"%{ord(found[0]):02X}", relative)
