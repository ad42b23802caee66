"""The analysis of a batch is one pure function: the same rows however documents are put together."""

from pathlib import Path

import pytest

from polcmp.api import load_taxonomy
from polcmp.load import collect
from polcmp.pipeline import Reader
from polcmp.scan import Item, scan_batch
from polcmp.scan.encoded import decode, encode
from polcmp.scan.signature import signature
from polcmp.settings import Settings
from polcmp.store.schema import TABLES, Rows, arrow_table


@pytest.fixture(scope="module")
def reader(checkout: Path) -> Reader:
    return Reader.of(load_taxonomy(checkout / "measures.yaml"), Settings())


@pytest.fixture(scope="module")
def items(checkout: Path) -> list[Item]:
    return [Item(source, 0, "", 1, 2) for source in collect([str(checkout / "seeds")]).sources]


def test_batches_change_no_row(items: list[Item], reader: Reader) -> None:
    whole, single = scan_batch(items, reader), Rows()
    for item in items:
        single.add(scan_batch([item], reader))
    assert single == whole
    assert [row["source"] for row in whole.documents] == [item.source.name for item in items]
    assert len(whole.mentions) > 50


def test_a_fault_of_ours_costs_one_document(
    items: list[Item], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Reader.read

    def faulty(self: Reader, document: object) -> object:
        if document.name == items[1].source.name:  # type: ignore[attr-defined]
            raise ZeroDivisionError("invented")
        return read(self, document)  # type: ignore[arg-type]

    monkeypatch.setattr(Reader, "read", faulty)
    rows = scan_batch(items, reader)
    assert (len(rows.documents), len(rows.errors), len(rows.sources)) == (4, 1, 5)
    assert rows.errors[0]["code"] == rows.sources[1]["code"] == "P120"
    assert "ZeroDivisionError: invented" in rows.errors[0]["message"]


def test_rows_travel_unchanged(items: list[Item], reader: Reader) -> None:
    rows = scan_batch(items, reader)
    encoded = encode(rows)
    assert (encoded.documents, encoded.mentions, encoded.failed) == (5, len(rows.mentions), 0)
    back = decode(encoded)
    assert set(back) == set(TABLES) - {"errors"}
    for name, table in back.items():
        assert table.equals(arrow_table(name, getattr(rows, name)))


def test_copies_have_like_signatures(checkout: Path) -> None:
    paths = sorted((checkout / "seeds").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    sketches = [signature(one) for one in texts]

    def alike(one: list[int], other: list[int]) -> float:
        return sum(a == b for a, b in zip(one, other, strict=True)) / 64

    copy = signature("转载：某网 编辑：某某\n" + texts[0].replace("。", " 。 \n"))
    assert alike(sketches[0], copy) > 0.9
    assert all(alike(sketches[0], other) < 0.4 for other in sketches[1:])
    assert signature("") == signature("Latin only, 12") == []
