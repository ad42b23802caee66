"""Load: paths and bytes to documents. Formats, encodings, stated metadata; nothing of what a text says."""

from polcmp.load.inputs import Collected, Source, collect
from polcmp.load.text_file import read

__all__ = ["Collected", "Source", "collect", "read"]
