"""What a report of a counted comparison needs beside it: documents it names, and sentences it quotes."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from polcmp.model.comparison import Comparison, DocumentFacts
from polcmp.model.mention import Mention
from polcmp.store.literals import numbers, texts
from polcmp.store.load import NEEDED
from polcmp.store.reader import opened
from polcmp.store.schema import facts_of


class Behind(NamedTuple):
    """What stands behind a comparison in its store.

    Attributes:
        documents: every document that the comparison names, by name.
        sentences: sentences of its mentions, by document and where they begin.
    """

    documents: tuple[DocumentFacts, ...]
    sentences: dict[tuple[str, int], str]

    def sentence(self, mention: Mention) -> str:
        """The sentence of a mention, ``""`` when it is not known."""
        return self.sentences.get((mention.document, mention.raw_sentence.start), "")


def behind(folder: Path, comparison: Comparison, dropped: Collection[str]) -> Behind:
    """Read it from the store that answered.

    Args:
        folder: the store.
        comparison: whose mentions.
        dropped: documents of further matches that are to be shown.

    Raises:
        UsageError: P451 to P453 the store cannot be read, P456 too little memory.
    """
    quoted = sorted({(one.document, one.raw_sentence.start) for one in comparison.mentions})
    named = sorted({document for document, _ in quoted}.union(dropped))
    with opened(folder) as store:
        store.run(f"CREATE TABLE named AS SELECT unnest({texts(named)}) AS document")
        rows = store.batches(
            f"SELECT x.* {NEEDED['documents']} REPLACE ([] AS fingerprint) "  # long, and no page shows it
            "FROM documents x SEMI JOIN named USING (document)"
        )
        documents = tuple(sorted(map(facts_of, rows), key=lambda one: one.name))
        store.run(
            f"CREATE TABLE quoted AS SELECT unnest({texts([name for name, _ in quoted])}) AS document, "
            f"unnest({numbers(start for _, start in quoted)}) AS sentence_start"
        )
        found = store.run(
            "SELECT DISTINCT document, sentence_start, sentence_text "
            "FROM mentions SEMI JOIN quoted USING (document, sentence_start)"
        )
    return Behind(documents, {(name, start): text for name, start, text in found})
