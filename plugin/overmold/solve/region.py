"""All rules over two dimensions: where each breaks, as shapes, and where all keep.

A reading is a quotient of two sums, so where it meets a limit is a straight line over two dimensions: such rules give exact
shapes. Of the others, yes or no say, the check is asked at the corners of squares that are halved where these differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Optional

from ..check import INFO, put
from ..measures import Reading, all_measures
from ..package import Package
from ..package.datum import Datum
from ..rule import Limits, Rule
from ..study.formula import GREATEST, Formula, Piece, Values, learned
from ..study.probes import Bench, readings
from ..units import RATIO, Number, Toleranced
from .interval import NOMINAL, Mode, least, searched, varied
from .line import BREAKS

if TYPE_CHECKING:
    import shapely

_SQUARES, _HALVED = 8, 4
Ends = tuple[int, int]


@dataclass(frozen=True, repr=False)
class Axis:
    """One of the two dimensions, drawn from ``low`` to ``high``."""

    key: str
    datum: Datum
    stated: Toleranced
    low: int
    high: int


@dataclass(frozen=True, eq=False, repr=False)
class Area:
    """Where a rule breaks, in nm of the two dimensions; ``is_exact`` where it is made of lines and not of squares."""

    rule: Rule
    broken: shapely.Geometry
    is_exact: bool


@dataclass(frozen=True, eq=False, repr=False)
class Region:
    """``keeps`` is what no rule breaks of the rectangle that the two axes span; ``areas`` are the rules that break anywhere."""

    x: Axis
    y: Axis
    mode: Mode
    areas: tuple[Area, ...]
    keeps: shapely.Geometry


def axis(bench: Bench, key: str, ends: Optional[Ends] = None) -> Axis:
    """The axis of a dimension; raises Faults where it is not stated."""
    _, datum = varied(bench.package, key)
    stated = bench.stated[key]
    if ends is None:
        low, high = searched(stated, datum)
        ends = low, max(min(high, 2 * abs(stated.nominal)), stated.nominal + 1)
    return Axis(key, datum, stated, *ends)


def region(package: Package, rules: Sequence[Rule], x: str, y: str, mode: Mode = NOMINAL,
           ends: Optional[tuple[Optional[Ends], Optional[Ends]]] = None) -> Region:
    """Where the rules break over two dimensions of a package; ``ends`` of either are usual where they are None."""
    import shapely

    bench = Bench(package)
    one, other = axis(bench, x, ends[0] if ends else None), axis(bench, y, ends[1] if ends else None)
    whole = shapely.box(one.low, other.low, one.high, other.high)
    areas = []
    for rule in rules:
        asked = bench.asked(all_measures()[rule.measure], rule.limits.lower)
        if rule.severity == INFO or rule.silenced_because or not {x, y} & set(asked):
            continue
        area = _area(_Plane(bench, one, other, mode), rule, whole)
        if not area.broken.is_empty and area.broken.area > 0:
            areas.append(area)
    broken = shapely.union_all([area.broken for area in areas])
    return Region(one, other, mode, tuple(areas), whole.difference(broken))


class _Plane:
    """A package with two of its dimensions moved, and what rules say of it there."""

    def __init__(self, bench: Bench, x: Axis, y: Axis, mode: Mode) -> None:
        self.bench, self.x, self.y, self.mode = bench, x, y, mode
        self._made: dict[tuple[int, int], Package] = {}

    def at(self, x: int, y: int) -> Package:
        """The package there."""
        if (x, y) not in self._made:
            self._made[x, y] = self.bench.moved({self.x.key: x, self.y.key: y})
        return self._made[x, y]

    def breaks(self, rule: Rule, x: int, y: int) -> bool:
        """Whether a rule breaks there."""
        judged = put(self.at(x, y), rule._replace(cpk=None)).judged
        return bool(judged) and least(judged, self.judges_corners(rule)).state == BREAKS

    def judges_corners(self, rule: Rule) -> bool:
        """Whether the rule has to keep at the corners too."""
        return self.mode.at_corners and rule.corners != "ignore"


def _area(plane: _Plane, rule: Rule, whole: shapely.Geometry) -> Area:
    exact = _by_lines(plane, rule, whole)
    return Area(rule, _by_squares(plane, rule) if exact is None else exact, exact is not None)


def _by_lines(plane: _Plane, rule: Rule, whole: shapely.Geometry) -> Optional[shapely.Geometry]:
    """Where a rule breaks, by the formulas of its readings; None where they have none that holds all over."""
    import shapely

    measure, x, y = all_measures()[rule.measure], plane.x, plane.y
    seen: dict[tuple[int, int], Any] = {}

    def at(moved: Values) -> Any:
        spot = x.stated.nominal + moved.get(x.key, 0), y.stated.nominal + moved.get(y.key, 0)
        if spot not in seen:
            seen[spot] = readings(measure, plane.at(*spot), rule.limits.lower)
        return seen[spot]

    takes: list[Callable[[Reading], Number]] = [lambda one: one.value]
    if plane.judges_corners(rule):
        takes += [lambda one: one.low, lambda one: one.high]
    box = {one.key: (one.low - one.stated.nominal, one.high - one.stated.nominal) for one in (x, y)}
    broken = []
    for name in at({}):
        for take in takes:
            whole_units = isinstance(take(at({})[name]), int) and measure.kind is not RATIO
            formula = learned(lambda moved, name=name, take=take: (  # type: ignore[misc]
                take(at(moved)[name]) if name in at(moved) else None), box, whole_units, rule.limits.kept_by)
            if formula is None:
                return None
            broken += _beyond(formula, rule.limits, plane, whole)
    return shapely.union_all(broken) if broken else shapely.Polygon()


def _beyond(formula: Formula, limits: Limits, plane: _Plane, whole: shapely.Geometry) -> list[shapely.Geometry]:
    """Where a formula is beyond the limits: of the greatest of several pieces one is enough to be above, all must be below."""
    import shapely

    found = []
    for limit, way in ((limits.lower, -1), (limits.upper, 1)):
        if limit is not None:
            each = [_half(piece, formula.keys, limit * way, way, plane, whole) for piece in formula.pieces]
            one_is_enough = (formula.way == GREATEST) == (way > 0)
            found.append(shapely.union_all(each) if one_is_enough else shapely.intersection_all(each))
    return found


def _half(piece: Piece, keys: tuple[str, ...], limit: Number, way: int, plane: _Plane, whole: shapely.Geometry
          ) -> shapely.Geometry:
    """Where ``way`` times a piece is above ``limit``: way (top0 + Σ top d) - limit (bottom0 + Σ bottom d) > 0."""
    slopes = {key: way * a - limit * b for key, a, b in zip(keys, piece.top, piece.bottom)}
    start = way * piece.top0 - limit * piece.bottom0
    x, y = plane.x, plane.y
    a, b = float(slopes.get(x.key, 0)), float(slopes.get(y.key, 0))
    c = float(start) - a * x.stated.nominal - b * y.stated.nominal
    return _clipped(list(whole.exterior.coords)[:-1], a, b, c)


def _clipped(corners: Sequence[tuple[float, float]], a: float, b: float, c: float) -> shapely.Geometry:
    """The part of a convex polygon where a x + b y + c > 0."""
    import shapely

    kept: list[tuple[float, float]] = []
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]]):
        one, other = a * x1 + b * y1 + c, a * x2 + b * y2 + c
        if one > 0:
            kept.append((x1, y1))
        if (one > 0) != (other > 0) and one != other:
            share = one / (one - other)
            kept.append((x1 + share * (x2 - x1), y1 + share * (y2 - y1)))
    return shapely.Polygon(kept) if len(kept) > 2 else shapely.Polygon()


def _by_squares(plane: _Plane, rule: Rule) -> shapely.Geometry:
    """Where a rule breaks, by asking at corners of squares; those whose corners differ are parted again and again."""
    import shapely

    fine = _SQUARES << _HALVED
    x, y = plane.x, plane.y
    known: dict[tuple[int, int], bool] = {}

    def breaks(i: int, j: int) -> bool:
        if (i, j) not in known:
            known[i, j] = plane.breaks(rule, x.low + (x.high - x.low) * i // fine, y.low + (y.high - y.low) * j // fine)
        return known[i, j]

    def parts(i: int, j: int, size: int) -> list[shapely.Geometry]:
        corners = [breaks(i + di, j + dj) for di in (0, size) for dj in (0, size)]
        if all(corners) or not any(corners) or size == 1:
            count = sum(corners)
            left, right = (x.low + (x.high - x.low) * one / fine for one in (i, i + size))
            lower, upper = (y.low + (y.high - y.low) * one / fine for one in (j, j + size))
            return [shapely.box(left, lower, right, upper)] if count > 2 or all(corners) else []
        half = size // 2
        return [part for di in (0, half) for dj in (0, half) for part in parts(i + di, j + dj, half)]

    size = 1 << _HALVED
    return shapely.union_all([part for i in range(_SQUARES) for j in range(_SQUARES)
                              for part in parts(i * size, j * size, size)])


def outlines(shape: shapely.Geometry) -> list[list[tuple[int, int]]]:
    """The outer corners of each part of a region, in whole nm, the largest part first."""
    parts = [one for one in getattr(shape, "geoms", [shape]) if one.geom_type == "Polygon" and not one.is_empty]
    return [[(round(x), round(y)) for x, y in one.exterior.normalize().coords[:-1]]
            for one in sorted(parts, key=lambda one: -float(one.area))]
