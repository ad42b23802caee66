"""E-mails, pages saved as one file, and RTF. All are invented."""

from __future__ import annotations

import quopri
from email.message import EmailMessage

import load_samples as samples
import pytest

from polcmp.errors import DocumentError
from polcmp.load import Source, read

pytest.importorskip("trafilatura")

LINE = "全县选派第一书记12名，驻村开展帮扶。"


def document(data: bytes, name: str = "a.eml"):
    return read(Source(name, name, data=data))


def message(plain: str = "", page: str = "", charset: str = "utf-8", **headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in headers.items():
        made[name] = value
    if plain:
        made.set_content(plain, charset=charset)
    if page:
        (made.add_alternative if plain else made.set_content)(page, subtype="html", charset=charset)
    return made


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030", "big5"])
def test_a_plain_message(charset):
    text = "全縣選派第一書記12名，駐村開展幫扶。" if charset == "big5" else LINE
    made = message(text + "\n" + text, charset=charset, Subject="转发：Re: 工作总结")
    made["Date"] = "Tue, 12 Apr 2022 09:40:00 +0800"
    made["From"] = "张某 <z@example.invalid>"
    found = document(bytes(made))
    assert found.raw.split("\n") == [text, text]
    assert (found.stated.title, found.stated.date) == ("工作总结", "2022-04-12")
    assert found.stated.source.startswith("张某") and found.extracted_from == "eml"


def test_the_better_of_two_texts():
    html = samples.as_html()
    assert document(bytes(message(LINE * 9, f"<p>{LINE * 9}</p>"))).raw == LINE * 9
    assert document(bytes(message("请用浏览器查看。", html))).raw.split("\n")[-1] == samples.PARAGRAPHS[-1]
    assert document(bytes(message(page=html))).raw.split("\n")[0] == samples.TITLE


def test_attachments_are_named():
    made = message(LINE)
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="附件一.pdf")
    made.add_attachment("另文".encode(), maintype="text", subtype="plain", filename="附件二.txt")
    found = document(bytes(made))
    assert found.raw == LINE
    assert found.warnings == ("attachments are not read: 附件一.pdf, 附件二.txt",)


def test_messages_without_text():
    made = EmailMessage()
    made["Subject"] = "空"
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    for data in (bytes(made), b"Subject: x\n\n", b""):
        with pytest.raises(DocumentError) as caught:
            document(data)
        assert caught.value.code == "P311" and caught.value.hint


def saved_page(html: str, kind: str = "Blink") -> bytes:
    body = quopri.encodestring(html.encode()).decode().replace("\n", "\r\n")
    return (
        f"From: <Saved by {kind}>\r\nSnapshot-Content-Location: https://www.example.invalid/a.html\r\n"
        "Subject: =?utf-8?B?5p+Q6aKYLeafkOe9kQ==?=\r\nDate: Mon, 2 May 2022 01:40:00 -0000\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n\r\n------B\r\n'
        "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        f"{body}\r\n------B\r\nContent-Type: text/css\r\n\r\na{{}}\r\n------B--\r\n"
    ).encode()


def test_a_page_saved_as_one_file():
    data = saved_page(samples.as_html())
    found = document(data, "a.mhtml")
    assert found.raw.split("\n") == list(samples.ARTICLE)
    assert found.extracted_from == "mhtml" and found.warnings == ()
    assert (found.stated.title, found.stated.date) == ("", "2022-04-12")
    assert found.stated.source == "https://www.example.invalid/a.html"
    assert document(data, "a.mht").raw == found.raw
    assert document(data, "a.html").extracted_from == "mhtml"


def test_rtf():
    pytest.importorskip("striprtf")
    table = "\\trowd\\cellx1000\\cellx2000\\intbl \\u20065?\\u38215?\\cell \\u31532?\\u19968?\\cell\\row "
    data = samples.as_rtf().rstrip(b"}") + table.encode() + b"}"
    found = document(data, "a.rtf")
    assert found.raw.split("\n") == [*samples.ARTICLE, "乡镇\t第一"]
    assert found.encoding == "gb18030" and found.extracted_from == "rtf" and found.warnings == ()
    assert document(data, "a.doc").raw == found.raw  # many a .doc is RTF
    for broken in (data[: len(data) // 2], b"{\\rtf1" + b"{" * 5000):
        try:
            document(broken, "a.rtf")
        except DocumentError as error:
            assert error.code in ("P310", "P311")
