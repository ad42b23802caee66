"""Stated dates in the forms that records and pages have."""

from __future__ import annotations

import pytest

from polcmp.load.dates import iso_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2022-03-05", "2022-03-05"),
        ("2022.3", "2022-03"),
        ("2022年", "2022"),
        ("2022年3月5日", "2022-03-05"),
        ("2022-03-05T08:00:00+08:00", "2022-03-05"),
        ("20220305", "2022-03-05"),
        ("发布时间：2022-03-05 08:00", "2022-03-05"),
        ("二〇二二年五月", "2022-05"),
        ("二○二二年十二月三十一日", "2022-12-31"),
        ("二〇一九年十月二十日", "2019-10-20"),
        ("2022-13-45", ""),
        ("20221345", ""),
        ("1646438400000", ""),
        ("12:30", ""),
        ("昨天", ""),
        ("", ""),
    ],
)
def test_forms(written: str, iso: str) -> None:
    assert iso_date(written) == iso
