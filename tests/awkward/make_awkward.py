"""Makes the awkward corpus: files that do harm, or look as if they did, each with how a run on it ends.

``python tests/awkward/make_awkward.py FOLDER`` writes it; `test_awkward_corpus` runs it. All texts are
invented. What the file system or this machine cannot have (names that are no text, sockets) is left out.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent / "load"))
import load_samples as samples

TEXT = "丙县帮扶情况\n\n近年来，丙县选派第一书记37名到村任职，成立联合党委3个。\n"
TRADITIONAL = "丙縣幫扶情況\n\n近年來，丙縣選派第一書記37名到村任職，成立聯合黨委3個。\n"
LONG = TEXT + "各村干部群众共同努力，产业发展势头良好，农民收入稳步增加。\n" * 8
LONG_TRADITIONAL = TRADITIONAL + "各村幹部群眾共同努力，產業發展勢頭良好，農民收入穩步增加。\n" * 8

READ, NOTHING = "read", "nothing"
"""It is read and the measure found in it; it is read, or passed over, and nothing found."""


class Case(NamedTuple):
    """One awkward thing.

    Attributes:
        name: file or folder in the corpus, and the input of the run unless `inputs` says others.
        ends: `READ`, `NOTHING`, or the code of the error that it ends with.
        make: writes it, given its path.
        inputs: inputs of the run, relative to the corpus.
        options: further arguments.
        exits: exit code; None for 3 with an error code, else 0.
    """

    name: str
    ends: str
    make: Callable[[Path], object]
    inputs: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    exits: int | None = None


def text(words: str = LONG, encoding: str = "utf-8", mark: bytes = b"") -> Callable[[Path], object]:
    return lambda path: path.write_bytes(mark + words.encode(encoding, "surrogatepass"))


def data(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def inside(
    *files: tuple[str, str | bytes], then: Callable[[Path], object] | None = None
) -> Callable[[Path], object]:
    """A folder with files."""

    def make(path: Path) -> None:
        path.mkdir()
        for name, content in files:
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        if then:
            then(path)

    return make


def sparse(size: int, head: bytes = b"") -> Callable[[Path], object]:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.write(head)
            file.truncate(size)

    return make


# ── plain text ───────────────────────────────────────────────────────────────────────────────────


def encodings() -> Iterator[Case]:
    for name in (
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "gb18030",
        "gbk",
        "gb2312",
    ):
        yield Case(f"{name}.txt", READ, text(encoding=name))
    for name in ("big5", "big5hkscs", "cp950"):
        yield Case(f"{name}.txt", READ, text(LONG_TRADITIONAL, name))
    yield Case("utf-16-be-mark.txt", READ, text(encoding="utf-16-be", mark=b"\xfe\xff"))
    yield Case("utf-32-be-mark.txt", READ, text(encoding="utf-32-be", mark=b"\0\0\xfe\xff"))
    yield Case("two-marks.txt", READ, text(mark=b"\xef\xbb\xbf\xef\xbb\xbf"))
    yield Case("mark-only.txt", NOTHING, data(b"\xef\xbb\xbf"))
    yield Case("wrong-mark.txt", NOTHING, text(mark=b"\xff\xfe"))
    yield Case("cut-in-a-character.txt", READ, data((LONG + "村").encode()[:-1]))
    yield Case("two-encodings.txt", READ, data(LONG.encode() + "丙县".encode("gb18030")))
    yield Case("surrogates.txt", READ, text(LONG + "\ud83d 半个字符。"))


def contents() -> Iterator[Case]:
    lines = LONG.split("\n")
    yield Case(
        "line-ends.txt",
        READ,
        text(
            "".join(a + b for a, b in zip(lines, ("\r\n", "\r", "\n\r", "\x85", "\u2028") * 9, strict=False))
        ),
    )
    yield Case(
        "mojibake.txt",
        READ,
        text(LONG + "锟斤拷锟斤拷" * 9 + "选派".encode().decode("latin-1") + "他們?cè)趯?shí)踐。"),
    )
    yield Case("pinyin.txt", READ, text("近年来，丙县选(xuan)派(pai)第一书记37名(míng)到村任职。\n"))
    yield Case("empty.txt", NOTHING, data(b""))
    yield Case("blank.txt", NOTHING, text(" \n\u3000\t\n" * 50))
    yield Case("nul-bytes.txt", "P304", data(b"\0" * 5_000))
    yield Case("some-nul-bytes.txt", READ, text(LONG.replace("。", "。\0", 2)))
    yield Case("escapes.txt", READ, text(LONG + "\x1b[2J\x1b]0;title\x07\x9b31m" + LONG))
    yield Case("bidi.txt", READ, text("\u202e\u2066" + LONG + "\u202c\u2069"))
    yield Case("zero-width.txt", READ, text(LONG.replace("第一", "第\u200b一")))
    yield Case("private-use.txt", READ, text(LONG + "\ue000\uf8ff\U000f0000\U0010ffff"))
    yield Case("combining.txt", READ, text(LONG + "村" + "\u0301" * 5_000))
    yield Case("noise.txt", "P304", data(bytes((n * 7919) % 251 for n in range(9_000))))
    yield Case("picture.txt", "P304", data(b"\x89PNG\r\n\x1a\n" + b"\0" * 99))
    yield Case("program.txt", "P304", data(b"\x7fELF" + bytes(99)))
    yield Case("packed.txt", "P304", data(gzip.compress(LONG.encode())))
    yield Case("one-line-200-mb.txt", "P312", sparse(200 * 2**20, LONG.encode()))
    yield Case("too-many-characters.txt", "P312", text("村" * 5_000_001))
    yield Case("long-line.txt", READ, text(LONG + "村" * 300_000))
    yield Case("without-full-stops.txt", READ, text(LONG + "张三，李四、王五，" * 6_000))
    yield Case("brackets.txt", READ, text(LONG + "(" * 50_000 + "《" * 50_000))
    yield Case("numerals.txt", READ, text(LONG + "一" * 40_000 + "1" * 40_000 + "1," * 20_000))
    yield Case("years.txt", READ, text(LONG + "年" * 30_000 + "月日" * 9_000))
    yield Case("short-lines.txt", READ, text(LONG + "村\n" * 30_000))
    yield Case("tags.txt", READ, text(LONG + "<b>" * 20_000))
    yield Case("websites.txt", READ, text(LONG + "中国网站" * 28 + "\n" + "_甲网" * 15 + "\n"))
    yield Case("front-matter-bomb.txt", READ, text(f"---\n地区: 丙县\n来源: {'[' * 30_000}\n---\n{LONG}"))
    yield Case("front-matter-itself.txt", READ, text(f"---\n地区: 丙县\n来源: &a [*a]\n---\n{LONG}"))


# ── names and kinds of files ─────────────────────────────────────────────────────────────────────


def names() -> Iterator[Case]:
    for name in (
        *(
            "line\nbreak.txt",
            "emoji👨\u200d👩\u200d👧.txt",
            "bidi\u202etxt.exe.txt",
            "escape\x1b[31m.txt",
            "tab\there.txt",
        ),
        *(
            "[a]*?.txt",
            "@at.txt",
            "back\\slash.txt",
            "per%20cent#x?.txt",
            "quo'te\".txt",
            " space .txt",
            "丙县.txt",
        ),
        *("e\u0301.txt", "..dots...txt", "~tilde.txt", "$HOME.txt", "x" * 251 + ".txt"),
    ):
        yield Case(name, READ, text(), inputs=(f"./{name}",))
    yield Case("-dash.txt", READ, text(), inputs=("./-dash.txt",))
    yield Case("no-text-\udcff\udcfe.txt", READ, text())
    yield Case("folder.txt", READ, inside(("a.txt", LONG)))
    yield Case("empty-folder", "P303", inside())
    yield Case("hidden", "P303", inside((".a.txt", LONG), ("~$a.txt", LONG)))
    yield Case("missing.txt", "P301", lambda path: None)
    yield Case(
        "device",
        "P314",
        inside(("a.txt", LONG), then=lambda path: (path / "zero.txt").symlink_to("/dev/zero")),
    )
    yield Case("pipe", READ, inside(("a.txt", LONG), then=lambda path: os.mkfifo(path / "pipe.txt")))
    yield Case("socket", READ, inside(("a.txt", LONG), then=_socket))
    yield Case(
        "link-to-nothing",
        "P301",
        inside(("a.txt", LONG), then=lambda path: (path / "b.txt").symlink_to("nowhere")),
    )
    yield Case(
        "link-to-itself",
        "P302",
        inside(("a.txt", LONG), then=lambda path: (path / "b.txt").symlink_to("b.txt")),
    )
    yield Case("loop", READ, inside(("a.txt", LONG), then=lambda path: (path / "again").symlink_to(".")))
    yield Case("loop-of-two", READ, inside(("x/a.txt", LONG), ("y/b.txt", LONG), then=_loop_of_two))
    yield Case(
        "leads-out", "P314", inside(("a.txt", LONG), then=lambda path: (path / "out").symlink_to(".."))
    )
    yield Case(
        "leads-out-file",
        "P314",
        inside(("a.txt", LONG), then=lambda path: (path / "passwd.txt").symlink_to("/etc/passwd")),
    )
    yield Case("closed.txt", "P302", _closed)
    yield Case("closed-folder", "P302", _closed_folder)
    yield Case("list.txt", "P308", text("@list.txt\nutf-8.txt\n"), inputs=("@list.txt",))
    yield Case("list-of-noise", "P301", data(b"\xff\xfe\0\0\n\x1b[2J\n"), inputs=("@list-of-noise",))


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path)  # addresses are at most some 100 bytes long
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("socket.txt")
    finally:
        os.chdir(here)


def _loop_of_two(path: Path) -> None:
    (path / "x" / "y").symlink_to("../y")
    (path / "y" / "x").symlink_to("../x")


def _closed(path: Path) -> None:
    path.write_text(LONG, encoding="utf-8")
    path.chmod(0)


def _closed_folder(path: Path) -> None:
    path.mkdir()
    (path / "a.txt").write_text(LONG, encoding="utf-8")
    path.chmod(0)


# ── YAML ─────────────────────────────────────────────────────────────────────────────────────────

_BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
_YAML = {
    "brackets": "a: " + "[" * 200_000,
    "dashes": "measures:\n" + "- " * 100_000 + "x\n",
    "bomb": _BOMB,
    "itself": "a.txt: &a {region: *a}\n",
    "broken": "a.txt: {region: 丙县\n",
    "tag": "a.txt: !!python/object/apply:os.abort []\n",
    "noise": "\0\1\2" * 999,
    "endless": "".join(f"f{n}.txt: 1\n" for n in range(20_000)),
    "large": "# remark\n" * 600_000,
}


def yaml() -> Iterator[Case]:
    for name, words in _YAML.items():
        yield Case(f"sidecar-{name}", "P306", inside(("a.txt", LONG), ("documents.yaml", words)))
    taxonomies = {"brackets": "P202", "dashes": "P202", "bomb": "P202", "broken": "P205", "noise": "P205"}
    for name, code in taxonomies.items():
        head = "version: 1\n"
        yield Case(
            f"taxonomy-{name}.yaml",
            code,
            text(head + _YAML[name]),
            ("good",),
            ("-t", f"taxonomy-{name}.yaml"),
            2,
        )
    yield Case("taxonomy-large.yaml", "P202", sparse(6_000_000), ("good",), ("-t", "taxonomy-large.yaml"), 2)
    yield Case(
        "taxonomy-gb.yaml",
        "P203",
        text("version: 1\nmeasures: [选派]\n", "gb18030"),
        ("good",),
        ("-t", "taxonomy-gb.yaml"),
        2,
    )
    yield Case("taxonomy-folder", "P201", inside(), ("good",), ("-t", "taxonomy-folder"), 2)


# ── other formats ────────────────────────────────────────────────────────────────────────────────

_BODY = "<p>近年来，丙县选派第一书记37名到村任职，成立联合党委3个，村级集体经济不断壮大。</p>" * 3


def formats() -> Iterator[Case]:
    page = samples.as_html(body=_BODY)
    yield Case("page.html", READ, text(page))
    yield Case("page-lies.html", READ, text(samples.as_html("gb2312", _BODY)))
    yield Case(
        "page-scripts.html",
        NOTHING,
        text(
            "<html><body><script>选派第一书记37名</script><style>选派第一书记</style><p>丙县今天天气晴。</p></body></html>"
        ),
    )
    yield Case("page-deep.html", "P310", text(page.replace("</body>", "<div>" * 30_000 + "</body>")))
    yield Case("page-broken.html", READ, text(page.replace("</p>", "").replace("</div>", "")))
    yield Case("page-entities.html", READ, text(page.replace("<p>", "<p>&#xD800;&#0;&bogus;&#99999999;")))
    yield Case("not-a-page.html", NOTHING, text("丙县今天天气晴。"))
    word = samples.as_docx(("丙县选派第一书记37名到村任职，成立联合党委3个。",))
    yield Case("word.docx", READ, data(word))
    yield Case("word-cut.docx", "P310", data(word[: len(word) // 2]))
    yield Case("word-bomb.docx", "P312", lambda path: _bomb(path, word))
    yield Case("word-entities.docx", "P310", data(samples.repacked(word, {"word/document.xml": _LAUGHS})))
    yield Case("word-hollow.docx", "P310", lambda path: _zip(path, {"[Content_Types].xml": b"<Types/>"}))
    yield Case(
        "word-locked.docx",
        "P307",
        data(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000) + "EncryptedPackage".encode("utf-16-le")),
    )
    yield Case("old.doc", "P307", data(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)))
    yield Case("empty.docx", "P310", data(b""))
    yield Case("text.docx", "P310", text())
    paper = samples.as_pdf(("丙县选派第一书记37名到村任职。", "成立联合党委3个。"))
    yield Case("paper.pdf", READ, data(paper))
    yield Case("paper-cut.pdf", "P310", data(paper[:300]))
    yield Case(
        "paper-locked.pdf",
        "P310",
        data(
            paper.replace(b"trailer", b"trailer %", 1).replace(
                b"/Root", b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -4 >> /Root", 1
            )
        ),
    )
    yield Case("paper-noise.pdf", "P310", data(b"%PDF-1.7\n" + bytes(range(256)) * 40))
    yield Case("empty.pdf", "P310", data(b""))
    yield Case("rich.rtf", READ, data(samples.as_rtf(("丙县选派第一书记37名到村任职，成立联合党委3个。",))))
    yield Case("rich-deep.rtf", "P311", data(b"{\\rtf1" + b"{" * 100_000))
    yield Case("rich-cut.rtf", "P311", data(b"{\\rtf1\\ansi\\ansicpg936 \\'d1"))
    head = "From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    yield Case("mail.eml", READ, text(head + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + LONG))
    yield Case(
        "mail-lies.eml", READ, text(head + "Content-Type: text/plain; charset=nonsense\r\n\r\n" + LONG)
    )
    yield Case(
        "mail-deep.eml",
        "P310",
        text(
            head
            + "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(3_000))
        ),
    )
    yield Case("mail-empty.eml", "P311", text(head + "\r\n"))
    yield Case("rows.csv", READ, text("id,region,text\n1,丙县,丙县选派第一书记37名到村任职。\n"))
    yield Case(
        "rows-broken.csv",
        "P313",
        text('id,text\n1,"丙县选派第一书记37名\n2,"x"y",z\n3,丙县选派第一书记37名。\n'),
    )
    yield Case("rows-open.csv", "P313", text('id,text\n1,丙县选派第一书记37名。\n2,"丙县\n3,丙县\n'))
    yield Case("rows-nul.csv", "P304", text("id,text\n1,丙县\0\n"))
    yield Case("rows-other.csv", "P313", text("a,b\n1,2\n"))
    row = json.dumps({"text": "丙县选派第一书记37名到村任职。"}, ensure_ascii=False)
    yield Case("lines.jsonl", READ, text(row + "\n"))
    yield Case("lines-broken.jsonl", "P313", text(row + '\n{"text": \n' + row.replace("37", "38") + "\n"))
    yield Case("lines-deep.jsonl", "P313", text(row + "\n" + "[" * 100_000 + "\n"))
    yield Case("lines-number.jsonl", "P313", text(row + '\n{"text": ' + "9" * 9_000 + "}\n"))
    yield Case("lines-surrogate.jsonl", READ, text('{"text": "丙县选派第一书记37名\\ud83d到村任职。"}\n'))


_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 50) for n in range(8))
    + b']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    b"<w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
)


def _bomb(path: Path, word: bytes) -> None:
    """A Word document whose text unpacks to 300 MB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
        with new.open("word/document.xml", "w") as part:
            for _ in range(300):
                part.write(b" " * 2**20)
    path.write_bytes(buffer.getvalue())


def _zip(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)


def cases() -> list[Case]:
    """All of them."""
    return [*encodings(), *contents(), *names(), *yaml(), *formats()]


def make(folder: Path) -> list[Case]:
    """Write the corpus and two good documents; what cannot be written here is left out."""
    good = folder / "good"
    good.mkdir(parents=True)
    (good / "good1.txt").write_text("甲县情况\n\n近年来，甲县选派第一书记29名到村任职。\n", encoding="utf-8")
    (good / "good2.txt").write_text(
        "乙县情况\n\n近年来，乙县成立联合党委5个，每年按8%保底分红。\n", encoding="utf-8"
    )
    (good / "documents.yaml").write_text(
        "good1.txt: {region: 甲县}\ngood2.txt: {region: 乙县}\n", encoding="utf-8"
    )
    made = []
    for case in cases():
        with suppress(OSError, UnicodeEncodeError):
            case.make(folder / case.name)
            made.append(case)
    return made


if __name__ == "__main__":
    print(f"{len(make(Path(sys.argv[1])))} cases in {sys.argv[1]}")
