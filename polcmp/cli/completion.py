"""What the shell offers after Tab: measures, regions, statuses, taxonomy files, orders of rows.

Answers within half a second from what is written down (taxonomy, sidecars, a store's own lists): no document
is ever analysed. Must never print or raise: a key pressed is no place for an error.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from typer import Context

Offer = tuple[str, str]
"""What is written on the line, and what the shell shows beside it."""

STATUSES = {
    "implemented": "done or in operation / 已实施",
    "planned": "announced for later / 拟实施",
    "called_for": "should or must be done / 要求实施",
    "lacking": "missing, failed or ended / 缺失",
}

MOST_ENTRIES = 2_000
"""Entries of sidecars that are looked through: they take a tenth of a second."""

MOST_PARTS = 8
"""Parts of a store that are asked for their regions."""


def _careful(
    find: Callable[[Context, str], Iterable[Offer]],
) -> Callable[[Context, str], list[Offer]]:
    """Offers nothing where something is wrong; what is wrong is told when the command is run."""

    def offers(ctx: Context, incomplete: str) -> list[Offer]:
        try:
            return list(find(ctx, incomplete))
        except Exception:
            return []

    offers.__doc__ = find.__doc__
    return offers


@_careful
def measures(ctx: Context, incomplete: str) -> Iterator[Offer]:
    """Ids of measures with their names; a name where the beginning of one is typed."""
    for identity, name, name_en in _measures(ctx):
        label = " ".join(dict.fromkeys(one for one in (name, name_en) if one))
        for offered in (identity, name, name_en):
            if offered.casefold().startswith(incomplete.casefold()):
                yield offered, label
                break


@_careful
def regions(ctx: Context, incomplete: str) -> Iterator[Offer]:
    """Regions that the sidecars of the documents state, or that a store holds."""
    found = {name: full for name, full in _regions(_inputs(ctx)) if name.startswith(incomplete)}
    yield from sorted(found.items())


@_careful
def statuses(ctx: Context, incomplete: str) -> Iterator[Offer]:
    """The four statuses."""
    yield from ((name, meaning) for name, meaning in STATUSES.items() if name.startswith(incomplete))


@_careful
def shown(ctx: Context, incomplete: str) -> Iterator[Offer]:
    """Words of `show`: its kinds, then names of the kind that was typed."""
    kinds = {
        "region": "one region, or the list",
        "measure": "one measure, or the list",
        "document": "one text, marked",
    }
    typed = list(ctx.params.get("what") or ())
    if not typed:
        yield from ((name, meaning) for name, meaning in kinds.items() if name.startswith(incomplete))
        yield from regions(ctx, incomplete)
    elif typed[0] == "region":
        yield from regions(ctx, incomplete)
    elif typed[0] == "measure":
        yield from measures(ctx, incomplete)
    elif typed[0] == "document":
        yield from _files(incomplete, ())


@_careful
def taxonomies(ctx: Context, incomplete: str) -> Iterator[Offer]:
    """YAML files and folders."""
    yield from _files(incomplete, (".yaml", ".yml"))


@_careful
def orders(ctx: Context, incomplete: str) -> Iterator[Offer]:
    """Orders of rows: the named ones, and measures."""
    from polcmp.model.comparison import ROW_ORDERS

    yield from ((name, "") for name in ROW_ORDERS if name.startswith(incomplete))
    yield from measures(ctx, incomplete)


def _inputs(ctx: Context) -> list[str]:
    """The documents named so far on the line, else the default ones."""
    from polcmp.defaults import default_documents

    # An option still without its value stops the reading of the line: what it has not come to is in `args`.
    rest = ctx.args[1:] if "kind" in ctx.params else ctx.args
    named = ctx.params.get("documents") or (rest if "region" in ctx.params else ())
    return list(named) or [default_documents()[0]]


def _measures(ctx: Context) -> Iterator[tuple[str, str, str]]:
    """Id, name and English name of each measure."""
    store = next((one for one in _inputs(ctx) if os.path.isfile(Path(one) / "manifest.json")), "")  # noqa: PTH113 - never raises
    if store and not ctx.params.get("taxonomy"):
        import json

        for one in json.loads((Path(store) / "manifest.json").read_bytes())["measures"]:
            yield one["measure"], one["name"], one["name_en"]
        return
    import yaml

    from polcmp import safe_yaml
    from polcmp.defaults import default_taxonomy

    path = ctx.params.get("taxonomy") or default_taxonomy()[0]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    root = safe_yaml.compose(Path(path).read_text("utf-8"), loader)
    if root is None:
        return
    listed = {key.value: value for key, value in root.value}["measures"]
    for entry in listed.value:
        fields = {key.value: str(value.value) for key, value in entry.value}
        yield fields["id"], fields.get("name", ""), fields.get("name_en", "")


def _regions(inputs: Iterable[str]) -> Iterator[Offer]:
    """Short and full names of the regions of some inputs."""
    from polcmp.load.sidecar import read_sidecar
    from polcmp.locate.regions import find_location
    from polcmp.text.fold import fold_phrase
    from polcmp.text.span import Span

    stated: dict[str, None] = {}
    for one in inputs:
        path = Path(one)
        if os.path.isfile(path / "manifest.json"):  # noqa: PTH113 - never raises
            yield from _regions_of_store(path)
            continue
        entries = read_sidecar(path if path.is_dir() else path.parent).entries
        for name, facts in entries.items():
            if facts.region and (path.is_dir() or name == path.name):
                stated[facts.region] = None
    for region in list(stated)[:MOST_ENTRIES]:
        place = find_location("", (), Span(0, 0), (), fold_phrase(region), "sidecar")
        yield place.name, place.full_name


def _regions_of_store(store: Path) -> Iterator[Offer]:
    from pyarrow.parquet import read_table

    for part in sorted(store.glob("parts/*.documents.parquet"))[:MOST_PARTS]:
        rows = read_table(part, columns=["region", "region_full"]).to_pydict()
        for name, full in zip(rows["region"], rows["region_full"], strict=True):
            if name:
                yield name, full


def _files(incomplete: str, endings: tuple[str, ...]) -> Iterator[Offer]:
    """Folders, and files with one of these endings (none: any), that go on from what is typed."""
    head, typed = os.path.split(incomplete)
    with os.scandir(head or ".") as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            hidden = entry.name.startswith(".") and not typed.startswith(".")
            if hidden or not entry.name.startswith(typed):
                continue
            if entry.is_dir():
                yield str(Path(head, entry.name)) + "/", ""
            elif not endings or entry.name.endswith(endings):
                yield str(Path(head, entry.name)), ""
