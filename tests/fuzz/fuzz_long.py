"""The long run: ``python tests/fuzz/fuzz_long.py [TARGET]... [--minutes N] [--seed N] [--atheris]``.

Goes through the targets one after another, N minutes each (10). What fails is made as small as can be,
printed, and kept in ``regressions/<target>``, where the tests replay it. With ``--atheris`` the inputs come
from atheris (``pip install atheris``), which follows the branches of the code, instead of hypothesis.
"""

from __future__ import annotations

import argparse
import sys
import time
from hashlib import sha256
from pathlib import Path

from fuzz_inputs import inputs_of
from fuzz_targets import TARGETS, run
from hypothesis import HealthCheck, given, seed, settings

FOUND = Path(__file__).parent / "regressions"
BATCH = 300


def main() -> int:
    """Run; 1 if something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--minutes", type=float, default=10.0, help="for each target")
    parser.add_argument("--seed", type=int, default=0, help="of the first batch")
    parser.add_argument("--atheris", action="store_true")
    asked = parser.parse_args()
    unknown = set(asked.targets) - set(TARGETS)
    if unknown:
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    targets = asked.targets or list(TARGETS)
    if asked.atheris:
        return with_atheris(targets[0], asked.minutes)
    found = [with_hypothesis(target, asked.minutes, asked.seed) for target in targets]  # all of them
    return int(any(found))


def with_hypothesis(target: str, minutes: float, first: int) -> bool:
    """Batches with one seed after another till the time is over; whether something was found."""
    until, tried, number = time.monotonic() + 60 * minutes, 0, first
    given_last: list[str | bytes] = []
    while time.monotonic() < until:

        @settings(max_examples=BATCH, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @seed(number)
        @given(inputs_of(target))
        def batch(value: str | bytes) -> None:
            given_last[:] = [value]
            run(target, value)

        try:
            batch()
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            print(
                f"{target}: seed {number}: {type(error).__name__}: {error}\n  {keep(target, given_last[0])}",
                flush=True,
            )
            return True
        tried, number = tried + BATCH, number + 1
    print(f"{target}: {tried} inputs, nothing found", flush=True)
    return False


def with_atheris(target: str, minutes: float) -> int:
    """One target with atheris, which ends the process itself when it finds something."""
    import atheris

    def one(data: bytes) -> None:
        try:
            run(target, data if target == "readers" else data.decode("utf-8", "ignore"))
        except Exception:
            keep(target, data if target == "readers" else data.decode("utf-8", "ignore"))
            raise

    atheris.instrument_all()
    atheris.Setup(
        [sys.argv[0], f"-max_total_time={int(60 * minutes)}", "-max_len=2000", "-print_final_stats=1"], one
    )
    atheris.Fuzz()
    return 0


def keep(target: str, given: str | bytes) -> Path:
    """Write what failed down, for the tests to replay."""
    data = given if isinstance(given, bytes) else given.encode("utf-8", "surrogatepass")
    path = FOUND / target / sha256(data).hexdigest()[:12]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


if __name__ == "__main__":
    sys.exit(main())
