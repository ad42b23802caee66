"""How long questions to a large store take, as whole processes: ratios against the smallest ones beside them.

    python benchmarks/store.py [--store DIR] [--mentions N] [--rounds 3] [--check]

Without ``--store`` a store is made in a temporary folder by ``make_store.py`` (a million invented mentions
take half a minute). Each command is timed whole, from a cold start of the interpreter, and compared with
two others in the same run: an interpreter that only imports duckdb, and duckdb counting the mentions of
each region and measure in the same files, which no program that reads them can do without. Processor time
is what counts where others use the machine; the targets are in it.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from make_store import Size, make_store

ROOT = Path(__file__).resolve().parent.parent

IMPORT = "import duckdb"
COUNT = """
import duckdb, glob, sys
files = glob.glob(sys.argv[1] + "/parts/*.mentions.parquet")
rows = duckdb.execute("SELECT region, measure, status, count(*) FROM read_parquet(?) GROUP BY ALL", [files])
print(len(rows.fetchall()))
"""

TARGET_SECONDS = 1.3
"""Most processor time of `polcmp compare DIR` on a million mentions, where nothing else runs."""

QUESTIONS: dict[str, tuple[str, ...]] = {
    "compare": ("compare",),
    "compare --page 7": ("compare", "--page", "7"),
    "compare --by province": ("compare", "--by", "province"),
    "compare --rates --first": ("compare", "--rates", "--first"),
    "compare -m … -s planned": ("compare", "-m", "joint_committee", "-s", "planned"),
    "compare --evidence 2": ("compare", "--evidence", "2"),
    "compare --json --top 5": ("compare", "--json", "--top", "5"),
}


@dataclass(frozen=True)
class Run:
    """One process: seconds on the clock, seconds of processor time, memory at its highest in MB."""

    wall: float
    processor: float
    memory: float


def run(command: Sequence[str]) -> Run:
    """Run a command to its end; its output is thrown away."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = perf_counter()
    code = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, "
        "stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); "
        "sys.exit(done.returncode)"
    )
    # A process between: the highest memory of children is that of all a process ever had.
    done = subprocess.run(
        [sys.executable, "-c", code, *command], stdout=subprocess.PIPE, check=True, cwd=ROOT
    )
    wall = perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, processor, int(done.stdout) / 1024)


def middle(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    return Run(
        median(one.wall for one in runs),
        median(one.processor for one in runs),
        max(one.memory for one in runs),
    )


def measure(store: Path, rounds: int) -> dict[str, Run]:
    """Every command, interleaved, one round after another."""
    polcmp = [sys.executable, "-m", "polcmp.cli.main"]
    commands = {
        "import duckdb": [sys.executable, "-c", IMPORT],
        "duckdb counts": [sys.executable, "-c", COUNT, str(store)],
        **{name: [*polcmp, one[0], str(store), *one[1:], "-q"] for name, one in QUESTIONS.items()},
    }
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            done = run(command)
            if number:  # the first round fills the file cache and writes bytecode
                runs[name].append(done)
    return {name: middle(found) for name, found in runs.items()}


def report(found: dict[str, Run]) -> None:
    base = found["duckdb counts"].processor
    print(f"{'':28}{'clock s':>9}{'cpu s':>8}{'MB':>7}{'× count':>9}")
    for name, one in found.items():
        print(f"{name:28}{one.wall:9.2f}{one.processor:8.2f}{one.memory:7.0f}{one.processor / base:9.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", type=Path)
    parser.add_argument("--mentions", type=int, default=Size.mentions)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true", help="fail when compare takes more than the target")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        store = given.store or Path(temporary) / "store"
        if given.store is None:
            scale = given.mentions / Size.mentions
            make_store(store, Size(given.mentions, documents=max(2800, round(Size.documents * scale))))
        found = measure(store, given.rounds)
    report(found)
    if given.check and found["compare"].processor > TARGET_SECONDS:
        sys.exit(
            f"compare took {found['compare'].processor:.2f} s of processor time, over {TARGET_SECONDS} s"
        )


if __name__ == "__main__":
    main()
