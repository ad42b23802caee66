"""A corpus for measuring speed: any number of invented documents, the same on every machine.

    python benchmarks/make_corpus.py OUTPUT --documents 10000 [--dense | --sparse] [--jsonl]

Dense documents are made of the sample documents' own sentences in random order: nearly every sentence speaks
of a measure. Sparse ones hold 2 % of such sentences among invented ones about other things, as a national
collection would. Every document gets a title and a dateline of an invented region, some noise (pinyin
notes, Traditional script, spaces, page furniture), and a length as county reports have them. Nothing in
it is real, and no result made from it says anything of a real place.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

SENTENCES = (15, 60)
"""Fewest and most sentences of a document: the samples have 20 to 50."""

POLICY_SHARE = 0.02
"""Share of the samples' sentences in sparse documents."""

NOISY = 0.3
"""Share of documents that carry one kind of noise."""

SURNAMES = "安白成东丰高广海河华吉江金景兰临龙宁平清庆荣瑞山泰通文武兴阳永玉云泽"
KINDS = ("县", "市", "区", "旗")
PROVINCES = ("河北省", "湖南省", "四川省", "云南省", "甘肃省", "安徽省", "贵州省", "江西省")


def words(text: str) -> tuple[str, ...]:
    """Words apart by spaces."""
    return tuple(text.split())


WHO = words(
    "气象部门 市民 本届运动会 图书馆 交管部门 电影院 植物园 列车 航班 摄影师 考古队 剧团 博物馆 快递站"
)
WHEN = words("昨天 上周末 入秋以后 清晨 今年夏天 连日来 本月初 傍晚 节日期间 雨后")
DOES = words("发布 迎来 展出 收到 更换 检查 拍摄 预报 介绍 关闭 运送 修补 记录 观测 排练 出售 清洗 测量")
WHAT = words(
    "今年的第一场雨 一批旧照片 新的时刻表 三条公交线路 一场足球赛 唐代的陶俑 夜间的灯光 河水的水位 "
    "海鲜的价格 学生的作文 一部老电影 候鸟的数量 道路的积水 流星雨的时间 刚摘的葡萄 票价与座位 寒潮的消息"
)
ENDS = words(
    "吸引了不少人前来观看。 持续了大约两个小时。 具体时间另行通知。 没有受到天气影响。 当天下午恢复正常。 "
    "许多人拍照留念。 最高气温回落到二十度。 预计下周结束。 现场秩序良好。 价格与去年相当。"
)

FURNITURE = (
    "首页 > 新闻中心 > 要闻",
    "打印本页 关闭窗口",
    "责任编辑：王某某",
    "版权所有 未经授权不得转载",
    "上一篇：没有了 下一篇：返回列表",
    "扫一扫在手机打开当前页",
)


@cache
def policy_sentences() -> tuple[str, ...]:
    """Sentences of the sample documents, in file order."""
    texts = [path.read_text(encoding="utf-8-sig") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    found = (one.strip() for text in texts for one in re.findall(r"[^。！？\n]+[。！？]", text))
    return tuple(one for one in found if 12 <= len(one) <= 160)


def other_sentence(chance: random.Random) -> str:
    """An invented sentence that speaks of no measure."""
    pick = chance.choice
    return f"{pick(WHEN)}，{pick(WHO)}{pick(DOES)}{pick(WHAT)}，{pick(ENDS)}"


def region(chance: random.Random) -> tuple[str, str]:
    """An invented province and county."""
    first, second = chance.sample(SURNAMES, 2)
    return chance.choice(PROVINCES), f"{first}{second}{chance.choice(KINDS)}"


def document(seed: int, *, sparse: bool) -> str:
    """Text of document number `seed`: the same for the same number, whatever came before."""
    chance = random.Random(f"{seed}/{sparse}")
    province, county = region(chance)
    policy = policy_sentences()
    count = chance.randint(*SENTENCES)
    sentences = [
        other_sentence(chance) if sparse and chance.random() >= POLICY_SHARE else chance.choice(policy)
        for _ in range(count)
    ]
    paragraphs, at = [], 0
    while at < count:
        size = chance.randint(2, 6)
        paragraphs.append("".join(sentences[at : at + size]))
        at += size
    date = f"{chance.randint(2012, 2023)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    text = f"{county}工作情况\n{date}　来源：{province}{county}人民政府\n" + "\n".join(paragraphs) + "\n"
    return chance.choice(noises())(text, chance) if chance.random() < NOISY else text


@cache
def noises() -> tuple[Callable[[str, random.Random], str], ...]:
    """Kinds of noise, each from text and chance to text."""
    from opencc import OpenCC  # reads its dictionaries: only a corpus needs them

    traditional = OpenCC("s2t").convert
    return (
        lambda text, chance: traditional(text),
        lambda text, chance: re.sub(r"(?<=[^\W\d_A-Za-z])(?=[^\W\d_A-Za-z]{9})", " ", text, count=40),
        lambda text, chance: text.replace("业", "业(yè)").replace("产", "产(chǎn) "),
        lambda text, chance: "\n".join((*chance.sample(FURNITURE, 2), text, *chance.sample(FURNITURE, 3))),
        lambda text, chance: text.replace("，", ",").replace("。", "．"),
    )


def documents(count: int, *, sparse: bool, first: int = 0) -> Iterator[tuple[str, str]]:
    """Names and texts of documents `first` to ``first + count - 1``."""
    for number in range(first, first + count):
        yield f"{number // 1000:04d}/{number:07d}.txt", document(number, sparse=sparse)


def write(output: Path, count: int, *, sparse: bool, jsonl: bool) -> int:
    """Write a corpus as a folder of text files, or as one JSON Lines file.

    Returns:
        Bytes of text written.
    """
    size = 0
    if jsonl:
        output.parent.mkdir(parents=True, exist_ok=True)
        with output.open("w", encoding="utf-8") as file:
            for name, text in documents(count, sparse=sparse):
                file.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")
                size += len(text.encode())
        return size
    for name, text in documents(count, sparse=sparse):
        path = output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(text.encode())
    return size


def main() -> None:
    """Read the command line and write the corpus."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("output", type=Path, help="folder, or with --jsonl a file")
    parser.add_argument("--documents", type=int, default=1000)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--dense", action="store_true", help="sentences of the samples only (the default)")
    kind.add_argument("--sparse", action="store_true", help="2 %% of them among others")
    parser.add_argument("--jsonl", action="store_true", help="one JSON Lines file instead of a folder")
    asked = parser.parse_args()
    size = write(asked.output, asked.documents, sparse=asked.sparse, jsonl=asked.jsonl)
    print(f"{asked.documents} documents, {size / 1e6:.1f} MB of text in {asked.output}")


if __name__ == "__main__":
    main()
