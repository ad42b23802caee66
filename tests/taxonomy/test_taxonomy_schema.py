"""The JSON Schema takes what the loader takes, and knows the same keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from polcmp.errors import TaxonomyError
from polcmp.taxonomy import entries, json_schema, load, load_taxonomy
from polcmp.taxonomy.pattern import LONGEST_GAP, SLOTS

TESTS = Path(__file__).parent.parent
SAMPLES = [
    TESTS / "data" / "water_taxonomy.yaml",
    TESTS.parent / "measures.yaml",
    *sorted((TESTS / "golden" / "taxonomy").glob("*.yaml")),
]
NOT_FOR_A_SCHEMA = {  # faults of the notation, or between entries, that a schema cannot say
    "duplicate_id",
    "duplicate_key",
}


def is_valid(value: Any) -> bool:
    return bool(jsonschema.Draft202012Validator(json_schema()).is_valid(value))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_loads_is_valid(path: Path) -> None:
    if not path.exists():
        pytest.skip("no such sample")
    try:
        load_taxonomy(path)
    except TaxonomyError:
        return
    assert is_valid(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "name",
    [
        "unknown_key",
        "unknown_key_in_entry",
        "quote_list",
        "quote_colon",
        "not_a_mapping",
        "no_measures",
        "wrong_version",
        "missing_id",
        "missing_patterns",
        "invalid_id",
        "wrong_types",
        "empty_pattern",
        "list_empty",
        "list_name",
        "scope_unknown",
    ],
)
def test_faults_of_form_are_invalid(name: str) -> None:
    text = (TESTS / "golden" / "taxonomy" / f"{name}.yaml").read_text(encoding="utf-8")
    assert not is_valid(yaml.safe_load(text))


def test_same_keys_as_the_loader() -> None:
    schema = json_schema()
    defs = schema["$defs"]
    assert set(schema["properties"]) == load.TOP_KEYS
    assert set(defs["measure"]["properties"]) == load.MEASURE_KEYS
    assert set(defs["form"]["properties"]) == load.FORM_KEYS
    assert set(defs["measure"]["properties"]["examples"]["properties"]) == load.EXAMPLE_KEYS
    pattern = defs["patterns"]["items"]["anyOf"][1]["properties"]
    exclusion = defs["exclude"]["items"]["anyOf"][1]["properties"]
    assert set(pattern) == entries.PATTERN_KEYS
    assert set(exclusion) == entries.EXCLUDE_KEYS
    assert tuple(exclusion["scope"]["enum"]) == entries.SCOPES
    assert defs["gap"]["maximum"] == LONGEST_GAP
    assert tuple(defs["terms"]["propertyNames"]["not"]["enum"]) == SLOTS


def test_every_key_is_described() -> None:
    defs = json_schema()["$defs"]
    for key, value in defs["measure"]["properties"].items():
        target = defs[value["$ref"].rsplit("/", 1)[1]] if set(value) == {"$ref"} else value
        assert target.get("description"), key
