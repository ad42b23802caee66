"""Processes: the same parts however many there are, whoever dies, and whenever the scan is killed."""

import os
import random
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
import scan_lab
from scan_lab import codes, contents, found, scan, write_folder

from polcmp.errors import InternalError
from polcmp.scan import pool
from polcmp.store.layout import read_manifest

LAB = Path(__file__).with_name("scan_lab.py")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of 60 documents, and some records."""
    folder = write_folder(tmp_path_factory.mktemp("corpus") / "c", 60)
    (folder / "m.jsonl").write_text("".join(map(scan_lab.record, range(23))) + "{bad\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def undisturbed(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files that a scan in one process makes."""
    store = tmp_path_factory.mktemp("undisturbed") / "s"
    assert scan(corpus, store).documents == 83
    return contents(store)


@pytest.mark.parametrize("workers", [1, 3])
def test_the_number_of_workers_changes_no_byte(
    corpus: Path, undisturbed: dict[str, str], tmp_path: Path, workers: int
) -> None:
    scan(corpus, tmp_path / "s", workers=workers)
    assert contents(tmp_path / "s") == undisturbed


def _start(corpus: Path, store: Path) -> subprocess.Popen[bytes]:
    """A scan of its own; Ctrl-C reaches it even where the tests are a background job, which ignores it."""
    command = [sys.executable, str(LAB), str(corpus), str(store), "2"]
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    return subprocess.Popen(command, stderr=subprocess.PIPE, preexec_fn=heed)


def _commits(store: Path) -> int:
    return len(list(store.glob("parts/*.json")))


def test_a_scan_that_is_killed_goes_on_and_repeats_nothing(
    corpus: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    store, dice = tmp_path / "s", random.Random(7)
    kills = 0
    for more in (1, 3, 4):  # parts to wait for before the kill
        wanted = min(_commits(store) + more, 15)
        before = contents(store) if (store / "parts").exists() else {}
        with _start(corpus, store) as running:
            while _commits(store) < wanted and running.poll() is None:
                time.sleep(0.001)
            time.sleep(dice.random() * 0.02)
            kills += running.poll() is None
            running.kill()
        committed = {name: sha for name, sha in before.items() if name.endswith(".json")}
        assert committed.items() <= contents(store).items()
    assert kills >= 2
    assert not read_manifest(store).complete
    report = scan(corpus, store)
    assert report.documents < 83
    assert contents(store) == undisturbed
    assert read_manifest(store).complete


def _children(parent: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def test_workers_end_with_the_scan(corpus: Path, tmp_path: Path) -> None:
    with _start(corpus, tmp_path / "s") as running:
        while _commits(tmp_path / "s") < 1 and running.poll() is None:
            time.sleep(0.002)
        workers = _children(running.pid)
        running.kill()
    assert workers
    for _ in range(500):
        if not any(Path(f"/proc/{one}").exists() for one in workers):
            return
        time.sleep(0.01)
    pytest.fail("workers outlive the scan")


def test_a_worker_that_is_killed_takes_nothing_with_it(
    corpus: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    killed = []

    def kill_one(state: object) -> None:
        import multiprocessing

        if not killed:
            killed.append(multiprocessing.active_children()[0])
            killed[0].kill()

    report = scan(corpus, tmp_path / "s", workers=2, progress=kill_one)
    assert killed and report.documents == 83
    assert contents(tmp_path / "s") == undisturbed


def test_a_document_that_kills_its_worker_becomes_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_folder(tmp_path / "c", 7)
    (folder / "d003-poison.txt").write_text("虚构", encoding="utf-8")
    monkeypatch.setattr(pool, "work", scan_lab.poisoned_work)
    report = scan(folder, tmp_path / "s", workers=1)
    assert (report.documents, report.failed) == (7, 1)
    assert codes(tmp_path / "s") == {"d003-poison.txt": "P315"}
    assert len(found(tmp_path / "s")) == 7
    assert scan(folder, tmp_path / "s").standing == 1


def test_a_worker_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_folder(tmp_path / "c", 1)
    monkeypatch.setattr(pool, "work", scan_lab.sleeping_work)
    monkeypatch.setattr(pool, "STEP_SECONDS", 0.1)
    monkeypatch.setattr(pool, "_LOOK_SECONDS", 0.05)
    scan(folder, tmp_path / "s", workers=1)
    assert codes(tmp_path / "s") == {"d000.txt": "P315"}
    assert "0 seconds" in scan_lab.table(tmp_path / "s", "errors")[0]["message"]


def test_workers_that_cannot_start_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_folder(tmp_path / "c", 1)
    monkeypatch.setattr(pool, "work", os._exit)
    with pytest.raises(InternalError, match="cannot start") as caught:
        scan(folder, tmp_path / "s", workers=1)
    assert caught.value.code == "P121"


def test_ctrl_c_leaves_whole_parts(corpus: Path, undisturbed: dict[str, str], tmp_path: Path) -> None:
    for attempt in range(10):  # a scan that was done before the signal came shows nothing
        store = tmp_path / f"s{attempt}"
        with _start(corpus, store) as running:
            while _commits(store) < 1 and running.poll() is None:
                time.sleep(0.002)
            running.send_signal(signal.SIGINT)
            _, said = running.communicate(timeout=20)
        if running.returncode != 0:
            break
    assert running.returncode != 0 and b"KeyboardInterrupt" in said
    assert not list(store.rglob("*.new"))
    scan(corpus, store)
    assert contents(store) == undisturbed
