"""The command line run in this process, through its real entry point; a folder of invented documents."""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_lab import Done, Polcmp

from polcmp.cli.main import run


@pytest.fixture
def polcmp(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Iterator[Polcmp]:
    """Runs `polcmp ARGUMENTS` in this process; keyword arguments are environment variables, and `stdin`."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    before = signal.getsignal(signal.SIGINT)

    def invoke(*arguments: object, stdin: bytes = b"", **environ: str) -> Done:
        capfdbinary.readouterr()
        monkeypatch.setattr(sys, "argv", ["polcmp", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with monkeypatch.context() as patch:
            for name, value in environ.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as left:
                run()
        out, err = capfdbinary.readouterr()
        return Done(int(left.value.code or 0), out.decode("utf-8"), err.decode("utf-8"), out)

    yield invoke
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a few documents (invented), `good/` and `mixed/`."""
    for name, text in {
        "good/a.txt": "甲县情况\n\n甲县选派第一书记29名。",
        "good/b.txt": "乙县情况\n\n乙县成立联合党委3个。",
        "good/documents.yaml": "a.txt: {region: 甲县}\nb.txt: {region: 乙县}\n",
        "mixed/a.txt": "甲县选派第一书记29名。",
        "lists/all.txt": "../good/a.txt\n# a remark\n\n../good/b.txt\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "mixed" / "b.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path
