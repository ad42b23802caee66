"""Words of the page in English and Chinese: those of every report (`polcmp.render.labels`), and its own."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import Any

from polcmp.model.mention import STATUSES
from polcmp.render.labels import TIMES, status_word, word
from polcmp.render.reasons import RULES, rule_word
from polcmp.render.view_words import said
from polcmp.report.core import ZEROS
from polcmp.report.options import LANGUAGES

SHARED = (
    *("reason.boilerplate", "reason.excluded", "reason.other_place", "reason.below_cutoff"),
    *("reason.inside_longer", "found_by.sidecar", "found_by.front matter", "found_by.title"),
    *("found_by.record", "found_by.path"),
    *("found_by.dateline", "found_by.text", "found_by."),
    *("reason.given", "reason.too_long", "unknown_region", "aside", "stop"),
    *("n_regions", "n_measures", "n_documents", "n_mentions", "n_characters", "n_sources"),
)
"""Words that other views use as well, so that they are called the same everywhere."""

OF_DOCUMENTS = frozenset({"region_of_document", "region_found_by", "unknown_place"})
"""Words about the region of a document, which stays one whatever the rows are."""


def page_words(by: str = "region") -> dict[str, dict[str, str]]:
    """Every word the page writes, by language and key; ``one|many`` where the number decides.

    Args:
        by: what a row is (`polcmp.model.comparison.ROW_KINDS`); regions are called so in all of them.
    """
    words = {lang: _words(lang) for lang in LANGUAGES}
    if by == "region":
        return words
    return {
        lang: {key: text if key in OF_DOCUMENTS else _called(text, by, lang) for key, text in own.items()}
        for lang, own in words.items()
    }


def _called(text: str, by: str, lang: str) -> str:
    """A text in which regions are called by what they are."""
    name = said(by, lang)
    if lang == "zh":
        return text.replace(word("region", lang), name)
    plural = said(f"n_{by}", lang, 2).removeprefix("2 ")
    for old, new in (("regions", plural), ("region", name.lower()), ("Region", name)):
        text = re.sub(rf"(?<!\{{)\b{old}\b", new, text)
    return text


def _words(lang: str) -> dict[str, str]:
    text = (
        resources.files("polcmp.report").joinpath("assets", f"words.{lang}.json").read_text(encoding="utf-8")
    )
    own: dict[str, Any] = json.loads(text)
    words = {key: str(value) for key, value in own.items()}
    words |= {key: word(key, lang) for key in SHARED}
    words |= {f"rule.{rule}": rule_word(rule, lang) for rule in RULES}
    words["unknown_place"] = word("unknown_region", lang)
    words["count"] = f"{TIMES}{{n}}"
    for state in (*STATUSES, *ZEROS):
        words[f"state.{state}"] = status_word(state, lang)
        words[f"short.{state}"] = status_word(state, lang, short=True)
    return words
