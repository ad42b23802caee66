"""The command line: parse, call, render. The only room that prints and exits."""

import os
import signal
import sys
from types import FrameType

INTERRUPTED = 130
"""Exit code after Ctrl-C."""


def _leave(number: int, frame: FrameType | None) -> None:
    """Ctrl-C before the command has begun: there is nothing to clear away."""
    os._exit(INTERRUPTED)


# Loading the commands takes a tenth of a second, which is most of a short run: Ctrl-C should show no
# traceback then either. Only as a program: whoever imports this room (tests do) keeps their own handler.
_PROGRAM = sys.argv[0].replace("\\", "/").rpartition("/")[2] if sys.argv else ""
AS_PROGRAM = _PROGRAM in ("-m", "polcmp", "polcmp.exe")
if AS_PROGRAM:
    signal.signal(signal.SIGINT, _leave)
