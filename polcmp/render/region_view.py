"""One region's profile, and the list of regions, for a terminal."""

from __future__ import annotations

from polcmp.model.comparison import Comparison, DocumentFacts, RegionSummary
from polcmp.render.canvas import Block, Line, flow, grid, hanging, named, paint, wrapped
from polcmp.render.cells import cell_heading, mark_legend
from polcmp.render.evidence import EVIDENCE, quotations
from polcmp.render.labels import MARKS, STYLES, counted, measure_label, region_label, word
from polcmp.render.options import RenderOptions
from polcmp.render.plain import columns, one_line


def region_profile(comparison: Comparison, region: str, options: RenderOptions) -> str:
    """Every measure of one region: status, figures, quotations; its documents first.

    Args:
        comparison: that has the region.
        region: short name, ``""`` for unknown.
        options: `evidence` quotations a measure (3 when 0, all when -1).

    Raises:
        KeyError: the comparison has no such region.
    """
    lang, width = options.lang, max(40, options.width)
    summary = next((one for one in comparison.regions if one.name == region), None)
    if summary is None:
        raise KeyError(region)
    lines = [*region_heading(summary, width, lang)]
    for facts in comparison.documents:
        if facts.location.name == region:
            lines += _document(facts, width, lang)
    of_id = {one.id: one for one in comparison.mentions}
    names = {one.id: measure_label(one, lang) for one in comparison.measures}
    limit = options.evidence or EVIDENCE
    for cell in comparison.cells:
        if cell.region == region:
            lines += [[], *cell_heading(cell, names[cell.measure], width, lang)]
            lines += quotations(cell, of_id, limit, width, lang)
    return paint(lines, width, options.color)


def region_list(comparison: Comparison, options: RenderOptions) -> str:
    """The regions, one a line, with documents, characters and the status of each measure as a mark."""
    lang, width = options.lang, max(40, options.width)
    if not comparison.regions:
        return paint([[(word("empty", lang), "")]], width, options.color)
    count = len(comparison.measures)
    heads = [word("region", lang), word("documents", lang), word("characters", lang)]
    names = [region_label(one, lang) for one in comparison.regions]
    numbers = [(f"{one.documents:,}", f"{one.characters:,}") for one in comparison.regions]
    widths = [min(max(columns(name) for name in [heads[0], *names]), width // 3)]
    widths += [max(columns(heads[at + 1]), *(len(pair[at]) for pair in numbers)) for at in (0, 1)]
    widths.append(max(2 * count, 8))
    rows: list[list[Block]] = [[[[(head, "dim")]] for head in [*heads, word("status", lang)]]]
    for at, name in enumerate(names):
        cells = comparison.cells[at * count : (at + 1) * count]
        marks: Line = [(f"{MARKS[c.status or c.zero]} ", STYLES[c.status or c.zero]) for c in cells]
        right = [[[(number.rjust(size), "")]] for number, size in zip(numbers[at], widths[1:], strict=False)]
        rows.append([named(name, widths[0]), *right, [marks]])
    lines = grid(rows, widths)
    order = word("comma", lang).join(measure_label(one, lang) for one in comparison.measures)
    lines += [[], *wrapped(f"{word('status', lang)}{word('colon', lang)}{order}", width, "dim")]
    return paint([*lines, *flow(mark_legend(comparison.cells, lang), width)], width, options.color)


def region_heading(summary: RegionSummary, width: int, lang: str) -> Block:
    """A region's names and denominators."""
    head: Line = [(region_label(summary, lang), "bold")]
    full = one_line(summary.full_name)
    if full and full != summary.name:
        head.append((f"  {full}", "dim"))
    said = (
        counted("n_documents", summary.documents, lang),
        counted("n_characters", summary.characters, lang),
    )
    return [head, *wrapped(word("comma", lang).join(said), width)]


def _document(facts: DocumentFacts, width: int, lang: str) -> Block:
    """A document of the region: name, title, date and how its region was found."""
    found_by = f"{word('found_by', lang)} {word('found_by.' + facts.location.found_by, lang)}"
    if facts.location.evidence:
        found_by += f" 「{facts.location.evidence}」"
    said = [one for one in (facts.date, facts.title, found_by) if one]
    lines: Block = [[("  ", ""), (one_line(facts.name), "")]]
    lines += hanging(one_line("; ".join(said)), width, 4, "dim")
    for warning in facts.warnings:
        lines += hanging(
            one_line(f"{word('warning', lang)}{word('colon', lang)}{warning}"), width, 4, "yellow"
        )
    return lines
