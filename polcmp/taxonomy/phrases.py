"""Phrases of a taxonomy as literals: marks read, text folded once, equal phrases shared.

Most phrases of a word list hold no special character; they are folded together in one call.
"""

from __future__ import annotations

from collections.abc import Iterable

from polcmp.model.taxonomy import Literal
from polcmp.text.fold import fold_phrase

_BATCH_MARK = "。"
"""Stands between phrases folded together: the fold keeps it and joins nothing across it."""


class Phrases:
    """Turns phrases into shared `Literal`s; one object serves one taxonomy."""

    def __init__(self) -> None:
        self._folded: dict[str, str] = {}
        self.known: dict[str, Literal] = {}
        """Literals of plain phrases met so far, by the phrase as written."""

    def prepare(self, phrases: Iterable[str]) -> None:
        """Fold many plain phrases at once; those that do not come apart again are left for later."""
        fresh = sorted({phrase for phrase in phrases if _BATCH_MARK not in phrase})
        folded = fold_phrase(_BATCH_MARK.join(fresh)).split(_BATCH_MARK)
        if len(folded) == len(fresh):
            self.known.update(
                (phrase, Literal(text)) for phrase, text in zip(fresh, folded, strict=True) if text
            )

    def fold(self, phrase: str) -> str:
        """The folded form of a phrase, ``""`` when nothing is left of it."""
        folded = self._folded.get(phrase)
        if folded is None:
            folded = self._folded[phrase] = fold_phrase(phrase)
        return folded

    def plain(self, phrase: str) -> Literal | None:
        """The literal of a phrase without any mark; None when nothing is left of it."""
        literal = self.known.get(phrase)
        if literal is None:
            text = self.fold(phrase)
            if not text:
                return None
            literal = self.known[phrase] = Literal(text)
        return literal

    def marked(self, phrase: str, fixed: frozenset[int], exact: bool) -> Literal | None:
        """The literal of a phrase with marks.

        Args:
            phrase: its characters, marks and backslashes taken away.
            fixed: positions in `phrase` that must not change.
            exact: whether the phrase was written ``=phrase``.
        """
        if not fixed and not exact:
            return self.plain(phrase)
        text = self.fold(phrase)
        if not text:
            return None
        if fixed and len(text) != len(phrase):  # the fold dropped something: count up to each mark
            fixed = frozenset(max(len(self.fold(phrase[: at + 1])) - 1, 0) for at in fixed)
        return Literal(text, fixed, exact)
