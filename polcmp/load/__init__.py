"""Load: paths and bytes to documents. Formats, encodings, stated metadata; nothing of what a text says."""

from polcmp.load.inputs import Collected, collect
from polcmp.load.reading import read
from polcmp.load.source import ReadOptions, Source

__all__ = ["Collected", "ReadOptions", "Source", "collect", "read"]
