"""The lands on the customer's board, where somebody has stated them: IPC's own leave room between them by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..arrays import IntArray
from ..geometry.circles import pairs_nearer_than
from ..package import Balls, Package, keys
from ..package.lands import COPPER, OVAL, ROUND, SHARE
from ..shapes import Point, transform
from ..units import LENGTH
from . import Measured, exact, measure
from .crowds import MOST
from .missing import not_stated

if TYPE_CHECKING:
    from ..drawing import Pads

_ALL_COPPER = "all copper"
_FARTHEST = 1_000_000_000


@measure(LENGTH, in_plan=True)
def customer_land_spacing(package: Package, horizon: int = 0) -> Measured:
    """Copper to copper of every two lands on the customer's board that have not one name, 0 where they touch: all nearer than
    ``horizon``, else the nearest. Not asked where no land is stated, for then they are IPC's."""
    balls, carrier = package.balls, package.carrier
    if carrier is None or not (package.lands or (balls is not None and balls.customer_land)):
        return
    if not package.lands and balls is not None and (balls.diameter is None or not len(balls.sites)) and not balls.are_lands:
        yield not_stated(Balls, "diameter", keys.BALLS)
        return
    groups = [pads for pads in _drawn(package) if not {COPPER, _ALL_COPPER}.isdisjoint(pads.layers)]
    names = np.array([name for pads in groups for name in pads.names], object)
    if len(set(names.tolist()) - {""}) < 2:
        return
    xy = np.concatenate([pads.xy for pads in groups])
    horizon = max(horizon, 1)  # what touches is nearer than a nanometre
    i, j, apart = _near(groups, xy, names, horizon)
    known = set(balls.sites.names) if balls is not None else set()
    x, y = carrier.outline.centre
    for k in np.argsort(apart, kind="stable")[:min(MOST, max(1, int((apart < horizon).sum())))].tolist():
        both = names[i[k]], names[j[k]]
        middle = (xy[i[k]] + xy[j[k]]) // 2
        yield exact(tuple(keys.ball(name) if name in known else "lands" for name in both), int(apart[k]),
                    (int(middle[0]) + x, int(middle[1]) + y), " to ".join(both))


def _drawn(package: Package) -> tuple[Pads, ...]:
    """The pads of the land pattern, about the carrier's middle; what draws it is imported where lands are stated alone."""
    from ..drawing.land_pattern import draw_land_pattern
    from ..drawing.stated_lands import draw_stated_lands

    return (draw_stated_lands(package) if package.lands else draw_land_pattern(package)).pads


def _near(groups: Sequence[Pads], xy: IntArray, names: NDArray[np.object_], horizon: int
          ) -> tuple[IntArray, IntArray, IntArray]:
    """Pairs of two names nearer than ``horizon`` (or, where there are none, so far that there is one), and how far apart."""
    import shapely

    cores, rims = zip(*(_core(pads) for pads in groups))
    counts = [len(pads.names) for pads in groups]
    about, rim = np.repeat(np.array(cores, object), counts), np.repeat(np.array(rims, float), counts)
    shapes = shapely.transform(about, lambda points: points + np.repeat(xy, shapely.get_num_coordinates(about), axis=0))
    box = shapely.bounds(about)
    around = np.ceil(2 * (np.hypot(*np.maximum(-box[:, :2], box[:, 2:]).T) + rim)).astype(np.int64) + 2
    reach = horizon
    while True:
        i, j, _ = pairs_nearer_than(xy, around, reach)
        two = (names[i] != names[j]) & (names[i] != "") & (names[j] != "")
        i, j = i[two], j[two]
        apart = np.floor(np.maximum(shapely.distance(shapes[i], shapes[j]) - rim[i] - rim[j], 0) + 1e-3).astype(np.int64)
        if (apart < reach).any() or reach > _FARTHEST:
            return i, j, apart
        reach *= 8


def _core(land: Pads) -> tuple[Any, float]:
    """Pads of one kind as a geometry of shapely about their middle, and the width of a rim about it (nm): of round ones a point
    and the radius. Of chamfered ones the corners that are not cut off count as sharp."""
    import shapely

    (wide, high), least = land.size, min(land.size)
    if land.shape == ROUND and not land.arms:
        return shapely.Point(0, 0), least / 2
    radius = least / 2 if land.shape in (ROUND, OVAL) else least * land.rounding
    if land.chamfer:
        radius = 0.0
    x, y = wide / 2 - radius, high / 2 - radius
    corners = _cut([(-x, -y), (x, -y), (x, y), (-x, y)], least * land.chamfer / SHARE, land.cut)
    core = _placed(corners, land)
    if not land.arms:
        return core, radius
    arms = [_placed([(float(x), float(y)) for x, y in arm], land).buffer(land.stroke / 2) for arm in land.arms]
    return shapely.union_all([core.buffer(radius), *arms]), 0.0


def _cut(corners: list[tuple[float, float]], by: float, which: tuple[str, ...]) -> list[tuple[float, float]]:
    """The corners (top left, top right, bottom right, bottom left), two in place of each that is cut off."""
    made = []
    for name, (x, y), (dx, dy) in zip(("tl", "tr", "br", "bl"), corners, ((1, 1), (-1, 1), (-1, -1), (1, -1))):
        both = [(x, y + dy * by), (x + dx * by, y)] if name in which else [(x, y)]
        made += both if dx == dy else both[::-1]
    return made


def _placed(corners: list[tuple[float, float]], land: Pads) -> Any:
    import shapely

    points: list[Point] = [transform((round(x), round(y)), (0, 0), land.angle) for x, y in corners]
    if len(set(points)) < 3:
        return shapely.LineString(points) if len(set(points)) > 1 else shapely.Point(points[0])
    return shapely.Polygon(points).buffer(0) if len(points) > 4 else shapely.Polygon(points)
