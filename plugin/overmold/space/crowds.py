"""Bumps and balls as crowds: arrays, of which a hundred thousand cost no more than one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Optional

import numpy as np

from ..arrays import IntArray, Sites
from ..geometry.oblongs import Oblongs, outline_of
from ..package import FAR_SIDE, Chip, Package, keys
from ..package.site_lands import in_plan
from ..shapes import Outline
from ..units import Toleranced
from .bodies import carrier_thickness, from_far_side
from .standing import ball_length, bottom, bump_length, joint, own_heights
from .sums import LEVEL, NOTHING, Height, Sum, one

BUMPS, BALLS, VIAS, UPPER_BALLS = "bumps", "balls", "vias", "upper balls"


@dataclass(frozen=True, eq=False, repr=False)
class Crowd:
    """Many bodies of one kind and height: centres ``xy`` (n, 2) and ``diameters`` (n) in nm, 0 where not stated; ``shapes`` in
    plan where some are oblong, with their diameter for length. ``rod``: as wide at both ends as between, no part of a sphere.

    ``rows`` (n) are their places among all sites of their part, of which several crowds may have some.
    """

    kind: str
    key: str
    names: tuple[str, ...]
    xy: IntArray
    diameters: IntArray
    bottom: Height
    top: Height
    material: str = ""
    rows: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
    shapes: Optional[Oblongs] = None
    rod: bool = False

    def outline(self, i: int) -> Optional[Outline]:
        """That of one which is oblong; None of a round one."""
        of = self.shapes
        if of is None or of.length[i] == of.width[i]:
            return None
        return outline_of((int(of.xy[i, 0]), int(of.xy[i, 1])), int(of.length[i]), int(of.width[i]), int(of.angle[i]))


@lru_cache(maxsize=4)
def crowds(package: Package) -> tuple[Crowd, ...]:
    """The bumps of every chip that has some, those of each height for themselves, then the balls of either side.

    Bumps hang from their chip's active surface and are as long as somebody stated, else as the gap: whether they reach what
    they should land on is the matter of who asks. Balls on the far side stand below the carrier by their standoff.
    """
    return (*(crowd for chip in package.chips for crowd in _bumps(package, chip)), *_balls(package), *upper_joints(package))


def _bumps(package: Package, chip: Chip) -> Iterator[Crowd]:
    bumps, upper = chip.bumps, bottom(package, chip)
    if bumps is None or not len(bumps.sites):
        return
    usual, widths = bump_length(chip), _widths(bumps.sites, bumps.diameter)
    shapes = in_plan(chip, widths)
    for more, listed in own_heights(chip):
        rows = np.arange(len(listed)) if isinstance(listed, range) else np.array(listed, np.int64)
        length = joint(package, chip) if usual.lacks else usual + Sum((), more)
        names = bumps.sites.names if len(rows) == len(bumps.sites) else tuple(bumps.sites.names[i] for i in listed)
        lower = Height(tuple(each - length for each in upper.sums))
        low, high = (from_far_side(package, one) for one in (upper, lower)) if chip.is_far else (lower, upper)
        yield Crowd(kind=BUMPS, key=keys.bumps(chip.name), names=names, xy=bumps.sites.xy[rows], diameters=widths[rows],
                    bottom=low, top=high, material=bumps.alloy, rows=rows,
                    shapes=None if shapes.are_round else Oblongs(
                        shapes.xy[rows], shapes.length[rows], shapes.width[rows], shapes.angle[rows]))


def _balls(package: Package) -> Iterator[Crowd]:
    balls = package.balls
    if balls is None or balls.are_lands:
        return
    sides, widths = np.array(balls.sides), _widths(balls.sites, balls.diameter)
    length = ball_length(balls)
    for side in sorted(set(balls.sides)):
        of_it = np.flatnonzero(sides == side)
        floor = NOTHING - carrier_thickness(package) if side == FAR_SIDE else length
        yield Crowd(kind=BALLS, key=keys.BALLS, names=tuple(balls.sites.names[i] for i in of_it.tolist()),
                    xy=balls.sites.xy[of_it], diameters=widths[of_it], bottom=Height((floor - length,)),
                    top=Height((floor,)), material=balls.alloy, rows=of_it, rod=balls.are_pillars)


def upper_joints(package: Package) -> Iterator[Crowd]:
    """What stands on the lands for an upper package: the solder in vias through the mold, then the upper package's balls."""
    lands = package.top_lands
    if lands is None or not len(lands.sites):
        return
    fill = one(f"{keys.TOP_LANDS}.via_fill", lands.via_fill) if lands.via is not None else NOTHING
    floor = LEVEL + fill
    for kind, wide, low, high in (
            (VIAS, lands.land, LEVEL, floor),
            (UPPER_BALLS, lands.via.nominal if lands.via is not None else lands.land, floor,
             floor + one(f"{keys.TOP_LANDS}.ball_height", lands.ball_height))):
        if low != high:
            yield Crowd(kind=kind, key=keys.TOP_LANDS, names=lands.sites.names, xy=lands.sites.xy,
                        diameters=np.full(len(lands.sites), wide, np.int64), bottom=low, top=high,
                        rows=np.arange(len(lands.sites)))


def _widths(sites: Sites, diameter: Optional[Toleranced]) -> IntArray:
    stated = diameter.nominal if diameter is not None else 0
    if sites.diameters is None:
        return np.full(len(sites), stated, np.int64)
    return np.where(sites.diameters > 0, sites.diameters, stated)
