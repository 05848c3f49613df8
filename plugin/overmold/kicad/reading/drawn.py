"""What is drawn on a layer becomes closed outlines: lines, rectangles, polygons, arcs, circles, curves."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Optional

from ...faults import Fault, Faults
from ...shapes import Point, transform
from ...units import mm
from ..clauses.columns import whole
from ..clauses.scan import Int32
from ..clauses.sexpr import Index
from ..clauses.tree import Clause, tree

SHAPES = ("line", "rect", "poly", "arc", "circle", "curve")
TOLERANCE = 10_000  # nm: ends this near belong together; KiCad's own outline search takes the same
_SAGITTA = 100  # nm: how far a chord may lie from its arc


@dataclass(frozen=True)
class Path:
    """A drawn line of many points, on the board; ``at`` is the byte where it stands in the file."""

    points: tuple[Point, ...]
    closed: bool
    at: int


def drawn(index: Index, clauses: Int32, layers: Sequence[str], prefix: str) -> list[Clause]:
    """The graphic clauses (``gr_…`` on a board, ``fp_…`` in a footprint) among ``clauses`` on one of ``layers``."""
    found = index.called(clauses, *(f"{prefix}_{shape}".encode() for shape in SHAPES))
    needles = [layer.encode() for layer in layers]
    shapes = []
    for clause in found.tolist():
        begin, end = int(index.start[clause]), int(index.end[clause])
        if any(index.data.find(needle, begin, end) >= 0 for needle in needles):
            shape = tree(index, clause)
            if any(word in layers for part in shape.all("layer", "layers") for word in part.words):
                shapes.append(shape)
    return shapes


def path(index: Index, shape: Clause, origin: Point = (0, 0), angle: int = 0) -> Path:
    """One graphic clause as points on the board; raises Faults where its numbers are none."""
    kind = shape.name.partition("_")[2]
    spots = {part.name: point(index, part) for part in shape.all("start", "mid", "end", "center")}
    closed = kind in ("rect", "poly", "circle")
    try:
        if kind in ("line", "rect"):
            points = [spots["start"], spots["end"]]
            if kind == "rect":
                points = _rectangle(spots["start"], spots["end"], _radius(index, shape))
        elif kind == "arc":
            points = _arc_of_kicad_5(spots["start"], spots["end"], shape) if shape.first("angle") else arc(
                spots["start"], spots["mid"], spots["end"])
        elif kind == "circle":
            centre, edge = spots["center"], spots["end"]
            across = (2 * centre[0] - edge[0], 2 * centre[1] - edge[1])
            turn = (centre[0] - (edge[1] - centre[1]), centre[1] + (edge[0] - centre[0]))
            back = (2 * centre[0] - turn[0], 2 * centre[1] - turn[1])
            points = arc(edge, turn, across)[:-1] + arc(across, back, edge)[:-1]
        else:
            points = ring_points(index, shape)
            if kind == "curve":
                points = _curve(points)
    except (KeyError, ValueError):
        raise Faults([index.fault(f"this {shape.name} lacks a point", shape.at)]) from None
    if not points:
        raise Faults([index.fault(f"this {shape.name} has no points", shape.at)])
    return Path(tuple(transform(spot, origin, angle) for spot in points), closed, shape.at)


def ring_points(index: Index, shape: Clause) -> list[Point]:
    """The points of a polygon's ``pts``, its arcs as chords."""
    points: list[Point] = []
    for pts in shape.all("pts"):
        for part in pts.all("xy", "arc"):
            if part.name == "xy":
                points.append(point(index, part))
            else:
                ends = [point(index, end) for end in part.all("start", "mid", "end")]
                points += arc(*ends[:3]) if len(ends) == 3 else []
    return points


def point(index: Index, clause: Clause) -> Point:
    """The two numbers of a clause, in nm; raises Faults."""
    x, y = whole(clause.word(0)), whole(clause.word(1))
    if x is None or y is None:
        raise Faults([index.fault(f"({clause.name} …) needs two numbers in mm, at most 2147", clause.at)])
    return x, y


def _radius(index: Index, shape: Clause) -> int:
    clause = shape.first("radius")
    radius = whole(clause.word()) if clause else 0
    if radius is None:
        raise Faults([index.fault("(radius …) needs a number", shape.at)])
    return radius


def _rectangle(a: Point, b: Point, radius: int) -> list[Point]:
    left, right = sorted((a[0], b[0]))
    top, bottom = sorted((a[1], b[1]))
    r = min(radius, (right - left) // 2, (bottom - top) // 2)
    if r <= 0:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    points: list[Point] = []
    corners = ((right - r, top + r, 0), (right - r, bottom - r, 1), (left + r, bottom - r, 2), (left + r, top + r, 3))
    for x, y, quarter in corners:
        turns = [transform((round(r * math.sin(t)), -round(r * math.cos(t))), (x, y), -90_000 * quarter)
                 for t in (0, math.pi / 4, math.pi / 2)]
        points += arc(*turns)
    return points


def arc(start: Point, mid: Point, end: Point) -> list[Point]:
    """Points on the arc from ``start`` over ``mid`` to ``end``, both ends among them; chords stay within 100 nm."""
    (ax, ay), (bx, by), (cx, cy) = start, mid, end
    det = 2 * ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))
    if det == 0:
        return [start, end] if start != end else [start]
    b2, c2 = (bx - ax) ** 2 + (by - ay) ** 2, (cx - ax) ** 2 + (cy - ay) ** 2
    ux, uy = ((cy - ay) * b2 - (by - ay) * c2) / det, ((bx - ax) * c2 - (cx - ax) * b2) / det
    radius = math.hypot(ux, uy)
    if radius > 1e12:  # three points in a line but for rounding
        return [start, end]
    first = math.atan2(-uy, -ux)
    sweep = (math.atan2(cy - ay - uy, cx - ax - ux) - first) % math.tau
    if (math.atan2(by - ay - uy, bx - ax - ux) - first) % math.tau > sweep:
        sweep -= math.tau
    step = 2 * math.acos(max(-1.0, 1 - _SAGITTA / radius)) if radius > _SAGITTA else math.pi / 2
    count = max(1, min(2048, math.ceil(abs(sweep) / step)))
    turns = (first + sweep * k / count for k in range(1, count))
    inner = ((round(ax + ux + radius * math.cos(t)), round(ay + uy + radius * math.sin(t))) for t in turns)
    return [start, *inner, end]


def _arc_of_kicad_5(centre: Point, start: Point, shape: Clause) -> list[Point]:
    """KiCad 5 called the centre start and the start end, and gave the angle in degrees, clockwise on the screen."""
    sweep = whole(shape.word_of("angle"), 1000)
    if sweep is None or abs(sweep) > 360_000:
        raise ValueError
    x, y = start[0] - centre[0], start[1] - centre[1]
    # In two halves: of a whole turn, three points say nothing.
    quarters = [transform((x, y), centre, -sweep * k // 4) for k in range(5)]
    return arc(*quarters[:3])[:-1] + arc(*quarters[2:])


def _curve(points: list[Point]) -> list[Point]:
    a, b, c, d = points
    steps = [k / 64 for k in range(65)]
    return [
        (round((1 - t) ** 3 * a[0] + 3 * t * (1 - t) ** 2 * b[0] + 3 * t * t * (1 - t) * c[0] + t**3 * d[0]),
         round((1 - t) ** 3 * a[1] + 3 * t * (1 - t) ** 2 * b[1] + 3 * t * t * (1 - t) * c[1] + t**3 * d[1]))
        for t in steps
    ]


def rings(index: Index, paths: Iterable[Path], what: str) -> list[tuple[Point, ...]]:
    """Chain paths end to end into closed rings; raises one Fault per outline that stays open, saying where."""
    closed = [path.points for path in paths if path.closed]
    loose = _Ends([path for path in paths if not path.closed and len(path.points) > 1])
    faults: list[Fault] = []
    while True:
        chain = loose.take_any()
        if chain is None:
            break
        points, at = list(chain.points), chain.at
        while not _near(points[0], points[-1]) or len(points) < 3:
            further = loose.take_at(points[-1])
            if further is None:
                faults.append(index.fault(
                    f"{what} is open: nothing continues it at {_spot(points[-1])} (it begins at {_spot(points[0])}); "
                    "close it", at))
                break
            points += further.points[1:]
            at = further.at
        else:
            closed.append(tuple(points[:-1]))
    if faults:
        raise Faults(faults)
    return closed


class _Ends:
    """Paths that can be found, once each, by where they end."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._left = dict(enumerate(paths))
        self._cells: dict[Point, list[tuple[int, bool]]] = {}
        for number, path in self._left.items():
            for reverse, end in ((False, path.points[0]), (True, path.points[-1])):
                self._cells.setdefault(_cell(end), []).append((number, reverse))

    def take_any(self) -> Optional[Path]:
        """The first path not yet taken."""
        return self._left.pop(next(iter(self._left))) if self._left else None

    def take_at(self, spot: Point) -> Optional[Path]:
        """The path that begins nearest to ``spot``, turned round where it is its end that lies there."""
        best = min(self._candidates(spot), default=None)
        if best is None:
            return None
        _, number, reverse = best
        path = self._left.pop(number)
        return Path(path.points[::-1], False, path.at) if reverse else path

    def _candidates(self, spot: Point) -> Iterator[tuple[int, int, bool]]:
        x, y = _cell(spot)
        for cell in ((x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for number, reverse in self._cells.get(cell, ()):
                path = self._left.get(number)
                if path is not None:
                    end = path.points[-1 if reverse else 0]
                    if _near(end, spot):
                        yield abs(end[0] - spot[0]) + abs(end[1] - spot[1]), number, reverse


def _cell(spot: Point) -> Point:
    return spot[0] // TOLERANCE, spot[1] // TOLERANCE


def _near(a: Point, b: Point) -> bool:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 <= TOLERANCE**2


def _spot(spot: Point) -> str:
    return f"({mm(spot[0])}, {mm(spot[1])}) mm"
