"""A Daft worker that a document with the word ``poison`` kills. Tests put it in the place of the real one."""

import os
import signal
from typing import Any

from polcmp.scan import daft_udf


class Batches(daft_udf.Batches):
    def _answer(self, batch: bytes) -> Any:
        if b"poison" in batch:
            os.kill(os.getpid(), signal.SIGKILL)
        return super()._answer(batch)
