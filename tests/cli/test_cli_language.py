"""The language of what the program says on both streams: --lang, else POLCMP_LANG, else English."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_lab import SEEDS, Polcmp


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLCMP_LANG", raising=False)


def test_an_error_with_its_next_step(polcmp: Polcmp) -> None:
    listed = json.loads(polcmp("show", "measure", "--json").out)["measures"]
    known = [one["measure"] for one in listed]
    done = polcmp("why", "聂荣", "nosuchthing", "-d", SEEDS, "--lang", "zh")
    assert done.code == 2
    assert done.err == ("polcmp: P404 没有措施 'nosuchthing'\n  已知：" + ", ".join(known) + "。\n")


def test_the_environment_is_asked_where_the_option_is_not_given(polcmp: Polcmp) -> None:
    line = ("compare", "nowhere")
    english = "nowhere: P301 there is no such file or folder\n"
    assert english in polcmp(*line).err
    assert english not in polcmp(*line, POLCMP_LANG="zh").err
    assert "没有这个文件或文件夹" in polcmp(*line, POLCMP_LANG="zh").err
    assert english in polcmp(*line, "--lang", "en", POLCMP_LANG="zh").err


def test_labels_follow_the_environment_too(polcmp: Polcmp) -> None:
    assert "5个地区" in polcmp("compare", SEEDS, POLCMP_LANG="zh").out
    assert "5 regions" in polcmp("compare", SEEDS, LANG="zh_CN.UTF-8", LC_ALL="zh_CN.UTF-8").out


def test_an_unknown_language_is_refused(polcmp: Polcmp) -> None:
    done = polcmp("compare", SEEDS, POLCMP_LANG="de")
    assert done.code == 2
    assert "POLCMP_LANG" in done.err


def test_warnings_and_failed_documents(polcmp: Polcmp, reports: Path) -> None:
    done = polcmp("compare", "mixed", "good", "-m", "dividend", "--lang", "zh")
    assert done.code == 3
    assert "polcmp: mixed/b.txt: P304 " in done.err and "个是控制字符：这不是文本\n" in done.err
    assert "警告：措施 guaranteed_dividend（保底分红）在所有文档中都没有匹配" in done.err
    assert "warning" not in done.err


def test_faults_of_a_taxonomy(polcmp: Polcmp, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("version: 1\nmeasures:\n- {id: wells, pattern: [打井]}\n", encoding="utf-8")
    done = polcmp("taxonomy", "check", path, "--lang", "zh")
    assert done.code == 1
    assert f"{path}:3:15: P204 措施 wells 中有未知的键 `pattern`" in done.out
    assert "是否想写 `patterns`？" in done.out
    assert done.err == "1个错误，1个警告\n"
    used = polcmp("compare", SEEDS, "-t", path, POLCMP_LANG="zh")
    assert used.code == 2
    assert "措施 wells 中有未知的键 `pattern`" in used.err


def test_a_warning_of_a_taxonomy_says_so(polcmp: Polcmp, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("version: 1\nmeasures:\n- {id: wells, patterns: [打井工程]}\n", encoding="utf-8")
    assert "P245 警告：措施 wells 没有例句" in polcmp("taxonomy", "check", path, "--lang", "zh").out
    assert "P245 warning: measure wells has no examples" in polcmp("taxonomy", "check", path).out


def test_the_summary_of_a_scan(polcmp: Polcmp, reports: Path) -> None:
    pytest.importorskip("pyarrow")
    done = polcmp("scan", "good", "-o", "store", "--workers", "0", "--lang", "zh")
    assert done.err.endswith("读取2份文档，2处提及；结果库：store\n")


def test_json_stays_in_english(polcmp: Polcmp, reports: Path) -> None:
    """Programs read it: its words do not depend on who runs it."""
    line = ("compare", "good", "--json", "-m", "dividend", "-q")
    assert polcmp(*line).out == polcmp(*line, "--lang", "zh").out
    assert "matched nothing in any document" in polcmp(*line, POLCMP_LANG="zh").out
