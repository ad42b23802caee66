"""What a report of a counted comparison needs beside it: documents it names, and sentences it quotes."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from polcmp.model.comparison import Comparison, DocumentFacts
from polcmp.model.mention import Mention
from polcmp.store.literals import texts
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


def behind(folder: Path, comparison: Comparison) -> Behind:
    """Read it from the store that answered.

    Raises:
        UsageError: P451 to P453 the store cannot be read, P456 too little memory.
    """
    named = {one.document for one in comparison.mentions} | {one.document for one in comparison.dropped}
    named |= {cell.first.document for cell in comparison.cells if cell.first}
    quoted = {(one.document, one.raw_sentence.start) for one in comparison.mentions}
    with opened(folder) as store:
        store.run(f"CREATE TABLE named AS SELECT unnest({texts(sorted(named))}) AS document")
        rows = store.batches("SELECT x.* FROM documents x SEMI JOIN named USING (document)")
        documents = tuple(sorted(map(facts_of, rows), key=lambda one: one.name))
        rows = store.batches(
            "SELECT document, sentence_start, sentence_text FROM mentions SEMI JOIN named USING (document)"
        )
        found = ((row["document"], row["sentence_start"], row["sentence_text"]) for row in rows)
        sentences = {(name, start): text for name, start, text in found if (name, start) in quoted}
    return Behind(documents, sentences)
