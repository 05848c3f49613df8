"""How near wires come to each other: in plan, exactly crossed or not, and in space.

Lengths are nanometres. Distances are those of the wires' middle lines, good to a few nanometres; who asks takes off the
radii.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...arrays import IntArray
from ...shapes import distinct
from ..circles import pairs_nearer_than
from .shape import FloatArray

_PIECE = 200_000  # pieces of wires that are looked up in cells: long enough to be few, short against a package
_AT_ONCE = 20_000  # pairs of wires whose loops are compared at once, to bound the memory
# Lines turned by less than a millionth are told apart by their ends alone: over 3 mm that is 3 nm.
_PARALLEL = 1e-12


def segments_apart(a: FloatArray, b: FloatArray, c: FloatArray, d: FloatArray) -> FloatArray:
    """Distances of the segments a-b and c-d, in any number of dimensions (last axis); the other axes broadcast."""
    along, other, apart = b - a, d - c, a - c
    aa, bb, ab = _dot(along, along), _dot(other, other), _dot(along, other)
    ra, rb = _dot(along, apart), _dot(other, apart)
    ends = [_to_segment(a, c, other, bb), _to_segment(b, c, other, bb), _to_segment(c, a, along, aa),
            _to_segment(d, a, along, aa)]
    nearest = np.minimum(np.minimum(ends[0], ends[1]), np.minimum(ends[2], ends[3]))
    # Nearest between their inner points, where both lie within; else an end is nearest, which has been looked at.
    cross = aa * bb - ab * ab
    turned = cross > _PARALLEL * aa * bb
    safe = np.where(turned, cross, 1.0)
    s, t = (ab * rb - bb * ra) / safe, (aa * rb - ab * ra) / safe
    inner = turned & (s > 0) & (s < 1) & (t > 0) & (t < 1)
    between = apart + s[..., None] * along - t[..., None] * other
    distance: FloatArray = np.sqrt(np.where(inner, np.minimum(nearest, _dot(between, between)), nearest))
    return distance


def _to_segment(point: FloatArray, origin: FloatArray, along: FloatArray, squared: FloatArray) -> FloatArray:
    """Squares of the distances."""
    away = point - origin
    share = np.minimum(np.maximum(_dot(away, along) / np.where(squared > 0, squared, 1.0), 0.0), 1.0)
    away -= share[..., None] * along
    return _dot(away, away)


def _dot(one: FloatArray, other: FloatArray) -> FloatArray:
    product: FloatArray = np.einsum("...i,...i->...", one, other)
    return product


def near_in_plan(start: IntArray, end: IntArray, diameters: IntArray, reach: int
                 ) -> tuple[IntArray, IntArray, FloatArray]:
    """Pairs of wires whose surfaces come nearer than ``reach`` in plan: i < j, ascending, and that distance.

    ``start`` and ``end`` are (n, 2), ``diameters`` (n).
    """
    if len(start) < 2:
        none: IntArray = np.zeros(0, np.int64)
        return none, none, np.zeros(0)
    i, j = _candidates(start, end, diameters, reach)
    one, other = start.astype(np.float64), end.astype(np.float64)
    apart = segments_apart(one[i], other[i], one[j], other[j]) - (diameters[i] + diameters[j]) / 2
    near = apart < reach
    return i[near], j[near], apart[near]


def _candidates(start: IntArray, end: IntArray, diameters: IntArray, reach: int) -> tuple[IntArray, IntArray]:
    """Pairs of wires of which two pieces may be near: every piece lies within a circle about its middle."""
    way = end - start
    length = np.hypot(way[:, 0].astype(np.float64), way[:, 1].astype(np.float64))
    counts = np.maximum(np.ceil(length / max(_PIECE, reach)), 1).astype(np.int64)
    wire = np.repeat(np.arange(len(start)), counts)
    place = np.arange(len(wire)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = (place + 0.5) / counts[wire]
    middle = np.rint(start[wire] + share[:, None] * way[wire]).astype(np.int64)
    # A nanometre more on each side, for the middle is rounded.
    across = np.ceil(length / counts).astype(np.int64)[wire] + diameters[wire] + 3
    first, second, _ = pairs_nearer_than(middle, across, max(reach, 0))
    i, j = wire[first], wire[second]
    pairs = distinct(np.minimum(i, j)[i != j] * len(start) + np.maximum(i, j)[i != j])
    return pairs // len(start), pairs % len(start)


def crossed(start: IntArray, end: IntArray, i: IntArray, j: IntArray) -> NDArray[np.bool_]:
    """Which of the pairs (i, j) of wires cross or touch in plan, exactly."""
    a, b, c, d = start[i], end[i], start[j], end[j]
    sides = _side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)
    through = (sides[0] * sides[1] < 0) & (sides[2] * sides[3] < 0)
    touching = [(side == 0) & _within(point, *line) for side, point, line in
                zip(sides, (c, d, a, b), ((a, b), (a, b), (c, d), (c, d)))]
    return np.asarray(np.stack((through, *touching)).any(axis=0))


def _side(a: IntArray, b: IntArray, point: IntArray) -> IntArray:
    """On which side of the line a-b the point lies: 1, 0 or -1. Coordinates are within a metre, so this fits int64."""
    line, way = b - a, point - a
    sign: IntArray = np.sign(line[:, 0] * way[:, 1] - line[:, 1] * way[:, 0])
    return sign


def _within(point: IntArray, a: IntArray, b: IntArray) -> NDArray[np.bool_]:
    return np.asarray(((point >= np.minimum(a, b)) & (point <= np.maximum(a, b))).all(axis=1))


def loops_apart(corners: FloatArray, i: IntArray, j: IntArray) -> FloatArray:
    """Distance in space of the loops of each pair (i, j); ``corners`` is (n, 4, 3)."""
    found = np.empty(len(i))
    for begin in range(0, len(i), _AT_ONCE):
        part = slice(begin, begin + _AT_ONCE)
        one, other = corners[i[part]], corners[j[part]]
        nine = segments_apart(one[:, :-1, None], one[:, 1:, None], other[:, None, :-1], other[:, None, 1:])
        found[part] = nine.min(axis=(1, 2))
    return found
