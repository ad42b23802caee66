"""Where output goes: what cannot be written is told before anything is read, and no input is written over."""

from __future__ import annotations

import ctypes
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_lab import Polcmp, program

from polcmp.cli.output import check_output, payload
from polcmp.errors import UsageError

LINE = "甲县选派第一书记29名。"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(LINE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def never_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **options: object) -> object:
        raise AssertionError("documents are read though nothing can be written")

    monkeypatch.setattr("polcmp.load.inputs.collect", fail)
    monkeypatch.setattr("polcmp.api.collect", fail)


@pytest.mark.parametrize(
    ("output", "hint"),
    [
        ("docs", "Name a file in it."),
        ("nowhere/x.json", "Check that the folder"),
        ("docs/a.txt/x.md", "Check"),
    ],
)
@pytest.mark.parametrize("command", [["compare", "docs"], ["show", "document", "docs/a.txt"], ["doctor"]])
def test_what_cannot_be_written_is_told_before_anything_is_read(
    polcmp: Polcmp, folder: Path, monkeypatch: pytest.MonkeyPatch, output: str, hint: str, command: list[str]
) -> None:
    never_read(monkeypatch)
    done = polcmp(*command, "-o", output)
    assert (done.code, done.out) == (2, "") and done.err.startswith(
        f"polcmp: {output}: P409 cannot be written:"
    )
    assert hint in done.err


@pytest.mark.parametrize(
    "spelt", ["docs/a.txt", "./docs/../docs//a.txt", "link.txt", "linked/a.txt", "{}/docs/a.txt", "hard.txt"]
)
def test_an_input_under_any_name(polcmp: Polcmp, folder: Path, spelt: str) -> None:
    (folder / "link.txt").symlink_to("docs/a.txt")
    (folder / "linked").symlink_to("docs")
    (folder / "hard.txt").hardlink_to(folder / "docs" / "a.txt")
    for given in ("docs", "link.txt", "linked/a.txt"):
        done = polcmp("compare", given, "-o", spelt.format(folder))
        assert done.code == 2 and "P408" in done.err
    assert (folder / "docs" / "a.txt").read_text(encoding="utf-8") == LINE


def test_an_input_in_another_spelling_of_letters(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file system takes A.TXT for a.txt, as those of macOS do: same number, other name."""
    stated = os.stat
    paths = {"docs/A.TXT": "docs/a.txt"}
    monkeypatch.setattr(os, "stat", lambda path, **more: stated(paths.get(str(path), path), **more))
    monkeypatch.setattr(Path, "exists", lambda self: True)
    with pytest.raises(UsageError) as caught:
        payload("new", Path("docs/A.TXT"), inputs=["docs/a.txt"])
    assert caught.value.code == "P408"


def without_privileges(check: Callable[[], None]) -> None:
    """Run `check` in a child process that obeys permissions, which root's processes do not."""
    child = os.fork()
    if not child:
        code = 1
        try:
            if os.geteuid() == 0:
                header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # linux/capability.h: version 3, this process
                assert ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)()) == 0  # none left
            check()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.skipif(os.geteuid() == 0 and sys.platform != "linux", reason="root may write everywhere here")
def test_folders_and_files_that_are_closed_to_us(folder: Path) -> None:
    (folder / "closed").mkdir()
    (folder / "mine.md").write_text("mine", encoding="utf-8")
    (folder / "mine.md").chmod(0o444)
    (folder / "closed").chmod(0o555)

    def check() -> None:
        for output in (Path("closed/x.md"), Path("mine.md")):
            with pytest.raises(UsageError, match="Permission denied"):
                check_output(output)
        check_output(Path("new.md"))

    try:
        without_privileges(check)
    finally:
        (folder / "closed").chmod(0o755)


def test_pipes_and_streams_are_let_be(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    process = program("compare", "docs", "-q", "-o", "pipe")
    assert "1 document" in (folder / "pipe").read_text(encoding="utf-8")
    assert process.wait(60) == 0
    process = program("compare", "docs", "-q", "-o", "/dev/stdout")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"") and b"1 document" in out


def test_a_write_that_fails_in_the_middle_leaves_what_was_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = folder / "out.md"
    out.write_text("old", encoding="utf-8")

    def full(path: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UsageError) as caught:
        payload("new", out)
    assert (caught.value.code, caught.value.hint) == ("P409", "Make room there.")
    monkeypatch.setattr(Path, "replace", lambda path, target: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        payload("new", out)
    assert out.read_text(encoding="utf-8") == "old"
    assert {path.name for path in folder.iterdir()} == {"docs", "out.md"}
