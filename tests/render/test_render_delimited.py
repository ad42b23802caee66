"""CSV and TSV: read back by the csv module and by pandas without loss, and run by no spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_samples import Found, Text, compare, sample

from polcmp.render import render, render_bytes
from polcmp.render.delimited import safe_field, unguarded

DELIMITERS = {"csv": ",", "tsv": "\t"}

STARTS = ("=1", "+1", "-1", "@x", "\t=", "\r=", "'=1", "''-", "'x", "", "甲")


@pytest.mark.parametrize("name", DELIMITERS)
def test_pandas_reads_every_text_as_it_was(name: str) -> None:
    pandas = pytest.importorskip("pandas")
    texts = [
        Text(f"{at}.txt", "甲县", "", f"{quote}。", [Found(quote, "cadre_dispatch", section="", form="NA")])
        for at, quote in enumerate(f'{start}选派\n干部,"引"\t；' for start in STARTS)
    ]
    comparison = compare(texts)
    data = io.BytesIO(render_bytes(comparison, name, bom=True))
    table = pandas.read_csv(data, sep=DELIMITERS[name], dtype={"id": str}, keep_default_na=False)
    assert [unguarded(one) for one in table["quote"]] == [one.quote for one in comparison.mentions]
    assert list(table["id"]) == [one.id for one in comparison.mentions]
    assert list(table["start"]) == [one.raw_span.start for one in comparison.mentions]
    assert set(table["form"]) == {"NA"}


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\nab甲"), max_size=8))
def test_what_guards_a_text_can_be_taken_off(text: str) -> None:
    guarded = safe_field(text)
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded) == text


@pytest.mark.parametrize("name", DELIMITERS)
def test_a_mark_only_where_it_is_wanted(name: str) -> None:
    text = render(sample(), name)
    assert render_bytes(sample(), name) == text.encode()
    assert render_bytes(sample(), name, bom=True) == b"\xef\xbb\xbf" + text.encode()


@pytest.mark.parametrize("name", DELIMITERS)
def test_a_list_on_a_terminal_obeys_no_document(name: str) -> None:
    evil = "\x1b[2J\x07\x9b31m\u202e\u2066\x00"
    text = Text("a.txt", "甲县", "", f"选派{evil}干部。", [Found(f"选派{evil}干部", "cadre_dispatch")])
    (row,) = csv.DictReader(io.StringIO(render(compare([text]), name)), delimiter=DELIMITERS[name])
    assert row["quote"] == "选派\ufffd[2J\ufffd\ufffd31m\ufffd\ufffd\ufffd干部"
