"""A taxonomy file as text with positions: bytes -> YAML nodes -> scalars that know where they stand.

Constructs no Python objects from YAML, so no tag in a file can run anything. Knows no taxonomy keys.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml

from polcmp import safe_yaml
from polcmp.model.taxonomy import Place
from polcmp.settings import Limits
from polcmp.taxonomy import codes
from polcmp.taxonomy.fault import Ledger

_ESCAPE_LENGTHS = {"x": 4, "u": 6, "U": 10}
"""Length of a double-quoted escape by its second character, backslash included; others are 2."""

_SPACE = re.compile(r"\s*")

YamlNode: TypeAlias = yaml.Node
PLAIN_TAG = "tag:yaml.org,2002:str"
"""The tag of every scalar that carries none of its own."""

_TAGS = {yaml.ScalarNode: PLAIN_TAG, yaml.SequenceNode: "tag:yaml.org,2002:seq"}
_MAPPING_TAG = "tag:yaml.org,2002:map"


def _loader(base: Any) -> Any:
    """A loader that composes nodes and does not guess types: every scalar stays text.

    Guessing is done in Python for each scalar and would take half of the loading time.
    """

    class Loader(base):  # type: ignore[misc]
        def resolve(self, kind: type[YamlNode], value: str, implicit: object) -> str:
            return _TAGS.get(kind, _MAPPING_TAG)

        def descend_resolver(self, current: object, index: object) -> None:
            return None

        def ascend_resolver(self) -> None:
            return None

    return Loader


_Loader: Any = _loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader))


class Source(NamedTuple):
    """A file that was read.

    Attributes:
        text: decoded, without a byte order mark.
        sha256: hex digest of its bytes.
    """

    text: str
    sha256: str

    def place(self, index: int) -> Place:
        """Line and column of a character, by its offset in `text`."""
        start = self.text.rfind("\n", 0, index) + 1
        return Place(self.text.count("\n", 0, start) + 1, index - start + 1)


class Text(NamedTuple):
    """A YAML scalar: its value, and where each character of it stands in the file."""

    value: str
    node: yaml.ScalarNode
    source: Source

    @property
    def place(self) -> Place:
        """Where the scalar starts, its quote included."""
        return place_of(self.node)

    @property
    def quoted(self) -> bool:
        """Whether the scalar stands in quotes or in a block."""
        return bool(self.node.style)

    def place_of(self, offset: int) -> Place:
        """Where the character at `offset` of the value stands; one past the end is allowed."""
        start, end = self.node.start_mark.index, self.node.end_mark.index
        raw = self.source.text[start:end]
        return self.source.place(start + _raw_offset(raw, self.value, offset, self.node.style or ""))

    def slip(self) -> str:
        """A hint when YAML has probably cut the scalar short, else ``""``."""
        if self.quoted:
            return ""
        end = self.node.end_mark.index
        rest = self.source.text[end : end + 200].split("\n", 1)[0]
        if rest.lstrip(" ").startswith("#") and rest.startswith(" "):
            return "YAML reads ` #` as the start of a comment: put the pattern in quotes"
        return ""


def place_of(node: YamlNode) -> Place:
    """Where a YAML node starts."""
    mark = node.start_mark
    return Place(mark.line + 1, mark.column + 1)


def read_source(path: Path, ledger_path: str, limits: Limits) -> tuple[Source | None, Ledger]:
    """Read and decode a file; a fault of the file as a whole stands in the ledger.

    Args:
        path: the file.
        ledger_path: the file as messages are to name it.
        limits: of its size.
    """
    ledger = Ledger(ledger_path)
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.yaml_bytes + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        hint = "check the path; `polcmp taxonomy check FILE` names the file it reads"
        ledger.add(codes.UNREADABLE, Place(), f"the taxonomy cannot be read: {reason}", hint)
        return None, ledger
    if len(data) > limits.yaml_bytes:
        message = f"the file is longer than {limits.yaml_bytes:,} bytes (--limit yaml_bytes)"
        ledger.add(codes.TOO_LARGE, Place(), message, "a taxonomy is a few hundred kB; is this another file?")
        return None, ledger
    return _decode(data, ledger_path)


def _decode(data: bytes, path: str) -> tuple[Source | None, Ledger]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        ledger = Ledger(path, data.decode("utf-8", "replace"))
        place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"the file is not UTF-8: byte 0x{data[error.start]:02x}"
        ledger.add(codes.NOT_UTF8, place, message, "save it as UTF-8 in your editor")
        return None, ledger
    return Source(text, hashlib.sha256(data).hexdigest()), Ledger(path, text)


def compose(source: Source, ledger: Ledger, limits: Limits) -> YamlNode | None:
    """Parse the YAML of a file into nodes with marks; None when it is broken or empty."""
    try:
        node: YamlNode | None = safe_yaml.compose(
            source.text, _Loader, depth=limits.yaml_depth, entries=limits.yaml_entries
        )
    except safe_yaml.YamlLimitError as error:
        hint = "write the entries out, or take them away"
        ledger.add(codes.TOO_LARGE, Place(error.line, error.column), error.message, hint)
        return None
    except yaml.YAMLError as error:
        _note_yaml_error(error, source, ledger)
        return None
    if node is None:
        hint = "a taxonomy starts with `version: 1` and needs a list `measures:`"
        ledger.add(codes.WRONG_TYPE, Place(1, 1), "the file is empty", hint)
    return node


def _note_yaml_error(error: yaml.YAMLError, source: Source, ledger: Ledger) -> None:
    from polcmp.taxonomy import slips  # only a broken file needs it

    if isinstance(error, yaml.MarkedYAMLError):
        mark = slips.telling_mark(error)
        place = Place(mark.line + 1, mark.column + 1) if mark else Place()
        lines = source.text.split("\n")
        start, stop = error.context_mark, error.problem_mark
        same_line = start is not None and stop is not None and start.line == stop.line
        hint = slips.yaml_hint(lines, place, same_line, error.problem or "", error.context or "")
        ledger.add(codes.BROKEN_YAML, place, slips.yaml_message(error, place), hint)
        return
    found = slips.UNPRINTABLE.search(source.text)
    place = source.place(found.start()) if found else Place()
    character = f" U+{ord(found.group()):04X}" if found else ""
    ledger.add(codes.BROKEN_YAML, place, f"broken YAML: control character{character}", "take it out")


def _raw_offset(raw: str, value: str, offset: int, style: str) -> int:
    """Offset in the file's spelling of a scalar of the character `offset` of its value."""
    if not style and raw.startswith(value):
        return offset
    at = 0
    for at in _raw_offsets(raw, value, style):
        if offset == 0:
            return at
        offset -= 1
    return min(at + 1, len(raw))


def _raw_offsets(raw: str, value: str, style: str) -> Iterator[int]:
    """Offsets in `raw` of the characters of `value`: escapes and folded lines are stepped over."""
    at = raw.find("\n") + 1 if style in ("|", ">") and style else (1 if style in ("'", '"') else 0)
    for character in value:
        if style == '"' and raw[at : at + 1] == "\\":
            yield at
            at += _ESCAPE_LENGTHS.get(raw[at + 1 : at + 2], 2)
        elif style == "'" and raw[at : at + 2] == "''":
            yield at
            at += 2
        elif character in " \n":
            yield at
            space = _SPACE.match(raw, at)
            run = space.group() if space else ""
            at += len(run) if "\n" in run else min(len(run), 1)
        else:
            while at < len(raw) and raw[at] != character:
                at += 1
            yield at
            at += 1
