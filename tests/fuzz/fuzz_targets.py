"""What is fuzzed, and what must hold whatever goes in: one function a target, from text or bytes to nothing.

Each is used by the short run of the tests, by the long run (`make fuzz`), by atheris, and to replay what was
once found (`regressions/`). A target raises when something is wrong.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml

from polcmp.api import load_taxonomy
from polcmp.clean import find_boilerplate
from polcmp.errors import DocumentError, TaxonomyError
from polcmp.load import Source, read
from polcmp.load.sidecar import front_matter, read_sidecar
from polcmp.model.comparison import DocumentResult
from polcmp.model.document import Document
from polcmp.model.mention import STATUSES
from polcmp.pipeline import Reader
from polcmp.segment import segment, sentences
from polcmp.settings import Settings
from polcmp.taxonomy import check
from polcmp.text.figures import find_figures
from polcmp.text.fold import fold
from polcmp.text.span import Span

CHECKOUT = Path(__file__).parent.parent.parent
MEASURES = (CHECKOUT / "measures.yaml").read_text(encoding="utf-8")
PATIENCE_SECONDS = 10.0
"""Of processor time for one input, each of them some kilobytes long."""

SUFFIXES = ("txt", "html", "docx", "pdf", "rtf", "eml", "mht", "md", "csv", "jsonl")


@cache
def reader() -> Reader:
    return Reader.of(load_taxonomy(CHECKOUT / "measures.yaml"), Settings())


def folding(text: str) -> None:
    """Each folded character stands for a stretch of the raw text, in order."""
    folded = fold(text)
    spans = [folded.raw_span(Span(at, at + 1)) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before.start <= after.start for before, after in pairwise(spans))
    if spans:
        whole = folded.raw_span(Span(0, len(spans)))
        assert (whole.start, whole.end) == (spans[0].start, max(one.end for one in spans))
    assert "\r" not in folded.text


def furniture(text: str) -> None:
    """Masks lie in the text, in order and apart."""
    folded = fold(text).text
    spans = [mask.folded_span for mask in find_boilerplate(folded)]
    assert all(0 <= start < end <= len(folded) for start, end in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


def segmentation(text: str) -> None:
    """Sentences cover all but line breaks, in order; clauses cover their sentence; sections hang together."""
    folded = fold(text).text
    found = segment(folded, find_boilerplate(folded))
    at = 0
    for sentence in found.sentences:
        start, end = sentence.folded_span
        assert start < end and not folded[at:start].strip("\n")
        assert sentence.kind != "body" or end - start <= sentences.LONGEST
        at = start
        for clause in sentence.clauses:
            assert clause.start == at < clause.end
            at = clause.end
        assert at == end
        assert 0 <= sentence.section < len(found.sections)
        assert len(found.headings_of(sentence.section)) < 40
    assert not folded[at:].strip("\n")
    for index, section in enumerate(found.sections):
        assert -1 <= section.parent < max(index, 1)


def figures(text: str) -> None:
    """Figures stand where they say, apart, and are numbers."""
    folded = fold(text).text
    found = find_figures(folded)
    for figure in found:
        start, end = figure.folded_span
        assert folded[start:end] == figure.text and figure.text
        assert math.isfinite(figure.value) and figure.value >= 0
        assert figure.high is None or math.isfinite(figure.high)
    assert all(one.folded_span.end <= two.folded_span.start for one, two in pairwise(found))


def taxonomy(text: str) -> None:
    """A file is a taxonomy that can be used, or has faults with codes and places; never anything else."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "measures.yaml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        for fault in check(path):
            assert fault.code.startswith("P2") and fault.message and fault.format()
        try:
            loaded = load_taxonomy(path)
        except TaxonomyError as error:
            assert str(error)
            return
    result = Reader.of(loaded, Settings()).read(Document("x", "x", _SAMPLE, "0" * 64, "utf-8"))
    assert misplaced(result, _SAMPLE) == 0


def sidecar(text: str) -> None:
    """A sidecar or front matter states something or has faults; never anything else."""
    found, warnings = front_matter(f"---\n{text}\n---\n正文。")
    assert (
        all(isinstance(one, str) for one in (*found, *warnings) if one) if isinstance(found, tuple) else True
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "documents.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
        stated = read_sidecar(Path(folder))
    assert all(fault.code == "P306" and fault.where for fault in stated.faults)


def readers(data: bytes) -> None:
    """A file of any format is a document or has a fault; the first byte chooses what it is called."""
    suffix = SUFFIXES[(data[0] if data else 0) % len(SUFFIXES)]
    try:
        document = read(Source(f"x.{suffix}", f"x.{suffix}", data=data[1:]))
    except DocumentError as error:
        assert error.code.startswith("P3") and error.message
        return
    document.raw.encode("utf-8")  # half characters could not be written anywhere
    assert misplaced(reader().read(document), document.raw) == 0


def whole(text: str) -> None:
    """The whole path: quotations stand where they say."""
    assert misplaced(reader().read(Document("x", "x", text, "0" * 64, "utf-8")), text) == 0


def misplaced(result: DocumentResult, raw: str) -> int:
    """How many stretches of a document are not where they say."""
    faults = 0
    for one in result.mentions:
        (start, end), sentence = one.raw_span, one.raw_sentence
        faults += not 0 <= start < end <= len(raw) or raw[start:end] != one.quote
        faults += not sentence.contains(one.raw_span) or sentence.end > len(raw)
        faults += one.status not in STATUSES or not 0 <= one.score <= 1
    for dropped in result.dropped:
        start, end = dropped.raw_span
        faults += not 0 <= start < end <= len(raw) or raw[start:end] != dropped.quote
    return faults


_SAMPLE = "甲县选派第一书记29名到村任职，成立联合党委3个，每年按不低于8%的比例保底分红，58家企业结对106个村。"
"""Invented."""

TEXTS: dict[str, Callable[[str], None]] = {
    "folding": folding,
    "furniture": furniture,
    "segmentation": segmentation,
    "figures": figures,
    "whole": whole,
}
FILES: dict[str, Callable[[str], None]] = {"taxonomy": taxonomy, "sidecar": sidecar}
TARGETS = (*TEXTS, *FILES, "readers")


def run(target: str, given: str | bytes) -> None:
    """Give something to a target, and no more time than it should take."""
    started = time.process_time()
    if target == "readers":
        readers(given if isinstance(given, bytes) else given.encode("utf-8", "surrogatepass"))
    else:
        text = given if isinstance(given, str) else given.decode("utf-8", "surrogatepass")
        (TEXTS | FILES)[target](text)
    assert time.process_time() - started < PATIENCE_SECONDS, "too slow"


def tokens_of_measures() -> list[str]:
    """Words and marks of the default taxonomy, to build patterns of."""
    measures = yaml.safe_load(MEASURES)["measures"]
    patterns = [str(one) for measure in measures for one in measure.get("patterns", [])]
    return sorted({token for pattern in patterns for token in pattern.split()})
