"""A summary changes no answer: not when it is fresh, out of date, damaged or taken away while it is read."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from store_lab import make_store, result_rows, write_rows

from polcmp.api import Result, compare
from polcmp.model.comparison import ROW_KINDS, Comparison, DocumentResult, RowOptions
from polcmp.scanned import scan_corpus
from polcmp.store import load, narrow, summarise
from polcmp.store.layout import committed_parts, read_manifest
from polcmp.store.literals import bound, numbers, texts
from polcmp.store.reader import opened
from polcmp.store.summary import NARROW_TABLES, Summary, read_summary
from polcmp.stored import Wanted, compare_store

QUESTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"regions": ["鼓楼区", "扎赉特旗"]},
    {"measures": ["joint_committee", "dividend"], "statuses": ["planned", "lacking"]},
    {"min_score": 0.9, "rows": RowOptions(sort="first")},
    {"rows": RowOptions(sort="mentions", page=2, page_size=3, first=True)},
    *({"rows": RowOptions(by=by, rates=True, first=True)} for by in ROW_KINDS),
)


def of_summary(folder: Path) -> Summary | None:
    return read_summary(folder, read_manifest(folder), committed_parts(folder))


@pytest.fixture(scope="module")
def plain(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store, with documents of the same bytes and one that was read again."""
    folder = tmp_path_factory.mktemp("plain") / "store"
    shutil.copytree(store, folder)
    old = compare(folder).documents[0]
    fresh = DocumentResult(replace(old.facts, title="虚构的新题"), old.mentions[:1], ())
    write_rows(folder, 3, result_rows([(fresh, " " * 10_000)], generation=1))
    return folder


@pytest.fixture(scope="module")
def summed(plain: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a summary."""
    folder = tmp_path_factory.mktemp("summed") / "store"
    shutil.copytree(plain, folder)
    assert summarise.summarise(folder)
    assert of_summary(folder) is not None
    return folder


@pytest.mark.parametrize("quotations", [-1, 0, 2])
@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_a_summary_changes_no_answer(
    plain: Path, summed: Path, question: dict[str, Any], quotations: int
) -> None:
    assert of_summary(plain) is None
    expected = compare(plain, **question, quotations=quotations).comparison
    assert compare(summed, **question, quotations=quotations).comparison == expected
    assert expected.cells


@pytest.mark.parametrize("number", [0, 3, 12])
def test_one_document_of_a_summed_store(plain: Path, summed: Path, number: int) -> None:
    wanted = Wanted(document=f"{number:03d}.txt")
    assert compare_store(summed, wanted).comparison == compare_store(plain, wanted).comparison


def test_many_regions_and_mentions(plain: Path, summed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = compare(plain, quotations=2).comparison
    monkeypatch.setattr(narrow, "FEW_REGIONS", 1)
    monkeypatch.setattr(load, "FEW_IDS", 1)
    assert compare(summed, quotations=2).comparison == expected


def test_a_summary_out_of_date_is_not_used(summed: Path, tmp_path: Path) -> None:
    own = tmp_path / "store"
    shutil.copytree(summed, own)
    old = compare(own).documents[1]
    moved = DocumentResult(replace(old.facts, title="虚构的另一题"), (), ())
    write_rows(own, 4, result_rows([(moved, "")], generation=1))
    assert of_summary(own) is None
    assert len(compare(own, quotations=0).comparison.cells) > 0
    assert _mentions(compare(own, quotations=0).comparison) < _mentions(
        compare(summed, quotations=0).comparison
    )


def _mentions(comparison: Comparison) -> int:
    return sum(cell.total for cell in comparison.cells)


def spoil(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4 : len(data) - 8] = bytes(len(data) - 12)
    file.write_bytes(bytes(data))


@pytest.mark.parametrize("damage", [spoil, Path.unlink])
@pytest.mark.parametrize("table", NARROW_TABLES)
def test_a_damaged_summary_is_done_without(
    plain: Path, summed: Path, tmp_path: Path, table: str, damage: Any
) -> None:
    own = tmp_path / "store"
    shutil.copytree(summed, own)
    found = of_summary(own)
    assert found
    damage(found.path(table))
    rows = RowOptions(first=True)
    expected = compare(plain, rows=rows, quotations=1).comparison
    assert compare(own, rows=rows, quotations=1).comparison == expected


def test_a_summary_taken_away_under_a_reader(plain: Path, summed: Path, tmp_path: Path) -> None:
    """A scan that ends while a question is asked puts another summary in its place."""
    own = tmp_path / "store"
    shutil.copytree(summed, own)
    found = of_summary(own)
    assert found
    original = summarise.make_narrow

    def late(store: Any) -> None:
        original(store)
        if store.summary is not None:
            found.path("telling").unlink(missing_ok=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("polcmp.store.question.make_narrow", late)
        assert compare(own, quotations=0).comparison == compare(plain, quotations=0).comparison
    assert not found.path("telling").exists()


def test_the_same_parts_make_the_same_summary(corpus: Path, tmp_path: Path) -> None:
    for name in "ab":
        summarise.summarise(make_store(tmp_path / name, corpus, parts=3))
    files = {
        name: {path.name: path.read_bytes() for path in (tmp_path / name / "summary").iterdir()}
        for name in "ab"
    }
    assert files["a"] == files["b"]
    assert len(files["a"]) == len(NARROW_TABLES) + 1


def test_copies_are_found_a_few_regions_at_a_time(
    plain: Path, summed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "store"
    shutil.copytree(plain, own)
    monkeypatch.setattr(summarise, "DOCUMENTS_AT_ONCE", 5)
    assert summarise.summarise(own)
    one, other = of_summary(own), of_summary(summed)
    assert one
    assert other
    assert one.hashes == other.hashes


def test_a_scan_writes_it_and_replaces_it(corpus: Path, taxonomy: Path, tmp_path: Path) -> None:
    own, store = tmp_path / "documents", tmp_path / "scanned"
    shutil.copytree(corpus, own)
    scan_corpus(own, store, taxonomy=taxonomy, workers=0)
    first = sorted(path.name for path in (store / "summary").iterdir())
    assert of_summary(store) is not None
    (own / "new.txt").write_text("虚构的报告\n\n全县选派第一书记7名。\n", encoding="utf-8")
    scan_corpus(own, store, taxonomy=taxonomy, workers=0)
    second = sorted(path.name for path in (store / "summary").iterdir())
    assert of_summary(store) is not None
    assert len(second) == len(first)
    assert set(second) & set(first) == {"summary.json"}
    documents = compare(own, taxonomy=taxonomy, quotations=0).comparison
    assert _mentions(compare(store, quotations=0).comparison) == _mentions(documents)


def test_none_is_left_where_it_cannot_be_made(
    plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "store"
    shutil.copytree(plain, own)
    monkeypatch.setattr(summarise, "MEMORY", ("1KB",))
    assert not summarise.summarise(own)
    assert not list((own / "summary").iterdir())
    assert _same(compare(own), compare(plain))


def _same(one: Result, other: Result) -> bool:
    return one.comparison == other.comparison


WORDS = ("", "聂荣县", "it's", "a?b", "%s $1 ?", 'a"b', "a\\nb\n", "\x1e", "零\0零")


def test_values_are_read_as_they_were_given(store: Path) -> None:
    with opened(store) as one:
        for word in WORDS:
            assert one.run("SELECT ?, ? = ?", (word, word, word)) == [(word, True)]
        assert [found for (found,) in one.run(f"SELECT unnest({texts(WORDS)})")] == list(WORDS)
        plain = [word for word in WORDS if "\x1e" not in word]
        assert [found for (found,) in one.run(f"SELECT unnest({texts(plain)})")] == plain
        assert one.run("SELECT ?, ?", (0.1 + 0.2, 7)) == [(0.1 + 0.2, 7)]
        assert one.run("SELECT ?, ?", ([True, False], ["a", "b"])) == [([True, False], ["a", "b"])]
        assert one.run("SELECT ?", ("\udce6",)) == [("�",)]
        assert one.run(f"SELECT {numbers(range(3))}, {numbers([])}, {texts([])}") == [([0, 1, 2], [], [])]


def test_values_have_to_be_as_many_as_their_places() -> None:
    with pytest.raises(ValueError, match="2 values for 1 places"):
        bound("SELECT ?", ("a", "b"))
