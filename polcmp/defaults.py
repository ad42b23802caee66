"""Where documents and taxonomy come from when nobody names them: the working folder, else the package."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

PACKAGED = "(packaged)"
"""How the packaged taxonomy is named in results: a path would differ from machine to machine."""

_DATA = Path(__file__).parent / "data"
_CHECKOUT = Path(__file__).parent.parent


def default_documents() -> tuple[str, bool]:
    """The documents to compare when none are named.

    Returns:
        ``./seeds`` if it is a folder, else the packaged sample; and whether it is the packaged one.
    """
    here = Path("seeds")
    return (str(here), False) if here.is_dir() else (str(packaged("seeds")), True)


def default_taxonomy() -> tuple[Path, str]:
    """The taxonomy to use when none is named.

    Returns:
        ``./measures.yaml`` if it is a file, else the packaged one; and how results name it.
    """
    here = Path("measures.yaml")
    return (here, str(here)) if here.is_file() else (packaged("measures.yaml"), PACKAGED)


def may_be_stores(inputs: Iterable[str | Path]) -> bool:
    """Whether it is worth asking of any of these inputs whether it is the store of a scan: most are not."""
    named = [str(one) for one in inputs if str(one) not in ("", "-")]
    return any(":/" in one for one in named) or any(
        os.path.isfile(f"{one}/manifest.json") or os.path.isdir(f"{one}/parts")  # noqa: PTH112, PTH113
        for one in named
    )


def packaged(name: str) -> Path:
    """A packaged file: in ``polcmp/data`` once installed, at the top of a checkout before that."""
    installed = _DATA / name
    return installed if installed.exists() else _CHECKOUT / name
