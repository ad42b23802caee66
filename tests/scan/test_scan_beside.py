"""A store that stands in the folder it was made from is no part of the corpus."""

from __future__ import annotations

from pathlib import Path

from scan_lab import scan

from polcmp.load import collect


def test_a_store_in_a_compared_folder_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲县选派第一书记29名。", encoding="utf-8")
    scan(tmp_path, tmp_path / "store")
    assert (tmp_path / "store" / "lock").exists()  # a name without ending, as a document may have
    found = collect([str(tmp_path)])
    assert [source.name for source in found.sources] == ["a.txt"]
    assert not found.errors
