"""Read an HTML page: the article's paragraphs, headings and rows of tables, and what the page says of itself.

Where the article stands is found with trafilatura; its text is taken from the page, so that tables, headings
and line breaks stay. What is left of the page's furniture is for `polcmp.clean` to name. Opens no other file
and no connection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from polcmp.load.encoding import decode
from polcmp.load.extracted import (
    Extracted,
    Paragraphs,
    beyond,
    damaged,
    missing_extra,
    starts_with_title,
    without_text,
)
from polcmp.load.labels import declared_in_page
from polcmp.load.source import Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def extract(data: bytes, source: Source) -> Extracted:
    """The article of a page.

    Raises:
        DocumentError: P304 the bytes are no text, P309 without lxml or trafilatura, P310 a page that no
            parser reads, P311 a page without text.
    """
    decoded = decode(data, source.path, asked=source.options.encoding, declared=declared_in_page(data))
    found = page_text(decoded.text, source)
    return found._replace(encoding=decoded.encoding, warnings=(*decoded.warnings, *found.warnings))


def page_text(html: str, source: Source) -> Extracted:
    """The article of a page that is decoded already.

    Raises:
        DocumentError: P309, P310 or P311 as for `extract`; P312 beyond a limit.
    """
    try:
        import lxml.html  # noqa: F401 - whether these are there is asked here, once
        import trafilatura.core  # noqa: F401

        from polcmp.load.html_article import article_of
        from polcmp.load.html_blocks import blocks_of
        from polcmp.load.html_facts import facts_of
    except ImportError as error:
        raise missing_extra("trafilatura", source.path) from error
    most = source.options.limits.elements
    if html.count("<") > 2 * most:  # before there is a tree, for that would be ten times as large
        raise beyond("elements", most, source.path, "the page has more than {} elements")
    page = _parsed(html, source)
    facts = facts_of(page)
    article = article_of(page)
    blocks = list(blocks_of(article.element))
    paragraphs = Paragraphs(source.options.limits.characters, source.path)
    if facts.title and blocks and not starts_with_title(blocks, facts.title):
        paragraphs.add(facts.title)
    for block in blocks:
        paragraphs.add(block)
    if not len(paragraphs):
        hint = "Pages that scripts fill in are empty until they are shown: save it from the browser."
        raise without_text("there is no text in this page", source.path, hint)
    # The title stands in the text, where its words count as they do in a plain copy of the article.
    stated = facts._replace(title="").metadata()
    return Extracted(paragraphs.text(), "", paragraphs.places(), stated, article.warnings)


def _parsed(html: str, source: Source) -> HtmlElement:
    """The page as a tree; scripts do not run, no entity is defined and no other file is opened."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # As bytes: a text with an encoding declaration is refused.
    data = html.replace("\0", " ").encode("utf-8", "replace")
    parser = HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        page: HtmlElement = document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        hint = "Open it in a browser and save it anew."
        raise without_text(f"there is no text in this page: {error}", source.path, hint) from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise damaged("the page's elements are nested too deep to be read", source.path)
    return page
