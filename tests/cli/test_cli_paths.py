"""Files and URLs on the command line: `file:` URLs are paths, others are refused in their own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_lab import Polcmp

from polcmp.errors import UsageError
from polcmp.urls import is_elsewhere, local_path


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("file:///a%20b/c", "/a b/c"),
        ("file://localhost/a", "/a"),
        ("file://LOCALHOST/a", "/a"),
        ("file:/a/b", "/a/b"),
        ("FILE:///%E6%96%87", "/文"),
        ("file:a", "file:a"),
        ("a/file:/b", "a/file:/b"),
        ("s3://bucket/a%20b", "s3://bucket/a%20b"),
    ],
)
def test_paths_of_file_urls(url: str, path: str) -> None:
    assert local_path(url) == path


@pytest.mark.parametrize("url", ["file://reports/2021", "file://host", "file://", "file://localhost"])
def test_file_urls_without_a_path_here(url: str) -> None:
    with pytest.raises(UsageError) as error:
        local_path(url)
    assert (error.value.code, error.value.where) == ("P461", url)
    assert "file:///" in error.value.hint


@pytest.mark.parametrize(
    ("place", "elsewhere"),
    [
        *(("s3://b/a", True), ("s3:/b/a", True), ("https://a.cn/b.html", True), ("file:///a", False)),
        *(("C:/a", False), ("a/b", False), ("-", False), ("报告/a.txt", False), ("", False)),
    ],
)
def test_what_is_elsewhere(place: str, elsewhere: bool) -> None:
    assert is_elsewhere(place) is elsewhere


def test_documents_by_file_url(polcmp: Polcmp, reports: Path) -> None:
    plain = polcmp("compare", "good").out
    for url in (f"file://{reports}/good", f"file://localhost{reports}/good", f"file:{reports}/good"):
        assert polcmp("compare", url).out == plain
    (reports / "urls.txt").write_text(f"file://{reports}/good/a.txt\nhttp://a.cn/b.html\n", encoding="utf-8")
    listed = polcmp("compare", "@urls.txt")
    assert listed.code == 3
    assert "polcmp: http://a.cn/b.html: P301 documents are not fetched from URLs" in listed.err


def test_a_bad_url_is_an_input_that_failed(polcmp: Polcmp, reports: Path) -> None:
    done = polcmp("compare", "good", "file://good", "https://a.cn/b.html")
    assert done.code == 3
    assert "file://good: P301 this URL names the machine good, not a file of this one" in done.err
    assert "https://a.cn/b.html: P301 documents are not fetched from URLs" in done.err
    assert polcmp("show", "document", f"file://{reports}/good/a.txt", "--text").out.startswith("甲县情况")


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", "good", "-o", "s3://bucket/x.csv"),
        ("report", "good", "-o", "https://a.cn/x.html"),
        ("why", "甲县", "dispatch", "-d", "good", "-o", "gs://b/x.json"),
        ("compare", "good", "-t", "s3://bucket/measures.yaml"),
        ("taxonomy", "check", "s3://bucket/measures.yaml"),
        ("evaluate", "s3://bucket/gold"),
    ],
)
def test_files_of_options_are_here(polcmp: Polcmp, reports: Path, arguments: tuple[str, ...]) -> None:
    done = polcmp(*arguments)
    url = next(one for one in arguments if "://" in one)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"polcmp: {url}: P461 ")
    assert "a file of this machine, not a URL" in done.err
    assert not list(reports.glob("*:*"))


def test_output_by_file_url(polcmp: Polcmp, reports: Path) -> None:
    assert polcmp("compare", "good", "-o", f"file://{reports}/out.csv").code == 0
    assert (reports / "out.csv").stat().st_size
    assert polcmp("compare", "good", "-o", "file://here/out.csv").code == 2
    assert polcmp("compare", "good", "-o", "file://here/out.csv", "--lang", "zh").err.startswith(
        "polcmp: file://here/out.csv: P461 此 URL 指的是机器 here"
    )


def test_a_folder_with_a_colon_is_a_folder(polcmp: Polcmp, reports: Path) -> None:
    (reports / "ab:").mkdir()
    assert polcmp("compare", "good", "-o", "ab:/x.csv").code == 0
    assert (reports / "ab:" / "x.csv").stat().st_size
