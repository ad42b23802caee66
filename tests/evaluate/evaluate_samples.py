"""Results and labels made by hand for the tests of evaluations. All texts are invented."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from polcmp.evaluate.gold import Gold, GoldDocument, GoldMention
from polcmp.model.comparison import DocumentFacts, DocumentResult, RawMask
from polcmp.model.document import Location
from polcmp.model.mention import Mention, Reading
from polcmp.text.span import Span

NAME = "a.txt"
MEASURE = "cadre_dispatch"


def mention(
    start: int, end: int, status: str = "implemented", measure: str = MEASURE, score: float = 1.0
) -> Mention:
    return Mention(
        id=f"{start:08x}{end:08x}",
        document=NAME,
        region="甲县",
        measure=measure,
        form="",
        status=status,
        score=score,
        raw_span=Span(start, end),
        quote="选派干部",
        raw_sentence=Span(start, end),
        section="",
        pattern="选派 & 干部",
        transforms=(),
        figures=(),
        reading=Reading(status, "已", "clause"),
        parts=(),
    )


def result(
    *mentions: Mention,
    name: str = NAME,
    region: str = "甲县",
    masks: Sequence[tuple[int, int]] = (),
    characters: int = 1000,
) -> DocumentResult:
    facts = DocumentFacts(
        name=name,
        path=f"reports/{name}",
        sha256="0" * 64,
        encoding="utf-8",
        characters=characters,
        title="",
        date="",
        location=Location(region),
        warnings=(),
        masks=tuple(RawMask(Span(*one), "related") for one in masks),
    )
    return DocumentResult(facts, mentions, ())


def label(
    start: int, end: int, status: str = "implemented", *, required: bool = True, measure: str = MEASURE
) -> GoldMention:
    return GoldMention(NAME, measure, status, required, Span(start, end), "选派干部")


def gold(
    *labels: GoldMention,
    documents: Sequence[GoldDocument] = (GoldDocument(NAME, "甲县"),),
    boilerplate: dict[str, tuple[Span, ...]] | None = None,
) -> Gold:
    return Gold("gold", tuple(documents), labels, boilerplate, any(one.region for one in documents))


def write_lines(path: Path, rows: Iterable[Any]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
