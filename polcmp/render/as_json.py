"""JSON: one object, a row a line, so that it can be compared with `diff` and searched with `grep`.

Documented in ``data/compare.schema.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from polcmp.model.comparison import Comparison
from polcmp.render.options import RenderOptions
from polcmp.render.rows import comparison_row

_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What JSON allows bare and yet harms: control characters that terminals obey, marks that turn the direction
of writing, line ends that some readers split at, half characters that cannot be written as UTF-8."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
"""Made once: there is a line for each mention."""


def render(comparison: Comparison, options: RenderOptions) -> str:
    """The whole comparison as JSON; `options` change nothing.

    Returns:
        Text in UTF-8's range with a final line end.
    """
    return dump_object(comparison_row(comparison))


def dump_object(row: Mapping[str, Any]) -> str:
    """An object with each key on a line of its own, and each item of a list as well.

    Args:
        row: plain JSON values.

    Returns:
        JSON with a final line end.
    """
    lines = []
    for key, value in row.items():
        if isinstance(value, list) and value:
            items = ",\n".join(f"    {dump_line(item)}" for item in value)
            lines.append(f"  {dump_line(key)}: [\n{items}\n  ]")
        else:
            lines.append(f"  {dump_line(key)}: {dump_line(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def dump_line(value: Any) -> str:
    """Any JSON value on one line, Chinese as it is, nothing in it that a terminal would obey."""
    text = _ENCODER.encode(value)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
