"""Looks over an installation: versions, extras, data, encodings, fonts, terminal. Must not print or mend."""

from __future__ import annotations

import locale
import platform
import re
import sys
from collections.abc import Iterator
from importlib import import_module, metadata

from polcmp import __version__
from polcmp.defaults import default_documents, default_taxonomy, packaged
from polcmp.errors import PolcmpError
from polcmp.model.health import BROKEN, DOUBTFUL, MISSING, OK, Finding, Terminal

OLDEST_PYTHON = (3, 11)

LIBRARIES = {
    "typer": "typer",
    "rich": "rich",
    "rapidfuzz": "rapidfuzz",
    "pyyaml": "yaml",
    "opencc-python-reimplemented": "opencc",
    "ahocorasick-rs": "ahocorasick_rs",
    "markdown-it-py": "markdown_it",
}
"""Distributions that polcmp cannot do without, and the module that shows that each can be loaded."""

EXTRAS = {
    "scan": ("pyarrow", "duckdb", "rensa"),
    "cluster": ("daft", "ray"),
    "documents": (
        *("trafilatura", "lxml", "lxml_html_clean", "python-docx", "pypdfium2", "striprtf"),
        "charset-normalizer",
    ),
    "report": ("jinja2", "xlsxwriter"),
    "plot": ("matplotlib",),
}
"""Extras of ``pyproject.toml`` and the distributions they bring, other extras apart."""

_TRIAL = "全縣選派第一書記29名。"
"""An invented sentence: Traditional, so that the script tables are needed as well."""


def examine(terminal: Terminal) -> list[Finding]:
    """Look at everything.

    Args:
        terminal: where output goes, as the caller knows it.

    Returns:
        Findings in the order of `polcmp.model.health.SECTIONS`.
    """
    return [
        *_program(),
        *_libraries(),
        *_extras(),
        *_data(),
        *_encoding(terminal),
        *_fonts(),
        *_terminal(terminal),
    ]


def healthy(findings: list[Finding]) -> bool:
    """Whether nothing that is required is broken."""
    return all(one.state != BROKEN for one in findings)


def _program() -> Iterator[Finding]:
    yield Finding("program", "polcmp", OK, __version__)
    old = sys.version_info < OLDEST_PYTHON
    value = f"{platform.python_version()} ({platform.python_implementation()})"
    yield Finding("program", "python", BROKEN if old else OK, value, "python" if old else "")
    yield Finding("program", "platform", OK, platform.platform())


def _libraries() -> Iterator[Finding]:
    for name, module in LIBRARIES.items():
        try:
            import_module(module)
        except Exception as error:  # broken libraries fail in ways of their own
            yield Finding("libraries", name, BROKEN, _in_a_line(error), "reinstall")
        else:
            yield Finding("libraries", name, OK, _version(name))
    if not getattr(sys.modules.get("yaml"), "__with_libyaml__", True):
        yield Finding("libraries", "libyaml", DOUBTFUL, "", "libyaml")


def _extras() -> Iterator[Finding]:
    for extra, names in EXTRAS.items():
        versions = {name: _version(name) for name in names}
        listed = ", ".join(f"{name} {version}".rstrip() for name, version in versions.items() if version)
        lacking = [name for name, version in versions.items() if not version]
        if lacking:
            yield Finding("extras", extra, MISSING, listed, "install")
        else:
            yield Finding("extras", extra, OK, listed)


def _data() -> Iterator[Finding]:
    yield _sample()
    yield from _matching()
    yield _documents_here()
    yield _taxonomy_here()


def _documents_here() -> Finding:
    """What a command reads when no documents are named: there is something to read in it."""
    documents, is_sample = default_documents()
    if is_sample:
        return Finding("data", "documents here", OK, "(sample)")
    try:
        from polcmp.load import collect

        found = collect([documents]).sources
    except (PolcmpError, OSError) as error:
        return Finding("data", "documents here", BROKEN, _in_a_line(error), "documents")
    return Finding("data", "documents here", OK if found else BROKEN, documents, "" if found else "documents")


def _taxonomy_here() -> Finding:
    """The taxonomy a command takes when none is named can be loaded."""
    path, shown = default_taxonomy()
    try:
        from polcmp.taxonomy import load_taxonomy

        load_taxonomy(path)
    except (PolcmpError, OSError) as error:
        return Finding("data", "taxonomy here", BROKEN, f"{shown}: {_in_a_line(error)}", "check")
    return Finding("data", "taxonomy here", OK, shown)


def _sample() -> Finding:
    """The packaged documents can be read."""
    try:
        texts = [path.read_text(encoding="utf-8") for path in sorted(packaged("seeds").glob("*.txt"))]
    except (OSError, UnicodeDecodeError) as error:
        return Finding("data", "sample", BROKEN, _in_a_line(error), "reinstall")
    return Finding("data", "sample", OK if all(texts) and texts else BROKEN, str(len(texts)))


def _matching() -> Iterator[Finding]:
    """The packaged taxonomy loads, and a sentence is read with it: every data file is needed for that."""
    try:
        from polcmp.pipeline import Reader
        from polcmp.settings import Settings
        from polcmp.taxonomy import load_taxonomy

        taxonomy = load_taxonomy(packaged("measures.yaml"))
        yield Finding("data", "taxonomy", OK, str(len(taxonomy.measures)))
        found = Reader.of(taxonomy, Settings()).measures_in(_TRIAL)
    except (PolcmpError, OSError, ImportError, ValueError, KeyError, IndexError) as error:
        yield Finding("data", "trial", BROKEN, _in_a_line(error), "reinstall")
    else:
        yield Finding(
            "data", "trial", OK if found else BROKEN, ", ".join(sorted(found)), "" if found else "reinstall"
        )


def _encoding(terminal: Terminal) -> Iterator[Finding]:
    preferred = locale.getpreferredencoding(False)
    files = sys.getfilesystemencoding()
    yield Finding("encoding", "locale", OK if _is_utf8(preferred) else DOUBTFUL, preferred, "")
    state = OK if _is_utf8(files) else DOUBTFUL
    yield Finding("encoding", "file names", state, files, "" if state == OK else "utf8")
    if terminal.encoding:
        state = OK if _is_utf8(terminal.encoding) or not terminal.is_terminal else DOUBTFUL
        yield Finding("encoding", "output", state, terminal.encoding, "" if state == OK else "terminal utf8")


def _fonts() -> Iterator[Finding]:
    if not _version("matplotlib"):
        yield Finding("fonts", "chinese font", MISSING, "", "install plot")
        return
    from polcmp.plot.fonts import chinese_font

    try:
        yield Finding("fonts", "chinese font", OK, chinese_font())
    except PolcmpError:
        yield Finding("fonts", "chinese font", DOUBTFUL, "", "font")
    except Exception as error:  # matplotlib or its cache is damaged
        yield Finding("fonts", "chinese font", DOUBTFUL, _in_a_line(error), "install plot")


def _terminal(terminal: Terminal) -> Iterator[Finding]:
    yield Finding("terminal", "output goes to", OK, "terminal" if terminal.is_terminal else "file or pipe")
    narrow = terminal.columns < 80
    yield Finding(
        "terminal",
        "columns",
        DOUBTFUL if narrow else OK,
        str(terminal.columns),
        "wider" if narrow else "",
    )
    yield Finding("terminal", "color", OK, "yes" if terminal.color else "no")


def _version(distribution: str) -> str:
    """The installed version, ``""`` if it is not installed."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


def _is_utf8(encoding: str) -> bool:
    return re.sub(r"[-_]", "", encoding.lower()) == "utf8"


def _in_a_line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:200]
