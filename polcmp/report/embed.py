"""Values as JSON that can stand inside a ``script`` element. Knows nothing of what they mean."""

from __future__ import annotations

import json
import re
from typing import Any

_UNSAFE = re.compile("[<>&\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What could end or open an element or a comment (``</script>``, ``<!--``), what some readers take for a line
end, and half characters that cannot be written as UTF-8."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def embedded(value: Any) -> str:
    r"""A JSON value on one line, safe in a ``script`` element: ``<`` is written ``\u003c``.

    Args:
        value: plain JSON values.

    Returns:
        JSON without line ends, Chinese as it is.
    """
    text = _ENCODER.encode(value)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def size(text: str) -> int:
    """Bytes of a text in UTF-8."""
    return len(text.encode("utf-8"))


class Strings:
    """Texts that occur often (patterns, headings, pieces), each kept once and named by its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a text, from 0; a new text gets the next one."""
        return self._numbers.setdefault(text, len(self._numbers))

    def listed(self) -> list[str]:
        """All texts, in the order of their numbers."""
        return list(self._numbers)
