"""A document not yet read, and how it is to be read. Opens nothing."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import NamedTuple

from polcmp.errors import UsageError
from polcmp.model.document import Metadata
from polcmp.settings import Limits

NOTHING_STATED = Metadata()


class Columns(NamedTuple):
    """Names of the columns or keys of a record (jsonl, csv); only `text` must be there."""

    text: str = "text"
    id: str = "id"
    region: str = "region"
    date: str = "date"
    title: str = "title"
    source: str = "source"


_LIMITS, _COLUMNS = Limits(), Columns()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How documents are to be read.

    Attributes:
        encoding: codec that was asked for, ``""`` to find it.
        region_from: regular expression searched in a document's path; its first group names the region of
            a document that nothing else states. ``""`` for none.
        limits: what an input may cost.
        columns: where text and metadata of a record stand.
    """

    encoding: str = ""
    region_from: str = ""
    limits: Limits = _LIMITS
    columns: Columns = _COLUMNS

    def checked(self) -> ReadOptions:
        """These options if they can be used.

        Raises:
            UsageError: P407 no such encoding, or a regular expression with faults or without a group.
        """
        if self.encoding:
            _check_encoding(self.encoding)
        if self.region_from:
            _check_expression(self.region_from)
        return self


DEFAULT_OPTIONS = ReadOptions()


@dataclass(frozen=True, slots=True)
class Source:
    """A document not yet read.

    Attributes:
        name: path relative to the folder that was given, ``/`` between parts; unique in a run.
        path: path to open, for messages as well; ``-`` for standard input, ``FILE:LINE`` for a record.
        stated: what a sidecar or a record says of it.
        data: its bytes if they are at hand (standard input, a record), else None.
        options: how it is to be read.
        record: format of the file it is a record of (``jsonl``, ``csv``), its text being `data` in UTF-8;
            ``""`` for a document with a file of its own.
    """

    name: str
    path: str
    stated: Metadata = NOTHING_STATED
    data: bytes | None = None
    options: ReadOptions = DEFAULT_OPTIONS
    record: str = ""


def region_in_path(source: Source) -> Metadata:
    """The region that `ReadOptions.region_from` finds in the path of `source`, nothing if it finds none."""
    expression = source.options.region_from
    found = re.search(expression, source.path.replace("\\", "/")) if expression else None
    region = (found.group(1) or "").strip() if found else ""
    return Metadata(region=region, region_from="path") if region else NOTHING_STATED


def _check_encoding(name: str) -> None:
    try:
        known = codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError):
        known = False
    if not known:
        raise UsageError(
            f"there is no encoding {name!r}",
            code="P407",
            where="--encoding",
            hint="Try utf-8, gb18030, big5hkscs, utf-16, shift_jis, euc_kr or another codec of Python.",
        )


def _check_expression(expression: str) -> None:
    try:
        groups = re.compile(expression).groups
    except (re.error, RecursionError, OverflowError) as error:
        raise UsageError(
            f"this is no regular expression: {error}",
            code="P407",
            where="--region-from",
            hint="For reports/云溪县/2022.txt write 'reports/([^/]+)/'.",
        ) from error
    if not groups:
        raise UsageError(
            f"{expression!r} has no group that could name the region",
            code="P407",
            where="--region-from",
            hint="Put brackets round the region: 'reports/([^/]+)/'.",
        )
