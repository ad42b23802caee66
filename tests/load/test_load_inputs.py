"""Inputs: files, folders, globs, lists, standard input; what fails and what goes on."""

import ctypes
import io
import os
import sys
import traceback
from pathlib import Path

import pytest

from polcmp.errors import DocumentError
from polcmp.load import Source, collect, read


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name, text in {
        "docs/b.txt": "乙县选派第一书记。",
        "docs/a.txt": "甲县选派第一书记。",
        "docs/sub/c.md": "丙县。",
        "docs/sub/2021.5.工作总结": "丁县。",
        "docs/.hidden.txt": "x",
        "docs/picture.png": "x",
        "docs/script.py": "x",
        "docs/README.md": "about",
        "docs/documents.yaml": "a.txt: {region: 甲县}\nsub/c.md: {region: 丙县}\n",
        "other/a.txt": "戊县。",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(sources):
    return [source.name for source in sources]


def test_a_folder_is_read_recursively_and_sorted(folder):
    sources, errors, *_ = collect(["docs"])
    assert names(sources) == ["a.txt", "b.txt", "sub/2021.5.工作总结", "sub/c.md"]
    assert errors == []
    assert sources[0].stated.region == "甲县" and sources[0].stated.region_from == "sidecar"
    assert sources[3].stated.region == "丙县"
    assert sources[1].stated.region == ""
    assert sources[0].path == "docs/a.txt"


def test_what_was_read_beside_documents_is_told(folder):
    (folder / "docs.txt").write_text("docs\n", encoding="utf-8")
    assert collect(["docs"]).beside == ["docs/documents.yaml"]
    assert collect(["@docs.txt", "docs/sub"]).beside == ["docs.txt", "docs/documents.yaml"]


def test_files_about_a_folder(tmp_path):
    read = ["notice.txt", "license.txt", "readme.txt", "authors.txt", "Notice.md", "告示"]
    skipped = ["README", "LICENSE", "Makefile", "NOTICE", "ReadMe.md", "LICENSE.md", "CHANGELOG.markdown"]
    for name in (*read, *skipped):
        (tmp_path / name).write_text("甲县。", encoding="utf-8")
    assert names(collect([str(tmp_path)])[0]) == sorted(read)


def test_a_file_named_by_itself(folder):
    sources, errors, *_ = collect(["docs/a.txt", "docs/script.py"])
    assert names(sources) == ["a.txt", "script.py"] and not errors
    assert sources[0].stated.region == "甲县"


def test_a_file_counts_once(folder):
    sources, _, *_ = collect(["docs/a.txt", "docs", "./docs/../docs/a.txt", str(folder / "docs")])
    assert names(sources) == ["a.txt", "b.txt", "sub/2021.5.工作总结", "sub/c.md"]


def test_names_are_unique(folder):
    sources, _, *_ = collect(["docs/a.txt", "other/a.txt", "docs/b.txt"])
    assert names(sources) == ["docs/a.txt", "other/a.txt", "b.txt"]
    sources, _, *_ = collect(["docs", "other"])
    assert names(sources)[0] == "docs/a.txt" and names(sources)[-1] == "other/a.txt"
    (folder / "deep/docs").mkdir(parents=True)
    (folder / "deep/docs/a.txt").write_text("己县。", encoding="utf-8")
    sources, _, *_ = collect(["docs/a.txt", "deep/docs/a.txt"])
    assert len(set(names(sources))) == 2 and names(sources)[1] == "deep/docs/a.txt"


def test_globs(folder):
    sources, errors, *_ = collect(["docs/*.txt"])
    assert names(sources) == ["a.txt", "b.txt"] and not errors
    sources, _, *_ = collect(["**/*.txt"])
    assert len(sources) == 3
    sources, errors, *_ = collect(["docs/*.nothing"])
    assert not sources and errors[0].code == "P301"
    (folder / "docs/[x].txt").write_text("庚县。", encoding="utf-8")
    assert names(collect(["docs/[x].txt"])[0]) == ["[x].txt"]


def test_lists(folder):
    (folder / "lists").mkdir()
    (folder / "lists/all.txt").write_text(
        "\ufeff# ours\n../docs/a.txt\r\n\n../other\n../missing.txt\n@more.txt\n", encoding="utf-8"
    )
    sources, errors, *_ = collect(["@lists/all.txt"])
    assert names(sources) == ["docs/a.txt", "other/a.txt"]
    assert [error.code for error in errors] == ["P301", "P308"]
    assert collect(["@nowhere.txt"])[1][0].code == "P301"


def test_standard_input(folder, monkeypatch):
    class Stdin:
        buffer = io.BytesIO("甲县选派第一书记。".encode("gb18030"))

    monkeypatch.setattr(sys, "stdin", Stdin)
    sources, errors, *_ = collect(["-", "docs/a.txt", "-"])
    assert names(sources) == ["(stdin)", "a.txt"] and not errors
    document = read(sources[0])
    assert document.raw == "甲县选派第一书记。" and document.encoding == "gb18030" and document.path == "-"


def test_what_fails_does_not_stop_the_rest(folder):
    (folder / "empty").mkdir()
    (folder / "docs/report.odt").write_bytes(b"PK")
    sources, errors, *_ = collect(["missing.txt", "empty", "docs", "docs/report.odt"])
    assert len(sources) == 4
    assert sorted(error.code for error in errors) == ["P301", "P303", "P307"]
    assert all(isinstance(error, DocumentError) and error.hint and error.where for error in errors)


def without_privileges(check):
    """Run `check` in a child process that obeys permissions, which root's processes do not."""
    child = os.fork()
    if not child:
        code = 1
        try:
            if os.geteuid() == 0:
                header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # linux/capability.h: version 3, this process
                assert ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)()) == 0  # none left
            check()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.skipif(os.geteuid() == 0 and sys.platform != "linux", reason="root may read everything here")
def test_unreadable(folder):
    (folder / "docs/b.txt").chmod(0)
    (folder / "docs/sub").chmod(0)

    def check():
        sources, errors, *_ = collect(["docs"])
        assert names(sources) == ["a.txt"]
        assert {error.code for error in errors} == {"P302"}

    try:
        without_privileges(check)
    finally:
        (folder / "docs/sub").chmod(0o755)


def test_a_file_that_vanishes(folder):
    sources, _, *_ = collect(["docs/a.txt"])
    Path("docs/a.txt").unlink()
    with pytest.raises(DocumentError) as caught:
        read(sources[0])
    assert caught.value.code == "P301"
    with pytest.raises(DocumentError) as caught:
        read(Source("docs", "docs"))
    assert caught.value.code == "P302"


def test_links(folder):
    (folder / "docs/loop").symlink_to(folder / "docs")
    (folder / "docs/dead.txt").symlink_to(folder / "nowhere")
    (folder / "docs/again.txt").symlink_to(folder / "docs/a.txt")
    sources, errors, *_ = collect(["docs"])
    assert names(sources) == ["a.txt", "b.txt", "sub/2021.5.工作总结", "sub/c.md"]
    assert [error.code for error in errors] == ["P301"]


def test_names_that_are_no_utf8(folder):
    try:
        Path("docs", "odd\udcff.txt").write_text("辛县。", encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes no such name")
    sources, _, *_ = collect(["docs"])
    odd = next(source for source in sources if source.name.startswith("odd"))
    assert odd.name == "odd\ufffd.txt" and read(odd).raw == "辛县。"
