"""Options whose value is one of a few words: read, completed, and refused with what could have been meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TypeVar

from polcmp.errors import UsageError

Words = TypeVar("Words", bound=StrEnum)


def one_of(words: type[Words], option: str) -> Callable[[str], Words]:
    """What reads the value of an option (not the command framework: its errors have no code and no Chinese).

    Args:
        words: the values there are.
        option: its name, for the error.

    Returns:
        A function from what was typed to the value; it raises UsageError P442 where there is none, with the
        nearest one and all of them.
    """

    def read(typed: str) -> Words:
        try:
            return words(typed)
        except ValueError:
            raise UsageError(
                f"{typed!r} is not one of its values", code="P442", where=option, hint=_known(typed, words)
            ) from None

    return read


def _known(typed: str, words: type[StrEnum]) -> str:
    import difflib  # only after a miss

    near = difflib.get_close_matches(typed.strip().lower(), list(words), n=1, cutoff=0.6)
    return (f"Did you mean {near[0]}? " if near else "") + f"Known: {', '.join(words)}."


def offers(words: type[StrEnum]) -> Callable[[str], Iterator[str]]:
    """What completes the value of such an option."""

    def begun(incomplete: str) -> Iterator[str]:
        yield from (one.value for one in words if one.value.startswith(incomplete))

    return begun
