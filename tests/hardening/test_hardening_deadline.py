"""A document that takes too long costs itself, not the run."""

from __future__ import annotations

import contextvars
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import polcmp.deadline
import polcmp.pipeline
from polcmp.api import compare, load_taxonomy
from polcmp.deadline import check, time_limit
from polcmp.errors import DocumentError
from polcmp.load import Source
from polcmp.model.comparison import DocumentResult, Failure
from polcmp.model.document import Document
from polcmp.pipeline import Reader, read_all
from polcmp.settings import Settings

SEEDS = Path(__file__).parents[2] / "seeds"
GOOD = "甲县选派第一书记29名。"


def test_what_takes_too_long_is_stopped() -> None:
    started = time.monotonic()
    with pytest.raises(DocumentError) as error, time_limit(0.1, "slow.txt"):
        while True:
            pass
    assert (error.value.code, error.value.where) == ("P316", "slow.txt")
    assert time.monotonic() - started < 5


def test_no_reader_takes_it_for_a_fault_of_its_own() -> None:
    with pytest.raises(DocumentError, match="takes longer than"), time_limit(0.1, "slow.txt"):
        try:
            while True:
                pass
        except Exception:
            pytest.fail("swallowed")


def test_what_is_in_time_is_let_go() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(5, "quick.txt"):
        check()
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) == before
    check()  # outside it asks for nothing


def test_no_limit() -> None:
    with time_limit(0, "any.txt"):
        check()
        assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_in_other_threads_it_is_stopped_at_a_check() -> None:
    told: list[str] = []

    def work() -> None:
        try:
            with time_limit(0.05, "slow.txt"):
                while True:
                    check()
        except DocumentError as error:
            told.append(error.code)

    thread = threading.Thread(target=contextvars.copy_context().run, args=(work,))
    thread.start()
    thread.join(10)
    assert told == ["P316"]


def test_a_timer_in_use_is_left_alone() -> None:
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, 60)
    try:
        with pytest.raises(DocumentError), time_limit(0.05, "slow.txt"):
            while True:
                check()
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 50
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def test_a_limit_inside_another() -> None:
    with time_limit(30, "outer"):
        with pytest.raises(DocumentError, match="inner: P316"), time_limit(0.05, "inner"):
            while True:
                pass
        assert 25 < signal.getitimer(signal.ITIMER_REAL)[0] <= 30  # the outer one is in force again
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_the_nearer_end_counts() -> None:
    with pytest.raises(DocumentError, match="outer: P316"), time_limit(0.1, "outer"), time_limit(30, "inner"):
        while True:
            pass
    with pytest.raises(DocumentError, match="outer: P316"), time_limit(0.05, "outer"):
        time.sleep(0.01)
        with time_limit(30, "inner"):
            while True:
                check()


def test_a_signal_that_was_swallowed_comes_again() -> None:
    """Libraries in C drop what is raised in a function that they call back."""
    with pytest.raises(DocumentError), time_limit(0.05, "slow.txt"):
        try:
            while True:
                pass
        except BaseException:
            started = time.monotonic()
        while time.monotonic() - started < 20:
            pass
        pytest.fail("the limit is lost")


def test_what_was_stopped_never_counts_as_read() -> None:
    """Whatever something on the way makes of it."""
    with pytest.raises(DocumentError, match="outer: P316"), time_limit(0.05, "outer"):
        try:
            while True:
                pass
        except BaseException:
            pass
    with pytest.raises(DocumentError, match="outer: P316"), time_limit(0.05, "outer"):
        try:
            while True:
                pass
        except BaseException as error:
            raise ValueError("the file is damaged") from error
    with pytest.raises(DocumentError, match="outer: P316"), time_limit(0.05, "outer"):
        try:
            with time_limit(30, "inner"):
                while True:
                    pass
        except BaseException:
            pass


def test_other_ends_of_a_run_go_before_it() -> None:
    with pytest.raises(KeyboardInterrupt), time_limit(0.05, "slow.txt"):
        try:
            while True:
                pass
        except BaseException:
            raise KeyboardInterrupt from None


def test_nothing_is_said_of_a_stop_that_nobody_can_be_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda one: said.append(one.exc_type))

    class Slow:
        def __del__(self) -> None:
            until = time.monotonic() + 0.2
            while time.monotonic() < until:
                pass
            raise ValueError

    for seconds in (0.05, 5):
        slow = [Slow()]
        with suppress(DocumentError), time_limit(seconds, "slow.txt"):
            slow.clear()
    assert said == [ValueError]  # faults of others are told as ever


def test_a_module_is_imported_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slow_to_import.py").write_text(
        "import time\nuntil = time.monotonic() + 0.3\nwhile time.monotonic() < until:\n    pass\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    started = time.monotonic()
    with pytest.raises(DocumentError), time_limit(0.05, "slow.txt"):
        import slow_to_import

        while time.monotonic() < started + 20:
            pass
    assert "slow_to_import" in sys.modules and slow_to_import.until < time.monotonic() < started + 10


def test_the_limit_is_told_in_words() -> None:
    for seconds, words in ((1, "longer than 1 second"), (0.5, "longer than 0.5 seconds")):
        with pytest.raises(DocumentError) as error, time_limit(seconds, "slow.txt"):
            while True:
                pass
        assert error.value.message.endswith(words) and error.value.hint


def test_the_other_documents_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(GOOD + name, encoding="utf-8")
    alone = compare([tmp_path / "a.txt", tmp_path / "c.txt"])
    read = polcmp.pipeline.read

    def slow(source: Source) -> Document:
        while source.name == "b.txt":
            pass
        return read(source)

    monkeypatch.setattr(polcmp.pipeline, "read", slow)
    monkeypatch.setattr(polcmp.pipeline, "time_limit", lambda seconds, where: time_limit(0.5, where))
    result = compare(tmp_path)
    assert [(one.path, one.code) for one in result.comparison.errors] == [(str(tmp_path / "b.txt"), "P316")]
    assert result.comparison.cells == alone.comparison.cells
    assert result.mentions == alone.mentions


class Alarm:
    """A signal that comes while a given instruction of the program runs, and time is over from then on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count, self.at, self.over = 0, 0, False
        clock = time.monotonic
        monkeypatch.setattr(polcmp.deadline, "monotonic", lambda: 1e12 if self.over else clock())

    def trace(self, frame: FrameType, event: str, _: object) -> Any:
        if frame.f_globals["__name__"] == __name__:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            self.count += 1
            handled = signal.getsignal(signal.SIGALRM) is polcmp.deadline._expire
            if handled and self.count >= self.at > 0 and not self.over:
                self.over = True
                sys.settrace(None)
                signal.raise_signal(signal.SIGALRM)
        return self.trace

    def read(self, source: Source, reader: Reader, at: int = 0) -> tuple[list[DocumentResult], list[Failure]]:
        """A document read with the signal at the instruction numbered `at`; 0 for none."""

        def apart() -> Iterator[tuple[list[DocumentResult], list[Failure]]]:
            yield read_all([source], reader)

        self.count, self.at, self.over = 0, at, False
        before = sys.gettrace()
        sys.settrace(self.trace)
        try:
            return next(apart())  # a generator, in which what was being handled at the signal stays
        finally:
            sys.settrace(before)
            self.over = False


def test_the_signal_may_come_at_any_instruction(monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source("a.html", "a.html", data=f"<p>{GOOD}</p>".encode())
    reader = Reader.of(load_taxonomy(), Settings())
    before = signal.getsignal(signal.SIGALRM)
    alarm = Alarm(monkeypatch)
    read_all([source], reader)  # modules are imported
    whole = alarm.read(source, reader)
    total, chance, ended = alarm.count, random.Random(5), Counter[str]()
    edges = [*range(1, 120, 3), *range(total - 120, total, 3)]
    for at in [*edges, *(chance.randrange(total) for _ in range(40))]:
        results, failures = alarm.read(source, reader, at)
        assert [one.code for one in failures] == ["P316"] or (results, failures) == whole, at
        assert len(results) + len(failures) == 1
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
        assert signal.getsignal(signal.SIGALRM) == before
        ended[failures[0].code if failures else ""] += 1
    assert min(ended["P316"], ended[""]) > 10
    assert alarm.read(source, reader) == whole
    assert sys.exc_info() == (None, None, None)


def test_limits_of_any_length_on_real_documents(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Always P316 or the whole result, and the next document as if nothing had been."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    page = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    given = {"a.txt": text, "a.md": text, "a.html": f"<html><body>{page}</body></html>"}
    reader, chance = Reader.of(load_taxonomy(), Settings()), random.Random(6)
    other = Source("b.txt", "b.txt", data=GOOD.encode())
    (alone,), _ = read_all([other], reader)
    sources = [Source(name, name, data=words.encode()) for name, words in given.items()]
    whole = {source.name: read_all([source], reader) for source in sources}
    seconds = {"b.txt": 60.0}
    monkeypatch.setattr(
        polcmp.pipeline, "time_limit", lambda _, where: time_limit(seconds.get(where, 60), where)
    )
    stopped = 0
    for number in range(45):
        source = sources[number % 3]
        seconds[source.path] = chance.uniform(0.001, 0.3) * (0.2 if number % 2 else 1)
        results, failures = read_all([source, other], reader)
        assert results[-1] == alone
        assert [one.code for one in failures] == ["P316"] or results[:-1] == whole[source.name][0]
        assert len(results) + len(failures) == 2
        stopped += len(failures)
    assert stopped > 5
    assert capfd.readouterr().err == ""


def test_a_document_that_has_changed_is_not_shown_with_old_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD, encoding="utf-8")
    result = compare(path)
    assert result.raw("a.txt") == GOOD
    path.write_text("近日，" + GOOD, encoding="utf-8")
    with pytest.raises(DocumentError) as error:
        result.raw("a.txt")
    assert (error.value.code, error.value.where) == ("P317", str(path))
    path.unlink()
    with pytest.raises(DocumentError) as error:
        result.raw("a.txt")
    assert error.value.code == "P301"
