"""Slips that must not cost what a store holds: other corpora, other files, names that look like globs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import polcmp
from polcmp.errors import UsageError

FIRST = "云坪县工作简报\n云坪县选派第一书记29名到村任职。\n"
SECOND = "平川县工作简报\n平川县36家企业与36个村结对共建。\n"


def corpus(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "report.txt").write_text(text, encoding="utf-8")
    return folder


def regions(store: Path) -> set[str]:
    return {one.name for one in polcmp.compare(store).regions}


def test_a_second_corpus_with_the_same_names_replaces_nothing(tmp_path: Path) -> None:
    first, second = corpus(tmp_path / "2021", FIRST), corpus(tmp_path / "2022", SECOND)
    store = tmp_path / "store"
    polcmp.scan_corpus([str(first)], str(store), workers=0)
    polcmp.scan_corpus([str(second)], str(store), workers=0)
    assert regions(store) == {"云坪县", "平川县"}
    again = polcmp.scan_corpus([str(second)], str(store), workers=0)
    assert (again.documents, again.unchanged) == (0, 1)


def test_a_file_that_moved_is_the_same(tmp_path: Path) -> None:
    first = corpus(tmp_path / "old", FIRST)
    store = tmp_path / "store"
    polcmp.scan_corpus([str(first)], str(store), workers=0)
    moved = first.rename(tmp_path / "new")
    report = polcmp.scan_corpus([str(moved)], str(store), workers=0)
    assert (report.documents, report.unchanged, report.vanished) == (0, 1, 0)


def test_a_slip_with_restart_keeps_the_store(tmp_path: Path) -> None:
    first, store = corpus(tmp_path / "corpus", FIRST), tmp_path / "store"
    polcmp.scan_corpus([str(first)], str(store), workers=0)
    with pytest.raises(UsageError, match="P401"):
        polcmp.scan_corpus([str(tmp_path / "corpsu")], str(store), workers=0, restart=True)
    assert regions(store) == {"云坪县"}


@pytest.mark.parametrize(
    ("name", "text"), [("manifest.json", '{"name": "an extension"}'), ("taxonomy.yaml", "version: 1\n")]
)
def test_somebody_elses_files_are_left_alone(tmp_path: Path, name: str, text: str) -> None:
    first, other = corpus(tmp_path / "corpus", FIRST), tmp_path / "other"
    other.mkdir()
    (other / name).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="P455"):
        polcmp.scan_corpus([str(first)], str(other), workers=0)
    assert (other / name).read_text(encoding="utf-8") == text


def test_a_store_whose_name_looks_like_a_glob(tmp_path: Path) -> None:
    first, second = corpus(tmp_path / "a", FIRST), corpus(tmp_path / "b", SECOND)
    for inputs, name in ((first, "y[1]"), (second, "y1"), (second, "y*")):
        polcmp.scan_corpus([str(inputs)], str(tmp_path / name), workers=0)
    for name, found in (("y[1]", {"云坪县"}), ("y1", {"平川县"}), ("y*", {"平川县"})):
        assert regions(tmp_path / name) == found
        summary = tmp_path / name / "summary"
        (summary / "summary.json").unlink()
        assert regions(tmp_path / name) == found, "from the parts"
    assert json.loads((tmp_path / "y1" / "manifest.json").read_text(encoding="utf-8"))["complete"]
