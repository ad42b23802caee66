"""Where output goes: payload to standard output or a file, everything else to standard error."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from polcmp.errors import PolcmpError, UsageError


def payload(text: str, output: Path | None = None, *, inputs: Iterable[str] = (), bom: bool = False) -> None:
    """Write a command's result.

    Args:
        text: the result, with its final line end.
        output: file to write, None for standard output.
        inputs: paths that were read; none of them is ever overwritten.
        bom: begin the file with a byte order mark (spreadsheet programs want one).

    Raises:
        UsageError: P408 the file is an input, P409 it cannot be written.
    """
    if output is None or str(output) == "-":
        _to_stdout(text)
    else:
        _refuse_input(output, inputs)
        _to_file(text, output, "utf-8-sig" if bom else "utf-8")


def note(text: str) -> None:
    """One line for the reader, on standard error."""
    _to_stderr(text)


def complain(error: PolcmpError) -> None:
    """An error, with its place, code and next step, on standard error."""
    _to_stderr(f"polcmp: {error}")


def _to_stderr(text: str) -> None:
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:  # nobody listens: nothing can be said, not even by the interpreter's flush at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    except UnicodeEncodeError:
        print(text.encode("ascii", "backslashreplace").decode(), file=sys.stderr, flush=True)


def _to_stdout(text: str) -> None:
    """UTF-8 whatever the locale says; a reader that went away is no error."""
    stream = sys.stdout
    data = text.encode("utf-8", "backslashreplace")
    try:
        binary = getattr(stream, "buffer", None)
        if binary is None:
            stream.write(text)
        else:
            binary.write(data)
        stream.flush()
    except BrokenPipeError:
        # The interpreter flushes again at exit; give it somewhere to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _refuse_input(output: Path, inputs: Iterable[str]) -> None:
    target = output.resolve()
    for one in inputs:
        if Path(one).resolve() == target:
            raise UsageError(
                "the output would overwrite an input",
                code="P408",
                where=str(output),
                hint="Give --output another name.",
            )


def _to_file(text: str, output: Path, encoding: str) -> None:
    """Whole or not at all: written beside the target, then moved over it."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{output.name}.", dir=output.parent)
        try:
            with open(handle, "w", encoding=encoding, errors="backslashreplace", newline="") as file:
                file.write(text)
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
            Path(name).replace(output)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(
            f"cannot be written: {error.strerror or error}",
            code="P409",
            where=str(output),
            hint="Check that the folder exists and is yours to write to.",
        ) from error
