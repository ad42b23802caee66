"""Near misses and changes of a cell, for a terminal: what stopped each, and what would flip the cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import floor

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from polcmp.model.comparison import DroppedMention
from polcmp.model.explanation import Change, Explanation, NearMiss
from polcmp.render.canvas import GAP, Prose, indented
from polcmp.render.labels import status_word, word
from polcmp.render.plain import one_line, quoted
from polcmp.render.why_words import said, said_of

MOST_SUGGESTED = 1
"""Suggestions that were not tried, where nothing that was tried fills the cell."""


def facts_table(facts: Mapping[str, str]) -> RenderableType:
    """Names and what they say, side by side; those that say nothing are left out."""
    table = Table.grid(padding=(0, GAP, 0, 0))
    table.add_column(min_width=10, no_wrap=True)
    for name, text in facts.items():
        if text.strip():
            table.add_row(Text(name, "dim"), Prose(one_line(text)))
    return Padding(table, (0, 0, 0, 4))


def near_misses(misses: Iterable[NearMiss], lang: str) -> list[RenderableType]:
    """Patterns that almost stand, each with its sentence, its pieces and what stopped it."""
    lines: list[RenderableType] = []
    for one in misses:
        place = one_line(f"{one.document}:{one.raw_sentence.start}-{one.raw_sentence.end}")
        head = Prose.assemble(
            (said(f"near.{one.kind}", lang), "magenta"), f"  {one.closeness:.2f}  ", (place, "dim")
        )
        pieces = word("comma", lang).join(f"{piece} {quoted(found)}" for piece, found, _ in one.pieces)
        facts = {
            said("stands", lang): pieces,
            said("stopped", lang): _stopped(one, lang),
            said("reaches", lang): _reaches(one, lang),
            word("pattern", lang): one.pattern,
        }
        lines += [indented(head, 2), indented(quoted(one.sentence), 4), facts_table(facts)]
    return lines


def _stopped(one: NearMiss, lang: str) -> str:
    """What stopped a pattern."""
    if one.kind == "missing":
        key = "stopped.missing.at" if one.instead.strip() else "stopped.missing"
        return said(key, lang, blocked=one.blocked, instead=quoted(one.instead))
    if one.kind == "gap" and not one.blocked:
        return said("stopped.touch", lang, apart=one.apart)
    if one.kind == "gap":
        reach = one.blocked.partition("{")[2].rstrip("}")
        return said("stopped.gap", lang, apart=one.apart, blocked=one.blocked, reach=reach)
    if one.kind == "clauses":
        key = "stopped.together" if one.blocked == "&" else "stopped.crossing"
        return said(key, lang, blocked=one.blocked)
    return said(f"stopped.{one.kind}", lang, blocked=one.blocked)


def _reaches(one: NearMiss, lang: str) -> str:
    if not one.change:
        return ""
    return said("reaches.yes" if one.fills else "reaches.no", lang, change=one.change)


def would_count(one: DroppedMention, lang: str) -> dict[str, str]:
    """From which cut-off on a match below it would count."""
    lower = floor(round(one.score * 100, 6)) / 100
    if one.reason != "below_cutoff" or lower <= 0:
        return {}
    return {said("counts_from", lang): said("counts_from.score", lang, score=f"{lower:g}")}


def verdict(explanation: Explanation, lang: str) -> list[RenderableType]:
    """The last line: the smallest change that would flip the cell, or what it rests on."""
    if explanation.cell.zero == "no_document":
        return []
    filled = bool(explanation.mentions)
    text = _rests(explanation, lang) if filled else _fills(explanation.changes, lang)
    return ["", Text(said("filled" if filled else "empty", lang), "bold"), indented(text, 2)]


def _fills(changes: Sequence[Change], lang: str) -> str:
    tried = [one for one in changes if one.verified]
    if tried:
        one = tried[0]
        status = status_word(one.status, lang)
        text = said("smallest", lang, change=change_text(one, lang), status=status, quote=quoted(one.quote))
        if one.elsewhere > 0:
            text += word("comma", lang) + said_of("elsewhere", one.elsewhere, lang)
        return text
    told = [said("suggested", lang, change=change_text(one, lang)) for one in changes[:MOST_SUGGESTED]]
    return " ".join([said("no_change", lang), *told])


def change_text(one: Change, lang: str) -> str:
    """A change in words."""
    kind = one.kind
    if kind == "missing" and not one.quote.strip():
        kind = "missing.nothing"
    what = one.what if one.kind in ("min_score", "max_match_characters") else one_line(one.what)
    return said(f"change.{kind}", lang, what=what, pattern=one_line(one.pattern), quote=quoted(one.quote))


def _rests(explanation: Explanation, lang: str) -> str:
    """How many mentions carry a filled cell, the cue that decides, and what changes it."""
    cell = explanation.cell
    leading = [one for one in explanation.mentions if one.status == cell.status]
    score = f"{max(one.score for one in leading):.2f}"
    text = said_of("rests", len(leading), lang, status=status_word(cell.status, lang), score=score)
    cues = {(one.reading.cue, one.reading.cue_from) for one in leading}
    if len(cues) == 1:
        cue, where = next(iter(cues))
        text += said("rests.cue", lang, cue=word(f"cue.{where}", lang).format(cue=quoted(cue)))
    parts = [text]
    for one in explanation.changes:
        key = "becomes" if one.status else "becomes.empty"
        status = status_word(one.status, lang) if one.status else ""
        parts.append(said(key, lang, change=change_text(one, lang), status=status))
    if not explanation.changes:
        parts.append(said("firm", lang))
    return "；".join(parts) + "。" if lang == "zh" else "; ".join(parts)
