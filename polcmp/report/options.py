"""How a report is to look and how large it may be. Changes no result."""

from __future__ import annotations

from dataclasses import dataclass

from polcmp.errors import UsageError

LANGUAGES = ("en", "zh")
"""Languages of labels."""

PAGE_BYTES = 20_000_000
"""Largest page, in bytes of UTF-8. Chromium opens one of this size within two seconds on two cores."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Looks and size of one report; the same options and data always give the same page.

    Attributes:
        lang: ``en`` or ``zh``, the labels the page opens with; the reader can switch.
        title: heading of the page, ``""`` for one made from the regions.
        texts: whether to embed whole documents, as far as they fit; quotations are always there.
        evidence: most quotations of each cell, -1 for all.
        max_bytes: size of the page in bytes, 1 million or more. Documents go first when it is exceeded, then
            the less telling quotations; the page says what was left out.
    """

    lang: str = "en"
    title: str = ""
    texts: bool = True
    evidence: int = -1
    max_bytes: int = PAGE_BYTES

    def checked(self) -> ReportOptions:
        """The same, if a page can be made so.

        Raises:
            UsageError: P441 there is no such language.
        """
        if self.lang not in LANGUAGES:
            hint = f"Languages: {', '.join(LANGUAGES)}."
            raise UsageError(f"there are no labels in {self.lang!r}", code="P441", where="lang", hint=hint)
        return self
