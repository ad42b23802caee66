"""Dates of a text seen from the day it was written; all texts invented."""

from __future__ import annotations

import pytest

from polcmp.context import open_context
from polcmp.context.calendar import Day, written
from polcmp.model.document import Location
from polcmp.segment import segment
from polcmp.text.fold import fold
from polcmp.text.span import Span


def status(marked: str, date: str, title: str = "青柳县近况") -> str:
    start, end = marked.index("【"), marked.index("】") - 1
    folded = fold(marked.replace("【", "").replace("】", ""))
    segmentation = segment(folded.text)
    span = folded.folded_span(Span(start, end))
    number = next(n for n, s in enumerate(segmentation.sentences) if s.folded_span.overlaps(span))
    reader = open_context(folded.text, segmentation, Location(""), title, date=date)
    return reader.read(span, number).status


@pytest.mark.parametrize(
    ("marked", "date", "expected"),
    [
        ("到2020年，【全县村村有第一书记】。", "2018-05-02", "planned"),
        ("到2020年，【全县村村有第一书记】。", "2022-05-02", "implemented"),
        ("到2020年底，【全县村村有第一书记】。", "2020-06-30", "planned"),
        ("2020年底前，【全县组建联村党委18个】。", "2019", "planned"),
        ("2020年底前，【全县组建联村党委18个】。", "2021", "implemented"),
        ("2026年，【全县组建联村党委18个】。", "2024-03-01", "planned"),
        ("2026年，【全县组建联村党委18个】。", "", "implemented"),
        ("2024年5月，【全县组建联村党委18个】。", "2024-03-01", "planned"),
        ("2024年2月，【全县组建联村党委18个】。", "2024-03-01", "implemented"),
        ("截至2026年底，【全县已组建联村党委18个】。", "2024-03-01", "implemented"),
        ("计划到2020年，【全县村村有第一书记】。", "2022-05-02", "planned"),
    ],
)
def test_a_date_is_to_come_or_over(marked: str, date: str, expected: str) -> None:
    assert status(marked, date) == expected


def test_the_year_of_a_report_is_over() -> None:
    marked = "到2019年底，【全县建成联村党委18个】。"
    assert status(marked, "", "青柳县2019年度工作总结") == "implemented"
    assert status(marked, "", "青柳县2019年工作打算") == "planned"


@pytest.mark.parametrize(
    ("date", "title", "day"),
    [
        ("2021-05-06", "青柳县2019年工作总结", Day(2021, 5)),
        ("2021", "", Day(2021, 0)),
        ("", "青柳县2019年工作总结", Day(2019, 13)),
        ("", "青柳县2019年工作总结和2020年工作计划", None),
        ("", "青柳县近况", None),
    ],
)
def test_when_a_document_was_written(date: str, title: str, day: Day | None) -> None:
    assert written(date, title) == day


def test_what_is_certain_of_a_day() -> None:
    day = Day(2021, 5)
    assert day.before(2022, 0) and day.before(2021, 6) and not day.before(2021, 0)
    assert day.after(2020, 0) and day.after(2021, 4) and not day.after(2021, 5) and not day.after(2021, 0)
    assert not Day(2021, 0).before(2021, 12) and not Day(2021, 0).after(2021, 1)
