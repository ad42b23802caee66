"""Invented comparisons for the report: a large one, a hostile one; and what tests say of a page to a browser.

Regions, measures and documents here exist nowhere.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from polcmp.matrix import build_comparison
from polcmp.model.comparison import Comparison, DocumentFacts, DocumentResult, MeasureInfo, TaxonomyInfo
from polcmp.model.document import Location
from polcmp.model.mention import STATUSES, Figure, Mention, Part, Reading
from polcmp.text.span import Span

VERBS = ("选派", "建立", "推行", "落实", "组建", "完善")
THINGS = ("驻村干部", "帮扶单位", "股份合作社", "联合党委", "保底分红", "科技特派员")
UNITS = (("名", "干部"), ("个", "村"), ("%", "入股额"), ("元", "资金"))


@dataclass(frozen=True)
class Invented:
    """A comparison with the texts its offsets count in."""

    comparison: Comparison
    texts: dict[str, str]

    def raw(self, document: str) -> str:
        return self.texts[document]


def large_comparison(regions: int, measures: int, share: float = 0.4, seed: int = 7) -> Invented:
    """Invented regions with one document each, which mentions about `share` of the measures."""
    chance = random.Random(seed)
    infos = tuple(
        MeasureInfo(
            f"measure_{n}", f"虚构措施{n}", f"Invented measure {n}", "虚构。", "Invented.", "无", "None"
        )
        for n in range(measures)
    )
    results, texts = [], {}
    for number in range(regions):
        name = f"doc{number:05}.txt"
        builder = _Text(name, f"虚构县{number:04}")
        for info in infos:
            for _ in range(
                chance.choices((0, 1, 2, 5), (1 - share, share * 0.6, share * 0.3, share * 0.1))[0]
            ):
                builder.mention(info.id, chance)
        texts[name] = builder.text
        date = f"20{chance.randint(15, 24)}-{chance.randint(1, 12):02}-01" if chance.random() < 0.7 else ""
        results.append(builder.result(date, f"虚构省虚构市{builder.region}"))
    info = TaxonomyInfo("invented.yaml", 1, "0" * 64)
    return Invented(build_comparison(results, (), info, infos, {"min_score": 0.6}), texts)


class _Text:
    """A document that grows a sentence at a time, with a mention in each."""

    def __init__(self, name: str, region: str) -> None:
        self.name, self.region, self.text = name, region, f"{region}情况\n\n"
        self.mentions: list[Mention] = []

    def mention(self, measure: str, chance: random.Random) -> None:
        unit, of = chance.choice(UNITS)
        amount = chance.randint(1, 900)
        before = f"{self.region}{chance.choice(('去年', '今年', '近期'))}结合实际,"
        quote = f"{chance.choice(VERBS)}{amount}{unit}{chance.choice(THINGS)}"
        after = ",持续壮大村级集体经济,群众增收渠道不断拓宽。"
        start = len(self.text) + len(before)
        span, sentence = (
            Span(start, start + len(quote)),
            Span(len(self.text), start + len(quote) + len(after)),
        )
        figure = Figure(f"{amount}{unit}", float(amount), None, unit, of, "exact", Span(2, 5))
        status = chance.choices(STATUSES, (70, 10, 15, 5))[0]
        self.mentions.append(
            Mention(
                id=f"{int(self.name[3:8]):08x}{start:08x}",
                document=self.name,
                region=self.region,
                measure=measure,
                form="",
                status=status,
                score=round(chance.uniform(0.6, 1), 4),
                raw_span=span,
                quote=quote,
                raw_sentence=sentence,
                section="",
                pattern="<dispatch> … <thing>",
                transforms=(),
                figures=(figure,),
                reading=Reading(status),
                parts=(Part("<dispatch>", quote[:2], Span(0, 2), 1.0, "exact", 0.9),),
            )
        )
        self.text += before + quote + after + "\n"

    def result(self, date: str, full_name: str) -> DocumentResult:
        facts = DocumentFacts(
            name=self.name,
            path=f"invented/{self.name}",
            sha256="0" * 64,
            encoding="utf-8",
            characters=len(self.text),
            title=f"{self.region}情况",
            date=date,
            location=Location(self.region, full_name, "sidecar"),
            warnings=(),
            masks=(),
        )
        return DocumentResult(facts, tuple(self.mentions), ())


@dataclass(frozen=True)
class Page:
    """A page in a browser, with the few things that tests do to it."""

    driver: WebDriver
    url: str

    def open(self, **asked: Any) -> Page:
        """Open it anew at a place: `open(view="beside", regions=["甲县", "乙县"])`."""
        self.driver.get("about:blank")
        self.driver.get_log("browser")  # what other pages complained of is not this one's
        self.driver.get(f"{self.url}#{urlencode(asked, doseq=True)}")
        return self

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        """Texts of all elements, in one go: the page may draw itself anew at any moment."""
        script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent.trim())"
        return [str(one) for one in self.run(script, selector)]

    def wait(self, done: Callable[[Page], Any], seconds: float = 5) -> Any:
        return WebDriverWait(self.driver, seconds, 0.02).until(lambda _: done(self))

    def press(self, *keys: str) -> Page:
        """Send keys to whatever has the focus."""
        self.driver.switch_to.active_element.send_keys(*keys)
        return self

    def hash(self) -> str:
        return str(self.run("return decodeURIComponent(location.hash)"))

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def focused(self) -> str:
        return str(self.run("return document.activeElement.textContent")).strip()

    def complaints(self) -> list[str]:
        """What the browser wrote to its console, warnings and errors."""
        return [entry["message"] for entry in self.driver.get_log("browser")]


TAB, ENTER, ESCAPE, SPACE = Keys.TAB, Keys.ENTER, Keys.ESCAPE, Keys.SPACE
UP, DOWN, LEFT, RIGHT, HOME, END = (
    *(Keys.ARROW_UP, Keys.ARROW_DOWN, Keys.ARROW_LEFT, Keys.ARROW_RIGHT),
    *(Keys.HOME, Keys.END),
)
