"""Stores for the tests: documents analysed here and written with the store's own writer, no scan needed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from polcmp.api import load_taxonomy
from polcmp.load import collect, read
from polcmp.model.comparison import DocumentResult, Failure, TaxonomyInfo
from polcmp.pipeline import Reader, measure_infos, read_all
from polcmp.settings import Settings
from polcmp.store.layout import Manifest
from polcmp.store.schema import TABLES, Row, Rows, arrow_table, error_row, rows_of
from polcmp.store.writer import recorded, write_manifest, write_part, write_taxonomy

CHECKOUT = Path(__file__).parent.parent.parent


def write_rows(folder: Path, number: int, rows: Rows) -> str:
    """A part with these rows; the sources are those of its documents and errors. Returns its id."""
    settled = [(row, "") for row in rows.documents] + [(row, row["code"]) for row in rows.errors]
    rows.sources = [_source(row, code) for row, code in settled]
    part = write_part(folder, number, {one: arrow_table(one, getattr(rows, one)) for one in TABLES})
    return part.id


def _source(row: Row, code: str) -> Row:
    return {
        "source": row["source"],
        "generation": row["generation"],
        "container": "",
        "path": row["path"],
        "size": 1,
        "mtime_ns": 0,
        "sha256": row.get("sha256", ""),
        "stated": "",
        "code": code,
    }


def open_folder(folder: Path, taxonomy: Path | None = None, *, complete: bool = True) -> None:
    """A store without parts, for a taxonomy."""
    loaded = load_taxonomy(taxonomy or CHECKOUT / "measures.yaml")
    (folder / "parts").mkdir(parents=True)
    write_taxonomy(folder, (taxonomy or CHECKOUT / "measures.yaml").read_bytes())
    write_manifest(
        folder,
        Manifest(
            taxonomy=TaxonomyInfo(str(taxonomy or "measures.yaml"), loaded.version, loaded.sha256),
            settings=recorded(Settings()),
            measures=measure_infos(loaded),
            corpus=("documents",),
            reading={},
            version="0",
            complete=complete,
        ),
    )


def result_rows(
    results: Sequence[tuple[DocumentResult, str]], failures: Sequence[Failure] = (), generation: int = 0
) -> Rows:
    """Rows of analysed documents, each with its text."""
    rows = Rows()
    for result, raw in results:
        rows.add(rows_of(result, raw, result.facts.name, generation))
    rows.errors = [error_row(one, one.path, generation) for one in failures]
    return rows


def make_store(folder: Path, documents: str | Path, *, parts: int = 2, taxonomy: Path | None = None) -> Path:
    """A store of documents, spread over some parts.

    Args:
        folder: to make.
        documents: as for `polcmp.compare`.
        parts: how many.
        taxonomy: file; None: the default one.
    """
    open_folder(folder, taxonomy)
    collected = collect([str(documents)])
    reader = Reader.of(load_taxonomy(taxonomy or CHECKOUT / "measures.yaml"), Settings())
    results, failures = read_all(collected.sources, reader)
    texts = {one.name: one for one in collected.sources}
    pairs = [(one, read(texts[one.facts.name]).raw) for one in results]
    for number in range(parts):
        write_rows(folder, number, result_rows(pairs[number::parts], failures if not number else ()))
    return folder


COUNTIES = (
    "江苏省南京市鼓楼区",
    "福建省福州市鼓楼区",
    "江苏省南京市六合区",
    "江苏省徐州市沛县",
    "内蒙古自治区兴安盟扎赉特旗",
    "内蒙古自治区呼伦贝尔市陈巴尔虎旗",
    "内蒙古自治区鄂尔多斯市伊金霍洛旗",
    "西藏自治区那曲市聂荣县",
    "北京市密云区",
    "重庆市城口县",
    "海南省琼中黎族苗族自治县",
    "浙江省杭州市桐庐县",
)
"""Real names, so that provinces can be told; what the documents say of them is invented."""

SENTENCES = (
    "全县选派第一书记{n}名。",
    "共选派{n}名科技特派员到村服务。",
    "成立联合党委{n}个。",
    "明年计划选派驻村工作队{n}支。",
    "各乡镇要成立联合党委。",
    "目前尚未成立联合党委。",
    "村民按照入股额的{n}%保底分红。",
    "全县{n}个单位包联{n}个村。",
    "农户以土地入股合作社{n}家。",
    "学习外地选派第一书记{n}名的经验。",
    "今年天气很好，粮食丰收。",
)

PADDING = "这是一篇虚构的报告，其中的地方是真的，所说的事都是为测试而编的，不能当作任何地方的情况来引用。"


def invent_corpus(folder: Path, documents: int = 40) -> Path:
    """Invented documents: one in ten is a copy of another, one in seven has no date, one no region."""
    folder.mkdir(parents=True)
    chance = random.Random(7)
    entries, texts = [], []
    for number in range(documents):
        region = COUNTIES[(number * 5 + number // 11) % len(COUNTIES)] if number != 5 else ""
        date = ("", "2019", "2021-03", f"20{18 + number % 6}-0{1 + number % 9}-11")[min(number % 7, 3)]
        lines = [chance.choice(SENTENCES).format(n=chance.randrange(1, 300)) for _ in range(8)]
        if number == 5:
            lines = [SENTENCES[-2].format(n=7)]
        text = f"虚构的报告{number}\n\n{PADDING}\n" + "\n".join(lines) + f"\n{PADDING}\n"
        if number % 10 == 9:
            region, text = texts[-2][0], texts[-2][1] + "编辑：虚构\n"
        if number == 12:  # a file that is the same byte for byte
            region, text = texts[3]
        texts.append((region, text))
        (folder / f"{number:03d}.txt").write_text(text, encoding="utf-8")
        said = f"region: {region}, date: '{date}'" if region else f"date: '{date}'"
        entries.append(f"{number:03d}.txt: {{{said}}}")
    (folder / "documents.yaml").write_text("\n".join(entries) + "\n", encoding="utf-8")
    return folder
