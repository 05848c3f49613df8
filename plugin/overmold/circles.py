"""Crowds of circles: which pairs are nearer than a rule, exactly, and how far each stays inside an outline.

Everything is decided in int64 nanometres: no pair is missed, none invented, and a pair exactly at the spacing is not
nearer than it. Circles are put into size classes first (a factor of two each): one grid for all sizes would have cells as
wide as the largest pad, with thousands of bumps in each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from .arrays import IntArray
from .shapes import Outline, polygon

Pairs = tuple[IntArray, IntArray, IntArray]
_CANDIDATES = 4_000_000  # tested at once: 100 MB of working memory


def pairs_nearer_than(xy: IntArray, diameters: IntArray, spacing: int) -> Pairs:
    """All pairs of circles whose edges are nearer than ``spacing``: indices i < j and edge-to-edge distance, in nm.

    ``xy`` is (n, 2), ``diameters`` (n). The distance is rounded down to whole nanometres and negative where the circles
    overlap. Pairs come in ascending order of (i, j).
    """
    found = [_test(xy, diameters, spacing, one, other) for one, other in _candidates(xy, diameters, spacing)]
    if not found:
        none: IntArray = np.zeros(0, np.int64)
        return none, none, none
    i, j, edge = (np.concatenate(columns) for columns in zip(*found))
    order = np.lexsort((j, i))
    return i[order], j[order], edge[order]


def nearest_pair(xy: IntArray, diameters: IntArray) -> Optional[tuple[int, int, int]]:
    """The pair whose edges are nearest, as (i, j, distance); None where there are fewer than two circles."""
    if len(xy) < 2:
        return None
    width, height = (int(side) + 1 for side in np.ptp(xy, axis=0))
    spacing = max(1, int((width * height / len(xy)) ** 0.5) // 4, max(width, height) // (4 * len(xy)))
    while True:
        i, j, edge = pairs_nearer_than(xy, diameters, spacing)
        if len(edge):
            nearest = int(edge.argmin())
            return int(i[nearest]), int(j[nearest]), int(edge[nearest])
        spacing *= 2


def clearance_inside(xy: IntArray, diameters: IntArray, outline: Outline) -> IntArray:
    """How far every circle's edge stays inside ``outline`` (n), in nm, rounded down; negative where it sticks out."""
    if outline.is_box:
        left, top, right, bottom = outline.box
        x, y = xy[:, 0], xy[:, 1]
        twice = 2 * np.minimum(np.minimum(x - left, right - x), np.minimum(y - top, bottom - y))
        inside: IntArray = (twice - diameters) // 2
        return inside
    import shapely

    shape = polygon(outline)
    shapely.prepare(shape)
    points = shapely.points(xy)
    to_edge = shapely.distance(points, shape.boundary)
    signed = np.where(shapely.covers(shape, points), to_edge, -to_edge)
    rounded: IntArray = np.floor(signed - diameters / 2 + 1e-6).astype(np.int64)
    return rounded


def _candidates(xy: IntArray, diameters: IntArray, spacing: int) -> Iterator[tuple[IntArray, IntArray]]:
    """Index pairs that may be nearer than ``spacing``: every one that is, and few that are not."""
    sizes = np.frexp(np.maximum(diameters, 1).astype(np.float64))[1]
    classes = [np.flatnonzero(sizes == size) for size in np.unique(sizes)]
    for k, members in enumerate(classes):
        cell = max(1, int(diameters[members].max()) + spacing)
        yield from _join(xy, members, members, cell)
        for larger in classes[k + 1:]:
            reach = (int(diameters[members].max()) + int(diameters[larger].max()) + 1) // 2 + spacing
            yield from _join(xy, larger, members, max(1, reach))


def _join(xy: IntArray, queries: IntArray, base: IntArray, cell: int) -> Iterator[tuple[IntArray, IntArray]]:
    """Pairs of a query and a base circle in the same or neighbouring cells; among themselves each pair once."""
    itself = queries is base
    columns, rows = (xy[base] // cell).T
    low_row, low_column = int(rows.min()) - 1, int(columns.min()) - 1
    # One number per cell, rows fastest: three cells above one another are one run of the sorted numbers.
    tall = int(rows.max()) - low_row + 2
    keys = (columns - low_column) * tall + (rows - low_row)
    order = np.argsort(keys, kind="stable")
    base, keys = base[order], keys[order]
    if itself:
        queries, query_keys, query_rows = base, keys, None
    else:
        query_columns, query_rows = (xy[queries] // cell).T
        query_keys = (query_columns - low_column) * tall
    for shift in (0, 1) if itself else (-1, 0, 1):
        if itself:
            first = (np.arange(1, len(keys) + 1) if shift == 0
                     else np.searchsorted(keys, keys + tall - 1, "left"))
            last = np.searchsorted(keys, keys + shift * tall + 1, "right")
        else:
            assert query_rows is not None
            # A query may lie outside the base's cells: clamp its run of rows to those that exist.
            above = np.clip(query_rows - low_row - 1, 0, tall - 1)
            below = np.clip(query_rows - low_row + 1, 0, tall - 1)
            first = np.searchsorted(keys, query_keys + shift * tall + above, "left")
            last = np.searchsorted(keys, query_keys + shift * tall + below, "right")
        yield from _expand(queries, base, first, np.maximum(last, first))


def _expand(queries: IntArray, base: IntArray, first: NDArray[np.intp], last: NDArray[np.intp]
            ) -> Iterator[tuple[IntArray, IntArray]]:
    """Every query with every base circle of its run [first, last), in portions of bounded size."""
    counts = last - first
    ends = np.cumsum(counts)
    start = 0
    while start < len(queries):
        before = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, before + _CANDIDATES, "right")))
        some = counts[start:stop]
        total = int(some.sum())
        if total:
            offset = np.arange(total) - np.repeat(np.cumsum(some) - some, some)
            yield np.repeat(queries[start:stop], some), base[np.repeat(first[start:stop], some) + offset]
        start = stop


def _test(xy: IntArray, diameters: IntArray, spacing: int, one: IntArray, other: IntArray) -> Pairs:
    """The candidates that are really nearer, decided on doubled lengths so that odd diameters stay whole."""
    apart = xy[one] - xy[other]
    squared = 4 * (apart[:, 0] ** 2 + apart[:, 1] ** 2)
    widths = diameters[one] + diameters[other]
    reach = widths + 2 * spacing
    near = (squared < reach * reach) & (reach > 0)
    one, other, squared, widths = one[near], other[near], squared[near], widths[near]
    root = np.sqrt(squared.astype(np.float64)).astype(np.int64)
    # The float root may be off by one; settle it in integers.
    root -= root * root > squared
    root += (root + 1) * (root + 1) <= squared
    return np.minimum(one, other), np.maximum(one, other), (root - widths) // 2
