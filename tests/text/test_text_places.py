"""Places named in folded text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polcmp.text.gazetteer import expand, full_name, gazetteer, short_name, stem
from polcmp.text.places import canonical_name, find_places


def names(text: str) -> list[str]:
    return [place.name for place in find_places(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "贵州省黔南布依族苗族自治州云坪县甲良镇新寨村",
            ["贵州省", "黔南布依族苗族自治州", "云坪县", "甲良镇"],
        ),
        ("内蒙古阿拉善高新技术产业开发区", ["内蒙古", "阿拉善高新技术产业开发区"]),
        ("第九师一六八团九连", ["第九师一六八团"]),
        ("关于槐店县的调研,槐店县委", ["槐店县", "槐店县"]),
        ("对口支援新疆和田地区洛浦县", ["新疆", "和田地区", "洛浦县"]),
        ("滦岭县上半年工作", ["滦岭县"]),
        ("甘肃、青海两省", ["甘肃", "青海"]),
        ("都安瑶族自治县拉仁镇", ["都安瑶族自治县", "拉仁镇"]),
        ("科左后旗散都苏木", ["科左后旗", "散都苏木"]),
    ],
)
def test_found(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "全县各县区、市县和我县该县贫困县",
        "牧区山区片区社区园区景区城区灾区小区,开发区和示范区",
        "超市、城市、上市公司和市场,全市我市",
        "强村兴县,振兴县域,和县委县政府一道,建成县城",
        "各乡镇、城镇、圩镇,下乡返乡,驻镇帮镇扶村",
        "全旗各旗县,红旗旗帜,领导干部包联苏木嘎查",
        "集团公司、合作社团体、社团活动、共青团",
        "南京大学、山西日报、人民网、安康生活、长治久安、大同小异",
        "来宾们看日照充足的东方",
        "第一批次、第三方、区域合作、县际",
    ],
)
def test_common_nouns_are_no_places(text: str) -> None:
    assert names(text) == []


def test_recurrence_decides_how_long_a_name_is() -> None:
    text = "走访白石沟县。在白石沟县,白石沟县委说。"
    assert set(names(text)) == {"白石沟县"}
    assert set(names("这次走访云坪县。到了云坪县,听云坪县干部讲。")) == {"云坪县"}


def test_levels_spans_and_codes() -> None:
    text = "四川省巴中市通江县陈河镇"
    places = find_places(text)
    assert [place.level for place in places] == ["province", "prefecture", "county", "township"]
    assert all(text[place.span.start : place.span.end] == place.name for place in places)
    assert full_name(places[2].code) == "四川省巴中市通江县"


def test_names_of_several_places_are_settled_by_their_neighbours() -> None:
    code = find_places("辽宁省朝阳市与北京市朝阳区")[-1].code
    assert full_name(code) == "北京市朝阳区"
    assert find_places("朝阳区组织部")[0].code == ""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("科左后旗", "科尔沁左翼后旗"),
        ("都安县", "都安县"),
        ("都安瑶族自治县", "都安县"),
        ("陈巴尔虎旗", "陈巴尔虎旗"),
        ("阿拉善高新技术产业开发区", "阿拉善高新区"),
        ("第八师石河子市一四三团", "第八师一四三团"),
        ("云坪县", "云坪县"),
    ],
)
def test_canonical_name(written: str, expected: str) -> None:
    assert canonical_name(find_places(written + ":")[-1]) == expected


@pytest.mark.parametrize(
    ("name", "root", "short"),
    [
        ("双江拉祜族佤族布朗族傣族自治县", "双江", "双江县"),
        ("东乡族自治县", "东乡", "东乡县"),
        ("和布克赛尔蒙古自治县", "和布克赛尔", "和布克赛尔县"),
        ("鄂温克族自治旗", "鄂温克", "鄂温克族自治旗"),
        ("沛县", "沛县", "沛县"),
        ("兴安盟", "兴安", "兴安盟"),
        ("某某经济技术开发区", "某某经济技术开发", "某某经开区"),
    ],
)
def test_stem_and_short_name(name: str, root: str, short: str) -> None:
    assert (stem(name), short_name(name)) == (root, short)


def test_abbreviations() -> None:
    assert gazetteer().name_of[expand("科左后旗")] == "科尔沁左翼后旗"
    assert expand("不存在县") == ""


def test_packaged_stems_agree_with_the_rule() -> None:
    for root, codes in gazetteer().stems.items():
        assert all(stem(gazetteer().name_of[code]) == root for code in codes)


@given(st.text(alphabet="云坪县市区旗镇乡在和全第九师一团省州 ,。\n科左后内蒙古", max_size=80))
def test_places_are_ordered_disjoint_and_verbatim(text: str) -> None:
    end = 0
    for place in find_places(text):
        assert end <= place.span.start < place.span.end <= len(text)
        assert text[place.span.start : place.span.end] == place.name
        end = place.span.end
