"""A browser, and pages for it: the five seeds, invented regions by the thousand, hostile documents.

Tests that need the browser are skipped where Chromium or its driver is missing, unless the environment says
POLCMP_BROWSER_TESTS=required.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from report_lab import Invented, Page, large_comparison
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

import polcmp
from polcmp.api import Result
from polcmp.report import report_page

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--window-size=1360,850"),
)


def _missing(reason: str) -> None:
    if os.environ.get("POLCMP_BROWSER_TESTS") == "required":
        pytest.fail(f"{reason}, and POLCMP_BROWSER_TESTS says that it is required")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Chromium without a window, with a profile of its own."""
    browser = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    chromedriver = shutil.which("chromedriver")
    if browser is None or chromedriver is None:
        _missing("Chromium or chromedriver is not installed")
    options = Options()
    options.binary_location = str(browser)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = Service(chromedriver, log_output=subprocess.DEVNULL)
    driver = webdriver.Chrome(options=options, service=service)
    driver.set_script_timeout(30)
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def seeds_html(seeds_result: Result) -> str:
    """The report of the five seeds."""
    return seeds_result.report_page()


@pytest.fixture(scope="session")
def seeds_file(seeds_html: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeds") / "report.html"
    path.write_text(seeds_html, encoding="utf-8")
    return path


@pytest.fixture
def seeds(driver: webdriver.Chrome, seeds_file: Path) -> Iterator[Page]:
    """The report of the five seeds in the browser; nothing may be complained of on its console."""
    page = Page(driver, seeds_file.as_uri())
    page.open()
    yield page
    assert page.complaints() == []


@pytest.fixture(scope="session")
def large() -> Invented:
    """2,800 invented regions, 50 measures."""
    return large_comparison(2800, 50)


@pytest.fixture(scope="session")
def large_html(large: Invented) -> str:
    return report_page(large.comparison, raw=large.raw)


@pytest.fixture(scope="session")
def large_file(large_html: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "report.html"
    path.write_text(large_html, encoding="utf-8")
    return path


HOSTILE = """甲县</script><script>window.harmed = 'text'</script>情况

甲县选派<img src=x onerror="window.harmed='quote'">第一书记29名到村任职。
甲县选派\u202e第一书记\u202c12名\u200b到村,\x1b[31m红色\x1b[0m\x07完毕。
<!--<script> javascript:window.harmed=1 </scr\u200dipt>
甲县成立联合党委3个 <a href="javascript:window.harmed='link'">见此</a> & &lt;b&gt; ${harmed} {{ 7*7 }}。
𠮷县字在基本平面之外,甲县选派第一书记𠮷7名。
"""

HOSTILE_TAXONOMY = """version: 1
measures:
  - id: first_secretary
    name: 第一书记</script><svg onload=window.harmed=2>
    name_en: <img src=x onerror=window.harmed=3>
    definition_en: <script>window.harmed=4</script>
    patterns: ["第一书记"]
    examples: {match: [选派第一书记]}
"""


@pytest.fixture(scope="session")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on documents that try to run something, to hide something, or to be too long."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "documents").mkdir()
    (folder / "documents" / "a.txt").write_text(HOSTILE, encoding="utf-8")
    long_line = "甲县选派第一书记29名" + "很长" * 1_700_000 + "。"  # some 10 MB
    (folder / "documents" / "b.txt").write_text(long_line, encoding="utf-8")
    (folder / "documents" / "documents.yaml").write_text(
        "a.txt: {region: 甲<b>县, title: '</title><script>window.harmed=5</script>', "
        "source: 'javascript:window.harmed=6', date: 2022-01-01}\n"
        "b.txt: {region: 乙县, source: 'https://example.org/b?x=\"><script>window.harmed=7</script>'}\n",
        encoding="utf-8",
    )
    (folder / "measures.yaml").write_text(HOSTILE_TAXONOMY, encoding="utf-8")
    result = polcmp.compare(folder / "documents", taxonomy=folder / "measures.yaml")
    result.report(folder / "report.html", title="<script>window.harmed=8</script>")
    return folder / "report.html"


@pytest.fixture
def hostile(driver: webdriver.Chrome, hostile_file: Path) -> Iterator[Page]:
    page = Page(driver, hostile_file.as_uri())
    page.open()
    yield page
    assert page.run("return typeof window.harmed") == "undefined"
    assert page.complaints() == []
