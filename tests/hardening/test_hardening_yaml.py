"""YAML that is made to do harm: alias bombs, deep nesting, tags, endless faults. Texts are invented."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from polcmp import safe_yaml
from polcmp.api import check_taxonomy, compare
from polcmp.errors import DocumentError, TaxonomyError, UsageError
from polcmp.load import ReadOptions
from polcmp.load.sidecar import front_matter, read_sidecar
from polcmp.settings import MOST_DEPTH, Limits, limits_of
from polcmp.taxonomy import check, load_taxonomy

BOMB = "a0: &a0 [选派, 选派]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)
HARMFUL = {
    "brackets": "measures: " + "[" * 200_000,
    "braces": "measures: " + "{a: " * 100_000,
    "dashes": "measures:\n" + "- " * 100_000 + "x\n",
    "indents": "".join(" " * n + f"k{n}:\n" for n in range(2_000)),
    "bomb": BOMB + "measures: *a11\n",
    "itself": "measures: &m [*m]\n",
}
"""All of them valid beginnings of YAML, beyond a limit."""


@pytest.mark.parametrize("text", HARMFUL.values(), ids=HARMFUL)
def test_a_harmful_taxonomy(tmp_path: Path, text: str) -> None:
    path = tmp_path / "measures.yaml"
    path.write_text("version: 1\n" + text, encoding="utf-8")
    started = time.process_time()
    with pytest.raises(TaxonomyError) as error:
        load_taxonomy(path)
    assert error.value.code in ("P202", "P205")
    assert str(path) in error.value.where and ":" in error.value.where.removeprefix(str(path))
    assert time.process_time() - started < 5


@pytest.mark.parametrize("text", HARMFUL.values(), ids=HARMFUL)
def test_a_harmful_sidecar(tmp_path: Path, text: str) -> None:
    (tmp_path / "documents.yaml").write_text(text, encoding="utf-8")
    started = time.process_time()
    faults = read_sidecar(tmp_path).faults
    assert [fault.code for fault in faults] == ["P306"]
    assert faults[0].where.startswith(str(tmp_path / "documents.yaml:"))
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "value", ["[" * 30_000, "{a: " * 9_000, "&a [*a]", "!!python/object/apply:os.abort []"]
)
def test_harmful_front_matter(value: str) -> None:
    found, warnings = front_matter(f"---\n地区: 甲县\n来源: {value}\n---\n正文。\n")
    assert warnings or not found.source
    assert all(isinstance(one, str) for one in warnings)


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.abort []", "!!python/name:os.abort", "!include /etc/passwd"]
)
def test_tags_run_nothing(tmp_path: Path, tag: str) -> None:
    """`os.abort` would end the test run itself."""
    (tmp_path / "documents.yaml").write_text(f"a.txt: {{region: {tag}}}\n", encoding="utf-8")
    read_sidecar(tmp_path)
    taxonomy = tmp_path / "measures.yaml"
    taxonomy.write_text(
        f"version: 1\nmeasures: [{{id: a, name: {tag}, patterns: [选派]}}]\n", encoding="utf-8"
    )
    check(taxonomy)


def test_faults_without_end(tmp_path: Path) -> None:
    (tmp_path / "documents.yaml").write_text(
        "".join(f"f{n}.txt: 1\n" for n in range(100_000)), encoding="utf-8"
    )
    faults = read_sidecar(tmp_path).faults
    assert len(faults) == 200 and "more faults" in faults[-1].message
    assert all(isinstance(fault, DocumentError) for fault in faults)
    taxonomy = tmp_path / "measures.yaml"
    taxonomy.write_text("version: 1\n" + "".join(f"f{n}: 1\n" for n in range(100_000)), encoding="utf-8")
    assert len(check(taxonomy)) == 1_000


def test_aliases_within_limits_are_followed() -> None:
    root = safe_yaml.compose("a: &a [x, y]\nb: [*a, *a]\n", yaml.SafeLoader)
    assert root is not None and len(root.value) == 2
    assert root.value[1][1].value[0] is root.value[0][1]


def test_nesting_within_limits_is_read() -> None:
    deep = "[" * safe_yaml.DEEPEST + "]" * safe_yaml.DEEPEST
    assert safe_yaml.compose(deep, yaml.SafeLoader) is not None
    many = "[" + ", ".join(["[x]"] * 2_000) + "]"
    assert safe_yaml.compose(many, yaml.SafeLoader) is not None
    with pytest.raises(safe_yaml.YamlLimitError) as error:
        safe_yaml.compose("\n" + "[" * 1_500 + "]" * 1_500, yaml.SafeLoader)
    assert (error.value.line, error.value.column) == (2, safe_yaml.DEEPEST + 1)


MEASURES = "version: 1\nmeasures:\n  - {id: a, name: 甲, patterns: [选派, 派驻]}\n"
"""Four levels, fourteen nodes."""

WATER = load_taxonomy(Path(__file__).parents[2] / "tests" / "data" / "water_taxonomy.yaml")


def test_limits_are_settings_with_these_defaults() -> None:
    limits = Limits()
    assert (limits.yaml_depth, limits.yaml_entries) == (safe_yaml.DEEPEST, safe_yaml.MOST_NODES)
    assert limits_of(["yaml_depth=7", "yaml-bytes=1k"]) == Limits(yaml_depth=7, yaml_bytes=1024)
    assert limits_of([f"yaml_depth={MOST_DEPTH}"]).yaml_depth == MOST_DEPTH == safe_yaml.DEEPEST_EVER
    with pytest.raises(UsageError) as error:
        limits_of([f"yaml_depth={MOST_DEPTH + 1}"])
    assert (error.value.code, error.value.where) == ("P407", "--limit")


@pytest.mark.parametrize(
    ("name", "enough", "text"),
    [
        ("yaml_bytes", len(MEASURES.encode()), MEASURES),
        ("yaml_depth", 4, MEASURES),
        ("yaml_entries", 14, MEASURES),
        ("yaml_depth", 300, "name: " + "[" * 299 + "]" * 299 + "\n" + "# [[[[\n" * 200 + MEASURES),
    ],
)
def test_a_taxonomy_at_its_limits(tmp_path: Path, name: str, enough: int, text: str) -> None:
    path = tmp_path / "measures.yaml"
    path.write_text(text, encoding="utf-8")
    below, at = (Limits(**{name: number}) for number in (enough - 1, enough))
    told = [fault for fault in check_taxonomy(path, limits=below) if fault.code == "P202"]
    assert [f"--limit {name}" in fault.message for fault in told] == [True]
    assert f"{enough - 1:,}" in told[0].message
    with pytest.raises(TaxonomyError, match=f"--limit {name}"):
        load_taxonomy(path, limits=below)
    assert not [fault for fault in check(path, limits=at) if fault.code == "P202"]


@pytest.mark.parametrize(("name", "enough"), [("yaml_bytes", 42), ("yaml_depth", 2), ("yaml_entries", 7)])
def test_a_sidecar_at_its_limits(tmp_path: Path, name: str, enough: int) -> None:
    (tmp_path / "a.txt").write_text("选派第一书记29名。", encoding="utf-8")
    (tmp_path / "documents.yaml").write_text("a.txt: {region: 甲县, date: 2021-03-05}\n", encoding="utf-8")
    assert (tmp_path / "documents.yaml").stat().st_size == 42
    result = compare(tmp_path, taxonomy=WATER, options=ReadOptions(limits=Limits(**{name: enough})))
    assert not result.comparison.errors and [one.name for one in result.comparison.regions] == ["甲县"]
    result = compare(tmp_path, taxonomy=WATER, options=ReadOptions(limits=Limits(**{name: enough - 1})))
    (error,) = result.comparison.errors
    assert error.code == "P306" and f"--limit {name}" in error.message
    assert "not valid YAML" not in error.message
    if name != "yaml_bytes":
        assert f"--limit {name}=…" in error.hint
    assert len(result.documents) == 1  # read without it


@pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml.CSafeLoader])
@pytest.mark.parametrize("levels", [99, 150, 300])
@pytest.mark.parametrize("shape", ["brackets", "pairs", "indents", "dashes", "lists"])
def test_nesting_is_counted_at_any_limit(shape: str, levels: int, loader: type[yaml.SafeLoader]) -> None:
    text = {
        "brackets": "[" * levels + "]" * levels,
        "pairs": "[a: " * (levels // 2) + "[" * (levels % 2) + "]" * (levels - levels // 2),
        "indents": "".join(" " * n + "k:\n" for n in range(levels)),
        "dashes": "- " * levels + "x",
        "lists": "".join(" " * n + "k:\n" + " " * n + "-\n" for n in range(levels // 2))
        + (" " * (levels // 2) + "k:\n") * (levels % 2),
    }[shape]
    assert safe_yaml.compose(text, loader, depth=levels) is not None
    for limit in {levels - 1, levels // 2, 100, 200}:
        if limit < levels:
            with pytest.raises(safe_yaml.YamlLimitError, match=f"more than {limit} deep") as error:
                safe_yaml.compose(text, loader, depth=limit)
            assert error.value.limit == "yaml_depth"


def test_entries_are_counted_without_aliases_too() -> None:
    text = "[" + "x," * 999 + "x]"
    assert safe_yaml.compose(text, yaml.CSafeLoader, entries=1_001) is not None
    with pytest.raises(safe_yaml.YamlLimitError, match="more than 1,000 entries") as error:
        safe_yaml.compose(text, yaml.CSafeLoader, entries=1_000)
    assert error.value.limit == "yaml_entries"
    with pytest.raises(safe_yaml.YamlLimitError, match="more than 500,000 entries"):
        safe_yaml.compose("[" + "x," * 600_000 + "]", yaml.CSafeLoader)
    for short, nodes in (("?", 3), ("[? a,? b]", 7), ("{a,b}", 5)):
        assert safe_yaml.compose(short, yaml.CSafeLoader, entries=nodes) is not None
        with pytest.raises(safe_yaml.YamlLimitError):
            safe_yaml.compose(short, yaml.CSafeLoader, entries=nodes - 1)


def test_an_alias_of_itself_is_no_matter_of_limits(tmp_path: Path) -> None:
    (tmp_path / "documents.yaml").write_text(HARMFUL["itself"], encoding="utf-8")
    (fault,) = read_sidecar(tmp_path).faults
    assert "not valid YAML: an alias stands inside" in fault.message and "--limit" not in fault.hint


def test_front_matter_at_its_limits(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("---\n地区: 甲县\n日期: 2021-03-05\n---\n选派第一书记29名。", encoding="utf-8")
    for limits, told in ((Limits(yaml_entries=5), 0), (Limits(yaml_entries=4), 1), (Limits(yaml_depth=1), 0)):
        (document,) = compare(path, taxonomy=WATER, options=ReadOptions(limits=limits)).documents
        assert len([one for one in document.facts.warnings if "--limit yaml_entries" in one]) == told
        assert (document.facts.location.found_by == "front matter") is not bool(told)


def test_limits_hold_for_the_taxonomy_of_a_comparison(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("选派第一书记29名。", encoding="utf-8")
    options = ReadOptions(limits=Limits(yaml_depth=2))
    with pytest.raises(TaxonomyError, match="yaml_depth"):
        compare(tmp_path / "a.txt", options=options)
