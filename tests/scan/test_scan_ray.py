"""Daft on a Ray cluster: the same bytes as the pool.

Runs with POLCMP_RAY_TESTS=required (starting Ray takes a while), and then never skips.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import scan_lab
from scan_lab import codes, contents, scan, write_folder

if os.environ.get("POLCMP_RAY_TESTS") != "required":
    pytest.skip("POLCMP_RAY_TESTS=required runs it", allow_module_level=True)

ENVIRONMENT = {**os.environ, "RAY_USAGE_STATS_ENABLED": "0", "DO_NOT_TRACK": "1", "RAY_ADDRESS": ""}


def _free_port() -> int:
    """A port that Ray gives to none of its own workers (10002 to 19999)."""
    for port in range(20100, 21000):
        if not _answers(port) and not _answers(port + 1):
            return port
    raise OSError("no free port")


@pytest.fixture(scope="module")
def cluster() -> Iterator[tuple[str, str]]:
    """Addresses of a cluster of one machine: direct, and through Ray Client."""
    folder = tempfile.mkdtemp(prefix="r", dir="/tmp")  # sockets below it may have 107 characters in all
    gcs = _free_port()
    client = gcs + 1
    program = "from ray.scripts.scripts import main; main()"
    command = [
        *(sys.executable, "-c", program, "start", "--head", "--block", "--num-cpus=2", f"--port={gcs}"),
        *(f"--ray-client-server-port={client}", "--include-dashboard=false", "--disable-usage-stats"),
        *(f"--temp-dir={folder}", "--object-store-memory=150000000", "--node-ip-address=127.0.0.1"),
    ]
    log = Path(folder, "start.log")
    with log.open("wb") as output:
        head = subprocess.Popen(command, env=ENVIRONMENT, stdout=output, stderr=subprocess.STDOUT)
    try:
        for _ in range(600):
            assert head.poll() is None, log.read_text()
            if _answers(gcs) and _answers(client):
                break
            time.sleep(0.1)
        yield f"127.0.0.1:{gcs}", f"ray://127.0.0.1:{client}"
    finally:
        _end(head)
        shutil.rmtree(folder, ignore_errors=True)


def _answers(port: int) -> bool:
    with socket.socket() as one:
        return not one.connect_ex(("127.0.0.1", port))


def _end(head: "subprocess.Popen[bytes]") -> None:
    """End the cluster's processes, and no other cluster's on the machine (as ``ray stop`` would)."""
    family = {head.pid}
    parents = [
        (int(path.name), int(path.joinpath("stat").read_text().rpartition(")")[2].split()[1]))
        for path in Path("/proc").iterdir()
        if path.name.isdigit() and path.joinpath("stat").exists()
    ]
    for _ in range(8):
        family |= {process for process, parent in parents if parent in family}
    head.terminate()
    with suppress(subprocess.TimeoutExpired):
        head.wait(15)
    for process in family:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    head.wait()


def test_a_cluster_changes_no_byte(cluster: tuple[str, str], tmp_path: Path) -> None:
    corpus = write_folder(tmp_path / "c", 30)
    (corpus / "m.jsonl").write_text("".join(map(scan_lab.record, range(7))) + "{bad\n", encoding="utf-8")
    (corpus / "d010.docx").write_bytes(b"PK\x03\x04 no document")
    scan(corpus, tmp_path / "here")
    assert sorted(codes(tmp_path / "here")) == ["d010.docx", "m.jsonl#8"]
    for number, address in enumerate(cluster):
        store = tmp_path / f"on{number}"
        ran = subprocess.run(
            [sys.executable, scan_lab.__file__, str(corpus), str(store), "0", address],
            capture_output=True,
            text=True,
            env=ENVIRONMENT,
            timeout=150,
        )
        assert ran.returncode == 0, ran.stderr
        assert contents(store) == contents(tmp_path / "here")
