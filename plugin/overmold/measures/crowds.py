"""What bumps and balls have in common: the crowd's nearest pairs, and its edge distances, as readings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

import numpy as np

from ..arrays import IntArray, Sites
from ..circles import clearance_inside, nearest_pair, pairs_nearer_than
from ..shapes import Outline
from ..units import Toleranced
from . import Reading


def widths(sites: Sites, stated: Optional[Toleranced]) -> Optional[IntArray]:
    """One nominal diameter a site (n), in nm: its own, else the one stated for all; None where one has neither."""
    own = sites.diameters
    if own is None:
        return None if stated is None else np.full(len(sites), stated.nominal, np.int64)
    if stated is None:
        return own if bool((own > 0).all()) else None
    return np.where(own > 0, own, stated.nominal)


def spacings(key: str, sites: Sites, diameters: IntArray, tolerance: Optional[Toleranced], horizon: int
             ) -> Iterator[Reading]:
    """Edge-to-edge distances: all pairs nearer than ``horizon`` at nominal or at a tolerance corner, else the nearest."""
    plus, minus = (tolerance.plus, tolerance.minus) if tolerance is not None else (0, 0)
    i, j, edge = pairs_nearer_than(sites.xy, diameters, horizon + plus)
    if not len(edge):
        nearest = nearest_pair(sites.xy, diameters)
        if nearest is None:
            return
        i, j, edge = (np.array([value]) for value in nearest)
    middle = (sites.xy[i] + sites.xy[j]) // 2
    for a, b, apart, at in zip(i.tolist(), j.tolist(), edge.tolist(), middle.tolist()):
        where = (f"{key}.{sites.names[a]}", f"{key}.{sites.names[b]}")
        # Both circles grow by half of the diameter's tolerance each.
        yield Reading(where, apart, apart - plus, apart + minus, (at[0], at[1]),
                      f"{sites.names[a]} to {sites.names[b]}")


def edge_distances(key: str, sites: Sites, diameters: IntArray, outline: Outline, around: str, horizon: int
                   ) -> Iterator[Reading]:
    """Distances from each circle's edge to ``outline``: all below ``horizon``, and the smallest in any case."""
    if not len(sites):
        return
    inside = clearance_inside(sites.xy, diameters, outline)
    near = np.flatnonzero(inside < horizon)
    for i in (near if len(near) else [int(inside.argmin())]):
        x, y = (int(value) for value in sites.xy[i])
        value = int(inside[i])
        yield Reading((f"{key}.{sites.names[i]}", around), value, value, value, (x, y), sites.names[i])
