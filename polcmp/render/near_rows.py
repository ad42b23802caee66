"""Near misses and changes as plain JSON values. Offsets are code points into the raw text, half-open."""

from __future__ import annotations

from polcmp.model.explanation import Change, NearMiss
from polcmp.render.rows import Row, rounded


def near_row(one: NearMiss) -> Row:
    """One pattern that almost stands."""
    return {
        "document": one.document,
        "kind": one.kind,
        "pattern": one.pattern,
        "form": one.form,
        "closeness": rounded(one.closeness),
        "start": one.raw_span.start,
        "end": one.raw_span.end,
        "quote": one.quote,
        "sentence": {
            "start": one.raw_sentence.start,
            "end": one.raw_sentence.end,
            "text": one.sentence,
        },
        "pieces": [
            {"piece": piece, "found": found, "start": span.start, "end": span.end}
            for piece, found, span in one.pieces
        ],
        "stopped_by": one.blocked,
        "characters_apart": one.apart,
        "instead": one.instead,
        "change": one.change,
        "fills": one.fills,
    }


def change_row(one: Change) -> Row:
    """One change that would flip the cell."""
    return {
        "kind": one.kind,
        "what": one.what,
        "pattern": one.pattern,
        "document": one.document,
        "quote": one.quote,
        "status": one.status,
        "tried": one.verified,
        "elsewhere": one.elsewhere if one.elsewhere >= 0 else None,
    }
