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
    r"""Turns phrases into shared `Literal`s; one object serves one taxonomy.

    Attributes:
        known: literals by notation, for phrases without any special character. A phrase that only
            looks the same once its backslashes are gone (``\=包村``) is not among them.
    """

    def __init__(self) -> None:
        self.known: dict[str, Literal] = {}
        self._by_text: dict[str, Literal | None] = {}

    def prepare(self, phrases: Iterable[str]) -> None:
        """Fold many phrases without special characters at once; what does not come apart again waits."""
        fresh = [phrase for phrase in dict.fromkeys(phrases) if _BATCH_MARK not in phrase]
        folded = fold_phrase(_BATCH_MARK.join(fresh)).split(_BATCH_MARK)
        if len(folded) == len(fresh):
            self.known = {phrase: Literal(text) for phrase, text in zip(fresh, folded, strict=True) if text}
            self._by_text.update(self.known)

    def plain(self, phrase: str) -> Literal | None:
        """The literal of a phrase without special characters; None when the fold leaves nothing of it."""
        literal = self.known.get(phrase)
        if literal is None:
            literal = self._literal(phrase)
            if literal is not None:
                self.known[phrase] = literal
        return literal

    def _literal(self, phrase: str) -> Literal | None:
        if phrase not in self._by_text:
            text = fold_phrase(phrase)
            self._by_text[phrase] = Literal(text) if text else None
        return self._by_text[phrase]

    def marked(self, phrase: str, fixed: frozenset[int], exact: bool) -> Literal | None:
        """The literal of a phrase with marks.

        Args:
            phrase: its characters, marks and backslashes taken away.
            fixed: positions in `phrase` that must not change.
            exact: whether the phrase was written ``=phrase``.
        """
        literal = self._literal(phrase)
        if literal is None or (not fixed and not exact):
            return literal
        text = literal.text
        if fixed and len(text) != len(phrase):  # the fold dropped something: count up to each mark
            fixed = frozenset(max(len(fold_phrase(phrase[: at + 1])) - 1, 0) for at in fixed)
        return Literal(text, fixed, exact)
