"""Forgiving names: either script, pinyin, English, an id, or a part that only one candidate has.

Only looks names up; what they name is the caller's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from polcmp.errors import UsageError
from polcmp.model.comparison import (
    AUTO_SIZE,
    ROW_KINDS,
    ROW_ORDERS,
    MeasureInfo,
    RegionSummary,
    RowOptions,
)
from polcmp.render.labels import status_word, word
from polcmp.text.fold import fold_phrase
from polcmp.text.readings import primary_reading, readings

MOST_KNOWN = 10
"""Names that a hint lists."""


OTHER_ROWS = ("unknown_province", "unknown_city", "unknown_county", "undated")
"""Keys of the words that tables have for rows without a name that are no regions."""


def find_region(name: str, regions: Sequence[RegionSummary], option: str = "") -> str:
    """The short name of the one region that `name` means, ``""`` for documents whose region is unknown.

    Args:
        name: as given.
        regions: that there are; the one without a name is meant by the words that tables have for it.
        option: that gave the name and can be repeated; ``""`` if none.

    Raises:
        UsageError: P402 when none fits (a near name is suggested), P403 when several do.
    """
    labels: dict[str, tuple[str, ...]] = {}
    if any(not one.name for one in regions):
        if _is_word(name, "unknown_region"):
            return ""
        labels[word("unknown_region", "en")] = ()  # nothing but its words means it, yet a hint names it
    if any(_is_word(name, key) for key in OTHER_ROWS):
        hint = "It is no region. Documents whose region is unknown: '(region unknown)'."
        raise UsageError(f"there is no region {name!r}", code="P402", hint=hint)
    labels |= {one.name: (one.name, one.full_name) for one in regions if one.name}
    return _find(name, labels, "region", option, ("P402", "P403"))


def _is_word(name: str, key: str) -> bool:
    """Whether a name is the word that tables have for `key`, in either language."""
    return _plain(name) in {_plain(word(key, lang)) for lang in ("en", "zh")}


def find_measure(name: str, measures: Sequence[MeasureInfo], option: str = "") -> str:
    """The id of the one measure that `name` means; arguments as for `find_region`.

    Raises:
        UsageError: P404 when none fits (a near name is suggested), P405 when several do.
    """
    labels = {one.id: (one.id, one.name, one.name_en) for one in measures}
    return _find(name, labels, "measure", option, ("P404", "P405"))


def find_status(name: str, statuses: Sequence[str]) -> str:
    """The status that `name` means: the word itself, a word that tables print for it, or its beginning.

    A space or hyphen stands for ``_`` as well; ``done``, ``call`` and 已实施 are words of the tables.

    Raises:
        UsageError: P406 when none or several fit.
    """
    wanted = name.strip().casefold().replace(" ", "_").replace("-", "_")
    fitting = [status for status in statuses if wanted and status.startswith(wanted)] or [
        status
        for status in statuses
        for lang in ("en", "zh")
        if wanted in {status_word(status, lang, short=short).replace(" ", "_") for short in (False, True)}
    ]
    fitting = list(dict.fromkeys(fitting))
    if len(fitting) == 1:
        return fitting[0]
    raise UsageError(
        f"there is no status {name!r}", code="P406", hint=f"Choose one of: {', '.join(statuses)}."
    )


def find_rows(rows: RowOptions, measures: Sequence[MeasureInfo]) -> RowOptions:
    """The same with the id of the measure that rows are sorted by; everything in its range.

    Raises:
        UsageError: P404 and P405 the order is neither one of `ROW_ORDERS` nor a measure, P407 there are no
            such rows or pages.
    """
    if rows.by not in ROW_KINDS:
        hint = f"Choose one of: {', '.join(ROW_KINDS)}."
        raise UsageError(f"there are no rows by {rows.by!r}", code="P407", where="--by", hint=hint)
    if rows.page_size < AUTO_SIZE:
        hint = "Give 1 or more, or 0 for all."
        raise UsageError("a page has no negative number of rows", code="P407", where="--page-size", hint=hint)
    if rows.sort in ("", *ROW_ORDERS):
        return rows
    try:
        return rows._replace(sort=find_measure(rows.sort, measures))
    except UsageError as error:
        hint = f"Sort by {', '.join(ROW_ORDERS)} or a measure. {error.hint}"
        raise UsageError(error.message, code=error.code, where="--sort", hint=hint) from None


def _find(
    name: str, labels: Mapping[str, tuple[str, ...]], what: str, option: str, codes: tuple[str, str]
) -> str:
    """The key whose labels fit; `codes` are those of the errors when none does and when several do."""
    wanted = _plain(name)
    if wanted:
        for fits in (_same, _spelt, _part):
            found = [key for key, options in labels.items() if any(fits(wanted, o) for o in options if o)]
            if len(found) == 1:
                return found[0]
            if found:
                some = ", ".join(found[:8]) + (f" and {len(found) - 8:,} more" if len(found) > 8 else "")
                raise UsageError(
                    f"{what} {name!r} can mean {some}",
                    code=codes[1],
                    hint=f"Give more of the name, or repeat {option} for each of them."
                    if option
                    else "Give more of the name.",
                )
    near = _nearest(wanted, labels)
    hint = f"Did you mean {near}? " if near else ""
    raise UsageError(f"there is no {what} {name!r}", code=codes[0], hint=hint + _known(list(labels)))


def _known(names: Sequence[str]) -> str:
    """What there is to choose from: the inputs of this very run, which no other command knows."""
    if not names:
        return "None is known."
    listed = ", ".join(names[:MOST_KNOWN])
    if len(names) > MOST_KNOWN:
        return f"Known, {MOST_KNOWN} of {len(names):,}: {listed}."
    return f"Known: {listed}."


def _plain(text: str) -> str:
    """A name without what people leave out: script, case, spaces, hyphens, apostrophes."""
    return "".join(c for c in fold_phrase(text).casefold() if c.isalnum())


def _same(wanted: str, option: str) -> bool:
    return wanted == _plain(option)


def _part(wanted: str, option: str) -> bool:
    return wanted in _plain(option)


def _spelt(wanted: str, option: str) -> bool:
    """Whether `wanted` is the pinyin of `option` or of its beginning, or the initials of all of it."""
    if not wanted.isascii() or not wanted.isalpha():
        return False
    syllables = [readings(c) for c in _plain(option)]
    if not all(syllables):
        return False
    if len(wanted) == len(syllables) and all(
        any(s.startswith(w) for s in options) for w, options in zip(wanted, syllables, strict=True)
    ):
        return True
    return _walk(wanted.replace("ü", "v"), syllables)


def _walk(wanted: str, syllables: Sequence[Iterable[str]]) -> bool:
    """Whether `wanted` can be read off the syllables from the first on, at least two of them."""
    rests = {wanted}
    for count, options in enumerate(syllables):
        rests = {rest[len(s) :] for rest in rests for s in options if rest.startswith(s)}
        if "" in rests:
            return count > 0 or len(syllables) == 1
    return False


def _nearest(wanted: str, labels: Mapping[str, tuple[str, ...]]) -> str:
    """The candidate whose label, as written or in pinyin, is most like `wanted`; ``""`` when none is near."""
    from rapidfuzz import fuzz, process  # only after a miss

    plain = [(_plain(label), key) for key, options in labels.items() for label in options if label]
    choices = {"".join(map(primary_reading, label)): key for label, key in plain} | dict(plain)
    scorer: Callable[..., float] = fuzz.ratio
    best = process.extractOne(wanted, list(choices), scorer=scorer, score_cutoff=50)
    return choices[best[0]] if best else ""
