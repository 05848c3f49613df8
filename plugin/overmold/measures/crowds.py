"""What bumps and balls have in common: the crowd's nearest pairs, and its edge distances, as readings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional, Union

import numpy as np

from ..arrays import IntArray, Sites
from ..geometry.oblongs import Oblongs, circles_as, clearance_inside, nearest_pair, pairs_nearer_than
from ..package import keys
from ..shapes import Outline
from ..units import LENGTH, Toleranced, show
from . import Reading

# A crowd that breaks a rule everywhere is told by this many: a million readings would help nobody and fill the memory.
MOST = 10_000


def widths(sites: Sites, stated: Optional[Toleranced]) -> Optional[IntArray]:
    """One nominal diameter a site (n), in nm: its own, else the one stated for all; None where one has neither."""
    own = sites.diameters
    if own is None:
        return None if stated is None else np.full(len(sites), stated.nominal, np.int64)
    if stated is None:
        return own if bool((own > 0).all()) else None
    return np.where(own > 0, own, stated.nominal)


def spacings(key: str, sites: Sites, diameters: Union[IntArray, Oblongs], tolerance: Optional[Toleranced], horizon: int
             ) -> Iterator[Reading]:
    """Edge-to-edge distances: all pairs nearer than ``horizon`` at nominal or at a tolerance corner, else the nearest.

    Of more than ``MOST`` such pairs the nearest are given, and the first of them says how many there are.
    """
    plus, minus = (tolerance.plus, tolerance.minus) if tolerance is not None else (0, 0)
    shapes = diameters if isinstance(diameters, Oblongs) else circles_as(sites.xy, diameters)
    i, j, edge = pairs_nearer_than(shapes, horizon + plus)
    if not len(edge):
        nearest = nearest_pair(shapes)
        if nearest is None:
            return
        i, j, edge = (np.array([value]) for value in nearest)
    many = _how_many(len(edge), "pairs", horizon)
    if many:
        nearest_first = np.argsort(edge, kind="stable")[:MOST]
        i, j, edge = i[nearest_first], j[nearest_first], edge[nearest_first]
    middle = (sites.xy[i] + sites.xy[j]) // 2
    for a, b, apart, at in zip(i.tolist(), j.tolist(), edge.tolist(), middle.tolist()):
        where = (keys.within(key, sites.names[a]), keys.within(key, sites.names[b]))
        # Both grow by half of the diameter's tolerance each.
        yield Reading(where, apart, apart - plus, apart + minus, (at[0], at[1]),
                      f"{sites.names[a]} to {sites.names[b]}{many}")
        many = ""


def edge_distances(key: str, sites: Sites, diameters: Union[IntArray, Oblongs], tolerance: Optional[Toleranced],
                   outline: Outline, around: str, horizon: int) -> Iterator[Reading]:
    """Distances from each circle's edge to ``outline``: all below ``horizon`` at nominal or at a corner, else the smallest.

    Of more than ``MOST`` as for ``spacings``.
    """
    if not len(sites):
        return
    # Half of the diameter's tolerance on each side; an odd nanometre counts for the worse.
    plus, minus = (-(-tolerance.plus // 2), tolerance.minus // 2) if tolerance is not None else (0, 0)
    inside = clearance_inside(diameters if isinstance(diameters, Oblongs) else circles_as(sites.xy, diameters), outline)
    near = np.flatnonzero(inside < horizon + plus)
    if not len(near):
        near = np.array([int(inside.argmin())])
    many = _how_many(len(near), "sites", horizon)
    if many:
        near = near[np.argsort(inside[near], kind="stable")[:MOST]]
    for i, value, at in zip(near.tolist(), inside[near].tolist(), sites.xy[near].tolist()):
        yield Reading((keys.within(key, sites.names[i]), around), value, value - plus, value + minus, (at[0], at[1]),
                      f"{sites.names[i]}{many}")
        many = ""


def _how_many(count: int, what: str, horizon: int) -> str:
    if count <= MOST:
        return ""
    return f", one of {count:,} {what} nearer than {show(horizon, LENGTH)} of which the nearest {MOST:,} are told"
