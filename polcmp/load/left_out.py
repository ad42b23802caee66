"""Which files of a folder are left out, and the sentence that tells it: a silent gap looks like a finding.

Opens none of them. What nobody takes for a document is not told: sidecars, stores, the parts of a saved page,
and hidden files whose ending is none of a document's.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Container

from polcmp.load.formats import READ_SUFFIXES, suffix_of
from polcmp.load.opening import printable

SCANNED_SUFFIXES = (".parquet", ".zip", ".tar", ".tgz", ".gz")
"""Endings of containers that only `polcmp scan` opens."""

_MOST_KINDS = 6
"""Kinds of files that are named one by one; the others are counted together."""

_LONGEST_NAME = 20

MOST_PATHS = 50_000
"""Files that are known by their paths, so that none is counted twice (some 10 MB); more are only counted."""

_MOST_COUNTED = 1_000
"""Kinds of those that are only counted."""

_OTHERS = "of other kinds"


class LeftOut:
    """Files that were met and not taken, each counted once."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._more: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._kinds)

    def add(self, path: str) -> None:
        """Note a file by its path; a hidden one only if its ending is that of a document."""
        name = os.path.basename(path)  # noqa: PTH119 - as often as there are files
        suffix = suffix_of(name)
        if name.startswith((".", "~$")):
            if suffix not in READ_SUFFIXES or name.startswith(("._", "~$")):
                return  # settings of programs, and what word processors and macOS keep beside documents
            kind = f"hidden {suffix}"
        elif os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113 - likewise
            kind = "pipe or device"
        elif len(name) <= _LONGEST_NAME and suffix in ("", ".md", ".markdown"):
            kind = printable(name)
        else:
            kind = suffix or "without an ending"
        if len(self._kinds) < MOST_PATHS:
            self._kinds[os.path.realpath(path)] = kind
        else:
            self._more[kind if kind in self._more or len(self._more) < _MOST_COUNTED else _OTHERS] += 1

    def told(self, read: Container[str] = (), after: int = 0) -> str:
        """How many files were left out and of which kinds; ``""`` if there are none.

        Args:
            read: real paths of files that are read after all, for they are named elsewhere.
            after: how many of the first to pass over; files that are only counted are passed over too, for
                nobody knows when they were met.
        """
        kinds = Counter(kind for real, kind in list(self._kinds.items())[after:] if real not in read)
        if not after:
            kinds += self._more
        if not kinds:
            return ""
        others = kinds.pop(_OTHERS, 0)
        ordered = sorted(kinds.items(), key=lambda one: (-one[1], one[0]))
        most = _MOST_KINDS if len(ordered) > _MOST_KINDS + 1 else len(ordered)
        named = [f"{count:,} {kind}" for kind, count in ordered[:most]]
        if rest := others + sum(count for _, count in ordered[most:]):
            named.append(f"{rest:,} {_OTHERS}")
        number = kinds.total() + others
        scanned = [kind for kind in SCANNED_SUFFIXES if kind in kinds]
        reader = f" (polcmp scan reads {', '.join(scanned)})" if scanned else ""
        return f"{number:,} file{'s' * (number != 1)} left out: {', '.join(named)}{reader}"
