"""One measure across the regions, and the list of measures, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType

from polcmp.model.comparison import Comparison, MeasureInfo
from polcmp.render.canvas import Prose, indented, paint
from polcmp.render.cells import cell_heading
from polcmp.render.evidence import quotations
from polcmp.render.labels import measure_label, region_label, word
from polcmp.render.options import EVIDENCE, RenderOptions
from polcmp.render.plain import one_line
from polcmp.render.view_words import part_shown


def measure_profile(comparison: Comparison, measure: str, options: RenderOptions) -> str:
    """One measure in every region: status, figures, quotations; its definition first.

    Args:
        comparison: that has the measure.
        measure: id.
        options: `evidence` quotations a region (3 when 0, all when -1).

    Raises:
        KeyError: the comparison has no such measure.
    """
    lang = options.lang
    info = next((one for one in comparison.measures if one.id == measure), None)
    if info is None:
        raise KeyError(measure)
    lines = definition(info, lang)
    of_id = {one.id: one for one in comparison.mentions}
    limit = options.evidence or EVIDENCE
    for cell in comparison.cells:
        if cell.measure == measure:
            lines += ["", *cell_heading(cell, region_label(cell.region, lang), lang)]
            lines += quotations(cell, of_id, limit, options.columns, lang)
    lines += [line for one in part_shown(comparison, lang) for line in ("", Prose(one))]
    return paint(lines, options)


def measure_list(measures: Sequence[MeasureInfo], options: RenderOptions) -> str:
    """The measures of a taxonomy with their definitions and what does not count."""
    lines: list[RenderableType] = []
    for info in measures:
        lines += ([""] if lines else []) + definition(info, options.lang)
    return paint(lines, options)


def definition(info: MeasureInfo, lang: str) -> list[RenderableType]:
    """A measure's names and id, then what it means."""
    label = measure_label(info, lang)
    other = one_line(info.name if label == one_line(info.name_en) else info.name_en)
    said = "  ".join(one for one in (other, one_line(info.id)) if one and one != label)
    return [Prose.assemble((label, "bold"), (f"  {said}", "dim")), *meaning(info, lang)]


def meaning(info: MeasureInfo, lang: str) -> list[RenderableType]:
    """A measure's definition and what does not count."""
    texts = (info.definition_en, info.definition) if lang != "zh" else (info.definition, info.definition_en)
    lines: list[RenderableType] = []
    if any(texts):
        lines.append(indented(one_line(texts[0] or texts[1]), 2))
    nots = (info.counts_not_en, info.counts_not) if lang != "zh" else (info.counts_not, info.counts_not_en)
    if any(nots):
        said = f"{word('not', lang)}{word('colon', lang)}{one_line(nots[0] or nots[1])}"
        lines.append(indented(said, 2, "dim"))
    return lines
