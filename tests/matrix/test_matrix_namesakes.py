"""Warnings of counties of one name that share a row, and of many copies. All texts are invented."""

from __future__ import annotations

from pathlib import Path

import polcmp
from polcmp.matrix.build import MOST_NAMED, copy_warning
from polcmp.matrix.namesakes import MOST_NAMESAKES, namesake_warnings

PLACES = "江苏省南京市鼓楼区, 福建省福州市鼓楼区"
SHARE = f"names of several places share a row: 鼓楼区 ({PLACES}); --by county parts them"


def corpus(folder: Path) -> Path:
    (folder / "a.txt").write_text(
        "江苏省南京市鼓楼区选派干部\n江苏省南京市鼓楼区选派5名第一书记。\n", "utf-8"
    )
    (folder / "b.txt").write_text(
        "福建省福州市鼓楼区组建党委\n福建省福州市鼓楼区组建3个联村党委。\n", "utf-8"
    )
    (folder / "c.txt").write_text("重庆市云阳县选派干部\n云阳县选派5名第一书记。\n", "utf-8")
    return folder


def test_two_places_of_one_name_are_told(tmp_path: Path) -> None:
    result = polcmp.compare(corpus(tmp_path), taxonomy=Path(__file__).parents[2] / "measures.yaml")
    assert SHARE in result.comparison.warnings
    assert [one.full_name for one in result.comparison.regions][-1] == "重庆市云阳县"
    apart = polcmp.compare(
        corpus(tmp_path),
        taxonomy=Path(__file__).parents[2] / "measures.yaml",
        rows=polcmp.RowOptions(by="county"),
    )
    assert SHARE not in apart.comparison.warnings and len(apart.comparison.regions) == 3


def test_a_shorter_form_is_the_same_place() -> None:
    assert (
        namesake_warnings(
            [("青岷县", "陇南市青岷县"), ("青岷县", "甘肃省陇南市青岷县"), ("", "x"), ("青岷县", "")]
        )
        == ()
    )


def test_many_are_counted() -> None:
    places = [(f"{n}区", f"{city}{n}区") for n in range(MOST_NAMESAKES + 2) for city in ("甲市", "乙市")]
    (said,) = namesake_warnings(places)
    assert said.count("甲市") == MOST_NAMESAKES and "and 2 more; --by county" in said


def test_many_copies_are_counted() -> None:
    said = copy_warning([f"{number:03}.txt" for number in range(MOST_NAMED + 5)])
    assert said.startswith("000.txt, 001.txt") and f"{MOST_NAMED - 1:03}.txt and 5 more are copies" in said
