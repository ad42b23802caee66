"""`polcmp` as a program of its own: pipes, locales, the installed command."""

from __future__ import annotations

import json
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


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no /dev/full")
@pytest.mark.xfail(
    strict=True, reason="a standard output that cannot be written ends in a traceback and 120 or 1"
)
def test_a_full_disk_is_told() -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device that is always full
        process = program("compare", cwd=CHECKOUT, stdout=full)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 2
    assert b"No space left on device" in err and b"Traceback" not in err


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
