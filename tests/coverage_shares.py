"""The lines and the branches that tests reach, each by itself; exit code 1 if either is under its floor.

    make coverage                                            runs the tests that matter, then this
    python -m coverage json -o - -q | python tests/coverage_shares.py

`coverage report` prints both together, and a room full of plain lines hides the branches that nobody takes.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict

LINES, BRANCHES = 0.97, 0.94
"""Floors: what holds, rounded down. Aimed at: 0.95 and 0.90 or more."""


def main() -> None:
    """Print a line for each room and one for all."""
    data = json.load(sys.stdin)
    rooms: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for path, file in data["files"].items():
        found = file["summary"]
        counts = [
            found[key] for key in ("covered_lines", "num_statements", "covered_branches", "num_branches")
        ]
        for name in ("/".join(path.split("/")[:2]), "all"):
            rooms[name] = [a + b for a, b in zip(rooms[name], counts, strict=True)]
    for name, (lines, of_lines, branches, of_branches) in rooms.items():
        if name != "all":
            print(f"{name:<18} lines {lines / of_lines:6.1%}   branches {branches / of_branches:6.1%}")
    lines, of_lines, branches, of_branches = rooms["all"]
    shares = lines / of_lines, branches / of_branches
    print(f"{'all':<18} lines {shares[0]:6.1%} ({lines} of {of_lines}, at least {LINES:.0%})")
    print(f"{'':<18} branches {shares[1]:6.1%} ({branches} of {of_branches}, at least {BRANCHES:.0%})")
    sys.exit(shares[0] < LINES or shares[1] < BRANCHES)


if __name__ == "__main__":
    main()
