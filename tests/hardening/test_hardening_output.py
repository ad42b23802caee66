"""A file that is written is there whole or not at all, whatever stops the program. Texts are invented."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from polcmp.cli import output

CHECKOUT = Path(__file__).parents[2]
OLD, NEW = b"old", b"new" * 1_000


class Stop(BaseException):
    """What a signal raises."""


def stopped_at(number: int, target: Path) -> bool:
    """Write with a stop before the line of that number is run; whether there was such a line."""
    seen = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal seen
        if frame.f_code.co_filename != output.__file__:
            return None
        if event == "line":
            seen += 1
            if seen == number:
                sys.settrace(None)
                raise Stop
        return trace

    def apart() -> Iterator[None]:  # a generator, in which what was being handled at the stop stays
        yield output.payload(NEW, target)

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        next(apart())
    except Stop:
        return True
    finally:
        sys.settrace(before)
    return False


@pytest.mark.parametrize("exists", [True, False])
def test_a_stop_at_any_line_leaves_no_half_file(tmp_path: Path, exists: bool) -> None:
    target = tmp_path / "out.json"
    number, ended = 1, set()
    while True:
        target.unlink(missing_ok=True)
        if exists:
            target.write_bytes(OLD)
        stopped = stopped_at(number, target)
        left = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        assert left in ([{"out.json": OLD}] if exists else [{}]) or left == {"out.json": NEW}, number
        ended.add(left.get("out.json"))
        if not stopped:
            break
        number += 1
    assert sys.exc_info() == (None, None, None)
    assert number > 15 and ended == {OLD if exists else None, NEW}


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_sigterm_leaves_no_half_file(tmp_path: Path) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((CHECKOUT / "seeds").glob("*.txt")))
    (tmp_path / "a.txt").write_text("甲县工作总结\n" + text * 8, encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "out.json"
    command = [sys.executable, "-m", "polcmp", "compare", str(tmp_path / "a.txt"), "-o", str(target)]

    def run(after: float) -> tuple[int, str]:
        target.write_bytes(OLD)
        started = subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.PIPE)
        try:
            _, said = started.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            started.send_signal(signal.SIGTERM)
            _, said = started.communicate()
        return started.returncode, said.decode()

    began = time.monotonic()
    assert run(600)[0] == 0
    took, chance = time.monotonic() - began, random.Random(8)
    codes = []
    for share in (0.3, *(chance.uniform(0.6, 1.05) for _ in range(5))):
        code, said = run(took * share)
        assert code in (0, 143, -signal.SIGTERM) and "Traceback" not in said, said
        assert [path.name for path in folder.iterdir()] == ["out.json"]
        if target.read_bytes() != OLD:
            assert len(json.loads(target.read_bytes())["mentions"]) > 500
        codes.append(code)
    assert any(codes)
