"""Reads whether a stretch speaks of the document's own place or of another.

What a text tells of another place is not a mention for this one (codebook, section Spans). Doubt is
resolved in favour of here: only a named place, a nation, another age or a lesson learned elsewhere counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from polcmp.context.cues import Cue, place_lexicon
from polcmp.model.document import Location, Segmentation
from polcmp.text.lazy import compiled
from polcmp.text.places import COUNTY, PREFECTURE, PROVINCE, TOWNSHIP, PlaceName, find_places
from polcmp.text.span import Span

_BEFORE_PARTNER = (
    "与",
    "和",
    "同",
    "跟",
    "由",
    "经",
    "向",
    "从",
    "赴",
    "到",
    "在",
    "对",
    "自",
    "请",
    "给",
    "为",
    "往",
    "去",
    "于",
)
_LEADING = re.compile(
    r"(?:[\"●·\-\s]|据了解|据介绍|据悉|据报道|例如|比如|譬如|像|如|而|但|却|其实|近年来|近年|近日|此前|目前|同样|同期|早在|就连|反观|再看"
    r"|(?:[与和同][^,;。]{1,5})?(?:相邻|接壤|交界|毗连)的?|邻近的?|毗邻的?|隔壁的?|周边的?|附近的?|远在|地处|一些|有些|部分|不少|许多|[^,;。]{0,8}?[年月日]|[,:、])*+"
)
"""Possessive, and short of each date: a row of 年 could be read in thousands of ways else, one by one."""

_LISTED_PLACES = r"[\u4e00-\u9fff]{2,5}(?:、[\u4e00-\u9fff]{2,5}){1,3}(?:那边|等地|等省|等县|等市)(?!的?村)"
_ROUGH_LEVELS = (PROVINCE, PREFECTURE, COUNTY)
_WHOLE_CITY = frozenset(["全市", "全州", "全盟"])
_BELOW_CITY = ("县", "旗", "区", "乡", "镇", "苏木", "街道", "村", "嘎查")
_THERE_IN = re.compile("[^,;。的下]{0,8}[,:]")
_VISITORS = re.compile("的?[^,;。的]{0,4}(?:客商|老板|商人|商户|大户|客人|买家|企业家|投资人|商会)")
_COMPARED = "比给让令较"
_HISTORY_LIMIT = 24
_AND = frozenset("与和及、同跟到至")
_LINK_GAP = 1
"""Characters between two links of a chain: a unit that the short name left out (黔南州云坪县)."""


class Whereabouts:
    """Answers whose place stretches of one document speak of."""

    def __init__(
        self, text: str, segmentation: Segmentation, location: Location, places: Sequence[PlaceName] | None
    ) -> None:
        self._text = text
        self._segmentation = segmentation
        self._location = location
        self._places = places
        self._chains: list[tuple[Span, bool]] | None = None
        self._starts: list[int] = []
        self._cues: dict[int, list[Cue]] = {}
        self._leading: dict[Span, tuple[str, int]] = {}
        self._telling: dict[int, str] = {}

    def elsewhere(self, span: Span, sentence: int) -> str:
        """Folded words that say the stretch is about another place, ``""`` for here.

        Args:
            span: the stretch.
            sentence: index of its sentence.
        """
        whole = self._segmentation.sentences[sentence].folded_span
        cues = self._cues.get(sentence)
        if cues is None:
            cues = self._cues[sentence] = place_lexicon().scan(self._text, whole)
        clause = self._clause(span, sentence)
        told = cues and (
            self._another_age(cues, clause, span)
            or self._lesson(cues, clause, span, whole)
            or self._nation(cues, clause, span)
        )
        return (
            told
            or self._subject(cues, clause, span, whole)
            or (cues and self._pronoun(cues, clause, span, whole, sentence))
            or self._section(cues, sentence, clause)
        )

    def _clause(self, span: Span, sentence: int) -> Span:
        start, end = span
        of_sentence = self._segmentation.sentences[sentence].clauses
        clauses = [one for one in of_sentence if one[0] < end and start < one[1]]
        return Span(clauses[0].start, clauses[-1].end) if clauses else span

    def _another_age(self, cues: Sequence[Cue], clause: Span, span: Span) -> str:
        """五十年代, 1954年 and the like, in the clause or at the head of the sentence."""
        for cue in cues:
            near = (
                clause.start <= cue.start < clause.end or cue.start < clause.start <= cue.end + _HISTORY_LIMIT
            )
            if cue.kind == "history" and near and cue.start < span.end:
                return cue.words
        return ""

    def _lesson(self, cues: Sequence[Cue], clause: Span, span: Span, whole: Span) -> str:
        """借鉴浙江…经验: the stretch lies between the learning and another's lesson."""
        learn = next(
            (c for c in cues if c.kind == "learn" and c.end <= span.start and c.start >= whole.start), None
        )
        ending = any(c.kind == "lesson" and span.start < c.end and c.start < clause.end for c in cues)
        if learn is None or not ending or (learn.start < clause.start and not self._listed(learn, span)):
            return ""
        foreign = self._foreign_in(Span(whole.start, span.end))
        away = next((c for c in cues if c.kind in ("away", "abroad") and c.start < span.end), None)
        there = next((c for c in cues if c.kind == "there" and learn.start <= c.start < span.end), None)
        if foreign or away or there:
            return f"{learn.words}{foreign or (away or there or learn).words}"
        return ""

    def _listed(self, learn: Cue, span: Span) -> bool:
        """Whether only a list stands between the learning and the stretch."""
        return not re.search("[,;:。]", self._text[learn.end : span.start])

    def _nation(self, cues: Sequence[Cue], clause: Span, span: Span) -> str:
        """全国累计…: the nation or the province is the subject."""
        for cue in cues:
            if cue.kind == "nation" and clause.start <= cue.start < span.end:
                head = self._text[clause.start : cue.start]
                following = self._text[cue.end : cue.end + 1]
                if (
                    _LEADING.fullmatch(head)
                    and following not in "第最性人大级首前"
                    and self._wider(cue.words)
                ):
                    return "" if self._here_named(cues, Span(cue.end, clause.end)) else cue.words
        return ""

    def _wider(self, words: str) -> bool:
        """全省, 全市 are background for a county, their own place for a province or a city."""
        if words in _WHOLE_CITY:
            return self._location.name.endswith(_BELOW_CITY) and bool(self._location.full_name)
        return words != "全省" or not self._location.name.endswith(("省", "自治区"))

    def _subject(self, cues: Sequence[Cue], clause: Span, span: Span, whole: Span) -> str:
        """Another county, province or country as subject of the clause, or of the sentence before it."""
        for stretch in (clause, whole):
            if stretch.start > span.start:
                continue
            if stretch not in self._leading:
                self._leading[stretch] = self._leading_foreign(cues, stretch)
            words, end = self._leading[stretch]
            if words and not self._here_named(cues, Span(end, clause.end)):
                return words
        return ""

    def _leading_foreign(self, cues: Sequence[Cue], stretch: Span) -> tuple[str, int]:
        """The foreign place with which a stretch begins and its end, ``""`` when it begins otherwise."""
        for place, foreign in self._chains_in(stretch)[:1]:
            head = self._text[stretch.start : place.start]
            within = head.endswith("在") and _THERE_IN.match(self._text, place.end)
            if not _LEADING.fullmatch(head[:-1] if within else head):
                break
            other = foreign and (bool(within) or not self._partner(cues, place))
            return (self._text[place.start : place.end] if other else "", place.end)
        for cue in cues:
            if cue.kind in ("abroad", "away") and stretch.start <= cue.start < stretch.end:
                head = self._text[stretch.start : cue.start]
                leads = _LEADING.fullmatch(head) and not _VISITORS.match(self._text, cue.end)
                return (cue.words if leads else "", cue.end)
        if self._text.find("、", stretch.start, stretch.end) < 0:
            return "", stretch.start
        listed = compiled(_LISTED_PLACES).match(self._text, stretch.start, stretch.end)
        return (listed.group(), listed.end()) if listed else ("", stretch.start)

    def _partner(self, cues: Sequence[Cue], place: Span) -> bool:
        """Whether the other place comes to help here (珠海市对口帮扶…, 上海派来…) or is only passed by."""
        after = self._text[place.end : place.end + 1]
        if _VISITORS.match(self._text, place.end):
            return True
        helps = any(c.kind == "partner" and place.end <= c.start <= place.end + 14 for c in cues)
        return (
            helps
            or after in ("与", "和", "同", "跟")
            or self._text[place.start - 1 : place.start] in _BEFORE_PARTNER
        )

    def _pronoun(self, cues: Sequence[Cue], clause: Span, span: Span, whole: Span, sentence: int) -> str:
        """当地, 人家 after another place was named in the sentence or in the one before."""
        for cue in cues:
            if cue.kind != "there" or not clause.start <= cue.start < span.end:
                continue
            if cue.start - clause.start > 3:
                continue
            before = Span(self._paragraph_start(sentence, whole), cue.start)
            foreign = self._last_foreign(before) or next(
                (c.words for c in cues if c.kind == "away" and c.start < cue.start), ""
            )
            if foreign:
                return f"{foreign}…{cue.words}"
        return ""

    def _paragraph_start(self, sentence: int, whole: Span) -> int:
        if sentence == 0:
            return whole.start
        previous = self._segmentation.sentences[sentence - 1].folded_span
        return previous.start if previous.end == whole.start else whole.start

    def _section(self, cues: Sequence[Cue], sentence: int, clause: Span) -> str:
        """A section on other places' experience (外地经验借鉴)."""
        section = self._segmentation.sentences[sentence].section
        if section not in self._telling:
            self._telling[section] = self._telling_heading(section)
        heading = self._telling[section]
        return "" if not heading or self._here_named(cues, clause) else heading

    def _telling_heading(self, section: int) -> str:
        """The nearest heading above that names other places, ``""`` when none does."""
        headings = self._segmentation.headings_of(section)[:-1] if section else ()
        for heading in headings:
            for cue in place_lexicon().scan(heading, Span(0, len(heading))):
                if cue.kind in ("heading", "away", "abroad"):
                    return heading
        return ""

    def _here_named(self, cues: Sequence[Cue], stretch: Span) -> bool:
        """Whether the document's own place is named in a stretch."""
        if any(
            c.kind == "here"
            and stretch.start <= c.start < stretch.end
            and self._text[c.start - 1 : c.start] not in _COMPARED
            for c in cues
        ):
            return True
        chains = self._all_chains()
        first = max(0, bisect_left(self._starts, stretch.start) - 1)  # the one before may reach into it
        last = bisect_left(self._starts, stretch.end)
        return any(not foreign and stretch.overlaps(place) for place, foreign in chains[first:last])

    def _foreign_in(self, stretch: Span) -> str:
        inside = (place for place, foreign in self._chains_in(stretch) if foreign and stretch.contains(place))
        return next((self._text[place.start : place.end] for place in inside), "")

    def _last_foreign(self, stretch: Span) -> str:
        """The last place named in a stretch, if it is foreign."""
        inside = [(place, foreign) for place, foreign in self._chains_in(stretch) if stretch.contains(place)]
        if not inside or not inside[-1][1]:
            return ""
        place = inside[-1][0]
        return self._text[place.start : place.end]

    def _chains_in(self, stretch: Span) -> list[tuple[Span, bool]]:
        """Those that begin in a stretch."""
        chains = self._all_chains()
        return chains[bisect_left(self._starts, stretch.start) : bisect_left(self._starts, stretch.end)]

    def _all_chains(self) -> list[tuple[Span, bool]]:
        """Named places, links of one chain (贵州省黔南州云坪县) as one, each with whether it is foreign."""
        if self._chains is None:
            places = find_places(self._text) if self._places is None else self._places
            chains: list[list[PlaceName]] = []
            for place in places:
                gap = place.span.start - chains[-1][-1].span.end if chains else -1
                if (
                    0 <= gap <= _LINK_GAP
                    and self._text[place.span.start - gap : place.span.start] not in _AND
                ):
                    chains[-1].append(place)
                else:
                    chains.append([place])
            self._chains = [
                (Span(chain[0].span.start, chain[-1].span.end), self._foreign(chain)) for chain in chains
            ]
            self._starts = [place.start for place, _ in self._chains]
        return self._chains

    def _foreign(self, chain: Sequence[PlaceName]) -> bool:
        """Whether a chain names a place that is neither here nor above nor below."""
        verdicts = [self._is_other(place) for place in chain if place.level != TOWNSHIP]
        return bool(verdicts) and verdicts[-1]

    def _is_other(self, place: PlaceName) -> bool:
        names = (self._location.name, *self._location.aliases)
        if not self._location.name or place.level not in _ROUGH_LEVELS:
            return False
        if any(
            place.name in name or (name and name in place.name) for name in (*names, self._location.full_name)
        ):
            return False
        codes, unlisted = _codes_of(self._location.full_name or self._location.name)
        if place.code and codes:
            if unlisted and place.level == COUNTY:  # all that is known of here is the city above it
                return True
            lowest = max(codes, key=lambda code: len(code.rstrip("0")))
            return place.code not in codes and not _nested(place.code, lowest)
        return place.known or (place.level == COUNTY and place.name[-1] in "县旗")


@lru_cache(maxsize=1024)
def _codes_of(region: str) -> tuple[tuple[str, ...], bool]:
    """Codes of a region and its superiors, as far as its full name tells; whether it has none itself."""
    named = find_places(region)
    unlisted = bool(named) and named[-1].level == COUNTY and not named[-1].code
    return tuple(place.code for place in named if place.code), unlisted


def _nested(one: str, two: str) -> bool:
    """Whether one division lies in the other, or is it (GB/T 2260 codes)."""
    short, long = sorted((one.rstrip("0"), two.rstrip("0")), key=len)
    width = 2 if len(short) <= 2 else 4 if len(short) <= 4 else 6
    return long.ljust(6, "0")[:width] == short.ljust(6, "0")[:width]
