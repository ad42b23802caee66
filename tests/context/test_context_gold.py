"""Status and place on the labelled documents that rules may be tuned on: floors that are only raised."""

from __future__ import annotations

import json
from pathlib import Path

from polcmp.context import open_context
from polcmp.model.document import Location, Mask
from polcmp.model.mention import Reading
from polcmp.segment import segment
from polcmp.text.fold import fold
from polcmp.text.span import Span

ROOT = Path(__file__).parent.parent.parent
SETS = (
    (ROOT / "tests/gold/seeds", ROOT / "seeds"),
    (ROOT / "tests/gold/dev", ROOT / "tests/gold/dev/documents"),
)
FLOOR_REQUIRED = 0.99
LAST_TUNED = "d20.txt"


def _rows(path: Path, document: str) -> list[dict[str, object]]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["document"] == document]


def _readings() -> list[tuple[dict[str, object], Reading]]:
    found = []
    for labels, documents in SETS:
        for line in (labels / "documents.jsonl").read_text(encoding="utf-8").splitlines():
            facts = json.loads(line)
            name = facts["document"]
            if name.startswith("d") and name > LAST_TUNED:
                continue
            raw = (documents / name).read_bytes().decode(facts["encoding"])
            folded = fold(raw)
            masks = [
                Mask(folded.folded_span(Span(int(str(row["start"])), int(str(row["end"])))), "labelled")
                for row in _rows(labels / "boilerplate.jsonl", name)
            ]
            segmentation = segment(folded.text, masks)
            reader = open_context(folded.text, segmentation, Location(facts["region"], facts["region_full"]))
            for row in _rows(labels / "mentions.jsonl", name):
                span = folded.folded_span(Span(int(str(row["start"])), int(str(row["end"]))))
                sentences = enumerate(segmentation.sentences)
                number = next(at for at, one in sentences if one.folded_span.overlaps(span))
                found.append((row, reader.read(span, number)))
    return found


def test_labelled_mentions_are_read_here_and_with_their_status() -> None:
    required = [(row, reading) for row, reading in _readings() if row["required"]]
    assert [row["quote"] for row, reading in required if reading.place != "here"] == []
    right = sum(reading.status == row["status"] for row, reading in required)
    assert right / len(required) >= FLOOR_REQUIRED
