"""The page as its readers use it: with a mouse, with links, with the keyboard alone."""

from __future__ import annotations

from pathlib import Path

from report_lab import DOWN, ENTER, ESCAPE, HOME, LEFT, RIGHT, SPACE, TAB, UP, Page
from selenium.webdriver.remote.webdriver import WebDriver

import polcmp
from polcmp.model.mention import STATUSES
from polcmp.render.palette import DARK_FILLS, FILLS

CELL = '.cell[data-row="{}"][data-column="{}"]'


def test_the_matrix_shows_every_cell_with_its_figure(seeds: Page) -> None:
    assert len(seeds.all(".cell")) == 25
    assert seeds.texts(".row-head bdi")[0] == "陈巴尔虎旗"
    cell = seeds.one(CELL.format(1, 3)).text
    assert "implemented" in cell and "8% 入股额" in cell
    assert seeds.one(CELL.format(0, 4)).get_attribute("aria-label") == "not mentioned"


def test_a_click_opens_the_sentence_with_the_words_marked(seeds: Page) -> None:
    seeds.one(CELL.format(1, 3)).click()
    assert "阿拉善高新区" in seeds.one("#panel-title").text
    assert seeds.texts("#panel blockquote mark") == ["按照入股額的8%進行保底分紅"]
    assert seeds.one("#panel blockquote").text.startswith("建立區")
    assert "2022-04-12" in seeds.one(".quote-source").text
    assert "001_70f536fde6f55a41.txt" in seeds.one(".quote-source").text
    seeds.run("document.querySelector('.quote details').open = true")
    points = [float(one.replace("−", "-")) for one in seeds.texts(".score-table tbody .amount")]
    assert abs(sum(points) - float(seeds.one(".score-table tfoot .amount").text)) < 0.003
    assert "<percent>" in seeds.one(".quote details").text


def test_a_further_click_shows_the_place_in_the_whole_document(seeds: Page) -> None:
    seeds.open(region="阿拉善高新区", measure="guaranteed_dividend")
    seeds.one(".quote-more a").click()
    here = seeds.wait(lambda page: page.all(".document-text .here"))
    assert "".join(one.get_property("textContent") for one in here).endswith("入股額的8%進行保底分紅")
    box = here[0].rect
    top = seeds.run("return window.scrollY")
    assert top < box["y"] < top + seeds.run("return innerHeight")
    seeds.driver.back()
    assert seeds.wait(lambda page: page.texts("#panel blockquote mark")) == ["按照入股額的8%進行保底分紅"]
    seeds.driver.back()
    seeds.driver.forward()
    assert seeds.wait(lambda page: page.all(".quote"))


def test_what_does_not_count_is_shown_in_its_place_as_well(seeds: Page) -> None:
    seeds.open(region="聂荣县", measure="unit_village_pairing")
    seeds.one(".drop-group summary").click()
    assert "excluded" in seeds.one(".drop-group .reason").text
    (quote,) = seeds.texts(".drop-group blockquote mark")
    seeds.one(".drop-group .quote-more a").click()
    seeds.wait(lambda page: page.all(".document-text .here"))
    assert "".join(seeds.texts(".document-text .here")) == quote


def test_masks_and_headings_are_marked_in_a_document(seeds: Page, seeds_html: str) -> None:
    seeds.open(view="document", document="004_385cd5e5a16021b1.txt")
    assert seeds.texts(".outline a")
    raw = seeds.one(".document-text").get_property("textContent")
    assert len(seeds.all(".document-text mark")) >= 16
    assert "聯村" in raw


def test_an_empty_cell_says_why_it_is_empty(seeds: Page) -> None:
    seeds.open(region="聂荣县", measure="guaranteed_dividend")
    assert "Nothing of this measure was found in the region’s 1 document" in seeds.one("#panel .empty").text
    assert "does not mean the region does not do it" in seeds.one("#panel .empty").text


def test_filters_narrow_the_matrix_and_can_be_linked_to(seeds: Page) -> None:
    seeds.one("#filter-find").send_keys("西藏")
    seeds.wait(
        lambda page: page.texts(".row-head bdi") and page.texts(".row-head .head button > bdi") == ["聂荣县"]
    )
    assert "find=西藏" in seeds.hash()
    seeds.one("#clear").click()
    assert len(seeds.texts(".row")) == 5
    seeds.one('[data-status="called_for"]').click()
    assert seeds.texts(".row-head .head button > bdi") == ["扎赉特旗"]
    seeds.driver.refresh()
    assert seeds.texts(".row-head .head button > bdi") == ["扎赉特旗"]
    assert "1 filled cell fits" in seeds.one("#shown").text


def test_words_are_found_whatever_the_script_of_the_document(seeds: Page) -> None:
    for words in ("保底分红", "保底分紅"):
        seeds.open(text=words)
        assert seeds.texts(".row-head .head button > bdi") == ["阿拉善高新区"], words
    seeds.open(text="没有这样的话")
    assert seeds.one("#nothing").is_displayed()


def test_measures_can_be_chosen_and_sorted_by(seeds: Page) -> None:
    seeds.open(measures=["joint_committee"], sort="joint_committee")
    assert [one.text for one in seeds.all(".row-head .head button > bdi")][:2] == ["聂荣县", "伊金霍洛旗"]
    assert len(seeds.all(".column-head")) == 1
    seeds.open(sort="most")
    assert seeds.texts(".row-head .head button > bdi")[0] in ("阿拉善高新区", "聂荣县")


def test_the_matrix_turns_round_and_gets_compact(seeds: Page) -> None:
    seeds.one("#toggle-turn").click()
    assert seeds.one(".corner").text == "Measure"
    assert seeds.texts(".column-head .head button > bdi")[4] == "聂荣县"
    seeds.one("#toggle-dense").click()
    assert seeds.one(CELL.format(3, 1)).get_attribute("aria-label").startswith("implemented, 1 mention, 8%")
    assert "turn=1" in seeds.hash() and "dense=1" in seeds.hash()


def test_shared_and_distinguishing_measures(seeds: Page) -> None:
    """The question of docs/report.md: which measures do 伊金霍洛旗 and 聂荣县 share?"""
    for region in ("伊金霍洛旗", "聂荣县"):
        seeds.one(f'[aria-label="Choose {region} for side by side"]').click()
    seeds.one("#set-beside").click()
    groups = {
        body[0]: body[1:]
        for body in (str(one.get_property("innerText")).splitlines() for one in seeds.all(".beside tbody"))
    }
    both = next(" ".join(lines) for title, lines in groups.items() if title.startswith("Both have it"))
    assert all(name in both for name in ("Cadre dispatch", "Unit–village pairing", "Joint committee"))
    only = next(" ".join(lines) for title, lines in groups.items() if title.startswith("Only 聂荣县"))
    assert "Shareholding cooperative" in only
    assert "Only 伊金霍洛旗" not in " ".join(groups)


def test_a_chart_never_mixes_units(seeds: Page) -> None:
    seeds.open(view="measures")
    seeds.wait(lambda page: page.all(".chart"))
    for chart in seeds.all(".chart"):
        unit = str(chart.get_property("textContent")).split("in ")[1].split()[0][0]
        values = [
            one.get_property("textContent") for one in chart.find_elements("css selector", ".bar-value")
        ]
        assert values and all(unit in value for value in values), (unit, values)


def test_the_similarity_map_sets_a_pair_side_by_side(seeds: Page) -> None:
    seeds.open(view="similarity")
    assert len(seeds.all(".map-square[data-pair]")) == 20
    seeds.run(
        "document.querySelector('.map-square[data-pair]').dispatchEvent(new Event('click', {bubbles: true}))"
    )
    assert len(seeds.all(".beside thead th")) == 3


def test_statuses_have_the_colours_of_the_palette_and_a_shape_each(seeds: Page) -> None:
    shapes = {str(one.get_property("innerHTML")) for one in seeds.all(".legend .mark")}
    assert len(shapes) == len(seeds.all(".legend .mark")) == len(STATUSES)
    colour = (
        "const style = getComputedStyle(document.querySelector('{}'));"
        "return [style.backgroundColor, style.color]"
    )
    for fills, theme in ((FILLS, "light"), (DARK_FILLS, "dark")):
        seeds.run(f"document.documentElement.dataset.theme = '{theme}'")
        for status in ("implemented", "called_for"):
            parts = [tuple(bytes.fromhex(shade[1:])) for shade in fills[status]]
            assert seeds.run(colour.format(f".cell.is-{status}")) == [f"rgb{one}" for one in parts]
    seeds.run("document.documentElement.dataset.theme = 'auto'")


def test_bars_and_marks_in_a_text_tell_the_status_without_colour(seeds: Page) -> None:
    seeds.open(view="measures")
    bars = seeds.wait(lambda page: page.all(".chart tbody tr"))
    assert len(seeds.all(".chart tbody th .mark")) == len(bars)
    seeds.open(view="document", document="004_385cd5e5a16021b1.txt")
    marks = seeds.wait(lambda page: page.all(".document-text mark sup"))
    assert len(seeds.all(".document-text mark sup .mark")) == len(marks)


def test_the_timeline_names_first_documents(seeds: Page) -> None:
    seeds.open(view="timeline")
    assert "2022-04-12 阿拉善高新区" in seeds.texts(".firsts li")
    assert "No dated document reports as done: Joint committee." in seeds.one("#main").text
    seeds.one(".firsts a").click()
    assert "阿拉善高新区" in seeds.one("#panel-title").text


def test_how_it_was_made(seeds: Page) -> None:
    seeds.open(view="made")
    text = seeds.one("#main").text
    assert "sha256" in text and "min_score" in text and "81" in text
    assert "measures.yaml" in text


def test_the_language_is_switched_and_linked_to(seeds: Page) -> None:
    seeds.one('[data-lang="zh"]').click()
    assert seeds.run("return document.documentElement.lang") == "zh-Hans"
    assert "已实施" in seeds.one(CELL.format(0, 0)).text
    seeds.driver.refresh()
    assert seeds.one("#views a").text == "总表"
    seeds.one('[data-lang="en"]').click()
    assert "lang" not in seeds.hash()


def test_light_and_dark_follow_the_system_until_chosen(seeds: Page) -> None:
    shade = "return getComputedStyle(document.body).backgroundColor"
    dark = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    light = seeds.run(shade)
    try:
        seeds.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", dark)
        assert seeds.run(shade) != light
        seeds.one('#choose-theme [data-theme="light"]').click()
        assert seeds.run(shade) == light
        seeds.open()
        assert seeds.run(shade) == light, "the choice is kept"
    finally:
        seeds.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
        seeds.run("localStorage.clear()")


def test_the_keyboard_alone_is_enough(seeds: Page) -> None:
    seeds.press(TAB)
    assert seeds.focused() == "Skip to the content"
    seeds.press(ENTER)
    for _ in range(30):
        seeds.press(TAB)
        if seeds.run("return document.activeElement.matches('#grid *')"):
            break
    assert seeds.run("return document.activeElement.matches('.cell')")
    seeds.press(RIGHT, RIGHT, RIGHT, DOWN)
    assert "8%" in seeds.focused()
    assert seeds.run("return document.activeElement.matches(':focus-visible')")
    seeds.press(ENTER)
    assert "阿拉善高新区" in seeds.focused()
    seeds.press(ESCAPE)
    assert "8%" in seeds.focused(), "the focus goes back to the cell"
    assert not seeds.one("#panel").is_displayed()
    seeds.press(HOME, LEFT)
    assert "阿拉善高新区" in seeds.focused(), "row heads are reached as well"
    seeds.press(SPACE)
    assert "regions=阿拉善高新区" in seeds.hash()
    seeds.press(UP, UP)
    assert seeds.run("return document.querySelectorAll('#grid [tabindex=\"0\"]').length") == 1


def test_a_link_to_nothing_shows_the_matrix(seeds: Page) -> None:
    seeds.open(view="nonsense", region="没有县", measure="none", status="x", sort="none", document="none")
    assert len(seeds.all(".cell")) == 25
    seeds.open(view="document", document="none.txt")
    assert len(seeds.all(".cell")) == 25


def test_a_narrow_window_does_not_scroll_sideways(seeds: Page) -> None:
    small = {"width": 400, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    try:
        seeds.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", small)
        for asked in (
            *(
                {},
                {"region": "聂荣县", "measure": "cadre_dispatch"},
                {"view": "measures"},
                {"view": "timeline"},
            ),
            *(
                {"view": "beside", "regions": ["聂荣县", "扎赉特旗"]},
                {"view": "similarity"},
                {"view": "made"},
            ),
            {"view": "document", "document": "004_385cd5e5a16021b1.txt"},
        ):
            seeds.open(**asked)
            assert seeds.run("return document.documentElement.scrollWidth") <= 400, asked
    finally:
        seeds.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_an_address_of_what_is_not_there_says_so(seeds: Page) -> None:
    seeds.open(region="nope", measure="joint_committee")
    assert seeds.one("#astray").text == "There is no region “nope” in this report."
    assert seeds.one("#said").get_property("textContent") == "There is no region “nope” in this report."
    assert seeds.one("#matrix").is_displayed() and not seeds.one("#panel").is_displayed()
    seeds.one("#toggle-turn").click()
    assert not seeds.one("#astray").is_displayed(), "it is about the address that was left"
    for kind in ("view", "measure", "document"):
        seeds.open(**{"view": "document", "lang": "zh", kind: "nope"})
        assert "“nope”" in seeds.one("#astray").text, kind
        assert seeds.one("#matrix").is_displayed()


def test_a_document_is_found_by_its_path_as_well(seeds: Page) -> None:
    seeds.open(view="document", document="some/folder/004_385cd5e5a16021b1.txt")
    assert seeds.all(".document-text mark")
    assert not seeds.one("#astray").is_displayed()


def test_escape_after_a_deep_link_goes_to_the_cell(seeds: Page) -> None:
    for turned in ({}, {"turn": "1"}):
        seeds.open(region="阿拉善高新区", measure="guaranteed_dividend", **turned)
        place = seeds.run(
            "const { row, column } = document.querySelector('.cell.open').dataset; return [row, column]"
        )
        seeds.press(ESCAPE)
        assert not seeds.one("#panel").is_displayed()
        focused = "const { row, column } = document.activeElement.dataset; return [row, column]"
        assert seeds.run(focused) == place


def test_heads_count_what_fits_the_filters(seeds: Page) -> None:
    seeds.open()
    assert all(
        one.endswith(" have it") or one.endswith(" has it") for one in seeds.texts(".measure-head small")
    )
    seeds.open(status=["called_for"])
    counts = [one.split() for one in seeds.texts(".measure-head small")]
    assert {tuple(one[1:3]) for one in counts} == {("of", "1")} and {one[3] for one in counts} <= {
        "fit",
        "fits",
    }
    assert sum(int(one[0]) for one in counts) == len(seeds.all(".cell:not(.off)")) == 1
    assert seeds.run("return getComputedStyle(document.querySelector('.cell.off > *')).opacity") == "1"


def test_what_is_unknown_left_out_or_equal_is_told(driver: WebDriver, tmp_path: Path) -> None:
    """Seven invented regions that say the same, and one unknown; one quotation of each cell."""
    (tmp_path / "documents").mkdir()
    for name in "甲乙丙丁戊己庚":
        text = f"{name}县概况\n\n本地已选派第一书记3名。又选派驻村工作队{ord(name)}人。"
        (tmp_path / "documents" / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "documents" / "z.txt").write_text("本地已选派第一书记8名。", encoding="utf-8")
    stated = "".join(f"{name}.txt: {{region: {name}县}}\n" for name in "甲乙丙丁戊己庚")
    (tmp_path / "documents" / "documents.yaml").write_text(stated, encoding="utf-8")
    result = polcmp.compare(tmp_path / "documents")
    (tmp_path / "page.html").write_text(result.report_page(evidence=1), encoding="utf-8")
    page = Page(driver, (tmp_path / "page.html").as_uri()).open()
    assert page.one("#facts").text.startswith("7 regions and (region unknown) · ")
    page.open(lang="zh")
    assert page.one("#facts").text.startswith("7个地区、（地区不明） · ")
    page.open(region="甲县", measure="cadre_dispatch")
    assert page.one("#panel .notice").text == (
        "1 more mention of this cell is not in this page. "
        "See all with: polcmp why 甲县 cadre_dispatch -d DOCUMENTS"
    )
    page.open(view="similarity")
    assert page.texts("tfoot td") == ["and 9 more pairs equally similar"]
    page.open(view="made")
    assert "each cell shows at most 1 of its quotations" in page.one("main").text
    assert page.complaints() == []
