"""A comparison with short ways to what is in it, and to every form it is written in.

>>> result.cell("聂荣县", "joint_committee").status   # doctest: +SKIP
'implemented'
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polcmp.errors import DocumentError
from polcmp.load import Source, read
from polcmp.load.source import DEFAULT_OPTIONS
from polcmp.model.comparison import Cell, Comparison, DocumentResult, MeasureInfo, RegionSummary
from polcmp.model.document import Document
from polcmp.model.mention import Mention
from polcmp.names import find_measure, find_region
from polcmp.render import RenderOptions, render, render_bytes
from polcmp.settings import Settings

if TYPE_CHECKING:
    from polcmp.model.explanation import Explanation
    from polcmp.model.taxonomy import Taxonomy

MOST_READ_AGAIN = 2_000
"""Documents of a store that are read again for a page to have more than their quotations: some seconds."""


@dataclass(frozen=True)
class Result:
    """A comparison, with short ways to what is in it.

    Attributes:
        comparison: everything, as plain frozen objects (`polcmp.model.comparison`).
        documents: the analysed documents one by one, whatever filters the comparison has.
        sources: where the documents came from, by name; `raw` reads one again.
        beside: paths of the sidecars and lists of documents that were read with them.
        store: folder of the store that answered, ``""`` when documents were read; `raw` then needs the
            document as it was when it was scanned.
    """

    comparison: Comparison
    documents: tuple[DocumentResult, ...] = ()
    sources: dict[str, Source] = field(default_factory=dict, repr=False)
    beside: tuple[str, ...] = ()
    store: str = ""

    @property
    def regions(self) -> tuple[RegionSummary, ...]:
        """The regions compared, with their denominators."""
        return self.comparison.regions

    @property
    def measures(self) -> tuple[MeasureInfo, ...]:
        """The measures compared."""
        return self.comparison.measures

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention that counts, by document and place."""
        return self.comparison.mentions

    @cached_property
    def _cells(self) -> dict[tuple[str, str], Cell]:
        return {(cell.region, cell.measure): cell for cell in self.comparison.cells}

    @cached_property
    def _mentions(self) -> dict[str, Mention]:
        return {mention.id: mention for mention in self.comparison.mentions}

    @cached_property
    def _hashes(self) -> dict[str, str]:
        """The sha256 of each document, by name."""
        known = {one.facts.name: one.facts.sha256 for one in self.documents}
        return known | {one.name: one.sha256 for one in self.comparison.documents}

    def cell(self, region: str, measure: str) -> Cell:
        """One region × one measure; names are forgiving (script, pinyin, English, a unique part).

        Raises:
            UsageError: P402 to P405, no such region or measure, or several.
        """
        return self._cells[find_region(region, self.regions), find_measure(measure, self.measures)]

    def evidence(self, region: str, measure: str) -> tuple[Mention, ...]:
        """The mentions behind a cell, strongest status first, then the most telling.

        Raises:
            UsageError: as for `cell`.
        """
        return tuple(self._mentions[one] for one in self.cell(region, measure).mentions)

    def explain(
        self, region: str, measure: str, taxonomy: Taxonomy, nearest: int | None = None
    ) -> Explanation:
        """How one cell came about and what would flip it; reads its region's documents again.

        Args:
            region: forgiving name.
            measure: forgiving name.
            taxonomy: the one that made the comparison.
            nearest: most near misses, 0 or more; None: 5 where two mentions or fewer carry the cell, else 0.

        Raises:
            DocumentError: a document cannot be read any more.
            UsageError: P402 to P405, no such region or measure, or several.
        """
        from polcmp.explain import explain_cell  # only explanations need it

        known = self.comparison.settings
        settings = Settings(**{name: known[name] for name in Settings.__slots__ if name in known})  # type: ignore[arg-type]
        place, about = find_region(region, self.regions), find_measure(measure, self.measures)
        names = [one.name for one in self.comparison.documents if one.location.name == place]
        documents = [self.document(name) for name in names]
        return explain_cell(self.comparison, place, about, documents, taxonomy, settings, nearest)

    def raw(self, document: str) -> str:
        """Decoded text of a document; the offsets of mentions count in it.

        Raises:
            KeyError: there is no such document.
            DocumentError: as for `document`.
        """
        return self.document(document).raw

    def document(self, name: str) -> Document:
        """A document read again.

        Raises:
            KeyError: there is no such document.
            DocumentError: it cannot be read any more; P317 it is no longer what was read or scanned.
        """
        found = read(self.sources[name])
        if self._hashes.get(name, found.sha256) != found.sha256:
            raise DocumentError(
                f"this is no longer the document that was {'scanned' if self.store else 'read'}",
                code="P317",
                where=self.sources[name].path,
                hint="Scan again to read it anew." if self.store else "Run the command again.",
            )
        return found

    def render(self, format: str = "table", **options: Any) -> str:
        """The comparison as text in one of `polcmp.render.FORMATS`; options as in `RenderOptions`."""
        return render(self.comparison, format, RenderOptions(**options))

    def render_bytes(self, format: str, *, bom: bool = False, **options: Any) -> bytes:
        """The comparison as the bytes of a file: any of the text formats, or ``xlsx``.

        Args:
            format: one of `polcmp.render.FORMATS` or ``xlsx``.
            bom: whether text begins with a byte order mark.
            options: as in `RenderOptions`.

        Raises:
            UsageError: P410 there is no such format, P431 it needs ``pip install 'polcmp[report]'``.
        """
        return render_bytes(self.comparison, format, RenderOptions(**options), bom=bom)

    def cite(
        self,
        region: str,
        measure: str,
        number: int = 1,
        *,
        style: str = "footnote",
        accessed: str = "",
        lang: str = "en",
    ) -> str:
        """Quotations behind a cell, ready for a paper.

        Args:
            region: by any name that only it has.
            measure: by id, name or part of it.
            number: which mention, from 1 in the order of `evidence`; 0 for all.
            style: ``footnote`` (Markdown), ``bibtex`` or ``gbt7714`` (GB/T 7714—2015).
            accessed: day on which an online source was read, ``YYYY-MM-DD``.
            lang: ``en`` or ``zh``, for the words around what is quoted; GB/T 7714 is always Chinese.

        Raises:
            UsageError: as for `cell`; P434 there is no such mention, P435 no such style, or no date.
        """
        from polcmp.render.citation import cite  # only citations need it

        return cite(self.comparison, self.cell(region, measure), style, number, accessed, lang)

    def plot(self, kind: str, format: str = "svg", *, lang: str = "en", font: str = "") -> bytes:
        """A drawing of the comparison.

        Args:
            kind: ``heatmap``, ``similarity``, ``figures`` or ``timeline``.
            format: ``svg``, ``png`` or ``pdf``.
            lang: ``en`` or ``zh``, for labels.
            font: name or file of a font with Chinese characters; ``""`` finds one.

        Returns:
            The bytes of a file.

        Raises:
            UsageError: P436 it needs ``pip install 'polcmp[plot]'``, P437 there is no font with Chinese
                characters, P438 there is nothing to draw, P439 there is no such kind or format.
        """
        from polcmp.plot import draw  # with matplotlib, which takes its time

        return draw(self.comparison, kind, format, lang=lang, font=font)

    def report_page(
        self, *, lang: str = "en", title: str = "", texts: bool = True, evidence: int = -1
    ) -> str:
        """The comparison as one web page that needs no network and no other file.

        Args:
            lang: ``en`` or ``zh``, the labels the page opens with.
            title: heading, ``""`` for one made from the regions.
            texts: whether to embed whole documents, as far as they fit.
            evidence: most quotations of each cell, -1 for all.

        Returns:
            HTML of at most some 20 MB; the page says what was left out to keep it so.

        Raises:
            UsageError: P440 it needs ``pip install 'polcmp[report]'``, P441 there is no such language.
        """
        from polcmp.report import ReportOptions, report_page  # only reports need it

        options = ReportOptions(lang=lang, title=title, texts=texts, evidence=evidence)
        if not self.store:
            return report_page(self.comparison, options, self.raw)
        from polcmp.report import dropped_in_page
        from polcmp.store.behind import behind  # only stores need it

        options = replace(options, evidence=_most_quoted(self.comparison, evidence))
        dropped = dropped_in_page(self.comparison, options.evidence)
        kept = behind(Path(self.store), self.comparison, {one.document for one in dropped})
        reading = next((one.options for one in self.sources.values()), DEFAULT_OPTIONS)
        whole = replace(
            self,
            comparison=replace(self.comparison, documents=kept.documents, dropped=dropped),
            sources={one.name: Source(one.name, one.path, options=reading) for one in kept.documents},
        )
        few = len(kept.documents) <= MOST_READ_AGAIN
        return report_page(whole.comparison, options, whole.raw if few else None, kept.sentence)

    def report(
        self,
        path: str | Path,
        *,
        lang: str = "en",
        title: str = "",
        texts: bool = True,
        evidence: int = -1,
    ) -> None:
        """Write `report_page` to a file, over one that is there.

        Raises:
            UsageError: as for `report_page`.
            OSError: the file cannot be written.
        """
        page = self.report_page(lang=lang, title=title, texts=texts, evidence=evidence)
        Path(path).write_text(page, encoding="utf-8", newline="\n")

    def to_json(self) -> str:
        """The JSON of ``polcmp compare --json``."""
        return self.render("json")

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of ``polcmp compare --json`` as Python data."""
        import json  # kept out of start-up

        data: dict[str, Any] = json.loads(self.to_json())
        return data

    def __str__(self) -> str:
        return self.render("table")

    def _repr_html_(self) -> str:
        """The matrix for notebooks."""
        from polcmp.render.notebook import matrix_html  # only notebooks need it

        return matrix_html(self.comparison)


def _most_quoted(comparison: Comparison, asked: int) -> int:
    """Most quotations of a cell: as asked for, but no more than it has where a store named only some."""
    if all(cell.total == len(cell.mentions) for cell in comparison.cells):
        return asked
    most = max(len(cell.mentions) for cell in comparison.cells)
    return most if asked < 0 else min(asked, most)
