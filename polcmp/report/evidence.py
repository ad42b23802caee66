"""The quotations behind the cells, in their sentences, and what was found and does not count.

When they don't fit, each cell keeps its most telling ones, the same number everywhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from polcmp.model.comparison import Comparison, DroppedMention
from polcmp.model.mention import STATUSES, Mention
from polcmp.report.core import figure_words
from polcmp.report.embed import Strings, embedded, size
from polcmp.text.fold import fold

MENTION_FIELDS = (
    *("document", "status", "score", "start", "before", "quote", "after", "pattern", "parts"),
    *("section", "transforms", "cue", "cue_from", "figures", "page", "paragraph", "plain"),
)
DROPPED_FIELDS = (
    *("document", "status", "score", "start", "before", "quote", "after", "pattern", "parts"),
    *("reason", "detail"),
)
"""Order of the values in each row.

`section`, `pattern`, `transforms` (with spaces between), `cue_from`, `reason`, and of `parts` ([piece, found,
how, points] each) the first and the third are numbers of shared texts; `figures` are words in English and,
where they differ, in Chinese; `page` and `paragraph` are 0 where there is none; `plain` is the sentence
folded, where it writes its words otherwise (Traditional script, pinyin notes): what a reader looks for."""

MOST_DROPPED = 12
"""Matches that don't count, for each cell, the highest scores first: further ones are noise."""

CHUNK_BYTES = 400_000
"""Quotations are embedded in pieces of about this size; the page reads a piece when it is first needed."""


_CHINESE = re.compile("[\u3400-\u9fff0-9]+")
"""Words apart from punctuation, which folding changes everywhere."""

_FOLDED = frozenset({"t2s", "pinyin"})
"""Transforms that make a text hard to search: it is written otherwise than its readers type."""


class Context(NamedTuple):
    """The words before and after a quotation, in its sentence."""

    before: str = ""
    after: str = ""


class Chunk(NamedTuple):
    """Quotations of some regions: JSON, and the numbers of the regions it is for."""

    regions: tuple[int, ...]
    json: str


class Evidence(NamedTuple):
    """All chunks.

    Attributes:
        chunks: in the order of regions.
        strings: shared texts, by number.
        per_cell: most quotations of one cell, -1 when none was left out.
        shown: quotations that are in the page.
    """

    chunks: tuple[Chunk, ...]
    strings: list[str]
    per_cell: int
    shown: int


@dataclass
class _Rows:
    """Rows of one cell, ready to embed."""

    mentions: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def cut(self, most: int) -> None:
        """Keep the first ones of each kind; -1: all."""
        if most >= 0:
            del self.mentions[most:], self.dropped[most:]


def embed_evidence(
    comparison: Comparison, contexts: Mapping[object, Context], budget: int, most: int = -1
) -> Evidence:
    """Quotations in pieces that fit.

    Args:
        comparison: whose quotations.
        contexts: words around them, by `context_key`; those that are missing have none.
        budget: bytes that all pieces may take together. Less telling quotations go first, then the parts of
            scores; one quotation of each cell is kept in any case.
        most: most quotations of each cell, -1 for as many as fit.
    """
    strings = Strings()
    rows = _rows(comparison, contexts, strings, with_parts=True)
    if _length(rows.values(), 1) > budget:
        rows = _rows(comparison, contexts, strings, with_parts=False)
    for one in rows.values():
        one.cut(most)
    per_cell = _fitting(rows.values(), budget - sum(size(text) + 3 for text in strings.listed()))
    for one in rows.values():
        one.cut(per_cell)
    shown = sum(len(one.mentions) for one in rows.values())
    left_out = shown < sum(cell.total for cell in comparison.cells)
    kept = max((len(one.mentions) for one in rows.values()), default=0)
    return Evidence(_chunks(comparison, rows), strings.listed(), kept if left_out else -1, shown)


def dropped_in_page(comparison: Comparison, most: int = -1) -> tuple[DroppedMention, ...]:
    """Matches that don't count and are shown: of each cell those with the highest scores.

    Args:
        comparison: whose.
        most: of a cell, -1 for `MOST_DROPPED`.
    """
    most = MOST_DROPPED if most < 0 else min(most, MOST_DROPPED)
    kept: dict[tuple[str, str], list[DroppedMention]] = defaultdict(list)
    for one in sorted(
        comparison.dropped, key=lambda one: (one.region, one.measure, -one.score, one.document)
    ):
        if len(kept[one.region, one.measure]) < most:
            kept[one.region, one.measure].append(one)
    return tuple(one for some in kept.values() for one in some)


def context_key(found: Mention | DroppedMention) -> object:
    """What names a quotation: a mention's id; a match that doesn't count has only its place."""
    return found.id if isinstance(found, Mention) else (found.document, found.raw_span)


def _rows(
    comparison: Comparison, contexts: Mapping[object, Context], strings: Strings, with_parts: bool
) -> dict[tuple[str, str], _Rows]:
    """Rows of every cell that has any: mentions in the cell's order, then matches by score."""
    documents = {one.name: number for number, one in enumerate(comparison.documents)}
    of_id = {one.id: one for one in comparison.mentions}
    folded = {one.document for one in comparison.mentions if _FOLDED.intersection(one.transforms)}
    rows: dict[tuple[str, str], _Rows] = defaultdict(_Rows)
    for cell in comparison.cells:
        for mention in (of_id[identity] for identity in cell.mentions):
            context = contexts.get(mention.id, Context())
            row = _found(mention, documents, context, strings, with_parts)
            row += _read(mention, strings)
            row.append(_plain(context, mention.quote) if mention.document in folded else "")
            rows[cell.region, cell.measure].mentions.append(embedded(row))
    for one in dropped_in_page(comparison):
        context = contexts.get(context_key(one), Context())
        row = _found(one, documents, context, strings, with_parts)
        rows[one.region, one.measure].dropped.append(embedded([*row, strings.number(one.reason), one.detail]))
    return rows


def _found(
    one: Mention | DroppedMention,
    documents: Mapping[str, int],
    context: Context,
    strings: Strings,
    with_parts: bool,
) -> list[Any]:
    """What both kinds of rows begin with."""
    parts = [
        [strings.number(part.piece), part.found, strings.number(part.how), round(part.points, 3)]
        for part in one.parts
    ]
    return [
        *(documents[one.document], STATUSES.index(one.status), round(one.score, 3), one.raw_span[0]),
        *(context.before, one.quote, context.after, strings.number(one.pattern), parts if with_parts else []),
    ]


def _read(one: Mention, strings: Strings) -> list[Any]:
    """How a mention was read, and its figures."""
    figures = [list(figure_words(figure)) for figure in one.figures]
    return [
        *(strings.number(one.section), strings.number(" ".join(one.transforms))),
        *(one.reading.cue, strings.number(one.reading.cue_from)),
        [[english, chinese] if chinese else [english] for english, chinese in figures],
        *(one.page or 0, one.paragraph or 0),
    ]


def _plain(context: Context, quote: str) -> str:
    """The folded words of a sentence, ``""`` where they are those of the sentence itself."""
    sentence = f"{context.before}{quote}{context.after}"
    folded = "".join(_CHINESE.findall(fold(sentence).text))
    return "" if folded == "".join(_CHINESE.findall(sentence)) else folded


def _fitting(rows: Iterable[_Rows], budget: int) -> int:
    """How many quotations of each cell fit, -1 for all; never less than one, whatever the budget."""
    by_rank: dict[int, int] = defaultdict(int)
    for one in rows:
        for kind in (one.mentions, one.dropped):
            for rank, text in enumerate(kind):
                by_rank[rank] += size(text) + 1
    total = 0
    for rank in sorted(by_rank):
        total += by_rank[rank]
        if total > budget and rank:
            return rank
    return -1


def _length(rows: Iterable[_Rows], most: int) -> int:
    """Bytes of at most so many quotations of each cell."""
    return sum(size(text) + 1 for one in rows for kind in (one.mentions, one.dropped) for text in kind[:most])


def _chunks(comparison: Comparison, rows: Mapping[tuple[str, str], _Rows]) -> tuple[Chunk, ...]:
    """Regions put together until a piece is large enough."""
    chunks, regions, texts, length = [], list[int](), list[str](), 0
    for number, region in enumerate(comparison.regions):
        cells = [
            f'"{column}":{_cell(rows[region.name, measure.id])}'
            for column, measure in enumerate(comparison.measures)
            if (region.name, measure.id) in rows
        ]
        regions.append(number)
        texts.append(f'"{number}":{{{",".join(cells)}}}')
        length += size(texts[-1])
        if length >= CHUNK_BYTES:
            chunks.append(Chunk(tuple(regions), "{" + ",".join(texts) + "}"))
            regions, texts, length = [], [], 0
    if regions:
        chunks.append(Chunk(tuple(regions), "{" + ",".join(texts) + "}"))
    return tuple(chunks)


def _cell(rows: _Rows) -> str:
    return f"[[{','.join(rows.mentions)}],[{','.join(rows.dropped)}]]"
