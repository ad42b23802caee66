"""Write a large store for benchmarks: invented regions, documents and mentions, the same on every machine.

    python benchmarks/make_store.py DIR [--mentions N] [--regions N] [--documents N] [--parts N]
                                        [--no-summary]

Nothing in it was read from a document. Every name and quotation begins with 虚构 (invented), so that no
figure of it can be taken for a finding. Regions are spread over all parts, as in a corpus that is ordered
by date: the worst case for a reader that looks for one region.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polcmp.api import load_taxonomy
from polcmp.defaults import default_taxonomy
from polcmp.model.comparison import (
    DocumentFacts,
    DocumentResult,
    DroppedMention,
    MeasureInfo,
    RawMask,
    TaxonomyInfo,
)
from polcmp.model.document import Location
from polcmp.model.mention import STATUSES, Figure, Mention, Part, Reading
from polcmp.pipeline import measure_infos
from polcmp.settings import Settings
from polcmp.store.layout import Manifest
from polcmp.store.schema import Row, arrow_table, rows_of
from polcmp.store.summarise import summarise
from polcmp.store.writer import recorded, write_manifest, write_part, write_taxonomy
from polcmp.text.span import Span

if TYPE_CHECKING:
    import pyarrow as pa

MARK = "虚构"
"""Begins every invented name and quotation."""

PROTOTYPES = 997
"""Different mentions; the others are these with another document, place and id."""

COPY_EVERY = 20
"""One document in so many is a copy of another one of its region."""


@dataclass(frozen=True)
class Size:
    """How large the store is to be."""

    mentions: int = 1_000_000
    regions: int = 2_800
    documents: int = 100_000
    parts: int = 500


def place(region: int) -> Location:
    """An invented county with its city and province, which stand in no gazetteer."""
    name = f"{MARK}{region:04d}县"
    full = f"{MARK}{region % 31:02d}省{MARK}{region % 330:03d}市{name}"
    return Location(name, full, "sidecar")


def facts_of_document(number: int, size: Size) -> DocumentFacts:
    """Document `number`; one in `COPY_EVERY` has the fingerprint of the one before it in its region."""
    source = number - size.regions if number % COPY_EVERY == 0 and number >= size.regions else number
    chance = random.Random(source)
    name = f"{MARK}/{number % 997:03d}/{number:07d}.txt"
    year, month, day = 2010 + number % 15, 1 + number % 12, 1 + number % 28
    return DocumentFacts(
        name=name,
        path=name,
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        encoding="utf-8",
        characters=1500 + number % 3000,
        title=f"{MARK}的报告{number}",
        date=f"{year}-{month:02d}-{day:02d}" if number % 9 else "",
        location=place(number % size.regions),
        warnings=(),
        masks=(RawMask(Span(0, 120), "navigation"),),
        fingerprint=tuple(sorted(chance.getrandbits(32) for _ in range(64))),
    )


def prototypes(measures: Sequence[MeasureInfo]) -> list[Mention]:
    """Mentions of every measure and status, with and without figures."""
    chance = random.Random(0)
    made = []
    for number in range(PROTOTYPES):
        measure = measures[number % len(measures)]
        status = chance.choices(STATUSES, (70, 12, 15, 3))[0]
        count = 1 + chance.randrange(300)
        quote = f"{MARK}共派出{count}名工作人员"
        figure = Figure(f"{count}名", float(count), None, "名", "工作人员", "exact", Span(5, 7))
        parts = (
            Part("派出", "派出", Span(3, 5), 1.0, "exact", 0.5),
            Part("<number>", f"{count}名", Span(5, 7), 1.0, "figure", 0.3),
            Part("工作人员", "工作人员", Span(7, 11), 1.0, "exact", 0.15),
        )
        made.append(
            Mention(
                id="0" * 16,
                document="",
                region="",
                measure=measure.id,
                form="",
                status=status,
                score=round(0.6 + 0.4 * chance.random(), 4),
                raw_span=Span(0, len(quote)),
                quote=quote,
                raw_sentence=Span(0, len(quote)),
                section=f"{MARK}的章节{number % 7}",
                pattern="派出 … <number> … 工作人员",
                transforms=(),
                figures=(figure,) if number % 3 else (),
                reading=Reading(status, "", "default"),
                parts=parts,
            )
        )
    return made


def dropped_like(mention: Mention, reason: str) -> DroppedMention:
    """The mention as a match that does not count."""
    return DroppedMention(
        mention.document,
        mention.region,
        mention.measure,
        "",
        mention.status,
        0.55 if reason == "below_cutoff" else mention.score,
        mention.raw_span,
        mention.quote,
        mention.pattern,
        reason,
        MARK,
        "here",
        mention.parts,
    )


def document_row(facts: DocumentFacts, number: int, size: Size) -> Row:
    """A document's row; its invented province and city stand in no gazetteer, so they are put in here."""
    row = rows_of(DocumentResult(facts, (), ()), "", facts.name, 0).documents[0]
    region = number % size.regions
    above = {"province": f"{MARK}{region % 31:02d}省", "city": f"{MARK}{region % 330:03d}市"}
    return {**row, **above, "county": facts.location.name}


class Maker:
    """Writes the parts of one store."""

    def __init__(self, folder: Path, size: Size, measures: Sequence[MeasureInfo]) -> None:
        self.folder, self.size = folder, size
        patterns = prototypes(measures)
        self.mentions = arrow_table("mentions", _rows("mentions", patterns))
        self.dropped = arrow_table("dropped", _rows("dropped", patterns))

    def part(self, number: int) -> None:
        """Part `number`, its commit record last."""
        each = -(-self.size.documents // self.size.parts)
        documents = range(number * each, min((number + 1) * each, self.size.documents))
        facts = [facts_of_document(one, self.size) for one in documents]
        rows = [document_row(one, at, self.size) for at, one in zip(documents, facts, strict=True)]
        tables = {
            "documents": arrow_table("documents", rows),
            "mentions": self._found(self.mentions, facts, documents, self._share(number, 1)),
            "dropped": self._found(self.dropped, facts, documents, self._share(number, 3)),
            "errors": arrow_table("errors", []),
            "sources": arrow_table("sources", [_source(one) for one in facts]),
        }
        write_part(self.folder, number, tables)

    def _share(self, part: int, divisor: int) -> int:
        mentions = self.size.mentions // divisor
        return mentions // self.size.parts + (part < mentions % self.size.parts)

    def _found(
        self, table: pa.Table, facts: Sequence[DocumentFacts], documents: range, count: int
    ) -> pa.Table:
        """`count` rows of prototypes, spread over the documents, as mentions of theirs."""
        import pyarrow as pa

        # Some documents say much, most say little: the square of an even spread, begun anywhere.
        shift = documents.start * 37
        spread = [int(len(facts) * (i / count) ** 2 + shift) % len(facts) for i in range(count)]
        chosen = [(documents[at] * 7919 + i * 104_729) % PROTOTYPES for i, at in enumerate(spread)]
        made = table.take(pa.array(chosen, pa.int64()))
        ids = [hashlib.md5(f"{facts[at].name}{i}".encode()).hexdigest()[:16] for i, at in enumerate(spread)]
        columns: dict[str, list[Any]] = {
            "source": [facts[at].name for at in spread],
            "document": [facts[at].name for at in spread],
            "region": [facts[at].location.name for at in spread],
            "start": [20 * i for i in range(count)],
            "end": [20 * i + 12 for i in range(count)],
        }
        if "id" in table.column_names:
            columns["id"] = ids
        for name, values in columns.items():
            at = made.schema.get_field_index(name)
            made = made.set_column(
                at, made.schema.field(name), pa.array(values, made.schema.field(name).type)
            )
        return made


def _rows(table: str, mentions: Sequence[Mention]) -> list[Row]:
    """Prototypes as rows of a table; dropped ones with reasons in turn."""
    reasons = ("boilerplate", "below_cutoff", "excluded", "other_place")
    dropped = [dropped_like(one, reasons[i % 4]) for i, one in enumerate(mentions)]
    facts = DocumentFacts("", "", "", "", 0, "", "", Location(""), (), ())
    made = rows_of(DocumentResult(facts, tuple(mentions), tuple(dropped)), mentions[0].quote, "", 0)
    rows: list[Row] = getattr(made, table)
    return rows


def _source(facts: DocumentFacts) -> Row:
    return {
        "source": facts.name,
        "generation": 0,
        "container": "",
        "path": facts.path,
        "size": facts.characters * 3,
        "mtime_ns": 0,
        "sha256": facts.sha256,
        "stated": "",
        "code": "",
    }


def make_store(folder: Path, size: Size, *, summary: bool = True) -> None:
    """A whole store under `folder`, which must not exist; with a summary, as a scan leaves it."""
    (folder / "parts").mkdir(parents=True)
    taxonomy = load_taxonomy()
    measures = measure_infos(taxonomy)
    maker = Maker(folder, size, measures)
    for number in range(size.parts):
        maker.part(number)
    write_taxonomy(folder, default_taxonomy()[0].read_bytes())
    write_manifest(
        folder,
        Manifest(
            taxonomy=TaxonomyInfo(taxonomy.path, taxonomy.version, taxonomy.sha256),
            settings=recorded(Settings()),
            measures=measures,
            corpus=(MARK,),
            reading={},
            version="0",
            complete=True,
        ),
    )
    if summary:
        summarise(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    for name in ("mentions", "regions", "documents", "parts"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Size, name))
    parser.add_argument("--no-summary", action="store_true", help="as a scan that was stopped leaves it")
    given = parser.parse_args()
    size = Size(given.mentions, given.regions, given.documents, given.parts)
    make_store(given.folder, size, summary=not given.no_summary)


if __name__ == "__main__":
    main()
