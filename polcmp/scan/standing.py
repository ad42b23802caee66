"""What a scan finds in its store, and whether it may go on there. Changes nothing: `polcmp.scan.run` does.

A store agrees with a scan if taxonomy, settings and ways of reading are the same, so that its parts are of
one kind. One in which no document could be read holds nothing that could disagree.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from polcmp.errors import DocumentError, UsageError, reasons
from polcmp.model.comparison import TaxonomyInfo
from polcmp.scan.request import Request
from polcmp.store.home import Home
from polcmp.store.layout import MANIFEST, Manifest, Part, committed_parts, part_ids, read_manifest

_OPTIONS = {"encoding": "--encoding", "region_from": "--region-from"}
"""How a manifest's ways of reading are asked for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A store before a scan changes it.

    Attributes:
        manifest: that the scan is to write.
        parts: that it goes on from.
        removed: ids of parts to take out before the first one is written.
        damaged: ids and faults of those that are damaged.
        warnings: what the last scan told of the corpus.
    """

    manifest: Manifest
    parts: tuple[Part, ...] = ()
    removed: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def standing_of(request: Request, home: Home) -> Standing:
    """See what there is; the caller holds the store's lock.

    Raises:
        UsageError: P452 the manifest is lost or cannot be read, P457 the store was made in another way.
    """
    manifest, there = _manifest(request), part_ids(home.folder)
    if request.restart or not there:
        return Standing(manifest, removed=there)
    if not (home.folder / MANIFEST).exists():
        raise _manifest_lost(home.name)
    before = read_manifest(home.folder)
    broken: dict[str, str] = {}
    parts = committed_parts(
        home.folder, lambda path, fault: broken.update({path.name.removesuffix(".json"): fault})
    )
    if differences := list(_differences(before, manifest)):
        if broken or any(part.rows("documents") for part in parts):
            raise _other(differences, home.name)
        return Standing(manifest, removed=there)
    broken |= {part.id: fault for part in parts if (fault := home.fault(part))}
    return Standing(
        replace(manifest, corpus=tuple(dict.fromkeys((*before.corpus, *request.inputs)))),
        tuple(part for part in parts if part.id not in broken),
        tuple(broken),
        tuple(f"{part}: {fault}" for part, fault in broken.items()),
        before.warnings,
    )


def nothing_to_read(inputs: Sequence[str], errors: Sequence[DocumentError]) -> UsageError:
    """P401: the corpus holds no document."""
    failed = [(one.where, one.code, one.message, one.hint) for one in errors]
    hint = "Name files, folders, globs, archives or @lists."
    return UsageError(f"no document to read in {' '.join(inputs)}", code="P401", hint=reasons(failed, hint))


def _manifest(request: Request) -> Manifest:
    from polcmp import __version__

    taxonomy, options = request.taxonomy, request.options
    return Manifest(
        taxonomy=TaxonomyInfo(taxonomy.path, taxonomy.version, taxonomy.sha256),
        settings=asdict(request.settings),
        measures=request.measures,
        corpus=request.inputs,
        reading={
            "columns": dict(options.columns._asdict()),
            "encoding": options.encoding and codecs.lookup(options.encoding).name,
            "region_from": options.region_from,
        },
        version=__version__,
    )


def _differences(before: Manifest, now: Manifest) -> Iterator[str]:
    """What a store and a scan do not agree on, one by one."""
    if before.taxonomy.sha256 != now.taxonomy.sha256:
        yield f"taxonomy: {_taxonomy(before)} then, {_taxonomy(now)} now"
    if before.version != now.version:
        yield f"polcmp: {before.version} then, {now.version} now"
    for then, here in ((before.settings, now.settings), (_asked(before.reading), _asked(now.reading))):
        for name in sorted({*then, *here}):
            if then.get(name) != here.get(name):
                yield f"{name}: {then.get(name)!r} then, {here.get(name)!r} now"


def _asked(reading: Mapping[str, Any]) -> dict[str, object]:
    """Ways of reading by the options that ask for them."""
    columns = reading.get("columns") or {}
    named = {f"--{field}-column": name for field, name in columns.items()}
    return named | {_OPTIONS.get(key, key): value for key, value in reading.items() if key != "columns"}


def _taxonomy(manifest: Manifest) -> str:
    return f"{manifest.taxonomy.path} ({manifest.taxonomy.sha256[:12]})"


def _other(differences: Sequence[str], output: str) -> UsageError:
    listed = "\n  ".join(differences)
    return UsageError(
        "this store was made in another way, and its parts would not agree",
        code="P457",
        where=output,
        hint=f"{listed}\n  Scan into another directory, or begin afresh with --restart.",
    )


def _manifest_lost(output: str) -> UsageError:
    return UsageError(
        "this store has lost its manifest.json",
        code="P452",
        where=str(Path(output) / MANIFEST) if "://" not in output else f"{output}/{MANIFEST}",
        hint="Put it back, or begin afresh with --restart: every document is read again then.",
    )
