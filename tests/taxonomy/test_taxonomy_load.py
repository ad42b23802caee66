"""From a file to the tree: what is read, what is inherited, and files that cannot be read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from polcmp.errors import TaxonomyError
from polcmp.model.taxonomy import Choice, Gap, Literal, Pattern, Place, Row, Taxonomy, Together
from polcmp.settings import Limits
from polcmp.taxonomy import Fault, check, load_taxonomy, source
from polcmp.taxonomy.lint import patterns_of

WHOLE = """\
version: 1
name: 干部
description: 一个例子
gap: 9
terms:
  dispatch: [選派, 派出, <number> 名 <cadre>]
  cadre: [第一书记, 干部|书记]
measures:
  - id: cadre_dispatch
    name: 干部选派
    name_en: Cadre dispatch
    definition: >
      派到
      村里
    definition_en: sent to villages
    not: 招考
    not_en: recruitment
    gap: 7
    terms:
      dispatch: [下派]
    forms:
      - id: first
        name: 第一书记
        patterns: [<dispatch> … 第一书记]
    patterns:
      - 选派 ~ <cadre>
      - {pattern: "选派 … 干部", gap: 5, unless: [运动员, 裁判 … 员]}
      - pattern: 选派 …{4} 书记
        gap: 5
    exclude:
      - 招考
      - {pattern: 学生 … 下乡, scope: clause, gap: 3}
    examples:
      match: [全县选派干部]
      no_match: [招考干部]
  - id: other
    patterns: [<dispatch> & <cadre>]
"""


def write(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "t.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def fault_of(path: Path) -> Fault:
    with pytest.raises(TaxonomyError) as caught:
        load_taxonomy(path)
    (fault,) = caught.value.faults
    assert isinstance(fault, Fault)
    assert check(path) == [fault]
    return fault


@pytest.fixture
def whole(tmp_path: Path) -> Taxonomy:
    return load_taxonomy(write(tmp_path, WHOLE), default_gap=12, shown_as="t.yaml")


def test_texts(whole: Taxonomy) -> None:
    one, other = whole.measures
    assert (whole.name, whole.description, whole.version, whole.path) == ("干部", "一个例子", 1, "t.yaml")
    assert (one.name, one.name_en) == ("干部选派", "Cadre dispatch")
    assert (one.definition, one.definition_en) == ("派到 村里", "sent to villages")
    assert (one.counts_not, one.counts_not_en) == ("招考", "recruitment")
    assert (other.name, other.name_en, other.definition) == ("other", "other", "")
    assert (one.forms[0].name, one.forms[0].name_en) == ("第一书记", "第一书记")
    assert len(whole.sha256) == 64


def test_gaps_are_inherited(whole: Taxonomy) -> None:
    gaps = [
        [item for item in pattern.node.items if isinstance(item, Gap)]
        for pattern in patterns_of(whole.measures[0])
        if isinstance(pattern.node, Row)
    ]
    assert gaps == [[Gap(7)], [Gap(7, "clause")], [Gap(5)], [Gap(4)]]


def test_entries_with_options(whole: Taxonomy) -> None:
    _, second, third = whole.measures[0].patterns
    assert second.unless == (Literal("运动员"), Row((Literal("裁判"), Gap(5), Literal("员"))))
    assert (second.source, second.place) == ("选派 … 干部", Place(27, 19))
    assert third.unless == ()
    plain, scoped = whole.measures[0].exclude
    assert (plain.scope, plain.node) == ("overlap", Literal("招考"))
    assert scoped.scope == "clause"
    assert scoped.node == Row((Literal("学生"), Gap(3), Literal("下乡")))
    assert [(e.text, e.matches) for e in whole.measures[0].examples] == [
        ("全县选派干部", True),
        ("招考干部", False),
    ]


def test_word_lists_are_shared_and_local_ones_hide_others(whole: Taxonomy) -> None:
    form = whole.measures[0].forms[0].patterns[0].node
    assert isinstance(form, Row)
    assert form.items[0] == Choice((Literal("下派"),), "dispatch")
    last = whole.measures[1].patterns[0].node
    assert isinstance(last, Together)
    outer, cadre = last.parts
    assert isinstance(outer, Choice) and isinstance(outer.options[2], Row)
    assert outer.options[2].items[2] is cadre
    assert cadre == Choice((Literal("第一书记"), Literal("干部"), Literal("书记")), "cadre")
    inner = whole.measures[0].patterns[0].node
    assert isinstance(inner, Row) and inner.items[2] is cadre


def test_either_script_gives_the_same_tree(tmp_path: Path) -> None:
    def tree(text: str) -> Pattern:
        return load_taxonomy(write(tmp_path, text)).measures[0].patterns[0]

    one = tree("measures: [{id: a, patterns: [<d> 第一书!记]}]\nterms: {d: [选派, 下派]}")
    two = tree("measures: [{id: a, patterns: [＜d＞ 第一書！記]}]\nterms: {d: [選派, 下派]}")
    assert one.node == two.node


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("version", "\ufeffversion")])
def test_line_ends_and_byte_order_mark(tmp_path: Path, whole: Taxonomy, change: tuple[str, str]) -> None:
    text = WHOLE.replace(change[0], change[1]) if change[0] == "\n" else WHOLE.replace(*change, 1)
    other = load_taxonomy(write(tmp_path, text), default_gap=12, shown_as="t.yaml")
    assert other.measures == whole.measures


def test_positions_with_windows_line_ends(tmp_path: Path) -> None:
    path = write(tmp_path, "measures:\r\n  - id: a\r\n    patterns:\r\n      - 选派 <x>\r\n")
    fault = fault_of_error(path)
    assert (fault.line, fault.column, fault.line_text) == (4, 12, "      - 选派 <x>")


def fault_of_error(path: Path) -> Fault:
    (fault,) = (f for f in check(path) if f.severity == "error")
    return fault


def test_the_pure_python_parser_reads_the_same(
    tmp_path: Path, whole: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_Loader", source._loader(yaml.BaseLoader))
    assert load_taxonomy(write(tmp_path, WHOLE), default_gap=12, shown_as="t.yaml") == whole
    quoted = "measures:\n  - id: a\n    patterns:\n      - 'x ''选'' <y>'\n"
    assert fault_of_error(write(tmp_path, quoted)).column == 18
    assert fault_of_error(write(tmp_path, "measures: [a")).code == "P205"


def test_order_of_lists_and_measures_changes_nothing(tmp_path: Path, whole: Taxonomy) -> None:
    top, measures = WHOLE.split("measures:\n")
    first, second = measures.split("  - id: other")
    text = f"measures:\n  - id: other{second}{first}{top}"
    other = load_taxonomy(write(tmp_path, text), default_gap=12)
    for measure in whole.measures:
        twin = other.measure(measure.id)
        assert [p.node for p in patterns_of(twin)] == [p.node for p in patterns_of(measure)]


def test_a_backslash_does_not_leak_into_marks(tmp_path: Path) -> None:
    lists = "terms: {t: ['\\=包村联户', =包村联户, 包村联户, '第一书!记', '第一书\\!记']}"
    (measure,) = load_taxonomy(write(tmp_path, lists + "\nmeasures: [{id: a, patterns: [<t>]}]")).measures
    node = measure.patterns[0].node
    assert isinstance(node, Choice)
    assert node.options == (
        Literal("=包村联户"),
        Literal("包村联户", exact=True),
        Literal("包村联户"),
        Literal("第一书记", frozenset({2})),
        Literal("第一书!记"),
    )


# Files that cannot be read


def test_missing_file(tmp_path: Path) -> None:
    fault = fault_of(tmp_path / "none.yaml")
    assert (fault.code, fault.line) == ("P201", 0)
    assert str(fault).startswith(f"{tmp_path}/none.yaml: P201 the taxonomy cannot be read: No such file")


def test_folder_in_place_of_a_file(tmp_path: Path) -> None:
    assert fault_of(tmp_path).code == "P201"


def test_not_utf8(tmp_path: Path) -> None:
    fault = fault_of(write(tmp_path, "version: 1\nname: 干部".encode("gb18030")))
    assert (fault.code, fault.line, fault.column) == ("P203", 2, 7)


def test_control_character(tmp_path: Path) -> None:
    fault = fault_of(write(tmp_path, "version: 1\nname: a\x07b\n"))
    assert (fault.code, fault.line, fault.column) == ("P205", 2, 8)
    assert "U+0007" in fault.message


def test_too_large(tmp_path: Path) -> None:
    assert fault_of(write(tmp_path, b"#" * (Limits().yaml_bytes + 1))).code == "P202"


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "{a: " * 50_000, "? " * 30_000])
def test_deep_yaml_is_refused(tmp_path: Path, text: str) -> None:
    assert fault_of(write(tmp_path, text)).code in ("P202", "P205")


def test_alias_bomb(tmp_path: Path) -> None:
    lines = ["terms:", "  a: &a [" + ", ".join(f"选派{n}" for n in range(900)) + "]"]
    lines += [f"  b{n}: *a" for n in range(900)]
    started = time.perf_counter()
    path = write(tmp_path, "\n".join([*lines, "measures: [{id: a, patterns: [<a>]}]"]))
    codes = {fault.code for fault in check(path) if fault.severity == "error"}
    assert codes == {"P202"}
    assert time.perf_counter() - started < 10


def test_yaml_that_contains_itself(tmp_path: Path) -> None:
    path = write(tmp_path, "measures:\n  - &m\n    id: a\n    patterns: &p [*p]\n    forms: [*m]\n")
    faults = check(path)
    assert [fault.code for fault in faults] == ["P202"]
    assert "stands inside what it stands for" in faults[0].message and faults[0].line == 2


def test_multiplying_word_lists_do_not_fill_the_memory(tmp_path: Path) -> None:
    lists = ["  l0: [甲甲, 乙乙]"]
    lists += [f"  l{n}: [{' '.join([f'<l{n - 1}>'] * 9)}, <l{n - 1}>, <l{n - 1}>]" for n in range(1, 19)]
    measure = "{id: a, patterns: [<l18>, {pattern: 选派, unless: [<l18>]}], exclude: [<l18>]}"
    path = write(tmp_path, "\n".join(["terms:", *lists, f"measures: [{measure}]"]))
    assert {f.code for f in check(path) if f.severity == "error"} == {"P202"}


@pytest.mark.parametrize("order", [1, -1])
def test_long_chain_of_word_lists(tmp_path: Path, order: int) -> None:
    lists = ["  l0: [甲甲]"] + [f"  l{n}: [<l{n - 1}>]" for n in range(1, 60)]
    path = write(tmp_path, "\n".join(["terms:", *lists[::order], "measures: [{id: a, patterns: [<l59>]}]"]))
    assert "P229" in {fault.code for fault in check(path)}


def test_aliases_may_share_a_list(tmp_path: Path) -> None:
    path = write(
        tmp_path, "measures:\n  - {id: a, patterns: &p [选派干部, 下派]}\n  - {id: b, patterns: *p}\n"
    )
    one, two = load_taxonomy(path).measures
    assert [p.node for p in one.patterns] == [p.node for p in two.patterns]


def test_numbers_and_truth_values_are_text(tmp_path: Path) -> None:
    path = write(
        tmp_path, "terms: {yes: [3.10, true]}\nmeasures: [{id: on, name: 2024, patterns: [<yes> 工程]}]"
    )
    (measure,) = load_taxonomy(path).measures
    assert (measure.id, measure.name) == ("on", "2024")
    node = measure.patterns[0].node
    assert isinstance(node, Row)
    assert node.items[0] == Choice((Literal("3.10"), Literal("true")), "yes")


def test_check_of_a_loaded_taxonomy(whole: Taxonomy) -> None:
    assert [f.code for f in check(whole, longest_match=100)] == ["P245"]
    faults = check(whole, lambda text: {"cadre_dispatch"}, longest_match=100)
    assert [f.code for f in faults if f.severity == "error"] == ["P246"]


PIECES = [
    "",
    " ",
    "\n",
    "\n  ",
    "- ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    "<",
    "…",
    "&a ",
    "*a",
    "# ",
    "'",
    '"',
    "|",
    "\t",
    "!",
]


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 12), st.sampled_from(PIECES)),
        min_size=1,
        max_size=4,
    )
)
def test_a_damaged_file_gives_faults_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, int, str]]
) -> None:
    text = WHOLE
    for at, length, piece in damage:
        text = text[:at] + piece + text[at + length :]
    path = write(tmp_path_factory.getbasetemp(), text)
    lines = text.count("\n") + 1
    faults = check(path, lambda text: set())
    for fault in faults:
        assert 0 <= fault.line <= lines + 1
        assert fault.format()
    errors = [fault for fault in faults if fault.severity == "error" and fault.code != "P246"]
    try:
        load_taxonomy(path)
    except TaxonomyError as error:
        assert list(error.faults) == errors
    else:
        assert not errors
