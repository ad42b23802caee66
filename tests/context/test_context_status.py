"""Status of stretches: hand-labelled invented sentences and papers, and the labelled documents."""

from __future__ import annotations

from typing import Any

import pytest
from context_cases import load_cases, read_case, read_document

from polcmp.model.mention import STATUSES

SENTENCES = ("status.yaml", "status_more.yaml", "status_plain.yaml")


@pytest.mark.parametrize("case", [case for name in SENTENCES for case in load_cases(name)])
def test_status_of_a_sentence(case: dict[str, Any]) -> None:
    reading = read_case(case)
    assert reading.status == case["status"], f"{reading.cue!r} from {reading.cue_from}"


@pytest.mark.parametrize(
    "paper", load_cases("status_documents.yaml") + load_cases("status_documents_more.yaml")
)
def test_status_in_a_paper(paper: dict[str, Any]) -> None:
    wrong = [
        (words, status, reading.status, reading.cue)
        for words, status, reading in read_document(paper["text"])
        if reading.status != status
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "cue", "cue_from"),
    [
        ("全县已【选派第一书记30名】。", "已", "clause"),
        ("下一步,县里【选派第一书记30名】。", "下一步", "sentence"),
        ("县里【选派第一书记30名】。", "", "default"),
    ],
)
def test_reading_says_what_decided(text: str, cue: str, cue_from: str) -> None:
    reading = read_case({"text": text})
    assert (reading.cue, reading.cue_from) == (cue, cue_from)


def test_section_and_document_are_named_as_deciding() -> None:
    assert read_case({"heading": "二、存在问题", "text": "【村企结对轻落实】。"}).cue_from in (
        "clause",
        "section",
    )
    assert read_case({"heading": "三、下步打算", "text": "【村企结对】。"}).cue_from == "section"
    assert (
        read_case({"title": "青柳县驻村工作管理办法", "text": "【每村一名第一书记】。"}).cue_from
        == "document"
    )


@pytest.mark.parametrize(
    "text",
    [
        "全县重要的、主要的、需要的要素摘要都在这里,【每村一名第一书记】。",
        "不断、不仅、不少、不久、无不、无疑,【每村一名第一书记】。",
        "将军、将近、应急、供应、响应、反应,【每村一名第一书记】。",
        "未来产业、未必、未婚、没收、埋没,【每村一名第一书记】。",
    ],
)
def test_false_friends_are_no_cues(text: str) -> None:
    assert read_case({"text": text}).status == "implemented"


@pytest.mark.parametrize("text", ["【。】", "【,】,", "【第一书记】", "要【】将", "【没有】", "但【但】但"])
def test_any_text_gets_one_of_the_statuses(text: str) -> None:
    assert read_case({"text": text.replace("【】", "【应】")}).status in STATUSES
