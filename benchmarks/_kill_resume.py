"""Kill a scan again and again, go on with it, and see that the store is what an undisturbed scan makes.

    python benchmarks/_kill_resume.py [--kills 20] [--documents 600] [--workers 2] [--seed 1]

Each kill is a SIGKILL at a random moment; after it the same scan is started again. At the end every file of
the store has to be the same, byte for byte, as in a store that was never disturbed, which says that nothing
was lost, repeated or half written. Takes about 90 s on two cores, and is not part of `make bench` (its name
begins with an underscore): it measures no speed. Exit code 1 if the stores differ.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from multiprocessing import Process
from pathlib import Path

HERE = Path(__file__).parent
PART_DOCUMENTS = 10
"""Small parts, so that a kill meets every stage of many of them."""


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = folder / "corpus"
        maker = [
            sys.executable,
            str(HERE / "make_corpus.py"),
            str(corpus),
            "--documents",
            str(options.documents),
        ]
        subprocess.run([*maker, "--sparse"], check=True, stdout=subprocess.DEVNULL)
        started = time.monotonic()
        scan(corpus, folder / "whole", options.workers)
        seconds = time.monotonic() - started
        whole = contents(folder / "whole")
        print(f"undisturbed: {seconds:.1f} s, {len(whole)} files")
        kills = _disturbed(corpus, folder / "killed", options, seconds)
        same = contents(folder / "killed") == whole
        verdict = "the same files, byte for byte" if same else "THE STORES DIFFER"
        print(f"killed {kills} times and gone on with: {verdict}")
        return 0 if same and kills >= options.kills else 1


def _disturbed(corpus: Path, store: Path, options: argparse.Namespace, seconds: float) -> int:
    """Scan, kill, scan on, until there were enough kills; the last scan is left alone."""
    dice = random.Random(options.seed)
    kills = 0
    for _ in range(20 * options.kills):
        if kills == options.kills:
            break
        before = commits(store)
        running = Process(target=scan, args=(corpus, store, options.workers))
        running.start()
        # While workers start, in the middle of a part, right after a commit: every stage has its turn.
        wanted = before + dice.choice((0, 1, 1, 2))
        while running.is_alive() and commits(store) < wanted:
            time.sleep(0.002)
        running.join(dice.random() * (seconds / 4 if wanted == before else 0.05))
        if running.is_alive():
            running.kill()
            kills += 1
            print(f"kill {kills}: {commits(store)} parts, {commits(store) - before} of them new")
        running.join()
    scan(corpus, store, options.workers)
    return kills


def scan(corpus: Path, store: Path, workers: int) -> None:
    """A scan with small parts."""
    from dataclasses import replace

    from polcmp.api import load_taxonomy
    from polcmp.scan import plan_scan, run_scan
    from polcmp.scan.plan import Sizes
    from polcmp.settings import Settings

    file = HERE.parent / "measures.yaml"
    request = plan_scan(corpus, store, load_taxonomy(file), file.read_bytes(), Settings(), None, workers)
    run_scan(replace(request, sizes=Sizes(batch_documents=4, part_documents=PART_DOCUMENTS)))


def commits(store: Path) -> int:
    """Number of committed parts."""
    return len(list((store / "parts").glob("*.json")))


def contents(store: Path) -> dict[str, str]:
    """Every file of the store with the hash of its bytes."""
    files = sorted(path for path in store.rglob("*") if path.is_file())
    return {str(path.relative_to(store)): sha256(path.read_bytes()).hexdigest() for path in files}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--documents", type=int, default=600)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
