"""Read RTF: the words without their markup, paragraphs and rows of tables as lines. Opens no other file."""

from __future__ import annotations

import re
from typing import Any

from polcmp.load.extracted import Extracted, Paragraphs, beyond, missing_extra, row_paragraphs, without_text
from polcmp.load.source import Source

_CODE_PAGE = re.compile(r"\\ansicpg(\d{3,5})")
_CODECS = {"936": "gb18030", "950": "cp950", "932": "cp932", "949": "cp949", "65001": "utf-8"}
_HIDDEN = re.compile(r"\{\\(?:\*\\)?(?:header|footer|headerl|headerr|headerf|footerl|footerr|footerf)\b")


def extract(data: bytes, source: Source) -> Extracted:
    """The text of an RTF file.

    Raises:
        DocumentError: P309 without striprtf, P311 without text, P312 beyond a limit.
    """
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise missing_extra("striprtf", source.path) from error
    # The format is ASCII; bytes beyond it are those of the code page, as they are in \'xx.
    marked = data.decode("latin-1")
    found = _CODE_PAGE.search(marked[:4096])
    codec = source.options.encoding or (_CODECS.get(found[1], f"cp{found[1]}") if found else "gb18030")
    marked = re.sub("[\x80-\xff]", lambda sign: f"\\'{ord(sign[0]):02x}", marked)
    to_text: Any = rtf_to_text  # without types of its own
    text: str = to_text(_without_running(marked), encoding=codec, errors="replace")
    if len(text) > source.options.limits.characters:
        limit = source.options.limits.characters
        raise beyond("characters", limit, source.path, "the document has more than {} characters")
    paragraphs = Paragraphs(source.options.limits.characters, source.path)
    for line in text.split("\n"):
        cells = [cell.strip() for cell in line.split("|")] if line.count("|") else [line]
        for paragraph in row_paragraphs([[cell] if cell else [] for cell in cells]):
            paragraphs.add(paragraph)
    if not len(paragraphs):
        raise without_text("there is no text in this document", source.path, "Save it as .docx or .txt.")
    lost = text.count("\ufffd")
    warnings = (f"{lost} characters are not {codec}, and are replaced",) if lost else ()
    return Extracted(paragraphs.text(), codec, paragraphs.places(), warnings=warnings)


def _without_running(marked: str) -> str:
    """The file without the groups that hold running heads and feet."""
    pieces, start = [], 0
    for found in _HIDDEN.finditer(marked):
        if found.start() >= start:
            pieces.append(marked[start : found.start()])
            start = _group_end(marked, found.start())
    return "".join((*pieces, marked[start:]))


def _group_end(marked: str, start: int) -> int:
    """Where the group that begins at `start` ends."""
    depth = 0
    for found in re.compile(r"\\.|[{}]", re.S).finditer(marked, start):
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
            if not depth:
                return found.end()
    return len(marked)
