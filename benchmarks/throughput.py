"""How much text one core reads in a second: polcmp's whole path against peers, in one run, on the same texts.

    python benchmarks/throughput.py [--documents 40] [--rounds 3] [--check]

The peers find phrases and do nothing else: no folding, masks, sentences, status, place, figures or offsets.

- ``rapidfuzz``: ``partial_ratio_alignment`` of every phrase with every document, cut-off 80.
- ``fuzzysearch``: ``find_near_matches`` with polcmp's own edit budget, on a few documents.
- ``rg -F``: all phrases verbatim, the whole program's start included; where ripgrep is installed.

Two taxonomies: the packaged one, and one of 60 plain phrases, for which a loop over phrases is at its best.
Texts come from ``make_corpus.py``: dense (every sentence of a policy report) and sparse (2 % of them). Time
is that of the processor, the median of interleaved rounds. Ratios hold on slow and fast machines; MB/s do
not.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import make_corpus
from fuzzysearch import find_near_matches
from rapidfuzz import fuzz
from rich.console import Console
from rich.table import Table

from polcmp.api import load_taxonomy
from polcmp.model.document import Document
from polcmp.pipeline import Reader
from polcmp.settings import Settings
from polcmp.text.fold import fold

PLAIN_PHRASES = 60
"""Phrases of the small taxonomy."""

TARGETS = {"dense": 1.5, "sparse": 5.0}
"""Least throughput of the whole path, in that of the rapidfuzz loop with the packaged taxonomy's phrases."""

SLOW_SHARE = 20
"""The slowest peer reads one document in that many: it is timed, not waited for."""


@dataclass(frozen=True)
class Rival:
    """Something to time.

    Attributes:
        label: how the table names it.
        run: reads these texts.
        share: it reads one text in that many.
        wall: whether other processes do the work, so that the clock counts and not this process's time.
    """

    label: str
    run: Callable[[Sequence[str]], object]
    share: int = 1
    wall: bool = False


def plain_taxonomy(phrases: Sequence[str], folder: Path) -> Path:
    """A taxonomy of plain phrases, twelve a measure."""
    lines = ["version: 1", "measures:"]
    for at in range(0, len(phrases), 12):
        quoted = ", ".join(f'"{phrase}"' for phrase in phrases[at : at + 12])
        lines += [f"  - id: m{at // 12}", f"    name: 措施{at // 12}", f"    patterns: [{quoted}]"]
    path = folder / "plain.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def phrases_of(reader: Reader) -> list[str]:
    """The distinct phrases that a compiled taxonomy looks for."""
    return sorted({phrase.text for phrase in reader.program.finder.phrases})


def whole_path(reader: Reader) -> Callable[[Sequence[str]], object]:
    """Every stage of polcmp, from decoded text to mentions with status, place and figures."""

    def run(texts: Sequence[str]) -> object:
        return [reader.read(Document(f"{n}", f"{n}", text, f"{n}", "utf-8")) for n, text in enumerate(texts)]

    return run


def loop(phrases: Sequence[str]) -> Callable[[Sequence[str]], object]:
    """What analysts write by hand: every phrase against every document."""

    def run(texts: Sequence[str]) -> object:
        return [
            fuzz.partial_ratio_alignment(phrase, text, score_cutoff=80)
            for text in texts
            for phrase in phrases
        ]

    return run


def near_matches(phrases: Sequence[str], budgets: Sequence[int]) -> Callable[[Sequence[str]], object]:
    """A library for approximate search, with the same edit budget."""

    def run(texts: Sequence[str]) -> object:
        return [
            find_near_matches(phrase, text, max_l_dist=budget)
            for text in texts
            for phrase, budget in zip(phrases, budgets, strict=True)
        ]

    return run


def verbatim(phrases: Sequence[str], folder: Path) -> Callable[[Sequence[str]], object]:
    """Ripgrep, all phrases verbatim."""
    listed = folder / f"phrases-{len(phrases)}.txt"
    listed.write_text("\n".join(phrases) + "\n", encoding="utf-8")

    def run(texts: Sequence[str]) -> object:
        file = folder / "texts.txt"
        if not file.exists() or file.stat().st_size != sum(len(text.encode()) for text in texts):
            file.write_text("".join(texts), encoding="utf-8")
        command = ["rg", "-F", "-o", "--threads", "1", "-f", str(listed), str(file)]
        return subprocess.run(command, capture_output=True, check=False).returncode

    return run


def rivals(reader: Reader, folder: Path) -> list[Rival]:
    """What is timed with one taxonomy; the first is the peer that ratios count from."""
    phrases = phrases_of(reader)
    budget = {
        phrase.text: b
        for phrase, b in zip(reader.program.finder.phrases, reader.program.finder.budgets, strict=True)
    }
    found = [
        Rival("rapidfuzz, phrase by phrase", loop(phrases)),
        Rival("polcmp, whole path", whole_path(reader)),
        Rival("polcmp, phrases only", lambda texts: [reader.program.finder.find(text) for text in texts]),
        Rival("polcmp, fold only", lambda texts: [fold(text) for text in texts]),
        Rival("fuzzysearch", near_matches(phrases, [budget[one] for one in phrases]), share=SLOW_SHARE),
    ]
    if shutil.which("rg"):
        found.append(Rival("rg -F, verbatim", verbatim(phrases, folder), wall=True))
    return found


def speeds(contenders: Sequence[Rival], texts: Sequence[str], rounds: int) -> list[float]:
    """Median MB/s of each over interleaved rounds, after one to warm up."""
    seen: list[list[float]] = [[] for _ in contenders]
    for number in range(rounds + 1):
        for place, rival in enumerate(contenders):
            mine = texts[:: rival.share]
            clock = perf_counter if rival.wall else process_time
            started = clock()
            rival.run(mine)
            took = clock() - started
            if number:
                seen[place].append(sum(len(text.encode()) for text in mine) / took / 1e6)
    return [median(one) for one in seen]


def report(kind: str, name: str, phrases: int, contenders: Sequence[Rival], found: Sequence[float]) -> None:
    """One table: MB/s and ratio to the first."""
    table = Table(title=f"{kind} text, {name} ({phrases:,} phrases)", title_justify="left")
    table.add_column("one core")
    table.add_column("MB/s", justify="right")
    table.add_column("x rapidfuzz loop", justify="right")
    for rival, speed in zip(contenders, found, strict=True):
        table.add_row(rival.label, f"{speed:,.3f}", f"{speed / found[0]:,.2f}")
    Console().print(table)


def main() -> None:
    """Time all rivals and print the tables; with --check fail where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true", help="exit with 1 if a target is missed")
    asked = parser.parse_args()
    missed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        packaged = Reader.of(load_taxonomy(make_corpus.ROOT / "measures.yaml"), Settings())
        longest = sorted(phrases_of(packaged), key=lambda phrase: (-len(phrase), phrase))[:PLAIN_PHRASES]
        plain = Reader.of(load_taxonomy(plain_taxonomy(longest, folder)), Settings())
        for kind, target in TARGETS.items():
            texts = [text for _, text in make_corpus.documents(asked.documents, sparse=kind == "sparse")]
            for label, reader in (("packaged taxonomy", packaged), ("plain taxonomy", plain)):
                contenders = rivals(reader, folder)
                found = speeds(contenders, texts, asked.rounds)
                report(kind, label, len(phrases_of(reader)), contenders, found)
                if reader is packaged and found[1] / found[0] < target:
                    missed = True
            print(f"Target with the packaged taxonomy, {kind} text: {target:g} x\n")
    sys.exit(asked.check and missed)


if __name__ == "__main__":
    main()
