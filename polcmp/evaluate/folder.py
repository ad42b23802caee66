"""A folder of gold labels: ``mentions.jsonl``, ``documents.jsonl`` and ``boilerplate.jsonl``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from typing import Any

from polcmp.errors import UsageError
from polcmp.evaluate.gold import (
    Builder,
    Gold,
    GoldDocument,
    GoldMention,
    check_status,
    json_lines,
    parse_document,
    parse_span,
)

Row = Mapping[str, Any]


def load_folder(path: Path) -> Gold:
    """Labels from a folder.

    ``mentions.jsonl`` has ``document``, ``measure``, ``status``, ``required``, ``start``, ``end`` and
    ``quote``; ``documents.jsonl`` has ``document`` and may have ``region``, ``genre``, ``noise`` and
    ``characters``; ``boilerplate.jsonl`` has ``document``, ``start``, ``end``. Without
    ``documents.jsonl`` the documents are those with a mention, sorted.

    Raises:
        UsageError: P420 there is no ``mentions.jsonl``, P421 faults in the labels.
    """
    if not (path / "mentions.jsonl").is_file():
        raise UsageError(
            "no mentions.jsonl in the folder of gold labels",
            code="P420",
            where=str(path),
            hint="Name a folder that has one, or the export of a labelling tool.",
        )
    builder = Builder()
    _each(path / "mentions.jsonl", builder, _mention)
    listed = (path / "documents.jsonl").is_file()
    if listed:
        _each(path / "documents.jsonl", builder, _document)
    else:
        names = sorted({one.document for one in builder.mentions})
        builder.documents = {name: GoldDocument(name) for name in names}
    if (path / "boilerplate.jsonl").is_file():
        builder.boilerplate = {}
        _each(path / "boilerplate.jsonl", builder, _boilerplate)
    return builder.gold(path)


def _each(path: Path, builder: Builder, read: Callable[[Row, Builder], None]) -> None:
    """Every row of a file; one that cannot be read is a fault and the others go on."""
    for place, row in json_lines(path, builder):
        try:
            if not isinstance(row, dict):
                raise ValueError("not an object")
            read(row, builder)
        except KeyError as error:
            builder.faults.append(f"{place}: {error} is missing")
        except ValueError as error:
            builder.faults.append(f"{place}: {error}")


def _mention(row: Row, builder: Builder) -> None:
    builder.mentions.append(
        GoldMention(
            _name(row),
            str(row["measure"]),
            check_status(row["status"]),
            bool(row.get("required", True)),
            parse_span(row["start"], row["end"]),
            str(row.get("quote", "")),
        )
    )


def _document(row: Row, builder: Builder) -> None:
    name = _name(row)
    if name in builder.documents:
        raise ValueError(f"{name} stands here twice")
    builder.documents[name] = parse_document(row, name, row.get("characters"))


def _boilerplate(row: Row, builder: Builder) -> None:
    builder.add_boilerplate(_name(row), parse_span(row["start"], row["end"]))


def _name(row: Row) -> str:
    return PurePath(str(row["document"])).name
