"""Drawings are tried with the comparison that was made by hand for the other forms of output."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "render"))
