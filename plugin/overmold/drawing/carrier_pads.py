"""The round lands of a carrier as pads: those of its balls, of bumps, and of an upper package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Optional

import numpy as np

from ..arrays import IntArray
from ..package import FAR_SIDE, Balls, TopLands, keys
from ..package.site_lands import ball_lands, top_land_sizes, usual_land
from ..shapes import Point
from . import FRONT_COPPER, FRONT_MASK, ROUND, Pads, copper_and_mask


def ball_pads(balls: Optional[Balls], at: Point) -> tuple[Pads, ...]:
    """The carrier's lands, one group for each side of the carrier that has balls and each size of land there."""
    if balls is None or not len(balls.sites):
        return ()
    lands, openings = ball_lands(balls if balls.land else replace(balls, land=_default_land(balls)))
    xy = balls.sites.xy - np.array(at, np.int64)
    sides = np.array([its == FAR_SIDE for its in balls.sides])
    return tuple(
        group for side in sorted(set(balls.sides))
        for group in round_pads(balls.sites.names, balls.nets, xy, np.flatnonzero(sides == (side == FAR_SIDE)), lands,
                                 openings, copper_and_mask(side)))


def top_pads(lands: Optional[TopLands], at: Point) -> tuple[Pads, ...]:
    """The lands for an upper package, on the chip side: pads called TOP.A1 and so on, apart from balls of the same name."""
    if lands is None or not len(lands.sites):
        return ()
    count = len(lands.sites)
    copper, openings = top_land_sizes(lands)
    return tuple(round_pads([keys.end(keys.TOP, name) for name in lands.sites.names], lands.nets,
                             lands.sites.xy - np.array(at, np.int64), np.arange(count), copper, openings,
                             (FRONT_COPPER, FRONT_MASK)))


def round_pads(names: Sequence[str], nets: Sequence[str], xy: IntArray, rows: IntArray, copper: IntArray,
                openings: IntArray, layers: tuple[str, ...]) -> Iterator[Pads]:
    """The balls or bumps of some ``rows``, one group for each size of copper and opening."""
    for land, opening in dict.fromkeys(zip(copper[rows].tolist(), openings[rows].tolist())):
        alike = rows[(copper[rows] == land) & (openings[rows] == opening)]
        own = alike.tolist()
        yield Pads(names=tuple(names[i] for i in own), nets=tuple(nets[i] for i in own), xy=xy[alike], shape=ROUND,
                   size=(land, land), layers=layers,
                   margin=(opening - land) // 2 if opening else None, is_ball=True)


def _default_land(balls: Balls) -> int:
    if balls.diameter is None:
        raise ValueError("balls of unknown land and diameter cannot be drawn")
    return usual_land(balls.terminals)(balls.diameter.nominal)[0]
