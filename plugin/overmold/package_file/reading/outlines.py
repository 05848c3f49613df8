"""Outlines as a package file states them: a size or corners, checked to be a real area."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Optional

from ...faults import Fault
from ...marked_yaml import Marked
from ...shapes import Outline, Point, area, polygon, rectangle, transform
from ...units import LENGTH, show
from ..models.values import Path
from .messages import example


def stated_outline(size: Optional[Sequence[int]], corners: Optional[Sequence[Sequence[int]]], at: Point, angle: int,
                   path: Path, marked: Marked, faults: list[Fault]) -> Optional[Outline]:
    """The outline of a part at ``at`` that states either ``size`` or ``outline`` (its ``corners``); None at fault."""
    if size is not None and corners is not None:
        faults.append(marked.fault((*path, "outline"), "write either 'size' or 'outline', not both", key=True))
        return None
    if corners is not None:
        return corner_outline(corners, at, angle, (*path, "outline"), marked, faults)
    if size is None:
        if marked.at((*path, "size")) or marked.at((*path, "outline")):
            return None  # there is one, and what is wrong with it has been said
        said = f"'size' is missing; write for example size: {example((*path, 'size'))}"
        faults.append(marked.fault(path, said, key=True))
        return None
    return rectangle(at, (size[0], size[1]), angle)


def corner_outline(corners: Sequence[Sequence[int]], at: Point, angle: int, path: Path, marked: Marked,
                   faults: list[Fault]) -> Optional[Outline]:
    """A polygon about ``at``; None, and a fault, where its edges cross or it has no area."""
    points = [(x, y) for x, y in corners]
    if len(points) > 3 and points[0] == points[-1]:
        points.pop()  # many people write the first corner again to close the outline
    for i, point in enumerate(points):
        if point == points[i - 1]:
            faults.append(marked.fault((*path, i), "this corner is given twice in a row; remove one of the two"))
            return None
    plain = Outline((tuple(points),))
    trouble = _trouble(plain)
    if trouble:
        faults.append(marked.fault(path, trouble, key=True))
        return None
    return Outline((tuple(transform(point, at, angle) for point in points),))


def with_holes(outline: Outline, holes: Sequence[Sequence[Sequence[int]]], place: tuple[Point, int], path: Path, marked: Marked,
               faults: list[Fault]) -> Outline:
    """The outline with holes, each by its corners about a spot and turned by an angle, which is its ``place``; a fault for each
    that does not lie in it apart from all others."""
    import shapely

    whole = outline
    for i, corners in enumerate(holes):
        hole = corner_outline(corners, *place, (*path, i), marked, faults)
        if hole is None:
            continue
        more = Outline((*whole.rings, hole.rings[0]))
        if shapely.is_valid(polygon(more)) and polygon(whole).covers(polygon(hole)):
            whole = more
        else:
            faults.append(marked.fault((*path, i), "this hole does not lie inside of the outline and apart from all other "
                                       "holes; move its corners"))
    return whole


def _trouble(outline: Outline) -> str:
    if outline.is_box and area(outline):
        return ""
    if _in_line(outline.rings[0]):
        return "this outline has no area; write its corners in order around it"
    import shapely

    reason = shapely.is_valid_reason(polygon(outline))
    found = re.search(r"\[(\S+) (\S+)\]", reason)
    if found is not None:
        x, y = (show(round(float(number)), LENGTH, "mm") for number in found.groups())
        return f"the edges of this outline cross or touch at ({x}, {y}); write its corners in order around it"
    return ""


def _in_line(points: Sequence[Point]) -> bool:
    (x0, y0), (x1, y1) = points[0], points[1]
    return all((x1 - x0) * (y - y0) == (y1 - y0) * (x - x0) for x, y in points)
