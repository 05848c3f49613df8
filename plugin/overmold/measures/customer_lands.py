"""The lands on the customer's board, where somebody has stated them: IPC's own leave room between them by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..arrays import IntArray
from ..geometry.circles import pairs_nearer_than
from ..package import Balls, Land, Package, keys
from ..package.lands import OVAL, ROUND, ROUNDED, SHARE
from ..package.site_lands import diameters_of
from ..shapes import Point, transform
from ..units import LENGTH
from . import Measured, exact, measure
from .crowds import MOST

_COPPER = ("front copper", "all copper")
_FARTHEST = 1_000_000_000


@measure(LENGTH, in_plan=True)
def customer_land_spacing(package: Package, horizon: int = 0) -> Measured:
    """Copper to copper of every two stated lands on the customer's board that have not one name, 0 where they touch: all nearer
    than ``horizon``, else the nearest. Not asked where no land is stated, for then they are IPC's."""
    balls = package.balls
    stated = [land for land in package.lands if land.name and any(layer in _COPPER for layer in land.layers)]
    if balls is not None and balls.customer_land and not balls.are_lands:
        stated += _of_balls(balls, {land.name for land in package.lands})
    if len({land.name for land in stated}) < 2:
        return
    known = set(balls.sites.names) if balls is not None else set()
    horizon = max(horizon, 1)  # what touches is nearer than a nanometre
    i, j, apart = _near(stated, horizon)
    for k in np.argsort(apart, kind="stable")[:MOST if (apart < horizon).any() else 1].tolist():
        if k and apart[k] >= horizon:
            continue
        one, other = stated[i[k]], stated[j[k]]
        yield exact(tuple(keys.ball(land.name) if land.name in known else "lands" for land in (one, other)), int(apart[k]),
                    ((one.at[0] + other.at[0]) // 2, (one.at[1] + other.at[1]) // 2), f"{one.name} to {other.name}")


def _of_balls(balls: Balls, but: set[str]) -> list[Land]:
    known = diameters_of(balls.sites, balls.diameter.nominal if balls.diameter is not None else 0)
    return [Land(name, (x, y), (balls.customer_land, balls.customer_land))
            for name, (x, y), across in zip(balls.sites.names, balls.sites.xy.tolist(), known.tolist())
            if across and name not in but]


def _near(lands: Sequence[Land], horizon: int) -> tuple[IntArray, IntArray, IntArray]:
    """Pairs of another name nearer than ``horizon`` (or, where there are none, so far that there is one), and how far apart."""
    import shapely

    names = np.array([land.name for land in lands], object)
    xy = np.array([land.at for land in lands], np.int64)
    cores, rims = zip(*(_core(land) for land in lands))
    shapes, rim = np.array(cores, object), np.array(rims, float)
    box = shapely.bounds(shapes)
    far = np.maximum(np.abs(box[:, :2] - xy), np.abs(box[:, 2:] - xy))
    around = np.ceil(2 * (np.hypot(far[:, 0], far[:, 1]) + rim)).astype(np.int64) + 2
    reach = horizon
    while True:
        i, j, _ = pairs_nearer_than(xy, around, reach)
        two = names[i] != names[j]
        i, j = i[two], j[two]
        apart = np.floor(np.maximum(shapely.distance(shapes[i], shapes[j]) - rim[i] - rim[j], 0) + 1e-3).astype(np.int64)
        if (apart < reach).any() or reach > _FARTHEST:
            return i, j, apart
        reach *= 8


def _core(land: Land) -> tuple[Any, float]:
    """A land as a geometry of shapely and the width of a rim about it (nm): of a round one its middle and radius. Of chamfered
    lands the corners that are not cut off count as sharp."""
    import shapely

    (wide, high), least = land.size, min(land.size)
    if land.shape == ROUND and not land.arms:
        return shapely.Point(land.at), least / 2
    radius = least / 2 if land.shape in (ROUND, OVAL) else least * land.corner / SHARE if land.shape == ROUNDED else 0.0
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


def _placed(corners: list[tuple[float, float]], land: Land) -> Any:
    import shapely

    points: list[Point] = [transform((round(x), round(y)), land.at, land.angle) for x, y in corners]
    if len(set(points)) < 3:
        return shapely.LineString(points) if len(set(points)) > 1 else shapely.Point(points[0])
    return shapely.Polygon(points).buffer(0) if len(points) > 4 else shapely.Polygon(points)
