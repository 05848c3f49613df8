"""How near loops come to chips: solid prisms over an outline, from a bottom to a top. Lengths are nanometres."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ...shapes import Outline, inside
from .distance import segments_apart
from .shape import FloatArray

Edge = tuple[FloatArray, FloatArray]
_NOWHERE = np.inf
_AT_ONCE = 8  # edges that are looked at together, to bound the memory


def clear_of_prism(corners: FloatArray, outline: Outline, bottom: float, top: float) -> FloatArray:
    """Shortest distance of each loop (n, 4, 3) from the solid over ``outline`` (n); 0 where it runs into it."""
    a, b = corners[:, :-1].reshape(-1, 3), corners[:, 1:].reshape(-1, 3)
    beside = _beside(*_between(a, b, bottom, top), outline)
    over = _over_face(*_between(a, b, top, np.inf), outline, top)
    under = _over_face(*_between(a, b, -np.inf, bottom), outline, bottom)
    nearest: FloatArray = np.minimum(np.minimum(over, under), beside).reshape(len(corners), -1).min(axis=1)
    return nearest


def clear_of_rim(corners: FloatArray, outline: Outline, top: float) -> FloatArray:
    """Shortest distance of each loop (n, 4, 3) from the upper rim of the chip that it is bonded to (n).

    Where a wire rises straight from its pad it is left out: there it is as near to the rim as its pad.
    """
    a, b = corners[:, :-1].reshape(-1, 3), corners[:, 1:].reshape(-1, 3)
    nearest = from_edges(a, b, outline, top)
    upright = (a[:, :2] == b[:, :2]).all(axis=1)
    nearest = np.where(upright, _NOWHERE, nearest).reshape(len(corners), -1).min(axis=1)
    rising: FloatArray = np.where(np.isfinite(nearest), nearest, 0.0)
    return rising


def highest_over(corners: FloatArray, outline: Outline) -> FloatArray:
    """The highest point of each loop (n, 4, 3) that lies within ``outline`` in plan (n); -inf where none does."""
    highest: FloatArray = np.where(inside(corners[:, :, :2], outline), corners[:, :, 2], -np.inf).max(axis=1)
    a, b = corners[:, :-1], corners[:, 1:]
    for first, last in edges(outline):
        share, meets = meeting(a[..., :2], b[..., :2], first, last)
        height = a[..., 2] + share * (b[..., 2] - a[..., 2])
        highest = np.maximum(highest, np.where(meets, height, -np.inf).max(axis=1))
    return highest


def lowest_at_rim(corners: FloatArray, outline: Outline) -> FloatArray:
    """The lowest point of each loop (n, 4, 3) that lies over the rim of ``outline`` in plan (n); inf where none does."""
    lowest: FloatArray = np.full(len(corners), np.inf)
    a, b = corners[:, :-1], corners[:, 1:]
    for first, last in edges(outline):
        share, meets = meeting(a[..., :2], b[..., :2], first, last)
        lowest = np.minimum(lowest, np.where(meets, a[..., 2] + share * (b[..., 2] - a[..., 2]), np.inf).min(axis=1))
    return lowest


def _between(a: FloatArray, b: FloatArray, low: float, high: float) -> tuple[FloatArray, FloatArray, NDArray[np.bool_]]:
    """The parts of the segments a-b (m, 3) whose height is from ``low`` to ``high``, and which have one."""
    rise = b[:, 2] - a[:, 2]
    level = rise == 0
    steep = np.where(level, 1.0, rise)
    shares = np.stack(((low - a[:, 2]) / steep, (high - a[:, 2]) / steep))
    enter, leave = np.maximum(shares.min(axis=0), 0.0), np.minimum(shares.max(axis=0), 1.0)
    within = (a[:, 2] >= low) & (a[:, 2] <= high)
    exists = np.where(level, within, enter <= leave)
    enter, leave = np.where(level | ~exists, 0.0, enter), np.where(level | ~exists, 1.0, leave)
    way = b - a
    return a + enter[:, None] * way, a + leave[:, None] * way, exists


def _over_face(a: FloatArray, b: FloatArray, exists: NDArray[np.bool_], outline: Outline, level: float) -> FloatArray:
    """Distance of segments that stay on one side of a level face: from its rim, and from its middle at their ends."""
    found, which = np.full(len(a), _NOWHERE), np.flatnonzero(exists)
    if len(which):
        nearest = from_edges(a[which], b[which], outline, level)
        for point in (a[which], b[which]):
            nearest = np.where(inside(point[:, :2], outline), np.minimum(nearest, np.abs(point[:, 2] - level)), nearest)
        found[which] = nearest
    return found


def _beside(a: FloatArray, b: FloatArray, exists: NDArray[np.bool_], outline: Outline) -> FloatArray:
    """Distance in plan of segments that are as high as the prism; 0 within it."""
    found, which = np.full(len(a), _NOWHERE), np.flatnonzero(exists)
    if len(which):
        a, b = a[which, :2], b[which, :2]
        found[which] = np.where(inside(a, outline), 0.0, from_edges(a, b, outline))
    return found


def from_edges(a: FloatArray, b: FloatArray, outline: Outline, *level: float) -> FloatArray:
    """Shortest distance of each segment a-b (m, 2 or 3) from the edges of an outline, in plan or at a height (m)."""
    every = list(edges(outline, *level))
    nearest = np.full(len(a), _NOWHERE)
    for k in range(0, len(every), _AT_ONCE):
        first, last = (np.stack(ends) for ends in zip(*every[k:k + _AT_ONCE]))
        nearest = np.minimum(nearest, segments_apart(a[:, None], b[:, None], first, last).min(axis=1))
    return nearest


def edges(outline: Outline, *level: float) -> Iterator[Edge]:
    """The edges of an outline, in plan or at a height."""
    for ring in outline.rings:
        for a, b in zip(ring, (*ring[1:], ring[0])):
            yield np.array((*a, *level), float), np.array((*b, *level), float)


def meeting(a: FloatArray, b: FloatArray, c: FloatArray, d: FloatArray) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Where along a-b (…, 2) it meets the segment c-d, as a share of its way, and whether it does."""
    way, edge, off = b - a, d - c, c - a
    cross = way[..., 0] * edge[1] - way[..., 1] * edge[0]
    turned = cross != 0
    safe = np.where(turned, cross, 1.0)
    share = (off[..., 0] * edge[1] - off[..., 1] * edge[0]) / safe
    other = (off[..., 0] * way[..., 1] - off[..., 1] * way[..., 0]) / safe
    meets = turned & (share >= 0) & (share <= 1) & (other >= 0) & (other <= 1)
    return np.where(meets, share, 0.0), meets
