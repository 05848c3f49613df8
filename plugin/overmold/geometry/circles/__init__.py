"""Crowds of circles: which pairs are nearer than a rule, exactly, and how far each stays inside or outside an outline.

Everything is decided in int64 nanometres: no pair is missed, none invented, and a pair exactly at the spacing is not
nearer than it. Coordinates reach at most a metre (``units.LENGTH``), so that squared distances fit.

Circles are put into size classes first (a factor of two each), and a circle looks for partners of its own class and of
larger ones only, in cells as wide as those. One grid for all sizes would have cells as wide as the largest pad, with
thousands of bumps in each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Optional

import numpy as np
from numpy.typing import NDArray

from ...arrays import IntArray
from ...shapes import Outline, polygon
from .cells import Cells

Pairs = tuple[IntArray, IntArray, IntArray]
_LONGEST = 3_000_000_000  # no two centres are farther apart, and its square is still an int64
_EXACT = 1 << 26          # squares of whole numbers up to it, and sums of two, are exact as floats


def pairs_nearer_than(xy: IntArray, diameters: IntArray, spacing: int) -> Pairs:
    """All pairs of circles whose edges are nearer than ``spacing``: indices i < j and edge-to-edge distance, in nm.

    ``xy`` is (n, 2), ``diameters`` (n). The distance is rounded down to whole nanometres, so it is below a whole spacing
    exactly if the pair is nearer than that; it is negative where the circles overlap. Pairs ascend by (i, j).
    """
    crowd = _Crowd(xy, diameters, spacing)
    found = [_nearer(*pairs, spacing) for pairs in crowd.meeting_itself()]
    i, j, edge = _joined(found)
    return _ascending(np.minimum(i, j), np.maximum(i, j), edge, len(xy))


def pairs_between(xy: IntArray, diameters: IntArray, other_xy: IntArray, other_diameters: IntArray,
                  spacing: int) -> Pairs:
    """Pairs nearer than ``spacing`` of one circle of the first crowd (i) and one of the other (j), else as above."""
    ours, others = _Crowd(xy, diameters, spacing), _Crowd(other_xy, other_diameters, spacing, asked_by=diameters)
    # Whoever is smaller asks; equal classes ask once, the others.
    found = [_nearer(*pairs, spacing) for pairs in others.asked_by(ours, itself=True)]
    swapped = [_nearer(*pairs, spacing) for pairs in ours.asked_by(others, itself=False)]
    i, j, edge = _joined(found + [(i, j, edge) for j, i, edge in swapped])
    return _ascending(i, j, edge, len(other_xy))


def nearest_pair(xy: IntArray, diameters: IntArray) -> Optional[tuple[int, int, int]]:
    """The pair whose edges are nearest, as (i, j, distance); None where there are fewer than two circles."""
    if len(xy) < 2:
        return None
    one, other = _neighbours(xy)
    edge = _edge_distance(_squared(xy[one] - xy[other]), diameters[one] + diameters[other])
    guess = int(edge.argmin())
    i, j, nearest = pairs_nearer_than(xy, diameters, int(edge[guess]))
    if len(nearest):
        k = int(nearest.argmin())
        return int(i[k]), int(j[k]), int(nearest[k])
    first, second = sorted((int(one[guess]), int(other[guess])))
    return first, second, int(edge[guess])


def clearance_inside(xy: IntArray, diameters: IntArray, outline: Outline) -> IntArray:
    """How far every circle's edge stays inside ``outline`` (n), in nm, rounded down; negative where it sticks out."""
    if outline.is_box:
        left, top, right, bottom = outline.box
        x, y = xy[:, 0], xy[:, 1]
        inside = np.minimum(np.minimum(x - left, right - x), np.minimum(y - top, bottom - y))
        return (2 * inside - diameters) // 2
    return _rounded_down(_depth(xy, outline), diameters)


def clearance_outside(xy: IntArray, diameters: IntArray, outline: Outline) -> IntArray:
    """How far every circle's edge stays clear of ``outline`` (n), in nm, rounded down; negative where they overlap.

    A circle whose centre lies in the outline is in by its radius and the way to the nearest edge.
    """
    if outline.is_box:
        left, top, right, bottom = outline.box
        x, y = xy[:, 0], xy[:, 1]
        beyond = np.stack((np.maximum(left - x, x - right), np.maximum(top - y, y - bottom)), axis=1)
        nearest = beyond.max(axis=1)
        clear = _edge_distance(_squared(np.maximum(beyond, 0)), diameters)
        return np.where(nearest > 0, clear, (2 * nearest - diameters) // 2)
    return _rounded_down(-_depth(xy, outline), diameters)


def _depth(xy: IntArray, outline: Outline) -> NDArray[np.float64]:
    """Distance of every point to the outline's edge, negative outside."""
    import shapely

    shape = polygon(outline)
    shapely.prepare(shape)
    points = shapely.points(xy)
    to_edge: NDArray[np.float64] = shapely.distance(points, shape.boundary)
    return np.where(shapely.covers(shape, points), to_edge, -to_edge)


def _rounded_down(distance: NDArray[np.float64], diameters: IntArray) -> IntArray:
    # What floats lose over a metre is less than a millionth of a nanometre or two; a whole number must stay whole.
    rounded: IntArray = np.floor(distance - diameters / 2 + 1e-6).astype(np.int64)
    return rounded


class _Circles(NamedTuple):
    """Some circles of a crowd: their numbers in it, centres and diameters (n each), and the largest diameter, in nm.

    ``rough_x`` and ``rough_y`` are the centres as floats.
    """

    number: IntArray
    x: IntArray
    y: IntArray
    diameter: IntArray
    widest: int
    rough_x: NDArray[np.float64]
    rough_y: NDArray[np.float64]


class _Crowd:
    """Circles sorted into size classes, each a grid of cells; together they know every pair that may be near.

    A pair is nearer than the spacing where two circles overlap that are wider by it: that width is what classes are by.
    """

    def __init__(self, xy: IntArray, diameters: IntArray, spacing: int, asked_by: IntArray | None = None) -> None:
        self.x, self.y, self.diameters = np.ascontiguousarray(xy[:, 0]), np.ascontiguousarray(xy[:, 1]), diameters
        self.classes = _classes(diameters, spacing)
        self.grids: list[tuple[int, _Circles, Cells]] = []
        for size in np.flatnonzero(np.bincount(self.classes)).tolist():
            members = np.flatnonzero(self.classes == size)
            widest = int(diameters.take(members).max())
            if asked_by is not None:  # somebody of the same class may be wider than all members
                widest = max(widest, int(asked_by[_classes(asked_by, spacing) == size].max(initial=0)))
            cells = Cells(self.x.take(members), self.y.take(members), min(max(widest + spacing, 1), _LONGEST))
            self.grids.append((size, self.picked(members.take(cells.order)), cells))

    def picked(self, which: IntArray) -> _Circles:
        """The circles of these numbers."""
        x, y, diameter = self.x.take(which), self.y.take(which), self.diameters.take(which)
        return _Circles(number=which, x=x, y=y, diameter=diameter, widest=int(diameter.max(initial=0)),
                        rough_x=x.astype(np.float64), rough_y=y.astype(np.float64))

    def meeting_itself(self) -> Iterator[tuple[_Circles, IntArray, _Circles, IntArray]]:
        """Pairs of this crowd, each once."""
        for _, members, cells in self.grids:
            for asking, asked in cells.pairs_of_neighbours():
                yield members, asking, members, asked
        if len(self.grids) > 1:
            yield from self.asked_by(self, itself=False)

    def asked_by(self, other: _Crowd, itself: bool) -> Iterator[tuple[_Circles, IntArray, _Circles, IntArray]]:
        """Pairs of a circle of the other crowd and one of this that is of a larger class (with ``itself``: or equal)."""
        for size, members, cells in self.grids:
            small = np.flatnonzero((other.classes <= size if itself else other.classes < size)
                                   & cells.near(other.x, other.y))
            if not len(small):
                continue
            asking_all = other.picked(small)
            for asking, asked in cells.around(asking_all.x, asking_all.y):
                yield asking_all, asking, members, asked


def _classes(diameters: IntArray, spacing: int) -> IntArray:
    """Class k holds widths (diameter and spacing) of 2^(k-1) to 2^k - 1."""
    classes: IntArray = np.frexp(np.clip(diameters + spacing, 1, _LONGEST).astype(np.float64))[1]
    return classes


def _nearer(ours: _Circles, i: IntArray, others: _Circles, j: IntArray, spacing: int) -> Pairs:
    """Those candidates that are really nearer than ``spacing``, and their distances."""
    # In place and by take: this is where the time goes, and new arrays cost more than the arithmetic; floats are multiplied
    # several at a time, whole numbers are not. Most candidates are as far apart as the widest two circles must be, or
    # farther: these cost no look at diameters.
    apart, down = ours.rough_x.take(i), ours.rough_y.take(i)
    apart -= others.rough_x.take(j)
    down -= others.rough_y.take(j)
    apart *= apart
    down *= down
    apart += down
    maybe = np.flatnonzero(apart < _quarter_square(ours.widest + others.widest + 2 * spacing))
    i, j = i[maybe], j[maybe]
    across, down_exactly = ours.x[i] - others.x[j], ours.y[i] - others.y[j]
    squared = across * across + down_exactly * down_exactly
    widths = ours.diameter[i] + others.diameter[j]
    # Nearer: 2 x distance < reach. With reach = 2k (or 2k + 1) that is distance² < k² (or <= k² + k), which fits int64.
    reach = widths + 2 * spacing
    k = np.minimum(reach // 2, _LONGEST)
    near = (squared < k * k + (reach % 2) * (k + 1)) & (reach > 0)
    i, j = i[near], j[near]
    return ours.number[i], others.number[j], _edge_distance(squared[near], widths[near])


def _quarter_square(reach: int) -> float:
    """A quarter of the square of ``reach``: exact while the squares below it are exact floats, beyond that a little more."""
    quarter = float(max(reach, 0)) ** 2 / 4
    return quarter if reach < _EXACT else quarter * (1 + 1e-12)


def _squared(apart: IntArray) -> IntArray:
    squared: IntArray = apart[:, 0] * apart[:, 0] + apart[:, 1] * apart[:, 1]
    return squared


def _edge_distance(squared: IntArray, widths: IntArray) -> IntArray:
    """Square root of ``squared`` less half of ``widths``, rounded down, exactly."""
    root: IntArray = np.sqrt(squared.astype(np.float64)).astype(np.int64)
    # The float root may be off by one; settle it in integers.
    root -= root * root > squared
    root += (root + 1) * (root + 1) <= squared
    # An odd width leaves half a nanometre: floor(sqrt(s) - 1/2) is the root only where s > root² + root.
    odd = (widths % 2 == 1) & (squared <= root * root + root)
    edge: IntArray = root - widths // 2 - odd
    return edge


def _neighbours(xy: IntArray) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Some pairs of which one is nearly the nearest: followers in the given order, and along a sweep in narrow strips."""
    width, height = (int(side) + 1 for side in np.ptp(xy, axis=0))
    strip = max(1, int((width * height / len(xy)) ** 0.5))
    sweep = np.lexsort((xy[:, 0], xy[:, 1] // strip))
    given = np.arange(len(xy))
    return np.concatenate((given[:-1], sweep[:-1])), np.concatenate((given[1:], sweep[1:]))


def _joined(found: list[Pairs]) -> Pairs:
    if not found:
        none: IntArray = np.zeros(0, np.int64)
        return none, none, none
    i, j, edge = (np.concatenate(columns) for columns in zip(*found))
    return i, j, edge


def _ascending(i: IntArray, j: IntArray, edge: IntArray, most: int) -> Pairs:
    order = np.argsort(i * most + j)
    return i[order], j[order], edge[order]
