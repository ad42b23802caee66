"""Where output goes: payload to standard output or a file, everything else to standard error."""

from __future__ import annotations

import errno
import os
import select
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from polcmp.errors import PolcmpError, UsageError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Errors of the system for want of room."""

MAKE_ROOM = "Make room there."
CHECK_FOLDER = "Check that the folder exists and is yours to write to."


def payload(result: str | bytes, output: Path | None = None, *, inputs: Iterable[str] = ()) -> None:
    """Write a command's result.

    Args:
        result: text with its final line end, written as UTF-8; or the bytes of a file.
        output: file to write, None for standard output.
        inputs: paths that were read; none of them is ever overwritten.

    Raises:
        UsageError: P408 the file is an input, P409 it cannot be written.
    """
    data = result if isinstance(result, bytes) else result.encode("utf-8", "backslashreplace")
    if is_stdout(output):
        with guarded_stdout():
            _to_stdout(data)
    elif output is not None:
        _refuse_input(output, inputs)
        _to_file(data, output)


def is_stdout(output: Path | None) -> bool:
    """Whether `output` stands for standard output."""
    return output is None or str(output) == "-"


def refuse_terminal(format: str, output: Path | None, file: str) -> None:
    """Refuse to write what is no text to a terminal; a pipe or file may have it.

    Args:
        format: that was asked for.
        output: as for `payload`.
        file: name of a file to propose.

    Raises:
        UsageError: P430 standard output is a terminal.
    """
    if is_stdout(output) and sys.stdout is not None and sys.stdout.isatty():
        raise UsageError(
            f"{format} is not text that a terminal can show",
            code="P430",
            where="standard output",
            hint=f"Name a file: -o {file}",
        )


_language = ""


def speak(lang: str) -> None:
    """Say messages in a language from now on: ``en`` or ``zh``; ``""``: in the one that POLCMP_LANG names."""
    global _language
    _language = lang


def said(text: str) -> str:
    """A message in the language of this run."""
    if (_language or os.environ.get("POLCMP_LANG", "")) != "zh":
        return text
    from polcmp.render.messages import in_language  # English needs no list of messages

    return in_language(text, "zh")


def note(text: str) -> None:
    """One line for the reader, on standard error."""
    _to_stderr(said(text))


def tell(text: str) -> None:
    """One line in the program's name, on standard error."""
    _to_stderr(f"polcmp: {said(text)}")


def warn(text: str, where: str = "") -> None:
    """One warning, with the place it is about, on standard error."""
    _to_stderr(said("warning") + said(": ") + (f"{where}: " if where else "") + said(text))


def fail(where: str, code: str, message: str, hint: str) -> None:
    """What failed, with its place, code and next step, on standard error."""
    place = f"{said(where)}: " if where else ""
    _to_stderr(f"polcmp: {place}{code} {said(message)}" + (f"\n  {said(hint)}" if hint else ""))


def complain(error: PolcmpError) -> None:
    """An error, with its place, code and next step, on standard error."""
    faults = getattr(error, "faults", ())
    if faults:
        _to_stderr("polcmp: " + "\n".join(one.format(said) for one in faults))
    else:
        fail(error.where, error.code, error.message, error.hint)


def _to_stderr(text: str) -> None:
    if sys.stderr is None:  # closed, and `print` would take standard output for it
        return
    from polcmp.render.plain import harmless  # not before there is something to say

    text = harmless(text)  # names of files and words of documents may hold anything
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:  # nobody listens: nothing can be said, not even by the interpreter's flush at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    except UnicodeEncodeError:
        print(text.encode("ascii", "backslashreplace").decode(), file=sys.stderr, flush=True)


@contextmanager
def guarded_stdout() -> Iterator[None]:
    """Turn a standard output that cannot be written into an error; a reader that went away is none.

    What is still held back is written at the end, so that nothing is left to fail when the interpreter
    leaves.

    Raises:
        UsageError: P409 it cannot be written.
    """
    try:
        try:
            yield
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
    except OSError as error:
        if error.filename is not None:  # some other file: whoever opens one answers for it
            raise
        _silence_stdout()
        reason = error.strerror or str(error)
        hint = MAKE_ROOM if error.errno in FULL else "Check what it leads to."
        raise _unwritable("standard output", reason, hint) from error


def _silence_stdout() -> None:
    """The interpreter flushes again at exit: give it somewhere to flush to."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _to_stdout(data: bytes) -> None:
    """UTF-8 whatever the locale says."""
    stream = sys.stdout
    if stream is None:
        raise _unwritable("standard output", "it is closed", "Give --output a file.")
    binary = getattr(stream, "buffer", None)
    if binary is None:
        stream.write(data.decode("utf-8", "replace"))
    else:
        _write_all(binary, data)


def _write_all(file: IO[bytes], data: bytes) -> None:
    """Write and flush everything, however little is taken at a time (unbuffered output, full pipes)."""
    rest = memoryview(data)
    while rest:
        try:
            written = file.write(rest)
        except BlockingIOError as error:
            written = error.characters_written
        rest = rest[written or 0 :]
        if rest and not written:
            select.select([], [file], [])
    while True:
        try:
            return file.flush()
        except BlockingIOError:
            select.select([], [file], [])


def check_output(output: Path | None) -> None:
    """See, before anything is read, that a file can be written: hours of reading would be lost.

    Args:
        output: as for `payload`.

    Raises:
        UsageError: P409 it is a folder, or its folder is not there or closed to us.
    """
    if output is None or is_stdout(output):
        return
    exists, folder = output.exists(), Path(os.path.realpath(output)).parent
    if output.is_dir():
        raise _unwritable(str(output), os.strerror(errno.EISDIR), "Name a file in it.")
    if (exists and not output.is_file()) or _own_stream(output) is not None:
        return  # a pipe or device, or open already: it is not replaced
    if not folder.is_dir():
        raise _unwritable(str(output), os.strerror(errno.ENOENT), CHECK_FOLDER)
    if not os.access(folder, os.W_OK) or (exists and not os.access(output, os.W_OK)):
        raise _unwritable(str(output), os.strerror(errno.EACCES), CHECK_FOLDER)


def _refuse_input(output: Path, inputs: Iterable[str]) -> None:
    if not output.exists():
        return
    target, same = os.path.realpath(output), _identity(output)
    for one in inputs:
        # By its number too: some file systems know a file by several spellings of its name.
        if os.path.realpath(one) == target or (same and _identity(one) == same):
            raise UsageError(
                "the output would overwrite an input",
                code="P408",
                where=str(output),
                hint="Give --output another name.",
            )


def _identity(path: str | Path) -> tuple[int, int] | None:
    """Device and number of a plain file, None if there is none or the system gives no numbers."""
    try:
        found = os.stat(path)  # noqa: PTH116 - as often as there are documents
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if found.st_ino and stat.S_ISREG(found.st_mode) else None


def _to_file(data: bytes, output: Path) -> None:
    """Straight into what is no plain file (a pipe, a device) or is open already, else as `_replace` does."""
    try:
        if (own := _own_stream(output)) is not None:
            with open(own, "wb", closefd=False) as file:
                _write_all(file, data)
        elif output.exists() and not output.is_file() and not output.is_dir():
            with output.open("wb") as file:
                _write_all(file, data)
        else:
            _replace(data, Path(os.path.realpath(output)))
    except OSError as error:
        hint = MAKE_ROOM if error.errno in FULL else CHECK_FOLDER
        raise _unwritable(str(output), error.strerror or str(error), hint) from error


def _own_stream(output: Path) -> int | None:
    """The descriptor of standard output or error if `output` is another name of it (/dev/stdout).

    A file that either of them leads to must not be replaced under it.
    """
    for descriptor in (1, 2):
        try:
            if os.path.samestat(output.stat(), os.fstat(descriptor)):
                return descriptor
        except OSError:
            continue
    return None


def _replace(data: bytes, target: Path) -> None:
    """Whole or not at all: written beside the target, then moved over it; its permissions stay."""
    # The name is chosen before there is a file, so that no signal comes when only the system knows it.
    beside = target.parent / f".polcmp-{os.urandom(8).hex()}"
    try:
        with open(beside, "xb", opener=_private) as file:
            file.write(data)
        _give_permissions(beside, target)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _private(path: str, flags: int) -> int:
    """Open a file that nobody else may read till it has its permissions."""
    return os.open(path, flags, 0o600)


def _give_permissions(name: Path, target: Path) -> None:
    """Those of the file that is replaced, its owner as far as we may give it; else those of a new file."""
    try:
        old = target.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        name.chmod(0o666 & ~mask)
        return
    if hasattr(os, "chown") and name.stat().st_uid != old.st_uid:
        with suppress(PermissionError):
            os.chown(name, old.st_uid, old.st_gid)
    name.chmod(stat.S_IMODE(old.st_mode))


def _unwritable(where: str, reason: str, hint: str) -> UsageError:
    return UsageError(f"cannot be written: {reason}", code="P409", where=where, hint=hint)
