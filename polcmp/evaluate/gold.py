"""Gold labels as nouns, and the one way to load them: a folder of ours or an export of a labelling tool.

Reads labels only, never a document. Every fault of a file is told at once, with its line.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from polcmp.errors import UsageError
from polcmp.model.mention import STATUSES
from polcmp.text.span import Span

CLEAN = "clean"
"""Kind of noise of a document that is said to have none."""

MOST_FAULTS = 20
"""Faults told of one file; the rest is counted."""


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A labelled mention; offsets are code points into the raw text.

    `required` ones must be found; finding another is right, missing it is no fault.
    """

    document: str
    measure: str
    status: str
    required: bool
    raw_span: Span
    quote: str = ""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A labelled document.

    Attributes:
        name: file name, by which results are matched.
        region: short name, ``""`` when not labelled.
        genre: what it is (``news``, ``report`` …), ``""`` when not said.
        noise: what its text suffered (``traditional``, ``linewrap`` …), `CLEAN` for nothing; empty when
            not said.
        characters: code points of the text that was labelled, -1 when not said.
    """

    name: str
    region: str = ""
    genre: str = ""
    noise: tuple[str, ...] = ()
    characters: int = -1


@dataclass(frozen=True, slots=True)
class Gold:
    """A set of labels.

    Attributes:
        path: the folder or file they come from.
        documents: in the order of the labels.
        mentions: in the order of the labels.
        boilerplate: stretches of page furniture by document; None when nobody labelled any.
        regions_labelled: whether `documents` say which region they are about.
    """

    path: str
    documents: tuple[GoldDocument, ...]
    mentions: tuple[GoldMention, ...]
    boilerplate: Mapping[str, tuple[Span, ...]] | None = None
    regions_labelled: bool = False

    @property
    def folder(self) -> Path:
        """The folder that holds the labels."""
        path = Path(self.path)
        return path if path.is_dir() else path.parent

    @property
    def name(self) -> str:
        """Name of the set: that of its folder, or of its file without the ending."""
        path = Path(self.path).resolve()
        return path.name if path.is_dir() else path.stem

    def files(self) -> tuple[str, ...]:
        """The files that hold the labels."""
        if not Path(self.path).is_dir():
            return (self.path,)
        return tuple(str(one) for one in sorted(Path(self.path).glob("*.jsonl")))

    def inputs(self) -> tuple[str, ...]:
        """The documents that lie beside the labels (``documents``), empty when none do."""
        beside = self.folder / "documents"
        return (str(beside),) if beside.is_dir() else ()

    def only(self, names: Collection[str]) -> Gold:
        """The labels of some documents alone."""
        return replace(
            self,
            documents=tuple(one for one in self.documents if one.name in names),
            mentions=tuple(one for one in self.mentions if one.document in names),
            boilerplate=None
            if self.boilerplate is None
            else {name: spans for name, spans in self.boilerplate.items() if name in names},
        )


@dataclass
class Builder:
    """Gathers labels and faults while a file is read.

    Attributes:
        documents: by name, in order.
        mentions: in order.
        boilerplate: by document; None as long as nothing is labelled as boilerplate.
        faults: one line each, with its place.
    """

    documents: dict[str, GoldDocument] = field(default_factory=dict)
    mentions: list[GoldMention] = field(default_factory=list)
    boilerplate: dict[str, list[Span]] | None = None
    faults: list[str] = field(default_factory=list)

    def add_boilerplate(self, document: str, span: Span) -> None:
        """Label a stretch as page furniture."""
        self.boilerplate = self.boilerplate or {}
        self.boilerplate.setdefault(document, []).append(span)

    def gold(self, path: Path) -> Gold:
        """The labels.

        Raises:
            UsageError: P421, with every fault.
        """
        if self.faults:
            raise _faulty(path, self.faults)
        boilerplate = self.boilerplate
        return Gold(
            str(path),
            tuple(self.documents.values()),
            tuple(self.mentions),
            None if boilerplate is None else {name: tuple(spans) for name, spans in boilerplate.items()},
            any(one.region for one in self.documents.values()),
        )


def _faulty(path: Path, faults: list[str]) -> UsageError:
    shown = faults[:MOST_FAULTS] + [f"and {len(faults) - MOST_FAULTS} more"] * (len(faults) > MOST_FAULTS)
    return UsageError(
        f"{len(faults)} fault{'s' * (len(faults) != 1)} in the gold labels",
        code="P421",
        where=str(path),
        hint="\n  ".join(shown),
    )


def json_lines(path: Path, builder: Builder) -> Iterator[tuple[str, Any]]:
    """The values of a JSON Lines file, each with its place (``file:line``); a bad line is a fault."""
    # not splitlines(): a quotation may hold U+2028 or U+0085, which end no line of JSON Lines
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        place = f"{path.name}:{number}"
        try:
            yield place, json.loads(line)
        except ValueError as error:
            builder.faults.append(f"{place}: not JSON ({error})")


def read_text(path: Path) -> str:
    """A file of labels, UTF-8 with or without byte order mark.

    Raises:
        UsageError: P420, it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise UsageError(
            f"gold labels cannot be read: {why}",
            code="P420",
            where=str(path),
            hint="Name a folder with mentions.jsonl, or a Label Studio or doccano export.",
        ) from error


def parse_document(row: Mapping[str, Any], name: str, characters: object = None) -> GoldDocument:
    """A document by its row: ``region``, ``genre``, ``noise`` (a list, or words with commas between)."""
    noise = row.get("noise")
    if isinstance(noise, str):
        noise = [one for one in (part.strip() for part in noise.split(",")) if one]
    kinds = tuple(str(one) for one in noise) or (CLEAN,) if isinstance(noise, list) else ()
    return GoldDocument(
        name,
        str(row.get("region") or ""),
        str(row.get("genre") or ""),
        kinds,
        characters if isinstance(characters, int) else -1,
    )


def parse_span(start: object, end: object) -> Span:
    """A half-open stretch.

    Raises:
        ValueError: the two are no offsets, or nothing lies between them.
    """
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end):
        raise ValueError(f"no stretch of text: start {start!r}, end {end!r}")
    return Span(start, end)


def check_status(status: object) -> str:
    """The status, if it is one.

    Raises:
        ValueError: it is none.
    """
    if status not in STATUSES:
        raise ValueError(f"there is no status {status!r}; choose one of: {', '.join(STATUSES)}")
    return str(status)
