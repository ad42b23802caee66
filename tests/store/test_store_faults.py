"""Stores that are damaged, unfinished, written twice; documents and libraries that are not there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from store_lab import CHECKOUT, make_store, open_folder, result_rows, write_rows

from polcmp.api import Result, compare
from polcmp.errors import DocumentError, UsageError
from polcmp.matrix import leading_figures
from polcmp.model.comparison import DocumentResult, Failure
from polcmp.store import copies, scratch
from polcmp.store.layout import committed_parts
from polcmp.store.reader import opened


@pytest.fixture
def own(corpus: Path, tmp_path: Path) -> Path:
    """A store that a test may damage."""
    return make_store(tmp_path / "store", corpus, parts=3)


def spoil_length(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-10])


def spoil_bytes(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4 : len(data) - 8] = bytes(len(data) - 12)
    file.write_bytes(bytes(data))


@pytest.mark.parametrize("spoil", [spoil_length, spoil_bytes, Path.unlink])
def test_a_damaged_part_is_named(own: Path, spoil: object) -> None:
    part = committed_parts(own)[1]
    spoil(part.path("mentions"))  # type: ignore[operator]
    with pytest.raises(UsageError) as raised:
        compare(own)
    assert raised.value.code == "P453"
    assert part.id in str(raised.value)
    assert "scan again" in raised.value.hint.lower()


def test_a_part_without_commit_record_does_not_exist(own: Path) -> None:
    part = committed_parts(own)[0]
    gone = {row["document"] for row in _rows(own, "documents", part.id)}
    (part.folder / f"{part.id}.json").unlink()
    left = {one.facts.name for one in compare(own).documents}
    assert gone
    assert not gone & left


def _rows(store: Path, table: str, part: str) -> list[dict[str, object]]:
    import pyarrow.parquet as pq

    rows: list[dict[str, object]] = pq.read_table(store / "parts" / f"{part}.{table}.parquet").to_pylist()
    return rows


def test_rows_of_an_earlier_reading_are_not_seen(own: Path, direct: Result) -> None:
    """A source that was read again: its old document, mentions and error are out of date."""
    old, failed, gone = (direct.documents[at] for at in (0, 1, 2))
    assert old.mentions
    fresh = DocumentResult(replace(old.facts, title="虚构的新题"), old.mentions[:1], ())
    rows = result_rows([(fresh, " " * 10_000)], [Failure(failed.facts.name, "P304", "no text", "")], 1)
    write_rows(own, 3, rows)
    found = compare(own)
    names = [one.facts.name for one in found.documents]
    assert failed.facts.name not in names
    assert gone.facts.name in names
    assert (
        next(one for one in found.documents if one.facts.name == old.facts.name).mentions == old.mentions[:1]
    )
    assert [one.path for one in found.comparison.errors] == [failed.facts.name]
    assert not [one for one in found.mentions if one.document == failed.facts.name]
    again = result_rows([(failed, " " * 10_000)], generation=2)
    write_rows(own, 4, again)
    found = compare(own)
    assert not found.comparison.errors
    assert failed.facts.name in {one.facts.name for one in found.documents}


def test_an_empty_and_an_unfinished_store(tmp_path: Path) -> None:
    open_folder(tmp_path / "store", complete=False)
    found = compare(tmp_path / "store").comparison
    assert (found.documents, found.regions, found.cells) == ((), (), ())
    assert "not finished" in found.warnings[0]
    assert "Nothing to compare" in compare(tmp_path / "store", quotations=0).render()


def test_signatures_find_the_same_copies(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bands of signatures and probes of fingerprints lead to the same groups."""
    probed = compare(own).comparison
    signed = own.parent / "signed"
    open_folder(signed)
    rows = result_rows([(one, " " * 10_000) for one in compare(own).documents])
    for row in rows.documents:
        row["signature"] = [value % 2**32 for value in row["fingerprint"]] or [1, 2, 3, 4]
    write_rows(signed, 0, rows)
    monkeypatch.setattr(copies, "MOST_BY_PROBES", 0)
    banded = compare(signed).comparison
    assert [one.sources for one in banded.cells] == [one.sources for one in probed.cells]
    assert any(one.sources < one.documents for one in probed.cells)


def test_no_disk_space_is_kept(store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    compare(store, quotations=0)
    with opened(store) as one:
        assert one.run("SELECT current_setting('memory_limit')")[0][0].startswith("953")
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


def test_memory_is_a_setting(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLCMP_STORE_MEMORY", "plenty")
    with pytest.raises(UsageError) as raised:
        compare(store)
    assert raised.value.code == "P415"
    monkeypatch.setenv("POLCMP_STORE_MEMORY", "256MB")
    assert compare(store).mentions


def test_a_missing_extra_is_named(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(UsageError) as raised:
        compare(store)
    assert raised.value.code == "P413"
    assert "pip install 'polcmp[scan]'" in raised.value.hint


def test_documents_that_changed_or_went(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"虚构县{name}情况\n\n虚构县选派第一书记29名。", encoding="utf-8")
    store = make_store(tmp_path / "store", folder)
    assert compare(store).raw("a.txt") == compare(folder).raw("a.txt")
    (folder / "a.txt").write_text("别的文字", encoding="utf-8")
    (folder / "b.txt").unlink()
    with pytest.raises(DocumentError) as raised:
        compare(store).raw("a.txt")
    assert raised.value.code == "P317"
    with pytest.raises(DocumentError):
        compare(store).raw("b.txt")


def test_sql_chooses_figures_as_the_matrix_does(direct: Result, store: Path) -> None:
    """Every cell of every kind of row, all figures; `leading_figures` is the rule."""
    from polcmp.model.comparison import RowOptions

    chosen = 0
    for by in ("region", "province", "month"):
        whole = compare(store, rows=RowOptions(by=by)).comparison
        of_id = {one.id: one for one in whole.mentions}
        measures = {one.id: one for one in whole.measures}
        counted = compare(store, rows=RowOptions(by=by), quotations=0).comparison
        for one, other in zip(whole.cells, counted.cells, strict=True):
            mentions = [of_id[i] for i in one.mentions if of_id[i].status == one.status]
            assert other.figures == leading_figures(mentions, measures[one.measure])[:4]
            chosen += len(other.figures)
    assert chosen > 50


def test_figures_per_unit_come_last_in_a_store_too(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    texts = {"a": "每村选派3名第一书记。为2个村选派第一书记。", "b": "每村选派3名第一书记。"}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(f"虚构{name}县：{text}", encoding="utf-8")
    (folder / "documents.yaml").write_text(
        "a.txt: {region: 聂荣县}\nb.txt: {region: 伊金霍洛旗}\n", encoding="utf-8"
    )
    kept = make_store(tmp_path / "store", folder, parts=1)
    for result in (compare(folder), compare(kept), compare(kept, quotations=0)):
        found = {one.region: one.figures for one in result.comparison.cells if one.figures}
        assert [(one.value, one.each) for one in found["聂荣县"]] == [(2, False), (3, True)]
        assert [(one.value, one.each) for one in found["伊金霍洛旗"]] == [(3, True)]


def test_plain_documents_need_no_database() -> None:
    code = (
        "import sys; from polcmp.api import compare; compare('seeds').render(); "
        "print([one for one in ('duckdb', 'pyarrow', 'polcmp.stored', 'polcmp.store') if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_no_folder_is_left_where_no_database_can_be_made(
    store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(UsageError, match="P413"), opened(store):
        pass
    assert not list(tmp_path.iterdir())


def test_folders_of_a_system_without_locks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As on Windows: nothing is taken for abandoned there, one's own folder goes after its lock is closed."""
    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(scratch, "_locks", {})
    monkeypatch.delattr(os, "getuid")
    monkeypatch.setitem(sys.modules, "fcntl", None)
    old = tmp_path / f"{scratch.COPY}old"
    old.mkdir()
    (old / scratch.LOCK).touch()
    os.utime(old, (0, 0))
    own = scratch.new_scratch(scratch.COPY)
    descriptor = scratch._locks[own]
    assert old.exists() and not scratch.is_abandoned(old)
    remove = shutil.rmtree

    def remove_unless_open(folder: Path, ignore_errors: bool = False) -> None:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(descriptor)
        remove(folder, ignore_errors=ignore_errors)

    monkeypatch.setattr(scratch.shutil, "rmtree", remove_unless_open)
    scratch.remove_scratch(own)
    assert not own.exists()
    monkeypatch.setitem(sys.modules, "fcntl", fcntl)
    assert scratch.is_abandoned(old), "where there are locks"
