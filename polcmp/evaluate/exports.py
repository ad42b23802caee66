"""Exports of labelling tools as gold labels: Label Studio (JSON, JSON-MIN, JSONL) and doccano (JSONL, JSON).

The label of a stretch says what it is: ``measure:status``, ``measure:status:optional``, or
``boilerplate``. A document is named by a column of the import, kept by both tools beside the text (or
under ``data``, ``meta``, ``metadata``): ``document``, ``filename``, ``file_name``, ``file``,
``upload_name``, and for Label Studio the name of the uploaded file. Columns ``region``, ``genre`` and
``noise`` are read as in ``documents.jsonl``. Offsets count code points of the labelled text, which has to
be the file's decoded text, line ends as they are; an export whose quotations only fit in UTF-16 units
(how browsers count) is read that way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from polcmp.errors import UsageError
from polcmp.evaluate.gold import (
    Builder,
    Gold,
    GoldMention,
    check_status,
    json_lines,
    parse_document,
    parse_span,
    read_text,
)
from polcmp.text.span import Span

BOILERPLATE = "boilerplate"
OPTIONAL = "optional"

_NAMES = ("document", "filename", "file_name", "file", "upload_name")
_UPLOADED = re.compile(r"^[0-9a-f]{8}-")
"""What Label Studio puts before the name of an uploaded file."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled stretch of an export: offsets as exported, the words it is said to hold (or ``""``)."""

    start: object
    end: object
    label: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One labelled text of an export: its text, what is said of it, its labels."""

    text: str
    columns: Row
    labels: tuple[Label, ...]


def load_export(path: Path) -> Gold:
    """Labels from an export; Label Studio's has ``annotations`` or lists of objects with ``labels``.

    Raises:
        UsageError: P420 there is no such file or nothing known in it, P421 faults in the labels.
    """
    builder = Builder()
    rows = list(_rows(path, builder))
    if not rows and not builder.faults:
        raise UsageError(
            "nothing labelled in the file of gold labels",
            code="P420",
            where=str(path),
            hint="Name a folder with mentions.jsonl, or a Label Studio or doccano export.",
        )
    for place, row in rows:
        try:
            task = read_task(row)
            _add(task, builder, place)
        except ValueError as error:
            builder.faults.append(f"{place}: {error}")
    return builder.gold(path)


def _rows(path: Path, builder: Builder) -> Iterator[tuple[str, Any]]:
    """The tasks of an export with their places: a JSON list of them, one alone, or one a line."""
    try:
        whole = json.loads(read_text(path))
    except ValueError:
        yield from json_lines(path, builder)
        return
    for number, row in enumerate(whole if isinstance(whole, list) else [whole], 1):
        yield f"{path.name}, entry {number}", row


def read_task(row: object) -> Task:
    """A task in any of the known forms.

    Raises:
        ValueError: it has none of them.
    """
    if not isinstance(row, dict):
        raise ValueError("not an object")
    if isinstance(row.get("data"), dict):
        return _label_studio(row)
    for key in ("label", "labels", "entities"):
        marks = row.get(key)
        if isinstance(marks, list):
            text = next((row[one] for one in ("text", "data") if isinstance(row.get(one), str)), "")
            return Task(text, _flat(row), tuple(_mark(one) for one in marks))
    minimal = [one for value in row.values() if isinstance(value, list) for one in value]
    if any(isinstance(one, dict) and "labels" in one for one in minimal) or "annotator" in row:
        return Task(str(row.get("text") or ""), _flat(row), tuple(_regions(minimal)))
    raise ValueError(
        "neither a Label Studio nor a doccano task: it has no annotations, label, labels or entities"
    )


def _label_studio(row: Row) -> Task:
    """A task of Label Studio's JSON: of several annotations the ground truth counts, else the last one."""
    data = row["data"]
    annotations = row.get("annotations", row.get("completions")) or []
    done = [one for one in annotations if not one.get("was_cancelled")]
    truth = [one for one in done if one.get("ground_truth")] or done
    results = truth[-1].get("result", []) if truth else []
    text = data.get("text")
    if not isinstance(text, str):
        text = max((value for value in data.values() if isinstance(value, str)), key=len, default="")
    uploaded = _UPLOADED.sub("", PurePath(str(row.get("file_upload") or "")).name)
    columns = {"upload_name": uploaded, **_flat(row.get("meta") or {}), **_flat(data)}
    return Task(text, columns, tuple(_regions([one.get("value") for one in results])))


def _regions(values: list[Any]) -> Iterator[Label]:
    """The labelled stretches among Label Studio's values; choices, ratings and the like are no labels."""
    for value in values:
        if isinstance(value, dict) and "labels" in value:
            for label in value["labels"]:
                yield Label(value.get("start"), value.get("end"), str(label), str(value.get("text") or ""))


def _mark(mark: object) -> Label:
    """A stretch of doccano: ``[start, end, label]`` or an object; of Label Studio's JSON-MIN: an object."""
    if isinstance(mark, list) and len(mark) == 3:
        return Label(mark[0], mark[1], str(mark[2]))
    if isinstance(mark, dict) and isinstance(mark.get("labels"), list) and len(mark["labels"]) == 1:
        return Label(mark.get("start"), mark.get("end"), str(mark["labels"][0]), str(mark.get("text") or ""))
    if isinstance(mark, dict) and "label" in mark:
        start, end = mark.get("start_offset", mark.get("start")), mark.get("end_offset", mark.get("end"))
        return Label(start, end, str(mark["label"]))
    raise ValueError(f"not a labelled stretch: {json.dumps(mark, ensure_ascii=False)[:80]}")


def _flat(row: Row) -> dict[str, Any]:
    """The columns of an import, those under ``meta`` or ``metadata`` among them."""
    flat = dict(row)
    for key in ("meta", "metadata"):
        if isinstance(row.get(key), dict):
            flat.update(row[key])
    return flat


def _add(task: Task, builder: Builder, place: str) -> None:
    name = next((PurePath(str(task.columns[key])).name for key in _NAMES if task.columns.get(key)), "")
    if not name:
        raise ValueError(f"no document is named; import the texts with a column {_NAMES[0]}")
    if name in builder.documents:
        raise ValueError(f"{name} stands here twice")
    builder.documents[name] = parse_document(task.columns, name, len(task.text) if task.text else None)
    for label in task.labels:
        try:
            _add_label(label, task.text, name, builder)
        except ValueError as error:
            builder.faults.append(f"{place}: {name}: {error}")


def _add_label(label: Label, text: str, name: str, builder: Builder) -> None:
    span = code_points(parse_span(label.start, label.end), text, label.quote)
    if label.label.strip() == BOILERPLATE:
        builder.add_boilerplate(name, span)
        return
    measure, status, required = parse_label(label.label)
    quote = text[span.start : span.end] or label.quote
    builder.mentions.append(GoldMention(name, measure, status, required, span, quote))


def parse_label(label: str) -> tuple[str, str, bool]:
    """Measure, status and whether it is required, from ``measure:status[:optional]``.

    Raises:
        ValueError: it has another form, or the status is none.
    """
    measure, *rest = (part.strip() for part in label.split(":"))
    if not measure or len(rest) not in (1, 2) or rest[1:] not in ([], [OPTIONAL]):
        raise ValueError(f"label {label!r} is not measure:status, measure:status:optional or {BOILERPLATE}")
    return measure, check_status(rest[0]), len(rest) == 1


def code_points(span: Span, text: str, quote: str) -> Span:
    """A stretch in code points, checked against the words it is said to hold, if any.

    Raises:
        ValueError: it reaches beyond the text, or the words stand elsewhere.
    """
    if not text:
        return span
    if not quote or _bare(text[span.start : span.end]) == _bare(quote):
        if span.end > len(text):
            raise ValueError(f"{span.start}-{span.end} reaches beyond the text of {len(text)} characters")
        return span
    units = text.encode("utf-16-le", "surrogatepass")
    before, inside = units[: 2 * span.start], units[2 * span.start : 2 * span.end]
    start = len(before.decode("utf-16-le", "replace"))
    words = inside.decode("utf-16-le", "replace")
    if _bare(words) != _bare(quote):
        raise ValueError(f"{span.start}-{span.end} does not hold {quote[:40]!r}; was the text changed?")
    return Span(start, start + len(words))


def _bare(text: str) -> str:
    """Text without white space, which tools rewrite (Label Studio also as a backslash and an ``n``)."""
    return "".join(text.replace("\\n", "").split())
