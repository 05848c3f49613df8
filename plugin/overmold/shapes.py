"""Points and outlines in a plane: inside, overlap, distance.

Coordinates are whole nanometres, x to the right and **y downwards**, as in KiCad. Rectangles along the axes are answered in
exact integers and without loading shapely; any other outline goes through shapely.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Optional, TypeVar, Union

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import shapely

# nm: by how much what touches may gape or overlap once it is turned. Each corner is rounded up to three times by 0.7 nm at
# most, in different directions; over a million distances on turned boards none was off by more.
ROUNDING = 3

Point = tuple[int, int]
Box = tuple[int, int, int, int]
Points = NDArray[np.int64]  # (n, 2)
_Whole = TypeVar("_Whole", np.int32, np.int64)


def distinct(values: NDArray[_Whole]) -> NDArray[_Whole]:
    """The values without repeats, in order; ``np.unique`` asked for no index imports numpy.ma, which takes 10 ms."""
    return np.unique(values, return_index=True)[0]


@dataclass(frozen=True)
class Outline:
    """A closed polygon with holes: ``rings[0]`` runs around it, the others are holes; no point is given twice."""

    rings: tuple[tuple[Point, ...], ...]

    @cached_property
    def box(self) -> Box:
        """Smallest enclosing rectangle: left, top, right, bottom."""
        xs = [x for x, _ in self.rings[0]]
        ys = [y for _, y in self.rings[0]]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def centre(self) -> Point:
        """Middle of the enclosing rectangle."""
        left, top, right, bottom = self.box
        return (left + right) // 2, (top + bottom) // 2

    @property
    def size(self) -> Point:
        """Width and height of the enclosing rectangle."""
        left, top, right, bottom = self.box
        return right - left, bottom - top

    @cached_property
    def is_box(self) -> bool:
        """Whether it is a rectangle along the axes."""
        if len(self.rings) != 1 or len(self.rings[0]) != 4:
            return False
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.rings[0]
        # Every edge along one axis, and no two in a row along the same: four corners of a box, in order.
        return ax != cx and ay != cy and ((ax == bx and by == cy and cx == dx and dy == ay)
                                          or (ay == by and bx == cx and cy == dy and dx == ax))

    def moved(self, by: Point) -> Outline:
        """The same outline, ``by`` further."""
        return Outline(tuple(tuple((x + by[0], y + by[1]) for x, y in ring) for ring in self.rings))


def rectangle(centre: Point, size: Point, angle: int = 0) -> Outline:
    """A rectangle about ``centre``, turned counter-clockwise on the screen by ``angle`` thousandths of a degree."""
    width, height = size
    left, top = -(width // 2), -(height // 2)
    corners = ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
    return Outline((tuple(transform(corner, centre, angle) for corner in corners),))


def box_outline(box: Box) -> Outline:
    """A rectangle along the axes by its left, top, right and bottom."""
    left, top, right, bottom = box
    return Outline((((left, top), (right, top), (right, bottom), (left, bottom)),))


def tidy(outline: Outline) -> Outline:
    """A rectangle along the axes with its corners in the usual order; anything else as it is."""
    return box_outline(outline.box) if outline.is_box else outline


def transform(point: Point, origin: Point, angle: int) -> Point:
    """Where ``point`` of a part lies when the part sits at ``origin``, turned by ``angle`` (1/1000 degree).

    KiCad's convention: y points down, so a positive angle turns counter-clockwise on the screen: (1, 0) goes to
    (cos, -sin). Right angles are exact.
    """
    x, y = point
    quarter, rest = divmod(angle % 360_000, 90_000)
    if rest:
        cos, sin = math.cos(math.radians(angle / 1000)), math.sin(math.radians(angle / 1000))
        x, y = round(x * cos + y * sin), round(y * cos - x * sin)
    elif quarter:
        x, y = ((y, -x), (-x, -y), (-y, x))[quarter - 1]
    return origin[0] + x, origin[1] + y


def transform_all(xy: Points, origin: Union[Point, Points], angle: Union[int, NDArray[np.int64]]) -> Points:
    """``transform`` for many points (n, 2); ``origin`` and ``angle`` are one for all, or one a point."""
    x, y = xy[:, 0], xy[:, 1]
    turn = np.asarray(angle)
    cos, sin = np.cos(np.radians(turn / 1000)), np.sin(np.radians(turn / 1000))
    right = turn % 90_000 == 0
    start = np.asarray(origin, np.int64)
    if right.all():
        whole_cos, whole_sin = np.rint(cos).astype(np.int64), np.rint(sin).astype(np.int64)
        exact: Points = start + np.column_stack((x * whole_cos + y * whole_sin, y * whole_cos - x * whole_sin))
        return exact
    cos, sin = np.where(right, np.rint(cos), cos), np.where(right, np.rint(sin), sin)
    rounded: Points = start + np.rint(np.column_stack((x * cos + y * sin, y * cos - x * sin))).astype(np.int64)
    return rounded


def untransform(point: Point, origin: Point, angle: int) -> Point:
    """Where ``point`` of the carrier lies in the part that sits at ``origin``, turned by ``angle``."""
    return transform((point[0] - origin[0], point[1] - origin[1]), (0, 0), -angle)


def untransform_all(xy: Points, origin: Point, angle: int) -> Points:
    """``untransform`` for many points (n, 2); exact at right angles, else rounded to 1 nm."""
    return transform_all(xy - np.array(origin, np.int64), (0, 0), -angle)


def inside(points: NDArray[Any], outline: Outline) -> NDArray[np.bool_]:
    """Which points (…, 2) lie within the outline, by the even-odd rule; its own edge may count either way."""
    within: NDArray[np.bool_] = np.zeros(points.shape[:-1], bool)
    x, y = points[..., 0], points[..., 1]
    for ring in outline.rings:
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0])):
            if ay != by:
                within ^= ((ay > y) != (by > y)) & (x < ax + (y - ay) * ((bx - ax) / (by - ay)))
    return within


def polygon(outline: Outline) -> shapely.Polygon:
    """The outline as a shapely polygon; coordinates stay nanometres."""
    import shapely

    return shapely.Polygon(outline.rings[0], outline.rings[1:])


def area(outline: Outline) -> int:
    """Area in square nanometres, by the shoelace formula, exact."""
    def ring_area(ring: tuple[Point, ...]) -> int:
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0])))) // 2

    return ring_area(outline.rings[0]) - sum(ring_area(ring) for ring in outline.rings[1:])


def overlap_area(a: Outline, b: Outline) -> int:
    """Area that both outlines cover, in square nanometres."""
    if a.is_box and b.is_box:
        left, top, right, bottom = common_box(a.box, b.box)
        return max(0, right - left) * max(0, bottom - top)
    one, other = polygon(a), polygon(b)
    both = one.intersection(other)
    if is_sliver(both):
        return 0
    # What one rim lies beside the other by rounding alone is no part left bare.
    for whole, shape, room in ((a, one, other), (b, other, one)):
        if is_sliver(shape.difference(room)):
            return area(whole)
    return round(float(both.area))


def is_sliver(shape: shapely.Geometry) -> bool:
    """Whether a shape is no wider than rounding makes it: a strip's area is its width times half the way around it."""
    return float(shape.area) <= ROUNDING * float(shape.length) / 2


def common(one: Outline, other: Outline) -> tuple[Outline, ...]:
    """The parts that lie in both outlines, slivers aside."""
    return _pieces(polygon(one).intersection(polygon(other)))


def sticking_out(lower: Outline, upper: Outline) -> tuple[Outline, ...]:
    """The parts of ``lower`` that ``upper`` does not lie over, slivers aside; none where it lies over all of it."""
    return _pieces(polygon(lower).difference(polygon(upper)))


def _pieces(left: shapely.Geometry) -> tuple[Outline, ...]:
    """The polygons of a shape, slivers aside."""
    pieces = [left] if left.geom_type == "Polygon" else getattr(left, "geoms", [])

    def ring(line: shapely.LinearRing) -> tuple[Point, ...]:
        return tuple((round(x), round(y)) for x, y in line.coords[:-1])

    return tuple(Outline((ring(piece.exterior), *map(ring, piece.interiors))) for piece in pieces
                 if piece.geom_type == "Polygon" and not is_sliver(piece))


def boxes_overlap(a: Box, b: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def common_box(a: Box, b: Box) -> Box:
    """What two boxes share; where that is nothing, its right lies left of its left, or its bottom above its top."""
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def margin_inside(inner: Outline, outer: Outline) -> int:
    """How far ``inner`` stays inside ``outer``: the shortest distance between their edges, negative if it sticks out.

    Sticking out, the number is how far: of two rectangles over the one edge that it passes most, else how far the farthest
    point of what sticks out lies from ``outer`` (over a notch or a hole to a hundredth of its size), at least 4 nm; 0 where
    rounding is all.
    """
    if inner.is_box and outer.is_box:
        a, b = inner.box, outer.box
        return min(a[0] - b[0], a[1] - b[1], b[2] - a[2], b[3] - a[3])
    part, room = polygon(inner), polygon(outer)
    if room.covers(part):
        return round(float(part.boundary.distance(room.boundary)))
    import shapely

    bare = part.difference(room)
    beyond = round(float(shapely.distance(shapely.points(shapely.get_coordinates(bare)), room).max()))
    if beyond <= ROUNDING and is_sliver(bare):
        return 0
    # Of what lies over a notch or a hole no corner is far from the rim.
    spots = [*shapely.points(shapely.get_coordinates(shapely.segmentize(bare, max(1.0, bare.length / 400)))),
             *(piece.representative_point() for piece in getattr(bare, "geoms", [bare]))]
    return -max(ROUNDING + 1, beyond, round(float(shapely.distance(spots, room).max())))


def distance(a: Outline, b: Outline) -> int:
    """Shortest distance between two outlines, 0 where they touch or overlap."""
    if a.is_box and b.is_box:
        left, top, right, bottom = common_box(a.box, b.box)
        dx, dy = max(0, left - right), max(0, top - bottom)
        return math.isqrt(dx * dx + dy * dy)
    return round(float(polygon(a).distance(polygon(b))))


def midpoint(a: Point, b: Optional[Point] = None) -> Point:
    """Halfway between two points, or the one point itself."""
    return a if b is None else ((a[0] + b[0]) // 2, (a[1] + b[1]) // 2)
