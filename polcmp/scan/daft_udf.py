"""What Daft runs in its worker processes: batches of documents in, their rows out.

Imports Daft: only `polcmp.scan.daft_engine` imports this module, when it is needed. The same program runs on
one machine and on the nodes of a cluster, and calls what the pool's workers call.
"""

from __future__ import annotations

import gc
import pickle

import daft

from polcmp import __version__
from polcmp.pipeline import Reader
from polcmp.scan.encoded import Encoded
from polcmp.scan.shipment import scan_shipment
from polcmp.scan.worker import GARBAGE_THRESHOLD, Refused


class Batches:
    """Reads batches; made once in each worker process.

    Args:
        version: of the polcmp that sends the batches; another one would write other rows.
        made_with: taxonomy and settings, pickled, so that another version need not understand them.
    """

    def __init__(self, version: str, made_with: bytes) -> None:
        self._version, self._made_with = version, made_with
        self._reader: Reader | None = None

    @daft.method.batch(return_dtype=daft.DataType.binary(), batch_size=1)
    def rows(self, batches: daft.Series) -> list[bytes]:
        """For each batch (a pickled list of `Shipped`) its rows (`Encoded` or `Refused`, pickled)."""
        return [pickle.dumps(self._answer(one), pickle.HIGHEST_PROTOCOL) for one in batches.to_pylist()]

    def _answer(self, batch: bytes) -> Encoded | Refused:
        if self._version != __version__:
            return Refused(f"polcmp {__version__} is installed there, {self._version} here")
        try:
            reader = self._reader = self._reader or self._made()
        except Exception as error:
            return Refused(f"{type(error).__name__}: {error}")
        return scan_shipment(pickle.loads(batch), reader)

    def _made(self) -> Reader:
        gc.set_threshold(GARBAGE_THRESHOLD)
        reader = Reader.of(*pickle.loads(self._made_with))
        gc.freeze()
        return reader
