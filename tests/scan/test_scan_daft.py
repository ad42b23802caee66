"""Daft as the engine: the same bytes as the pool, and its faults told."""

import os
import pickle
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import scan_lab
from scan_lab import codes, contents, found, scan, write_folder

from polcmp.api import load_taxonomy
from polcmp.errors import InternalError, UsageError
from polcmp.load import ReadOptions, Source
from polcmp.pipeline import Reader
from polcmp.scan import quiet_daft, scan_batch
from polcmp.scan.encoded import encode
from polcmp.scan.items import Item
from polcmp.scan.shipment import scan_shipment, shipped
from polcmp.settings import Limits, Settings

pytest.importorskip("daft")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """48 documents, some records, and documents that cannot be read among them."""
    folder = write_folder(tmp_path_factory.mktemp("corpus") / "c", 48)
    (folder / "m.jsonl").write_text("".join(map(scan_lab.record, range(7))) + "{bad\n", encoding="utf-8")
    (folder / "d010.docx").write_bytes(b"PK\x03\x04 no document")
    (folder / "d011.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    (folder / "d012.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def undisturbed(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files that a scan in one process makes."""
    store = tmp_path_factory.mktemp("undisturbed") / "s"
    scan(corpus, store)
    assert len(found(store)) == 54
    assert sorted(codes(store)) == ["d010.docx", "d011.txt", "m.jsonl#8"]
    return contents(store)


def test_the_engine_changes_no_byte(corpus: Path, undisturbed: dict[str, str], tmp_path: Path) -> None:
    seen: list[int] = []
    report = scan(
        corpus, tmp_path / "d", workers=2, engine="daft", progress=lambda state: seen.append(state.documents)
    )
    assert contents(tmp_path / "d") == undisturbed
    assert seen == sorted(seen)
    assert seen[-1] == report.documents + report.failed == 57
    again = scan(corpus, tmp_path / "d", workers=2, engine="daft")
    assert (again.documents, again.unchanged, again.standing) == (0, 54, 3)


def test_the_pool_goes_on_where_daft_stopped(
    corpus: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    class Stop(BaseException):
        pass

    def stop(state: scan_lab.ScanReport) -> None:
        if state.documents >= 20:
            raise Stop

    with pytest.raises(Stop):
        scan(corpus, tmp_path / "d", workers=1, engine="daft", progress=stop)
    assert 0 < len(list((tmp_path / "d").glob("parts/*.json"))) < 10
    scan(corpus, tmp_path / "d", workers=1)
    assert contents(tmp_path / "d") == undisturbed


def test_what_is_shipped_gives_the_rows_of_the_file(corpus: Path, tmp_path: Path) -> None:
    file = tmp_path / "taxonomy.yaml"
    file.write_text(scan_lab.TAXONOMY, encoding="utf-8")
    reader = Reader.of(load_taxonomy(file), Settings())
    options = ReadOptions(limits=Limits(file_bytes=250))
    long = corpus / "long.txt"
    paths = [*sorted(corpus.glob("d01*")), corpus / "not there.txt", long]
    long.write_text("长" * 100, encoding="utf-8")
    try:
        items = [Item(Source(one.name, str(one), options=options), 0, "", 7, 9) for one in paths]
        record = Item(Source("r#1", "r.jsonl:1", data=b"", options=options, record="jsonl"), 0, "r", 7, 0)
        here = encode(scan_batch([*items, record], reader))
        ready = shipped([*items, record], with_bytes=True)
        away = pickle.dumps(ready)
    finally:
        long.unlink()
    assert all(one.item.source.data is not None or one.fault for one in ready)
    assert [one.fault.code for one in ready if one.fault] == ["P301", "P312"]
    assert scan_shipment(pickle.loads(away), reader) == here


def test_a_worker_that_dies_is_told_and_the_pool_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    import deadly_udf

    from polcmp.scan import daft_udf

    folder = write_folder(tmp_path / "c", 40)
    (folder / "d038.txt").write_text("poison", encoding="utf-8")
    (folder / "poison.txt").write_text("石门县简报\n选派驻村干部2名。\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setattr(daft_udf, "Batches", deadly_udf.Batches)
    with pytest.raises(InternalError, match="P122 a worker of Daft was lost") as lost:
        scan(folder, tmp_path / "s", workers=1, engine="daft")
    assert "--engine pool" in lost.value.hint
    committed = len(list((tmp_path / "s").glob("parts/*.json")))
    assert committed >= 1
    scan(folder, tmp_path / "s", workers=0)
    assert len(found(tmp_path / "s")) == 41


def test_workers_of_another_version_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polcmp.__version__", "99.0")
    with pytest.raises(InternalError, match=r"P123 .* polcmp .* is installed there, 99\.0 here"):
        scan(write_folder(tmp_path / "c", 2), tmp_path / "s", workers=1, engine="daft")


def test_daft_is_told_to_report_nothing() -> None:
    """Before it is imported; in a process of its own, since here it may have been."""
    program = (
        "from polcmp.scan import quiet_daft; quiet_daft.daft();"
        "from daft import scarf_telemetry; import os;"
        "assert scarf_telemetry.opted_out();"
        "print(os.environ['RAY_USAGE_STATS_ENABLED'])"
    )
    left_out = ("DO_NOT_TRACK", "SCARF_NO_ANALYTICS", "DAFT_ANALYTICS_ENABLED", "RAY_USAGE_STATS_ENABLED")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True
    )
    assert ran.stdout == "0\n"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"engine": "spark"}, "P407 there is no engine 'spark'"),
        ({"engine": "pool", "address": "auto"}, "P407 the pool works on this machine only"),
        ({"address": "auto", "workers": 2}, "P407 a cluster works with all its processors"),
        ({"address": "head"}, "P407 'head' is no address"),
        ({"address": "ray://head"}, "P407 'ray://head' is no address"),
        ({"address": "head:99999"}, "P407 'head:99999' is no address"),
    ],
)
def test_slips_are_told_before_anything_begins(tmp_path: Path, asked: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        scan(write_folder(tmp_path / "c", 1), tmp_path / "s", **asked)
    assert not (tmp_path / "s").exists()


def test_an_address_where_nothing_listens_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ray")
    monkeypatch.setattr("daft.daft.get_runner", lambda: None)
    monkeypatch.setattr(quiet_daft, "_connected", [])
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    begun = time.monotonic()
    with pytest.raises(UsageError, match="P458 no Ray cluster can be reached") as fault:
        scan(write_folder(tmp_path / "c", 1), tmp_path / "s", address=f"ray://127.0.0.1:{port}")
    assert time.monotonic() - begun < 10
    assert fault.value.where == f"--address ray://127.0.0.1:{port}"


@pytest.mark.parametrize("missing", ["daft", "ray"])
def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    from importlib import util

    there = util.find_spec
    monkeypatch.setattr(quiet_daft, "find_spec", lambda name: None if name == missing else there(name))
    with pytest.raises(
        UsageError, match=rf"P413 .*{missing}.*\n  Install it: pip install 'polcmp\[cluster\]'"
    ):
        scan(write_folder(tmp_path / "c", 1), tmp_path / "s", engine="daft", address="auto")
