"""`polcmp evaluate`, its table, its JSON, and `polcmp.evaluate_gold`; on the seeds and invented texts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from evaluate_samples import NAME, gold, label, mention, result, write_lines
from jsonschema import Draft202012Validator
from rich.cells import cell_len
from typer.testing import CliRunner

import polcmp
from polcmp.cli.main import app
from polcmp.evaluate import evaluate
from polcmp.evaluate.gold import GoldDocument
from polcmp.model.comparison import MeasureInfo
from polcmp.render import RenderOptions
from polcmp.render.evaluation_view import evaluation_view
from polcmp.render.evaluation_words import _WORDS
from polcmp.text.span import Span

CHECKOUT = Path(__file__).parents[2]
SEEDS = CHECKOUT / "tests" / "gold" / "seeds"
TEXT = "全县已选派第一书记29名驻村工作。\n"


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """A folder of one invented document with a label that is right and one that nothing finds."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / NAME).write_text(TEXT, encoding="utf-8")
    rows = [("cadre_dispatch", "implemented", 3, 12), ("joint_committee", "lacking", 12, 16)]
    write_lines(
        tmp_path / "mentions.jsonl",
        [
            {
                "document": NAME,
                "measure": m,
                "status": s,
                "required": True,
                "start": a,
                "end": b,
                "quote": TEXT[a:b],
            }
            for m, s, a, b in rows
        ],
    )
    write_lines(
        tmp_path / "documents.jsonl", [{"document": NAME, "region": "", "genre": "news", "noise": []}]
    )
    return tmp_path


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["evaluate", *map(str, arguments), "-t", str(CHECKOUT / "measures.yaml")])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def test_documents_beside_the_labels_are_the_default(labelled: Path) -> None:
    code, out, err = run(labelled, "--json", "--errors", -1)
    assert code == 0, err
    data = json.loads(out)
    assert data["schema"] == "polcmp/evaluation/1"
    assert data["documents"] == 1
    assert data["all"]["required"] == 2
    assert data["all"]["recall"]["value"] == 0.5
    assert [one["noise"] for one in data["noise"]] == ["clean"]
    assert [one["genre"] for one in data["genres"]] == ["news"]
    assert data["regions"] is None and data["boilerplate"] is None
    assert [(one["kind"], one["quote"]) for one in data["mistakes"]] == [("missed", TEXT[12:16])]
    assert data["settings"]["min_score"] == polcmp.Settings().min_score


@pytest.mark.parametrize("name", ["seeds", "invented-a"])
def test_the_json_is_as_its_schema_says(name: str) -> None:
    schema = json.loads((CHECKOUT / "polcmp" / "data" / "evaluation.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    documents = [CHECKOUT / "seeds"] if name == "seeds" else []
    data = json.loads(run(SEEDS.parent / name, *documents, "--json", "--errors", -1)[1])
    Draft202012Validator(schema).validate(data)
    assert list(data) == schema["required"]


def test_nothing_of_the_documents_is_shown_unless_asked(labelled: Path) -> None:
    assert json.loads(run(labelled, "--json")[1])["mistakes"] == []
    assert TEXT[12:16] not in run(labelled)[1]
    out = run(labelled, "--errors", 1)[1]
    assert "Missed: 1" in out and f"「{TEXT[12:16]}」" in out


def test_named_documents_output_file_and_chinese(labelled: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    code, out, _ = run(labelled, labelled / "documents" / NAME, "--lang", "zh", "-o", target, "-q")
    assert (code, out) == (0, "")
    assert "召回率" in target.read_text(encoding="utf-8")


def test_labels_are_never_overwritten(labelled: Path) -> None:
    before = (labelled / "mentions.jsonl").read_bytes()
    with pytest.raises(polcmp.PolcmpError, match="P412"):  # and no such format is written
        run(labelled, "-o", labelled / "mentions.jsonl")
    with pytest.raises(polcmp.PolcmpError, match="P408"):
        run(labelled, "-o", next((labelled / "documents").iterdir()))
    assert (labelled / "mentions.jsonl").read_bytes() == before


def test_fail_under(labelled: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.yaml"
    floors.write_text("recall: 0.5\n", encoding="utf-8")
    assert run(labelled, "--fail-under", floors)[0] == 0
    floors.write_text(f"{labelled.name}:\n  recall: 0.6\n", encoding="utf-8")
    code, out, err = run(labelled, "--fail-under", floors)
    assert code == 1
    assert "recall is 0.5000, under its floor of 0.6" in err
    assert "recall" in out


def test_warnings_can_be_quiet(labelled: Path) -> None:
    write_lines(labelled / "documents.jsonl", [{"document": NAME}, {"document": "lost.txt"}])
    assert "lost.txt" in run(labelled)[2]
    assert run(labelled, "-q")[2] == ""


def test_the_library_gives_the_same_figures() -> None:
    one = polcmp.evaluate_gold(SEEDS, CHECKOUT / "seeds", taxonomy=CHECKOUT / "measures.yaml")
    data = json.loads(run(SEEDS, CHECKOUT / "seeds", "--json")[1])
    assert one.overall.f1.value == data["all"]["f1"]["value"]
    assert one.cells.right.value == data["cells"]["right"]["value"]
    assert len(one.statuses) == 4


def test_min_score_is_in_force(labelled: Path) -> None:
    data = json.loads(run(labelled, "--json", "--min-score", "0.4")[1])
    assert data["settings"]["min_score"] == 0.4
    assert polcmp.evaluate_gold(labelled, min_score=1.0).documents == 1


MEASURES = (MeasureInfo("cadre_dispatch", "干部选派", "Cadre dispatch", "", "", ""),)


def sample(lang: str, width: int, *, mistakes: int = -1, color: bool = False) -> str:
    labels = gold(
        label(0, 10),
        label(50, 60, "planned"),
        label(200, 210, "lacking", measure="a_measure_with_a_very_long_name_that_no_taxonomy_has"),
        documents=[GoldDocument(NAME, "甲县", "news", ("traditional", "\x1b[31mred"))],
        boilerplate={NAME: (Span(300, 400),)},
    )
    found = result(mention(0, 10), mention(50, 60), mention(310, 320), mention(500, 510), region="乙县")
    options = RenderOptions(lang=lang, width=width, color=color)
    return evaluation_view(evaluate(labels, [found]), MEASURES, options, mistakes)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [40, 60, 72, 80, 100, 120, 200])
def test_no_line_is_wider_than_asked(lang: str, width: int) -> None:
    for line in sample(lang, width).splitlines():
        assert cell_len(line) <= width, line
        assert "…" not in line, line


@pytest.mark.parametrize("width", [60, 80, 160])
def test_every_width_tells_the_same(width: int) -> None:
    text = re.sub(r"\s+", " ", sample("en", width))
    for wanted in ("Cadre dispatch", "called for", "traditional", "news", "50.0", "15-85", "66.7"):
        assert wanted in text, wanted
    for wanted in ("cells right", "is 甲县, read as 乙县", "Wrong status: 1", "Wrong, in boilerplate: 1"):
        assert wanted in text, wanted


def test_nothing_a_terminal_would_obey() -> None:
    assert "\x1b" not in sample("en", 100)
    assert re.sub(r"\x1b\[[0-9;]*m", "", sample("en", 100, color=True)) == sample("en", 100)


def test_number_of_mistakes_listed() -> None:
    assert "Missed" not in sample("en", 100, mistakes=0)
    assert "「选派干部」" in sample("en", 100, mistakes=1)


def test_both_languages_have_the_same_words() -> None:
    assert _WORDS["en"].keys() == _WORDS["zh"].keys()
