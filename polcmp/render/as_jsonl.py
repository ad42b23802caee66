"""JSON Lines: one mention a line, in the order of documents and offsets."""

from __future__ import annotations

from polcmp.model.comparison import Comparison
from polcmp.render.as_json import dump_line
from polcmp.render.options import RenderOptions
from polcmp.render.rows import mention_row


def render(comparison: Comparison, options: RenderOptions) -> str:
    """The mentions that count, one a line; nothing at all when there are none. `options` change nothing."""
    return "".join(f"{dump_line(mention_row(one))}\n" for one in comparison.mentions)
