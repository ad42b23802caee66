"""Invented documents for the tests of readers, and small writers of the formats that have no library here."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Sequence

TITLE = "云溪县选派干部驻村帮扶工作总结"
PARAGRAPHS = (
    "一、主要做法",
    "2021年以来，云溪县坚持党建引领，从县直单位选派第一书记12名、科技特派员67名，驻村开展帮扶工作，"
    "推动58家企业与106个村结对共建，为发展壮大村集体经济提供了有力支撑。",
    "青石镇率先成立联合党委3个，建立“保底分红＋效益分红”机制，每年按不低于8%的比例向入股农户分红，"
    "带动群众户均增收1200元。",
    "（二）存在的问题",
    "部分村尚未建立联席会议制度，帮扶力量不足，产业项目规模偏小。",
    "三、下一步打算",
    "下一步，将继续从机关单位选派优秀年轻干部到村任职，力争2025年底前实现重点村第一书记全覆盖；"
    "各乡镇要加强领导，压实责任，推动村企结对向纵深发展。",
)
"""Invented: no such county, no such work. Headings, and all statuses but one."""

ARTICLE = (TITLE, *PARAGRAPHS)
TABLE = (("乡镇", "选派第一书记"), ("青石镇", "3名"))


def as_html(charset: str = "utf-8", body: str = "", head: str = "") -> str:
    """A page of the kind that county governments have, with navigation and footer; invented."""
    text = body or "".join(f"<p>　　{html.escape(one)}</p>\n" for one in PARAGRAPHS)
    return (
        "<!DOCTYPE html>\n<html><head>"
        f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        f"<title>{TITLE}_工作动态_云溪县人民政府</title>{head}"
        "<style>.a{color:red}</style><script>var x='选派第一书记99名';</script></head><body>"
        '<div class="header"><ul class="nav"><li><a href="/">首页</a></li>'
        '<li><a href="/zw">政务公开</a></li></ul>'
        '<form id="form1"><div class="crumb">您的位置：<a href="/">首页</a> &gt; '
        '<a href="/d">工作动态</a></div>'
        f'<div class="main"><h1>{TITLE}</h1>'
        '<div class="info">发布时间：2022-04-12　来源：云溪县委组织部</div>'
        f'<div class="content" id="zoom">{text}</div></div></form>'
        '<div class="footer"><p>主办：云溪县人民政府办公室</p><p>网站标识码：0000000000</p></div>'
        "</div></body></html>"
    )


def as_rtf(paragraphs: Sequence[str] = ARTICLE) -> bytes:
    """RTF as Chinese Word writes it: bytes of code page 936, and every third paragraph in Unicode escapes."""
    lines = []
    for number, text in enumerate(paragraphs):
        if number % 3:
            coded = "".join(f"\\'{one:02x}" if one > 127 else chr(one) for one in text.encode("gb18030"))
        else:
            coded = "".join(one if one.isascii() else f"\\u{_signed(ord(one))}?" for one in text)
        lines.append(f"\\pard\\fi420 {coded}\\par\n")
    head = (
        "{\\header\\pard " + "".join(f"\\'{one:02x}" for one in "页眉选派第一书记".encode("gbk")) + "\\par}"
    )
    fonts = "{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}"
    return ("{\\rtf1\\ansi\\ansicpg936\\deff0" + fonts + head + "".join(lines) + "}").encode("ascii")


def _signed(code: int) -> int:
    return code if code < 0x8000 else code - 0x10000


def as_docx(paragraphs: Sequence[str] = ARTICLE) -> bytes:
    """A Word document with a title, headings by style and plain paragraphs."""
    import docx

    document = docx.Document()
    for text in paragraphs:
        if text == TITLE:
            document.add_heading(text, 0)
        elif len(text) < 12:
            document.add_heading(text, 1)
        else:
            document.add_paragraph(text)
    return saved(document)


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def repacked(data: bytes, changed: dict[str, bytes]) -> bytes:
    """An archive with some of its parts changed or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changed]):
            new.writestr(name, changed[name] if name in changed else old.read(name))
    return buffer.getvalue()


Placed = tuple[float, float, float, str]
"""Left, baseline, font size (in points), text."""

WIDTH, HEIGHT = 595, 842
LEFT, TOP, SIZE, PITCH = 80, 740, 12, 22
PER_LINE, PER_PAGE = 36, 30


def as_pdf(paragraphs: Sequence[str] = ARTICLE, head: str = "", per_page: int = PER_PAGE) -> bytes:
    """A PDF set as official papers are: first lines moved in, running head, page number at the foot."""
    lines: list[tuple[float, str]] = []
    for text in paragraphs:
        left, line = LEFT + 2 * SIZE, ""
        for sign in text:
            if left + SIZE * _width(line + sign) > LEFT + SIZE * PER_LINE and sign not in "，。；、”：":
                lines.append((left, line))
                left, line = LEFT, ""
            line += sign
        lines.append((left, line))
    pages = []
    for number, at in enumerate(range(0, len(lines), per_page), 1):
        placed = [
            (left, TOP - PITCH * row, SIZE, text)
            for row, (left, text) in enumerate(lines[at : at + per_page])
        ]
        running = [(LEFT, 800.0, 9.0, head)] if head else []
        pages.append([*running, *placed, (290.0, 40.0, 9.0, f"— {number} —")])
    return pdf(pages)


def _width(line: str) -> float:
    return sum(0.5 if sign.isascii() else 1.0 for sign in line)


def pdf(
    pages: Sequence[Sequence[Placed]], *, mapped: bool = True, trailer: str = "", picture: bool = False
) -> bytes:
    """A PDF by hand: one composite font that is not embedded, named to readers by a ToUnicode map.

    Args:
        pages: what stands on each.
        mapped: whether the map is there; without it nobody knows which characters the codes are.
        trailer: more entries of the trailer, such as ``/Encrypt``.
        picture: whether each page has a picture as well.
    """
    signs = sorted({sign for page in pages for *_, text in page for sign in text})
    codes = {sign: number for number, sign in enumerate(signs, 1)}
    narrow = " ".join(f"{codes[sign]} [500]" for sign in signs if sign.isascii())
    pairs = "\n".join(f"<{codes[sign]:04x}> <{sign.encode('utf-16-be').hex()}>" for sign in signs)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def "
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(signs)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    unicode = "/ToUnicode 6 0 R " if mapped else ""
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        3: "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H "
        f"{unicode}/DescendantFonts [4 0 R] >>",
        4: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering "
        f"(Identity) /Supplement 0 >> /FontDescriptor 5 0 R /DW 1000 /W [{narrow}] >>",
        5: "<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 "
        "/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
        6: _stream(cmap),
        7: _stream(
            "\0",
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
        ),
    }
    kids = []
    for page in pages:
        number = max(objects) + 1
        drawn = ""
        for left, base, size, text in page:
            shown = "".join(f"{codes[sign]:04x}" for sign in text)
            drawn += f"BT /F {size} Tf 1 0 0 1 {left} {base} Tm <{shown}> Tj ET\n"
        drawn += "q 500 0 0 700 40 60 cm /P Do Q\n" if picture else ""
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F 3 0 R >> /XObject << /P 7 0 R >> >> >>"
        )
        objects[number + 1] = _stream(drawn)
        kids.append(f"{number} 0 R")
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects, trailer)


def _stream(text: str, entries: str = "") -> str:
    return f"<< /Length {len(text.encode('latin-1'))} {entries} >>\nstream\n{text}\nendstream"


def _file(objects: dict[int, str], trailer: str) -> bytes:
    data, places = b"%PDF-1.7\n", {}
    for number in sorted(objects):
        places[number] = len(data)
        data += f"{number} 0 obj\n{objects[number]}\nendobj\n".encode("latin-1")
    start, count = len(data), max(objects) + 1
    rows = "".join(f"{places[number]:010} 00000 n \n" for number in range(1, count))
    table = f"xref\n0 {count}\n0000000000 65535 f \n{rows}"
    end = f"trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    return data + (table + end).encode("latin-1")
