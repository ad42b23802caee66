"""The program as others treat it: interrupted, cut off from streams and network, run side by side."""

from __future__ import annotations

import ast
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import polcmp

CHECKOUT = Path(__file__).parent.parent.parent
PACKAGE = Path(polcmp.__file__).parent
FILES = {"a.txt", "b.txt", "documents.yaml", ".gold"}
GOOD = "甲县选派第一书记29名。"

LABEL = {"document": "a.txt", "measure": "cadre_dispatch", "status": "implemented", "required": True}
LABEL |= {"start": 8, "end": 14, "quote": GOOD[2:8]}

NETWORK = {"socket", "ssl", "urllib.request", "http", "ftplib", "smtplib", "telnetlib", "xmlrpc", "asyncio"}
NETWORK |= {"requests", "httpx", "aiohttp", "urllib3", "httplib2", "pycurl", "websockets"}
"""Modules that reach other machines; `urllib.parse` does not."""

ASKED_TO = {"scan/quiet_daft.py": {"socket"}}
"""Who may all the same: it looks whether a cluster answers at the address that somebody gave."""

COMMANDS = [
    ["compare", "a.txt", "--json"],
    ["compare", "a.txt", "b.txt", "-o", "out.md"],
    ["show", "甲县", "-d", "a.txt"],
    ["show", "document", "a.txt"],
    ["show", "measure", "cadre_dispatch", "-d", "a.txt"],
    ["why", "甲县", "cadre_dispatch", "-d", "a.txt"],
    ["report", "a.txt", "b.txt", "-o", "out.html"],
    ["plot", "heatmap", "a.txt", "b.txt"],
    ["plot", "similarity", "a.txt", "b.txt", "-o", "out.png"],
    ["cite", "甲县", "cadre_dispatch", "-d", "a.txt"],
    ["evaluate", ".gold", "a.txt", "b.txt"],
    ["scan", "a.txt", "b.txt", "-o", "store", "--workers", "0"],
    ["scan", "a.txt", "b.txt", "-o", "store", "--workers", "2"],
    ["taxonomy", "list"],
    ["taxonomy", "check"],
    ["taxonomy", "schema"],
    ["doctor"],
    ["--help"],
    ["--version"],
]

UNPLUGGED = """
import socket, sys
def refuse(*arguments, **options):
    sys.stderr.write("NETWORK\\n")
    raise OSError("no network")
class Unplugged(socket.socket):
    def connect(self, *arguments): refuse()
    def connect_ex(self, *arguments): refuse()
    def bind(self, *arguments): refuse()
    def sendto(self, *arguments): refuse()
socket.socket = Unplugged
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
sys.argv[0] = "polcmp"
from polcmp.cli.main import run
run()
"""


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(CHECKOUT), **more}


def polcmp_program(folder: Path, *arguments: object, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "polcmp.cli.main", *map(str, arguments)]
    settings = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.Popen(command, cwd=folder, env=environment(), **settings)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents (invented), their regions, and a label for one of them."""
    (tmp_path / ".gold").mkdir()
    (tmp_path / ".gold" / "mentions.jsonl").write_text(json.dumps(LABEL) + "\n", encoding="utf-8")
    (tmp_path / "documents.yaml").write_text(
        "a.txt: {region: 甲县}\nb.txt: {region: 乙县}\n", encoding="utf-8"
    )
    (tmp_path / "a.txt").write_text(f"甲县情况\n\n{GOOD}", encoding="utf-8")
    (tmp_path / "b.txt").write_text("乙县情况\n\n乙县成立联合党委3个。", encoding="utf-8")
    return tmp_path


# ── no network ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_reaches_for_the_network(folder: Path, command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", UNPLUGGED, *command],
        cwd=folder,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert b"NETWORK" not in done.stderr
    assert done.returncode == 0, done.stderr


def test_the_plug_is_pulled() -> None:
    """What the test above relies on."""
    probe = UNPLUGGED.partition("sys.argv[0]")[0] + "socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=False)
    assert done.returncode and b"NETWORK" in done.stderr


def imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{one.name}" for one in node.names}
    return names


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_no_module_imports_what_reaches_other_machines(path: Path) -> None:
    names = imported(ast.parse(path.read_text(encoding="utf-8")))
    reach = {name for name in names if name in NETWORK or name.partition(".")[0] in NETWORK}
    assert reach == ASKED_TO.get(path.relative_to(PACKAGE).as_posix(), set())


# ── interrupted ──────────────────────────────────────────────────────────────────────────────────


def test_ctrl_c_at_any_time(folder: Path) -> None:
    """While modules are loaded, while documents are read, while output is written.

    The first thousandths of a second belong to the interpreter: it has not begun to load the program.
    """
    started = time.monotonic()
    assert polcmp_program(folder, "compare", ".", "-o", "out.json").wait(60) == 0
    whole = time.monotonic() - started
    (folder / "out.json").unlink()
    for share in (0.3, 0.45, 0.6, 0.75, 0.9, 1.0):
        process = polcmp_program(folder, "compare", ".", "-o", "out.json", "-q")
        time.sleep(whole * share)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert process.returncode in (0, 130), err
        assert (out, err.replace(b"polcmp: interrupted\n", b"")) == (b"", b"")
        left = {path.name for path in folder.iterdir()} - FILES
        assert left <= {"out.json"}
        if "out.json" in left:
            assert json.loads((folder / "out.json").read_text(encoding="utf-8"))["schema"]
            (folder / "out.json").unlink()


# ── output ───────────────────────────────────────────────────────────────────────────────────────


def test_permissions_of_a_file_stay(folder: Path) -> None:
    out = folder / "out.md"
    out.write_text("old", encoding="utf-8")
    out.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(out, 65534, 65534)
    before = out.stat()
    assert polcmp_program(folder, "compare", "a.txt", "-o", "out.md").wait(60) == 0
    after = out.stat()
    assert out.read_text(encoding="utf-8") != "old"
    assert (stat.S_IMODE(after.st_mode), after.st_uid, after.st_gid) == (0o640, before.st_uid, before.st_gid)


def test_a_new_file_has_the_permissions_of_new_files(folder: Path) -> None:
    process = polcmp_program(folder, "compare", "a.txt", "-o", "out.md", umask=0o027)
    assert process.wait(60) == 0
    assert stat.S_IMODE((folder / "out.md").stat().st_mode) == 0o640


def test_the_longest_file_name(folder: Path) -> None:
    name = "x" * 252 + ".md"
    process = polcmp_program(folder, "compare", "a.txt", "-o", name)
    assert process.wait(60) == 0
    assert (folder / name).stat().st_size


def test_an_output_that_cannot_be_written_leaves_nothing(folder: Path) -> None:
    (folder / "out.md").mkdir()
    process = polcmp_program(folder, "compare", "a.txt", "-o", "out.md")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, b"") and b"P409" in err
    assert {path.name for path in folder.iterdir()} == {*FILES, "out.md"}


def test_side_by_side_on_one_output(folder: Path) -> None:
    """Several at once: each result is whole, the last one stands."""
    (folder / "latest.json").symlink_to("real.json")
    several = [
        polcmp_program(folder, "compare", "a.txt", "b.txt", "-o", "latest.json", "-q") for _ in range(4)
    ]
    assert [process.wait(120) for process in several] == [0] * 4
    assert (folder / "latest.json").is_symlink()
    assert len(json.loads((folder / "real.json").read_text(encoding="utf-8"))["documents"]) == 2
    assert {path.name for path in folder.iterdir()} == {*FILES, "latest.json", "real.json"}


# ── streams ──────────────────────────────────────────────────────────────────────────────────────

CLOSED = [(0,), (1,), (2,), (0, 1), (1, 2), (0, 2), (0, 1, 2)]


@pytest.mark.parametrize("closed", CLOSED, ids=str)
@pytest.mark.parametrize(
    "command",
    [
        ["compare", "a.txt"],
        ["compare", "-"],
        ["compare", "a.txt", "-o", "out.md"],
        ["compare", "missing.txt"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_closed_streams(folder: Path, command: list[str], closed: tuple[int, ...]) -> None:
    process = polcmp_program(folder, *command, preexec_fn=lambda: [os.close(one) for one in closed])
    _, err = process.communicate(timeout=60)
    assert b"Traceback" not in err
    to_file = "-o" in command
    failed = "missing.txt" in command or ("-" in command and 0 in closed)
    expected = 2 if failed or (1 in closed and not to_file and command != ["--help"]) else 0
    assert process.returncode == expected, err
    if expected and 2 not in closed:
        assert b"P4" in err or b"P3" in err
    for path in (folder / "a.txt", folder / "b.txt"):
        assert path.read_text(encoding="utf-8").endswith("。")  # nothing was written where a stream had been


@pytest.mark.parametrize("command", [command for command in COMMANDS if "-o" not in command], ids=" ".join)
def test_a_reader_that_has_gone(folder: Path, command: list[str]) -> None:
    """The pipe is broken before the first byte."""
    reading, writing = os.pipe()
    os.close(reading)
    process = polcmp_program(folder, *command, stdout=writing)
    os.close(writing)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0 and b"Traceback" not in err and b"BrokenPipe" not in err, err
