"""How long a run takes from the shell's point of view: polcmp against a bare typer program.

    python benchmarks/startup.py [--rounds 20] [--check]

Three whole processes are timed, interleaved (A B C A B C …) so that a busy machine slows all alike:

1. a bare typer program: one command without parameters that prints one line;
2. ``polcmp --version``;
3. ``polcmp compare seeds``, five documents, its table read from a pipe.

The targets are ratios of medians, which hold on slow and fast machines alike. The children may write
bytecode whatever the caller's environment says, and are warmed up first: that is how an installed
program runs. Nothing of polcmp is imported here, and nothing but the children's output is looked at.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent

WARM_UP_ROUNDS = 2
"""Rounds thrown away: the first writes bytecode, both fill the file cache."""

FEWEST_ROUNDS = 10
"""Below that a median over a busy machine says little."""

BARE_PROGRAM = """\
import typer

app = typer.Typer()


@app.command()
def main() -> None:
    print("one line")


app()
"""


@dataclass(frozen=True)
class Rival:
    """A program to time.

    Attributes:
        label: how the table names it.
        command: the program and its arguments.
        target: most that its median may be, in medians of the first rival; None for that one.
    """

    label: str
    command: tuple[str, ...]
    target: float | None


def main() -> int:
    """Time the three programs, print the table; 1 when ``--check`` is given and a target is missed."""
    parser = argparse.ArgumentParser(description="Start-up time of polcmp against a bare typer program.")
    parser.add_argument("--rounds", type=int, default=20, help=f"timed rounds, at least {FEWEST_ROUNDS}")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a target is missed")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rivals = _rivals(Path(folder))
        seconds = measure([rival.command for rival in rivals], max(chosen.rounds, FEWEST_ROUNDS))
    missed = report(rivals, seconds)
    return 1 if missed and chosen.check else 0


def _rivals(folder: Path) -> list[Rival]:
    bare = folder / "bare.py"
    bare.write_text(BARE_PROGRAM, encoding="utf-8")
    polcmp = str(Path(sys.executable).with_name("polcmp"))  # the script of this very environment
    return [
        Rival("bare typer program", (sys.executable, str(bare)), None),
        Rival("polcmp --version", (polcmp, "--version"), 1.2),
        Rival("polcmp compare seeds", (polcmp, "compare", "seeds"), 2.5),
    ]


def measure(commands: Sequence[Sequence[str]], rounds: int) -> list[list[float]]:
    """Wall times of whole processes, one after another, in turn.

    Args:
        commands: programs with their arguments, run in the checkout's folder.
        rounds: how often each is timed, 1 or more; warm-up comes on top.

    Returns:
        For each command its times in seconds, `rounds` of them, in the order they were taken.

    Raises:
        subprocess.CalledProcessError: a program failed, and its time would mean nothing.
    """
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times: list[list[float]] = [[] for _ in commands]
    for turn in range(WARM_UP_ROUNDS + rounds):
        for command, taken in zip(commands, times, strict=True):
            seconds = _run(command, env)
            if turn >= WARM_UP_ROUNDS:
                taken.append(seconds)
    return times


def _run(command: Sequence[str], env: Mapping[str, str]) -> float:
    """Seconds from the start of a process to its end, its output read from a pipe."""
    started = perf_counter()
    subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=True)
    return perf_counter() - started


def report(rivals: Sequence[Rival], seconds: Sequence[Sequence[float]]) -> list[str]:
    """Print the table of medians and ratios.

    Args:
        rivals: what was timed, the yardstick first.
        seconds: wall times of each.

    Returns:
        Labels of those that missed their target.
    """
    yardstick = median(seconds[0])
    missed = []
    print(f"{'':24}{'median':>10}{'fastest':>10}{'ratio':>8}{'target':>9}")
    for rival, taken in zip(rivals, seconds, strict=True):
        ratio = median(taken) / yardstick
        row = f"{rival.label:24}{median(taken) * 1000:7.0f} ms{min(taken) * 1000:7.0f} ms{ratio:8.2f}"
        if rival.target is not None:
            kept = ratio <= rival.target
            row += f"   <= {rival.target:.1f}  {'kept' if kept else 'MISSED'}"
            missed += [] if kept else [rival.label]
        print(row)
    print(f"{len(seconds[0])} rounds in turn after {WARM_UP_ROUNDS} to warm up; ratios of medians")
    return missed


if __name__ == "__main__":
    sys.exit(main())
