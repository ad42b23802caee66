"""Names of places as people type them: paths, ``file:`` URLs, URLs of elsewhere. Opens nothing.

`pathlib` must not see a URL first: it makes ``s3:/bucket`` of ``s3://bucket``.
"""

from __future__ import annotations

import re

from polcmp.errors import UsageError

FILE = "file"

_FILE_URL = re.compile(r"file:(?=/)(?://(?P<host>[^/]*))?(?P<path>.*)", re.IGNORECASE | re.DOTALL)
"""``file:///path``, ``file://host/path`` and ``file:/path`` (RFC 8089, section 2 and appendix B)."""

_ELSEWHERE = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+):/")
"""A URL, also one that `pathlib` has taken a ``/`` from. One letter alone would be a drive."""


def scheme_of(place: str) -> str:
    """``s3`` of ``s3://bucket/a``; ``""`` for a path."""
    scheme, sign, _ = place.partition("://")
    return scheme.lower() if sign else ""


def is_elsewhere(place: str) -> bool:
    """Whether a name is the URL of something that is no file of this machine."""
    found = _ELSEWHERE.match(place)
    return found is not None and found["scheme"].lower() != FILE


def local_path(place: str) -> str:
    """The path behind a ``file:`` URL; anything else as it is.

    Raises:
        UsageError: P461 the URL names another machine, or no path from the root on.
    """
    found = _FILE_URL.match(place)
    if not found:
        return place
    from urllib.parse import unquote  # hardly anybody writes such URLs

    host, path = found["host"] or "", unquote(found["path"])
    if host.lower() not in ("", "localhost"):
        rest = f"{unquote(host)}{path}".rstrip("/")
        raise UsageError(
            f"this URL names the machine {host}, not a file of this one",
            code="P461",
            where=place,
            hint=f"Write file:///{rest} for a path from the root on, or the path alone: {rest}.",
        )
    if not path.startswith("/"):
        hint = "As in: file:///tmp/reports."
        raise UsageError("this URL has no path", code="P461", where=place, hint=hint)
    return path
