"""Word documents: what a reader sees, in order. All documents are invented."""

from __future__ import annotations

import load_samples as samples
import pytest

from polcmp.errors import DocumentError
from polcmp.load import ReadOptions, Source, read
from polcmp.load.word_numbers import chinese
from polcmp.settings import Limits

docx = pytest.importorskip("docx")

LINE = "全县选派第一书记12名，驻村开展帮扶。"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(data: bytes, name: str = "a.docx", **limits: int):
    return read(Source(name, name, data=data, options=ReadOptions(limits=Limits(**limits))))


def with_body(xml: str, **parts: bytes) -> bytes:
    """A document whose body is `xml`."""
    body = f"<w:document {W} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
    whole = f"{body}<w:body>{xml}<w:sectPr/></w:body></w:document>"
    return samples.repacked(samples.as_docx(), {"word/document.xml": whole.encode(), **parts})


def lines(xml: str) -> list[str]:
    return document(with_body(xml)).raw.split("\n")


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_paragraphs_headings_and_tables_in_order():
    made = docx.Document()
    made.add_heading("云溪县工作总结", 0)
    made.add_paragraph(LINE)
    table = made.add_table(2, 2)
    for row, cells in enumerate(samples.TABLE):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    made.add_heading("二、下一步打算", 1)
    made.sections[0].header.paragraphs[0].text = "页眉"
    made.sections[0].footer.paragraphs[0].text = "页脚"
    found = document(samples.saved(made))
    assert found.raw.split("\n") == [
        "云溪县工作总结",
        LINE,
        "乡镇\t选派第一书记",
        "青石镇\t3名",
        "二、下一步打算",
    ]
    assert found.encoding == "" and found.extracted_from == "docx" and found.warnings == ()
    heading = found.raw.index("二、")
    assert found.place_at(heading).unit == "paragraph" and found.place_at(heading).number == 5


def test_inserted_words_count_and_deleted_ones_do_not():
    xml = (
        f"<w:p>{run('选派')}<w:ins>{run('第一书记')}</w:ins><w:del><w:r><w:delText>副书记</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('移走')}</w:moveFrom><w:smartTag>{run('12名')}</w:smartTag>"
        f"<w:hyperlink>{run('到村')}</w:hyperlink><w:sdt><w:sdtContent>{run('服务')}</w:sdtContent></w:sdt></w:p>"
    )
    assert lines(xml) == ["选派第一书记12名到村服务"]


def test_hidden_words_codes_and_readings_are_left_out():
    xml = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>可见</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:r><w:ruby><w:rt>{run('chǎn')}</w:rt><w:rubyBase>{run('产')}</w:rubyBase></w:ruby></w:r>{run('业')}"
        "<w:r><w:tab/><w:t>一</w:t><w:noBreakHyphen/><w:t>二</w:t></w:r></w:p>"
    )
    assert lines(xml) == ["可见产业\t一-二"]


def test_text_boxes_stand_once_behind_their_paragraph():
    box = f"<w:txbxContent><w:p>{run('框内')}</w:p></w:txbxContent>"
    xml = (
        f"<w:p>{run('正文')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        f"</mc:AlternateContent></w:r></w:p><w:sdt><w:sdtContent><w:p>{run('控件')}</w:p></w:sdtContent></w:sdt>"
    )
    assert lines(xml) == ["正文", "框内", "控件"]


def test_the_table_of_contents_is_left_out():
    toc = (
        f"<w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr>{run('一、做法')}<w:r><w:tab/><w:t>3</w:t></w:r></w:p>"
    )
    assert lines(toc + f"<w:p>{run('一、做法')}</w:p>") == ["一、做法"]


def test_nested_tables_and_cells_of_prose():
    def cell(*texts: str) -> str:
        return "<w:tc>" + "".join(f"<w:p>{run(text)}</w:p>" for text in texts) + "</w:tc>"

    inner = f"<w:tbl><w:tr>{cell('甲')}{cell('乙')}</w:tr></w:tbl>"
    rows = f"<w:tr>{cell(LINE * 3, LINE * 3)}<w:tc>{inner}<w:p/></w:tc></w:tr><w:tr>{cell('丙', '丁')}</w:tr>"
    xml = f"<w:tbl>{rows}</w:tbl>"
    assert lines(xml) == [LINE * 3, LINE * 3, "甲\t乙", "丙 丁"]


def test_footnotes_follow_the_text():
    notes = (
        f"<w:footnotes {W}><w:footnote w:type='separator' w:id='-1'><w:p>{run('线')}</w:p></w:footnote>"
        f"<w:footnote w:id='1'><w:p>{run('选派对象为县直单位干部。')}</w:p></w:footnote></w:footnotes>"
    ).encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    plain = samples.repacked(samples.as_docx([LINE]), {"word/footnotes.xml": notes})
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
        types = archive.read("[Content_Types].xml").decode()
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    override = (
        '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.footnotes+xml"/></Types>'
    )
    changed = {
        "word/_rels/document.xml.rels": relations.replace("</Relationships>", relation).encode(),
        "[Content_Types].xml": types.replace("</Types>", override).encode(),
    }
    assert document(samples.repacked(plain, changed)).raw.split("\n") == [LINE, "选派对象为县直单位干部。"]


NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
  <w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="7"><w:abstractNumId w:val="1"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>
</w:numbering>"""


def test_automatic_numbers_are_put_back():
    def item(text: str, number: int, level: int = 0) -> str:
        properties = f"<w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr></w:pPr>"
        return f"<w:p>{properties}{run(text)}</w:p>"

    xml = (
        item("做法", 5)
        + item("甲", 5, 1)
        + item("子", 5, 2)
        + item("乙", 5, 1)
        + item("打算", 5)
        + item("丙", 5, 1)
    )
    xml += item("点", 6) + item("另起", 7) + item("续", 7) + item("无", 0)
    found = document(with_body(xml, **{"word/numbering.xml": NUMBERING.encode()})).raw.split("\n")
    assert found == [
        "一、做法",
        "（一）甲",
        "1.子",
        "（二）乙",
        "二、打算",
        "（一）丙",
        "点",
        "九、另起",
        "十、续",
        "无",
    ]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1003, "一千零三"),
        (0, "0"),
    ],
)
def test_chinese_numbers(number, written):
    assert chinese(number) == written


def refused(data: bytes, name: str = "a.docx", **limits: int) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        document(data, name, **limits)
    assert caught.value.hint and caught.value.where == name
    return caught.value


def test_damaged_and_locked_documents():
    whole = samples.as_docx()
    assert refused(whole[: len(whole) // 2]).code == "P310"
    assert refused(b"PK\x03\x04nothing").code == "P310"
    assert refused(LINE.encode()).code == "P310"  # the name promises Word
    assert (
        refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600).code == "P307"
    )  # with a password, or .doc
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc").code == "P307"
    assert refused(samples.repacked(whole, {"word/document.xml": b"<w:document"})).code == "P310"
    assert refused(with_body("<w:p/>")).code == "P311"


def test_an_old_name_for_a_new_document():
    found = document(samples.as_docx(), "a.doc")
    assert found.extracted_from == "docx" and "read as that" in found.warnings[0]


def test_a_bomb_of_entities_is_refused():
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE w [<!ENTITY a0 "选派">{levels}]><w:document {W}>'
    part = f"{bomb}<w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>".encode()
    error = refused(samples.repacked(samples.as_docx(), {"word/document.xml": part}))
    assert error.code == "P310" and "entities" in error.message
    wide = samples.repacked(samples.as_docx(), {"word/document.xml": part.decode().encode("utf-16")})
    assert refused(wide).code == "P310"


def test_a_bomb_of_zeros_is_refused_before_it_is_unpacked():
    bomb = samples.repacked(samples.as_docx(), {"word/media/a.bin": b"\0" * (300 * 1024**2)})
    assert len(bomb) < 1024**2
    error = refused(bomb)
    assert error.code == "P312" and "expanded_bytes" in error.hint
    error = refused(bomb, expanded_bytes=1024**3)
    assert error.code == "P312" and "expansion_ratio" in error.hint
    assert document(bomb, expanded_bytes=1024**3, expansion_ratio=10_000).raw.startswith(samples.TITLE)


def test_very_many_elements_are_refused_before_there_is_a_tree():
    many = with_body(f"<w:p>{run('啊')}</w:p>" * 2000)
    error = refused(many, elements=3000)
    assert error.code == "P312" and "--limit elements=" in error.hint
    assert len(document(many, elements=100_000).raw.split("\n")) == 2000


def test_deep_nesting_is_no_crash():
    inner = f"<w:p>{run(LINE)}</w:p>"
    for _ in range(60):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    assert lines(inner) == [LINE]
