"""Runs ``polcmp compare`` on every case of the awkward corpus, each in a process of its own.

``python run_cases.py FOLDER RESULTS`` reads cases as JSON lines from standard input, ``[name, arguments]``;
writes to RESULTS a JSON line each: name, exit code (negative: the signal that ended it), seconds, peak memory
in bytes, standard output and error. Processes are forked from this one, which has loaded the program: loading
it 140 times would take minutes.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

import polcmp.api
import polcmp.render.as_json  # noqa: F401 - loaded before the forks
from polcmp.cli import main

LONGEST_SECONDS = 30


def one(arguments: list[str], folder: Path) -> tuple[int, float, int, str, str]:
    """Run the program; what it left."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.monotonic()
        child = os.fork()
        if not child:
            _become(arguments, folder, out.fileno(), err.fileno())
        _, status, usage = _wait(child)
        seconds = time.monotonic() - started
        out.seek(0), err.seek(0)
        said = [file.read().decode("utf-8", "backslashreplace") for file in (out, err)]
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return os.waitstatus_to_exitcode(status), seconds, memory, *said


def _become(arguments: list[str], folder: Path, out: int, err: int) -> None:
    code = 99
    try:
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.argv = ["polcmp", *arguments]
        main.run()
    except SystemExit as left:
        code = int(left.code or 0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _wait(child: int) -> tuple[int, int, "os.struct_rusage"]:  # noqa: UP037 - a name of the stub only
    signal.signal(signal.SIGALRM, lambda number, frame: os.kill(child, signal.SIGKILL))
    signal.alarm(LONGEST_SECONDS)
    try:
        return os.wait4(child, 0)
    finally:
        signal.alarm(0)


if __name__ == "__main__":
    with Path(sys.argv[2]).open("w", encoding="utf-8") as results:
        for line in sys.stdin:
            name, arguments = json.loads(line)
            print(json.dumps([name, *one(arguments, Path(sys.argv[1]))]), file=results, flush=True)
