"""From the chosen place to a `Location`: short name, superiors, aliases, and how it was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from polcmp.locate.subject import Candidate, Chain, add_short_forms, chains_of, choose, weigh
from polcmp.model.document import Location, Mask
from polcmp.text.gazetteer import expand, full_name, gazetteer, level_of, settle, short_name, stem, superiors
from polcmp.text.places import COUNTY, PREFECTURE, PROVINCE, TOWNSHIP, PlaceName, canonical_name, find_places
from polcmp.text.span import Span

_AUTHORITY = (
    "人民政府",
    "政府",
    "委",
    "农业",
    "乡村振兴",
    "扶贫",
    "县",
    "市",
    "融媒",
    "人社",
    "民政",
    "财政",
    "党",
)
"""What follows a place's name when its own authority issued the text."""


def find_location(
    text: str,
    masks: Sequence[Mask],
    title: Span,
    places: Sequence[PlaceName],
    stated: str,
    stated_by: str = "",
) -> Location:
    """The region a document is about.

    Args:
        text: folded text.
        masks: its boilerplate; places inside do not count.
        title: where the title stands, empty when there is none.
        places: what `find_places` finds in the text.
        stated: folded region from a sidecar or front matter, ``""`` when there is none.
        stated_by: which of the two, ``""`` for a sidecar.

    Returns:
        `Location` with `found_by` ``sidecar``, ``front matter``, ``title``, ``dateline``, ``text`` or ``""``.
    """
    chains = chains_of(places, masks)
    if stated:
        return _stated(stated, chains)._replace(found_by=stated_by or "sidecar")
    candidates = weigh(text, title, chains)
    add_short_forms(text, title, candidates)
    chosen = choose(list(candidates.values())) or _from_header(text, masks, places)
    if chosen is None:
        return Location("")
    if chosen.key.endswith("团") and "师" not in chosen.key:
        chosen = _with_division(chosen, places, candidates)
    full = _full(chosen.key, chosen.level, chosen.code, chosen.chains, chains)
    aliases = _aliases(text, chosen, full)
    return Location(chosen.key, full, chosen.found_by, chosen.evidence, aliases)


def _from_header(text: str, masks: Sequence[Mask], places: Sequence[PlaceName]) -> Candidate | None:
    """The county or township whose authority issued the text, by its masked header or index card."""
    for mask in masks:
        if mask.rule not in ("source line", "index card", "contact line", "editor"):
            continue
        for chain in chains_of([place for place in places if mask.folded_span.contains(place.span)], ()):
            place = chain.links[-1]
            if place.level in (COUNTY, TOWNSHIP) and text.startswith(_AUTHORITY, place.span.end):
                one = Candidate(canonical_name(place), place.level, place.code, chains=[chain])
                one.add("body", 1.0, place.name, text[mask.folded_span.start : mask.folded_span.end][:30])
                return one
    return None


def _stated(stated: str, chains: Sequence[Chain]) -> Location:
    links = chains_of(find_places(stated), ())
    place = links[-1].links[-1] if links and links[-1].span.end >= len(stated) - 1 else None
    near = [link.code for chain in chains for link in chain.links if link.code]
    code = place.code if place else _code_of_short(stated, near)
    name = canonical_name(place) if place else short_name(gazetteer().name_of.get(code, stated))
    own = [chain for chain in chains if any(canonical_name(link) == name for link in chain.links)]
    links_of_it = [link for chain in own for link in chain.links if canonical_name(link) == name]
    code = code or next((link.code for link in links_of_it), "")
    full = (
        _full(name, place.level if place else COUNTY, code, [*links[-1:], *own], ())
        if place or code
        else stated
    )
    aliases = {link.name for link in links_of_it} | {stated}
    return Location(name, full, "sidecar", aliases=tuple(sorted(aliases - {name})))


def _code_of_short(stated: str, near: Sequence[str]) -> str:
    """The county meant by a name without its unit (通江) or an abbreviation (伊旗), ``""`` when not clear."""
    stems = gazetteer().stems.get(stated, ())
    return settle([code for code in stems if level_of(code) == COUNTY], near) or expand(stated, near)


def _with_division(
    chosen: Candidate, places: Sequence[PlaceName], candidates: dict[str, Candidate]
) -> Candidate:
    """A regiment bears its division's name: 第九师 and 一六八团 make 第九师一六八团."""
    divided = [key for key in candidates if key.endswith("师" + chosen.key)]
    divisions = [place.name for place in places if place.name.endswith("师")]
    name = divided[0] if divided else (divisions[0] if divisions else "") + chosen.key
    chosen.key = name
    return chosen


def _full(name: str, level: str, code: str, own: Sequence[Chain], others: Sequence[Chain]) -> str:
    """The name with its superiors, from the gazetteer when it knows the place, else from the text."""
    written = max(
        (link.name for chain in own for link in chain.links if canonical_name(link) == name),
        key=len,
        default=name,
    )
    known = gazetteer().name_of.get(code, "")
    same = known[-1:] == name[-1] and stem(known) in (stem(written), stem(name))
    abbreviated = level == COUNTY and len(written) < len(known) and written[-1] == known[-1]
    if known and (same or abbreviated):
        return full_name(code)
    if "师" in name and name.endswith("团"):
        return name
    above = ""
    for chain in sorted(own, key=lambda one: -len(one.links)):
        own_index = next((i for i, link in enumerate(chain.links) if canonical_name(link) == name), 0)
        if own_index:
            above = _written_out(chain.links[:own_index])
            break
    if not above and code:
        above = "".join(gazetteer().name_of[one] for one in superiors(code))
    if not above and level != PREFECTURE and level != PROVINCE:
        above = _first_superior(others)
    zone = _zone_superior(written)
    return (zone or above) + (written if len(written) >= len(name) else name)


def _written_out(heads: Sequence[PlaceName]) -> str:
    """Superiors as the gazetteer writes them, down to the last one it knows, then as the text does."""
    known = [link for link in heads if link.code]
    if not known:
        return "".join(link.name for link in heads)
    rest = [link.name for link in heads[heads.index(known[-1]) + 1 :]]
    return full_name(known[-1].code) + "".join(rest)


def _zone_superior(written: str) -> str:
    """A zone named after a prefecture stands in it: 阿拉善高新区 in 阿拉善盟."""
    found = re.match(r"(.{2,5}?)(?:[市盟州])?(?=高新|经济|经开)", written)
    if not found:
        return ""
    codes = [code for code in gazetteer().stems.get(stem(found[1]), ()) if code.endswith("00")]
    return full_name(codes[0]) if len(codes) == 1 else ""


def _first_superior(chains: Sequence[Chain]) -> str:
    """The first prefecture (else province) the text names by itself: 根据吕梁市委部署."""
    for level in (PREFECTURE, PROVINCE):
        for chain in chains:
            if chain.links[-1].level == level and chain.links[-1].code:
                return full_name(chain.links[-1].code)
    return ""


def _aliases(text: str, chosen: Candidate, full: str) -> tuple[str, ...]:
    """Other names the text uses for the place: 科左后旗, 都安瑶族自治县, 都安."""
    root = stem(short_name(chosen.key))
    names = {
        link.name for chain in chosen.chains for link in chain.links if canonical_name(link) == chosen.key
    }
    names |= set(chosen.names)
    if len(root) >= 2 and root != chosen.key and root in text:
        names.add(root)
    return tuple(sorted(name for name in names if name != chosen.key))
