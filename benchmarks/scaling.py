"""Does a scan stay as cheap, and as small, as the corpus grows? And the matcher, as the taxonomy grows?

    python benchmarks/scaling.py [--documents 300 3000] [--full] [--check]

Three tables:

1. processor time per document, and peak memory of the parent and of the largest worker, for corpora of
   growing size (``--full``: 1,000 to 300,000 documents, which takes hours), less what a scan of one document
   takes: starting up is no cost of a document;
2. one worker against two on the same corpus, by the clock (says nothing where cores are busy or shared);
3. taxonomies of 100 and of 1,000 patterns on the same texts.

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
        "processor": sum(one.ru_utime + one.ru_stime for one in (mine, theirs)),
        "parent": mine.ru_maxrss / 1024, "worker": theirs.ru_maxrss / 1024,
    }))
"""


class Run(NamedTuple):
    """One scan: documents, seconds by the clock and of processors, peak megabytes of parent and worker."""

    documents: int
    wall: float
    processor: float
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


def growth(sizes: Sequence[int], folder: Path) -> bool:
    """Table 1; whether the targets are kept."""
    table = Table(title="A growing corpus, one worker", title_justify="left")
    for head in ("documents", "ms a document", "x the smallest", "parent MB", "worker MB"):
        table.add_column(head, justify="right")
    one = folder / "one.jsonl"
    make_corpus.write(one, 1, sparse=False, jsonl=True)
    start = median(scan(one, folder, 1).processor for _ in range(3))
    first, kept = 0.0, True
    for size in sizes:
        corpus = folder / f"corpus-{size}.jsonl"
        make_corpus.write(corpus, size, sparse=False, jsonl=True)
        run = scan(corpus, folder, 1)
        cost = (run.processor - start) / size * 1000
        first = first or cost
        kept &= cost <= GROWTH * first and run.parent <= PARENT_MB and run.worker <= WORKER_MB
        table.add_row(
            f"{size:,}", f"{cost:.2f}", f"{cost / first:.2f}", f"{run.parent:.0f}", f"{run.worker:.0f}"
        )
    Console().print(table)
    print(f"Targets: <= {GROWTH} x, <= {PARENT_MB} MB, <= {WORKER_MB} MB\n")
    return kept


def speed_up(size: int, folder: Path) -> bool:
    """Table 2; whether the target is kept."""
    corpus = folder / f"two-{size}.jsonl"
    make_corpus.write(corpus, size, sparse=False, jsonl=True)
    walls: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(3):
        for workers, seen in walls.items():
            seen.append(scan(corpus, folder, workers).wall)
    gain = min(walls[1]) / min(walls[2])
    print(f"Two workers read {size:,} documents {gain:.2f} x as fast as one (target >= {SPEED_UP})\n")
    return gain >= SPEED_UP


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
    """Table 3; whether the target is kept."""
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
    parser.add_argument("--documents", type=int, nargs="+", default=[300, 1500])
    parser.add_argument("--full", action="store_true", help="1,000 to 300,000 documents")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a target is missed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = [
            growth(FULL if asked.full else asked.documents, folder),
            speed_up(max(asked.documents), folder),
            patterns(40, folder),
        ]
    sys.exit(asked.check and not all(kept))


if __name__ == "__main__":
    main()
