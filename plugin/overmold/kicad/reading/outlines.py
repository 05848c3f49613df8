"""Closed rings become an ``Outline``: one ring around, the others holes in it, in one normal order of points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Optional

import numpy as np

from ...faults import Faults
from ...shapes import Outline, Point, inside
from ..clauses.sexpr import Index
from ..clauses.tree import Clause
from .drawn import Path, path, rings

Ring = tuple[Point, ...]


def outline(index: Index, paths: Sequence[Path], what: str) -> Optional[Outline]:
    """The one outline that ``paths`` draw, None where there is nothing; raises Faults where it is no outline.

    ``what`` names it for a person, as in "the outline on layer 'Chip outline'".
    """
    if not paths:
        return None
    return outline_of_rings(index, rings(index, paths, what), what, paths[0].at)


def outline_of_shapes(
    index: Index, shapes: Iterable[Clause], what: str, origin: Point = (0, 0), angle: int = 0
) -> Optional[Outline]:
    """The same from graphic clauses of a part at ``origin``, turned by ``angle``."""
    return outline(index, [path(index, shape, origin, angle) for shape in shapes], what)


def outline_of_rings(index: Index, found: Iterable[Sequence[Point]], what: str, at: int) -> Outline:
    """Rings as one outline with holes; ``at`` is the byte that a fault points to."""
    usable = [ring for ring in map(normal, found) if len(ring) >= 3]
    if not usable:
        raise Faults([index.fault(f"{what} encloses nothing; draw a closed outline", at)])
    usable.sort(key=twice_area, reverse=True)
    outer, holes = usable[0], usable[1:]
    for hole in holes:
        if not inside(np.array(hole[0]), Outline((outer,))):
            x, y = hole[0]
            raise Faults([index.fault(
                f"{what} is drawn more than once (a second one is near {x / 1e6:g}, {y / 1e6:g} mm); draw one", at)])
    drawn = Outline((outer, *holes))
    width, height = drawn.size
    # Four corners of a rectangle may also be joined crosswise.
    if not (drawn.is_box and twice_area(outer) == 2 * width * height):
        _must_be_simple(index, drawn, what, at)
    return drawn


def _must_be_simple(index: Index, drawn: Outline, what: str, at: int) -> None:
    import shapely

    from ...shapes import polygon

    shape = polygon(drawn)
    if not shapely.is_valid(shape):
        reason = str(shapely.is_valid_reason(shape)).split("[")[0].strip().lower()
        raise Faults([index.fault(f"{what} crosses or touches itself ({reason}); draw a simple outline", at)])


def normal(ring: Sequence[Point]) -> Ring:
    """Without repeated points and points on a straight side, clockwise on the screen, from the leftmost top point."""
    points = [spot for i, spot in enumerate(ring) if spot != ring[i - 1]]
    corners = [
        spot for i, spot in enumerate(points)
        if not _straight(points[i - 1], spot, points[(i + 1) % len(points)])
    ]
    if len(corners) < 3:
        return ()
    if _signed(corners) < 0:
        corners.reverse()
    first = corners.index(min(corners))
    return (*corners[first:], *corners[:first])


def _straight(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def _signed(ring: Sequence[Point]) -> int:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0])))


def twice_area(ring: Ring) -> int:
    """Twice the area that a ring encloses."""
    return abs(_signed(ring))
