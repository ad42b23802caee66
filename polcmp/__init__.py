"""polcmp compares policy measures across regions, every cell backed by verbatim evidence.

`compare` reads documents and gives a `Result`; `evaluate_gold` measures it against labels;
`load_taxonomy` reads a taxonomy file; `Settings` holds every cut-off, `ReadOptions` says how documents are
read, with `Limits` of what they may cost, `RowOptions` what the rows of the matrix are. They are imported
when first used, so that ``polcmp --version`` stays quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from polcmp.api import Result, compare, evaluate_gold, load_taxonomy
    from polcmp.errors import PolcmpError
    from polcmp.load import ReadOptions
    from polcmp.model.comparison import RowOptions
    from polcmp.scanned import scan_corpus
    from polcmp.settings import Limits, Settings

__version__ = "0.1.0"

__all__ = [
    "Limits",
    "PolcmpError",
    "ReadOptions",
    "Result",
    "RowOptions",
    "Settings",
    "__version__",
    "compare",
    "evaluate_gold",
    "load_taxonomy",
    "scan_corpus",
]

_HOMES = {
    "Result": "polcmp.api",
    "compare": "polcmp.api",
    "evaluate_gold": "polcmp.api",
    "load_taxonomy": "polcmp.api",
    "scan_corpus": "polcmp.scanned",
    "PolcmpError": "polcmp.errors",
    "Settings": "polcmp.settings",
    "Limits": "polcmp.settings",
    "ReadOptions": "polcmp.load",
    "RowOptions": "polcmp.model.comparison",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'polcmp' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
