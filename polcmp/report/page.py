"""The page put together: template, style, script and data, under a policy that forbids everything else.

Must not know what the data means.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any

from polcmp.errors import not_installed
from polcmp.model.comparison import Comparison
from polcmp.report.colours import status_style
from polcmp.report.core import core_data
from polcmp.report.embed import embedded, size
from polcmp.report.evidence import DROPPED_FIELDS, MENTION_FIELDS, Evidence, embed_evidence
from polcmp.report.options import ReportOptions
from polcmp.report.texts import RawText, Sentence, read_contexts, whole_texts
from polcmp.report.words import page_words

if TYPE_CHECKING:
    from jinja2 import Environment

STYLES = ("tokens", "base", "controls", "matrix", "evidence", "document", "views", "print")
SCRIPTS = (
    *("dom", "words", "data", "state", "marks", "quotes", "panel", "filters", "window", "grid", "keys"),
    *("document", "charts", "beside", "alike", "timeline", "measures", "made", "print", "looks", "main"),
)
"""Files in ``assets``, in the order they are put together. Scripts share one scope."""

RESERVE = 100_000
"""Bytes kept free for the template, and for the lists of what is in the page."""


def report_page(
    comparison: Comparison,
    options: ReportOptions | None = None,
    raw: RawText | None = None,
    sentence: Sentence | None = None,
) -> str:
    """A comparison as one HTML page that needs nothing else.

    Args:
        comparison: what to show.
        options: looks and size; None: the defaults.
        raw: gives the raw text of a document by its name, for sentences and whole documents; it may raise
            DocumentError or KeyError. None: there are no texts.
        sentence: gives a mention's sentence where `raw` can't, for results that were stored with it.

    Returns:
        HTML. The same arguments give the same page.

    Raises:
        UsageError: P440 Jinja2 is not installed, P441 there is no such language.
    """
    options = (options or ReportOptions()).checked()
    environment = _environment()
    core = core_data(comparison) | {"words": page_words(_rows(comparison))}
    room = max(0, options.max_bytes - size(embedded(core)) - size(_script() + _style()) - RESERVE)
    evidence = embed_evidence(comparison, read_contexts(comparison, raw, sentence), room, options.evidence)
    room -= sum(size(one.json) for one in evidence.chunks) + sum(size(one) + 3 for one in evidence.strings)
    texts = whole_texts(comparison, raw, room) if options.texts else {}
    core |= _page_data(options, evidence, texts, _rows(comparison), stored=sentence is not None)
    return environment.get_template("page.html").render(_parts(options, core, evidence, texts))


def _rows(comparison: Comparison) -> str:
    """What a row is."""
    return comparison.view.options.by if comparison.view else "region"


def _page_data(
    options: ReportOptions, evidence: Evidence, texts: dict[int, str], by: str, *, stored: bool
) -> dict[str, Any]:
    """What the page needs to know of itself: `by`, what a row is, and whether a store stands behind it."""
    return {
        "title": options.title,
        "by": by,
        "from": "STORE" if stored else "DOCUMENTS",
        "lang": options.lang,
        "strings": evidence.strings,
        "chunks": [list(one.regions) for one in evidence.chunks],
        "row_fields": {"mention": MENTION_FIELDS, "dropped": DROPPED_FIELDS},
        "kept": {
            "shown": evidence.shown,
            "per_cell": evidence.per_cell,
            "texts": sorted(texts),
            "texts_wanted": options.texts,
        },
    }


def _parts(
    options: ReportOptions, core: dict[str, Any], evidence: Evidence, texts: dict[int, str]
) -> dict[str, Any]:
    """Everything the template names. JSON is made safe for a script element before it comes here."""
    from markupsafe import Markup  # comes with Jinja2

    style, script = _style(), _script()
    return {
        "lang": "zh-Hans" if options.lang == "zh" else "en",
        "title": options.title or "polcmp",
        "words": core["words"][options.lang],
        "policy": content_policy(style, script),
        "style": Markup(style),
        "script": Markup(script),
        "core": Markup(embedded(core)),
        "evidence": [Markup(one.json) for one in evidence.chunks],
        "texts": [(number, Markup(json)) for number, json in texts.items()],
    }


def content_policy(style: str, script: str) -> str:
    """A content security policy that lets one style sheet and one script in and nothing else out or in."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_digest(script)}'",
            f"style-src '{_digest(style)}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def _style() -> str:
    return "\n".join([status_style(), *(_asset(f"{name}.css") for name in STYLES)])


def _script() -> str:
    """All scripts in one scope of their own, which the page cannot reach into."""
    return "(() => {\n'use strict';\n" + "\n".join(_asset(f"{name}.js") for name in SCRIPTS) + "\n})();"


def _asset(name: str) -> str:
    text = resources.files("polcmp.report").joinpath("assets", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")  # browsers hash a page's scripts with plain line feeds


def _environment() -> Environment:
    """The template engine, with every value escaped.

    Raises:
        UsageError: P440 it is not installed.
    """
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError as error:
        raise not_installed("a report", "Jinja2", "report", "P440") from error
    return Environment(
        loader=PackageLoader("polcmp.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
