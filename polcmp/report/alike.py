"""Which regions use the same measures: pairwise likeness, and an order that puts like by like.

Average linkage (UPGMA; Sokal and Michener 1958) over the Jaccard index of `polcmp.matrix.region_similarity`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from polcmp.matrix import region_similarity
from polcmp.model.comparison import Comparison

MOST_REGIONS = 80
"""Regions on the map: more cannot be read on a screen, and the work grows with the cube of their number."""

Tree = int | list[Any]
"""A leaf's number, or [left, right, likeness at which they join]."""


def likeness(comparison: Comparison) -> dict[str, Any]:
    """The regions with the most text, each pair's likeness, and the tree that joins them.

    Returns:
        `regions`: numbers in `Comparison.regions`, in the order of the tree's leaves; `values`: for each of
        them a row of whole per cent, in the same order; `tree`: with leaves numbered by place in that order;
        `of`: how many regions have a name and a document.
    """
    known = [n for n, one in enumerate(comparison.regions) if one.name and one.documents]
    most = sorted(
        known, key=lambda n: (-comparison.regions[n].documents, -comparison.regions[n].characters, n)
    )
    chosen = sorted(most[:MOST_REGIONS])
    matrix = _matrix(comparison, chosen)
    order, tree = cluster(matrix)
    values = [[round(100 * matrix[row][column]) for column in order] for row in order]
    place = {leaf: number for number, leaf in enumerate(order)}
    return {
        "regions": [chosen[leaf] for leaf in order],
        "values": values,
        "tree": None if tree is None else _renumbered(tree, place),
        "of": len(known),
    }


def _matrix(comparison: Comparison, chosen: Sequence[int]) -> list[list[float]]:
    """Likeness of each pair of the chosen regions, 1 on the diagonal."""
    regions = tuple(comparison.regions[n] for n in chosen)
    places = {one.name: place for place, one in enumerate(regions)}
    cells = tuple(cell for cell in comparison.cells if cell.region in places)
    matrix = [[float(row == column) for column in range(len(chosen))] for row in range(len(chosen))]
    for one, other, alike in region_similarity(replace(comparison, regions=regions, cells=cells)):
        matrix[places[one]][places[other]] = matrix[places[other]][places[one]] = alike
    return matrix


def cluster(matrix: Sequence[Sequence[float]]) -> tuple[list[int], Tree | None]:
    """Average-linkage clustering.

    Args:
        matrix: symmetric likeness of n things, 0 to 1.

    Returns:
        The things in the order of the tree's leaves, and the tree (None for nothing). Of equally alike pairs
        the one that stands first is joined first, so the order depends on nothing else.
    """
    groups: dict[int, tuple[Tree, list[int]]] = {n: (n, [n]) for n in range(len(matrix))}
    alike = {(a, b): matrix[a][b] for a in groups for b in groups if a < b}
    while len(groups) > 1:
        (left, right), value = max(alike.items(), key=lambda item: (item[1], -item[0][0], -item[0][1]))
        size_left, size_right = len(groups[left][1]), len(groups[right][1])
        for other in groups:
            if other in (left, right):
                continue
            one, two = alike[_pair(left, other)], alike.pop(_pair(right, other))
            alike[_pair(left, other)] = (one * size_left + two * size_right) / (size_left + size_right)
        del alike[left, right]
        (tree_left, leaves_left), (tree_right, leaves_right) = groups[left], groups.pop(right)
        groups[left] = ([tree_left, tree_right, round(value, 4)], leaves_left + leaves_right)
    if not groups:
        return [], None
    tree, leaves = groups[min(groups)]
    return leaves, tree


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _renumbered(tree: Tree, place: dict[int, int]) -> Tree:
    """The tree with its leaves numbered by their place."""
    if isinstance(tree, int):
        return place[tree]
    left, right, value = tree
    return [_renumbered(left, place), _renumbered(right, place), value]
