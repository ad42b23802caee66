"""A store of which a byte has changed says so, instead of answering from it."""

from __future__ import annotations

from pathlib import Path

import pytest

import polcmp
from polcmp.errors import UsageError


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("云坪县选派第一书记29名到村任职。\n", encoding="utf-8")
    store = tmp_path / "store"
    polcmp.scan_corpus([str(tmp_path / "report.txt")], str(store), workers=0)
    assert polcmp.compare(store).mentions
    (file,) = (store / "parts").glob("*.mentions.parquet")
    data = bytearray(file.read_bytes())
    for at in (len(data) // 4, len(data) // 2):
        data[at] ^= 4
        file.write_bytes(bytes(data))
        with pytest.raises(UsageError, match="P453"):
            polcmp.compare(store)
        data[at] ^= 4
    file.write_bytes(bytes(data))
    assert polcmp.compare(store).mentions
