"""What the tests of the command line share, fixtures apart (those are in `conftest.py`)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent.parent
SEEDS = CHECKOUT / "seeds"


@dataclass(frozen=True)
class Done:
    """What a command left."""

    code: int
    out: str
    err: str
    bytes: bytes = b""


Polcmp = Callable[..., Done]


def program(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
    """`polcmp ARGUMENTS` as a program of its own."""
    environ = {
        name: value
        for name, value in os.environ.items()
        if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONUNBUFFERED")
    }
    environ |= options.pop("environ", {})  # type: ignore[arg-type]
    command = [sys.executable, "-m", "polcmp.cli.main", *map(str, arguments)]
    settings = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.Popen(command, env=environ, **settings)  # type: ignore[call-overload,no-any-return]
