"""An evaluation for a terminal: figures of all mentions and of each part, then what lies behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from polcmp.model.comparison import MeasureInfo
from polcmp.model.evaluation import (
    MISTAKES,
    CellFigures,
    Estimate,
    Evaluation,
    Figures,
    Group,
    MaskFigures,
    Mistake,
    RegionFigures,
)
from polcmp.render.canvas import GAP, Prose, flow, indented, paint, ruled_table
from polcmp.render.evaluation_words import said
from polcmp.render.labels import STYLES, counted, measure_label, status_word, word
from polcmp.render.options import RenderOptions
from polcmp.render.plain import one_line, quoted

_ESTIMATES = ("precision", "recall", "f1", "f1_status", "status_accuracy")
_COUNTS = ("docs", "required", "found")
_INTERVAL = len("100.0 100-100")
_NARROW = len("100-100")
_INDENT = 2
_LEAST_NAME = 14
"""Columns that a name needs beside the figures; with less the parts are written as running text."""

Row = tuple[str, str, Group]
"""Section, name as labelled, figures."""


def evaluation_view(
    evaluation: Evaluation, measures: Sequence[MeasureInfo], options: RenderOptions, mistakes: int = 0
) -> str:
    """An evaluation as text.

    Args:
        evaluation: what to show.
        measures: the taxonomy's, for their names.
        options: language, width, colour.
        mistakes: mistakes of each kind to list, 0 for none, -1 for all.
    """
    lang = options.lang
    names = {one.id: measure_label(one, lang) for one in measures}
    lines = _parts(list(_rows(evaluation, names, lang)), options)
    lines += ["", Prose(said("percent", lang), style="dim"), "", *_cells(evaluation.cells, lang)]
    if evaluation.regions:
        lines += _regions(evaluation.regions, lang)
    if evaluation.masks:
        lines += _masks(evaluation.masks, lang)
    if mistakes:
        lines += _mistakes(evaluation.mistakes, names, mistakes, lang)
    return paint(lines, options)


def _rows(evaluation: Evaluation, names: Mapping[str, str], lang: str) -> Iterator[Row]:
    yield "", said("all", lang), Group("", evaluation.documents, evaluation.overall)
    for group in evaluation.measures:
        yield "measures", names.get(group.name, one_line(group.name)), group
    for group in evaluation.statuses:
        yield "statuses", status_word(group.name, lang), group
    for section, groups in (("noise", evaluation.noise), ("genres", evaluation.genres)):
        for group in groups:
            yield section, one_line(group.name), group


def _parts(rows: Sequence[Row], options: RenderOptions) -> list[RenderableType]:
    """A table with intervals beside or under their figures, running text where no table fits.

    The number of documents is left out where it would leave names too little room.
    """
    lang = options.lang
    longest = max(cell_len(name) for _, name, _ in rows) + _INDENT
    for size, separator in ((_INTERVAL, " "), (_NARROW, "\n")):
        for counts in (_COUNTS, _COUNTS[1:]):
            taken = sum(_column(key, _digits(rows), lang) for key in (*counts, "in_boilerplate"))
            taken += sum(_column(key, size, lang) for key in _ESTIMATES)
            room = options.columns - taken - 1  # the last column is padded too
            if room >= min(longest, _LEAST_NAME):
                return [_table(rows, counts, separator, min(room, longest), lang)]
    return list(_running(rows, options))


def _digits(rows: Sequence[Row]) -> int:
    """Columns of the longest number."""
    return max(
        len(f"{n:,}") for _, _, one in rows for n in (one.documents, one.figures.required, one.figures.found)
    )


def _column(key: str, size: int, lang: str) -> int:
    return GAP + max(size, cell_len(said(key, lang)))


def _table(rows: Sequence[Row], counts: Sequence[str], separator: str, label: int, lang: str) -> Table:
    table = ruled_table()
    table.add_column("", width=label)
    for key in (*counts, *_ESTIMATES, "in_boilerplate"):
        table.add_column(Text(said(key, lang), "dim"), justify="right", no_wrap=True)
    section = ""
    for here, name, group in rows:
        if here != section:
            section = here
            table.add_row("")
            table.add_row(Prose(said(here, lang), style="dim"))
        table.add_row(
            indented(name, _INDENT) if here else Prose(name, style="bold"),
            *(f"{_number(group, key):,}" for key in counts),
            *(_estimate(group.figures, key, separator) for key in _ESTIMATES),
            _boilerplate(group.figures),
        )
    return table


def _number(group: Group, key: str) -> int:
    figures = group.figures
    return {"docs": group.documents, "required": figures.required, "found": figures.found}[key]


def _running(rows: Sequence[Row], options: RenderOptions) -> Iterator[RenderableType]:
    lang, section = options.lang, ""
    for here, name, group in rows:
        if here != section:
            section = here
            yield ""
            yield Prose(said(here, lang), style="dim")
        yield Prose(name, style="bold")
        entries = [(key, _inline(_measured(group.figures, key))) for key in _ESTIMATES]
        entries += [(key, Text(f"{_number(group, key):,}")) for key in _COUNTS]
        entries.append(("in_boilerplate", _boilerplate(group.figures)))
        labelled = (Text.assemble((f"{said(key, lang)} ", "dim"), entry) for key, entry in entries)
        yield indented(flow(labelled, options.columns - _INDENT), _INDENT)


def _measured(figures: Figures, key: str) -> Estimate:
    """A figure; no f1 where nothing has to be found, though its rule makes it 0 there."""
    estimate: Estimate = getattr(figures, key)
    return Estimate(None) if key.startswith("f1") and not figures.required else estimate


def _estimate(figures: Figures, key: str, separator: str) -> Text:
    """A figure in percent with its interval: ``95.3 93-97``; ``-`` when there is nothing to measure it on."""
    estimate = _measured(figures, key)
    if estimate.value is None:
        return Text("-", "dim")
    interval = f"{100 * estimate.low:.0f}-{100 * estimate.high:.0f}"
    if separator == " ":
        interval = f"{interval:>7}"
    return Text.assemble(f"{100 * estimate.value:.1f}", separator, (interval, "dim"))


def _boilerplate(figures: Figures) -> Text:
    return Text(f"{figures.in_boilerplate:,}", "red" if figures.in_boilerplate else "dim")


def _cells(cells: CellFigures, lang: str) -> list[RenderableType]:
    colon, comma = word("colon", lang), word("comma", lang)
    return [
        Prose.assemble(
            f"{said('cells', lang)}{colon}",
            _inline(cells.right),
            f" {said('of', lang, n=f'{cells.total:,}')}{comma}{said('presence', lang)} ",
            _inline(cells.presence_f1),
        )
    ]


def _inline(estimate: Estimate) -> Text:
    """A figure in running text: ``95.3 (93-97)``."""
    if estimate.value is None:
        return Text("-")
    return Text.assemble(
        f"{100 * estimate.value:.1f} ", (f"({100 * estimate.low:.0f}-{100 * estimate.high:.0f})", "dim")
    )


def _regions(regions: RegionFigures, lang: str) -> list[RenderableType]:
    """The share of right regions, then a line for each wrong one."""
    nothing = said("nothing", lang)
    lines: list[RenderableType] = [
        Prose.assemble(
            f"{said('regions', lang)}{word('colon', lang)}{regions.right:,} ",
            f"{said('of', lang, n=f'{regions.total:,}')}{word('comma', lang)}",
            _inline(regions.share),
        )
    ]
    for one in regions.wrong:
        text = said(
            "is_not", lang, document=one.document, region=one.region or nothing, found=one.found or nothing
        )
        lines.append(indented(one_line(text), 2))
    return lines


def _masks(masks: MaskFigures, lang: str) -> list[RenderableType]:
    lines: list[RenderableType] = []
    for key, share, whole, digits in (
        ("masks", masks.recall, masks.boilerplate, 1),
        ("lost", masks.body_lost, masks.body, 2),
    ):
        value = "-" if share is None else f"{100 * share:.{digits}f}"
        of = said("of_characters", lang, n=f"{whole:,}")
        lines.append(Prose(f"{said(key, lang)}{word('colon', lang)}{value} {of}"))
    return lines


def _mistakes(
    mistakes: Sequence[Mistake], names: Mapping[str, str], limit: int, lang: str
) -> list[RenderableType]:
    lines: list[RenderableType] = []
    for kind in MISTAKES:
        of_kind = [one for one in mistakes if one.kind == kind]
        if not of_kind:
            continue
        lines += ["", Prose(f"{said(kind, lang)}{word('colon', lang)}{len(of_kind):,}", style="bold")]
        shown = of_kind if limit < 0 else of_kind[:limit]
        for one in shown:
            lines += _mistake(one, names, lang)
        if len(shown) < len(of_kind):
            lines.append(indented(counted("n_more", len(of_kind) - len(shown), lang), 2, "dim"))
    return lines


def _mistake(mistake: Mistake, names: Mapping[str, str], lang: str) -> Iterator[RenderableType]:
    """Place, measure and status; the words; what found them and what decided the status."""
    span, read_as = mistake.raw_span, mistake.read_as
    status = status_word(mistake.status, lang) if mistake.status else ""
    if read_as:
        key = "read_as" if status else "as"
        status = said(key, lang, status=status, read_as=status_word(read_as, lang))
    where = one_line(f"{mistake.document}:{span.start}-{span.end}")
    measure = names.get(mistake.measure, one_line(mistake.measure))
    head = Prose.assemble(
        (where, "dim"), f"  {measure}  ", (status, STYLES.get(read_as or mistake.status, ""))
    )
    yield indented(head, 2)
    yield indented(quoted(mistake.quote), 4)
    notes = []
    if mistake.pattern:
        notes.append(f"{said('pattern', lang)} {mistake.pattern}")
    if mistake.cue:
        notes.append(f"{said('cue', lang)} {word('cue.' + mistake.cue_from, lang).format(cue=mistake.cue)}")
    if notes:
        yield indented(one_line(word("semicolon", lang).join(notes)), 4, "dim")
