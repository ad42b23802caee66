"""A document that takes too long costs itself, not the run."""

from __future__ import annotations

import contextvars
import signal
import threading
import time
from pathlib import Path

import pytest

import polcmp.pipeline
from polcmp.api import compare
from polcmp.deadline import check, time_limit
from polcmp.errors import DocumentError
from polcmp.load import Source
from polcmp.model.document import Document

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
