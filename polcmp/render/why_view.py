"""How a cell came about, for a terminal: scores piece by piece, what was dropped, the nearest misses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from polcmp.model.comparison import Comparison, DroppedMention
from polcmp.model.explanation import Explanation
from polcmp.model.mention import Mention, Part
from polcmp.render.canvas import Prose, indented, paint, ruled_table
from polcmp.render.cells import cell_heading
from polcmp.render.evidence import dropped_quotation, quotation
from polcmp.render.labels import cell_title, counted, measure_label, status_word, word
from polcmp.render.measure_view import meaning
from polcmp.render.near_view import facts_table, near_misses, verdict, would_count
from polcmp.render.notes import cell_parts
from polcmp.render.options import EVIDENCE, RenderOptions
from polcmp.render.plain import one_line, quoted
from polcmp.render.why_words import how_word, said
from polcmp.text.span import Span

MOST_MISSES = 5
"""Nearest misses shown: further ones are noise."""

MOST_DROPPED = 10
"""Matches that do not count shown, where no more mentions are asked for: they may be thousands in a store."""

WIDEST_PIECE = 24
"""Most columns of a pattern's piece and of what was found for it."""


def why_cell(
    comparison: Comparison,
    region: str,
    measure: str,
    options: RenderOptions,
    texts: Mapping[str, str] | None = None,
    explanation: Explanation | None = None,
) -> str:
    """Everything behind one cell.

    Args:
        comparison: that has the cell.
        region: short name.
        measure: id.
        options: `evidence` mentions (3 when 0, all when -1), and as many of what was dropped, but not below
            `MOST_DROPPED`.
        texts: raw text of documents by name; each mention is then shown in its sentence.
        explanation: near misses and changes of this cell, and what its conditions and lengths kept out.

    Raises:
        KeyError: the comparison has no such cell.
    """
    lang, width = options.lang, options.columns
    cell, mentions, dropped = cell_parts(comparison, region, measure)
    if explanation:
        dropped = list(explanation.dropped)
    info = next(one for one in comparison.measures if one.id == measure)
    lines = cell_heading(cell, cell_title(region, measure_label(info, lang), lang), lang)
    lines += meaning(info, lang)
    if not mentions and not dropped:
        lines += ["", Prose(_silence(comparison, region, lang))]
    limit = options.evidence or EVIDENCE
    shown = mentions if limit < 0 else mentions[:limit]
    for one in shown:
        lines += ["", *_explained(one, width, lang, (texts or {}).get(one.document))]
    lines += _more(len(mentions) - len(shown), lang)
    misses = sorted(
        (one for one in dropped if one.reason == "below_cutoff"),
        key=lambda one: (-one.score, one.document, one.raw_span),
    )
    others = [one for one in dropped if one.reason != "below_cutoff"]
    struck = {one[:3]: one.words for one in explanation.struck} if explanation else {}
    most = len(others) if limit < 0 else max(limit, MOST_DROPPED)
    lines += _dropped(word("dropped", lang), others[:most], struck, lang)
    lines += _more(len(others) - most, lang)
    near = _dropped(word("nearest", lang), misses[:MOST_MISSES], struck, lang)
    if explanation:
        near += _near(explanation, bool(near), lang)
    lines += [*near, *(verdict(explanation, lang) if explanation else [])]
    return paint(lines, options)


def _more(n: int, lang: str) -> list[RenderableType]:
    """How many are not shown, and how to see them; nothing when all are."""
    return ["", indented(f"{counted('n_more', n, lang)}{said('all', lang)}", 2, "dim")] if n > 0 else []


def _near(explanation: Explanation, titled: bool, lang: str) -> list[RenderableType]:
    """Patterns that almost stand; of an empty cell without any, that there is none."""
    if explanation.nearest:
        title: list[RenderableType] = [] if titled else ["", Text(word("nearest", lang), "bold")]
        return [*title, *near_misses(explanation.nearest, lang)]
    quiet = explanation.mentions or titled or explanation.cell.zero == "no_document"
    return [] if quiet else ["", Prose(said("none_near", lang))]


def _silence(comparison: Comparison, region: str, lang: str) -> str:
    """That nothing was found, and in how much text."""
    summary = next(one for one in comparison.regions if one.name == region)
    return word("no_match", lang).format(
        documents=counted("n_documents", summary.documents, lang),
        characters=counted("n_characters", summary.characters, lang),
    )


def _explained(mention: Mention, width: int, lang: str, raw: str | None) -> list[RenderableType]:
    """A mention with all that led to it."""
    cue = word(f"cue.{mention.reading.cue_from}", lang).format(cue=quoted(mention.reading.cue))
    start, end = mention.raw_sentence
    facts = {
        "sentence": "" if raw is None else raw[start:end],
        "section": mention.section,
        "cue": f"{status_word(mention.status, lang)}{word('colon', lang)}{cue}",
        "transforms": word("comma", lang).join(how_word(one, lang) for one in mention.transforms),
        "pattern": mention.pattern,
    }
    return [
        *quotation(mention, width, lang),
        _facts(facts, lang),
        *waterfall(mention.parts, mention.score, lang),
    ]


def _facts(facts: Mapping[str, str], lang: str) -> RenderableType:
    return facts_table({word(key, lang): text for key, text in facts.items()})


def waterfall(parts: Sequence[Part], score: float, lang: str) -> list[RenderableType]:
    """A score as the sum of its pieces, a line each with the sum so far."""
    if not parts:
        return []
    table = ruled_table(footer=True)
    for key in ("piece", "found"):
        table.add_column(Text(word(key, lang), "dim"), max_width=WIDEST_PIECE)
    table.add_column(Text(word("how", lang), "dim"), no_wrap=True)
    for key, last in (("points", word("total", lang)), ("sum", f"{score:.3f}")):
        table.add_column(Text(word(key, lang), "dim"), Text(last, "bold"), justify="right", no_wrap=True)
    total = 0.0
    for part in parts:
        total += part.points
        table.add_row(
            Prose(one_line(how_word(part.piece, lang) if part.points < 0 else part.piece)),
            Prose(one_line(part.found)),
            Text(how_word(one_line(part.how), lang)),
            f"{part.points:+.3f}",
            f"{total:.3f}",
        )
    return [Padding(table, (1, 0, 0, 4))]


def _dropped(
    title: str, dropped: Sequence[DroppedMention], struck: Mapping[tuple[str, Span, str], str], lang: str
) -> list[RenderableType]:
    """Matches that do not count, under a title, with words that exclusions struck at; none: nothing."""
    lines: list[RenderableType] = []
    for one in dropped:
        facts = {word("pattern", lang): one.pattern, **would_count(one, lang)}
        if words := struck.get((one.document, one.raw_span, one.detail)):
            facts[word("struck", lang)] = quoted(words)
        lines += [*dropped_quotation(one, lang), facts_table(facts)]
        if one.reason == "below_cutoff":
            lines += waterfall(one.parts, one.score, lang)
    return ["", Text(title, "bold"), *lines] if lines else []
