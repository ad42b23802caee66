"""Words of the page in English and Chinese: those of every report (`polcmp.render.labels`), and its own."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from polcmp.model.mention import STATUSES
from polcmp.render.labels import status_word, word
from polcmp.report.core import ZEROS
from polcmp.report.options import LANGUAGES

SHARED = (
    *("reason.boilerplate", "reason.excluded", "reason.other_place", "reason.below_cutoff"),
    *("reason.inside_longer", "found_by.sidecar", "found_by.front matter", "found_by.title"),
    *("found_by.record", "found_by.path"),
    *("found_by.dateline", "found_by.text", "found_by."),
    *("n_regions", "n_measures", "n_documents", "n_mentions", "n_characters", "n_sources", "unknown_region"),
)
"""Words that other views use as well, so that they are called the same everywhere."""


def page_words() -> dict[str, dict[str, str]]:
    """Every word the page writes, by language and key; ``one|many`` where the number decides."""
    return {lang: _words(lang) for lang in LANGUAGES}


def _words(lang: str) -> dict[str, str]:
    text = (
        resources.files("polcmp.report").joinpath("assets", f"words.{lang}.json").read_text(encoding="utf-8")
    )
    own: dict[str, Any] = json.loads(text)
    words = {key: str(value) for key, value in own.items()}
    words |= {key: word(key, lang) for key in SHARED}
    for state in (*STATUSES, *ZEROS):
        words[f"state.{state}"] = status_word(state, lang)
        words[f"short.{state}"] = status_word(state, lang, short=True)
    return words
