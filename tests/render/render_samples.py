"""A comparison made by hand for the renderers' tests: five regions, five measures. All texts are invented."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from polcmp.matrix import build_comparison
from polcmp.model.comparison import (
    Comparison,
    DocumentFacts,
    DocumentResult,
    DroppedMention,
    Failure,
    MeasureInfo,
    RawMask,
    TaxonomyInfo,
)
from polcmp.model.document import Location
from polcmp.model.mention import Figure, Mention, Part, Reading
from polcmp.text.span import Span

MEASURES = (
    MeasureInfo(
        "cadre_dispatch",
        "干部选派",
        "Cadre dispatch",
        "上级选派干部到村或乡镇工作：第一书记、驻村工作队、科技特派员、挂职副职",
        "People sent from above to work in a village or township: first secretaries, village work teams",
        "纪检派驻、巡察组；村干部选举",
    ),
    MeasureInfo(
        "unit_village_pairing",
        "单位包联",
        "Unit–village pairing",
        "部门、企业或领导干部包联一个村或其党支部",
        "A department, enterprise or leading official answers for a named village",
        "强村带弱村；东西部协作",
    ),
    MeasureInfo(
        "shareholding_cooperative",
        "股份合作",
        "Shareholding cooperative",
        "土地、资产、资金折股入股合作社或集体经营",
        "Land, assets, funds or labour turned into shares of a cooperative",
        "股份有限公司；养殖合作社",
    ),
    MeasureInfo(
        "guaranteed_dividend",
        "保底分红",
        "Guaranteed dividend",
        "按固定比例或保底额向成员或集体支付的分红",
        "A floor or a fixed rate under what members or the collective are paid",
        "无保底的年底分红",
    ),
    MeasureInfo(
        "joint_committee",
        "联合党委与联席机构",
        "Joint committee",
        "几个村或几个单位共同组成的常设机构：联合党委、联席会议",
        "A standing body in which several villages or organisations sit together",
        "领导小组、专班",
    ),
)


@dataclass
class Found:
    """One mention to be: the quotation must stand in the text."""

    quote: str
    measure: str
    status: str = "implemented"
    score: float = 1.0
    figures: tuple[tuple[str, float, str, str, str], ...] = ()
    cue: str = ""
    cue_from: str = "default"
    form: str = ""
    pattern: str = ""
    transforms: tuple[str, ...] = ()
    section: str = ""
    reason: str = ""
    detail: str = ""
    place: str = "here"


@dataclass
class Text:
    """One document to be."""

    name: str
    region: str
    full: str
    raw: str
    found: list[Found] = field(default_factory=list)
    masks: tuple[tuple[str, str], ...] = ()
    found_by: str = "title"


TEXTS = [
    Text(
        "000_chenbaerhu.txt",
        "陈巴尔虎旗",
        "内蒙古自治区呼伦贝尔市陈巴尔虎旗",
        "陳巴爾虎旗推進嘎查集體經(jīng)濟（虛構樣例）\n"
        "全旗實行旗直單位包聯(lián)扶持和第一書記駐村指導，旗級領導每人包聯(lián)1個嘎查黨支部。\n"
        "目前，向40個嘎查選派第一書記29名，累計下派科技特派員百余名。\n"
        "下一步，將成立產(chǎn)業(yè)聯(lián)合黨委3個。牧民以草場入股合作社，400余戶持有股份。\n",
        [
            Found(
                "旗直單位包聯(lián)扶持",
                "unit_village_pairing",
                pattern="单位 … 包联",
                transforms=("t2s", "pinyin"),
            ),
            Found("第一書記駐村指導", "cadre_dispatch", form="first_secretary", pattern="第一书记驻村"),
            Found(
                "旗級領導每人包聯(lián)1個嘎查黨支部",
                "unit_village_pairing",
                figures=(("1个嘎查党支部", 1, "个", "嘎查党支部", "exact"),),
                pattern="<leader> … 包联 … 党支部",
                transforms=("t2s", "pinyin"),
                score=0.96,
            ),
            Found(
                "選派第一書記29名",
                "cadre_dispatch",
                figures=(("29名", 29, "名", "第一书记", "exact"),),
                cue="目前",
                cue_from="sentence",
                form="first_secretary",
                pattern="<dispatch> & 第一书记",
                transforms=("t2s",),
            ),
            Found(
                "下派科技特派員百余名",
                "cadre_dispatch",
                figures=(("百余名", 100, "名", "科技特派员", "at_least"),),
                cue="累计",
                cue_from="clause",
                pattern="<dispatch> & <cadre>",
                transforms=("t2s",),
            ),
            Found(
                "成立產(chǎn)業(yè)聯(lián)合黨委3個",
                "joint_committee",
                "planned",
                0.93,
                (("3个", 3, "个", "产业联合党委", "exact"),),
                cue="将",
                cue_from="clause",
                pattern="联合党委",
            ),
            Found(
                "草場入股合作社",
                "shareholding_cooperative",
                figures=(("400余户", 400, "户", "", "at_least"),),
                pattern="入股",
            ),
        ],
    ),
    Text(
        "001_alashan.txt",
        "阿拉善高新区",
        "内蒙古自治区阿拉善盟阿拉善高新技术产业开发区",
        "阿拉善高新区组织工作观察（虚构样例）\n"
        "首页 | 新闻 | 下派干部动态\n"
        "园区党工委建立“产业链党委+联席会议”机制，吸纳12家成员单位。\n"
        "每年按入股资金8%的比例向嘎查集体支付保底分红，年分红270万元。\n"
        "借鉴浙江做法的地方选派第一书记196名。\n责任编辑：某某\n",
        [
            Found(
                "建立“产业链党委+联席会议”机制",
                "joint_committee",
                figures=(("12家成员单位", 12, "家", "成员单位", "exact"),),
                cue="建立",
                cue_from="clause",
                pattern="产业链党委",
            ),
            Found(
                "按入股资金8%的比例向嘎查集体支付保底分红",
                "guaranteed_dividend",
                figures=(("8%", 8, "%", "入股资金", "exact"), ("270万元", 2_700_000, "元", "分红", "exact")),
                pattern="保底分红",
            ),
            Found("入股资金", "shareholding_cooperative", score=0.88, pattern="入股资金|资金入股"),
            Found(
                "下派干部",
                "cadre_dispatch",
                reason="boilerplate",
                detail="navigation",
                pattern="<dispatch> & <cadre>",
            ),
            Found(
                "选派第一书记196名",
                "cadre_dispatch",
                reason="other_place",
                detail="借鉴浙江做法的地方",
                place="other",
                pattern="<dispatch> & 第一书记",
            ),
        ],
        (("首页 | 新闻 | 下派干部动态", "navigation"), ("责任编辑：某某", "editor_line")),
        "sidecar",
    ),
    Text(
        "002_zhalaite.txt",
        "扎赉特旗",
        "内蒙古自治区兴安盟扎赉特旗",
        "扎赉特旗抓党建促脱贫研究（虚构样例）\n"
        "精准选派了196名优秀后备干部，到全旗196个嘎查村任“第一书记”，并配备784名干部组成驻村工作队，为期3年。\n"
        "实行“三级包联”机制，深化“五个一”邦扶行动。\n"
        "三、对策与建议\n"
        "一是积极发展股份合作制经济。二是要探索固定分红，保证年收益不低于6%。\n",
        [
            Found(
                "精准选派了196名优秀后备干部，到全旗196个嘎查村任“第一书记”",
                "cadre_dispatch",
                figures=(
                    ("196名优秀后备干部", 196, "名", "优秀后备干部", "exact"),
                    ("196个嘎查村", 196, "个", "嘎查村", "exact"),
                ),
                cue="了",
                cue_from="clause",
                form="first_secretary",
                pattern="<dispatch> … 第一书记",
                score=0.94,
            ),
            Found(
                "配备784名干部组成驻村工作队",
                "cadre_dispatch",
                figures=(("784名干部", 784, "名", "干部", "exact"), ("3年", 3, "年", "", "exact")),
                pattern="驻村工作队",
            ),
            Found("“三级包联”机制", "unit_village_pairing", pattern="包联机制", score=0.97),
            Found(
                "“五个一”邦扶行动",
                "unit_village_pairing",
                score=0.84,
                pattern="帮扶行动",
                transforms=("homophone",),
            ),
            Found(
                "发展股份合作制经济",
                "shareholding_cooperative",
                "called_for",
                cue="对策与建议",
                cue_from="section",
                section="三、对策与建议",
                pattern="股份合作制",
            ),
            Found(
                "固定分红，保证年收益不低于6%",
                "guaranteed_dividend",
                "called_for",
                0.91,
                (("6%", 6, "%", "", "at_least"),),
                cue="要",
                cue_from="clause",
                section="三、对策与建议",
                pattern="固定分红",
            ),
        ],
        found_by="text",
    ),
    Text(
        "003_yijinhuoluo.txt",
        "伊金霍洛旗",
        "内蒙古自治区鄂尔多斯市伊金霍洛旗",
        "伊金霍洛旗村集体经济报道（虚构样例）\n"
        "138个村全部成立股份经济合作社，3.2万名村民成为股东。\n"
        "62个部门与62个村结对共建，近两万人次参与。\n"
        "全旗组建片区联合党委9个。但是部分村尚未选派驻村干部。\n",
        [
            Found(
                "全部成立股份经济合作社",
                "shareholding_cooperative",
                figures=(
                    ("138个村", 138, "个", "村", "exact"),
                    ("3.2万名村民", 32_000, "名", "村民", "exact"),
                ),
                cue="全部",
                cue_from="clause",
                pattern="股份经济合作社",
            ),
            Found(
                "62个部门与62个村结对共建",
                "unit_village_pairing",
                figures=(("62个部门", 62, "个", "部门", "exact"), ("62个村", 62, "个", "村", "exact")),
                pattern="结对共建",
            ),
            Found(
                "组建片区联合党委9个",
                "joint_committee",
                figures=(("9个", 9, "个", "片区联合党委", "exact"),),
                pattern="片区 … 党委",
                score=0.98,
            ),
            Found(
                "尚未选派驻村干部",
                "cadre_dispatch",
                "lacking",
                0.9,
                cue="尚未",
                cue_from="clause",
                pattern="选派 … 干部",
            ),
        ],
        found_by="dateline",
    ),
    Text(
        "004_nierong.txt",
        "聂荣县",
        "西藏自治区那曲市聂荣县",
        "聂荣县强基惠民（虚构样例）\n"
        "县里选派142支驻村工作队，并按村派驻科技人员。\n"
        "合作社给牧民年低分红，群众满意。拟建立村企联席制度。\n",
        [
            Found(
                "选派142支驻村工作队",
                "cadre_dispatch",
                figures=(("142支驻村工作队", 142, "支", "驻村工作队", "exact"),),
                form="work_team",
                pattern="<dispatch> … 驻村工作队",
            ),
            Found(
                "年低分红",
                "guaranteed_dividend",
                score=0.52,
                reason="below_cutoff",
                detail="0.6",
                pattern="保底分红",
            ),
            Found(
                "建立村企联席制度",
                "joint_committee",
                "planned",
                0.75,
                cue="拟",
                cue_from="clause",
                pattern="联席会议制度",
                transforms=("edits:2",),
            ),
        ],
        found_by="dateline",
    ),
]

RAW = {text.name: text.raw for text in TEXTS}


def sample() -> Comparison:
    """Five regions × five measures, a failure, all zeros but ``no_document`` and ``other_status``."""
    return compare(TEXTS)


def compare(texts: list[Text], measures: tuple[MeasureInfo, ...] = MEASURES) -> Comparison:
    """Any texts, compared under fixed settings."""
    return build_comparison(
        [analyse(text) for text in texts],
        [Failure("broken.pdf", "P301", "the file is empty", "Check that it was downloaded whole.")],
        TaxonomyInfo("measures.yaml", 1, "ab" * 32),
        measures,
        {"min_score": 0.6, "gap_characters": 12},
    )


def analyse(text: Text) -> DocumentResult:
    """A document as the pipeline would hand it over; folded offsets are made equal to raw ones."""
    counting = [_mention(text, one) for one in text.found if not one.reason]
    dropped = [_dropped(text, one) for one in text.found if one.reason]
    facts = DocumentFacts(
        name=text.name,
        path=f"samples/{text.name}",
        sha256=hashlib.sha256(text.raw.encode("utf-8", "replace")).hexdigest(),
        encoding="utf-8",
        characters=len(text.raw),
        title=text.raw.split("\n")[0],
        date="2022-04-12" if text.name.startswith("001") else "",
        location=Location(text.region, text.full, text.found_by, text.region),
        warnings=("pinyin notes were removed before matching",)
        if "(jīng)" in text.raw or "(jing)" in text.raw
        else (),
        masks=tuple(RawMask(_span(text.raw, words), rule) for words, rule in text.masks),
    )
    return DocumentResult(facts, tuple(counting), tuple(dropped))


def _span(raw: str, words: str) -> Span:
    start = raw.index(words)
    return Span(start, start + len(words))


def _sentence(raw: str, span: Span) -> Span:
    start = max(raw.rfind(mark, 0, span.start) for mark in "。\n") + 1
    ends = [at for mark in "。\n" if (at := raw.find(mark, span.end)) >= 0]
    return Span(start, min(ends, default=len(raw) - 1) + 1)


def _parts(span: Span, one: Found) -> tuple[Part, ...]:
    half = span.start + max(1, span.length // 2)
    how = one.transforms[-1] if one.transforms and one.transforms[-1] not in ("t2s", "pinyin") else "exact"
    first = Part(
        one.pattern.split(" ")[0] or one.quote[:2], one.quote[:4], Span(span.start, half), 1.0, "exact", 0.5
    )
    second = Part(one.pattern.split(" ")[-1], one.quote[-4:], Span(half, span.end), 1.0, how, one.score - 0.5)
    if one.score >= 0.98 or one.score < 0.6:
        return (first, second)
    gap = Part("gap", one.quote[4:-4], Span(half, half), 0.0, "gap", -0.04)
    second = Part(second.piece, second.found, second.folded_span, second.similarity, how, one.score - 0.46)
    return (first, gap, second)


def _mention(text: Text, one: Found) -> Mention:
    span = _span(text.raw, one.quote)
    figures = []
    for words, value, unit, of, bound in one.figures:
        at = text.raw.find(words, span.start)
        at = span.start if at < 0 else at
        figures.append(Figure(words, value, None, unit, of, bound, Span(at, at + len(words))))
    key = f"{text.name}{one.measure}{one.quote}{span.start}"
    return Mention(
        id=hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:16],
        document=text.name,
        region=text.region,
        measure=one.measure,
        form=one.form,
        status=one.status,
        score=one.score,
        raw_span=span,
        quote=one.quote,
        raw_sentence=_sentence(text.raw, span),
        section=one.section,
        pattern=one.pattern,
        transforms=one.transforms,
        figures=tuple(figures),
        reading=Reading(one.status, one.cue, one.cue_from),
        parts=_parts(span, one),
    )


def _dropped(text: Text, one: Found) -> DroppedMention:
    span = _span(text.raw, one.quote)
    return DroppedMention(
        document=text.name,
        region=text.region,
        measure=one.measure,
        form=one.form,
        status=one.status,
        score=one.score,
        raw_span=span,
        quote=one.quote,
        pattern=one.pattern,
        reason=one.reason,
        detail=one.detail,
        place=one.place,
        parts=_parts(span, one),
    )
