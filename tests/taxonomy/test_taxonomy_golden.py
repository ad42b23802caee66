"""Every `tests/golden/taxonomy/NAME.yaml` gives exactly the messages of `NAME.txt`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from polcmp.errors import TaxonomyError
from polcmp.model.taxonomy import Literal
from polcmp.taxonomy import Fault, check, load_taxonomy
from polcmp.taxonomy.lint import patterns_of

GOLDEN = Path(__file__).parent.parent / "golden" / "taxonomy"
FILES = sorted(GOLDEN.glob("*.yaml"))
GAP = 12  # messages must not hang on defaults that are calibrated
LONGEST = 100


def check_here(path: Path, matches: Callable[[str], set[str]] | None = None) -> list[Fault]:
    return check(path, matches, default_gap=GAP, longest_match=LONGEST, shown_as=path.name)


def messages(path: Path) -> str:
    try:
        taxonomy = load_taxonomy(path, default_gap=GAP, longest_match=LONGEST)
    except TaxonomyError:
        faults = check_here(path)
    else:

        def matches(text: str) -> set[str]:
            """Stands in for the matcher: finds plain phrases."""
            return {
                measure.id
                for measure in taxonomy.measures
                for pattern in patterns_of(measure)
                if isinstance(pattern.node, Literal) and pattern.node.text in text
            }

        plain = path.stem.startswith("example")
        faults = check(
            path, matches if plain else None, default_gap=GAP, longest_match=LONGEST, shown_as=path.name
        )
    return "\n".join(fault.format() for fault in faults) + "\n" if faults else "no faults\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_messages(path: Path) -> None:
    if not hasattr(yaml, "CBaseLoader") and path.stem.startswith(("broken", "quote")):
        pytest.skip("the pure-Python YAML parser words its errors otherwise")
    assert messages(path) == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_check_calls_an_error_stops_loading(path: Path) -> None:
    errors = tuple(fault for fault in check_here(path) if fault.severity == "error")
    if not errors:
        assert load_taxonomy(path, default_gap=GAP, longest_match=LONGEST).measures
        return
    with pytest.raises(TaxonomyError) as caught:
        load_taxonomy(path, default_gap=GAP, longest_match=LONGEST, shown_as=path.name)
    assert caught.value.faults == errors
    assert str(caught.value) == "\n".join(fault.format() for fault in errors)


def test_no_pair_is_incomplete() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {path.stem for path in FILES}
    assert len(FILES) >= 24
