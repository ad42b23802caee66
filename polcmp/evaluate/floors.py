"""Floors: what figures must not fall under. Reads a file of them and compares; never raises them itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from polcmp import safe_yaml
from polcmp.errors import UsageError
from polcmp.model.evaluation import Evaluation, Figures

CEILINGS = frozenset({"in_boilerplate", "body_lost"})
"""Figures of which less is better: their number in a file is the most they may be."""


def named_figures(evaluation: Evaluation) -> dict[str, float | None]:
    """Every figure that can have a floor, by name.

    ``f1``, ``f1_status``, ``precision``, ``recall``, ``status_accuracy``, ``in_boilerplate`` of all
    mentions and, with ``measures.ID.`` before it, of a measure; ``cells``, ``presence_f1``; ``regions``
    (share of right ones), ``mask_recall``, ``body_lost`` where they are labelled. None: nothing to
    measure it on.
    """
    named = dict(_of(evaluation.overall, ""))
    named["cells"] = evaluation.cells.right.value
    named["presence_f1"] = evaluation.cells.presence_f1.value
    if evaluation.regions:
        named["regions"] = evaluation.regions.share.value
    if evaluation.masks:
        named["mask_recall"] = evaluation.masks.recall
        named["body_lost"] = evaluation.masks.body_lost
    for group in evaluation.measures:
        named.update(_of(group.figures, f"measures.{group.name}."))
    return named


def _of(figures: Figures, prefix: str) -> Iterator[tuple[str, float | None]]:
    for name in ("f1", "f1_status", "precision", "recall", "status_accuracy"):
        yield prefix + name, getattr(figures, name).value
    yield prefix + "in_boilerplate", float(figures.in_boilerplate)


def load_floors(path: str | Path, name: str = "") -> dict[str, float]:
    """Floors from a YAML file.

    Args:
        path: a mapping of figures to floors, or of names of gold sets to such mappings.
        name: the gold set whose floors are wanted from a file with several.

    Raises:
        UsageError: P422 it cannot be read or is no such file, P423 it has no floors for this set.
    """
    import yaml  # only when floors are asked for

    try:
        text = Path(path).read_text(encoding="utf-8")
        safe_yaml.compose(text, yaml.SafeLoader)
        data = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, safe_yaml.YamlLimitError) as error:
        why = error.strerror if isinstance(error, OSError) else " ".join(str(error).split())
        raise _unusable(path, f"floors cannot be read: {why}") from error
    if not isinstance(data, dict):
        raise _unusable(path, "no floors in the file")
    if any(isinstance(value, dict) for value in data.values()):
        if name not in data:
            raise UsageError(
                f"there are no floors for {name!r}",
                code="P423",
                where=str(path),
                hint=f"It has floors for: {', '.join(map(str, data))}.",
            )
        data = data[name]
    if not isinstance(data, dict) or not all(_is_number(value) for value in data.values()):
        raise _unusable(path, "floors must be numbers")
    return {str(key): float(value) for key, value in data.items()}


def shortfalls(evaluation: Evaluation, floors: Mapping[str, float]) -> list[str]:
    """The figures that miss their floors, a sentence each, in the order of `floors`.

    A figure there is nothing to measure on misses any floor.

    Raises:
        UsageError: P424, there is no such figure.
    """
    named = named_figures(evaluation)
    found = []
    for name, floor in floors.items():
        if name not in named:
            raise UsageError(
                f"there is no figure {name!r} to hold to a floor",
                code="P424",
                where="--fail-under",
                hint=f"There are: {', '.join(n for n in named if '.' not in n)}, and measures.ID.FIGURE.",
            )
        value = named[name]
        if value is None:
            found.append(f"{name} cannot be measured here, its floor is {floor:g}")
        elif name.rpartition(".")[2] in CEILINGS:
            if value > floor:
                found.append(f"{name} is {value:.4g}, above its ceiling of {floor:g}")
        elif value < floor:
            found.append(f"{name} is {value:.4f}, under its floor of {floor:g}")
    return found


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _unusable(path: str | Path, message: str) -> UsageError:
    return UsageError(
        message,
        code="P422",
        where=str(path),
        hint="Write a figure and its floor a line (f1: 0.9), or such lines under the name of each gold set.",
    )
