# ruff: noqa: E501 - lines of pages are as their makers wrote them
"""Documents of other shapes than an article, for the tests of readers: invented, no such counties, no such work."""

from __future__ import annotations

import html
from collections.abc import Sequence

import load_samples as samples

Article = tuple[str, Sequence[str | Sequence[Sequence[str]]]]
"""Title, and paragraphs or tables (rows of cells)."""

TABLE: Article = (
    "青石县2022年选派驻村干部情况统计表",
    (
        "根据县委安排，现将各乡镇选派驻村干部情况汇总如下。",
        (
            ("乡镇", "选派第一书记", "科技特派员", "包联单位"),
            ("云岭镇", "3名", "5名", "县农业农村局包联云岭村"),
            ("白河乡", "12名", "7名", "县水利局包联白河村"),
            ("合计", "15名", "12名", "2个"),
        ),
        "各乡镇要对选派干部加强管理，每季度召开联席会议。",
        (
            ("村", "保底分红"),
            ("云岭村", "每年按8%保底分红"),
            ("白河村", "尚未建立保底分红机制"),
        ),
    ),
)
LIST: Article = (
    "白河县抓党建促乡村振兴情况的报告",
    (
        "一、选派干部驻村",
        "1. 从县直单位选派第一书记29名，到村任职。",
        "2. 选派科技特派员88名，下沉一线开展技术服务。",
        "二、推动村企联建",
        "（1）组织32家企业与45个村结对共建；",
        "（2）成立联合党委6个，建立联席会议制度。",
        "三、完善利益联结",
        "1. 村集体以土地入股合作社，按股分红；",
        "2. 实行“保底分红＋二次分红”，年保底收益不低于6%。",
        "四、存在的问题",
        "个别村尚未成立联合党委，驻村力量不足。",
        "五、下一步工作",
        "计划2023年再选派科技特派员20名；各镇要落实单位包村制度。",
    ),
)

TITLE = "白河县：“五个一”抓实驻村帮扶"
PARAGRAPHS = (
    "近年来，白河县坚持党建引领，从县直单位选派第一书记29名、科技特派员88名，驻村开展帮扶。",
    "● 结对共建促振兴",
    "组织32家企业与45个村结对共建，成立联合党委6个。",
    "推行“保底分红＋二次分红”，年保底收益不低于6%。",
    "下一步，该县计划再选派科技特派员20名，各乡镇要落实单位包村制度。",
)


def as_text(article: Article) -> str:
    title, parts = article
    lines = [[part] if isinstance(part, str) else ["\t".join(row) for row in part] for part in parts]
    return "\n".join([title, *(line for one in lines for line in one)])


def as_html(article: Article) -> str:
    title, parts = article
    body = ""
    for part in parts:
        if isinstance(part, str):
            body += f"<p>　　{html.escape(part)}</p>\n"
        else:
            rows = ("".join(f"<td><p><span>{cell}</span></p></td>" for cell in row) for row in part)
            body += f"<table border=1>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>\n"
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_县政府</title></head><body>'
        '<div class="nav"><a href="/">首页</a><a href="/x">政务公开</a></div>'
        f'<div class="con"><h1>{title}</h1><div>{body}</div></div>'
        '<div class="footer">主办：某县人民政府</div></body></html>'
    )


def as_markdown(article: Article) -> str:
    title, parts = article
    blocks = [f"# {title}"]
    for part in parts:
        if isinstance(part, str):
            blocks.append(f"## {part}" if len(part) < 12 else part)
        else:
            head, *rows = part
            cells = [head, ["---"] * len(head), *rows]
            blocks.append("\n".join(f"| {' | '.join(row)} |" for row in cells))
    return "\n\n".join(blocks)


def as_docx(article: Article) -> bytes:
    """Headings by style, automatic numbers for ``1.``, tables."""
    import docx

    document = docx.Document()
    title, parts = article
    document.add_heading(title, 0)
    for part in parts:
        if not isinstance(part, str):
            table = document.add_table(rows=0, cols=len(part[0]))
            for row in part:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif len(part) < 12:
            document.add_heading(part, 1)
        elif part[:3] in ("1. ", "2. "):
            document.add_paragraph(part[3:], style="List Number")
        else:
            document.add_paragraph(part)
    return samples.saved(document)


def tracked() -> bytes:
    """Inserted, deleted and moved words, a deleted end of a paragraph, a table, a running head."""
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉：选派第一书记"
    document.add_heading(TITLE, 0)
    names = nsdecls("w")

    def add(paragraph, kind, text, tag="t"):
        run = f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"
        paragraph._p.append(parse_xml(f'<w:{kind} {names} w:id="1" w:author="a">{run}</w:{kind}>'))

    first = document.add_paragraph("从县直单位选派")
    add(first, "del", "科技副职9名、", "delText")
    add(first, "ins", "第一书记29名、")
    add(first, "moveFrom", "已移走联合党委1个")
    first.add_run("科技特派员88名，驻村开展帮扶。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.row_cells(0), *table.row_cells(1)], ("镇", "结对村", "云岭镇", "6个"), strict=True
    ):
        cell.text = text
    gone = f'<w:rPr {names}><w:del w:id="2" w:author="a"/></w:rPr>'
    half = document.add_paragraph("下一步，该县计划再选派")
    half._p.get_or_add_pPr().append(parse_xml(gone))
    document.add_paragraph("科技特派员20名，各乡镇要落实单位包村制度。")
    add(document.add_paragraph(), "del", "选派第一书记500名", "delText")
    last = document.add_paragraph("最后一段没有结尾")
    last._p.get_or_add_pPr().append(parse_xml(gone))
    return samples.saved(document)


def in_two_columns(
    article: Sequence[str], head: str, *, title: str = "", by_rows: bool = False, rows: int = 29
) -> bytes:
    """A PDF in two columns of 16 characters, set to one width, with page numbers.

    Args:
        article: paragraphs.
        head: running head.
        title: stands across the columns of the first page.
        by_rows: whether the file goes to and fro between the columns, as some programs write it.
        rows: of a page.
    """
    lines = [line for one in article for line in _wrapped(one)]
    pages = []
    while lines:
        top = 700 if title and not pages else 740
        columns = []
        for left in (70, 320):
            own, lines = lines[:rows], lines[rows:]
            columns.append(
                [(left + 24 * moved, top - 22 * n, 12, text) for n, (moved, text) in enumerate(own)]
            )
        body = [*columns[0], *columns[1]]
        if by_rows:
            body = sorted(body, key=lambda one: (-one[1], one[0]))
        above = [(140.0, 740.0, 20.0, title)] if title and not pages else []
        running = [(70.0, 805.0, 9.0, f"{head}　第{len(pages) + 1}期")] if head else []
        pages.append([*running, *above, *body, (290.0, 40.0, 9.0, f"— {len(pages) + 1} —")])
    return samples.pdf(pages)


def _wrapped(text: str) -> list[tuple[bool, str]]:
    """Lines of 16 characters, the first moved in by two; marks stay with what they close."""
    lines, line, room = [], "", 14.0
    for sign in text:
        if samples._width(line + sign) > room and sign not in "，。、；：”）":
            lines.append((room == 14.0, line))
            line, room = "", 16.0
        line += sign
    return [*lines, (room == 14.0, line)]


def _wechat_paragraph(number: int, text: str) -> str:
    if text.startswith("●"):
        return (
            '<section style="text-align:center"><section style="display:inline-block"><strong>'
            f'<span style="color:#fff"><span leaf="">{text}</span></span></strong></section></section>'
        )
    half = len(text) // 2
    picture = (
        '<section><img class="rich_pages wxw-img" data-src="https://example.org/x.jpg" alt="图片"></section>'
    )
    return (
        '<section style="line-height:1.75em;text-indent:2em"><span style="font-size:16px"><span leaf="">'
        f'{text[:half]}</span></span><span style="font-size:16px"><span leaf="">{text[half:]}</span></span>'
        f'</section><p style="margin:0"><br></p>{picture if number == 2 else ""}'
    )


WECHAT = f"""<!DOCTYPE html>
<!-- saved from url=(0043)https://mp.weixin.qq.com/s/abcdefghijklmnop -->
<html class=""><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="description" content="选派第一书记"><meta property="og:title" content="{TITLE}">
<meta property="og:site_name" content="微信公众平台"><title>{TITLE}</title></head>
<body id="activity-detail" class="zh_CN wx_wap_page mm_appmsg"><script>var ct = "1649726400";</script>
<div id="js_article" class="rich_media"><div class="rich_media_inner"><div id="page-content">
<div id="img-content" class="rich_media_wrp"><h1 class="rich_media_title" id="activity-name">
{TITLE}
</h1><div id="meta_content" class="rich_media_meta_list"><span id="copyright_logo">原创</span>
<span class="rich_media_meta rich_media_meta_nickname"><a href="javascript:void(0);" id="js_name">白河先锋</a>
<div id="js_profile_qrcode" style="display:none;"><p><label>微信号</label><span>baihexf</span></p>
<p><label>功能介绍</label><span>选派第一书记工作宣传。</span></p></div></span>
<em id="publish_time" class="rich_media_meta">2022-04-12 09:20</em><em>发表于<span>陕西</span></em></div>
<div class="rich_media_content js_underline_content" id="js_content" style="visibility: hidden; opacity: 0; ">
{"".join(_wechat_paragraph(number, one) for number, one in enumerate(PARAGRAPHS))}
<p>来源：白河县委组织部</p><p>编辑：张三　审核：李四</p></div>
<div class="rich_media_tool"><a id="js_view_source" href="#">阅读原文</a></div></div></div>
<div class="rich_media_area_extra"><div>预览时标签不可点</div><div>收录于合集 #驻村帮扶 12个</div>
<div>上一篇选派科技特派员99名下一篇成立联合党委9个</div></div></div></div>
<div id="js_pc_qr_code"><p>微信扫一扫<br>关注该公众号</p></div><div>继续滑动看下一个</div></body></html>"""


def _old_paragraph(number: int, text: str) -> str:
    if number % 2:
        return f"<P>&nbsp;&nbsp;&nbsp;&nbsp;{text}<BR>"
    return f"<P style='TEXT-INDENT: 2em'><FONT face=宋体>　　{text}</FONT>"


COUNTY_SITE = f"""<HTML><HEAD><TITLE>{TITLE}-白河县人民政府门户网站</TITLE>
<META http-equiv=Content-Type content="text/html; charset=utf-8"><META name="ArticleTitle" content="{TITLE}">
<META name="PubDate" content="2022-04-12 10:21"><META name="ContentSource" content="县委组织部"></HEAD>
<BODY><TABLE width=1000><TR><TD><A href="/">首页</A> | <A href="/zwgk">政务公开</A> | <A href=/hd>互动交流</A></TABLE>
<TABLE width=1000><TR><TD>当前位置：<A href=/>首页</A> &gt;&gt; <A href=/zw>政务动态</A> &gt;&gt; 正文</TD></TR>
<TR><TD width=250><TABLE><TR><TD>相关新闻</TD></TR><TR><TD>·<A href=1.html>清溪县选派第一书记45名驻村</A></TD></TR>
<TR><TD>·<A href=2.html>成立联合党委 推动联建共富</A></TD></TR></TABLE></TD>
<TD width=750><TABLE width="100%"><TR><TD align=center class=title>{TITLE}</TD></TR><TR><TD align=center>
发布时间：2022-04-12 10:21&nbsp;&nbsp;来源：县委组织部&nbsp;&nbsp;浏览次数：<SPAN id=hits>128</SPAN>次&nbsp;&nbsp;【字体：<A
href="javascript:doZoom(16)">大</A> <A href="javascript:doZoom(14)">中</A> <A href="javascript:doZoom(12)">小</A>】
</TD></TR><TR><TD id=zoom class=content><!--$[内容]begin--><DIV class=TRS_Editor>
{"".join(_old_paragraph(number, one) for number, one in enumerate(PARAGRAPHS))}</DIV><!--$[内容]end--></TD></TR>
<TR><TD align=right>【<A href="javascript:print()">打印本页</A>】【<A href="javascript:window.close()">关闭窗口</A>】
</TD></TR><TR><TD>上一篇：<A href=3.html>我县选派科技特派员100名</A></TD></TR>
<TR><TD>下一篇：<A href=4.html>村级联席会议制度</A></TD></TR></TABLE></TD></TR></TABLE>
<TABLE width=1000><TR><TD align=center>主办：白河县人民政府　承办：白河县人民政府办公室<BR>网站标识码：0000000000
</TD></TR></TABLE></BODY></HTML>"""
