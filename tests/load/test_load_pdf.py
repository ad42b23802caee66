"""PDF: the text layer, pages, and what has none. All documents are invented and written by hand."""

from __future__ import annotations

import load_samples as samples
import pytest

from polcmp.errors import DocumentError
from polcmp.load import ReadOptions, Source, read
from polcmp.load.pdf import ranges
from polcmp.settings import Limits

pytest.importorskip("pypdfium2")

LINE = "全县选派第一书记12名，驻村开展帮扶。"


def document(data: bytes, **limits: int):
    return read(Source("a.pdf", "a.pdf", data=data, options=ReadOptions(limits=Limits(**limits))))


def refused(data: bytes, **limits: int) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        document(data, **limits)
    assert caught.value.hint and caught.value.where == "a.pdf"
    return caught.value


def test_wrapped_lines_are_joined_and_running_ones_left_out():
    found = document(samples.as_pdf(head="云溪县文件", per_page=9))
    assert found.raw.split("\n") == list(samples.ARTICLE)
    assert found.extracted_from == "pdf" and found.encoding == ""
    assert [place.number for place in found.places] == [1, 2]
    assert found.place_at(0).number == 1
    assert found.place_at(found.raw.index("下一步，")).number == 2
    assert found.place_at(0).unit == "page"


def test_a_paragraph_over_the_end_of_a_page():
    text = "，".join(f"其{number}选派干部驻村开展帮扶工作" for number in range(60)) + "。"
    found = document(samples.as_pdf([samples.TITLE, text, LINE], head="文件", per_page=10))
    assert found.raw == "\n".join([samples.TITLE, text, LINE])
    assert len(found.places) >= 3


def test_heads_of_left_and_right_pages_and_page_numbers():
    pages = []
    for number in range(1, 9):
        head = "云溪县年鉴" if number % 2 else f"第{number}章　农业农村"
        foot = [f"{number}", f"- {number} -", f"第{number}页 共8页", f"{number}/8"][number % 4]
        body = [(samples.LEFT, 700.0 - 22 * row, 12.0, f"正文{number}之{row}，{LINE}") for row in range(5)]
        pages.append([(80.0, 810.0, 9.0, head), *body, (290.0, 30.0, 9.0, foot)])
    raw = document(samples.pdf(pages)).raw
    assert "年鉴" not in raw and "章" not in raw and "页" not in raw
    assert raw.count(LINE) == 40
    assert all(line.endswith("。") for line in raw.split("\n"))


def test_numbers_in_the_text_stay():
    texts = ["2021", "选派第一书记12名。", "12", "选派第一书记15名。"]
    rows = [(80.0, 700.0 - 22 * row, 12.0, text) for row, text in enumerate(texts)]
    assert document(samples.pdf([rows])).raw.split("\n") == texts


def test_cells_beside_one_another_are_parted_by_tabs():
    rows = [
        (80.0 + 120 * column, 700.0 - 22 * row, 12.0, text)
        for row, cells in enumerate(samples.TABLE)
        for column, text in enumerate(cells)
    ]
    assert document(samples.pdf([rows])).raw.split("\n") == ["\t".join(cells) for cells in samples.TABLE]


def test_words_of_latin_letters_keep_their_space():
    english = (
        "The county sent first secretaries to villages and paired firms with them in the year of 2021 as told"
    )
    assert document(samples.as_pdf([english.replace(" ", " ")])).raw.replace("\n", " ") == english


def test_radicals_become_the_characters_they_look_like():
    raw = document(samples.pdf([[(80.0, 700.0, 12.0, "⼀、⾦融⽀持⻓效机制，⺠族村⻄部")]])).raw
    assert raw == "一、金融支持长效机制，民族村西部"


def test_a_scan_is_refused_and_pictures_among_pages_are_told():
    error = refused(samples.pdf([[], []], picture=True))
    assert error.code == "P311" and "scan" in error.message and "OCR" in error.hint
    assert refused(samples.pdf([[]])).code == "P311"
    text = [(80.0, 700.0, 12.0, LINE)]
    mixed = document(samples.pdf([text, [], [], text], picture=True))
    assert mixed.raw.count(LINE) == 2
    assert mixed.warnings == ("pages 2–3 are pictures without text; what stands there is missing",)
    assert [place.number for place in mixed.places] == [1, 4]


def test_fonts_that_do_not_say_what_their_characters_are():
    signs = "".join(chr(0xE000 + number) for number in range(40))
    error = refused(samples.pdf([[(80.0, 700.0, 12.0, signs)]]))
    assert error.code == "P311" and "fonts" in error.message
    some = document(samples.pdf([[(80.0, 700.0, 12.0, LINE), (80.0, 678.0, 12.0, LINE + signs[:3])]]))
    assert "3 of" in some.warnings[0]


def test_damaged_and_locked_documents():
    whole = samples.as_pdf()
    locked = "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <{}> /U <{}> >>".format(
        "1a" * 32, "2b" * 32
    )
    error = refused(samples.pdf([[(80.0, 700.0, 12.0, LINE)]], trailer=locked))
    assert error.code == "P310" and "password" in error.message
    assert refused(b"%PDF-1.7\nnothing").code == "P310"
    assert refused(b"").code == "P310"
    assert refused(LINE.encode()).code == "P310"
    assert refused(whole[:60]).code == "P310"


def test_a_page_of_an_error_by_the_name_of_a_pdf():
    pytest.importorskip("trafilatura")
    found = document(f"<!DOCTYPE html><html><body><p>{LINE}</p></body></html>".encode())
    assert found.extracted_from == "html" and "read as that" in found.warnings[0]


def test_limits():
    pages = samples.pdf([[(80.0, 700.0, 12.0, LINE)]] * 3)
    error = refused(pages, pages=2)
    assert error.code == "P312" and "--limit pages=" in error.hint and "3 pages" in error.message
    assert refused(pages, characters=30).code == "P312"
    assert document(pages, pages=3).raw.count(LINE) == 3


def test_runs_of_numbers():
    assert ranges([3]) == "3" and ranges([1, 2, 3, 5, 7, 8]) == "1–3, 5, 7–8"
