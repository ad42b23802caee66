"""Labels from folders and from the exports of labelling tools; every text here is invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from evaluate_samples import write_lines

from polcmp.errors import UsageError
from polcmp.evaluate import Gold, load_gold
from polcmp.evaluate.exports import code_points, parse_label
from polcmp.text.span import Span

TEXT = "甲县选派第一书记29名驻村。\n拟成立联村党委。\n上一篇 下一篇"
SENT, PLANNED, LINKS = (2, 11), (15, 21), (23, 30)
LABELS = (
    (*SENT, "cadre_dispatch:implemented"),
    (*PLANNED, "joint_committee:planned:optional"),
    (*LINKS, "boilerplate"),
)


def shape(gold: Gold) -> list[tuple[Any, ...]]:
    return [(m.document, m.measure, m.status, m.required, tuple(m.raw_span)) for m in gold.mentions]


EXPECTED = [
    ("a.txt", "cadre_dispatch", "implemented", True, SENT),
    ("a.txt", "joint_committee", "planned", False, PLANNED),
]


def check_export(gold: Gold) -> None:
    assert shape(gold) == EXPECTED
    assert gold.mentions[0].quote == "选派第一书记29名"[:9]
    assert gold.boilerplate == {"a.txt": (Span(*LINKS),)}
    assert [(d.name, d.region, d.genre, d.noise, d.characters) for d in gold.documents] == [
        ("a.txt", "甲县", "news", ("spaces",), len(TEXT))
    ]
    assert gold.regions_labelled


# --- folders


def test_folder(tmp_path: Path) -> None:
    rows = [
        {
            "document": "a.txt",
            "measure": m,
            "status": s,
            "required": r,
            "start": a,
            "end": b,
            "quote": TEXT[a:b],
        }
        for _, m, s, r, (a, b) in EXPECTED
    ]
    write_lines(tmp_path / "mentions.jsonl", rows)
    write_lines(
        tmp_path / "documents.jsonl",
        [
            {
                "document": "a.txt",
                "region": "甲县",
                "genre": "news",
                "noise": ["spaces"],
                "characters": len(TEXT),
            },
            {"document": "b.txt", "noise": []},
            {"document": "c.txt"},
        ],
    )
    gold = load_gold(tmp_path)
    assert shape(gold) == EXPECTED
    assert gold.boilerplate is None
    assert [d.noise for d in gold.documents] == [("spaces",), ("clean",), ()]
    assert gold.inputs() == ()
    (tmp_path / "documents").mkdir()
    assert gold.inputs() == (str(tmp_path / "documents"),)
    assert gold.name == tmp_path.name
    assert load_gold(tmp_path / "mentions.jsonl") == gold


def test_folder_of_mentions_alone(tmp_path: Path) -> None:
    write_lines(
        tmp_path / "mentions.jsonl",
        [
            {"document": name, "measure": "m", "status": "lacking", "start": 0, "end": 2}
            for name in ("b.txt", "sub/a.txt")
        ],
    )
    gold = load_gold(tmp_path)
    assert [d.name for d in gold.documents] == ["a.txt", "b.txt"]
    assert not gold.regions_labelled
    assert all(m.required for m in gold.mentions)


def test_line_separators_inside_quotations_end_no_line(tmp_path: Path) -> None:
    row = {
        "document": "a.txt",
        "measure": "m",
        "status": "lacking",
        "start": 0,
        "end": 3,
        "quote": "甲\u2028乙",
    }
    write_lines(tmp_path / "mentions.jsonl", [row])
    assert load_gold(tmp_path).mentions[0].quote == "甲\u2028乙"


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "mentions.jsonl").write_text(
        "\n".join(
            (
                '{"document": "a.txt", "measure": "m", "status": "done", "start": 0, "end": 3}',
                "",
                "{",
                '{"document": "a.txt", "measure": "m", "status": "lacking", "start": 3, "end": 3}',
                '{"document": "a.txt", "status": "lacking", "start": 0, "end": 3}',
                "[]",
            )
        ),
        encoding="utf-8",
    )
    write_lines(tmp_path / "documents.jsonl", [{"document": "a.txt"}, {"document": "a.txt"}])
    with pytest.raises(UsageError) as caught:
        load_gold(tmp_path)
    error = caught.value
    assert (error.code, error.message) == ("P421", "6 faults in the gold labels")
    assert error.hint.splitlines()[0].startswith("mentions.jsonl:1: there is no status 'done'")
    places = [line.split(": ")[0].strip() for line in error.hint.splitlines()]
    assert places == [f"mentions.jsonl:{n}" for n in (1, 3, 4, 5, 6)] + ["documents.jsonl:2"]


def test_many_faults_are_counted(tmp_path: Path) -> None:
    (tmp_path / "mentions.jsonl").write_text("{\n" * 50, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_gold(tmp_path)
    assert caught.value.hint.endswith("and 30 more")


@pytest.mark.parametrize("content", [None, b"", b"[]", b"\xff\xfe\x00"])
def test_nothing_to_load(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "export.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        load_gold(path)
    assert caught.value.code == "P420"
    with pytest.raises(UsageError, match=r"mentions\.jsonl"):
        load_gold(tmp_path)


# --- Label Studio


def regions(labels: Any = LABELS) -> list[dict[str, Any]]:
    return [
        {
            "id": str(number),
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {"start": start, "end": end, "text": TEXT[start:end], "labels": [label]},
        }
        for number, (start, end, label) in enumerate(labels)
    ]


def studio_task(**more: Any) -> dict[str, Any]:
    choice = {"from_name": "kind", "to_name": "text", "type": "choices", "value": {"choices": ["news"]}}
    task = {
        "id": 1,
        "data": {
            "text": TEXT,
            "document": "reports/a.txt",
            "region": "甲县",
            "genre": "news",
            "noise": "spaces",
        },
        "annotations": [{"id": 7, "was_cancelled": False, "result": [*regions(), choice]}],
        "predictions": [{"result": regions(((0, 2, "cadre_dispatch:lacking"),))}],
    }
    return task | more


def test_label_studio_json(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps([studio_task()], ensure_ascii=False), encoding="utf-8")
    check_export(load_gold(path))


def test_label_studio_json_lines(tmp_path: Path) -> None:
    check_export(load_gold(write_lines(tmp_path / "export.jsonl", [studio_task()])))


def test_label_studio_json_min(tmp_path: Path) -> None:
    row = {
        "id": 1,
        "text": TEXT,
        "document": "a.txt",
        "region": "甲县",
        "genre": "news",
        "noise": ["spaces"],
        "label": [one["value"] for one in regions()],
        "annotator": 3,
    }
    path = tmp_path / "export.json"
    path.write_text(json.dumps([row, row | {"document": "b.txt", "label": []}]), encoding="utf-8")
    gold = load_gold(path)
    assert shape(gold) == EXPECTED
    assert [d.name for d in gold.documents] == ["a.txt", "b.txt"]
    renamed = {("spans" if key == "label" else key): value for key, value in row.items()}
    path.write_text(json.dumps([renamed]), encoding="utf-8")
    check_export(load_gold(path))


def test_label_studio_names_the_uploaded_file(tmp_path: Path) -> None:
    task = studio_task(data={"text": TEXT}, file_upload="upload/3/1a2b3c4d-a.txt")
    gold = load_gold(write_lines(tmp_path / "export.jsonl", [task]))
    assert [d.name for d in gold.documents] == ["a.txt"]


def test_label_studio_takes_the_ground_truth_else_the_last_annotation(tmp_path: Path) -> None:
    def first_status(*annotations: dict[str, Any]) -> str:
        path = write_lines(tmp_path / "export.jsonl", [studio_task(annotations=list(annotations))])
        return load_gold(path).mentions[0].status

    one, two, three = (
        {"result": regions(((2, 9, f"cadre_dispatch:{s}"),))} for s in ("planned", "lacking", "called_for")
    )
    assert first_status(one, two) == "lacking"
    assert first_status(one | {"ground_truth": True}, two) == "planned"
    assert first_status(one, two, three | {"was_cancelled": True}) == "lacking"


def test_offsets_in_utf_16_are_read_as_code_points() -> None:
    text = "𠮷村选派干部"
    assert code_points(Span(3, 7), text, "选派干部") == Span(2, 6)
    assert code_points(Span(2, 6), text, "选派干部") == Span(2, 6)
    assert code_points(Span(2, 6), text, "") == Span(2, 6)
    with pytest.raises(ValueError, match="does not hold"):
        code_points(Span(0, 4), text, "选派干部")
    with pytest.raises(ValueError, match="reaches beyond"):
        code_points(Span(2, 90), text, "")


def test_rewritten_white_space_is_no_fault() -> None:
    assert code_points(Span(0, 5), "选派\n干部", "选派\\n干部") == Span(0, 5)


# --- doccano


COLUMNS = {"region": "甲县", "genre": "news", "noise": "spaces"}


@pytest.mark.parametrize(
    "row",
    [
        {"id": 1, "text": TEXT, "label": [list(one) for one in LABELS], "filename": "a.txt", **COLUMNS},
        {
            "id": 1,
            "data": TEXT,
            "labels": [list(one) for one in LABELS],
            "meta": {"document": "a.txt", **COLUMNS},
        },
        {
            "id": 1,
            "text": TEXT,
            "metadata": {"upload_name": "texts/a.txt", **COLUMNS},
            "entities": [
                {"id": n, "label": name, "start_offset": start, "end_offset": end}
                for n, (start, end, name) in enumerate(LABELS)
            ],
            "relations": [],
        },
    ],
)
def test_doccano(tmp_path: Path, row: dict[str, Any]) -> None:
    check_export(load_gold(write_lines(tmp_path / "all.jsonl", [row])))
    path = tmp_path / "all.json"
    path.write_text(json.dumps([row]), encoding="utf-8")
    check_export(load_gold(path))


def test_boilerplate_is_not_labelled_where_no_label_says_so(tmp_path: Path) -> None:
    row = {"text": TEXT, "label": [list(LABELS[0])], "document": "a.txt"}
    assert load_gold(write_lines(tmp_path / "all.jsonl", [row])).boilerplate is None


def test_faults_of_an_export(tmp_path: Path) -> None:
    rows = [
        {"text": TEXT, "label": []},
        {
            "text": TEXT,
            "label": [[0, 2, "cadre_dispatch"], [0, 2, "cadre_dispatch:done"]],
            "document": "a.txt",
        },
        {"text": TEXT, "label": [[0, 200, "m:lacking"], ["x"]], "document": "b.txt"},
        {"text": TEXT, "label": [[0, 200, "m:lacking"]], "document": "b.txt"},
        {"text": TEXT, "label": [], "document": "a.txt"},
        {"text": TEXT},
        3,
    ]
    with pytest.raises(UsageError) as caught:
        load_gold(write_lines(tmp_path / "all.jsonl", rows))
    lines = [line.strip() for line in caught.value.hint.splitlines()]
    said = (
        "no document",
        "label 'cad",
        "there is no",
        "not a lab",
        "reaches b",
        "a.txt stan",
        "neither a",
        "not an ob",
    )
    for wanted in said:
        assert any(wanted in line for line in lines), (wanted, lines)
    assert len(lines) == len(said)
    assert lines[1].startswith("all.jsonl:2: a.txt: ")


@pytest.mark.parametrize("label", ["m", ":lacking", "m:done", "m:lacking:maybe", "m:lacking:optional:x"])
def test_labels_of_another_form(label: str) -> None:
    with pytest.raises(ValueError, match=r"label|status"):
        parse_label(label)


def test_labels() -> None:
    assert parse_label("m:lacking") == ("m", "lacking", True)
    assert parse_label(" m : lacking : optional ") == ("m", "lacking", False)
