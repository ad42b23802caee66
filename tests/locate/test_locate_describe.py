"""Title, date and region of documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from polcmp.clean import find_boilerplate
from polcmp.locate import describe
from polcmp.model.document import Description, Metadata
from polcmp.text.fold import fold

TESTS = Path(__file__).resolve().parent.parent
CASES = yaml.safe_load((TESTS / "cases" / "regions.yaml").read_text(encoding="utf-8"))


def described(raw: str, **stated: str) -> Description:
    text = fold(raw).text
    return describe(text, find_boilerplate(text), Metadata(**stated))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_region(case: dict) -> None:
    location = described(case["text"], region=case.get("stated", "")).location
    assert location.name == case["region"]
    assert location.full_name.endswith(case.get("full", ""))
    assert location.full_name == case.get("whole", location.full_name)


def gold(name: str, folder: Path) -> list[tuple[dict, str]]:
    lines = (TESTS / "gold" / name / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    return [(one, (folder / one["document"]).read_bytes().decode(one["encoding"])) for one in entries]


def test_gold_regions_without_sidecar() -> None:
    for one, raw in gold("seeds", TESTS.parent / "seeds"):
        location = described(raw).location
        assert (location.name, location.full_name) == (one["region"], one["region_full"])
    entries = gold("dev", TESTS / "gold" / "dev" / "documents")
    right = sum(described(raw).location.name == one["region"] for one, raw in entries)
    assert right >= len(entries) - 1


def test_gold_dates_are_never_wrong() -> None:
    for name, folder in (("seeds", TESTS.parent / "seeds"), ("dev", TESTS / "gold" / "dev" / "documents")):
        for one, raw in gold(name, folder):
            assert described(raw).date in ("", one["date"])


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        ("白杨县选派干部\n2022-04-12 09:40 来源：某某报\n正文在此，选派干部。", "2022-04-12"),
        ("白杨县选派干部\n发布时间：2020年11月05日 16:40 来源：某网\n会议5月3日召开。", "2020-11-05"),
        ("白杨县委通知\n各乡镇：\n请报送名单。\n中共白杨县委\n2021年3月15日", "2021-03-15"),
        ("白杨县委通知\n各乡镇：\n请报送名单。\n白杨县委\n二〇二一年十二月二十五日", "2021-12-25"),
        ("茶山新事\n新华社西安2021年5月6日电（记者 张三）茶园里人头攒动。", "2021-05-06"),
        ("一周简讯（8月17日—23日）\n白杨县综合消息：选派干部。", ""),
        ("茶山新事\n5月6日，茶园里人头攒动，2020年建成。", ""),
        ("白杨县2023—2025年方案\n到2025年，全部达标。", ""),
        ("来源：某报 00-10-17\n白杨县选派干部。", ""),
    ],
)
def test_date(raw: str, date: str) -> None:
    assert described(raw).date == date


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("白杨县：干部下沉\n2022-04-12 来源：某报\n正文在此。", "白杨县：干部下沉"),
        ("首页 > 新闻 > 正文\n白杨县：干部下沉\n正文在此。", "白杨县：干部下沉"),
        ("李建国\n白杨县位于山区，辖9个乡镇。白杨县委高度重视。", ""),
        ("为推进工作，白杨县选派干部驻村，全县已有67名科技特派员到村服务，群众满意。", ""),
        ("各乡镇党委：\n请报送名单。", ""),
        ("白杨县干部下沉-某某新闻网\n正文在此。", "白杨县干部下沉"),
    ],
)
def test_title(raw: str, title: str) -> None:
    assert described(raw).title == title.replace("：", ":")


def test_stated_goes_first() -> None:
    found = described("石门县：干部下沉\n石门县选派干部。", region="白杨县", title="另题", date="2020")
    assert (found.title, found.date, found.location.name) == ("另题", "2020", "白杨县")
    assert found.location.found_by == "sidecar"


def test_how_a_region_was_found() -> None:
    location = described("科左后旗：三股绳\n内蒙古通辽市科尔沁左翼后旗的嘎查有了钱。").location
    assert location.name == "科尔沁左翼后旗"
    assert location.full_name == "内蒙古自治区通辽市科尔沁左翼后旗"
    assert location.found_by == "title"
    assert "科左后旗" in location.aliases


def test_empty_text() -> None:
    assert described("") == Description("", "", described("").location)
    assert described("").location.name == ""


def test_who_states_the_region() -> None:
    assert (
        described("正文。", region="聂荣县", region_from="front matter").location.found_by == "front matter"
    )
    assert described("正文。", region="聂荣县", region_from="sidecar").location.found_by == "sidecar"
