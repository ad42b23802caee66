"""Does a scan stay as cheap, and as small, as the corpus grows? And the matcher, as the taxonomy grows?

    python benchmarks/scaling.py [--documents 300 1500] [--full] [--sparse] [--long 300000] [--check]

Four tables:

1. processor time per document, the parent's apart, and peak memory of the parent and of its largest child,
   for corpora of growing size (``--full``: 1,000 to 300,000 documents, which takes hours), less what a scan
   of one document takes: starting up is no cost of a document. ``--sparse``: documents of which 2 % speak
   of measures, which are read faster;
2. one worker against two on the same corpus: by the clock, which says nothing where processors are busy or
   shared, and by what the parent's share of the processor time lets two workers gain on two processors;
3. memory with one document of ``--long`` characters in the corpus (0: not measured);
4. taxonomies of 100 and of 1,000 patterns on the same texts.

Every scan is a process of its own. Corpora come from ``make_corpus.py``; the patterns are pairs of words from
the sample documents.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import NamedTuple

import make_corpus
from rich.console import Console
from rich.table import Table

from polcmp.api import load_taxonomy
from polcmp.model.document import Document
from polcmp.pipeline import Reader
from polcmp.settings import Settings

GROWTH, SPEED_UP, PATTERNS = 1.15, 1.8, 5.0
"""Targets: most growth of the cost per document, least gain of a second worker, most cost of ten times the
patterns."""

PARENT_MB, WORKER_MB = 300, 250
"""Targets: most memory."""

FULL = (1_000, 10_000, 100_000, 300_000)

SCAN = """\
import json, resource, sys, time
from polcmp import scan_corpus
if __name__ == "__main__":
    started = time.perf_counter()
    report = scan_corpus(sys.argv[1], sys.argv[2], workers=int(sys.argv[3]), taxonomy=sys.argv[4])
    wall = time.perf_counter() - started
    mine, theirs = (resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({
        "documents": report.documents, "wall": wall,
        "parent_seconds": mine.ru_utime + mine.ru_stime,
        "children_seconds": theirs.ru_utime + theirs.ru_stime,
        "parent": mine.ru_maxrss / 1024, "worker": theirs.ru_maxrss / 1024,
    }))
"""


class Run(NamedTuple):
    """One scan: documents, seconds by the clock and of processors, peak megabytes of parent and worker.

    The children are the workers, and the process that writes the store's summary.
    """

    documents: int
    wall: float
    parent_seconds: float
    children_seconds: float
    parent: float
    worker: float


def scan(corpus: Path, folder: Path, workers: int) -> Run:
    """Scan a corpus into a fresh store, in a process of its own."""
    script, store = folder / "scan_once.py", folder / f"store-{random.random():.12f}"
    script.write_text(SCAN, encoding="utf-8")
    taxonomy = make_corpus.ROOT / "measures.yaml"
    command = [sys.executable, str(script), str(corpus), str(store), str(workers), str(taxonomy)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Run(**json.loads(done.stdout))


def middle(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    return Run(*(median(values) for values in zip(*runs, strict=True)))


def growth(sizes: Sequence[int], folder: Path, *, sparse: bool) -> bool:
    """Table 1; whether the targets are kept."""
    table = Table(title="A growing corpus, one worker", title_justify="left")
    for head in ("documents", "ms a document", "x the smallest", "of it parent", "parent MB", "worker MB"):
        table.add_column(head, justify="right")
    one = folder / "one.jsonl"
    make_corpus.write(one, 1, sparse=sparse, jsonl=True)
    start = middle([scan(one, folder, 1) for _ in range(3)])
    first, kept = 0.0, True
    for size in sizes:
        corpus = folder / f"corpus-{size}.jsonl"
        make_corpus.write(corpus, size, sparse=sparse, jsonl=True)
        run = scan(corpus, folder, 1)
        parent = (run.parent_seconds - start.parent_seconds) / size * 1000
        cost = parent + (run.children_seconds - start.children_seconds) / size * 1000
        first = first or cost
        kept &= cost <= GROWTH * first and run.parent <= PARENT_MB and run.worker <= WORKER_MB
        table.add_row(
            *(f"{size:,}", f"{cost:.2f}", f"{cost / first:.2f}", f"{parent:.2f}"),
            *(f"{run.parent:.0f}", f"{run.worker:.0f}"),
        )
    Console().print(table)
    print(f"Targets: <= {GROWTH} x, <= {PARENT_MB} MB, <= {WORKER_MB} MB\n")
    return kept


def speed_up(size: int, folder: Path, *, sparse: bool) -> bool:
    """Table 2; whether the target is kept, by processor time: the clock depends on what else runs."""
    corpora = {name: folder / f"two-{name}.jsonl" for name in (1, size)}
    for count, corpus in corpora.items():
        make_corpus.write(corpus, count, sparse=sparse, jsonl=True)
    runs: dict[int, list[Run]] = {1: [], 2: []}
    for _ in range(3):
        for workers, seen in runs.items():
            seen.append(scan(corpora[size], folder, workers))
    start = middle([scan(corpora[1], folder, 1) for _ in range(3)])
    two = middle(runs[2])
    parent, children = (two[at] - start[at] for at in (2, 3))
    allowed = 2 / (1 + max(0.0, parent) / children)
    gain = min(one.wall for one in runs[1]) / min(one.wall for one in runs[2])
    print(
        f"Two workers read {size:,} documents {gain:.2f} x as fast as one by the clock; the parent takes "
        f"{parent / children:.1%} of what they take, which allows {allowed:.2f} x on two processors "
        f"(target >= {SPEED_UP})\n"
    )
    return allowed >= SPEED_UP


def one_long(characters: int, folder: Path) -> bool:
    """Table 3; whether the memory stays in its bounds with one long document in the corpus."""
    if not characters:
        return True
    corpus = folder / "long.jsonl"
    make_corpus.write(corpus, 50, sparse=True, jsonl=True)
    pieces, length = [], 0
    for _, text in make_corpus.documents(characters, sparse=True):
        pieces.append(text)
        length += len(text)
        if length >= characters:
            break
    with corpus.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": "long", "text": "".join(pieces)}, ensure_ascii=False) + "\n")
    run = scan(corpus, folder, 1)
    print(
        f"With one document of {length:,} characters: parent {run.parent:.0f} MB, worker {run.worker:.0f} MB "
        f"(targets <= {PARENT_MB}, <= {WORKER_MB})\n"
    )
    return run.parent <= PARENT_MB and run.worker <= WORKER_MB


def pattern_file(count: int, folder: Path) -> Path:
    """A taxonomy of `count` patterns, each two words of the sample documents with a gap between."""
    chance = random.Random(count)
    text = "".join(make_corpus.policy_sentences())
    words = sorted(set(re.findall(r"[^\W\d_A-Za-z]{3,7}", text)))
    lines = ["version: 1", "measures:"]
    for number in range(count):
        if number % 20 == 0:
            lines += [f"  - id: m{number}", f"    name: 措施{number}", "    patterns:"]
        a, b = (chance.choice(words)[:4] for _ in range(2))
        lines.append(f'      - "{a} … {b}"')
    path = folder / f"patterns-{count}.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def patterns(documents: int, folder: Path) -> bool:
    """Table 4; whether the target is kept."""
    texts = [text for _, text in make_corpus.documents(documents, sparse=False)]
    costs: dict[int, list[float]] = {100: [], 1000: []}
    readers = {n: Reader.of(load_taxonomy(pattern_file(n, folder)), Settings()) for n in costs}
    for number in range(4):
        for count, reader in readers.items():
            started = process_time()
            for at, text in enumerate(texts):
                reader.read(Document(f"{at}", f"{at}", text, f"{at}", "utf-8"))
            if number:
                costs[count].append(process_time() - started)
    ratio = median(costs[1000]) / median(costs[100])
    print(f"1,000 patterns cost {ratio:.2f} x of 100 (target <= {PATTERNS:g})")
    return ratio <= PATTERNS


def main() -> None:
    """Measure and print; with --check fail where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, nargs="+", default=[300, 1500], help="sizes of corpora")
    parser.add_argument("--full", action="store_true", help="1,000 to 300,000 documents")
    parser.add_argument("--sparse", action="store_true", help="documents that hardly speak of measures")
    parser.add_argument("--long", type=int, default=300_000, help="characters of the one long document")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a target is missed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = [
            growth(FULL if asked.full else asked.documents, folder, sparse=asked.sparse),
            speed_up(max(asked.documents), folder, sparse=asked.sparse),
            one_long(asked.long, folder),
            patterns(40, folder),
        ]
    sys.exit(asked.check and not all(kept))


if __name__ == "__main__":
    main()
