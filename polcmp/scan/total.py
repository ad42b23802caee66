"""How large a corpus is, counted beside the scan so that it need not wait. For progress only."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread

from polcmp.scan.corpus import DOCUMENT, OBJECTS, UNREAD, Corpus


class Total:
    """Counts the files of a corpus in a thread of its own.

    Attributes:
        documents: number of files; None until they are counted, and if some of them hold many documents.
        bytes: their lengths together, None until they are counted, and if some are on an object store.
    """

    def __init__(self, inputs: Sequence[str], leave_out: Path) -> None:
        self.documents: int | None = None
        self.bytes: int | None = None
        Thread(target=self._try, args=(Corpus(inputs, leave_out),), daemon=True).start()

    def _try(self, corpus: Corpus) -> None:
        """What is wrong with the corpus is told where it is read; here it only leaves the total unknown."""
        with suppress(Exception):
            self._count(corpus)

    def _count(self, corpus: Corpus) -> None:
        files = length = 0
        single = True
        for found in corpus.files():
            if found.kind == OBJECTS:  # listing them takes as long as the scan's own listing
                return
            try:
                length += os.stat(found.path).st_size  # noqa: PTH116 - a million times
            except OSError:
                continue
            files += 1
            single = single and found.kind in (DOCUMENT, UNREAD)
        self.bytes, self.documents = length, files if single else None
