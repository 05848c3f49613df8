"""Distances between circles and rectangles of any turn, many pairs at a time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import IntArray
from ..shapes import polygon, rectangle
from .circles import pairs_between, pairs_nearer_than

Floats = NDArray[np.float64]
_FARTHEST = 1 << 62


class Shapes(NamedTuple):
    """Circles and rectangles (n): middle ``xy`` (n, 2), ``size`` (n, 2; of a circle its diameter twice), ``angle`` (n) in
    1/1000 degree, and which are circles."""

    xy: IntArray
    size: IntArray
    angle: IntArray
    is_round: NDArray[np.bool_]

    def some(self, which: IntArray) -> Shapes:
        """Those of these numbers."""
        return Shapes(self.xy[which], self.size[which], self.angle[which], self.is_round[which])

    def around(self) -> IntArray:
        """Diameter of a circle about each (n), its own where it is one."""
        wide: IntArray = np.ceil(np.hypot(self.size[:, 0], self.size[:, 1])).astype(np.int64) + 2
        return np.where(self.is_round, self.size[:, 0], wide)


def shapes_nearer_than(shapes: Shapes, spacing: int) -> tuple[IntArray, IntArray, IntArray]:
    """Pairs i < j whose edges are nearer than ``spacing`` nm, with that distance rounded down.

    Circles that overlap have a negative distance; it is 0 where a rectangle touches or overlaps the other.
    """
    return _exactly(shapes, *pairs_nearer_than(shapes.xy, shapes.around(), spacing), spacing)


def shapes_between(shapes: Shapes, ones: IntArray, others: IntArray, spacing: int) -> tuple[IntArray, IntArray, IntArray]:
    """The same for pairs of one of ``ones`` (i) and one of ``others`` (j), by their numbers; a pair of two that are both in
    both comes twice."""
    around = shapes.around()
    i, j, apart = pairs_between(shapes.xy[ones], around[ones], shapes.xy[others], around[others], spacing)
    i, j = ones[i], others[j]
    two = i != j
    return _exactly(shapes, i[two], j[two], apart[two], spacing)


def shapes_apart(shapes: Shapes, i: IntArray, j: IntArray) -> IntArray:
    """Distances between the edges of these pairs, as above."""
    way = shapes.xy[i] - shapes.xy[j]
    round_ones = np.hypot(way[:, 0].astype(np.float64), way[:, 1]) - (shapes.size[i, 0] + shapes.size[j, 0]) / 2
    return _exactly(shapes, i, j, _floor(round_ones), _FARTHEST)[2]


def _exactly(shapes: Shapes, i: IntArray, j: IntArray, apart: IntArray, spacing: int) -> tuple[IntArray, IntArray, IntArray]:
    """These pairs of which the circles about them are nearer than ``spacing``, by the shapes themselves."""
    mixed = np.flatnonzero(shapes.is_round[i] != shapes.is_round[j])
    apart[mixed] = _to_rectangle(shapes, i[mixed], j[mixed])
    both = np.flatnonzero(~shapes.is_round[i] & ~shapes.is_round[j])
    apart[both] = _rectangles(shapes, i[both], j[both])
    near = apart < spacing
    return i[near], j[near], apart[near]


def _to_rectangle(shapes: Shapes, i: IntArray, j: IntArray) -> IntArray:
    one, other = np.where(shapes.is_round[i], i, j), np.where(shapes.is_round[i], j, i)
    beyond = np.maximum(np.abs(seen_from(shapes.xy[other], shapes.angle[other], shapes.xy[one])) - shapes.size[other] / 2, 0)
    return _floor(np.maximum(np.hypot(beyond[:, 0], beyond[:, 1]) - shapes.size[one, 0] / 2, 0))


def _rectangles(shapes: Shapes, i: IntArray, j: IntArray) -> IntArray:
    turn = (shapes.angle[j] - shapes.angle[i]) % 180_000
    size = np.where((turn == 90_000)[:, None], shapes.size[j][:, ::-1], shapes.size[j])
    beyond = np.maximum(np.abs(seen_from(shapes.xy[i], shapes.angle[i], shapes.xy[j])) - (shapes.size[i] + size) / 2, 0)
    apart = np.hypot(beyond[:, 0], beyond[:, 1])
    slanted = np.flatnonzero((turn != 0) & (turn != 90_000))
    if len(slanted):
        import shapely

        ones, others = ([polygon(rectangle((x, y), (wide, high), angle)) for (x, y), (wide, high), angle in zip(
            shapes.xy[which].tolist(), shapes.size[which].tolist(), shapes.angle[which].tolist())]
            for which in (i[slanted], j[slanted]))
        apart[slanted] = shapely.distance(ones, others)
    return _floor(apart)


def seen_from(middles: IntArray, angles: IntArray, points: IntArray) -> Floats:
    """Points (n, 2) as they lie about these ``middles`` (n, 2) of shapes, before those were turned by ``angles`` (n)."""
    apart = (points - middles).astype(np.float64)
    turn = np.radians(angles % 360_000 / 1000)
    cos, sin = np.cos(turn), np.sin(turn)
    return np.stack((apart[:, 0] * cos - apart[:, 1] * sin, apart[:, 0] * sin + apart[:, 1] * cos), axis=1)


def _floor(apart: Floats) -> IntArray:
    # What floats lose over a metre is less than a millionth of a nanometre or two; a whole number must stay whole.
    found: IntArray = np.floor(apart + 1e-6).astype(np.int64)
    return found
