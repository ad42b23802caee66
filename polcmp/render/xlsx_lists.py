"""The lists of a workbook: evidence, figures, documents, measures, and what the result was made from."""

from __future__ import annotations

from polcmp.model.comparison import Comparison, DocumentFacts
from polcmp.model.mention import STATUSES, Mention
from polcmp.render.grid import meaning
from polcmp.render.labels import MARKS, measure_label, region_label, status_word, word
from polcmp.render.links import file_link, url_in
from polcmp.render.messages import in_language
from polcmp.render.options import RenderOptions
from polcmp.render.plain import figure_text
from polcmp.render.rows import number, rounded, tool_row
from polcmp.render.xlsx_book import Book, Link, Value
from polcmp.render.xlsx_words import said

_EVIDENCE = (
    *("region", "measure", "status", "quote", "figures", "score", "section", "document", "title", "date"),
    *(
        "source",
        "start",
        "end",
        "page",
        "paragraph",
        "form",
        "cue",
        "cue_from",
        "transforms",
        "pattern",
        "region_full",
    ),
    *("measure_id", "id"),
)
_FIGURES = (
    *("region", "measure", "status", "text", "value", "high", "unit", "of", "bound", "quote", "document"),
    "id",
)
_DOCUMENTS = (
    *("document", "title", "date", "region", "region_full", "found_by", "evidence", "source", "mentions"),
    *("characters", "boilerplate", "format", "encoding", "warnings", "sha256"),
)
_MEASURES = ("measure_id", "name", "name_en", "definition", "definition_en", "not", "not_en", "mentions")


def evidence_sheet(book: Book, comparison: Comparison, options: RenderOptions) -> None:
    """One mention a row, in the order of documents and offsets."""
    lang = options.lang
    documents = {one.name: one for one in comparison.documents}
    names = {one.id: measure_label(one, lang) for one in comparison.measures}
    rows = [_mention(one, documents[one.document], names, options) for one in comparison.mentions]
    book.sheet(said("Evidence", lang)).table(_heads(_EVIDENCE, lang), rows, frozen=2)


def _mention(
    one: Mention, facts: DocumentFacts, names: dict[str, str], options: RenderOptions
) -> list[Value]:
    lang = options.lang
    return [
        region_label(one.region, lang),
        names.get(one.measure, one.measure),
        status_word(one.status, lang),
        one.quote,
        word("semicolon", lang).join(figure_text(figure, lang) for figure in one.figures),
        rounded(one.score),
        one.section,
        _document(facts, options),
        facts.title,
        facts.date,
        _source(facts),
        one.raw_span.start,
        one.raw_span.end,
        one.page,
        one.paragraph,
        one.form,
        one.reading.cue,
        one.reading.cue_from,
        "; ".join(one.transforms),
        one.pattern,
        facts.location.full_name,
        one.measure,
        one.id,
    ]


def figures_sheet(book: Book, comparison: Comparison, options: RenderOptions) -> None:
    """One figure of a mention a row; numbers are numbers."""
    lang = options.lang
    names = {one.id: measure_label(one, lang) for one in comparison.measures}
    rows: list[list[Value]] = [
        [
            region_label(one.region, lang),
            names.get(one.measure, one.measure),
            status_word(one.status, lang),
            figure.text,
            number(figure.value),
            None if figure.high is None else number(figure.high),
            figure.unit,
            figure.of,
            figure.bound,
            one.quote,
            one.document,
            one.id,
        ]
        for one in comparison.mentions
        for figure in one.figures
    ]
    book.sheet(said("Figures", lang)).table(_heads(_FIGURES, lang), rows, frozen=2)


def documents_sheet(book: Book, comparison: Comparison, options: RenderOptions) -> None:
    """One document a row: what it is, how its region was found, how much of it is boilerplate."""
    lang = options.lang
    counts: dict[str, int] = {}
    for one in comparison.mentions:
        counts[one.document] = counts.get(one.document, 0) + 1
    rows: list[list[Value]] = [
        [
            _document(facts, options),
            facts.title,
            facts.date,
            region_label(facts.location.name, lang),
            facts.location.full_name,
            word(f"found_by.{facts.location.found_by}", lang),
            facts.location.evidence,
            _source(facts),
            counts.get(facts.name, 0),
            facts.characters,
            sum(mask.raw_span.end - mask.raw_span.start for mask in facts.masks),
            facts.format,
            facts.encoding,
            "\n".join(in_language(one, lang) for one in facts.warnings),
            facts.sha256,
        ]
        for facts in comparison.documents
    ]
    heads = [*_heads(_DOCUMENTS[:-1], lang), "SHA-256"]
    book.sheet(said("Documents", lang)).table(heads, rows)


def measures_sheet(book: Book, comparison: Comparison, options: RenderOptions) -> None:
    """One measure a row: what it means, and in how many regions it has which status."""
    lang = options.lang
    rows: list[list[Value]] = []
    for at, one in enumerate(comparison.measures):
        cells = comparison.cells[at :: len(comparison.measures)]
        texts = (one.definition, one.definition_en, one.counts_not, one.counts_not_en)
        mentions = sum(cell.total for cell in cells)
        statuses = [sum(cell.status == status for cell in cells) for status in STATUSES]
        rows.append([one.id, one.name, one.name_en, *texts, mentions, *statuses])
    heads = _heads(_MEASURES, lang)
    heads += [said("regions_with", lang).format(status=status_word(one, lang)) for one in STATUSES]
    book.sheet(said("Measures", lang)).table(heads, rows)


def about_sheet(book: Book, comparison: Comparison, options: RenderOptions) -> None:
    """What the result was made from and with: names beside what they say. The last sheet to be written."""
    lang = options.lang
    sheet = book.sheet(said("About", lang), 90)
    for column, head in enumerate(_heads(("about", "says"), lang)):
        sheet.put(0, column, head, book.looks.head)
    for row, (name, value) in enumerate(_about(comparison, lang, book.cut), 1):
        sheet.put(row, 0, name, book.looks.label)
        sheet.put(row, 1, value, book.looks.text)
    sheet.for_paper()
    sheet.fit()


def _about(comparison: Comparison, lang: str, cut: list[str]) -> list[tuple[str, Value]]:
    tool, taxonomy = tool_row(), comparison.taxonomy
    rows: list[tuple[str, Value]] = [
        (said("tool", lang), f"{tool['name']} {tool['version']}"),
        (said("taxonomy", lang), taxonomy.path),
        (said("taxonomy_version", lang), taxonomy.version),
        (said("taxonomy_sha256", lang), taxonomy.sha256),
        (said("n_regions", lang), sum(1 for one in comparison.regions if one.name)),
        (said("n_measures", lang), len(comparison.measures)),
        (said("n_documents", lang), len(comparison.documents)),
        (said("n_characters", lang), sum(one.characters for one in comparison.regions)),
        (said("n_mentions", lang), len(comparison.mentions)),
        (said("n_dropped", lang), len(comparison.dropped)),
    ]
    rows += [
        (said("error", lang), f"{one.path}: {one.code} {in_language(one.message, lang)}")
        for one in comparison.errors
    ]
    rows += [(said("warning", lang), in_language(one, lang)) for one in comparison.warnings]
    for key, mark in MARKS.items():
        rows.append((f"{said('mark', lang)} {mark}", meaning(key, lang)))
    rows.append((said("offsets", lang), said("offsets_say", lang)))
    if cut:
        rows.append((said("cut", lang), ", ".join(cut)))
    for name, value in sorted(comparison.settings.items()):
        rows.append((said("setting", lang).format(name=name), _setting(value)))
    return rows


def _setting(value: object) -> Value:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _heads(keys: tuple[str, ...], lang: str) -> list[str]:
    return [said(key, lang) for key in keys]


def _document(facts: DocumentFacts, options: RenderOptions) -> Value:
    """A document's name, linked to its file where the result will stand in a known folder."""
    target = file_link(facts.path, options.folder)
    return Link(facts.name, f"external:./{target}") if target else facts.name


def _source(facts: DocumentFacts) -> Value:
    """Where a document was found, linked when that is an address."""
    return Link(facts.source, url) if (url := url_in(facts.source)) else facts.source
