"""A quotation with everything a reader needs to find it again, as a Markdown footnote, BibTeX or GB/T 7714.

Pure: data in, text out. What a style asks for and nobody has stated (an author, the day a page was read) is
left out, never made up; docs/formats.md says which field goes where.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from polcmp.errors import UsageError
from polcmp.model.comparison import Cell, Comparison, DocumentFacts
from polcmp.model.mention import Mention
from polcmp.render.as_md import escaped as md
from polcmp.render.links import url_in
from polcmp.render.plain import one_line, quoted

ALL = 0
"""Every mention of a cell."""


class _Words(NamedTuple):
    """What stands between the parts of a citation."""

    comma: str
    stop: str
    page: str
    own: str
    extracted: str
    accessed: str
    sha256: str


_WORDS = {
    "en": _Words(
        *(", ", ". ", "page {}", "characters {}", "characters {} of its extracted text"),
        *("accessed {}", "sha256 {}"),
    ),
    "zh": _Words("，", "。", "第{}页", "第{}字", "提取文本第{}字", "访问日期：{}", "SHA-256：{}"),
}

ACCESSED = re.compile(r"\d{4}-\d{2}-\d{2}")


def cite(
    comparison: Comparison,
    cell: Cell,
    style: str = "footnote",
    which: int = 1,
    accessed: str = "",
    lang: str = "en",
) -> str:
    """Mentions of a cell as citations.

    Args:
        comparison: that has the cell.
        cell: one region × one measure.
        style: one of `STYLES`.
        which: number of the mention in the order of the cell, from 1; `ALL` for all.
        accessed: day on which an online source was read, ``YYYY-MM-DD``; ``""`` if not said.
        lang: ``en`` or ``zh``, for the words around what is quoted; ``gbt7714`` is Chinese in either.

    Returns:
        A citation a line, or an entry of BibTeX each; with a final line end.

    Raises:
        UsageError: P434 there is no mention, or none of that number; P435 there is no such style, or the
            day is not written as a date.
    """
    if style not in STYLES:
        hint = f"Choose one of: {', '.join(STYLES)}."
        raise UsageError(f"there is no style {style!r}", code="P435", where="--style", hint=hint)
    if accessed and not ACCESSED.fullmatch(accessed):
        hint = "Write it as 2024-05-31."
        raise UsageError(f"{accessed!r} is no date", code="P435", where="--accessed", hint=hint)
    of_id = {one.id: one for one in comparison.mentions}
    documents = {one.name: one for one in comparison.documents}
    mentions = [of_id[one] for one in _chosen(cell, which)]
    return "".join(f"{STYLES[style](one, documents[one.document], accessed, lang)}\n" for one in mentions)


def _chosen(cell: Cell, which: int) -> Sequence[str]:
    if not cell.mentions:
        raise UsageError(
            "there is nothing to cite: the cell is empty",
            code="P434",
            where=f"{cell.region} × {cell.measure}",
            hint="See why: polcmp why REGION MEASURE.",
        )
    if which != ALL and not 1 <= which <= len(cell.mentions):
        raise UsageError(
            f"there is no mention {which}",
            code="P434",
            where=f"{cell.region} × {cell.measure}",
            hint=f"Choose 1 to {len(cell.mentions)}, or all.",
        )
    return cell.mentions if which == ALL else (cell.mentions[which - 1],)


def _footnote(mention: Mention, facts: DocumentFacts, accessed: str, lang: str) -> str:
    """A footnote of Markdown; its mark is made from the mention's id."""
    source, url = _source(facts)
    said = [md(quoted(mention.quote)), f"*{md(facts.title)}*" if facts.title else "", md(source)]
    words = _WORDS[lang]
    day = words.accessed.format(accessed) if accessed and url else ""
    said += [f"<{url}>" if url else "", md(facts.date), day]
    where = md(facts.name) + (words.comma + words.page.format(mention.page) if mention.page else "")
    said += [where + words.comma + _place(mention, facts, lang, "–"), words.sha256.format(md(facts.sha256))]
    return f"[^{_key(mention)}]: {words.stop.join(one for one in said if one)}{words.stop.strip()}"


def _bibtex(mention: Mention, facts: DocumentFacts, accessed: str, lang: str) -> str:
    """An entry of kind ``misc``, which BibTeX and biblatex both have, with what is known of the document."""
    source, url = _source(facts)
    comma = _WORDS[lang].comma
    day = facts.date if len(facts.date) > len("2024-05") else ""
    year, month = (*facts.date.split("-"), "")[:2] if facts.date else ("", "")
    fields = {
        "title": f"{{{bib(facts.title or facts.name)}}}",
        "howpublished": ", ".join(one for one in (bib(source), day) if one),
        "year": year,
        "month": str(int(month)) if month.isdecimal() else "",
        "pages": str(mention.page or ""),
        "url": re.sub(r"[{}\\]", lambda found: f"%{ord(found[0]):02X}", url),
        "urldate": accessed if url else "",
        "note": comma.join((bib(quoted(mention.quote)), _place(mention, facts, lang, "--"), bib(facts.name))),
        "annote": f"sha256 {bib(facts.sha256)}",
        "language": "chinese",
    }
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
    return "\n".join([f"@misc{{{_key(mention)},", *lines, "}"])


def _gbt7714(mention: Mention, facts: DocumentFacts, accessed: str, _lang: str) -> str:
    """A reference after GB/T 7714—2015, and behind it the words and where they stand.

    With an address it is an electronic bulletin online, [EB/OL] (section 4.6): title, publisher, day of
    publication in round and of reading in square brackets, address. Without, it is a report, [R].
    """
    source, url = _source(facts)
    title = one_line(facts.title or facts.name)
    start, end = mention.raw_span
    if url:
        days = (f"({facts.date})" if facts.date else "") + (f"[{accessed}]" if accessed else "")
        said = [f"{title}[EB/OL]", f"{source}{days}", url]
    else:
        place = ", ".join(one for one in (source, facts.date) if one)
        said = [f"{title}[R]", f"{place}: {mention.page}" if place and mention.page else place]
    reference = ". ".join(one for one in said if one)
    text = "" if facts.format == "text" else "提取文本"
    where = f"{one_line(facts.name)} {text}第{start}—{end}字，SHA-256：{one_line(facts.sha256)}"
    return f"{reference}. 引文：{quoted(mention.quote)}（{where}）"


STYLES: dict[str, Callable[[Mention, DocumentFacts, str, str], str]] = {
    "footnote": _footnote,
    "bibtex": _bibtex,
    "gbt7714": _gbt7714,
}
"""Styles of citations."""

_BIB = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
"""As in `polcmp.render.as_tex`, but braces must match for BibTeX even behind a backslash."""

_BIB_SPECIAL = re.compile("[" + re.escape("".join(_BIB)) + "]")


def bib(text: str) -> str:
    """Harmless text on one line that BibTeX hands on and TeX prints as it is."""
    return _BIB_SPECIAL.sub(lambda found: _BIB[found[0]], one_line(text))


def _key(mention: Mention) -> str:
    return f"polcmp-{mention.id}"


def _place(mention: Mention, facts: DocumentFacts, lang: str, dash: str) -> str:
    """The characters of the quotation; where they do not count in the file's own text, that is said."""
    words = _WORDS[lang]
    start, end = mention.raw_span
    return (words.own if facts.format == "text" else words.extracted).format(f"{start}{dash}{end}")


def _source(facts: DocumentFacts) -> tuple[str, str]:
    """The stated source without its address, and the address."""
    url = url_in(facts.source)
    rest = facts.source.replace(url, " ") if url else facts.source
    rest = re.sub(r"[(（\[<]\s*[)）\]>]", " ", rest)
    return one_line(rest).strip(" .,;:。，；：、"), url
