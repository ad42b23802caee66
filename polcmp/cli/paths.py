"""Files that options name: a ``file:`` URL is its path, any other URL is refused. Imports no engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from polcmp.errors import UsageError
from polcmp.urls import is_elsewhere, local_path


def local_file(option: str, hint: str) -> Callable[[str], Path]:
    """What reads the value of an option that names a file, before `pathlib` makes ``s3:/a`` of ``s3://a``.

    Args:
        option: its name, for the error.
        hint: what to do instead of naming a URL.

    Returns:
        A function from what was typed to the path; it raises UsageError P461 for a URL of anything that is no
        file of this machine.
    """

    def read(typed: str) -> Path:
        if is_elsewhere(typed) and not Path(typed).parent.is_dir():
            raise UsageError(
                f"{option} takes a file of this machine, not a URL",
                code="P461",
                where=typed,
                hint=hint,
            )
        return Path(local_path(typed))

    return read
