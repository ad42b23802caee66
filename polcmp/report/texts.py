"""Documents read once more: the sentences around quotations, and whole texts with their marks.

Each text is read once and let go; what is kept is bounded, however many or long the documents are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from polcmp.errors import DocumentError
from polcmp.model.comparison import Comparison, DocumentFacts, DroppedMention
from polcmp.model.mention import STATUSES, Mention
from polcmp.pipeline import headings
from polcmp.report.embed import embedded, size
from polcmp.report.evidence import Context, context_key
from polcmp.text.span import Span

RawText = Callable[[str], str]
"""Gives the raw text of a document by its name; raises DocumentError or KeyError when it can't."""

Sentence = Callable[[Mention], str]
"""Gives the sentence of a mention, for results that are kept without their documents."""

AROUND = 240
"""Code points shown on each side of a quotation in its sentence: longer ones are lists without full stops."""

NEARBY = 60
"""Code points shown on each side of a match that doesn't count, for which no sentence is kept."""

LONGEST_TEXT = 200_000
"""Code points of the longest document that is embedded: a longer one would make the page stutter."""

STOPS = "。！？!?\n\r"


def read_contexts(
    comparison: Comparison, raw: RawText | None, sentence: Sentence | None
) -> dict[object, Context]:
    """The words around every quotation, each document read once.

    Args:
        comparison: whose documents.
        raw: gives a text; None: no text is known.
        sentence: gives a sentence where `raw` is None or fails; None: the quotation stands alone.

    Returns:
        Contexts by `context_key`; none for quotations whose text is gone.
    """
    contexts: dict[object, Context] = {}
    for name, found in _by_document(comparison).items():
        text = _read(raw, name)
        if text is None:
            contexts |= _from_sentences(found, sentence)
        else:
            contexts |= {context_key(one): _context(one, text) for one in found}
    return contexts


def whole_texts(comparison: Comparison, raw: RawText | None, budget: int) -> dict[int, str]:
    """Whole documents with their marks, in order, each if it still fits.

    Args:
        comparison: whose documents.
        raw: gives a text; None: no text is known.
        budget: bytes that all of them may take together.

    Returns:
        JSON by number of the document.
    """
    found = _by_document(comparison)
    measures = {one.id: number for number, one in enumerate(comparison.measures)}
    documents: dict[int, str] = {}
    for number, facts in enumerate(comparison.documents):
        if facts.characters > min(budget, LONGEST_TEXT):  # a character takes a byte at least: no need to read
            continue
        text = _read(raw, facts.name)
        if text is None or size(text) > budget:
            continue
        mentions = [one for one in found[facts.name] if isinstance(one, Mention)]
        json = embedded(_marked(facts, text, mentions, measures))
        if (length := size(json)) <= budget:
            documents[number] = json
            budget -= length
    return documents


def _by_document(comparison: Comparison) -> dict[str, list[Mention | DroppedMention]]:
    found: dict[str, list[Mention | DroppedMention]] = defaultdict(list)
    for mention in comparison.mentions:
        found[mention.document].append(mention)
    for dropped in comparison.dropped:
        found[dropped.document].append(dropped)
    return found


def _read(raw: RawText | None, name: str) -> str | None:
    """A document's text, None when it is gone: a report of what was found is still worth having."""
    if raw is None:
        return None
    try:
        return raw(name)
    except (DocumentError, KeyError, OSError):
        return None


def _from_sentences(
    found: list[Mention | DroppedMention], sentence: Sentence | None
) -> dict[object, Context]:
    """Contexts cut from kept sentences; the quotation is looked for in each."""
    contexts: dict[object, Context] = {}
    for one in found:
        if sentence is not None and isinstance(one, Mention):
            whole = sentence(one)
            # Offsets count from the document's start, and so does the sentence's.
            start = one.raw_span[0] - one.raw_sentence[0]
            if whole[start : start + len(one.quote)] == one.quote:
                contexts[one.id] = _clipped(whole[:start], whole[start + len(one.quote) :], AROUND)
    return contexts


def _context(one: Mention | DroppedMention, text: str) -> Context:
    """The rest of its sentence; for a match without one, the words nearby up to a full stop."""
    start, end = one.raw_span
    if isinstance(one, Mention):
        first, last = one.raw_sentence
        return _clipped(text[first:start], text[end : max(last, end)], AROUND)
    before, after = text[max(0, start - NEARBY) : start], text[end : end + NEARBY]
    cut = max((before.rfind(stop) for stop in STOPS), default=-1)
    stops = [at for stop in STOPS if (at := after.find(stop)) >= 0]
    return Context(before[cut + 1 :].lstrip(), after[: min(stops) + 1 if stops else None].rstrip())


def _clipped(before: str, after: str, most: int) -> Context:
    """Both sides cut to `most` code points, with an ellipsis where something is missing."""
    before, after = before.lstrip(), after.rstrip()
    return Context(
        before if len(before) <= most else "…" + before[-most:],
        after if len(after) <= most else after[:most] + "…",
    )


def _marked(
    facts: DocumentFacts, text: str, mentions: list[Mention], measures: dict[str, int]
) -> dict[str, Any]:
    """A whole text with the places of its marks, in code points."""
    return {
        "text": text,
        "masks": [[*_ends(one.raw_span), one.rule] for one in facts.masks],
        "headings": [[level, *_ends(span)] for level, span in headings(text)],
        "mentions": [
            [*_ends(one.raw_span), measures[one.measure], STATUSES.index(one.status)] for one in mentions
        ],
    }


def _ends(span: Span) -> tuple[int, int]:
    return span[0], span[1]
