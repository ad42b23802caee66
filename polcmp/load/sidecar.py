"""What people state about documents: ``documents.yaml`` beside them, and front matter in them.

A sidecar is a mapping from file name to what is known of the file, or a list of such entries:

    d01.txt: {region: 陈巴尔虎旗, date: 2021-03-05, title: …, source: …}

    - document: d01.txt
      region: 陈巴尔虎旗

File names are relative to the sidecar's folder, ``/`` between parts; every field may be left out.
Front matter is the same fields between two ``---`` lines at the top of a document.
YAML is imported only when one of the two is met.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeAlias

from polcmp import safe_yaml
from polcmp.errors import DocumentError
from polcmp.load.dates import iso_date
from polcmp.load.encoding import decode
from polcmp.model.document import Metadata
from polcmp.settings import Limits

_Node: TypeAlias = Any
"""A node of a YAML tree (yaml.nodes.Node): its `id`, `value`, `tag` and `start_mark` are used."""

NAMES = ("documents.yaml", "documents.yml")
"""File names of a sidecar, the first one found counts."""

_KEYS = {
    "region": "region",
    "地区": "region",
    "区域": "region",
    "date": "date",
    "日期": "date",
    "title": "title",
    "标题": "title",
    "source": "source",
    "来源": "source",
}
_NAME_KEYS = ("document", "file", "name", "文件")
UNLISTED = 5
"""Documents without an entry that a message names."""

_MOST_FAULTS = 200
"""Most faults of one sidecar that are told."""

_FRONT_LINES = 40
"""Most lines of front matter; a ``---`` rule further down is one of the text's own."""

_FRONT_CHARACTERS = 40_000
_FRONT_LINE = re.compile(r"\s*(?:[\w.-]+ ?(?::(?:\s|$)|：)|[-#]|$)|\s+\S")
"""A field, an item, a remark, a blank line, or the rest of a field."""

_FRONT_KEY = re.compile(rf"(?:[A-Za-z_][\w-]{{0,30}}|{'|'.join(_KEYS)}) ?:")
_FULL_WIDTH = re.compile(rf"^({'|'.join(_KEYS)}) ?：\s*", re.IGNORECASE)
"""A key with the colon that Chinese keyboards give."""

_UNKNOWN = "unknown field"
_LIMITS = Limits()


@dataclass(slots=True)
class Sidecar:
    """A sidecar's entries and faults.

    Attributes:
        path: where it stands, ``""`` if there is none.
        entries: file name (NFC) → what is stated.
        faults: what could not be used, in file order.
    """

    path: str = ""
    entries: dict[str, Metadata] = field(default_factory=dict)
    faults: list[DocumentError] = field(default_factory=list)

    def stated(self, name: str) -> Metadata:
        """What is stated of the file called `name`, nothing if it is not listed."""
        return self.entries.get(unicodedata.normalize("NFC", name), Metadata())

    def fault(self, message: str, node: _Node | None = None, hint: str = "") -> None:
        """Note a fault at a node of the file; of very many only the first."""
        if len(self.faults) >= _MOST_FAULTS:
            return
        if len(self.faults) == _MOST_FAULTS - 1:
            message, hint = "and more faults, which are not listed", "Is this another program's file?"
        where = f"{self.path}:{node.start_mark.line + 1}:{node.start_mark.column + 1}" if node else self.path
        self.faults.append(DocumentError(message, code="P306", where=where, hint=hint))

    def lost_entries(self, folder: Path, unlisted: Sequence[str]) -> list[DocumentError]:
        """Note the entries that name no file, if some document has no entry that says its region.

        Args:
            folder: where the sidecar stands.
            unlisted: the first few documents below it without such an entry.

        Returns:
            The faults that were noted.
        """
        before = len(self.faults)
        for name in self.entries if unlisted else ():
            if _is_lost(folder / name):
                self.fault(f"there is no file {name!r} here", hint=f"Not listed: {', '.join(unlisted)}.")
        return self.faults[before:]


def _is_lost(path: Path) -> bool:
    """Whether there is no such file for certain: nobody knows of one in a folder that cannot be read."""
    try:
        path.stat()
    except PermissionError:
        return False
    except (OSError, ValueError):  # not there, a name that is too long, a NUL in it
        return True
    return False


def read_sidecar(folder: Path, limits: Limits = _LIMITS) -> Sidecar:
    """The sidecar of a folder; an empty one if there is none. Faults are collected, never raised.

    Args:
        folder: where it may stand.
        limits: of its size, nesting and entries.
    """
    path = next((folder / name for name in NAMES if os.path.isfile(folder / name)), None)  # noqa: PTH113 - never raises
    if path is None:
        return Sidecar()
    sidecar = Sidecar(str(path))
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.yaml_bytes + 1)
        if len(data) > limits.yaml_bytes:
            message = f"the file is longer than {limits.yaml_bytes:,} bytes (--limit yaml_bytes)"
            sidecar.fault(message, hint="Split it: one for each folder.")
            return sidecar
        root = _compose(decode(data, str(path)).text, limits)
    except OSError as error:
        sidecar.fault(f"cannot be read: {error.strerror or error}", hint="Check its permissions.")
    except DocumentError as error:
        sidecar.fault(error.message, hint="Save the file as UTF-8 text.")
    except _BrokenYaml as error:
        sidecar.path, plain = f"{path}:{error.line}:{error.column}", sidecar.path
        message, hint = f"this is not valid YAML: {error}", "Documents are read without it till mended."
        if error.limit:
            message = str(error)
            hint = f"Raise the limit with --limit {error.limit}=…; documents are read without it till then."
        sidecar.fault(message, hint=hint)
        sidecar.path = plain
    else:
        _fill(sidecar, root)
    return sidecar


def front_matter(
    text: str, *, others: bool = False, limits: Limits = _LIMITS
) -> tuple[Metadata, tuple[str, ...]]:
    """Metadata in a YAML block at the top of a document, and warnings.

    A block is front matter where a known key stands in it; anything else between rules is text.

    Args:
        text: of the document.
        others: whether other keys are no fault, as Markdown has them for programs that make pages; if they
            are, they must be Latin ones.
        limits: of its nesting and entries.
    """
    if not text.startswith("---"):
        return Metadata(), ()
    block = [_FULL_WIDTH.sub(r"\1: ", line) for line in _front_block(text)]
    lines = [line for line in block if line[:1].strip() and line[0] not in "#-"]
    keys = [line.split(":", 1)[0].strip().lower() for line in lines]
    known = any(key in _KEYS for key in keys)
    if not keys or not (others or (known and all(map(_FRONT_KEY.match, lines)))):
        return Metadata(), ()
    sidecar = Sidecar("front matter")
    try:
        root = _compose("\n".join(block), limits)
    except _BrokenYaml as error:
        fault = f"front matter is not valid YAML at line {error.line + 1}: {error}"
        return Metadata(), (f"front matter: {error}" if error.limit else fault,)
    if root is None or root.id != "mapping":
        return Metadata(), ()
    found = _metadata(sidecar, root, "front matter")
    faults = [fault.message for fault in sidecar.faults]
    told = [message for message in faults if not (others and message.startswith(_UNKNOWN))]
    return found, tuple(f"front matter: {message}" for message in told)


def after_front_matter(text: str) -> str:
    """A Markdown text without the block at its top that is no part of it, whatever its keys."""
    block = _front_block(text) if text.startswith("---") else []
    if not block or not all(_FRONT_LINE.match(line) for line in block):
        return text
    return "\n".join(text.splitlines()[len(block) + 2 :])


def _front_block(text: str) -> list[str]:
    """The lines between the first line, if it is a rule, and the next rule; none if there are no rules."""
    lines = text[:_FRONT_CHARACTERS].splitlines()
    if not lines or lines[0].rstrip() != "---":
        return []
    end = next((n for n, line in enumerate(lines[1:_FRONT_LINES], 1) if line.rstrip() in ("---", "...")), 0)
    return lines[1:end]


_NOTHING = Metadata()


def merged(first: Metadata, second: Metadata) -> Metadata:
    """`first`, its empty fields filled from `second`."""
    if second == _NOTHING:
        return first
    blanks = {one.name: getattr(second, one.name) for one in fields(first) if not getattr(first, one.name)}
    if first.region:
        blanks.pop("region_from", None)
    return replace(first, **blanks)


class _BrokenYaml(Exception):
    """YAML that does not parse, or goes beyond `limit`; `line` and `column` count from 1."""

    def __init__(self, message: str, line: int, column: int, limit: str = "") -> None:
        super().__init__(message)
        self.line, self.column, self.limit = line, column, limit


def _compose(text: str, limits: Limits) -> _Node:
    """The node tree of a YAML text: values stay text (no dates, no numbers), each node knows its line."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root: _Node = safe_yaml.compose(text, loader, depth=limits.yaml_depth, entries=limits.yaml_entries)
    except (yaml.YAMLError, ValueError, RecursionError, safe_yaml.YamlLimitError) as error:
        raise _BrokenYaml(*safe_yaml.problem(error), getattr(error, "limit", "")) from error
    return root


def _fill(sidecar: Sidecar, root: _Node) -> None:
    """Read all entries of a sidecar's node tree."""
    if root is None:
        return
    if root.id == "mapping" and [key.value for key, _ in root.value] == ["documents"]:
        root = root.value[0][1]
    if root.id == "sequence":
        entries = _listed(sidecar, root.value)
    elif root.id == "mapping":
        entries = iter(root.value)
    else:
        sidecar.fault(
            "expected file names with what is known of them", root, "See the README, section Inputs."
        )
        return
    for key, value in entries:
        name = unicodedata.normalize("NFC", str(key.value).replace("\\", "/").removeprefix("./"))
        if name in sidecar.entries:
            sidecar.fault(f"{name} is listed twice; the first entry counts", key, "Take one of them out.")
        elif value.id != "mapping":
            hint = f"Write {name}: {{region: …, date: …}}"
            sidecar.fault(f"{name}: expected fields such as region and date", value, hint)
        else:
            sidecar.entries[name] = _metadata(sidecar, value, "sidecar")


def _listed(sidecar: Sidecar, items: list[_Node]) -> Iterator[tuple[_Node, _Node]]:
    """Entries written as a list: the node of the file name, and the mapping it stands in."""
    for item in items:
        names = (
            [value for key, value in item.value if key.value in _NAME_KEYS] if item.id == "mapping" else []
        )
        if names and names[0].id == "scalar":
            yield names[0], item
        else:
            sidecar.fault("this entry names no document", item, "Add `document: FILE`.")


def _metadata(sidecar: Sidecar, node: Any, origin: str) -> Metadata:
    """The fields of one entry."""
    found: dict[str, str] = {}
    for key, value in node.value:
        known = _KEYS.get(str(key.value).lower())
        if known in found:
            sidecar.fault(f"{key.value} is given twice; the first one counts", key, "Take one of them out.")
            continue
        if known is None:
            if key.value not in _NAME_KEYS:
                sidecar.fault(f"{_UNKNOWN} {key.value!r}", key, "Known: region, date, title, source.")
        elif value.id != "scalar":
            sidecar.fault(f"{key.value} must be plain text", value, "Write one value, without brackets.")
        elif value.tag.endswith(":null"):
            continue
        else:
            found[known] = " ".join(str(value.value).split())
            if known == "date":
                found[known] = iso_date(written := found[known])
                if written and not found[known]:
                    sidecar.fault(f"{written!r} is not a date", value, "Write YYYY-MM-DD, YYYY-MM or YYYY.")
    return Metadata(**found, region_from=origin if found.get("region") else "")
