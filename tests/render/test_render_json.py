from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from render_samples import RAW, TEXTS, Found, Text, compare, sample

from polcmp.errors import UsageError
from polcmp.render import FORMATS, RenderOptions, render
from polcmp.render.schema import compare_schema

SCHEMA = json.loads(compare_schema())


def test_schema_is_valid_and_holds() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads(render(sample(), "json")), SCHEMA)


def test_schema_holds_for_nothing() -> None:
    got = json.loads(render(compare([]), "json"))
    jsonschema.validate(got, SCHEMA)
    assert got["mentions"] == got["cells"] == got["documents"] == got["warnings"] == []


def _required(schema: dict[str, object]) -> list[str]:
    """Keys that are always there, in the order in which the schema describes them."""
    return [key for key in schema["properties"] if key in schema["required"]]  # type: ignore[operator, attr-defined]


def test_keys_stand_in_the_documented_order() -> None:
    got = json.loads(render(sample(), "json"))
    assert list(got) == SCHEMA["required"] == _required(SCHEMA)
    for key in ("document", "region", "measure", "mention", "dropped", "cell", "error"):
        rows = got["dropped" if key == "dropped" else f"{key}s"]
        assert rows, key
        assert list(rows[0]) == SCHEMA["$defs"][key]["required"] == _required(SCHEMA["$defs"][key])


def test_quotes_stand_where_they_say() -> None:
    got = json.loads(render(sample(), "json"))
    for row in got["mentions"] + got["dropped"]:
        assert RAW[row["document"]][row["start"] : row["end"]] == row["quote"]
    for row in got["mentions"]:
        assert row["sentence"]["start"] <= row["start"] < row["end"] <= row["sentence"]["end"]
        assert sum(part["points"] for part in row["parts"]) == pytest.approx(row["score"], abs=0.001)


def test_cells_point_at_mentions() -> None:
    got = json.loads(render(sample(), "json"))
    of_id = {row["id"]: row for row in got["mentions"]}
    assert len(got["cells"]) == len(got["regions"]) * len(got["measures"])
    for cell in got["cells"]:
        assert sum(cell["counts"].values()) == len(cell["mentions"])
        assert {of_id[one]["measure"] for one in cell["mentions"]} <= {cell["measure"]}
        assert bool(cell["status"]) != bool(cell["zero"])


def test_chinese_is_readable_and_numbers_are_whole() -> None:
    text = render(sample(), "json")
    assert "扎赉特旗" in text
    assert '"value": 196,' in text


def test_jsonl_is_one_mention_a_line() -> None:
    whole = json.loads(render(sample(), "json"))
    lines = render(sample(), "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == whole["mentions"]
    assert render(compare([]), "jsonl") == ""


def hostile() -> Iterator[str]:
    yield "\x1b[31m红\x1b[0m"
    yield "\x9b31m\x85\u2028\u2029"
    yield "半\ud800个"
    yield 'a"b\\c\n\t\0'


@pytest.mark.parametrize("words", list(hostile()))
def test_hostile_text_stays_inside_its_string(words: str) -> None:
    raw = f"县里{words}驻村工作队。\n"
    comparison = compare([Text("h.txt", "聂荣县", "", raw, [Found(f"{words}驻村", "cadre_dispatch")])])
    for name in ("json", "jsonl"):
        text = render(comparison, name)
        text.encode("utf-8")
        assert not any((ord(one) < 32 and one != "\n") or 0x7F <= ord(one) < 0xA0 for one in text)
        assert len(text.splitlines()) == text.count("\n")
        rows: Any = json.loads(text)
        quote = rows["quote"] if name == "jsonl" else rows["mentions"][0]["quote"]
        assert quote == f"{words}驻村"


def test_order_of_documents_changes_nothing() -> None:
    assert render(compare(TEXTS[::-1]), "json") == render(compare(TEXTS), "json")


def test_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="P410"):
        render(sample(), "docx")


def test_every_format_renders() -> None:
    for name in FORMATS:
        assert render(sample(), name, RenderOptions()).endswith("\n"), name


def test_schema_file_is_packaged() -> None:
    assert (Path(__file__).parents[2] / "polcmp/data/compare.schema.json").read_text(
        "utf-8"
    ) == compare_schema()
