"""A document not yet read, and how it is to be read. Opens nothing."""

from __future__ import annotations

import codecs
import re
import warnings
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from polcmp.deadline import can_interrupt, time_limit
from polcmp.errors import DocumentError, UsageError
from polcmp.model.document import Metadata
from polcmp.settings import Limits

NOTHING_STATED = Metadata()

_PATH_SECONDS = 2
"""Time that `ReadOptions.region_from` may take on one path: those that are of use take microseconds."""

_NESTED_HINT = "Write --region-from without a repetition inside another, such as (a+)+."
_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*(?:\]|$)|\(\?|[()*+{|]", re.DOTALL)


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
        region_from: regular expression searched in a document's path; its group called ``region``, else the
            first that matched something, names the region of a document that nothing else states. ``""`` for
            none.
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
    """The region that `ReadOptions.region_from` finds in the path of `source`, nothing if it finds none.

    Raises:
        DocumentError: P316 the expression goes on for too long, or might where it could not be stopped.
    """
    expression = source.options.region_from
    if not expression:
        return NOTHING_STATED
    if not can_interrupt() and repeats_in_repeats(expression):
        raise DocumentError(
            "--region-from repeats within a repetition, which cannot be stopped in a thread or on Windows",
            code="P316",
            where=source.path,
            hint=_NESTED_HINT,
        )
    told = "--region-from takes longer than {} on this path"
    with time_limit(_PATH_SECONDS, source.path, message=told, hint=_NESTED_HINT):
        found = _compiled(expression).search(source.path.replace("\\", "/"))
    if not found:
        return NOTHING_STATED
    named = found.groupdict().get("region") or next(filter(None, found.groups()), "")
    region = named.strip()
    return Metadata(region=region, region_from="path") if region else NOTHING_STATED


def repeats_in_repeats(expression: str) -> bool:
    """Whether a group that is repeated holds a repetition or a choice: it may take longer than a life.

    Of a regular expression that compiles. Some that are harmless are among them.
    """
    inside, closed = [False], False
    for piece in _PIECE.finditer(expression):
        sign = piece[0]
        after_group = closed and expression[piece.start() - 1] == ")"
        if sign[0] == "(":
            inside.append(False)
        elif sign == ")":
            closed = inside.pop()
            inside[-1] |= closed
            continue
        elif sign in "*+{":
            if after_group:
                return True
            inside[-1] = True
        elif sign == "|":
            inside[-1] = True
        closed = False
    return False


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that Python may read it in another way some day
        return re.compile(expression)


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
        groups = _compiled(expression).groups
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
