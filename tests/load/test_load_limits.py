"""Limits, formats that need a library, links out of a folder: what must never cost a run."""

from __future__ import annotations

import builtins
import subprocess
import sys
import threading
import time
from pathlib import Path

import load_samples as samples
import pytest

from polcmp.errors import DocumentError, UsageError
from polcmp.load import ReadOptions, Source, collect, read
from polcmp.load.source import region_in_path, repeats_in_repeats
from polcmp.settings import Limits, limits_of

ROOT = Path(__file__).parents[2]
LINE = "全县选派第一书记12名，驻村开展帮扶。"


def test_limits_as_they_are_written():
    limits = limits_of(["file_bytes=200M", "pages = 3", "characters=1_000k"])
    assert (limits.file_bytes, limits.pages, limits.characters) == (200 * 1024**2, 3, 1_024_000)
    assert limits.records == Limits().records
    for wrong in ("pages", "pages=", "pages=0", "pages=-1", "pages=1.5", "sheets=3", "=3", "pages=3X"):
        with pytest.raises(UsageError) as caught:
            limits_of([wrong])
        assert caught.value.code == "P407" and "file_bytes" in caught.value.hint


def test_a_file_beyond_the_limit_is_not_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(LINE, "utf-8")
    size = path.stat().st_size
    (source,) = collect([str(path)], ReadOptions(limits=Limits(file_bytes=size - 1))).sources
    with pytest.raises(DocumentError) as caught:
        read(source)
    assert caught.value.code == "P312" and "--limit file_bytes=" in caught.value.hint
    assert f"{size - 1:,} bytes" in caught.value.message
    (source,) = collect([str(path)], ReadOptions(limits=Limits(file_bytes=size, characters=5))).sources
    with pytest.raises(DocumentError) as caught:
        read(source)
    assert caught.value.code == "P312" and "--limit characters=" in caught.value.hint


def test_a_file_without_end(tmp_path):
    if not Path("/dev/zero").exists():
        pytest.skip("no such device here")
    with pytest.raises(DocumentError) as caught:
        read(Source("zero", "/dev/zero", options=ReadOptions(limits=Limits(file_bytes=1000))))
    assert caught.value.code == "P312"


def test_one_line_of_200_megabytes_costs_neither_time_nor_memory(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        for _ in range(200):
            file.write("派".encode() * (1024**2 // 3))
    code = (
        "from polcmp.load import *\nimport sys\n"
        f"sources = collect([{str(path)!r}]).sources\n"
        "try: read(sources[0])\nexcept Exception as error: print(error.code)\n"
        # Not getrusage: its peak is inherited from whoever started the process.
        "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    )
    before = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, timeout=60, check=True)
    code_shown, kilobytes = done.stdout.split()
    assert code_shown == b"P312"
    assert time.monotonic() - before < 10
    assert int(kilobytes) < 1024**2


@pytest.mark.parametrize(
    ("name", "data", "package", "module"),
    [
        ("a.html", samples.as_html().encode(), "trafilatura", "trafilatura.core"),
        ("a.html", samples.as_html().encode(), "trafilatura", "lxml"),
        ("a.pdf", samples.as_pdf(), "pypdfium2", "pypdfium2"),
        ("a.rtf", samples.as_rtf(), "striprtf", "striprtf.striprtf"),
        ("a.docx", b"PK\x05\x06" + b"\0" * 18, "python-docx", "docx"),
    ],
)
def test_a_library_that_is_not_installed_is_named(monkeypatch, name, data, package, module):
    for loaded in [one for one in sys.modules if one.startswith(("polcmp.load.html_", "polcmp.load.pdf"))]:
        monkeypatch.delitem(sys.modules, loaded)
    plain = builtins.__import__

    def without(wanted: str, *rest: object, **more: object) -> object:
        if wanted == module or wanted.startswith(f"{module}."):
            raise ImportError(f"No module named {wanted!r}", name=wanted)
        return plain(wanted, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    if name == "a.docx":
        data = samples_docx()
    with pytest.raises(DocumentError) as caught:
        read(Source(name, name, data=data))
    assert caught.value.code == "P309" and package in caught.value.message
    assert caught.value.hint == "pip install 'polcmp[documents]'"


def samples_docx() -> bytes:
    """The smallest archive that passes for a Word document."""
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


def test_a_library_that_fails_is_no_crash(monkeypatch):
    from polcmp.load import formats

    def fails(data: bytes, source: Source) -> object:
        raise RuntimeError("inside\nmore")

    monkeypatch.setattr("polcmp.load.reading.reader_of", lambda format: fails)
    with pytest.raises(DocumentError) as caught:
        read(Source("a.pdf", "a.pdf", data=b"%PDF-1.4"))
    assert caught.value.code == "P310" and "RuntimeError inside" in caught.value.message
    assert formats.FORMATS["pdf"].module == "pdf"


def test_links_that_lead_out_of_a_folder(tmp_path):
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (folder / "a.txt").write_text(LINE, "utf-8")
    (outside / "b.txt").write_text(LINE, "utf-8")
    (folder / "c.txt").symlink_to(outside / "b.txt")
    (folder / "d").symlink_to(outside)
    (folder / "e.txt").symlink_to("a.txt")
    (folder / "picture.png").symlink_to(outside / "b.txt")
    sources, errors, *_ = collect([str(folder)])
    assert [one.name for one in sources] == ["a.txt"]
    assert [(error.code, Path(error.where).name) for error in errors] == [("P314", "c.txt"), ("P314", "d")]
    assert all(error.hint for error in errors)
    # Named, they are followed; and so is a folder that is a link itself.
    assert [one.name for one in collect([str(folder / "c.txt")]).sources] == ["c.txt"]
    (tmp_path / "link").symlink_to(folder)
    assert [one.name for one in collect([str(tmp_path / "link")]).sources] == ["a.txt"]


def test_folders_below_one_another_without_end(tmp_path):
    deep = tmp_path
    try:
        while len(str(deep)) < 2500:
            deep = deep / "a"
            deep.mkdir()
        assert [error.code for error in collect([str(tmp_path)]).errors] == ["P303"]
    finally:
        while deep != tmp_path:  # one by one: what cleans up after tests goes down by recursion
            deep.rmdir()
            deep = deep.parent


def test_the_parts_of_a_saved_page_are_no_documents(tmp_path):
    (tmp_path / "页.html").write_text(samples.as_html(), "utf-8")
    (tmp_path / "页_files").mkdir()
    (tmp_path / "页_files/frame.html").write_text(samples.as_html(), "utf-8")
    (tmp_path / "other_files").mkdir()
    (tmp_path / "other_files/a.txt").write_text(LINE, "utf-8")
    assert [one.name for one in collect([str(tmp_path)]).sources] == ["other_files/a.txt", "页.html"]


@pytest.mark.parametrize("wrong", ["no-such", "base64", "\0", "utf-99"])
def test_an_encoding_that_is_none(wrong):
    with pytest.raises(UsageError) as caught:
        ReadOptions(encoding=wrong).checked()
    assert caught.value.code == "P407" and caught.value.hint


def test_an_encoding_that_was_asked_for(tmp_path):
    korean = "농촌 마을에 공무원을 파견하여"
    options = ReadOptions(encoding="euc_kr").checked()
    found = read(Source("a.txt", "a.txt", data=korean.encode("euc_kr"), options=options))
    assert found.raw == korean and found.encoding == "euc_kr" and found.warnings == ()
    wrong = read(Source("a.txt", "a.txt", data=(LINE * 3).encode(), options=ReadOptions(encoding="gb18030")))
    assert "is not gb18030" in wrong.warnings[0] and "byte" in wrong.warnings[0]


def test_the_region_in_a_path():
    def region(path: str, expression: str) -> str:
        options = ReadOptions(region_from=expression).checked()
        return region_in_path(Source(path, path, options=options)).region

    assert region("reports/云溪县/2021.txt", "reports/([^/]+)/") == "云溪县"
    assert region("reports\\云溪县\\2021.txt", "reports/([^/]+)/") == "云溪县"
    assert region("云溪县_2021.txt", r"(\w+?县)") == "云溪县"
    assert region("a.txt", r"(\w+?县)|a") == ""
    for wrong in ("(", "县", "[", "(?P<"):
        with pytest.raises(UsageError) as caught:
            ReadOptions(region_from=wrong).checked()
        assert caught.value.code == "P407" and caught.value.where == "--region-from"


def test_which_group_names_the_region():
    def region(expression: str) -> str:
        options = ReadOptions(region_from=expression).checked()
        return region_in_path(Source("a", "reports/云溪县/2021.txt", options=options)).region

    assert region("(reports)/(?P<region>[^/]+)/") == "云溪县"
    assert region("old/([^/]+)/|reports/([^/]+)/") == "云溪县"  # the first that matched something
    assert region("(?P<region>x)?(reports)") == "reports"
    assert region("()reports") == ""


def test_an_expression_without_end_costs_seconds(monkeypatch):
    monkeypatch.setattr("polcmp.load.source._PATH_SECONDS", 0.2)
    source = Source("a", "a" * 60 + ".txt", options=ReadOptions(region_from="(a+)+$"))
    before = time.monotonic()
    with pytest.raises(DocumentError) as caught:
        region_in_path(source)
    assert caught.value.code == "P316" and "--region-from takes longer" in caught.value.message
    assert caught.value.where == source.path and caught.value.hint
    assert time.monotonic() - before < 10


def test_an_expression_that_cannot_be_stopped_is_refused():
    """In a thread there is no timer."""
    told: list[str] = []

    def work(expression: str) -> None:
        source = Source("a", "a" * 60 + ".txt", options=ReadOptions(region_from=expression))
        try:
            told.append(region_in_path(source).region)
        except DocumentError as error:
            told.append(error.code)

    for expression in ("(a+)+$", "(a{3})$|(a)"):
        thread = threading.Thread(target=work, args=(expression,))
        thread.start()
        thread.join(20)
    assert told == ["P316", "a"]


@pytest.mark.parametrize(
    ("expression", "nested"),
    [
        ("(a+)+", True),
        ("(?:a|ab)*", True),
        ("((a*)b)+", True),
        ("(a{2,})*", True),
        ("(?:[^/]+/)+", True),
        ("(a)+", False),
        ("reports/([^/]+)/", False),
        (r"(\w+?县)", False),
        ("([(*+]+)", False),
        (r"(\+\*)+", False),
        ("(a|b)c+", False),
        ("(?:x)?(a+)", False),
    ],
)
def test_repetitions_in_repetitions(expression, nested):
    assert repeats_in_repeats(expression) == nested


def test_what_is_stated_goes_before_the_path(tmp_path):
    folder = tmp_path / "云溪县"
    folder.mkdir()
    (folder / "a.txt").write_text(LINE, "utf-8")
    (folder / "b.txt").write_text(f"---\nregion: 青禾县\n---\n{LINE}", "utf-8")
    (folder / "c.txt").write_text(LINE, "utf-8")
    (folder / "documents.yaml").write_text("c.txt: {region: 白石县}", "utf-8")
    sources = collect([str(tmp_path)], ReadOptions(region_from="/([^/]+县)/")).sources
    stated = [read(one).stated for one in sources]
    assert [(one.region, one.region_from) for one in stated] == [
        ("云溪县", "path"),
        ("青禾县", "front matter"),
        ("白石县", "sidecar"),
    ]


def test_nothing_is_imported_for_plain_text(tmp_path):
    (tmp_path / "a.txt").write_text(LINE, "utf-8")
    code = (
        "import sys; from polcmp.load import collect, read; "
        f"[read(one) for one in collect([{str(tmp_path)!r}])[0]]; "
        "sys.exit(any(name in sys.modules for name in "
        "('trafilatura', 'lxml', 'docx', 'pypdfium2', 'markdown_it', 'striprtf', 'csv', 'zipfile')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0
