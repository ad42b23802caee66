"""Rows and back, the divisions of a region's name, and commit records that cannot be used."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from polcmp.api import Result
from polcmp.errors import UsageError
from polcmp.model.comparison import DocumentFacts, DroppedMention
from polcmp.model.mention import Figure, Mention, Part
from polcmp.store.divisions import divisions
from polcmp.store.layout import committed_parts, read_manifest
from polcmp.store.schema import (
    TABLES,
    arrow_schema,
    arrow_table,
    columns,
    dropped_of,
    facts_of,
    mention_of,
    rows_of,
)


def test_rows_undone_are_what_they_were_made_of(seeds_result: Result) -> None:
    for document in seeds_result.documents:
        raw = seeds_result.raw(document.facts.name)
        rows = rows_of(document, raw, "key", 3, [1, 2**32 - 1])
        tables = {name: arrow_table(name, getattr(rows, name)).to_pylist() for name in TABLES}
        assert [facts_of(row) for row in tables["documents"]] == [document.facts]
        assert tuple(map(mention_of, tables["mentions"])) == document.mentions
        assert tuple(map(dropped_of, tables["dropped"])) == document.dropped
        assert {(row["source"], row["generation"]) for row in tables["mentions"]} <= {("key", 3)}
        assert tables["documents"][0]["signature"] == [1, 2**32 - 1]
        for row in tables["mentions"]:
            assert row["sentence_text"] == raw[row["sentence_start"] : row["sentence_end"]]


def test_every_field_of_the_nouns_has_a_column() -> None:
    """A new field of the model has to find its way into the store, or be left out on purpose."""
    renamed = {
        "name": "document",
        "location": "region",
        "source": "stated_source",
        "raw_span": "start",
        "raw_sentence": "sentence_text",
        "reading": "status_cue",
    }
    for noun, table in ((DocumentFacts, "documents"), (Mention, "mentions")):
        names = {renamed.get(one.name, one.name) for one in fields(noun)}
        assert names <= set(columns(table))
    assert {renamed.get(one, one) for one in DroppedMention._fields} <= set(columns("dropped"))
    for noun, name in ((Figure, "figures"), (Part, "parts")):
        inside = {field.name for field in arrow_schema("mentions").field(name).type.value_type}
        assert {*noun._fields, "start", "end"} - {"folded_span"} == inside


def test_halves_of_characters_can_be_written() -> None:
    row = {**dict.fromkeys(columns("errors"), "a\ud800b"), "generation": 0}
    (back,) = arrow_table("errors", [row]).to_pylist()
    assert back["message"] == "a\ufffdb"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("内蒙古自治区呼伦贝尔市陈巴尔虎旗", ("内蒙古自治区", "呼伦贝尔市", "陈巴尔虎旗")),
        (
            "内蒙古自治区阿拉善盟阿拉善高新技术产业开发区",
            ("内蒙古自治区", "阿拉善盟", "阿拉善高新技术产业开发区"),
        ),
        ("北京市海淀区", ("北京市", "", "海淀区")),
        ("聂荣县", ("西藏自治区", "那曲市", "聂荣县")),
        ("广东省东莞市", ("广东省", "东莞市", "")),
        ("江苏省南京市鼓楼区", ("江苏省", "南京市", "鼓楼区")),
        ("鼓楼区", ("", "", "鼓楼区")),
        ("云溪虚构县", ("", "", "云溪虚构县")),
        ("重庆市", ("重庆市", "", "")),
        ("", ("", "", "")),
    ],
)
def test_divisions_of_a_name(name: str, parts: tuple[str, str, str]) -> None:
    assert divisions(name) == parts


def test_folders_that_are_no_store(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read_manifest(tmp_path)
    assert caught.value.code == "P451"
    for content in ("[]", '{"schema": "polcmp/store/0"}', '{"schema": "polcmp/store/2"}', "{"):
        (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
        with pytest.raises(UsageError) as caught:
            read_manifest(tmp_path)
        assert caught.value.code == "P452"


def test_a_commit_record_under_another_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    record = {"schema": "polcmp/store/2", "part": "000000-0123456789", "superseding": 0, "files": {}}
    (tmp_path / "parts" / "000001-0123456789.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(UsageError, match="a part is damaged"):
        committed_parts(tmp_path)
    told: list[str] = []
    assert committed_parts(tmp_path, lambda path, reason: told.append(reason)) == []
    assert len(told) == 1
