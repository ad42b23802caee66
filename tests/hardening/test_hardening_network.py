"""No network, shown by the kernel: what opens an internet socket is killed, in C and in workers too."""

from __future__ import annotations

import ctypes
import platform
import signal
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from test_hardening_program import CHECKOUT, COMMANDS, environment, folder

sys.path.append(str(CHECKOUT / "tests" / "load"))
import load_samples as samples

__all__ = ["folder"]

CALLS = {"x86_64": (0xC000003E, 41, 42), "aarch64": (0xC00000B7, 198, 203)}
"""Architecture as the kernel names it (linux/audit.h), and the numbers of `socket` and `connect`."""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in CALLS, reason="the filter is one of Linux"
)

LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, KILL = 0x7FFF0000, 0x80000000
INTERNET = (2, 10)
"""AF_INET and AF_INET6."""

NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER = 38, 22, 2

EVERY_MODULE = """
import importlib, pkgutil, polcmp
for one in pkgutil.walk_packages(polcmp.__path__, "polcmp."):
    if not one.name.startswith("polcmp.data.") and one.name != "polcmp.scan.daft_udf":
        importlib.import_module(one.name)
"""


def without_internet() -> None:
    """Kill this process, and those it starts, when it opens an internet socket."""
    architecture, call, _ = CALLS[platform.machine()]
    put_filter(
        (LOAD, 0, 0, 4),  # the architecture
        (EQUAL, 0, 5, architecture),
        (LOAD, 0, 0, 0),  # the call
        (EQUAL, 0, 3, call),
        (LOAD, 0, 0, 16),  # its first argument: the family
        (EQUAL, 2, 0, INTERNET[0]),
        (EQUAL, 1, 0, INTERNET[1]),
    )


def without_connections() -> None:
    """Kill this process, and those it starts, when it connects a socket of any kind.

    For what imports urllib3, which trafilatura brings: it tries at once whether there is IPv6 here, by a
    socket that it binds and closes.
    """
    architecture, _, call = CALLS[platform.machine()]
    put_filter((LOAD, 0, 0, 4), (EQUAL, 0, 2, architecture), (LOAD, 0, 0, 0), (EQUAL, 1, 0, call))


def put_filter(*steps: tuple[int, int, int, int]) -> None:
    """Put a filter on the calls of this process; it ends with two steps that allow and kill (seccomp(2))."""
    whole = [*steps, (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, KILL)]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in whole))
    header = struct.pack("HxxxxxxP", len(whole), ctypes.addressof(program))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(SET_SECCOMP, FILTER, header, 0, 0):
        raise OSError(ctypes.get_errno(), "no filter")


def run(
    folder: Path, *arguments: str, without: Callable[[], None] = without_internet
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        check=False,
        preexec_fn=without,
    )


@pytest.fixture(scope="module", autouse=True)
def _filter_works(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the tests below rely on: such a socket kills, another does not, and children inherit it."""
    here = tmp_path_factory.mktemp("filter")
    try:
        assert run(here, "-c", "import socket; socket.socketpair()").returncode == 0
    except subprocess.SubprocessError:
        pytest.skip("the kernel takes no filter here")
    open_one, in_child = "import socket; socket.socket(socket.{})", "import os; os.fork() or exec({!r})"
    connect = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"
    for family in ("AF_INET", "AF_INET6"):
        opening = open_one.format(family)
        assert run(here, "-c", opening).returncode == -signal.SIGSYS
        assert run(here, "-c", opening, without=without_connections).returncode == 0
        child = (
            f"{in_child.format(opening)}; raise SystemExit(os.waitstatus_to_exitcode(os.wait()[1]) != -31)"
        )
        assert run(here, "-c", child).returncode == 0
    assert run(here, "-c", connect, without=without_connections).returncode == -signal.SIGSYS


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_opens_an_internet_socket(folder: Path, command: list[str]) -> None:
    done = run(folder, "-m", "polcmp.cli.main", *command)
    assert done.returncode == 0, done.stderr


def test_no_module_connects_when_it_is_imported(folder: Path) -> None:
    """But for the one that imports Daft, which `polcmp.scan.quiet_daft` silences before."""
    done = run(folder, "-W", "ignore", "-c", EVERY_MODULE, without=without_connections)
    assert done.returncode == 0, done.stderr


def test_no_reader_connects(folder: Path) -> None:
    """Pages, Word documents, PDFs and RTF that name addresses of pictures, styles and links."""
    linked = '<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><base href="http://127.0.0.1:9/">'
    page = samples.as_html(
        head=linked, body='<p>选派第一书记12名。<img src="http://127.0.0.1:9/x.png"></p>' * 9
    )
    entity = b'<?xml version="1.0"?><!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd">' + page.encode()
    for name, data in {
        "a.html": page.encode(),
        "b.xhtml": entity,
        "c.docx": samples.as_docx(),
        "d.pdf": samples.as_pdf(),
        "e.rtf": samples.as_rtf(),
        "f.md": f"# 甲县\n\n![](http://127.0.0.1:9/x.png) {samples.PARAGRAPHS[1]}".encode(),
    }.items():
        (folder / name).write_bytes(data)
    done = run(folder, "-m", "polcmp.cli.main", "compare", ".", "-q", "--json", without=without_connections)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b'"document": ') >= 8
