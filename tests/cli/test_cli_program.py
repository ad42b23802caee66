"""`polcmp` as a program of its own: pipes, locales, the installed command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli_lab import CHECKOUT, program

COMMAND = Path(sys.executable).parent / "polcmp"


@pytest.mark.parametrize("environ", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "unbuffered"])
def test_a_reader_that_goes_away_is_no_error(environ: dict[str, str]) -> None:
    """`polcmp compare --json | head -1`, with more than a pipe holds."""
    folders = ["seeds", "tests/gold/invented-a/documents", "tests/gold/invented-b/documents"]
    process = program("compare", *folders, "--json", "-q", cwd=CHECKOUT, environ=environ)
    assert process.stdout and process.stderr
    first = process.stdout.readline()
    process.stdout.close()
    assert process.wait(30) == 0
    assert first == b"{\n"
    assert process.stderr.read() == b""


@pytest.mark.skipif(not shutil.which("bash") or not COMMAND.exists(), reason="needs bash and the command")
def test_head_in_a_shell() -> None:
    line = f"set -o pipefail; '{COMMAND}' compare --json | head -1"
    done = subprocess.run(["bash", "-c", line], capture_output=True, cwd=CHECKOUT, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"{\n", b"")


def test_standard_error_that_goes_away(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲县选派第一书记29名。", encoding="utf-8")
    process = program("compare", "a.txt", "--json", cwd=tmp_path)
    assert process.stdout and process.stderr
    process.stderr.close()
    out = process.stdout.read()
    assert process.wait(30) == 0
    assert json.loads(out)["mentions"]


def _smallest_files() -> None:
    """Files of at most 1,000 bytes, as if the disk were full after that."""
    resource = pytest.importorskip("resource")
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


@pytest.mark.parametrize("unbuffered", [{}, {"PYTHONUNBUFFERED": "1"}])
@pytest.mark.parametrize("command", [["compare"], ["compare", "--help"], ["taxonomy", "schema"]])
def test_a_full_disk_is_told(tmp_path: Path, command: list[str], unbuffered: dict[str, str]) -> None:
    with (tmp_path / "out").open("wb") as full:
        process = program(*command, cwd=CHECKOUT, stdout=full, preexec_fn=_smallest_files, environ=unbuffered)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 2, err
    assert b"standard output: P409 cannot be written: File too large" in err and b"Traceback" not in err


def test_a_pipe_that_takes_little_at_a_time() -> None:
    """Unbuffered and not waiting: a write takes what fits, or nothing."""
    read, write = os.pipe()
    os.set_blocking(write, False)
    process = program("compare", "--json", cwd=CHECKOUT, stdout=write, environ={"PYTHONUNBUFFERED": "1"})
    os.close(write)
    with open(read, "rb") as pipe:  # noqa: PTH123 - a descriptor
        data = json.loads(pipe.read())
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0 and b"Traceback" not in err
    assert data["mentions"]


def test_output_to_its_own_standard_output(tmp_path: Path) -> None:
    """A log that is appended to keeps what it held, though it has a name."""
    log = tmp_path / "log.txt"
    log.write_text("before\n", encoding="utf-8")
    with log.open("ab") as file:
        process = program("compare", "-q", "-o", log, cwd=CHECKOUT, stdout=file)
        process.communicate(timeout=30)
    assert process.returncode == 0
    assert log.read_text(encoding="utf-8").startswith("before\n5 regions")


def test_a_closed_standard_output() -> None:
    process = program("compare", cwd=CHECKOUT, stdout=None, preexec_fn=lambda: os.close(1))
    _, err = process.communicate(timeout=30)
    assert process.returncode == 2
    assert b"standard output: P409" in err and b"Traceback" not in err


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"}])
def test_utf_8_whatever_the_locale(locale: dict[str, str], tmp_path: Path) -> None:
    environ = {**locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    (tmp_path / "甲县.txt").write_text("甲县情况\n\n甲县选派第一书记29名。", encoding="utf-8")
    process = program("compare", ".", "--evidence", "1", "-v", cwd=tmp_path, environ=environ)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert "第一书记" in out.decode("utf-8") and "✓" in out.decode("utf-8")
    assert b"Traceback" not in err and err


def test_arguments_in_any_locale() -> None:
    process = program("compare", "-r", "聂荣县", "--json", cwd=CHECKOUT, environ={"LC_ALL": "C"})
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert [one["region"] for one in json.loads(out)["regions"]] == ["聂荣县"]


def test_standard_input_and_output_of_a_pipe(tmp_path: Path) -> None:
    process = program("compare", "-", "-f", "jsonl", "-q", stdin=subprocess.PIPE, cwd=tmp_path)
    out, err = process.communicate("丙县选派第一书记7名。".encode("utf-16"), timeout=30)
    assert (process.returncode, err) == (0, b"")
    assert json.loads(out)["figures"][0]["value"] == 7


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    name = b"\xff\xfe.txt"
    try:
        (tmp_path / name.decode("utf-8", "surrogateescape")).write_text(
            "丙县选派第一书记7名。", encoding="utf-8"
        )
    except OSError:
        pytest.skip("the file system wants text")
    process = program("compare", ".", "--json", cwd=tmp_path)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert json.loads(out)["documents"][0]["document"] == "\ufffd\ufffd.txt"


@pytest.mark.skipif(not COMMAND.exists(), reason="the command is not installed beside this interpreter")
def test_the_installed_command() -> None:
    done = subprocess.run([COMMAND, "--version"], capture_output=True, text=True, check=True)
    import polcmp

    assert done.stdout == f"polcmp {polcmp.__version__}\n"
