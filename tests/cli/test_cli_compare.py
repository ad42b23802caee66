"""`polcmp compare`: what goes out where, in which form, under which names."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from cli_lab import CHECKOUT, SEEDS, Polcmp

REGIONS = ["陈巴尔虎旗", "阿拉善高新区", "扎赉特旗", "伊金霍洛旗", "聂荣县"]


def test_the_matrix(polcmp: Polcmp) -> None:
    done = polcmp("compare", SEEDS)
    assert done.code == 0
    assert "Cadre dispatch" in done.out.replace("\n", " ") or "Cadre" in done.out
    assert all(region in done.out for region in REGIONS)
    assert "\x1b" not in done.out


def test_without_arguments_the_sample(
    polcmp: Polcmp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = polcmp("compare", "--json")
    data = json.loads(done.out)
    assert [one["region"] for one in data["regions"]] == REGIONS
    assert data["taxonomy"]["path"] == "(packaged)"
    assert str(CHECKOUT) not in done.out


def test_the_working_folder_goes_first(polcmp: Polcmp, reports: Path) -> None:
    (reports / "good").rename(reports / "seeds")
    (reports / "measures.yaml").write_text(
        "version: 1\nmeasures: [{id: own, name: 自己, name_en: Own, patterns: [第一书记]}]\n",
        encoding="utf-8",
    )
    data = json.loads(polcmp("compare", "--json").out)
    assert [one["region"] for one in data["regions"]] == ["甲县", "乙县"]
    assert [one["measure"] for one in data["measures"]] == ["own"]
    assert data["taxonomy"]["path"] == "measures.yaml"


# ── inputs ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "inputs",
    [["good"], ["good/a.txt", "good/b.txt"], ["good/*.txt"], ["@lists/all.txt"], ["good", "good/a.txt"]],
)
def test_inputs(polcmp: Polcmp, reports: Path, inputs: list[str]) -> None:
    done = polcmp("compare", *inputs, "--json", "-q")
    assert (done.code, done.err) == (0, "")
    data = json.loads(done.out)
    assert [one["region"] for one in data["regions"]] == ["甲县", "乙县"]
    assert {(m["region"], m["measure"]) for m in data["mentions"]} == {
        ("甲县", "cadre_dispatch"),
        ("乙县", "joint_committee"),
    }


def test_standard_input(polcmp: Polcmp, reports: Path) -> None:
    done = polcmp("compare", "-", "--json", stdin="丙县情况\n\n丙县选派第一书记7名。".encode())
    (mention,) = json.loads(done.out)["mentions"]
    assert mention["document"] == "(stdin)"
    assert mention["figures"][0]["value"] == 7


def test_standard_input_in_another_encoding(polcmp: Polcmp, reports: Path) -> None:
    text = "丙县情况\n\n近年来，丙县不断加强基层组织建设，选派第一书记7名。"
    done = polcmp("compare", "-", "--json", stdin=text.encode("gb18030"))
    data = json.loads(done.out)
    assert data["documents"][0]["encoding"] == "gb18030"
    assert len(data["mentions"]) == 1


# ── outputs ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("option", [("--json",), ("-f", "json"), ("--format", "json")])
def test_json(polcmp: Polcmp, option: tuple[str, ...]) -> None:
    done = polcmp("compare", SEEDS, *option)
    assert json.loads(done.out)["schema"] == "polcmp/compare/1"
    assert "聂荣县" in done.out  # readable as it is
    assert done.err == ""


def test_json_lines(polcmp: Polcmp) -> None:
    lines = polcmp("compare", SEEDS, "-f", "jsonl").out.splitlines()
    mentions = json.loads(polcmp("compare", SEEDS, "--json").out)["mentions"]
    assert [json.loads(line) for line in lines] == mentions


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_mentions_for_a_spreadsheet(polcmp: Polcmp, name: str) -> None:
    done = polcmp("compare", SEEDS, "-f", name)
    rows = list(csv.DictReader(io.StringIO(done.out), delimiter="\t" if name == "tsv" else ","))
    assert rows
    assert {row["region"] for row in rows} == set(REGIONS)
    assert not done.bytes.startswith(b"\xef\xbb\xbf")  # a pipe wants none


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("out.json", b'{\n  "schema"'),
        ("out.jsonl", b'{"id"'),
        ("out.csv", b"\xef\xbb\xbfid"),
        ("out.tsv", b"\xef\xbb\xbfid"),
        ("out.md", None),
        ("OUT.JSON", b'{\n  "schema"'),
        ("out.txt", b"2 regions"),
        ("out", b"2 regions"),
    ],
)
def test_the_ending_of_a_file_names_its_format(
    polcmp: Polcmp, reports: Path, name: str, begins: bytes | None
) -> None:
    done = polcmp("compare", "good", "-o", name, "-q", FORCE_COLOR="1")
    assert (done.code, done.out) == (0, "")
    data = (reports / name).read_bytes()
    assert data.startswith(begins) if begins else b"| ---" in data or b"|---" in data
    assert data.endswith(b"\n") and b"\x1b" not in data
    data.decode("utf-8")
    assert sorted(path.name for path in reports.iterdir()) == sorted(
        ["good", "mixed", "lists", "empty", name]
    )


def test_a_named_format_beats_the_ending(polcmp: Polcmp, reports: Path) -> None:
    polcmp("compare", "good", "-o", "out.md", "--json")
    assert json.loads((reports / "out.md").read_text(encoding="utf-8"))["schema"]


def test_an_output_of_before_is_replaced(polcmp: Polcmp, reports: Path) -> None:
    (reports / "out.json").write_text("x" * 100_000)
    assert polcmp("compare", "good", "-o", "out.json").code == 0
    json.loads((reports / "out.json").read_text(encoding="utf-8"))


def test_the_schema(polcmp: Polcmp) -> None:
    import jsonschema

    schema = json.loads(polcmp("compare", "--schema").out)
    jsonschema.validate(json.loads(polcmp("compare", SEEDS, "--json").out), schema)


# ── looks ────────────────────────────────────────────────────────────────────────────────────────


def test_colour(polcmp: Polcmp, reports: Path) -> None:
    plain = polcmp("compare", "good").out
    coloured = polcmp("compare", "good", FORCE_COLOR="1").out
    assert "\x1b[" not in plain and "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert polcmp("compare", "good", FORCE_COLOR="1", NO_COLOR="1").out == plain
    assert polcmp("compare", "good", NO_COLOR="1").out == plain


@pytest.mark.parametrize("columns", [50, 80, 132])
def test_width(polcmp: Polcmp, columns: int) -> None:
    from rich.cells import cell_len

    done = polcmp("compare", SEEDS, COLUMNS=str(columns))
    assert max(cell_len(line) for line in done.out.splitlines()) <= columns
    together = re.sub(r"\s", "", done.out)  # a long name may go over two lines
    assert all(region in together or region[:3] in together for region in REGIONS)


def test_labels_in_chinese(polcmp: Polcmp) -> None:
    zh = polcmp("compare", SEEDS, "--lang", "zh", COLUMNS="160").out
    assert "干部选派" in zh and "Cadre" not in zh
    assert polcmp("compare", SEEDS, "--lang", "zh", "--json").out == polcmp("compare", SEEDS, "--json").out


def test_evidence(polcmp: Polcmp) -> None:
    short, one, every = (polcmp("compare", SEEDS, "--evidence", n).out for n in (0, 1, -1))
    assert len(short) < len(one) < len(every)
    assert "「" in one and "「" not in short


# ── filters and names ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["聶榮縣", "荣", "NieRong", "nrx"])
def test_a_region_by_any_name(polcmp: Polcmp, name: str) -> None:
    data = json.loads(polcmp("compare", SEEDS, "-r", name, "--json").out)
    assert [one["region"] for one in data["regions"]] == ["聂荣县"]
    assert {m["region"] for m in data["mentions"]} == {"聂荣县"}


@pytest.mark.parametrize("name", ["Joint Committee", "聯席機構", "lianhedangwei"])
def test_a_measure_by_any_name(polcmp: Polcmp, name: str) -> None:
    data = json.loads(polcmp("compare", SEEDS, "-m", name, "--json").out)
    assert [one["measure"] for one in data["measures"]] == ["joint_committee"]
    assert {m["measure"] for m in data["mentions"]} == {"joint_committee"}


@pytest.mark.parametrize("name", ["called for", "CALLED-FOR", "c"])
def test_a_status_by_any_name(polcmp: Polcmp, name: str) -> None:
    data = json.loads(polcmp("compare", SEEDS, "-s", name, "--json").out)
    assert {m["status"] for m in data["mentions"]} == {"called_for"}


def test_filters_repeat(polcmp: Polcmp) -> None:
    arguments = [
        "-r",
        "nierong",
        "-r",
        "扎赉特",
        "-m",
        "joint",
        "-m",
        "shareholding",
        "-s",
        "impl",
        "-s",
        "called",
    ]
    data = json.loads(polcmp("compare", SEEDS, *arguments, "--json").out)
    assert len(data["cells"]) == 4


def test_the_lowest_score_is_recorded(polcmp: Polcmp) -> None:
    data = json.loads(polcmp("compare", SEEDS, "--min-score", "0.95", "--json").out)
    assert data["settings"]["min_score"] == 0.95
    assert all(m["score"] >= 0.95 for m in data["mentions"])


# ── what is said on standard error ───────────────────────────────────────────────────────────────


def test_a_dead_rule_is_told(polcmp: Polcmp, reports: Path) -> None:
    done = polcmp("compare", "good", "--json")
    assert "guaranteed_dividend" in done.err and "warning" in done.err
    assert polcmp("compare", "good", "--json", "-q").err == ""


def test_verbose_tells_how_regions_were_found(polcmp: Polcmp, reports: Path) -> None:
    assert "a.txt: 甲县, found by sidecar" in polcmp("compare", "good", "-v").err


@pytest.mark.parametrize(
    ("reason", "extra", "code"),
    [
        ("warning", [], 1),
        ("empty", [], 1),
        ("lacking", [], 0),
        ("lacking", ["lacking"], 1),
        ("empty", ["-r", "甲县", "-m", "cadre_dispatch"], 0),
    ],
)
def test_fail_on(polcmp: Polcmp, reports: Path, reason: str, extra: list[str], code: int) -> None:
    if extra == ["lacking"]:
        (reports / "good" / "a.txt").write_text("甲县至今没有选派第一书记。", encoding="utf-8")
        extra = []
    done = polcmp("compare", "good", "--fail-on", reason, "-q", *extra)
    assert (done.code, "--fail-on" in done.err) == (code, False)
    told = polcmp("compare", "good", "--fail-on", reason, *extra)
    assert (told.code, told.err.count(f"polcmp: --fail-on {reason}: ")) == (code, code)


def test_fail_on_counts_and_names_the_first(polcmp: Polcmp, reports: Path) -> None:
    line = ("compare", "good", "-r", "甲县", "--fail-on", "empty")
    empty = [one for one in json.loads(polcmp(*line, "--json").out)["cells"] if not one["status"]]
    first = f"{empty[0]['region']} × {empty[0]['measure']}"
    assert f"--fail-on empty: {len(empty)} empty cells, first {first}\n" in polcmp(*line).err
    assert f"--fail-on empty：{len(empty)}个空单元格，首个为 {first}\n" in polcmp(*line, "--lang", "zh").err
