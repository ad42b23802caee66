"""Short names of regions that stand for several places: 鼓楼区 is a district of six cities.

Tells of them, and must not part them: a row is a short name unless `--by county` is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable


def namesake_warnings(places: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The warning about short names that stand for several places, which share a row (鼓楼区).

    Args:
        places: short and full name of each document's region, in any order; ``""`` where unknown.

    Returns:
        One sentence or none. Full names of which one ends with the other are one place, written shorter.
    """
    full_names: dict[str, set[str]] = defaultdict(set)
    for name, full in places:
        if name and full:
            full_names[name].add(full)
    several = {name: whole for name, found in full_names.items() if len(whole := _apart(found)) > 1}
    if not several:
        return ()
    told = [f"{name} ({', '.join(several[name])})" for name in sorted(several)[:MOST_NAMESAKES]]
    more = f" and {len(several) - len(told):,} more" if len(several) > len(told) else ""
    return (f"names of several places share a row: {'; '.join(told)}{more}; --by county parts them",)


MOST_NAMESAKES = 5
"""Names of several places that are told one by one."""


def _apart(full_names: Collection[str]) -> list[str]:
    """Full names that are no shorter form of another, sorted."""
    return sorted(
        one for one in full_names if not any(other != one and other.endswith(one) for other in full_names)
    )
