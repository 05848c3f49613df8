"""Outlines pulled in or grown evenly, and the area that a pulled-in one has.

Of ``pulled_in`` and ``grown`` every corner of what comes out belongs to the corner of the same number, so that the two are
floor and roof of one solid with flat walls: the top of a block whose walls slant.
"""

from __future__ import annotations

from typing import Optional

import numpy as np

from ..shapes import Outline, Point, box_outline, common_box, is_sliver, polygon


def pulled_in(outline: Outline, by: int) -> Optional[Outline]:
    """The outline with every edge moved inwards by ``by`` (nm), holes the other way; None where an edge or all of it is lost.

    A corner goes to where its two moved edges meet, which is a mitre.
    """
    if by <= 0:
        return outline
    if outline.is_box:
        return _box_in(outline, by)
    rings = [_ring_in(ring, by, number > 0) for number, ring in enumerate(outline.rings)]
    if any(ring is None for ring in rings):
        return None
    found = Outline(tuple(ring for ring in rings if ring is not None))
    import shapely

    shape = polygon(found)
    return found if shapely.is_valid(shape) and polygon(outline).covers(shape) else None


def grown(outline: Outline, by: int) -> Outline:
    """The outline with every edge moved outwards by ``by`` (nm), corners kept sharp."""
    if by <= 0:
        return outline
    if outline.is_box:
        left, top, right, bottom = outline.box
        return box_outline((left - by, top - by, right + by, bottom + by))
    ring = _ring_in(outline.rings[0], -by, is_hole=False)
    return Outline((ring,)) if ring is not None else outline


def inset_area(outer: Outline, by: int, cover: Optional[Outline] = None) -> tuple[int, int]:
    """Area in square nanometres of what ``outer`` leaves where a strip ``by`` wide is cut off all around, and how much of that
    ``cover`` covers."""
    cover = outer if cover is None else cover
    if outer.is_box and cover.is_box:
        left, top, right, bottom = outer.box
        box = (left + by, top + by, right - by, bottom - by)
        if box[0] >= box[2] or box[1] >= box[3]:
            return 0, 0
        x1, y1, x2, y2 = common_box(box, cover.box)
        return (box[2] - box[0]) * (box[3] - box[1]), max(0, x2 - x1) * max(0, y2 - y1)
    inner = polygon(outer).buffer(-by, join_style="mitre") if by else polygon(outer)
    bare = inner.difference(polygon(cover))
    return round(float(inner.area)), round(float(inner.area if is_sliver(bare) else inner.area - bare.area))


def _box_in(outline: Outline, by: int) -> Optional[Outline]:
    left, top, right, bottom = outline.box
    if 2 * by >= min(right - left, bottom - top):
        return None
    return Outline((tuple((x + by if x == left else x - by, y + by if y == top else y - by) for x, y in outline.rings[0]),))


def _ring_in(ring: tuple[Point, ...], by: int, is_hole: bool) -> Optional[tuple[Point, ...]]:
    """A ring with its edges moved; None where an edge turns round, for then there is no room for it."""
    spots = np.array(ring, np.float64)
    ways = np.roll(spots, -1, axis=0) - spots
    lengths = np.linalg.norm(ways, axis=1)
    ways = ways / lengths[:, None]
    doubled = float((spots[:, 0] * np.roll(spots[:, 1], -1) - np.roll(spots[:, 0], -1) * spots[:, 1]).sum())
    turn = 1.0 if (doubled > 0) != is_hole else -1.0
    normals = np.column_stack((-ways[:, 1], ways[:, 0])) * turn
    before = np.roll(normals, 1, axis=0)
    along = 1.0 + (before * normals).sum(axis=1)
    if bool((along < 1e-6).any()):
        return None  # an edge that runs back along the one before it has no mitre
    moved = spots + by * (before + normals) / along[:, None]
    if bool((((np.roll(moved, -1, axis=0) - moved) * ways).sum(axis=1) <= 0).any()):
        return None
    return tuple((round(x), round(y)) for x, y in moved.tolist())
