"""Whose text this is: the place a document is about, weighed from title, dateline, lead and body.

Only names that `polcmp.text.places` finds are weighed; helpers, neighbours and examples do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from polcmp.model.document import Mask
from polcmp.text.gazetteer import gazetteer, level_of, settle, short_name, stem
from polcmp.text.places import COUNTY, PREFECTURE, PROVINCE, TOWNSHIP, PlaceName, canonical_name
from polcmp.text.span import Span

_WEIGHTS = {"title start": 7.0, "title": 6.0, "dateline": 5.0, "lead": 3.0, "body": 1.0}
"""What one mention counts by where it stands. Set by hand on the labelled documents: a title or dateline
outweighs the body, in which no name adds more than `_BODY_LIMIT`."""

_BODY_LIMIT = 6.0
_LEAD_CHARACTERS = 160
_ENOUGH = 1.5
"""A county with this much is taken before a township, a prefecture or a province …"""

_SHARE = 0.5
"""… if it has this share of what the strongest prefecture or province has."""

_DATELINE = re.compile(
    r"(?<![^\n])(?:本报|本网|本台|[^\W\d]{2,4}[报网社](?:记者)?)?"
    r"([^\W\d]{2,8})(?:\d{1,2}月\d{1,2}日)?[讯电](?=[ (:\w])"
)
_TITLE_SHORT = re.compile(r"([^\W\d]{2,6}?)(?::|一周|(?=[^\W\d]{2,3}(?:镇|乡|街道|苏木):))")


_CLAUSE_MARK = "[,。;:!?\n]"
_ONLY_AT_END = frozenset("与同跟如像学")
"""Words that speak for another place only right before its name."""


class Chain(NamedTuple):
    """Places that follow one another without a gap: 贵州省黔南州云坪县甲良镇."""

    links: tuple[PlaceName, ...]

    @property
    def span(self) -> Span:
        """From the first link's beginning to the last one's end."""
        return Span(self.links[0].span.start, self.links[-1].span.end)

    def link(self, level: str) -> PlaceName | None:
        """Its last link of that level, None when there is none."""
        return next((one for one in reversed(self.links) if one.level == level), None)


@dataclass
class Candidate:
    """A place the text may be about, with what speaks for it."""

    key: str
    level: str
    code: str = ""
    weight: float = 0.0
    body: float = 0.0
    found_by: str = ""
    strongest: float = 0.0
    evidence: str = ""
    names: dict[str, int] = field(default_factory=dict)
    zones: set[str] = field(default_factory=set)
    chains: list[Chain] = field(default_factory=list)

    @property
    def score(self) -> float:
        """All that speaks for it."""
        return self.weight + min(self.body, _BODY_LIMIT)

    def add(self, zone: str, factor: float, name: str, evidence: str) -> None:
        """Count one mention."""
        points = _WEIGHTS[zone] * factor
        if zone == "body":
            self.body += points
        else:
            self.weight += points
        if points > self.strongest:
            self.strongest = points
            self.evidence = evidence
            self.found_by = {"dateline": "dateline", "lead": "text", "body": "text"}.get(zone, "title")
        self.zones.add(zone)
        self.names[name] = self.names.get(name, 0) + 1


@cache
def _cues() -> dict[str, tuple[str, ...]]:
    path = Path(__file__).resolve().parent.parent / "data" / "subject_cues.tsv"
    table = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            kind, _, words = line.partition("\t")
            table[kind] = tuple(words.split())
    table["other.before"] = tuple(cue for cue in table["other.before"] if cue not in _ONLY_AT_END)
    return table


def chains_of(places: Sequence[PlaceName], masks: Sequence[Mask]) -> list[Chain]:
    """Places outside the masks, those that touch gathered into chains from wide to narrow."""
    found: list[list[PlaceName]] = []
    order = (PROVINCE, PREFECTURE, COUNTY, TOWNSHIP)
    spans = sorted(mask.folded_span for mask in masks)
    at = 0  # masks before it end before the place
    for place in places:
        while at < len(spans) and spans[at].end <= place.span.start:
            at += 1
        if at < len(spans) and spans[at].start < place.span.end:
            continue
        last = found[-1][-1] if found else None
        if last and last.span.end == place.span.start and order.index(last.level) <= order.index(place.level):
            found[-1].append(place)
        else:
            found.append([place])
    return [Chain(tuple(links)) for links in found]


def weigh(text: str, title: Span, chains: Sequence[Chain]) -> dict[str, Candidate]:
    """Every place with what speaks for it, by a key that all its names share.

    Args:
        text: folded text.
        title: where the title stands; empty when there is none.
        chains: places outside boilerplate.
    """
    candidates: dict[str, Candidate] = {}
    lead_end = _lead_end(text, title)
    listed = _listed(text, chains)
    for index, chain in enumerate(chains):
        zone = _zone(text, chain, title, lead_end)
        factor = 0.0 if index in listed else _factor(text, chain, zone)
        for place in _weighed(chain):
            one = candidates.setdefault(canonical_name(place), Candidate(canonical_name(place), place.level))
            one.code = one.code or place.code
            one.chains.append(chain)
            if factor:
                if zone == "lead" and "lead" in one.zones:
                    zone = "body"
                one.add(zone, factor * _level_factor(text, place, chain), place.name, _evidence(text, chain))
    return candidates


def _weighed(chain: Chain) -> list[PlaceName]:
    """The links that gain by a chain: its county, else its narrowest; a township beside its county too."""
    county, township = chain.link(COUNTY), chain.link(TOWNSHIP)
    if county is not None:
        return [county] if township is None else [county, township]
    return [chain.links[-1]]


def _level_factor(text: str, place: PlaceName, chain: Chain) -> float:
    if place.level == TOWNSHIP and chain.link(COUNTY) is not None:
        return 0.5
    if place.level in (PREFECTURE, PROVINCE) and text.startswith(_cues()["superior"], place.span.end):
        return 0.3
    return 1.0


def _lead_end(text: str, title: Span) -> int:
    return min(len(text), title.end + _LEAD_CHARACTERS)


def _zone(text: str, chain: Chain, title: Span, lead_end: int) -> str:
    start = chain.span.start
    if title.start <= start < title.end:
        before = text[title.start : start]
        head = not before or before.endswith(("中共", "关于", "—", "访", "对话", "走进", "以", "《"))
        return "title start" if head else "title"
    if text.startswith(("讯", "电"), chain.span.end) and start < lead_end:
        return "dateline"
    return "lead" if start < lead_end else "body"


def _factor(text: str, chain: Chain, zone: str) -> float:
    """0 for a helper, a neighbour or an example, 1 else; a place in one breath with another counts half."""
    start, end = chain.span
    before = re.split(_CLAUSE_MARK, text[max(0, start - 10) : start])[-1]
    after = re.split(_CLAUSE_MARK, text[end : end + 8], maxsplit=1)[0]
    cues = _cues()
    if before.endswith(("与", "同", "和", "跟")):
        return 0.5 if zone.startswith("title") or before.startswith(("与", "和")) else 0.25
    if any(cue in before for cue in cues["other.before"]):
        return 0.0
    if before.endswith(("如", "像", "学")):
        return 0.0
    return 1.0 if _HELPS_ITS_OWN.match(text, end) or not after.startswith(cues["other.after"]) else 0.0


_HELPS_ITS_OWN = re.compile(r"(?:结对|定点)?帮扶[^,;。\n县旗市区]{0,4}[村乡户]")
"""蓟东区结对帮扶困难村: whoever helps villages helps its own, unlike one county that helps another."""


def _listed(text: str, chains: Sequence[Chain]) -> set[int]:
    """Chains that stand in an enumeration of three or more, or in one that ends with 等: examples."""
    listed: set[int] = set()
    run: list[int] = []
    for index, chain in enumerate(chains):
        if run and text[chains[run[-1]].span.end : chain.span.start] in ("、", "和", "及", "以及"):
            run.append(index)
        else:
            run = [index]
        following = text[chain.span.end : chain.span.end + 4]
        if len(run) >= 3 or (len(run) >= 2 and following.startswith("等")):
            listed.update(run)
    return listed


def _evidence(text: str, chain: Chain) -> str:
    return text[chain.span.start : chain.span.end + 6].split("\n", 1)[0]


def add_short_forms(text: str, title: Span, candidates: dict[str, Candidate]) -> None:
    """Let a title (通江:…) or a dateline (本报都安讯) speak for a county by its name without the unit."""
    for hit, zone in _short_hits(text, title):
        name = hit[1]
        matching = [one for one in candidates.values() if one.level == COUNTY and stem_of(one) == name]
        if not matching:
            code = _by_stem(name, candidates.values())
            if not code:
                continue
            key = short_name(gazetteer().name_of[code])
            matching = [candidates.setdefault(key, Candidate(key, COUNTY, code))]
        for one in matching:
            one.add(zone, 1.0, name, hit[0])


def stem_of(one: Candidate) -> str:
    """A candidate's name without unit and peoples."""
    return stem(gazetteer().name_of[one.code]) if one.code else stem(one.key)


def _short_hits(text: str, title: Span) -> list[tuple[re.Match[str], str]]:
    hits = []
    if (hit := _TITLE_SHORT.match(text, title.start, title.end)) is not None:
        hits.append((hit, "title start"))
    hits += [(hit, "dateline") for hit in _DATELINE.finditer(text, title.end, _lead_end(text, title))]
    return hits


def _by_stem(name: str, candidates: Iterable[Candidate]) -> str:
    codes = [code for code in gazetteer().stems.get(name, ()) if level_of(code) == COUNTY]
    near = [one.code for one in candidates if one.code]
    return settle(codes, near)


def choose(candidates: Sequence[Candidate]) -> Candidate | None:
    """The place the text is about: a county before a township before a prefecture before a province."""
    best = {level: _best(candidates, level) for level in (COUNTY, TOWNSHIP, PREFECTURE, PROVINCE)}
    county, township = best[COUNTY], best[TOWNSHIP]
    above = [one for one in (best[PREFECTURE], best[PROVINCE]) if one]
    wider = max(above, key=lambda one: one.score, default=None)
    floor = max(_ENOUGH, _SHARE * wider.score) if wider else _ENOUGH
    if county and county.score >= floor:
        return county
    if township and township.score >= floor:
        return township
    return wider if wider and wider.score >= _ENOUGH else None


def _best(candidates: Sequence[Candidate], level: str) -> Candidate | None:
    fitting = [one for one in candidates if one.level == level and one.score > 0]
    return max(fitting, key=lambda one: (one.score, sum(one.names.values()), one.key), default=None)
