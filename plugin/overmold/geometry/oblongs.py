"""Round and oblong bumps in plan: how far their edges are apart, and how far they stay inside of an outline.

An oblong one is what a circle as wide as it covers on its way along its core, a straight line: two half circles with a
rectangle between them. The distance of two is that of their cores less half of either width, which is exact.
"""

from __future__ import annotations

import math
from typing import NamedTuple, Optional

import numpy as np
from numpy.typing import NDArray

from ..arrays import IntArray
from ..shapes import Outline, Point
from . import circles
from .shape_gaps import Shapes, shapes_apart, shapes_nearer_than

_CORNERS = 12  # of each half circle, where an outline is asked for


class Oblongs(NamedTuple):
    """Middles ``xy`` (n, 2), ``length`` and ``width`` (n) in nm, and how far (n) each is turned, in 1/1000 degree."""

    xy: IntArray
    length: IntArray
    width: IntArray
    angle: IntArray

    @property
    def are_round(self) -> bool:
        """Whether all are circles."""
        return bool((self.length == self.width).all())

    @property
    def cores(self) -> Shapes:
        """The lines that circles of their widths follow."""
        size = np.stack((self.length - self.width, np.zeros(len(self.xy), np.int64)), axis=1)
        return Shapes(self.xy, size, self.angle, np.zeros(len(self.xy), bool))

    def outline(self, i: int) -> Optional[Outline]:
        """That of one which is oblong; None of a round one."""
        at, length, width = (int(self.xy[i, 0]), int(self.xy[i, 1])), int(self.length[i]), int(self.width[i])
        return outline_of(at, length, width, int(self.angle[i])) if length != width else None


def circles_as(xy: IntArray, diameters: IntArray) -> Oblongs:
    """Circles, as oblong ones that are as wide as long."""
    return Oblongs(xy, diameters, diameters, np.zeros(len(xy), np.int64))


def pairs_nearer_than(of: Oblongs, spacing: int) -> tuple[IntArray, IntArray, IntArray]:
    """All pairs whose edges are nearer than ``spacing``: indices i < j and that distance in nm, rounded down; of circles that
    overlap it is negative, of cores that cross it is what the two widths are together."""
    if of.are_round:
        return circles.pairs_nearer_than(of.xy, of.length, spacing)
    if not len(of.xy):
        return circles.pairs_nearer_than(of.xy, of.width, spacing)
    i, j, apart = shapes_nearer_than(of.cores, spacing + int(of.width.max()) + 1)
    edge = _less_widths(of, i, j, apart)
    near = edge < spacing
    return i[near], j[near], edge[near]


def nearest_pair(of: Oblongs) -> Optional[tuple[int, int, int]]:
    """The pair whose edges are nearest, as (i, j, distance); None where there are fewer than two."""
    if of.are_round or len(of.xy) < 2:
        return circles.nearest_pair(of.xy, of.length)
    found = circles.nearest_pair(of.xy, of.width)
    assert found is not None
    one, other = (np.array([row]) for row in found[:2])
    most = int(_less_widths(of, one, other, shapes_apart(of.cores, one, other))[0])
    i, j, edge = pairs_nearer_than(of, most + 1)
    k = int(edge.argmin())
    return int(i[k]), int(j[k]), int(edge[k])


def clearance_inside(of: Oblongs, outline: Outline) -> IntArray:
    """How far every edge stays inside an outline (n), in nm, rounded down; negative where it sticks out. Its two ends count:
    along an edge that bends inwards between them, by less than a length, it may be less."""
    if of.are_round:
        return circles.clearance_inside(of.xy, of.length, outline)
    return np.minimum(*(circles.clearance_inside(of.xy + way * _half_core(of), of.width, outline) for way in (-1, 1)))


def outline_of(at: Point, length: int, width: int, angle: int) -> Outline:
    """An oblong one as a polygon, for what knows nothing else: half circles of ``_CORNERS`` sides, of which every corner lies
    on the edge."""
    half, turn = (length - width) / 2, math.radians(angle % 360_000 / 1000)
    cos, sin = math.cos(turn), math.sin(turn)
    ring = []
    for way in (1, -1):
        for k in range(_CORNERS + 1):
            spin = math.pi * (k / _CORNERS - 0.5)
            x, y = way * (half + width / 2 * math.cos(spin)), way * width / 2 * math.sin(spin)
            ring.append((at[0] + round(x * cos + y * sin), at[1] + round(y * cos - x * sin)))
    return Outline((tuple(dict.fromkeys(ring)),))


def as_circles(of: Oblongs) -> NDArray[np.float64]:
    """Diameters (n) of circles that cover as much of the plan: pi d^2 / 4 = pi w^2 / 4 + w (l - w)."""
    width, core = of.width.astype(np.float64), (of.length - of.width).astype(np.float64)
    found: NDArray[np.float64] = np.sqrt(width**2 + 4 / math.pi * width * core)
    return found


def _half_core(of: Oblongs) -> IntArray:
    """From the middle to one end of the core (n, 2), y down and positive angles counter-clockwise."""
    turn = np.radians(of.angle % 360_000 / 1000)
    half = (of.length - of.width) / 2
    found: IntArray = np.rint(np.stack((half * np.cos(turn), -half * np.sin(turn)), axis=1)).astype(np.int64)
    return found


def _less_widths(of: Oblongs, i: IntArray, j: IntArray, apart: IntArray) -> IntArray:
    found: IntArray = apart - (of.width[i] + of.width[j] + 1) // 2
    return found
