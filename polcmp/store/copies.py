"""Which documents of a store are copies of one article, so that a cell counts them once.

The rule is that of `polcmp.matrix.sources`: two documents of one region are copies when the estimated
Jaccard similarity of their fingerprints is 0.8 or more, directly or through a third one, and the first
name stands for all. Only the way to the pairs that are compared differs:

- in a region of at most `MOST_BY_PROBES` documents, those that share one of the 8 smallest values of their
  fingerprints, as there: the same pairs, so the same groups;
- in a larger one (the documents of no known region, mostly), where phrases that half the documents have
  would pair them all, those that agree in one band of `BAND` values of their MinHash signatures (Broder 1997;
  banding after Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4). With the 64 values
  that a scan writes, two documents of similarity 0.8 are missed with a probability of (1 - 0.8 ** 4) ** 16 =
  2e-4, at 0.9 (mirrors of one article) with 4e-8. Documents without a signature are looked up by probes there
  as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from polcmp.matrix.sources import PROBES, SAME_SOURCE, estimated_jaccard
from polcmp.store.literals import file_literal, numbers
from polcmp.store.narrow import SHOWN, of_regions
from polcmp.store.reader import Store

BAND = 4
"""Values of a band: unlike documents (0.3 and below) agree in one of 16 bands with a probability of 0.12."""

MOST_BY_PROBES = 2_000
"""Documents of a region up to which probes cost no more than bands."""

PAIRS_AT_ONCE = 50_000


def find_copies(store: Store) -> None:
    """Make the table ``copies``: number of each document that is a copy, and that of the first of its group.

    Needs ``docs`` and ``shown``; looks at all documents of the regions that stand in the rows shown.
    """
    if store.summary is not None:
        _take(store, store.summary.path("copies"))
        return
    _pair(store)
    leaders = _leaders(_alike(store))
    store.run("CREATE TABLE copies (doc UINTEGER, leader UINTEGER)")
    if leaders:
        store.run(
            f"INSERT INTO copies SELECT unnest({numbers(leaders)}), unnest({numbers(leaders.values())})"
        )
    for table in ("sketches", "large", "pairs"):
        store.run(f"DROP TABLE {table}")


def _take(store: Store, path: Path) -> None:
    """Of all copies that a summary names, those among the documents that are kept."""
    store.run(
        f"""
        CREATE TABLE copies AS SELECT k.doc, k.leader
        FROM read_parquet({file_literal(str(path))}) k
        JOIN docs d ON k.doc = d.number SEMI JOIN docs l ON k.leader = l.number
        WHERE d.region IN (SELECT region FROM {SHOWN})
        """
    )


def _pair(store: Store) -> None:
    """Make the tables ``sketches``, ``large`` (regions) and ``pairs``: documents that may be copies."""
    store.run(
        f"""
        CREATE TABLE sketches AS SELECT d.number, d.region, x.fingerprint, x.signature
        FROM documents x JOIN docs d USING (document)
        WHERE len(x.fingerprint) > 0
          AND d.region IN (SELECT region FROM {SHOWN}) AND {of_regions(store, "x.region", SHOWN)}
        """
    )
    store.run(
        "CREATE TABLE large AS SELECT region FROM sketches GROUP BY region HAVING count(*) > ?",
        (MOST_BY_PROBES,),
    )
    store.run(
        f"""
        CREATE TABLE pairs AS
        WITH keys AS (
            SELECT number, region, unnest(fingerprint[1:{PROBES}]) AS key, 0 AS band
            FROM sketches WHERE region NOT IN (FROM large) OR len(signature) = 0
            UNION ALL
            SELECT number, region, hash(signature[{BAND} * band + 1:{BAND} * (band + 1)]) AS key, band + 1
            FROM (
                SELECT *, unnest(range(len(signature) // {BAND})) AS band
                FROM sketches WHERE region IN (FROM large) AND len(signature) > 0
            )
        )
        SELECT DISTINCT one.number AS one, other.number AS other
        FROM keys one JOIN keys other USING (region, key, band) WHERE one.number < other.number
        """
    )


def _alike(store: Store) -> Iterator[tuple[int, int]]:
    """The pairs that are copies of each other."""
    sql = """
        SELECT one, other, a.fingerprint AS mine, b.fingerprint AS theirs
        FROM pairs JOIN sketches a ON a.number = one JOIN sketches b ON b.number = other
    """
    for row in store.batches(sql):
        if estimated_jaccard(row["mine"], row["theirs"]) >= SAME_SOURCE:
            yield row["one"], row["other"]


def _leaders(pairs: Iterator[tuple[int, int]]) -> dict[int, int]:
    """Smallest number of each document's group; only documents that are not it themselves."""
    leader: dict[int, int] = {}

    def find(number: int) -> int:
        while (above := leader.get(number, number)) != number:
            leader[number] = leader.get(above, above)
            number = above
        return number

    for one, other in pairs:
        first, second = find(one), find(other)
        if first != second:
            leader[max(first, second)] = min(first, second)
    return {number: find(number) for number in leader}
