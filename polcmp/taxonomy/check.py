"""The two ways into the room: load a file or refuse it, and check a file and tell everything.

Every error that `check` tells, failing examples apart, also stops `load_taxonomy`.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from pathlib import Path

from polcmp.model.taxonomy import Taxonomy
from polcmp.settings import Limits, Settings
from polcmp.taxonomy import lint
from polcmp.taxonomy.fault import Fault, Ledger
from polcmp.taxonomy.fields import TooLarge
from polcmp.taxonomy.load import Loaded, Loader
from polcmp.taxonomy.source import compose, read_source

_DEFAULTS, _LIMITS = Settings(), Limits()

Matches = Callable[[str], Set[str]]
"""The ids of the measures that a text matches."""


def load_taxonomy(
    path: str | Path,
    *,
    default_gap: int = _DEFAULTS.gap_characters,
    longest_match: int = _DEFAULTS.max_match_characters,
    shown_as: str = "",
    limits: Limits = _LIMITS,
) -> Taxonomy:
    """Read a taxonomy file.

    Args:
        path: the YAML file.
        default_gap: length of a gap where the file names none, 0 to 200 code points.
        longest_match: longest stretch one match may cover, in code points; a pattern that needs
            more is a fault.
        shown_as: how the file is named in messages and results; by default as given.
        limits: of the file's size, nesting and entries.

    Raises:
        TaxonomyError: the file has errors; `faults` holds all of them.
    """
    loaded, ledger = _read(Path(path), default_gap, shown_as or str(path), limits)
    if loaded is not None:
        lint.errors(loaded.taxonomy, longest_match, ledger)
    ledger.raise_errors()
    if loaded is None:  # pragma: no cover - what cannot be read has an error
        raise AssertionError(path)
    return loaded.taxonomy


def check(
    source: Taxonomy | str | Path,
    matches: Matches | None = None,
    *,
    default_gap: int = _DEFAULTS.gap_characters,
    longest_match: int = _DEFAULTS.max_match_characters,
    shown_as: str = "",
    limits: Limits = _LIMITS,
) -> list[Fault]:
    """Every fault and warning of a taxonomy, in file order.

    Args:
        source: a file; or a taxonomy already loaded, of which only what its trees show is checked.
        matches: tells which measures a text matches; without it the examples are not tried.
        default_gap: as for `load_taxonomy`.
        longest_match: as for `load_taxonomy`.
        shown_as: as for `load_taxonomy`.
        limits: as for `load_taxonomy`.
    """
    if isinstance(source, Taxonomy):
        taxonomy, ledger = source, Ledger(shown_as or source.path)
    else:
        loaded, ledger = _read(Path(source), default_gap, shown_as or str(source), limits)
        if loaded is None:
            return ledger.faults
        lint.word_lists(loaded.lexicons, ledger)
        taxonomy = loaded.taxonomy
    lint.errors(taxonomy, longest_match, ledger)
    lint.warnings(taxonomy, ledger)
    if matches is not None and not ledger.errors:
        lint.examples(taxonomy, matches, ledger)
    return ledger.faults


def _read(path: Path, default_gap: int, shown_as: str, limits: Limits) -> tuple[Loaded | None, Ledger]:
    source, ledger = read_source(path, shown_as, limits)
    root = compose(source, ledger, limits) if source is not None else None
    if source is None or root is None:
        return None, ledger
    try:
        return Loader(source, ledger, default_gap, limits.yaml_entries).load(root, shown_as), ledger
    except TooLarge:
        return None, ledger
