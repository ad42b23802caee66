"""Examples, cases and floors notice when an entry of the taxonomy is lost; `make mutants` asks of more."""

from __future__ import annotations

from taxonomy_mutation import KINDS, bench, caught_by, chosen, entries, mutant, whole_taxonomy

FEW = 12
LEAST = 0.6
"""Share of entries whose loss has to be noticed. Measured over 50 entries: 84 %."""


def test_most_losses_are_noticed() -> None:
    unnoticed = [one.name for one in chosen(FEW) if not caught_by(one)]
    assert len(unnoticed) <= FEW * (1 - LEAST), unnoticed


def test_an_entry_is_picked_of_every_kind() -> None:
    found = entries()
    assert {one.kind for one in found} == set(KINDS)
    assert len({one.path for one in found}) == len(found) > 1000
    assert chosen(FEW) == chosen(FEW)


def test_a_mutant_lacks_its_entry_and_nothing_else() -> None:
    for kind in KINDS:
        (entry,) = chosen(1, kind=kind)
        lean = mutant(entry)
        assert lean.measures
        for measure in lean.measures:
            assert measure != whole_taxonomy().measure(measure.id)
            assert measure.examples == whole_taxonomy().measure(measure.id).examples


def test_every_text_is_read_with_the_taxonomy_as_it_is() -> None:
    assert len(bench().results) == len(bench().texts) > 1000
    assert {one.kind for one in bench().texts} == {"case", "example", "document"}
