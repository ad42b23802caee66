"""Encodings: round trips, damage, and what is no text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polcmp.errors import DocumentError
from polcmp.load.encoding import Decoded, decode
from polcmp.load.labels import codec_of, declared_in_page

ROOT = Path(__file__).parents[2]

# Invented for these tests.
SIMPLIFIED = (
    "全县选派第一书记12名，驻村开展帮扶。\r\n二、下一步，将发展壮大村集体经济，“企业＋合作社”分红3.5万元。\n"
    "各乡镇党委要加强领导，把工作落到实处。"
)
TRADITIONAL = (
    "全縣選派第一書記12名，駐村開展幫扶。\r\n二、下一步，將發展壯大村集體經濟，「企業」分紅3.5萬元。\n"
)
BOMS = {"utf-8-sig": "utf-8-sig", "utf-16": "utf-16", "utf-32": "utf-32"}


UNIVERSAL = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "gb18030")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(text, one) for text in (SIMPLIFIED, TRADITIONAL) for one in UNIVERSAL] + [(TRADITIONAL, "big5hkscs")],
)
def test_round_trip(text, encoding):
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.warnings) == (text, encoding, ())


@pytest.mark.parametrize(
    ("mark", "codec"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")]
)
def test_byte_order_marks_are_no_text(mark, codec):
    decoded = decode(mark + SIMPLIFIED.encode(codec))
    assert decoded.text == SIMPLIFIED
    assert decoded.encoding == ("utf-8-sig" if codec == "utf-8" else "utf-16")


@given(st.text(alphabet="全县选派第一书记驻村开展帮扶发展壮大集体经济的是在和，。12 \n\r", min_size=12))
def test_line_ends_and_spaces_are_kept(text):
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        decoded = decode(text.encode(encoding))
        assert decoded.text == text


@given(st.binary(max_size=300))
def test_no_bytes_are_too_odd(data):
    try:
        decoded = decode(data, "x.txt")
    except DocumentError as error:
        assert error.code == "P304" and error.hint and error.where == "x.txt"
    else:
        assert decoded.text == data.decode(decoded.encoding, "replace")


@given(st.integers(0, 200), st.sampled_from(["utf-8", "gb18030", "utf-16", "big5hkscs"]))
def test_a_file_cut_anywhere_is_read(cut, encoding):
    data = TRADITIONAL.encode(encoding)
    cut = min(cut, len(data))
    decoded = decode(data[:cut])
    if cut > 40:
        assert decoded.encoding == encoding
        assert TRADITIONAL.startswith(decoded.text.rstrip("\ufffd")[:-1])
        assert bool(decoded.warnings) == ("\ufffd" in decoded.text)


def test_damage_names_the_byte():
    data = bytearray(SIMPLIFIED.encode("utf-8"))
    data[30] = 0xFF
    decoded = decode(bytes(data))
    assert decoded.encoding == "utf-8"
    assert "byte 29" in decoded.warnings[0]  # where the character begins
    assert "\ufffd" in decoded.text
    cut = decode(SIMPLIFIED.encode("gb18030")[:-1])
    assert "middle of a character" in cut.warnings[0] and cut.encoding == "gb18030"


def test_rare_characters_of_gb18030_and_hkscs():
    assert decode((SIMPLIFIED + "㐀𠀀").encode("gb18030")).text.endswith("㐀𠀀")
    assert decode((TRADITIONAL + "邨裏衞").encode("big5hkscs")).text.endswith("邨裏衞")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 x", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office"),
        (b"{\\rtf1", "RTF"),
        (bytes(range(256)) * 4, "control"),
        (b"\0" * 100, "control"),
    ],
)
def test_binary_is_refused_with_a_reason(data, word):
    with pytest.raises(DocumentError) as caught:
        decode(data, "a.txt")
    assert caught.value.code == "P304" and word in caught.value.message and caught.value.hint


def test_empty_and_ascii():
    assert decode(b"") == decode(b"")
    assert decode(b"").text == ""
    assert decode(b"plain 3.5%\n").encoding == "utf-8"


def test_no_encoding_fits():
    decoded = decode("Fôrêt déjà vu, naïve café à côté. ".encode("latin-1") * 20)
    assert any("no encoding of Chinese fits" in one for one in decoded.warnings)


@pytest.mark.parametrize(
    ("folder", "texts", "count"),
    [("tests/gold/seeds", "seeds", 5), ("tests/gold/dev", "tests/gold/dev/documents", 20)],
)
def test_labelled_documents(folder, texts, count):
    for line in (ROOT / folder / "documents.jsonl").read_text("utf-8").splitlines()[:count]:
        document = json.loads(line)
        data = (ROOT / texts / document["document"]).read_bytes()
        decoded = decode(data)
        assert decoded.encoding == document["encoding"]
        assert decoded.text == data.decode(document["encoding"])
        assert len(decoded.text) == document["characters"]
        assert decoded.warnings == ()
        # The same text in every codec that can hold it.
        for encoding in ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"):
            try:
                again = decoded.text.encode(encoding)
            except UnicodeEncodeError:
                continue
            assert (decode(again).text, decode(again).encoding) == (decoded.text, encoding)


# Invented as well.
OTHERS = {
    "cp932": "農村の集落営農組織を支援し、地域の担い手を確保するため、町は職員を派遣した。"
    "これにより所得が増えた。",
    "cp949": "농촌 마을에 공무원을 파견하여 공동체 소득을 늘리고 기업과 협력하였다. 앞으로도 계속 추진한다.",
    "cp1251": "В сельские поселения направлены специалисты для укрепления коллективного хозяйства и помощи.",
    "koi8_r": "В сельские поселения направлены специалисты для укрепления коллективного хозяйства и помощи.",
}


@pytest.mark.parametrize("encoding", OTHERS)
def test_what_is_no_chinese_is_guessed_with_a_doubt(encoding):
    pytest.importorskip("charset_normalizer")
    decoded = decode(OTHERS[encoding].encode(encoding))
    assert (decoded.text, decoded.encoding) == (OTHERS[encoding], encoding)
    assert "no encoding of Chinese fits well" in decoded.warnings[0] and "--encoding" in decoded.warnings[0]


@pytest.mark.parametrize("encoding", OTHERS)
@pytest.mark.parametrize("declared", ["", "gb18030", "big5hkscs", "cp1252"])
def test_labels_of_chinese_on_what_is_none(encoding, declared):
    pytest.importorskip("charset_normalizer")
    data = OTHERS[encoding].encode(encoding)
    assert decode(data, declared=encoding) == Decoded(OTHERS[encoding], encoding)
    if not (encoding in ("cp1251", "koi8_r") and declared == "cp1252"):  # both are letters of one byte
        assert decode(data, declared=declared).text == OTHERS[encoding]


@pytest.mark.parametrize(("text", "codec"), [(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5hkscs")])
@pytest.mark.parametrize("declared", ["gb18030", "big5hkscs", "cp932", "cp949", "cp1252", "utf-8", "utf-7"])
def test_labels_that_lie_about_chinese(text, codec, declared):
    decoded = decode(text.encode(codec), declared=declared)
    assert (decoded.text, decoded.encoding, decoded.warnings) == (text, codec, ())


@given(
    st.binary(max_size=300), st.sampled_from(["gb18030", "cp1252", "cp932", "utf-8", "utf-16", "iso2022_jp"])
)
def test_no_bytes_are_too_odd_for_a_label_or_a_wish(data, name):
    for asked, declared in ((name, ""), ("", name)):
        try:
            decoded = decode(data, "x.txt", asked=asked, declared=declared)
        except DocumentError as error:
            assert error.code == "P304" and error.hint
        else:
            assert not asked or decoded.encoding == asked


def test_labels_as_browsers_read_them():
    assert [codec_of(one) for one in ("GB2312", "gbk", "x-gbk", "GB_2312-80")] == ["gb18030"] * 4
    assert [codec_of(one) for one in ("Big5", "latin1", "Shift_JIS", "utf-16")] == [
        *("big5hkscs", "cp1252", "cp932", "utf-8")
    ]
    assert codec_of("no-such") == codec_of("base64") == ""
    assert declared_in_page(b"<meta http-equiv=Content-Type content='text/html; charset=GBK'>") == "gb18030"
    assert declared_in_page(b'<META CHARSET = "big5" >') == "big5hkscs"
    assert declared_in_page(b"<?xml version='1.0' encoding='gb2312'?>") == "gb18030"
    assert declared_in_page(b"<p>charset=gbk</p>") == ""
