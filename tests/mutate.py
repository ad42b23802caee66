"""Would any test notice a slip in the code? Changes one spot at a time and runs the tests on the change.

A slip is a comparison turned, a number one off, `and` for `or`, True for False, a `not` or a sum turned, a
string that is another one, or a `return` that gives None. Each is made in a copy of the checkout under the
system's temporary folder; the checkout itself is never written. What no test notices is listed: either a
test is missing, or the spot makes no difference.

    make mutate                              96 slips in polcmp/text and polcmp/match, always the same
    python tests/mutate.py 200 --seed 7      others; --only match/near.py for one file
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from compileall import compile_dir
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import Queue
from typing import Any, NamedTuple

CHECKOUT = Path(__file__).parent.parent
_RULES = tuple(f"tests/match/test_match_{topic}.py" for topic in ("trees", "verify", "resolve", "shapes"))
_ORACLE = "tests/match/test_match_oracle.py"
ROOMS = {
    "text": ("tests/text", *_RULES),
    "match": (*_RULES, "tests/match/test_match_near.py", "tests/explain"),
}
"""Rooms, and the tests that are run for each. Those of time are left out: here several run side by side."""

FINDERS = ("apart.py", "phrases.py", "verify.py", "view.py", "compiler.py", "program.py")
"""Modules of `match` that the search of every window (which takes longest) can say something about."""

SEED = 20240601
PASSING_SHARE = 0.7
"""Least share of slips that tests must notice."""

SLOWER = 4
"""A slip that takes this many times as long as the tests take without it is noticed: something hangs."""

_LEFT_OUT = (
    ".venv",
    ".git",
    "__pycache__",
    ".*_cache",
    ".hypothesis",
    "mutants",
    "benchmarks",
    "dist",
    "build",
)

_TURNED: dict[type[ast.AST], Any] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}


class Slip(NamedTuple):
    """A change of one spot.

    Attributes:
        file: the module, below the package.
        line: where, from 1.
        number: of the spot in `spots` of that module.
        kind: what is changed, for counting.
        before: the expression or statement as it is.
        after: and as it becomes.
    """

    file: str
    line: int
    number: int
    kind: str
    before: str
    after: str


class Spot(NamedTuple):
    """A node that can be changed, how, and what is shown of it."""

    kind: str
    shown: ast.AST
    change: Callable[[], None]


def spots(tree: ast.Module) -> Iterator[Spot]:
    """Every spot of a module that a slip can be made in, in a fixed order; types and docstrings are none."""
    skipped = {id(node) for node in _not_run(tree)}
    for node in ast.walk(tree):
        if id(node) not in skipped:
            yield from _spots_of(node)


def _not_run(tree: ast.Module) -> Iterator[ast.AST]:
    """What changes nothing that runs, or only words of an error: docstrings, types, `__slots__`, `raise`."""
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Raise():
                parts = [node]
            case ast.arg() | ast.AnnAssign():
                parts = [node.annotation]
            case ast.FunctionDef():
                parts = [node.returns, *node.decorator_list]
            case ast.ClassDef():
                parts = [*node.bases, *node.decorator_list]
            case ast.Assign(targets=[ast.Name(id=name)]) if name.startswith("__"):
                parts = [node]
            case ast.JoinedStr():
                parts = [one for one in node.values if isinstance(one, ast.Constant)]
        for part in parts:
            yield from ast.walk(part) if part else ()


def _spots_of(node: ast.AST) -> Iterator[Spot]:
    match node:
        case ast.Compare():
            for at, operator in enumerate(node.ops):
                yield Spot("comparison", node, partial(_put, node.ops, at, _TURNED[type(operator)]()))
        case ast.BoolOp():
            yield Spot("and, or", node, partial(setattr, node, "op", _TURNED[type(node.op)]()))
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            yield Spot("sum", node, partial(setattr, node, "op", _TURNED[type(node.op)]()))
        case ast.UnaryOp(op=ast.Not()):
            yield Spot("not", node, partial(setattr, node, "operand", ast.UnaryOp(ast.Not(), node.operand)))
        case ast.Constant(value=bool() as truth):
            yield Spot("truth", node, partial(setattr, node, "value", not truth))
        case ast.Constant(value=int() | float() as number):
            yield Spot("number", node, partial(setattr, node, "value", number + 1))
            yield Spot("number", node, partial(setattr, node, "value", number - 1))
        case ast.Constant(value=str() as text):
            yield Spot("string", node, partial(setattr, node, "value", text + "甴"))
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield Spot("return", node, partial(setattr, node, "value", ast.Constant(None)))


def _put(operators: list[ast.cmpop], at: int, operator: ast.cmpop) -> None:
    operators[at] = operator


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _spot(tree: ast.Module, number: int) -> Spot:
    return next(spot for at, spot in enumerate(spots(tree)) if at == number)


def sampled(count: int, seed: int, only: str) -> list[Slip]:
    """`count` slips of both rooms, drawn so that a seed always gives the same from the same code."""
    chance = random.Random(seed)
    places: list[tuple[str, int]] = []
    for room in sorted(ROOMS):
        for path in sorted((CHECKOUT / "polcmp" / room).glob("*.py")):
            file = f"{room}/{path.name}"
            if only in file:
                tree = ast.parse(path.read_text(encoding="utf-8"))
                places += [(file, number) for number in range(sum(1 for _ in spots(tree)))]
    drawn = sorted(chance.sample(places, min(count, len(places))))
    print(f"{len(places)} spots, {len(drawn)} drawn (seed {seed})", flush=True)
    return [_slip(file, number) for file, number in drawn]


def _slip(file: str, number: int) -> Slip:
    tree = ast.parse((CHECKOUT / "polcmp" / file).read_text(encoding="utf-8"))
    spot = _spot(tree, number)
    before = ast.unparse(spot.shown)
    line = getattr(spot.shown, "lineno", 0)
    spot.change()
    return Slip(file, line, number, spot.kind, before, ast.unparse(spot.shown))


def is_noticed(slip: Slip, copy: Path, seconds: float) -> str:
    """How the tests notice a slip made in a copy: ``failed``, ``slow``, or ``""`` if they do not."""
    path = copy / "polcmp" / slip.file
    kept = path.read_text(encoding="utf-8")
    tree = ast.parse(kept)
    _spot(tree, slip.number).change()
    try:
        path.write_text(ast.unparse(ast.fix_missing_locations(tree)), encoding="utf-8")
        return "failed" if run_tests(copy, slip.file, seconds) else ""
    except subprocess.TimeoutExpired:
        return "slow"
    finally:
        path.write_text(kept, encoding="utf-8")


def run_tests(copy: Path, file: str, seconds: float | None = None) -> int:
    """The exit code of the tests of a module in a copy.

    Raises:
        subprocess.TimeoutExpired: they take longer than `seconds`.
    """
    room, _, name = file.partition("/")
    tests = (*ROOMS[room], *([_ORACLE] if name in FINDERS else ()))
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    quiet = subprocess.DEVNULL
    return subprocess.run(
        command, cwd=copy, stdout=quiet, stderr=quiet, timeout=seconds, check=False
    ).returncode


def main() -> None:
    """Draw slips, try each, print the share that is noticed and what is not; exit with 1 below the floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=96)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", default="", help="part of a file's name: match/near.py")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    drawn = sampled(asked.count, asked.seed, asked.only)
    with tempfile.TemporaryDirectory(prefix="polcmp-mutate-") as folder:
        copies: Queue[Path] = Queue()
        for number in range(asked.jobs):
            copy = Path(folder) / str(number)
            shutil.copytree(CHECKOUT, copy, ignore=shutil.ignore_patterns(*_LEFT_OUT))
            compile_dir(
                copy, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH
            )  # times are too coarse
            copies.put(copy)
        started = time.monotonic()
        if run_tests(copy, "match/phrases.py") or run_tests(copy, "text/fold.py"):
            sys.exit("the tests fail without any slip; mend that first")
        seconds = SLOWER * (time.monotonic() - started) + 10

        def tried(slip: Slip) -> str:
            mine = copies.get()
            try:
                how = is_noticed(slip, mine, seconds)
            finally:
                copies.put(mine)
            print("." if how else "S", end="", flush=True)
            return how

        with ThreadPoolExecutor(asked.jobs) as pool:
            outcomes = list(pool.map(tried, drawn))
    report(drawn, outcomes)


def report(drawn: list[Slip], outcomes: list[str]) -> None:
    """Print what was noticed by kind, what was not, and end the program by the share."""
    noticed = sum(map(bool, outcomes))
    print(
        f"\n{noticed} of {len(drawn)} noticed ({noticed / len(drawn):.0%}), {outcomes.count('slow')} by time"
    )
    kinds, caught = Counter(slip.kind for slip in drawn), Counter[str]()
    for slip, how in zip(drawn, outcomes, strict=True):
        caught[slip.kind] += bool(how)
        if not how:
            before, after = (" ".join(one.split())[:150] for one in (slip.before, slip.after))
            print(f"  polcmp/{slip.file}:{slip.line}  {before}  →  {after}")
    print("; ".join(f"{kind} {caught[kind]}/{kinds[kind]}" for kind in sorted(kinds)))
    sys.exit(noticed < PASSING_SHARE * len(drawn))


if __name__ == "__main__":
    main()
