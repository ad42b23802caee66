"""One region's profile, and the list of regions, for a terminal."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from polcmp.model.comparison import Comparison, DocumentFacts, RegionSummary
from polcmp.render.canvas import Prose, balanced, flow, indented, paint, ruled_table
from polcmp.render.cells import cell_heading, mark_legend
from polcmp.render.evidence import quotations
from polcmp.render.labels import MARKS, STYLES, counted, measure_label, region_label, word
from polcmp.render.messages import in_language
from polcmp.render.options import EVIDENCE, RenderOptions
from polcmp.render.plain import one_line


def region_profile(comparison: Comparison, region: str, options: RenderOptions) -> str:
    """Every measure of one region: status, figures, quotations; its documents first.

    Args:
        comparison: that has the region.
        region: short name, ``""`` for unknown.
        options: `evidence` quotations a measure (3 when 0, all when -1).

    Raises:
        KeyError: the comparison has no such region.
    """
    lang = options.lang
    summary = next((one for one in comparison.regions if one.name == region), None)
    if summary is None:
        raise KeyError(region)
    lines = region_heading(summary, lang)
    for facts in comparison.documents:
        if facts.location.name == region:
            lines += _document(facts, lang)
    of_id = {one.id: one for one in comparison.mentions}
    names = {one.id: measure_label(one, lang) for one in comparison.measures}
    limit = options.evidence or EVIDENCE
    for cell in comparison.cells:
        if cell.region == region:
            lines += ["", *cell_heading(cell, names[cell.measure], lang)]
            lines += quotations(cell, of_id, limit, options.columns, lang)
    return paint(lines, options)


def region_list(comparison: Comparison, options: RenderOptions) -> str:
    """The regions, one a row, with documents, characters and the status of each measure as a mark."""
    lang, width = options.lang, options.columns
    if not comparison.regions:
        return paint([word("empty", lang)], options)
    count = len(comparison.measures)
    widest = max(width // 3, cell_len(word("region", lang)))
    names = [balanced(region_label(one, lang), widest) for one in comparison.regions]
    table = ruled_table()
    table.add_column(Text(word("region", lang), "dim"), max_width=widest)
    for key in ("documents", "characters"):
        table.add_column(Text(word(key, lang), "dim"), justify="right", no_wrap=True)
    # Every mark is as wide as the highest number: the numbers stand above the marks, on further lines too.
    size = len(str(count))
    table.add_column(Prose(" ".join(f"{at + 1:<{size}}" for at in range(count)), style="dim"))
    for at, (name, region) in enumerate(zip(names, comparison.regions, strict=True)):
        marks = Prose()
        for cell in comparison.cells[at * count : (at + 1) * count]:
            key = cell.status or cell.zero
            marks.append(f"{MARKS[key]:<{size}}", STYLES[key]).append(" ")
        table.add_row(name, f"{region.documents:,}", f"{region.characters:,}", marks)
    numbered = [
        Text(f"{at} {measure_label(one, lang)}", "dim") for at, one in enumerate(comparison.measures, 1)
    ]
    marks_met = flow(mark_legend(comparison.cells, lang), width)
    return paint([table, "", flow(numbered, width), marks_met], options)


def region_heading(summary: RegionSummary, lang: str) -> list[RenderableType]:
    """A region's names and denominators."""
    head = Prose().append(region_label(summary, lang), "bold")
    full = one_line(summary.full_name)
    if full and full != summary.name:
        head.append(f"  {full}", "dim")
    said = (
        counted("n_documents", summary.documents, lang),
        counted("n_characters", summary.characters, lang),
    )
    return [head, Prose(word("comma", lang).join(said))]


def _document(facts: DocumentFacts, lang: str) -> list[RenderableType]:
    """A document of the region: name, title, date and how its region was found."""
    found_by = f"{word('found_by', lang)} {word('found_by.' + facts.location.found_by, lang)}"
    if facts.location.evidence:
        found_by += f" 「{facts.location.evidence}」"
    said = [one for one in (facts.date, facts.title, found_by) if one]
    lines: list[RenderableType] = [indented(one_line(facts.name), 2)]
    lines.append(indented(one_line(word("semicolon", lang).join(said)), 4, "dim"))
    for warning in facts.warnings:
        told = f"{word('warning', lang)}{word('colon', lang)}{in_language(warning, lang)}"
        lines.append(indented(one_line(told), 4, "yellow"))
    return lines
