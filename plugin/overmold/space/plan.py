"""Outlines taken apart in plan: what of them lies over another outline, and what does not.

Boxes are answered without shapely where one covers the other or they are apart; all else goes through shapely on a grid of
one nanometre. A strip thinner than two nanometres is that grid's, not the package's, and is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..shapes import Box, Outline, box_outline, boxes_overlap, common_box, polygon

if TYPE_CHECKING:
    import shapely

Outlines = tuple[Outline, ...]


def parted(outlines: Iterable[Outline], other: Outline) -> tuple[Outlines, Outlines]:
    """The parts of ``outlines`` that lie over ``other``, and those that do not."""
    within: list[Outline] = []
    without: list[Outline] = []
    box, whole = other.box, other.is_box
    for outline in outlines:
        mine = outline.box
        if not boxes_overlap(mine, box):
            without.append(outline)
        elif (whole and _covers(box, mine)) or outline == other:
            within.append(outline)
        elif whole and outline.is_box:
            within.append(box_outline(common_box(mine, box)))
            without += _outside(outline, other)
        else:
            within += _inside(outline, other)
            without += _outside(outline, other)
    return tuple(within), tuple(without)


def without_all(outline: Outline, others: Iterable[Outline]) -> Outlines:
    """What of ``outline`` lies over none of the others."""
    near = [polygon(other) for other in others if boxes_overlap(outline.box, other.box)]
    if not near:
        return (outline,)
    import shapely

    return tuple(_outlines(shapely.difference(polygon(outline), shapely.union_all(near), grid_size=1)))


def _covers(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _inside(outline: Outline, other: Outline) -> Iterator[Outline]:
    import shapely

    yield from _outlines(shapely.intersection(polygon(outline), polygon(other), grid_size=1))


def _outside(outline: Outline, other: Outline) -> Iterator[Outline]:
    import shapely

    yield from _outlines(shapely.difference(polygon(outline), polygon(other), grid_size=1))


def _outlines(found: shapely.Geometry) -> Iterator[Outline]:
    import shapely

    for piece in shapely.get_parts(found).tolist():
        # The area of a long strip is half its rim times its width.
        if piece.geom_type == "Polygon" and 0 < piece.length <= piece.area:
            yield Outline(tuple(tuple((round(x), round(y)) for x, y in ring.coords[:-1])
                                for ring in (piece.exterior, *piece.interiors)))
