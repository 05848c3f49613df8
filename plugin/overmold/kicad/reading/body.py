"""The body of a part that somebody drew for people: the outline around its pads, whatever marks stand beside or in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from ...arrays import IntArray
from ...faults import Faults
from ...shapes import Outline, Point
from ..clauses.sexpr import Index
from .drawn import TOLERANCE, Path, drawn, path, rings
from .one_footprint import Footprint
from .outlines import normal, twice_area

End = tuple[int, int]  # the number of a path, and which of its ends


def body_outline(found: Footprint, layer: str, spots: IntArray, origin: Point = (0, 0), angle: int = 0) -> Optional[Outline]:
    """The largest closed ring that a part at ``origin`` draws on a layer around the middles of all pads; None where none does.

    ``spots`` (n, 2) are those middles, as the ring is placed. Pin-1 marks, crosses and polarity bars are left aside.
    """
    index = found.contents.index
    shapes = drawn(index, found.contents.inner(found.number), (layer,), "fp")
    paths = []
    for shape in shapes:
        try:
            paths.append(path(index, shape, origin, angle))
        except Faults:  # what cannot be read is no body
            continue
    for ring in sorted(_closed(index, paths), key=twice_area, reverse=True):
        outline = Outline((ring,))
        left, top, right, bottom = outline.box
        if min(outline.size) > 0 and ((spots >= (left, top)) & (spots <= (right, bottom))).all():
            return outline
    return None


def _closed(index: Index, paths: Sequence[Path]) -> list[tuple[Point, ...]]:
    """Every ring that the paths close, whatever others do."""
    found = [one.points for one in paths if one.closed]
    # What is drawn twice over is one line.
    loose = list({min(one.points, one.points[::-1]): one for one in paths if not one.closed}.values())
    for group in _joined(loose):
        try:
            found += rings(index, group, "")
        except Faults:
            continue
    return [ring for ring in map(normal, found) if ring]


def _joined(paths: Sequence[Path]) -> list[list[Path]]:
    """The paths in groups that hang together, those left out that lead to nothing."""
    cells: dict[Point, list[End]] = {}
    for number, line in enumerate(paths):
        for end in (0, -1):
            cells.setdefault(_cell(line.points[end]), []).append((number, end))
    near = [[_near(paths, cells, (number, end)) for end in (0, -1)] for number in range(len(paths))]
    gone: set[int] = set()
    todo = list(range(len(paths)))
    while todo:
        number = todo.pop()
        if number not in gone and not all(any(other not in gone for other in ends) for ends in near[number]):
            gone.add(number)
            todo += [other for ends in near[number] for other in ends if other not in gone]
    groups: list[list[Path]] = []
    for number in range(len(paths)):
        group: list[Path] = []
        todo = [number]
        while todo:
            one = todo.pop()
            if one not in gone:
                gone.add(one)
                group.append(paths[one])
                todo += [other for ends in near[one] for other in ends]
        groups.append(group)
    return [group for group in groups if group]


def _near(paths: Sequence[Path], cells: dict[Point, list[End]], end: End) -> list[int]:
    """The paths that have an end at this one."""
    x, y = paths[end[0]].points[end[1]]
    i, j = _cell((x, y))
    ends = [one for cell in ((i + a, j + b) for a in (-1, 0, 1) for b in (-1, 0, 1)) for one in cells.get(cell, ())]
    spots = [(one[0], paths[one[0]].points[one[1]]) for one in ends if one != end]
    return [one for one, (ox, oy) in spots if (ox - x) ** 2 + (oy - y) ** 2 <= TOLERANCE**2]


def _cell(spot: Point) -> Point:
    return spot[0] // TOLERANCE, spot[1] // TOLERANCE
