"""Scans and comparisons that are ended from outside leave nothing behind; no two scans write one store."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from s3_lab import S3
from scan_lab import contents, scan, write_folder

from polcmp.errors import UsageError
from polcmp.store import remote_lock, scratch, writer
from polcmp.store.layout import SUMMARY
from polcmp.store.remote import Remote
from polcmp.store.summarise import summarise_apart

COMMAND = [sys.executable, "-m", "polcmp.cli.main"]


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A folder for temporary files that can be looked into."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


def ended(arguments: list[str], room: Path, begun: Callable[[], bool], **more: str) -> tuple[int, str]:
    """Exit code and standard error of a command that gets SIGTERM as soon as it has begun."""
    environment = {**os.environ, "TMPDIR": str(room), **more}
    with subprocess.Popen(
        [*COMMAND, *arguments], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment
    ) as running:
        while not begun() and running.poll() is None:
            time.sleep(0.002)
        running.send_signal(signal.SIGTERM)
        _, told = running.communicate(timeout=30)
    return running.returncode, told


def children_of(room: Path) -> list[int]:
    """Processes that were started with this folder for temporary files."""
    found = []
    for one in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"TMPDIR={room}\0".encode() in one.read_bytes():
                found.append(int(one.parent.name))
        except OSError:
            continue
    return found


def test_sigterm_ends_a_scan_as_ctrl_c_does(tmp_path: Path, room: Path) -> None:
    folder, store = write_folder(tmp_path / "c", 400), tmp_path / "s"
    command = ["scan", str(folder), "-o", str(store), "--workers", "2"]
    code, told = ended(command, room, lambda: len(children_of(room)) >= 3)
    assert code == 143 and "ended by SIGTERM" in told and "nothing was committed yet" in told
    deadline = time.monotonic() + 10
    while children_of(room) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert children_of(room) == []
    assert list(room.iterdir()) == []
    scan(folder, store, restart=True)
    scan(folder, tmp_path / "whole")
    assert contents(store) == contents(tmp_path / "whole")


def test_sigterm_removes_the_copy_of_a_store(s3: S3, tmp_path: Path, room: Path) -> None:
    folder, bucket, store = write_folder(tmp_path / "c", 60), s3.bucket(), tmp_path / "s"
    scan(folder, store)
    for path in store.rglob("*"):
        if path.is_file() and SUMMARY not in path.parts:
            s3.put(bucket, f"s/{path.relative_to(store).as_posix()}", path.read_bytes())
    command = ["compare", f"s3://{bucket}/s"]
    code, _ = ended(command, room, lambda: any(room.glob("polcmp-store-*/manifest.json")), **s3.environment)
    assert code == 143
    assert list(room.iterdir()) == []


def test_what_a_killed_process_left_is_removed(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    code = (
        "from time import sleep; from polcmp.store import scratch; "
        "print(scratch.new_scratch(scratch.KIND), flush=True); sleep(60)"
    )
    folders, processes = [], []
    for kind in ("COPY", "SPILL", "SCAN", "COPY", "COPY"):
        running = subprocess.Popen(
            [sys.executable, "-c", code.replace("KIND", kind)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "TMPDIR": str(room)},
        )
        assert running.stdout
        folders.append(Path(running.stdout.readline().strip()))
        processes.append(running)
    for dead in processes[:-1]:
        dead.kill()
        dead.wait()
    (room / "polcmp-store-mine").mkdir()
    for folder in (*folders[:3], folders[4], room / "polcmp-store-mine"):
        os.utime(folder, (time.time() - 3600,) * 2)
    own = scratch.new_scratch(scratch.COPY)
    left = {one.name for one in room.iterdir()}
    processes[-1].kill()
    processes[-1].communicate()
    assert left == {
        own.name,
        folders[2].name,  # of a scan: for a day
        folders[3].name,  # young
        folders[4].name,  # its process lives
        "polcmp-store-mine",  # no lock in it: who knows whose
    }
    scratch.remove_all()
    assert not own.exists()


def test_the_summary_is_written_under_the_lock_alone(tmp_path: Path) -> None:
    folder, store = write_folder(tmp_path / "c", 3), tmp_path / "s"
    scan(folder, store)
    for one in (store / SUMMARY).iterdir():
        one.unlink()
    summarise_apart(store)
    assert list((store / SUMMARY).iterdir()) == [], "nobody holds the lock"
    with writer.locked(store):
        assert writer.is_locked(store)
        summarise_apart(store)
    assert not writer.is_locked(store)
    assert (store / SUMMARY / "summary.json").exists()


def test_the_process_of_a_summary_ends_with_its_parent(room: Path) -> None:
    code = (
        "import threading, time; from polcmp.store.summarise import _end_with_input as end; "
        "from polcmp.store import scratch; scratch.new_scratch(scratch.SPILL); "
        "threading.Thread(target=end, daemon=True).start(); print('ready', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(room)},
    ) as running:
        assert running.stdin and running.stdout
        running.stdout.readline()
        assert len(list(room.iterdir())) == 1
        running.stdin.close()
        assert running.wait(timeout=20) == 1
    assert list(room.iterdir()) == []


def test_a_lock_that_was_removed_locks_nobody_out(tmp_path: Path) -> None:
    """A scan waits at the door while another one ends that has made no store, and takes its lock away."""
    store = tmp_path / "s"
    with writer.locked(store):
        descriptor = os.open(store / "lock", os.O_RDWR)
    assert not store.exists()
    import fcntl

    fcntl.flock(descriptor, fcntl.LOCK_EX)  # of the file that is gone
    with writer.locked(store), pytest.raises(UsageError, match="P454"), writer.locked(store):
        pass
    os.close(descriptor)


@pytest.fixture
def remote(s3: S3, monkeypatch: pytest.MonkeyPatch) -> Iterator[Remote]:
    for name, value in s3.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(remote_lock, "SIGN_SECONDS", 0.01)
    yield Remote(f"s3://{s3.bucket()}/s")


def test_a_sign_of_life_does_not_outlive_its_scan(
    remote: Remote, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scan ends while a sign is under way."""
    under_way, put = Event(), remote.put

    def slow(name: str, data: bytes) -> None:
        under_way.set()
        time.sleep(0.2)
        put(name, data)

    with remote_lock.RemoteLock(remote, room):
        monkeypatch.setattr(remote, "put", slow)
        assert under_way.wait(5)
    time.sleep(0.5)
    assert remote.names() == {}


def test_a_scan_that_slept_too_long_has_lost_its_lock(
    remote: Remote, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the machine slept between looking for the lock and putting it, another scan may have begun."""
    hours = iter(range(0, 10**9, 3600))
    with remote_lock.RemoteLock(remote, room) as lock:
        lock.check()
        monkeypatch.setattr(remote_lock, "time", lambda: float(next(hours)))
        deadline = time.monotonic() + 5
        while remote.has(lock.name) and time.monotonic() < deadline:
            time.sleep(0.01)
        with pytest.raises(UsageError, match="P454 the lock of this scan was taken away"):
            lock.check()
        assert not remote.has(lock.name), "the other scan is not kept out by a lock that was lost"


def test_checks_and_signs_go_side_by_side(remote: Remote, room: Path) -> None:
    failed: list[Exception] = []

    def check() -> None:
        try:
            for _ in range(40):
                lock.check()
        except Exception as error:
            failed.append(error)

    with remote_lock.RemoteLock(remote, room) as lock:
        threads = [Thread(target=check) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert failed == []
    assert remote.names() == {}
