"""Gold labels -> precision, recall, agreement. Receives results and labels, runs nothing, prints nothing."""

from polcmp.evaluate.floors import CEILINGS, load_floors, named_figures, shortfalls
from polcmp.evaluate.gold import Gold
from polcmp.evaluate.read import load_gold
from polcmp.evaluate.score import evaluate

__all__ = ["CEILINGS", "Gold", "evaluate", "load_floors", "load_gold", "named_figures", "shortfalls"]
