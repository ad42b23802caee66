"""Where things stand in a store's folder, and reading them: manifest, parts, commit records.

    DIR/manifest.json                    what was scanned, with which taxonomy and settings
    DIR/taxonomy.yaml                    the taxonomy itself
    DIR/lock                             held while a scan writes
    DIR/parts/000000-1a2b3c4d5e.json     commit record of a part, written last: without it there is no part
    DIR/parts/000000-1a2b3c4d5e.mentions.parquet, and one file for each other table of `TABLES`
    DIR/summary/                         the narrow tables of all parts together (`polcmp.store.summary`)

Writes nothing: that is `polcmp.store.writer`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from polcmp.errors import UsageError
from polcmp.model.comparison import Failure, MeasureInfo, TaxonomyInfo
from polcmp.store.schema import SCHEMA, TABLES

MANIFEST, TAXONOMY, LOCK, PARTS = "manifest.json", "taxonomy.yaml", "lock", "parts"
SUMMARY = "summary"

_RECORD = re.compile(r"\d{6}-[0-9a-f]{10}\.json")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a store holds and how it was made.

    Attributes:
        taxonomy: path as it was given, version and sha256 of the taxonomy.
        settings: every cut-off and window in force.
        measures: the taxonomy's measures, in its order.
        corpus: inputs that were scanned, as given, in the order of their first scan.
        reading: how inputs were read (names of columns, encoding …).
        version: version of the program that analysed the documents.
        complete: False while a scan runs and after one that was stopped.
        errors: inputs and folders that the last scan could not read.
        warnings: what it told of the corpus: files that were left out.
    """

    taxonomy: TaxonomyInfo
    settings: dict[str, object]
    measures: tuple[MeasureInfo, ...]
    corpus: tuple[str, ...]
    reading: dict[str, object]
    version: str
    complete: bool = False
    errors: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartFile:
    """One table of a part: its length in rows and bytes, and the hash of its bytes."""

    table: str
    name: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Part:
    """A committed part.

    Attributes:
        id: running number and a hash of what it settles: ``000012-1a2b3c4d5e``; later ones sort later.
        folder: the store's ``parts``.
        files: one for each of `TABLES`.
        superseding: rows in `sources` of a generation above 0; where every part has 0, no row is out of date.
    """

    id: str
    folder: Path
    files: tuple[PartFile, ...]
    superseding: int = 0

    @property
    def number(self) -> int:
        """The running number, of which a store has no two."""
        return int(self.id[:6])

    def path(self, table: str) -> Path:
        """The file of a table."""
        return self.folder / part_file(self.id, table)

    def rows(self, table: str) -> int:
        """Number of rows of a table."""
        return next(one.rows for one in self.files if one.table == table)

    def fault(self, *, thorough: bool = False) -> str:
        """What is wrong with its files by the commit record, ``""`` when nothing is.

        Args:
            thorough: compare the hashes of the files too, not only their lengths (some 500 MB a second).
        """
        for one in self.files:
            path = self.folder / one.name
            try:
                length = path.stat().st_size
                if length != one.bytes:
                    return f"{one.name} has {length} bytes, not {one.bytes}"
                if thorough:
                    with path.open("rb") as file:
                        if file_digest(file, "sha256").hexdigest() != one.sha256:
                            return f"{one.name} is not what was written"
            except OSError as error:
                return f"{one.name}: {error.strerror or error}"
        return ""


def part_file(part: str, table: str) -> str:
    """Name of a part's file of one table."""
    return f"{part}.{table}.parquet"


def is_store(folder: Path) -> bool:
    """Whether a folder holds a store, finished or not; somebody else's manifest.json makes none."""
    path = folder / MANIFEST
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return path.is_file()  # perhaps ours and damaged: whoever reads it says so
    return isinstance(data, dict) and str(data.get("schema", "")).startswith("polcmp/")


def is_begun(folder: Path) -> bool:
    """Whether a scan has begun in a folder and put nothing into it so far but its lock."""
    try:
        names = {one.name for one in folder.iterdir()}
        return names == {LOCK, PARTS} and not (folder / LOCK).stat().st_size and (folder / PARTS).is_dir()
    except OSError:
        return False


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a store.

    Raises:
        UsageError: P451 the folder holds no store, P452 its manifest cannot be read or is of another version.
    """
    path = folder / MANIFEST
    try:
        data = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        hint = "Make one: polcmp scan CORPUS -o DIR."
        raise UsageError("this is no store", code="P451", where=str(folder), hint=hint) from None
    except OSError as error:
        raise _unusable(path, f"cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise _unusable(path, "this is not the manifest of a store: no JSON") from error
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema != SCHEMA:
        raise _unusable(path, f"this is not the manifest of a {SCHEMA} store but of {schema!r}")
    try:
        return _manifest(data)
    except (KeyError, TypeError) as error:
        raise _unusable(path, f"the manifest is damaged: {error!r}") from error


def committed_parts(folder: Path, damaged: Callable[[Path, str], None] | None = None) -> list[Part]:
    """The parts of a store, by id; what lies beside them without a commit record is none.

    Args:
        folder: the store.
        damaged: called with a commit record that cannot be used and what is wrong; None: that is an error.

    Raises:
        UsageError: P453 a commit record cannot be used.
    """
    parts = []
    for path in (folder / PARTS / f"{part}.json" for part in part_ids(folder)):
        try:
            parts.append(_part(path))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            if damaged is None:
                raise damaged_part(path, f"its commit record cannot be used: {error!r}") from error
            damaged(path, f"its commit record cannot be used: {error!r}")
    return parts


def part_ids(folder: Path) -> tuple[str, ...]:
    """Ids of the parts that have a commit record, sorted; somebody else's files in ``parts`` are none."""
    names = (path.name for path in (folder / PARTS).glob("*.json"))
    return tuple(sorted(name.removesuffix(".json") for name in names if _RECORD.fullmatch(name)))


def damaged_part(path: Path, reason: str) -> UsageError:
    """The error for a part that cannot be used."""
    hint = "Run the scan again: it reads the documents of that part anew."
    return UsageError(f"a part is damaged: {reason}", code="P453", where=str(path), hint=hint)


def manifest_row(manifest: Manifest) -> dict[str, Any]:
    """The manifest as the JSON object that is written."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "polcmp", "version": manifest.version},
        "taxonomy": manifest.taxonomy._asdict(),
        "settings": dict(sorted(manifest.settings.items())),
        "reading": dict(sorted(manifest.reading.items())),
        "measures": [
            {
                "measure": one.id,
                "name": one.name,
                "name_en": one.name_en,
                "definition": one.definition,
                "definition_en": one.definition_en,
                "not": one.counts_not,
                "not_en": one.counts_not_en,
            }
            for one in manifest.measures
        ],
        "corpus": list(manifest.corpus),
        "complete": manifest.complete,
        "errors": [one._asdict() for one in manifest.errors],
        "warnings": list(manifest.warnings),
    }


def _manifest(data: dict[str, Any]) -> Manifest:
    measures = (
        MeasureInfo(
            one["measure"],
            one["name"],
            one["name_en"],
            one["definition"],
            one["definition_en"],
            one["not"],
            one["not_en"],
        )
        for one in data["measures"]
    )
    return Manifest(
        taxonomy=TaxonomyInfo(**data["taxonomy"]),
        settings=dict(data["settings"]),
        measures=tuple(measures),
        corpus=tuple(data["corpus"]),
        reading=dict(data["reading"]),
        version=data["tool"]["version"],
        complete=data["complete"],
        errors=tuple(Failure(**one) for one in data["errors"]),
        warnings=tuple(map(str, data.get("warnings", ()))),
    )


def _part(path: Path) -> Part:
    data = json.loads(path.read_bytes())
    part = path.name.removesuffix(".json")
    if data["part"] != part or data["schema"] != SCHEMA:
        raise ValueError(f"it is of part {data['part']!r} in schema {data['schema']!r}")
    files = tuple(
        PartFile(table, name, one["rows"], one["bytes"], one["sha256"])
        for table in TABLES
        for name, one in ((part_file(part, table), data["files"][part_file(part, table)]),)
    )
    return Part(part, path.parent, files, data["superseding"])


def _unusable(path: Path, message: str) -> UsageError:
    hint = "Scan into another directory, or begin afresh with --restart."
    return UsageError(message, code="P452", where=str(path), hint=hint)
