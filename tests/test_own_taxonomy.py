"""Another field, another script: a user's own taxonomy and documents, as `data/README.md` says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from polcmp.api import Result, check_taxonomy, compare

DATA = Path(__file__).parent / "data"
TAXONOMY = DATA / "water_taxonomy.yaml"
STATUSES = {"not mentioned": ""}
README = (DATA / "README.md").read_text(encoding="utf-8")


def expected() -> dict[tuple[str, str], str]:
    """The table of `data/README.md`: (region, measure) → status."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in README.splitlines() if "|" in line
    ]
    head = next(row for row in rows if row[0] == "region")
    cells = {}
    for row in rows[rows.index(head) + 2 :]:
        for measure, status in zip(head[1:], row[1:], strict=True):
            cells[row[0], measure] = STATUSES.get(status, status)
    return cells


@pytest.fixture(scope="module")
def water() -> Result:
    return compare(DATA / "water", taxonomy=TAXONOMY)


def test_the_table_is_whole() -> None:
    assert len(expected()) == 9


@pytest.mark.parametrize(("region", "measure"), list(expected()))
def test_cells(water: Result, region: str, measure: str) -> None:
    cell = water.cell(region, measure)
    assert cell.status == expected()[region, measure], [m.quote for m in water.evidence(region, measure)]


def test_the_taxonomy_has_no_fault() -> None:
    assert [fault.format() for fault in check_taxonomy(TAXONOMY)] == []


def test_look_alikes_do_not_count(water: Result) -> None:
    line = next(one for one in README.splitlines() if one.startswith("Look-alikes"))
    stretches = re.findall(r"[\u4e00-\u9fff0-9、]+", line.split(":")[1])
    assert len(stretches) == 5
    met = 0
    for document in water.sources:
        raw = water.raw(document)
        for stretch in stretches:
            start = raw.find(stretch)
            met += start >= 0
            for mention in water.mentions if start >= 0 else ():
                if mention.document == document:
                    assert mention.raw_span.end <= start or start + len(stretch) <= mention.raw_span.start
    assert met == 5


def test_quotations_keep_their_script(water: Result) -> None:
    for mention in water.mentions:
        assert water.raw(mention.document)[slice(*mention.raw_span)] == mention.quote
    assert any("t2s" in mention.transforms for mention in water.mentions)
    assert any("縣" in mention.quote or "設" in mention.quote for mention in water.mentions)


def test_figures(water: Result) -> None:
    found = {(f.value, f.unit) for m in water.mentions for f in m.figures}
    assert {(214, "名"), (37, "处"), (97.3, "%")} <= found


@pytest.mark.parametrize("files", ["simplified documents", "simplified taxonomy"])
def test_either_script_finds_the_other(water: Result, tmp_path: Path, files: str) -> None:
    """The same cells when documents or taxonomy are rewritten in Simplified script."""
    from opencc import OpenCC

    simplify = OpenCC("t2s").convert
    documents, taxonomy = tmp_path / "water", tmp_path / "taxonomy.yaml"
    shutil.copytree(DATA / "water", documents)
    shutil.copy(TAXONOMY, taxonomy)
    for path in sorted(documents.glob("*.txt")) if files == "simplified documents" else [taxonomy]:
        path.write_text(simplify(path.read_text(encoding="utf-8")), encoding="utf-8")
    other = compare(documents, taxonomy=taxonomy)
    statuses = {(cell.region, cell.measure): cell.status for cell in other.comparison.cells}
    assert statuses == {(cell.region, cell.measure): cell.status for cell in water.comparison.cells}
    assert {(m.measure, m.raw_span) for m in other.mentions} == {
        (m.measure, m.raw_span) for m in water.mentions
    }


def test_from_the_command_line(water: Result, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "polcmp.cli.main",
        "compare",
        str(DATA / "water"),
        "-t",
        str(TAXONOMY),
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, check=True)
    assert json.loads(done.stdout) == water.to_dict()
