"""Taxonomy files: read, checked, described by a JSON Schema.

`load_taxonomy` gives the tree that `polcmp.match` compiles; `check` tells every fault of a file.
Nothing here matches text: an example is tried with a function that the caller hands in.
"""

from __future__ import annotations

from polcmp.taxonomy.check import check, load_taxonomy
from polcmp.taxonomy.fault import Fault
from polcmp.taxonomy.pattern import parse_pattern
from polcmp.taxonomy.schema import json_schema

__all__ = ["Fault", "check", "json_schema", "load_taxonomy", "parse_pattern"]
