"""What is met in folders and not read is counted and named; nothing is left out in silence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from polcmp.api import compare
from polcmp.load import ReadOptions, collect
from polcmp.load.left_out import LeftOut

LINE = "全县选派第一书记12名，驻村开展帮扶。"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        *(
            "docs/a.txt",
            "docs/b.png",
            "docs/c.png",
            "docs/sub/d.parquet",
            "docs/sub/e.tar.gz",
            "docs/README.md",
        ),
        *(
            "docs/LICENSE",
            "docs/.hidden.txt",
            "docs/._a.txt",
            "docs/~$a.docx",
            "docs/.gitignore",
            "docs/.git/x.txt",
        ),
        *("docs/p.html", "docs/p_files/x.png", "docs/documents.yaml"),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a.txt: {region: 甲县}" if name.endswith("yaml") else LINE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


TOLD = (
    "7 files left out: 2 .png, 1 .gz, 1 .parquet, 1 LICENSE, 1 README.md, 1 hidden .txt "
    "(polcmp scan reads .parquet, .gz)"
)


def test_a_folder(folder: Path) -> None:
    assert collect(["docs"]).warnings == (TOLD,)
    assert collect(["docs", "docs/sub/..", "docs/sub"]).warnings == (TOLD,)  # each file once
    assert collect(["docs/a.txt"]).warnings == ()


def test_what_is_named_besides_is_not_left_out(folder: Path) -> None:
    (told,) = collect(["docs", "docs/b.png", "docs/LICENSE"]).warnings
    assert told.startswith("5 files left out: 1 .gz, 1 .parquet, 1 .png, 1 README.md, 1 hidden .txt")


def test_globs(folder: Path) -> None:
    (folder / "docs/report").write_text(LINE, encoding="utf-8")  # without an ending, as in a folder
    (folder / "docs/x.odt").write_bytes(b"PK")
    found = collect(["docs/*"])
    assert {"a.txt", "p.html", "report"} <= {one.name for one in found.sources}
    assert sorted((error.code, Path(error.where).name) for error in found.errors) == [
        ("P303", "sub"),
        ("P307", "x.odt"),
    ]
    assert found.warnings == (TOLD.replace("7 files", "6 files").replace(", 1 hidden .txt", ""),)


def test_a_folder_with_nothing_else(folder: Path) -> None:
    found = collect(["docs/sub"])
    assert [(one.code, one.hint) for one in found.errors] == [
        ("P303", "2 files left out: 1 .gz, 1 .parquet (polcmp scan reads .parquet, .gz).")
    ]
    (folder / "empty").mkdir()
    assert "Looked for: .txt" in collect(["empty"]).errors[0].hint


def test_a_glob_with_nothing_else_is_an_error_and_no_crash(folder: Path) -> None:
    from polcmp.errors import UsageError

    with pytest.raises(UsageError) as caught:
        compare(["docs/sub/d*"])
    assert caught.value.code == "P401" and caught.value.hint


def test_many_kinds_are_counted_together(tmp_path: Path) -> None:
    left = LeftOut()
    for number in range(12):
        for copy in range(2 if number else 3):
            left.add(str(tmp_path / f"{copy}.k{chr(97 + number)}"))
    assert left.told() == ("25 files left out: 3 .ka, 2 .kb, 2 .kc, 2 .kd, 2 .ke, 2 .kf, 12 of other kinds")
    assert LeftOut().told() == ""


def test_beyond_those_known_by_path_a_folder_is_told_of_its_own_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("polcmp.load.left_out.MOST_PATHS", 3)
    left = LeftOut()
    for name in ("a.png", "b.png"):
        left.add(str(tmp_path / name))
    before = len(left)
    for name in ("c.gif", "d.gif", "e.gif"):
        left.add(str(tmp_path / name))
    assert left.told() == "5 files left out: 3 .gif, 2 .png"
    assert left.told(after=before) == "1 file left out: 1 .gif"
    assert left.told(after=len(left)) == ""


def test_what_is_no_file(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with names here")
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(LINE, encoding="utf-8")
    assert collect([str(tmp_path)]).warnings == ("1 file left out: 1 pipe or device",)


def test_results_carry_it_whatever_is_shown(folder: Path) -> None:
    result = compare("docs/", measures="cadre_dispatch", regions="甲县")
    assert TOLD in result.comparison.warnings
    assert not compare("docs/a.txt").comparison.warnings[1:]


def test_a_path_that_gives_no_region_is_told(folder: Path) -> None:
    def warnings(expression: str, *documents: str) -> tuple[str, ...]:
        options = ReadOptions(region_from=expression)
        return compare(documents, options=options, measures="cadre_dispatch").comparison.warnings

    told = "--region-from found no region in any path, such as docs/p.html"
    assert told in warnings("reports/([^/]+)/", "docs/a.txt", "docs/p.html")
    assert told not in warnings("(docs)/", "docs/a.txt", "docs/p.html")
    assert told not in warnings("reports/([^/]+)/", "docs/a.txt")  # the sidecar says it: no path is needed
