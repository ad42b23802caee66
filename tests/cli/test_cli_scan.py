"""`polcmp scan` as a command: counts, exit codes, messages, Ctrl-C."""

import importlib.util
import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from cli_lab import SEEDS, Polcmp, program

from polcmp.cli.scan_progress import line
from polcmp.scan import ScanProgress


def test_the_samples_become_a_store(polcmp: Polcmp, tmp_path: Path) -> None:
    done = polcmp("scan", SEEDS, "-o", tmp_path / "s", "--workers", 0)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("5 documents read, ") and str(tmp_path / "s") in done.err
    again = polcmp("scan", SEEDS, "-o", tmp_path / "s", "--workers", 0, "--json")
    counts = json.loads(again.out)
    assert (again.code, counts["unchanged"], counts["documents"], counts["parts"]) == (0, 5, 0, 0)
    assert polcmp("scan", SEEDS, "-o", tmp_path / "s", "-q", "--workers", 0).err == ""


def test_a_failed_document_is_named_and_gives_3(polcmp: Polcmp, tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "good.txt").write_text("虚构", encoding="utf-8")
    (tmp_path / "c" / "bad.txt").write_bytes(b"\x89PNG" + bytes(300))
    done = polcmp("scan", tmp_path / "c", "-o", tmp_path / "s", "--workers", 0)
    assert done.code == 3
    assert "bad.txt: P304" in done.err and "1 failed" in done.err
    assert "could not be read;" not in done.err, "it has just been told in full"
    again = polcmp("scan", tmp_path / "c", "-o", tmp_path / "s", "--workers", 0)
    assert again.code == 3
    assert '1 could not be read; its reason, under "errors": polcmp compare' in again.err


def test_vanished_documents_are_told(polcmp: Polcmp, tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    for name in "ab":
        (tmp_path / "c" / f"{name}.txt").write_text("虚构", encoding="utf-8")
    command = ("scan", tmp_path / "c", "-o", tmp_path / "s", "--workers", 0)
    polcmp(*command)
    (tmp_path / "c" / "a.txt").unlink()
    assert "1 in the store is not in this corpus; --prune takes it out" in polcmp(*command).err
    assert "1 removed" in polcmp(*command, "--prune").err
    assert "not in this corpus" not in polcmp(*command).err


def test_columns_are_named(polcmp: Polcmp, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("nr,content\n1,虚构\n", encoding="utf-8")
    command = ("scan", file, "-o", tmp_path / "s", "--workers", 0)
    assert "--text-column" in polcmp(*command).err
    done = polcmp(*command, "--text-column", "content", "--id-column", "nr", "--restart")
    assert (done.code, done.err[:16]) == (0, "1 document read,")
    other = polcmp(*command, "--text-column", "nr")
    assert (other.code, "P457" in other.err) == (2, True)
    assert "--text-column: 'content' then, 'nr' now" in other.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("none", "-o", "s"), "P401"),
        (("-", "-o", "s"), "P401"),
        (("", "-o", "s"), "P401"),
        ((SEEDS, "-o", SEEDS), "P455"),
        ((SEEDS, "-o", "s", "--workers", "1000"), "P407"),
        ((SEEDS, "-o", "s", "--min-score", "2"), "P407"),
        ((SEEDS, "-o", "s", "-t", "none.yaml"), "P201"),
    ],
)
def test_what_cannot_be_done_gives_2(
    polcmp: Polcmp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = polcmp("scan", *arguments)
    assert done.code == 2
    assert code in done.err
    assert done.out == ""


def test_a_missing_library_names_the_extra(
    polcmp: Polcmp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec

    def without_rensa(name: str, package: str | None = None) -> Any:
        return None if name == "rensa" else find(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", without_rensa)
    done = polcmp("scan", SEEDS, "-o", tmp_path / "s")
    assert (done.code, "pip install 'polcmp[scan]'" in done.err) == (2, True)
    assert not (tmp_path / "s").exists()


def test_ctrl_c_tells_how_to_go_on(tmp_path: Path) -> None:
    text = SEEDS.joinpath("004_385cd5e5a16021b1.txt").read_text(encoding="utf-8")
    records = (json.dumps({"text": text, "id": number}) + "\n" for number in range(20_000))
    (tmp_path / "x.jsonl").write_text("".join(records), encoding="utf-8")
    store = tmp_path / "s"
    running = program("scan", tmp_path / "x.jsonl", "-o", store, "--workers", 1)
    while not store.exists() and running.poll() is None:
        time.sleep(0.01)
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert b"nothing was committed yet. The same command begins anew" in said and b"Traceback" not in said
    assert [one for one in store.rglob("*") if one.suffix == ".tmp" or one.name.startswith(".")] == []


def test_ctrl_c_after_a_part_tells_that_it_stays(
    polcmp: Polcmp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "s"
    polcmp("scan", SEEDS, "-o", store, "--workers", 0)

    def stopped(*arguments: object, **asked: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("polcmp.scanned.scan_corpus", stopped)
    done = polcmp("scan", SEEDS, "-o", store)
    assert (done.code, f"what was committed stays in {store}. The same command goes on" in done.err) == (
        130,
        True,
    )
    none = polcmp("scan", SEEDS, "-o", tmp_path / "none")
    assert "nothing was committed yet" in none.err and "stays in" not in none.err


def test_one_is_told_as_one(polcmp: Polcmp, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("云溪县今年选派第一书记3名。", encoding="utf-8")
    assert polcmp("scan", file, "-o", tmp_path / "s", "--workers", 0).err.startswith(
        "1 document read, 1 mention; store:"
    )
    (tmp_path / "b.txt").write_bytes(b"")
    done = polcmp("scan", tmp_path / "b.txt", "-o", tmp_path / "s", "--workers", 0)
    assert f"1 of the documents read has warnings: polcmp compare {tmp_path / 's'}" in done.err


def test_the_progress_line() -> None:
    state = ScanProgress(1200, 3, 300, 6_000_000, 7_500_000, 5000, 30_000_000, 10.0)
    told = "1,500 of 5,000 documents, 25%, 120 documents/s, 0.6 MB/s, 3 failed, 0:30 left"
    assert line(state) == told
    early = ScanProgress(0, 0, 0, 0, 0, None, None, 0.0)
    assert line(early) == "0 documents, 0 documents/s, 0.0 MB/s"
    assert line(state._replace(total_documents=None, total_bytes=None)).startswith("1,500 documents, 120")
