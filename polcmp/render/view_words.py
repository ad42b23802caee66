"""Words for other rows than regions, for part of a matrix, for rates and first reports. No layout."""

from __future__ import annotations

from polcmp.model.comparison import Cell, Comparison, RegionSummary
from polcmp.render.labels import region_label, row_kind, word

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "region": "Region",
        "province": "Province",
        "city": "City",
        "county": "County",
        "year": "Year",
        "month": "Month",
        "n_region": "{n} region|{n} regions",
        "n_province": "{n} province|{n} provinces",
        "n_city": "{n} city|{n} cities",
        "n_county": "{n} county|{n} counties",
        "n_year": "{n} year|{n} years",
        "n_month": "{n} month|{n} months",
        "n_row": "{n} row|{n} rows",
        "n_measures": "{n} measure|{n} measures",
        "n_documents": "{n} document|{n} documents",
        "n_mentions": "{n} mention|{n} mentions",
        "body": "body",
        "body_characters": "body characters",
        "per_document": "{n}/doc",
        "per_10000_characters": "{n}/10k",
        "first": "first {date}",
        "explain.rates": "0.5/doc, 2.0/10k: mentions per document, and per 10,000 body characters",
        "explain.first": "first: date of the earliest document that reports it as implemented",
        "and_unknown": "{rows} and {unknown}",
        "shown": "{first}-{last} of {rows}, {order}.",
        "more": "{n} more: --page {page}{size}, --top N{by}.",
        "by": ", --by province",
        "order.": "in the order of documents",
        "order.documents": "most documents first",
        "order.mentions": "most mentions first",
        "order.name": "by name",
        "order.first": "first reported first",
        "order.measure": "by {measure}",
    },
    "zh": {
        "region": "地区",
        "province": "省份",
        "city": "城市",
        "county": "县区",
        "year": "年份",
        "month": "月份",
        "n_region": "{n}个地区",
        "n_province": "{n}个省份",
        "n_city": "{n}个城市",
        "n_county": "{n}个县区",
        "n_year": "{n}个年份",
        "n_month": "{n}个月份",
        "n_row": "{n}行",
        "n_measures": "{n}项措施",
        "n_documents": "{n}份文档",
        "n_mentions": "{n}处提及",
        "body": "正文",
        "body_characters": "正文字数",
        "per_document": "{n}/篇",
        "per_10000_characters": "{n}/万字",
        "first": "首见{date}",
        "explain.rates": "0.5/篇、2.0/万字：每篇文档、每万字正文的提及次数",
        "explain.first": "首见：最早报告已实施的文档日期",
        "and_unknown": "{rows}及{unknown}",
        "shown": "第{first}—{last}个，共{rows}，{order}。",
        "more": "另有{n}个：--page {page}{size}、--top N{by}。",
        "by": "、--by province",
        "order.": "按文档顺序",
        "order.documents": "按文档数排列",
        "order.mentions": "按提及次数排列",
        "order.name": "按名称排列",
        "order.first": "按首见日期排列",
        "order.measure": "按{measure}排列",
    },
}


PAGE = 20
"""Rows of a page where no number is given."""


def said(key: str, lang: str, n: int | None = None, **values: object) -> str:
    """The words for `key`; with a number in the singular or plural."""
    text = _WORDS.get(lang, _WORDS["en"])[key]
    if n is None:
        return text.format(**values) if values else text
    forms = text.split("|")
    return forms[0 if n == 1 else -1].format(n=f"{n:,}", **values)


def row_word(comparison: Comparison, lang: str) -> str:
    """What a row of the matrix is, such as ``Province``."""
    return said(row_kind(comparison), lang)


def _rows_counted(comparison: Comparison, lang: str) -> str:
    """How many rows there are, that of what is unknown told apart: ``5 regions and (region unknown)``."""
    view, by = comparison.view, row_kind(comparison)
    named = view.named_rows if view else sum(1 for one in comparison.regions if one.name)
    counted = said(f"n_{by}", lang, named)
    if named == (view.rows if view else len(comparison.regions)):
        return counted
    return said("and_unknown", lang, rows=counted, unknown=region_label("", lang, by))


def counts(comparison: Comparison, lang: str) -> list[str]:
    """What was compared, in numbers: rows, measures, documents, mentions; of the whole if a part is shown."""
    view = comparison.view
    documents = view.documents if view else len(comparison.documents)
    mentions = view.mentions if view else len(comparison.mentions)
    return [
        _rows_counted(comparison, lang),
        said("n_measures", lang, len(comparison.measures)),
        said("n_documents", lang, documents),
        said("n_mentions", lang, mentions),
    ]


def part_shown(comparison: Comparison, lang: str) -> list[str]:
    """Which rows of the whole are shown, and how to see the others; nothing when all are."""
    view = comparison.view
    if view is None or len(comparison.regions) >= view.rows:
        return []
    options, count = view.options, len(comparison.regions)
    names = {one.id: one.name if lang == "zh" else one.name_en or one.name for one in comparison.measures}
    key = "measure" if options.sort in names else options.sort
    if not options.sort and options.by != "region":
        key = "name"
    order = said(f"order.{key}", lang, measure=names.get(options.sort, ""))
    last = view.first_row + count - 1
    rows = said(f"n_{options.by}" if view.named_rows == view.rows else "n_row", lang, view.rows)
    lines = [said("shown", lang, first=f"{view.first_row:,}", last=f"{last:,}", rows=rows, order=order)]
    if last < view.rows:
        by = said("by", lang) if options.by == "region" else ""
        size = "" if options.page_size == PAGE else f" --page-size {options.page_size}"
        lines.append(said("more", lang, view.rows - last, page=options.page + 1, size=size, by=by))
    return ["".join(lines) if lang == "zh" else " ".join(lines)]


def cell_extras(cell: Cell, lang: str) -> list[str]:
    """A filled cell's rates and first report, each as short as it can be."""
    if not cell.status:
        return []
    lines = []
    if cell.rates:
        lines.append(_rate("per_document", cell.rates.per_document, lang))
        lines.append(_rate("per_10000_characters", cell.rates.per_10000_characters, lang))
    if cell.first:
        lines.append(said("first", lang, date=cell.first.date))
    return lines


def _rate(key: str, rate: float, lang: str) -> str:
    return _WORDS.get(lang, _WORDS["en"])[key].format(n=rate_text(rate))


def rate_text(rate: float) -> str:
    """A rate with two or three figures: ``0.031``, ``0.42``, ``7.5``, ``128``."""
    if rate >= 100:
        return f"{rate:,.0f}"
    return f"{rate:.1f}" if rate >= 1 else f"{rate:.2g}"


def explanations(comparison: Comparison, lang: str) -> list[str]:
    """What rates and first reports mean, where they were asked for."""
    options = comparison.view.options if comparison.view else None
    asked = (("rates", options and options.rates), ("first", options and options.first))
    return [said(f"explain.{key}", lang) for key, wanted in asked if wanted]


def characters(row: RegionSummary) -> int:
    """The characters of a row that stand beside it: those that rates are reckoned with, if there are any."""
    return row.characters if row.body_characters is None else row.body_characters


def characters_word(comparison: Comparison, lang: str, *, short: bool = False) -> str:
    """What `characters` counts."""
    if comparison.view and comparison.view.options.rates:
        return said("body" if short else "body_characters", lang)
    return word("chars" if short else "characters", lang)
