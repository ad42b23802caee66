"""Nouns of an explanation: what nearly filled a cell, and what would change it. No behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from polcmp.model.comparison import Cell, DroppedMention
from polcmp.model.mention import Mention
from polcmp.model.taxonomy import Node
from polcmp.text.span import Span

NEAR_KINDS = ("gap", "clauses", "sentences", "order", "missing")
"""What stopped a pattern of which the rest stands: a gap too long, a clause mark or the end of a sentence
between its pieces, another order, a piece that is not there."""


class NearPiece(NamedTuple):
    """A piece of a pattern that stands: its notation (``<send>``), its words, where (folded offsets)."""

    piece: str
    found: str
    folded_span: Span


class NearMatch(NamedTuple):
    """A pattern that almost stands in a folded text.

    Attributes:
        pattern: its source.
        form: form id or ``""``.
        kind: one of `NEAR_KINDS`.
        folded_span: from the first piece that stands to the last.
        sentences: first and last sentence, indices into `Segmentation.sentences`.
        pieces: the pieces that stand, in text order.
        blocked: the piece that is missing, or the gap that does not reach, as the notation writes it.
        apart: characters between the two pieces that are too far apart, 0 for other kinds.
        place: where a missing piece would have to be: the words that stand there (may be empty).
        closeness: 0 to 1; 1 would be a match.
        remedy: tree that would match here; the pattern with the least change.
        change: the two pieces and what has to stand between them, as the notation writes it; ``""`` for a
            missing piece and for the end of a sentence, which no pattern crosses.
    """

    pattern: str
    form: str
    kind: str
    folded_span: Span
    sentences: tuple[int, int]
    pieces: tuple[NearPiece, ...]
    blocked: str
    apart: int
    place: Span
    closeness: float
    remedy: Node
    change: str


class NearMiss(NamedTuple):
    """A near match as it leaves the program: offsets into the raw text, words verbatim.

    Attributes:
        kind, pattern, form, blocked, apart, closeness, change: as in `NearMatch`.
        pieces: notation and verbatim words of the pieces that stand, in text order, with raw offsets.
        raw_span: from the first of them to the last; `quote` is the text there.
        raw_sentence: the sentence (or two); `sentence` is the text there.
        instead: for a missing piece the words where it would have to stand, verbatim; else ``""``.
        fills: whether the pattern so changed gives a mention here; False where nothing could be tried.
    """

    document: str
    kind: str
    pattern: str
    form: str
    raw_span: Span
    quote: str
    raw_sentence: Span
    sentence: str
    pieces: tuple[tuple[str, str, Span], ...]
    blocked: str
    apart: int
    instead: str
    closeness: float
    change: str
    fills: bool


class Change(NamedTuple):
    """Something that would give a cell another content.

    Attributes:
        kind: ``min_score``; ``exclude``, ``unless``, ``given`` or ``pattern`` (left out of the taxonomy);
            ``max_match_characters``; ``boilerplate`` (a mask lifted); ``place`` (told of this region);
            ``gap``, ``clauses`` or ``order`` (a pattern changed); ``missing`` (a word added to it).
        what: the cut-off or limit as a number, the source of the exclusion or pattern, the rule of the
            mask, the words that name another place, or what to write in the pattern.
        pattern: the pattern concerned, ``""`` for none.
        document: where it was tried, ``""`` for the whole region.
        quote: the words that would count, ``""`` where the cell would be emptied.
        status: the cell's status afterwards, ``""`` for empty.
        verified: whether it was tried; what was not is a suggestion.
        elsewhere: other mentions that the same cut-off brings in or takes away, -1 when not counted.
    """

    kind: str
    what: str
    pattern: str
    document: str
    quote: str
    status: str
    verified: bool
    elsewhere: int = -1


class Struck(NamedTuple):
    """Why an exclusion dropped a match, in words of the text.

    Attributes:
        document: name.
        raw_span: of the match.
        rule: source of the exclusion.
        words: verbatim, the nearest ones that the exclusion stands for.
    """

    document: str
    raw_span: Span
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one cell came about.

    Attributes:
        cell: the cell.
        mentions: what fills it, in its order.
        dropped: what was found and does not count, by document and place; matches that only a condition
            (`reason` ``given``) or their length (``too_long``) kept out are among them.
        nearest: patterns that almost stand, closest first.
        changes: what would flip the cell, smallest first; of a filled cell: what would empty it or change
            its status.
        struck: words at which exclusions struck, in the order of `dropped`.
    """

    cell: Cell
    mentions: tuple[Mention, ...]
    dropped: tuple[DroppedMention, ...]
    nearest: tuple[NearMiss, ...]
    changes: tuple[Change, ...]
    struck: tuple[Struck, ...] = ()
